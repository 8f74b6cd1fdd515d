//! `motcua payment`: what an operator compares with the gateway's own tools. The hash was computed by Python's `hmac`.

use std::process::Command;

#[expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
fn payment(arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_motcua"))
        .arg("payment")
        .args(arguments)
        .output()
        .unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn parameters_are_signed_in_any_order_without_what_is_never_signed() {
    let given = [
        "vnp_TxnRef=REF 1",
        "vnp_SecureHashType=HmacSHA512",
        "vnp_OrderInfo=Lệ phí",
        "vnp_BankCode=",
        "vnp_Amount=1500000",
    ];
    let (done, said) = payment(&[&["sign", "--query", "--secret", "SECRETSECRET"][..], &given].concat());
    assert!(done);
    assert_eq!(
        said,
        "vnp_Amount=1500000&vnp_OrderInfo=L%E1%BB%87+ph%C3%AD&vnp_TxnRef=REF+1\n132ba4c0cf09e3f8e76d633361d28a01186e0873e3633cea4807ce4304416c836b4bfb6bbea78b6a4137e0f045b156d44da45869061a2c1cbef4b028598fabf2\n"
    );
    assert!(!payment(&["sign", "--secret", "S", "vnp_A=1", "vnp_A=2"]).0);
    assert!(!payment(&["sign", "--secret", "S", "vnp_A"]).0);
}

#[test]
fn the_payload_of_a_code_is_printed_and_what_does_not_fit_is_refused() {
    let given = ["vietqr", "--bin", "970436", "--account", "0011004123456", "--amount", "15000"];
    let (done, said) = payment(&[&given[..], &["--reference", "MC0123456789X"]].concat());
    assert!(done);
    assert_eq!(
        said.trim(),
        "00020101021238570010A00000072701270006970436011300110041234560208QRIBFTTA53037045405150005802VN62170813MC0123456789X630400A5"
    );
    assert!(!payment(&["vietqr", "--bin", "97", "--account", "1"]).0);
}
