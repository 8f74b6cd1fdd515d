//! The signature: HMAC-SHA512 over the parameters with a value, sorted by name, form-URL-encoded.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;
use std::collections::BTreeMap;

/// The text that is signed, which is also the query of the address.
pub(super) fn query(params: &BTreeMap<String, String>) -> String {
    let mut text = form_urlencoded::Serializer::new(String::new());
    for (name, value) in params.iter().filter(|(_, v)| !v.is_empty()) {
        text.append_pair(name, value);
    }
    text.finish()
}

/// Characters beside letters, digits, `-`, `_` and `.` that an implementation leaves as they are. The protocol says
/// "URL-encoded" and no more: the published examples in Java, PHP, JavaScript and C# differ in these five.
const LEFT_BY: [&str; 3] = ["", "!~*'()", "!*()"];

/// The signed text as another implementation writes it, leaving the characters of `left`.
fn query_leaving(params: &BTreeMap<String, String>, left: &str) -> String {
    use std::fmt::Write;
    let mut text = String::new();
    for (name, value) in params.iter().filter(|(_, v)| !v.is_empty()) {
        if !text.is_empty() {
            text.push('&');
        }
        for (part, end) in [(name, "="), (value, "")] {
            for byte in part.bytes() {
                match char::from(byte) {
                    c if c.is_ascii_alphanumeric() || "-_.".contains(c) || left.contains(c) => text.push(c),
                    ' ' => text.push('+'),
                    _ => {
                        let _ = write!(text, "%{byte:02X}");
                    }
                }
            }
            text.push_str(end);
        }
    }
    text
}

fn mac(secret: &str, text: &str) -> Hmac<Sha512> {
    // A key of any length fits HMAC: an empty one stands for one that could not be taken, and verifies nothing of ours.
    let mut mac = Hmac::<Sha512>::new_from_slice(secret.as_bytes()).unwrap_or_else(|_| Hmac::new(&Default::default()));
    mac.update(text.as_bytes());
    mac
}

/// Signs a text, as lower-case hex.
pub(super) fn sign(secret: &str, text: &str) -> String {
    hex::encode(mac(secret, text).finalize().into_bytes())
}

/// Whether a signature fits, compared in constant time.
pub(super) fn verify(secret: &str, text: &str, signature: &str) -> bool {
    hex::decode(signature).is_ok_and(|bytes| mac(secret, text).verify_slice(&bytes).is_ok())
}

/// Whether a signature fits the parameters, in whichever of the published ways of URL-encoding they were written.
pub(super) fn verify_params(secret: &str, params: &BTreeMap<String, String>, signature: &str) -> bool {
    if verify(secret, &query(params), signature) {
        return true;
    }
    let plain = |v: &String| !v.contains(['!', '~', '*', '\'', '(', ')']);
    !params.values().all(plain)
        && LEFT_BY
            .iter()
            .any(|left| verify(secret, &query_leaving(params, left), signature))
}

/// Signs parameters as an operator gives them: `vnp_SecureHash` and `vnp_SecureHashType` are never part of what is
/// signed, nor is what does not begin with `vnp_` or has no value. Answers the signed query and its signature.
///
/// # Errors
/// The name of a parameter that comes twice: which one counts cannot be told.
pub fn signature_of<'a>(
    secret: &str,
    given: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<(String, String), super::VnpayError> {
    let mut params = BTreeMap::new();
    for (name, value) in given {
        if !name.starts_with("vnp_") || matches!(name, "vnp_SecureHash" | "vnp_SecureHashType") {
            continue;
        }
        if params.insert(name.to_owned(), value.to_owned()).is_some() {
            return Err(super::VnpayError::Doubled(name.to_owned()));
        }
    }
    let text = query(&params);
    let hash = sign(secret, &text);
    Ok((text, hash))
}
