//! The post: orders to carry a parcel, and what the post tells of it. JSON over HTTP; every request and every notice is
//! signed over method, path, time and body, see [`sign`], so that none can be changed, sent elsewhere or sent again later.
//!
//! The protocol is ours (decision 0053): when the post opens its own, this folder is what changes.

mod notice;
mod order;
mod sign;

pub use notice::{Notice, NoticeError, Proof, TIME_WINDOW};
pub use order::{Created, Declined, Outcome, PostOrder, Told};
pub use sign::signature;

use std::time::Duration;

/// How long the post may take to answer.
const TIMEOUT: Duration = Duration::from_secs(15);

/// The post as this installation reaches it.
#[derive(Clone)]
pub struct Post {
    /// Address of its interface, without a slash at the end.
    pub url: String,
    /// The province's number as a customer.
    pub client: String,
    /// Secret that both sign with.
    pub secret: String,
    /// How long it may take to answer.
    pub timeout: Duration,
}

impl Post {
    /// The post at an address.
    #[must_use]
    pub fn new(url: &str, client: &str, secret: &str) -> Self {
        Self {
            url: url.trim_end_matches('/').to_owned(),
            client: client.to_owned(),
            secret: secret.to_owned(),
            timeout: TIMEOUT,
        }
    }
}
