//! The outside world's protocols.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod mail;
mod peer;
mod sms;
mod vietqr;
mod vnpay;
