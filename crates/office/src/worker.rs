//! The outbox's worker: sends what was promised, tries again, gives up into the administrator's list.

use crate::Office;
use crate::account::SEND_CODE;
use crate::act::NOTIFY;
use crate::error::{OfficeError, Result};
use crate::money::reconcile::MATCH;
use crate::money::refund::PAY_BACK;
use crate::paper::money;
use crate::payment::ASK_GATEWAY;
use crate::sign::{SIGN, SignBody};
use crate::working_time::RECOMPUTE;
use jiff::{SignedDuration, Timestamp};
use motcua_gateways::mail::Message as Mail;
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::{Dossier, Event, Refusal, fold};
use motcua_model::id::{AccountId, DossierId, FileHash, JobId, MandateId};
use motcua_model::journal::Line;
use motcua_model::procedure::Lang;
use motcua_store::account::Account;
use motcua_store::job::{Job, Settled};
use motcua_store::message::MessageRow;
use motcua_words::Words;
use serde::Deserialize;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

/// Jobs taken at once.
const BATCH: u32 = 64;
/// While changes wait to be written, the worker rests so many times as long as a batch took, but no longer than this.
const GIVES_WAY: u32 = 9;
const REST_MAX: Duration = Duration::from_secs(1);
/// How long the worker waits when nobody rings.
const IDLE: Duration = Duration::from_secs(1);

/// When sealing is tried again after it failed.
const SEAL_AGAIN: SignedDuration = SignedDuration::from_mins(1);

/// Whether an event is told to the person.
pub(crate) fn tells(event: &Event) -> bool {
    matches!(
        event,
        Event::Submitted { .. }
            | Event::Accepted { .. }
            | Event::Refused { .. }
            | Event::SupplementRequested { .. }
            | Event::PaymentReceived { .. }
            | Event::SurplusReceived { .. }
            | Event::RefundPaid { .. }
            | Event::RefundRejected { .. }
            | Event::FeeChanged { .. }
            | Event::ChargedBack { .. }
            | Event::Approved { .. }
            | Event::ResultSigned { .. }
            | Event::ResultRevoked { .. }
            | Event::ResultReplaced { .. }
            | Event::Stopped { .. }
            | Event::Annulled { .. }
            | Event::Extended { .. }
            | Event::Apologised { .. }
            | Event::PaymentAsked { .. }
            | Event::DueRecomputed { due: Some(_), .. }
    ) || crate::post::tells(event)
}

#[derive(Deserialize)]
struct NotifyBody {
    dossier: DossierId,
    version: u64,
}

#[derive(Deserialize)]
struct TalkBody {
    dossier: DossierId,
}

#[derive(Deserialize)]
struct MandateBody {
    mandate: MandateId,
}

#[derive(Deserialize)]
struct CodeBody {
    account: AccountId,
}

/// A message that is noted together with the end of its job.
type Note = Option<MessageRow>;

/// What the messages of a batch are about, read together.
#[derive(Default)]
struct Told {
    journals: BTreeMap<DossierId, Vec<Line>>,
    owners: HashMap<AccountId, Option<Account>>,
}

fn notify_body(job: &Job) -> Option<NotifyBody> {
    (job.kind == NOTIFY).then(|| serde_json::from_str(&job.body).ok()).flatten()
}

#[derive(Deserialize)]
struct OrderBody {
    order: String,
}

#[derive(Deserialize)]
struct RefundBody {
    dossier: DossierId,
    refund: u32,
}

#[derive(Deserialize)]
struct StatementBody {
    statement: FileHash,
}

/// A gateway's or a bank's failure, and whether to try again.
fn outside((why, again): (String, bool)) -> Failure {
    Failure { why, again, note: None }
}

/// Why a job did not get done.
pub(crate) struct Failure {
    pub why: String,
    pub again: bool,
    pub note: Option<Box<MessageRow>>,
}

impl From<OfficeError> for Failure {
    fn from(e: OfficeError) -> Self {
        Self {
            why: e.to_string(),
            again: true,
            note: None,
        }
    }
}

impl From<motcua_store::StoreError> for Failure {
    fn from(e: motcua_store::StoreError) -> Self {
        Self {
            why: e.to_string(),
            again: true,
            note: None,
        }
    }
}

impl Office {
    /// Does jobs until `stop` is done.
    pub async fn run_worker(&self, stop: impl Future<Output = ()>) {
        let mut stop = std::pin::pin!(stop);
        let mut seal_at = Timestamp::MIN;
        let mut settled = false;
        loop {
            settled = self.current().follow_organisation(settled).await;
            if self.now() >= seal_at {
                seal_at = match self.seal_days().await {
                    Ok(_) => Self::next_seal(self.now()),
                    Err(error) => {
                        tracing::warn!(%error, "the day could not be sealed; tried again shortly");
                        self.now() + SEAL_AGAIN
                    }
                };
            }
            let begun = tokio::time::Instant::now();
            // Another process may have published a decision.
            if let Err(error) = self.refresh_decisions().await {
                tracing::warn!(%error, "the decisions on working time could not be read; tried again shortly");
            }
            self.keep_up().await;
            // What is sent is said with the names that are in force now.
            let done = match self.current().run_due_jobs().await {
                Ok(done) => done,
                Err(error) => {
                    tracing::warn!(%error, "the outbox could not be read; tried again shortly");
                    0
                }
            };
            if done > 0 {
                // Messages give way to people: at most a tenth of the time is theirs while both want the database.
                if self.store().is_busy() {
                    tokio::time::sleep((begun.elapsed() * GIVES_WAY).min(REST_MAX)).await;
                }
                continue;
            }
            tokio::select! {
                () = &mut stop => return,
                () = self.inner.bell.notified() => {}
                () = tokio::time::sleep(IDLE) => {}
            }
        }
    }

    /// What is not a job: publications whose day has come, searches that found nothing, bags that should have been there.
    async fn keep_up(&self) {
        if let Err(error) = self.refresh_catalogue().await {
            tracing::warn!(%error, "publications could not be read; tried again shortly");
        }
        if let Err(error) = self.keep_missed().await {
            tracing::warn!(%error, "missed searches could not be noted; tried again shortly");
        }
        if let Err(error) = self.remind_late_bags().await {
            tracing::warn!(%error, "late bags could not be noted; tried again shortly");
        }
        if let Err(error) = self.keep_steps_now_and_then().await {
            tracing::warn!(%error, "steps could not be counted; tried again shortly");
        }
    }

    /// Does the jobs that are due now, once; answers how many were taken.
    ///
    /// # Errors
    /// The store.
    pub async fn run_due_jobs(&self) -> Result<usize> {
        if !self.store().job_is_due(self.now()).await? {
            return Ok(0);
        }
        let jobs = self.store().claim_jobs(self.now(), BATCH).await?;
        let mut told = Told::default();
        let about: Vec<_> = jobs.iter().filter_map(notify_body).map(|b| b.dossier).collect();
        told.journals = self.store().journals(&about).await?;
        let mut batch = Vec::with_capacity(jobs.len());
        for job in jobs {
            let (failure, note) = match self.run_job(&job, &mut told).await {
                Ok(note) => (None, note),
                Err(Failure { why, again, note }) => {
                    tracing::warn!(kind = job.kind, attempt = job.attempt, why, "a job failed");
                    (Some((why, again)), note.map(|n| *n))
                }
            };
            batch.push(Settled { job, failure, note });
        }
        self.store().settle_jobs(&batch, self.now()).await?;
        Ok(batch.len())
    }

    async fn run_job(&self, job: &Job, told: &mut Told) -> std::result::Result<Note, Failure> {
        // Who takes a job first cannot have done it before.
        if job.attempt > 1 && self.store().message_sent(job.id).await? {
            return Ok(None);
        }
        let unreadable = |e: serde_json::Error| Failure {
            why: format!("body: {e}"),
            again: false,
            note: None,
        };
        match job.kind.as_str() {
            NOTIFY => {
                let body: NotifyBody = serde_json::from_str(&job.body).map_err(unreadable)?;
                self.tell_of_event(job.id, &body, told).await
            }
            SEND_CODE => {
                let body: CodeBody = serde_json::from_str(&job.body).map_err(unreadable)?;
                self.send_code(job.id, body.account).await
            }
            crate::mandate::TELL_MANDATE => {
                let body: MandateBody = serde_json::from_str(&job.body).map_err(unreadable)?;
                match self.mandate_message(body.mandate).await? {
                    Some((login, subject, text)) if login.contains('@') => {
                        self.send(job.id, None, "", &login, &subject, &text).await
                    }
                    Some((login, subject, text)) => self.send(job.id, None, &login, "", &subject, &text).await,
                    None => Ok(None),
                }
            }
            crate::assisted::SEND_CONSENT_CODE => {
                let body: TalkBody = serde_json::from_str(&job.body).map_err(unreadable)?;
                match self.consent_code_message(body.dossier).await? {
                    Some((phone, text)) => self.send(job.id, None, &phone, "", "", &text).await,
                    None => Ok(None),
                }
            }
            crate::talk::TALK => {
                let body: TalkBody = serde_json::from_str(&job.body).map_err(unreadable)?;
                self.tell_of_talk(job.id, body.dossier).await
            }
            ASK_GATEWAY => {
                let body: OrderBody = serde_json::from_str(&job.body).map_err(unreadable)?;
                self.ask_gateway(&body.order).await.map(|()| None).map_err(outside)
            }
            MATCH => {
                let body: StatementBody = serde_json::from_str(&job.body).map_err(unreadable)?;
                self.match_statement(body.statement).await?;
                Ok(None)
            }
            PAY_BACK => {
                let body: RefundBody = serde_json::from_str(&job.body).map_err(unreadable)?;
                let last = job.attempt >= motcua_store::job::ATTEMPTS;
                self.pay_back(body.dossier, body.refund, last)
                    .await
                    .map(|()| None)
                    .map_err(outside)
            }
            crate::feedback::FEEDBACK => self.tell_of_feedback(job.id, &job.body).await,
            crate::directive::TELL => self.tell_of_directive(job.id, &job.body).await,
            SIGN => {
                let body: SignBody = serde_json::from_str(&job.body).map_err(unreadable)?;
                self.sign_result(body.dossier).await.map(|()| None).map_err(outside)
            }
            kind if crate::post::is_job(kind) => self.run_post_job(job).await.map(|()| None),
            crate::opinion::SILENCE => {
                self.note_silence(&job.body).await?;
                Ok(None)
            }
            RECOMPUTE => self.recompute(&job.body).await.map(|()| None),
            kind => Err(Failure {
                why: format!("no worker knows {kind}"),
                again: false,
                note: None,
            }),
        }
    }

    async fn send_code(&self, job: JobId, account: AccountId) -> std::result::Result<Note, Failure> {
        let Some(account) = self.store().account(account).await? else {
            return Ok(None);
        };
        let words = Words(Lang::parse(&account.language).unwrap_or(Lang::Vi));
        let code = self.draw_code(account.id).await?;
        let text = words.mail_code(&code);
        self.send(job, None, &account.phone, &account.email, words.mail_code_subject(), &text)
            .await
    }

    /// Tells the person that the agency wrote about her dossier; what it wrote she reads there.
    async fn tell_of_talk(&self, job: JobId, id: DossierId) -> std::result::Result<Note, Failure> {
        let Some(loaded) = self.store().dossier(id).await? else {
            return Ok(None);
        };
        let d = loaded.dossier;
        let owner = match d.owner {
            Some(owner) => self.store().account(owner).await?,
            None => None,
        };
        let words = Words(owner.as_ref().and_then(|o| Lang::parse(&o.language)).unwrap_or(Lang::Vi));
        let of = |own: &str, account: Option<&String>| {
            if own.is_empty() {
                account.cloned().unwrap_or_default()
            } else {
                own.to_owned()
            }
        };
        let phone = of(&d.applicant.phone, owner.as_ref().map(|o| &o.phone));
        let email = of(&d.applicant.email, owner.as_ref().map(|o| &o.email));
        let text = words.talk_mail(&d.code, format!("{}/ho-so/{}", self.settings().public_url, d.id));
        self.send(job, Some(id), &phone, &email, &words.mail_subject(&d.code), &text)
            .await
    }

    async fn tell_of_event(&self, job: JobId, body: &NotifyBody, told: &mut Told) -> std::result::Result<Note, Failure> {
        let lines = told.journals.get(&body.dossier).map_or(&[][..], Vec::as_slice);
        let mut journal = Vec::with_capacity(lines.len());
        for line in lines.iter().take_while(|l| l.version <= body.version) {
            journal.push(line.read().map_err(|e| Failure {
                why: format!("journal: {e}"),
                again: false,
                note: None,
            })?);
        }
        let (Some(dossier), Some(last)) = (fold(body.dossier, &journal), journal.last()) else {
            return Err(Failure {
                why: "the journal does not reach this version".to_owned(),
                again: true,
                note: None,
            });
        };
        let owner = match dossier.owner {
            Some(owner) => match told.owners.entry(owner) {
                Entry::Occupied(known) => known.into_mut().as_ref(),
                Entry::Vacant(unknown) => unknown.insert(self.store().account(owner).await?).as_ref(),
            },
            None => None,
        };
        let words = Words(owner.and_then(|o| Lang::parse(&o.language)).unwrap_or(Lang::Vi));
        let Some(text) = self.text_of(&words, &dossier, &last.event) else {
            return Ok(None);
        };
        let (phone, email) = self.addresses(owner, &dossier, &last.event).await?;
        let subject = words.mail_subject(&dossier.code);
        self.send(job, Some(dossier.id), &phone, &email, &subject, &text).await
    }

    /// What is told at the moments that matter, with no more of the person than needed.
    fn text_of(&self, words: &Words, d: &Dossier, event: &Event) -> Option<String> {
        let code = &d.code;
        let link = format!("{}/ho-so/{}", self.settings().public_url, d.id);
        let told = |at: jiff::Timestamp| motcua_model::clock::local(at).strftime("%H:%M %d/%m/%Y").to_string();
        Some(match event {
            Event::Submitted { .. } if d.fee_due() > 0 && d.level == motcua_model::dossier::Level::Four => {
                words.mail_submitted_pay(code, link)
            }
            Event::Submitted { .. } => words.mail_submitted(code, link),
            Event::PaymentReceived { payment, .. } => words.mail_paid(payment.amount, code, &payment.receipt),
            Event::SurplusReceived { payment, .. } => words.money_mail_surplus(money(payment.amount), code, link),
            Event::RefundPaid { refund, .. } => {
                let amount = d.refund(*refund).map_or(0, |r| r.amount);
                words.money_mail_refunded(money(amount), code, link)
            }
            Event::RefundRejected { refund, reason } => {
                let amount = d.refund(*refund).map_or(0, |r| r.amount);
                words.money_mail_rejected(money(amount), code, link, reason)
            }
            Event::FeeChanged { reason, .. } => words.money_mail_fee(money(d.fee), code, link, reason),
            Event::ChargedBack { .. } => words.money_mail_charged_back(code, link),
            Event::Accepted { due, .. } => {
                let due = motcua_model::clock::local(*due);
                words.mail_accepted(code, due.strftime("%H:%M %d/%m/%Y"), link)
            }
            Event::Refused { reason, .. } => words.mail_refused(code, link, reason),
            Event::SupplementRequested { lacks, .. } => words.mail_supplement(code, lacks.len(), link),
            Event::Approved { .. } | Event::ResultSigned { .. } | Event::ResultRevoked { .. } | Event::ResultReplaced { .. } => {
                return crate::sign::told(words, d, event, &link);
            }
            Event::Stopped { reason } => words.mail_stopped(code, link, reason),
            Event::Annulled { reason } => words.mail_annulled(code, link, reason),
            Event::Extended { due, reason, .. } => words.clock_mail_extended(code, told(*due), link, reason),
            Event::Apologised { reason, promised, .. } => words.clock_mail_apologised(code, link, told(*promised), reason),
            Event::PaymentAsked { what, .. } => words.clock_mail_payment(code, link, what),
            Event::DueRecomputed { why, due: Some(due), .. } => words.clock_mail_recomputed(code, told(*due), link, why),
            Event::Parcel { parcel, what } => return crate::post::text_of(words, d, *parcel, what, &link),
            _ => return None,
        })
    }

    /// Sends by mail when there is an address, else by SMS. What left the house is noted at once, so that it is not sent
    /// again if the batch cannot be ended. Where neither way is set up, that is noted with the batch: it is the
    /// installation's choice and no failure that somebody could repair by trying again.
    pub(crate) async fn send(
        &self,
        job: JobId,
        dossier: Option<DossierId>,
        phone: &str,
        email: &str,
        subject: &str,
        text: &str,
    ) -> std::result::Result<Note, Failure> {
        let gateways = &self.inner.gateways;
        let (by_mail, by_sms) = (!gateways.mail.is_off(), !gateways.sms.is_off());
        let mut state = "sent";
        let (channel, recipient, sent) = if !email.is_empty() && by_mail {
            let mail = Mail {
                to: email.to_owned(),
                subject: subject.to_owned(),
                text: text.to_owned(),
                at: self.now(),
            };
            ("mail", email, gateways.mail.send(&mail).await)
        } else if !phone.is_empty() && by_sms {
            ("sms", phone, gateways.sms.send(phone, text, self.now()).await)
        } else if email.is_empty() && phone.is_empty() {
            return Ok(None);
        } else {
            state = "off";
            if email.is_empty() {
                ("sms", phone, Ok(()))
            } else {
                ("mail", email, Ok(()))
            }
        };
        let mut row = MessageRow {
            id: job,
            dossier,
            channel: channel.to_owned(),
            recipient: recipient.to_owned(),
            subject: subject.to_owned(),
            // A one-time code is not kept.
            body: if dossier.is_some() { text.to_owned() } else { String::new() },
            state: state.to_owned(),
            error: String::new(),
            created_at: self.now(),
        };
        match sent {
            Ok(()) if state == "off" => Ok(Some(row)),
            Ok(()) => {
                self.store().note_message(&row).await?;
                Ok(None)
            }
            Err(e) => {
                row.state = "failed".to_owned();
                row.error = e.to_string();
                Err(Failure {
                    why: e.to_string(),
                    again: e.temporary,
                    note: Some(Box::new(row)),
                })
            }
        }
    }
}

pub(crate) fn administrator(actor: &Actor) -> Result<()> {
    if actor.role == Role::Administrator {
        Ok(())
    } else {
        Err(Refusal::NotPermitted.into())
    }
}
