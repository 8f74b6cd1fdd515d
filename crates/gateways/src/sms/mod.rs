//! SMS: by HTTP, into the demo's inbox, or none.

mod inbound;

pub use inbound::{Inbound, Received, ReceivedError};

use crate::{DemoInbox, DemoMessage, GatewayError};
use jiff::Timestamp;
use std::time::Duration;

/// How long a provider may take.
const TIMEOUT: Duration = Duration::from_secs(20);

/// How SMS are sent.
pub enum Sms {
    /// By `POST` of `{"to","text"}` as JSON with a bearer token. Without TLS: the address is the province's own relay to
    /// its operator, on the same machine or the same closed network.
    Http {
        /// Address of the relay, `http://…`.
        url: String,
        /// Its token.
        token: String,
    },
    /// Into the demo's inbox.
    Demo(DemoInbox),
    /// Not at all: the administrator sees each that could not be sent.
    Off,
}

impl Sms {
    /// Whether nothing can be sent this way.
    #[must_use]
    pub fn is_off(&self) -> bool {
        matches!(self, Self::Off)
    }

    /// Sends an SMS to a phone in E.164.
    ///
    /// # Errors
    /// [`GatewayError`], temporary when the relay cannot be reached, is busy (429) or broken (5xx).
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
            Self::Http { url, token } => {
                let (url, token) = (url.clone(), token.clone());
                let body = serde_json::json!({ "to": to, "text": text }).to_string();
                // The outbox's worker sends one after the other: a thread that waits is enough, and a client without a
                // runtime of its own is the lightest to build.
                let posted = tokio::task::spawn_blocking(move || post(&url, &token, &body)).await;
                posted.unwrap_or_else(|e| {
                    Err(GatewayError {
                        what: e.to_string(),
                        temporary: true,
                    })
                })
            }
        }
    }
}

fn post(url: &str, token: &str, body: &str) -> Result<(), GatewayError> {
    let sent = ureq::post(url)
        .config()
        .timeout_global(Some(TIMEOUT))
        .max_redirects(0)
        .build()
        .header("Authorization", &format!("Bearer {token}"))
        .header("Content-Type", "application/json")
        .send(body);
    match sent {
        Ok(answer) if answer.status().is_success() => Ok(()),
        Ok(answer) => Err(GatewayError {
            what: format!("the SMS relay answered {}", answer.status()),
            temporary: false,
        }),
        Err(ureq::Error::StatusCode(code)) => Err(GatewayError {
            what: format!("the SMS relay answered {code}"),
            temporary: code == 429 || code >= 500,
        }),
        Err(error) => {
            let wrong_setting = matches!(error, ureq::Error::BadUri(_) | ureq::Error::Http(_));
            Err(GatewayError {
                what: format!("the SMS relay: {error}"),
                temporary: !wrong_setting,
            })
        }
    }
}
