//! The outside world's protocols.

mod mail;
mod peer;
mod sms;
mod vnpay;
