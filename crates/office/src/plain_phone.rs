//! What is told by SMS to who asks from a plain phone with the code and the PIN on her slip.

use crate::Office;
use crate::error::Result;
use crate::pin;
use motcua_gateways::sms::ReceivedError;
use motcua_model::clock::local;
use motcua_model::dossier::{Dossier, ReturnWay, Status};
use motcua_model::identifier::Phone;
use motcua_model::plain_phone::{may_hear, read_sms};
use motcua_model::procedure::Lang;
use motcua_store::track_pin::PinTry;
use motcua_words::Words;

/// What the relay is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SmsAnswer {
    /// To be sent back to the phone.
    Reply {
        /// The phone, in E.164.
        to: String,
        /// What.
        text: String,
    },
    /// Nothing is sent: not a phone of Viet Nam, such as a service's short number.
    Silence,
    /// Not signed rightly, or asking by SMS is not set up.
    WrongSignature,
    /// Cannot be read.
    Unreadable,
}

impl Office {
    /// An SMS that the relay tells, with its signature.
    ///
    /// # Errors
    /// The store.
    pub async fn sms_received(&self, body: &[u8], signature: &str) -> Result<SmsAnswer> {
        let Some(inbound) = &self.inner.gateways.inbound else {
            return Ok(SmsAnswer::WrongSignature);
        };
        match inbound.verify(body, signature) {
            Ok(sms) => self.sms_asked(&sms.from, &sms.text).await,
            Err(ReceivedError::BadSignature) => Ok(SmsAnswer::WrongSignature),
            Err(ReceivedError::Unreadable) => Ok(SmsAnswer::Unreadable),
        }
    }

    /// Answers an SMS from a phone. Whoever is not to know gets one and the same answer.
    ///
    /// # Errors
    /// The store.
    pub async fn sms_asked(&self, from: &str, text: &str) -> Result<SmsAnswer> {
        let Ok(from) = Phone::parse(from) else {
            return Ok(SmsAnswer::Silence);
        };
        let w = Words(Lang::Vi);
        let hotline = &self.settings().hotline;
        let text = match read_sms(text) {
            None => w.phone_how(hotline),
            Some(asked) => {
                let found = self.store().dossier_by_code(&asked.code).await?.map(|l| l.dossier);
                match found.filter(|d| may_hear(d, &from)) {
                    // A stranger's guesses are not counted: nobody locks another's PIN from afar.
                    None => w.phone_neutral(hotline),
                    Some(d) => match self.store().try_pin(d.id, pin::hash(d.id, &asked.pin), self.now()).await? {
                        PinTry::Right => self.said_of(w, &d),
                        PinTry::Wrong => w.phone_neutral(hotline),
                        PinTry::Locked => w.phone_locked(hotline),
                    },
                }
            }
        };
        Ok(SmsAnswer::Reply {
            to: from.e164().to_owned(),
            text,
        })
    }

    /// Shows a demo's answer in the demo's inbox.
    ///
    /// # Errors
    /// [`crate::OfficeError::Internal`] when it cannot be sent.
    pub async fn sms_reply(&self, to: &str, text: &str) -> Result<()> {
        let sent = self.inner.gateways.sms.send(to, text, self.now()).await;
        sent.map_err(|e| crate::OfficeError::Internal(e.to_string()))
    }

    /// Where a dossier stands, in a sentence or two without anything of the person.
    fn said_of(&self, w: Words, d: &Dossier) -> String {
        let key = format!("status-{}", d.status.as_str().replace('_', "-"));
        let status = match d.status {
            Status::AwaitingPayment { .. } => w.clock_status_payment(),
            _ => w.by_key(&key).unwrap_or(d.status.as_str()),
        };
        let day = |at| local(at).strftime("%H:%M %d/%m/%Y").to_string();
        let next = match &d.status {
            Status::Filed => w.phone_until(day(d.acknowledge_by)),
            Status::Accepted | Status::InProcess(_) => d.due.map_or_else(String::new, |due| w.phone_due(day(due))),
            Status::AwaitingSupplement { .. } => w.phone_supplement(d.open_supplement().map_or(0, |s| s.lacks.len())),
            Status::AwaitingPayment { .. } => w.phone_pay().to_owned(),
            Status::Approved => match d.return_way {
                ReturnWay::Online => w.phone_ready_online().to_owned(),
                ReturnWay::Counter => w.phone_ready_counter().to_owned(),
                ReturnWay::Post => w.phone_ready_post().to_owned(),
            },
            Status::Returned | Status::Refused | Status::Withdrawn | Status::Stopped | Status::Annulled => String::new(),
        };
        w.phone_state(&d.code, next, status).trim().to_owned()
    }
}
