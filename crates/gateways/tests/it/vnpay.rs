//! Signatures were computed by another implementation of HMAC-SHA512 and are written down here.

use motcua_gateways::payment::vnpay::{IpnAnswer, Order, Reason, Settings, Vnpay, VnpayError, signature_of};

const NOTIFIED: &str = "vnp_Amount=1500000&vnp_BankCode=NCB&vnp_BankTranNo=VNP1&vnp_CardType=ATM&vnp_OrderInfo=Le+phi+ho+so\
&vnp_PayDate=20200330090312&vnp_ResponseCode=00&vnp_TmnCode=MOTCUA01&vnp_TransactionNo=14422574&vnp_TransactionStatus=00\
&vnp_TxnRef=REF1";
const SIGNATURE: &str = "e534864b1c48374a90909b33cba8e0ebb021680f36b098b109a1afe1bb4465792f7b2618773ad3467d159ff721b10518f387cbd1361956e0cb17caa6b11ad1ae";
const PHP: &str = "790b74a4024fdc4aa0378c34e1795c679124af1bc81d7f69c3f5a6d2058f0fa5ffb537637d37b9f356e8cd18d46c25220ef063169fa926ea9a9e78971fc7d146";
const JAVASCRIPT: &str = "36d42f66996b01576c24f89f25b1476dceb66236cd9a89776b309139f51f44e1d0b4d82044dc6c1959846ca6ee25531f5f48b81062ff492ae2e1297d89fb0a6f";
const CSHARP: &str = "b72ee8a11caba54f22a19e1159fd369941f5bd1334303765727b72ee54d450b6fbd7a52114adf33e135e4f7536d5e1fa3ceddfbb77ba3c76686ce6ea1f6cee04";
const OPERATOR: &str = "132ba4c0cf09e3f8e76d633361d28a01186e0873e3633cea4807ce4304416c836b4bfb6bbea78b6a4137e0f045b156d44da45869061a2c1cbef4b028598fabf2";

fn vnpay() -> Vnpay {
    Vnpay::new(Settings {
        tmn_code: "MOTCUA01".to_owned(),
        secret: "SECRETSECRET".to_owned(),
        pay_url: "http://127.0.0.1:8081/vpcpay.html".to_owned(),
        return_url: "http://127.0.0.1:8080/thanh-toan/ket-qua".to_owned(),
    })
}

#[test]
fn the_payment_address_carries_the_signature_of_the_protocol() {
    let url = vnpay().pay_url(&Order {
        txn_ref: "REF1".to_owned(),
        amount_vnd: 15_000,
        info: "Le phi ho so 000.24.12.H55-200330-0001".to_owned(),
        ip: "127.0.0.1".to_owned(),
        created: "2020-03-30T09:00:00+07".parse().unwrap(),
        expires: "2020-03-30T09:15:00+07".parse().unwrap(),
        locale: "vi".to_owned(),
        bank_code: None,
    });
    let signature = "666f429713b8286c7a1029eb4443ebd94e208cd587ee32c0a9c09c2c75238fd6508228d42b6d57f061a2a858a26c9a9e75793a252108395ec69eccfc13ecb80c";
    assert!(url.ends_with(&format!("&vnp_SecureHash={signature}")), "{url}");
}

#[test]
fn a_signed_notification_is_read() {
    let said = vnpay().verify(&format!("{NOTIFIED}&vnp_SecureHash={SIGNATURE}")).unwrap();
    assert_eq!((said.txn_ref.as_str(), said.amount_vnd, said.paid), ("REF1", 15_000, true));
}

#[test]
fn the_order_of_parameters_and_what_is_never_signed_do_not_matter() {
    let mut parts: Vec<&str> = NOTIFIED.split('&').collect();
    parts.reverse();
    let query = format!(
        "vnp_SecureHashType=HmacSHA512&vnp_SecureHash={}&{}&vnp_Empty=",
        SIGNATURE.to_uppercase(),
        parts.join("&")
    );
    assert!(vnpay().verify(&query).unwrap().paid);
}

#[test]
fn a_changed_amount_a_missing_signature_and_another_terminal_are_refused() {
    let changed = NOTIFIED.replace("1500000", "1500100");
    assert_eq!(
        vnpay().verify(&format!("{changed}&vnp_SecureHash={SIGNATURE}")),
        Err(VnpayError::BadSignature)
    );
    assert_eq!(vnpay().verify(NOTIFIED), Err(VnpayError::BadSignature));
    assert_eq!(
        vnpay().verify(&format!("{NOTIFIED}&vnp_SecureHash=zz")),
        Err(VnpayError::BadSignature)
    );
    assert_eq!(vnpay().verify(""), Err(VnpayError::BadSignature));
}

#[test]
fn a_parameter_that_comes_twice_is_refused() {
    let doubled = format!("{NOTIFIED}&vnp_SecureHash={SIGNATURE}&vnp_Amount=1500000");
    assert_eq!(vnpay().verify(&doubled), Err(VnpayError::Doubled("vnp_Amount".to_owned())));
}

#[test]
fn spaces_tone_marks_and_special_characters_are_signed_as_forms_write_them_and_empty_values_are_not() {
    let query = "vnp_Amount=13500000&vnp_BankCode=NCB&vnp_BankTranNo=&vnp_CardType=ATM\
        &vnp_OrderInfo=L%E1%BB%87+ph%C3%AD+%2B+h%E1%BB%93+s%C6%A1+%28s%E1%BB%91+1%29+a*b%7Ec&vnp_PayDate=20200330090312\
        &vnp_ResponseCode=24&vnp_TmnCode=MOTCUA01&vnp_TransactionNo=0&vnp_TransactionStatus=02&vnp_TxnRef=REF+2";
    let signature = "8f623c054410e4363eb158fcd666106a987f8040450e89b3ea80aa5f41c1eea669e57e97ad75ca5a21a6b00a798641a48c68f821d63bbd600d7d4254169b1824";
    let said = vnpay().verify(&format!("{query}&vnp_SecureHash={signature}")).unwrap();
    assert_eq!((said.txn_ref.as_str(), said.amount_vnd, said.paid), ("REF 2", 135_000, false));
    assert_eq!(said.reason(), Reason::Cancelled);
    // A browser may write a space as %20: what is signed is the value.
    let otherwise = query.replace('+', "%20");
    assert!(vnpay().verify(&format!("{otherwise}&vnp_SecureHash={signature}")).is_ok());
}

#[test]
fn each_response_code_has_its_reason_and_an_unknown_one_is_other() {
    for (code, reason) in Reason::ALL {
        assert_eq!(Reason::of_code(code), reason);
    }
    assert_eq!(Reason::of_code("51"), Reason::NotEnoughMoney);
    assert_eq!(Reason::of_code("7"), Reason::Other);
    assert_eq!(Reason::of_code(""), Reason::Other);
}

#[test]
fn the_gateway_is_answered_as_the_protocol_writes_it() {
    assert_eq!(
        IpnAnswer::Confirmed.to_json(),
        r#"{"RspCode":"00","Message":"Confirm Success"}"#
    );
    for (answer, code) in [
        (IpnAnswer::OrderNotFound, "01"),
        (IpnAnswer::AlreadyConfirmed, "02"),
        (IpnAnswer::WrongAmount, "04"),
        (IpnAnswer::WrongSignature, "97"),
        (IpnAnswer::Other, "99"),
    ] {
        let json: serde_json::Value = serde_json::from_str(&answer.to_json()).unwrap();
        assert_eq!(json["RspCode"], code);
    }
}

/// The published examples of VNPAY encode `*`, `~`, `!`, `(` and `)` differently in PHP, JavaScript and C#: each of these
/// signatures was computed by Python's `hmac` over the text written beside it.
#[test]
fn what_other_implementations_leave_unencoded_verifies_as_well() {
    let values = "vnp_Amount=1500000&vnp_OrderInfo=a%2Ab%7Ec%21+%28d%29&vnp_ResponseCode=00&vnp_TmnCode=MOTCUA01&vnp_TxnRef=R";
    for (how, signature) in [
        ("a%2Ab%7Ec%21+%28d%29", PHP),
        ("a*b~c!+(d)", JAVASCRIPT),
        ("a*b%7Ec!+(d)", CSHARP),
    ] {
        let query = format!("{values}&vnp_SecureHash={signature}");
        assert!(vnpay().verify(&query).is_ok(), "{how}");
        let changed = query.replace("1500000", "1500100");
        assert_eq!(vnpay().verify(&changed), Err(VnpayError::BadSignature), "{how}");
    }
}

#[test]
fn an_operator_signs_what_she_types_in_any_order() {
    let given = [
        ("vnp_TxnRef", "REF 1"),
        ("vnp_SecureHashType", "HmacSHA512"),
        ("vnp_OrderInfo", "Lệ phí"),
        ("vnp_BankCode", ""),
        ("other", "x"),
        ("vnp_SecureHash", "00"),
        ("vnp_Amount", "1500000"),
    ];
    let (query, hash) = signature_of("SECRETSECRET", given).unwrap();
    assert_eq!(query, "vnp_Amount=1500000&vnp_OrderInfo=L%E1%BB%87+ph%C3%AD&vnp_TxnRef=REF+1");
    assert_eq!(hash, OPERATOR);
    let doubled = [("vnp_Amount", "1"), ("vnp_Amount", "2")];
    assert_eq!(signature_of("S", doubled), Err(VnpayError::Doubled("vnp_Amount".to_owned())));
}
