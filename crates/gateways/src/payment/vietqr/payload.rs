//! The payload: fields of tag, length and value, closed by a checksum.

/// What a transfer by QR says.
#[derive(Clone, Copy, Debug)]
pub struct Transfer<'a> {
    /// Six digits of the bank at NAPAS (BIN).
    pub bin: &'a str,
    /// Number of the account, 1 to 19 letters and digits.
    pub account: &'a str,
    /// VND; none leaves it to the payer.
    pub amount_vnd: Option<u64>,
    /// What the payer's app writes into the transfer: at most 25 characters of ASCII, no control characters; may be empty.
    pub reference: &'a str,
}

/// Why a payload cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PayloadError {
    /// The bank's number is not six digits.
    #[error("the bank's BIN must be six digits")]
    Bin,
    /// The account is not 1 to 19 letters and digits.
    #[error("the account must be 1 to 19 letters and digits")]
    Account,
    /// The amount is zero or has more than 13 digits.
    #[error("the amount must be 1 to 13 digits and not zero")]
    Amount,
    /// The reference is longer than 25 characters or not printable ASCII.
    #[error("the reference must be at most 25 printable ASCII characters")]
    Reference,
}

fn field(tag: &str, value: &str) -> String {
    format!("{tag}{:02}{value}", value.len())
}

/// The payload of a QR code for a transfer to an account.
///
/// # Errors
/// [`PayloadError`], when a part does not fit the format.
pub fn payload(t: &Transfer<'_>) -> Result<String, PayloadError> {
    if t.bin.len() != 6 || !t.bin.bytes().all(|b| b.is_ascii_digit()) {
        return Err(PayloadError::Bin);
    }
    if t.account.is_empty() || t.account.len() > 19 || !t.account.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(PayloadError::Account);
    }
    if t.reference.len() > 25 || !t.reference.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        return Err(PayloadError::Reference);
    }
    let beneficiary = field("00", t.bin) + &field("01", t.account);
    let napas = field("00", "A000000727") + &field("01", &beneficiary) + &field("02", "QRIBFTTA");
    // `12`: made for one payment, with its amount; `11`: the same for every payer.
    let mut text = field("00", "01") + &field("01", if t.amount_vnd.is_some() { "12" } else { "11" });
    text += &(field("38", &napas) + &field("53", "704"));
    if let Some(amount) = t.amount_vnd {
        let digits = amount.to_string();
        if amount == 0 || digits.len() > 13 {
            return Err(PayloadError::Amount);
        }
        text += &field("54", &digits);
    }
    text += &field("58", "VN");
    if !t.reference.is_empty() {
        text += &field("62", &field("08", t.reference));
    }
    text += "6304";
    let checksum = crc16(text.as_bytes());
    Ok(format!("{text}{checksum:04X}"))
}

/// CRC-16/CCITT-FALSE: polynomial 1021, begins with FFFF, nothing reflected, nothing added at the end.
#[must_use]
pub fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xffff, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte) << 8, |crc, _| {
            if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 }
        })
    })
}
