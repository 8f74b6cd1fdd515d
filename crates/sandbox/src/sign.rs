//! The gateway's own signing, written apart from the merchant's.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha512;

/// The parameters of a query as they come.
pub(crate) fn pairs(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// A parameter's value; empty where there is none.
pub(crate) fn get<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs.iter().find(|(k, _)| k == name).map_or("", |(_, v)| v)
}

/// The pairs of a query, in order of name, without signature and without empty values, as text to sign.
pub(crate) fn canonical(pairs: &[(String, String)]) -> String {
    let mut sorted: Vec<_> = pairs
        .iter()
        .filter(|(k, v)| k.starts_with("vnp_") && !k.starts_with("vnp_SecureHash") && !v.is_empty())
        .collect();
    sorted.sort();
    let encode = |s: &str| form_urlencoded::byte_serialize(s.as_bytes()).collect::<String>();
    sorted
        .iter()
        .map(|(k, v)| format!("{}={}", encode(k), encode(v)))
        .collect::<Vec<_>>()
        .join("&")
}

pub(crate) fn signature(secret: &str, text: &str) -> String {
    match Hmac::<Sha512>::new_from_slice(secret.as_bytes()) {
        Ok(mut mac) => {
            mac.update(text.as_bytes());
            hex::encode(mac.finalize().into_bytes())
        }
        Err(_) => String::new(),
    }
}

/// Whether a query carries the right signature and no parameter twice.
pub(crate) fn fits(secret: &str, pairs: &[(String, String)]) -> bool {
    let names: std::collections::BTreeSet<&String> = pairs.iter().map(|(k, _)| k).collect();
    let given = get(pairs, "vnp_SecureHash");
    names.len() == pairs.len() && !given.is_empty() && given.eq_ignore_ascii_case(&signature(secret, &canonical(pairs)))
}

/// The query with its signature.
pub(crate) fn signed(secret: &str, pairs: &[(String, String)]) -> String {
    let text = canonical(pairs);
    format!("{text}&vnp_SecureHash={}", signature(secret, &text))
}
