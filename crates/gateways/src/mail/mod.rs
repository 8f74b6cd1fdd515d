//! Mail by SMTP, or into the demo's inbox.

use crate::{DemoInbox, DemoMessage, GatewayError};
use jiff::Timestamp;
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::time::Duration;

/// A mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Address.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// When it was written.
    pub at: Timestamp,
}

/// How mail is sent.
pub enum Mailer {
    /// By an SMTP server.
    Smtp {
        /// The server.
        transport: Box<AsyncSmtpTransport<Tokio1Executor>>,
        /// Who it is from.
        from: Mailbox,
    },
    /// Into the demo's inbox.
    Demo(DemoInbox),
    /// Not at all: the administrator sees each that could not be sent.
    Off,
}

impl Mailer {
    /// Whether nothing can be sent this way.
    #[must_use]
    pub fn is_off(&self) -> bool {
        matches!(self, Self::Off)
    }

    /// Mail through `smtp://user:password@host:port` (or `smtps://`), from an address such as `Một Cửa <no-reply@…>`.
    ///
    /// # Errors
    /// When the address of the server or of the sender cannot be read.
    pub fn smtp(url: &str, from: &str) -> Result<Self, GatewayError> {
        let wrong = |what: String| GatewayError { what, temporary: false };
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|e| wrong(format!("the address of the mail server: {e}")))?
            .timeout(Some(Duration::from_secs(20)))
            .build();
        let from = from.parse().map_err(|e| wrong(format!("the sender's address: {e}")))?;
        Ok(Self::Smtp {
            transport: Box::new(transport),
            from,
        })
    }

    /// Sends a mail.
    ///
    /// # Errors
    /// [`GatewayError`], temporary when the server may take it later.
    pub async fn send(&self, message: &Message) -> Result<(), GatewayError> {
        match self {
            Self::Off => Err(GatewayError {
                what: "no mail server is set up".to_owned(),
                temporary: false,
            }),
            Self::Demo(inbox) => {
                let Message { to, subject, text, at } = message.clone();
                inbox.push(DemoMessage { to, subject, text, at });
                Ok(())
            }
            Self::Smtp { transport, from } => {
                let permanent = |what: String| GatewayError { what, temporary: false };
                let mail = lettre::Message::builder()
                    .from(from.clone())
                    .to(message
                        .to
                        .parse()
                        .map_err(|_| permanent("the mail address cannot be read".to_owned()))?)
                    .subject(&message.subject)
                    .header(ContentType::TEXT_PLAIN)
                    .body(message.text.clone())
                    .map_err(|e| permanent(e.to_string()))?;
                let sent = transport.send(mail).await;
                sent.map(drop).map_err(|e| GatewayError {
                    temporary: !e.is_permanent(),
                    what: e.to_string(),
                })
            }
        }
    }

    /// The demo's inbox, in a demo.
    #[must_use]
    pub fn demo_inbox(&self) -> Option<&DemoInbox> {
        match self {
            Self::Demo(inbox) => Some(inbox),
            Self::Smtp { .. } | Self::Off => None,
        }
    }
}
