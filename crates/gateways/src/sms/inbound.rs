//! SMS that people send: told by the province's relay, JSON with a signature over the whole body. The relay sends the answer
//! that it gets back.

use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize;
use sha2::Sha256;

/// Longest text of an SMS, in characters: ten parts.
const TEXT_MAX: usize = 1_530;

/// An SMS that came.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Received {
    /// The phone it came from.
    pub from: String,
    /// What it says.
    pub text: String,
}

/// Why an SMS is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceivedError {
    /// Not signed with our secret, or changed on the way.
    #[error("the signature is wrong")]
    BadSignature,
    /// Not the JSON of an SMS.
    #[error("the SMS cannot be read")]
    Unreadable,
}

/// What the relay and we share.
#[derive(Clone)]
pub struct Inbound {
    secret: String,
}

impl Inbound {
    /// With the secret that signs.
    #[must_use]
    pub fn new(secret: &str) -> Self {
        Self {
            secret: secret.to_owned(),
        }
    }

    /// Reads an SMS; `signature` is the hex of HMAC-SHA256 over the body.
    ///
    /// # Errors
    /// [`ReceivedError`].
    pub fn verify(&self, body: &[u8], signature: &str) -> Result<Received, ReceivedError> {
        let given = hex::decode(signature.trim()).map_err(|_| ReceivedError::BadSignature)?;
        let mac = Hmac::<Sha256>::new_from_slice(self.secret.as_bytes());
        let mac = mac.map(|mut mac| {
            mac.update(body);
            mac
        });
        if self.secret.is_empty() || !mac.is_ok_and(|m| m.verify_slice(&given).is_ok()) {
            return Err(ReceivedError::BadSignature);
        }
        let received: Received = serde_json::from_slice(body).map_err(|_| ReceivedError::Unreadable)?;
        if received.text.chars().count() > TEXT_MAX || received.from.len() > 40 {
            return Err(ReceivedError::Unreadable);
        }
        Ok(received)
    }
}
