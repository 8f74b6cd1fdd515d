//! VietQR's payload and the bank's notice. Checksums and signatures were computed by other implementations.

use motcua_gateways::payment::vietqr::{Bank, NoticeError, PayloadError, Transfer, crc16, payload};

fn bank() -> Bank {
    Bank {
        bin: "970436".into(),
        name: "Ngân hàng thử".into(),
        account: "0011004123456".into(),
        holder: "KHO BAC".into(),
        secret: "SECRETSECRETSECRET".into(),
        app_url: "https://bank.example.vn/pay?qr={payload}&ma={reference}&tien={amount}".into(),
        payout_url: String::new(),
    }
}

#[test]
fn the_checksum_is_the_one_of_the_standard() {
    // The check value of CRC-16/CCITT-FALSE in every catalogue of CRCs.
    assert_eq!(crc16(b"123456789"), 0x29b1);
    assert_eq!(crc16(b""), 0xffff);
}

#[test]
fn the_payload_has_the_fields_of_the_format_in_order() {
    let text = bank().payload(15_000, "MC0123456789X").unwrap();
    let body = "00020101021238570010A00000072701270006970436011300110041234560208QRIBFTTA530370454051500\
                05802VN62170813MC0123456789X6304";
    assert_eq!(text, format!("{body}00A5"));
}

#[test]
fn a_payload_without_amount_is_the_same_for_every_payer() {
    let text = payload(&Transfer {
        bin: "970415",
        account: "113366668888",
        amount_vnd: None,
        reference: "",
    })
    .unwrap();
    assert!(text.starts_with("000201010211"), "{text}");
    assert!(!text.contains("5404") && !text.contains("6217"), "{text}");
    assert_eq!(
        text,
        "00020101021138560010A0000007270126000697041501121133666688880208QRIBFTTA53037045802VN6304F443"
    );
}

#[test]
fn what_does_not_fit_the_format_is_refused() {
    let with = |bin, account, amount, reference| {
        payload(&Transfer {
            bin,
            account,
            amount_vnd: Some(amount),
            reference,
        })
    };
    assert_eq!(with("97043", "1", 1, ""), Err(PayloadError::Bin));
    assert_eq!(with("97043x", "1", 1, ""), Err(PayloadError::Bin));
    assert_eq!(with("970436", "", 1, ""), Err(PayloadError::Account));
    assert_eq!(with("970436", "00 11", 1, ""), Err(PayloadError::Account));
    assert_eq!(with("970436", "1", 0, ""), Err(PayloadError::Amount));
    assert_eq!(with("970436", "1", 10_000_000_000_000, ""), Err(PayloadError::Amount));
    assert_eq!(with("970436", "1", 1, "hồ sơ"), Err(PayloadError::Reference));
    assert_eq!(
        with("970436", "1", 1, "12345678901234567890123456"),
        Err(PayloadError::Reference)
    );
}

#[test]
fn the_link_for_phones_carries_the_payload() {
    let link = bank().app_link("0002 01", 15_000, "MC1").unwrap();
    assert_eq!(link, "https://bank.example.vn/pay?qr=0002+01&ma=MC1&tien=15000");
}

#[test]
fn a_notice_counts_with_its_signature_only() {
    let body = r#"{"transaction":"FT1","account":"0011004123456","amount":15000,"content":"x","at":"2020-03-30T02:00:00Z"}"#;
    // printf '%s' BODY | openssl dgst -sha256 -hmac SECRETSECRETSECRET
    let signature = "9d1d7914a7bb438725b76cb162c5f91b195cc768c80174834bd5145e093e6b73";
    let notice = bank().verify(body.as_bytes(), signature).unwrap();
    assert_eq!((notice.transaction.as_str(), notice.amount), ("FT1", 15_000));
    assert!(bank().verify(body.as_bytes(), &signature.to_uppercase()).is_ok());
    let changed = body.replace("15000", "15001");
    assert_eq!(bank().verify(changed.as_bytes(), signature), Err(NoticeError::BadSignature));
    for wrong in ["", "zz", "00"] {
        assert_eq!(bank().verify(body.as_bytes(), wrong), Err(NoticeError::BadSignature));
    }
    let other = Bank {
        account: "9".into(),
        ..bank()
    };
    assert_eq!(other.verify(body.as_bytes(), signature), Err(NoticeError::OtherAccount));
    let nobody = Bank {
        secret: String::new(),
        ..bank()
    };
    assert_eq!(nobody.verify(body.as_bytes(), signature), Err(NoticeError::BadSignature));
}
