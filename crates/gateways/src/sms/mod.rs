//! SMS: the demo's inbox, or none. A provider's protocol is added here as a variant when the province has one.

use crate::{DemoInbox, DemoMessage, GatewayError};
use jiff::Timestamp;

/// How SMS are sent.
pub enum Sms {
    /// Into the demo's inbox.
    Demo(DemoInbox),
    /// Not at all: the administrator sees each that could not be sent.
    Off,
}

impl Sms {
    /// Sends an SMS to a phone in E.164.
    ///
    /// # Errors
    /// [`GatewayError`] when no provider is set up.
    pub async fn send(&self, to: &str, text: &str, at: Timestamp) -> Result<(), GatewayError> {
        match self {
            Self::Demo(inbox) => {
                inbox.push(DemoMessage {
                    to: to.to_owned(),
                    subject: String::new(),
                    text: text.to_owned(),
                    at,
                });
                Ok(())
            }
            Self::Off => Err(GatewayError {
                what: "no SMS provider is set up".to_owned(),
                temporary: false,
            }),
        }
    }
}
