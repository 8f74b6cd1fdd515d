//! What the post tells by itself: one notice for each station of a parcel.

use super::{Post, sign};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How far the post's clock may be from ours, and how long a notice may be on its way: an older one is a copy of somebody.
pub const TIME_WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Longest text of a notice, in characters.
const TEXT_MAX: usize = 300;
/// Most VND that a notice can name.
const COLLECTED_MAX: u64 = 1_000_000_000;

/// A station of a parcel, as the post tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Our reference of the order.
    pub reference: String,
    /// The post's own number.
    pub tracking: String,
    /// The post's running number within the parcel, from 1.
    pub seq: u32,
    /// `accepted`, `collected`, `in_transit`, `out_for_delivery`, `failed`, `held`, `delivered`, `returning`, `returned`,
    /// `cancelled`.
    pub state: String,
    /// When it happened.
    pub at: Timestamp,
    /// Where.
    #[serde(default)]
    pub place: String,
    /// Why, when a try failed or it goes back.
    #[serde(default)]
    pub reason: String,
    /// VND collected with the delivery.
    #[serde(default)]
    pub collected: u64,
    /// Proof of the delivery.
    #[serde(default)]
    pub proof: Option<Proof>,
}

/// Proof of a delivery, as the post tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Who took it.
    pub taken_by: String,
    /// Last four digits of the identity card.
    #[serde(default)]
    pub id_last: String,
    /// Whether she signed.
    #[serde(default)]
    pub signed: bool,
}

/// Why a notice is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoticeError {
    /// Not signed with our secret, changed on the way, or sent to another address.
    #[error("the signature is wrong")]
    BadSignature,
    /// Signed too long ago, or in the future: a copy.
    #[error("the notice was signed at another time")]
    Stale,
    /// Not the JSON of a notice, or a field that cannot be.
    #[error("the notice cannot be read")]
    Unreadable,
}

impl Post {
    /// Reads a notice that came to `path`. `time` and `signature` stand in its headers.
    ///
    /// # Errors
    /// [`NoticeError`].
    pub fn verify(&self, path: &str, time: &str, body: &[u8], signature: &str, now: Timestamp) -> Result<Notice, NoticeError> {
        if !sign::fits(&self.secret, "POST", path, time, body, signature) {
            return Err(NoticeError::BadSignature);
        }
        let signed = time.parse().ok().and_then(|s| Timestamp::from_second(s).ok());
        let signed = signed.ok_or(NoticeError::Unreadable)?;
        if now.duration_since(signed).abs() > TIME_WINDOW {
            return Err(NoticeError::Stale);
        }
        let mut notice: Notice = serde_json::from_slice(body).map_err(|_| NoticeError::Unreadable)?;
        if notice.seq == 0 || notice.reference.is_empty() || notice.reference.len() > 100 || notice.collected > COLLECTED_MAX {
            return Err(NoticeError::Unreadable);
        }
        notice.cut();
        Ok(notice)
    }
}

impl Notice {
    /// Texts no longer than needed, without control characters.
    fn cut(&mut self) {
        let cut = |text: &mut String| *text = text.chars().filter(|c| !c.is_control()).take(TEXT_MAX).collect();
        cut(&mut self.place);
        cut(&mut self.reason);
        if let Some(proof) = &mut self.proof {
            cut(&mut proof.taken_by);
            proof.id_last = proof.id_last.chars().filter(char::is_ascii_digit).take(4).collect();
        }
    }
}
