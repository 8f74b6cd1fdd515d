//! Signatures were computed by another implementation of HMAC-SHA512 and are written down here.

use motcua_gateways::payment::vnpay::{Order, Settings, Vnpay, VnpayError};

const NOTIFIED: &str = "vnp_Amount=1500000&vnp_BankCode=NCB&vnp_BankTranNo=VNP1&vnp_CardType=ATM&vnp_OrderInfo=Le+phi+ho+so\
&vnp_PayDate=20200330090312&vnp_ResponseCode=00&vnp_TmnCode=MOTCUA01&vnp_TransactionNo=14422574&vnp_TransactionStatus=00\
&vnp_TxnRef=REF1";
const SIGNATURE: &str = "e534864b1c48374a90909b33cba8e0ebb021680f36b098b109a1afe1bb4465792f7b2618773ad3467d159ff721b10518f387cbd1361956e0cb17caa6b11ad1ae";

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
