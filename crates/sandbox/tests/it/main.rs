//! The gateway against a merchant that speaks with the merchant's own code, over loopback.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod api;
mod mischief;
mod page;
mod post;
mod signer;
mod town;
