//! The outside world: payment, mail, SMS, signatures. Protocols only, no decisions.
//! The outside world: payment, post, mail, SMS. Protocols only, no decisions.

mod demo;
pub mod mail;
pub mod payment;
pub mod post;
pub mod sign;
pub mod sms;

pub use demo::{DemoInbox, DemoMessage};

/// A gateway did not take it.
#[derive(Debug, thiserror::Error)]
#[error("{what}")]
pub struct GatewayError {
    /// What it said.
    pub what: String,
    /// Whether trying again may help.
    pub temporary: bool,
}
