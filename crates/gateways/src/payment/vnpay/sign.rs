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

fn mac(secret: &str, text: &str) -> Hmac<Sha512> {
    // A key of any length fits HMAC: an empty one stands for one that could not be taken, and verifies nothing of ours.
    let mut mac = Hmac::<Sha512>::new_from_slice(secret.as_bytes()).unwrap_or_else(|_| Hmac::new(&Default::default()));
    mac.update(text.as_bytes());
    mac
}

/// Signs a query, as lower-case hex.
pub(super) fn sign(secret: &str, query: &str) -> String {
    hex::encode(mac(secret, query).finalize().into_bytes())
}

/// Whether a signature fits, compared in constant time.
pub(super) fn verify(secret: &str, query: &str, signature: &str) -> bool {
    hex::decode(signature).is_ok_and(|bytes| mac(secret, query).verify_slice(&bytes).is_ok())
}
