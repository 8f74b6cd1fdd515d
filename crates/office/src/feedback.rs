//! Complaints and suggestions: anybody writes, the head of the agency answers in time, the writer asks with a code. Not
//! about a decision on a dossier: that has its own law and its own way.

use crate::Office;
use crate::error::Result;
use crate::worker::Failure;
use jiff::Timestamp;
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::Refusal;
pub use motcua_model::feedback::{Kind, Problem, TEXT_MAX, Wording};
use motcua_model::feedback::{code, parse_code};
use motcua_model::id::{AgencyCode, FeedbackId, JobId, ProcedureCode};
use motcua_model::identifier::Phone;
use motcua_model::procedure::AgencyKind;
use motcua_model::text::clean_text;
use motcua_store::NewJob;
pub use motcua_store::feedback::{Answer, Feedback};
use motcua_store::message::MessageRow;
use motcua_words::{Lang, Words};

/// The job that tells the writer of the answer.
pub(crate) const FEEDBACK: &str = "feedback";
/// Lines on a page.
pub const PAGE: usize = 50;
/// The most of one account that wait for an answer.
const OWN_MAX: u32 = 5;
/// The most that were written without an account and wait at one agency: beyond, a machine writes.
const STRANGERS_MAX: u32 = 300;
/// Waiting ones are counted up to this.
const COUNT_MAX: u32 = 1_000;

/// What a head finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToAnswer {
    /// Those that wait, the soonest due first.
    pub waiting: Vec<Feedback>,
    /// The latest that were answered.
    pub answered: Vec<Feedback>,
}

/// The agency whose head the actor is.
fn head_of(actor: &Actor) -> Result<&AgencyCode> {
    match &actor.agency {
        Some(agency) if actor.role == Role::Leader => Ok(agency),
        _ => Err(Refusal::NotPermitted.into()),
    }
}

impl Office {
    /// Agencies that one can write to: code and name, in the order of codes.
    #[must_use]
    pub fn feedback_agencies(&self) -> Vec<(AgencyCode, String)> {
        let today = self.today();
        let mut list: Vec<_> = self
            .catalogue()
            .agencies()
            .filter(|a| a.kind != AgencyKind::PostOffice && a.is_open_on(today))
            .map(|a| (a.code.clone(), a.name.vi.clone()))
            .collect();
        list.sort();
        list
    }

    /// Keeps what somebody wrote, once however often it is sent; answers what is wrong with it.
    ///
    /// # Errors
    /// The store.
    pub async fn send_feedback(
        &self,
        actor: Option<&Actor>,
        id: FeedbackId,
        wording: &Wording,
    ) -> Result<std::result::Result<Feedback, Vec<Problem>>> {
        let mut problems = wording.problems();
        let agency = AgencyCode(wording.agency.clone());
        if !agency.0.is_empty() && !self.feedback_agencies().iter().any(|(code, _)| *code == agency) {
            problems.push(Problem::Agency);
        }
        let text = clean_text(wording.text.trim(), TEXT_MAX).unwrap_or_default();
        let (Some(kind), true) = (wording.kind, problems.is_empty() && !text.is_empty()) else {
            if problems.is_empty() {
                problems.push(Problem::Text);
            }
            return Ok(Err(problems));
        };
        if let Some(before) = self.store().feedback(id).await? {
            return Ok(Ok(before));
        }
        // An officer who writes here writes as anybody does.
        let account = actor.filter(|a| a.role == Role::Citizen).map(|a| a.account);
        let most = if account.is_some() { OWN_MAX } else { STRANGERS_MAX };
        if self.store().feedback_open_of(account, &agency, most).await? >= i64::from(most) {
            return Ok(Err(vec![Problem::Wait]));
        }
        let at = self.now();
        let calendar = self.calendar_of(&agency, &ProcedureCode(String::new()));
        let sent = Feedback {
            id,
            code: code(crate::random::bytes()),
            due: calendar.due(at, kind.term()).map_err(Refusal::from)?.due,
            agency,
            kind,
            about: motcua_model::dossier::parse_code(&wording.about).map_or_else(String::new, |c| c.0),
            text,
            account,
            name: wording.name.clone(),
            phone: wording.phone.clone(),
            at,
            answer: None,
        };
        self.store().add_feedback(&sent).await?;
        Ok(Ok(self.store().feedback(id).await?.ok_or(Refusal::NotFound)?))
    }

    /// What its writer, or whom she gave the code, may read.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn feedback_by_code(&self, typed: &str) -> Result<Feedback> {
        let code = parse_code(typed).ok_or(Refusal::NotFound)?;
        Ok(self.store().feedback_by_code(&code).await?.ok_or(Refusal::NotFound)?)
    }

    /// The latest that a person wrote.
    ///
    /// # Errors
    /// The store.
    pub async fn my_feedback(&self, actor: &Actor) -> Result<Vec<Feedback>> {
        Ok(self.store().feedback_of(actor.account, 20).await?)
    }

    /// What waits for the head's answer, after one of the list, and what was answered last.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no head: what people say of officers is for who answers for them.
    pub async fn feedback_to_answer(&self, actor: &Actor, after: Option<(Timestamp, FeedbackId)>) -> Result<ToAnswer> {
        let agency = head_of(actor)?;
        let after = after.unwrap_or((Timestamp::UNIX_EPOCH, FeedbackId(uuid::Uuid::nil())));
        let last = FeedbackId(uuid::Uuid::max());
        Ok(ToAnswer {
            waiting: self.store().feedback_waiting(agency, after, PAGE as u32).await?,
            answered: self.store().feedback_answered(agency, last, PAGE as u32).await?,
        })
    }

    /// One of them, for the head of the agency it was written to.
    ///
    /// # Errors
    /// As [`Office::feedback_to_answer`]; [`Refusal::NotFound`] for another agency's.
    pub async fn feedback(&self, actor: &Actor, id: FeedbackId) -> Result<Feedback> {
        let agency = head_of(actor)?;
        let found = self.store().feedback(id).await?;
        Ok(found.filter(|f| f.agency == *agency).ok_or(Refusal::NotFound)?)
    }

    /// Answers; the writer is told where she left a way. Answers false where the text is empty or too long.
    ///
    /// # Errors
    /// As [`Office::feedback`]; [`Refusal::Overtaken`] when it was answered before.
    pub async fn answer_feedback(&self, actor: &Actor, id: FeedbackId, text: &str) -> Result<bool> {
        self.feedback(actor, id).await?;
        let text = clean_text(text.trim(), TEXT_MAX).unwrap_or_default();
        if text.is_empty() {
            return Ok(false);
        }
        let answer = Answer {
            text,
            by: actor.name.clone(),
            at: self.now(),
        };
        let job = NewJob {
            id: self.new_job_id(),
            kind: FEEDBACK,
            body: serde_json::json!({ "feedback": id }).to_string(),
            run_at: answer.at,
        };
        if !self.store().answer_feedback(id, &answer, &job).await? {
            return Err(Refusal::Overtaken.into());
        }
        self.inner.bell.notify_one();
        Ok(true)
    }

    /// How many wait past their time, by agency that the actor answers for, the most first; and how many wait at the head's
    /// own agency.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is neither monitor nor head.
    pub async fn feedback_standing(&self, actor: &Actor) -> Result<(Vec<(AgencyCode, i64)>, i64)> {
        let own = self.own_agencies(actor)?;
        let mut late: Vec<(AgencyCode, i64)> = self
            .store()
            .feedback_late(self.now())
            .await?
            .into_iter()
            .filter(|(agency, _)| own.as_ref().is_none_or(|own| own.contains(agency)))
            .map(|(agency, n)| (AgencyCode(agency), n))
            .collect();
        late.sort_by_key(|(_, n)| -n);
        let waiting = match &actor.agency {
            Some(agency) => self.store().feedback_waiting_count(agency, COUNT_MAX).await?,
            None => 0,
        };
        Ok((late, waiting))
    }

    /// Tells the writer that there is an answer; the answer itself she reads with her code.
    pub(crate) async fn tell_of_feedback(&self, job: JobId, body: &str) -> std::result::Result<Option<MessageRow>, Failure> {
        #[derive(serde::Deserialize)]
        struct Body {
            feedback: FeedbackId,
        }
        let body: Body = serde_json::from_str(body).map_err(|e| Failure {
            why: format!("body: {e}"),
            again: false,
            note: None,
        })?;
        let Some(f) = self.store().feedback(body.feedback).await? else {
            return Ok(None);
        };
        let owner = match f.account {
            Some(account) => self.store().account(account).await?,
            None => None,
        };
        let words = Words(owner.as_ref().and_then(|o| Lang::parse(&o.language)).unwrap_or(Lang::Vi));
        let phone = match Phone::parse(&f.phone) {
            Ok(phone) => phone.e164().to_owned(),
            Err(_) => owner.as_ref().map_or_else(String::new, |o| o.phone.clone()),
        };
        let email = owner.map_or_else(String::new, |o| o.email);
        if phone.is_empty() && email.is_empty() {
            return Ok(None);
        }
        let link = format!("{}/phan-anh/theo-doi", self.settings().public_url);
        let (subject, text) = (words.feedback_mail_subject(&f.code), words.feedback_mail(&f.code, link));
        self.send(job, None, &phone, &email, &subject, &text).await
    }
}
