//! Directives: the province sets targets for its agencies, each head reads and answers with a plan, and the figures say how
//! far each has come.

mod letter;
mod progress;
mod today;

pub use motcua_store::directive::{Answer, Issued};
pub use progress::Progress;
pub use today::{Asked, Today};

use crate::Office;
use crate::error::Result;
use crate::worker::Failure;
use jiff::{Timestamp, ToSpan};
use motcua_model::actor::{Actor, Role};
use motcua_model::clock::{TIME_ZONE, local};
use motcua_model::directive::{Directive, DirectiveProblem, Plan, PlanProblem};
use motcua_model::dossier::Refusal;
use motcua_model::id::{AccountId, AgencyCode, DirectiveId, JobId};
use motcua_model::procedure::Lang;
use motcua_store::NewJob;
use motcua_store::message::MessageRow;
use motcua_words::Words;
use serde::{Deserialize, Serialize};

/// The job that tells a head of a directive, or reminds her of her answer.
pub(crate) const TELL: &str = "directive";
/// How many are listed.
const SHOWN: u32 = 100;
/// Days before the answer is due on which a head is reminded.
const REMINDED: i32 = 3;

#[derive(Serialize, Deserialize)]
struct Body {
    directive: DirectiveId,
    agency: AgencyCode,
    account: AccountId,
    reminds: bool,
}

/// An agency with its answer and what the figures say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charged {
    /// Reading and answer.
    pub answer: Answer,
    /// How far it is.
    pub progress: Progress,
}

/// A directive with the agencies that the reader may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// The directive.
    pub issued: Issued,
    /// The agencies, the farthest from the target first.
    pub agencies: Vec<Charged>,
}

fn watches(actor: &Actor) -> Result<Option<&AgencyCode>> {
    match (actor.role, &actor.agency) {
        (Role::Monitor, _) => Ok(None),
        (Role::Leader, Some(agency)) => Ok(Some(agency)),
        _ => Err(Refusal::NotPermitted.into()),
    }
}

impl Office {
    /// Issues a directive: written for each agency, told to its heads at once, and again some days before the answer is due.
    /// Answers its identifier, or what is wrong with it.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who does not speak for the province.
    pub async fn issue_directive(
        &self,
        actor: &Actor,
        directive: Directive,
    ) -> Result<std::result::Result<DirectiveId, Vec<DirectiveProblem>>> {
        if actor.role != Role::Monitor {
            return Err(Refusal::NotPermitted.into());
        }
        let mut problems = directive.problems(local(self.now()).date());
        let organisation = self.catalogue().organisation();
        if !directive.agencies.iter().all(|a| organisation.is_open(a)) {
            problems.push(DirectiveProblem::Agencies);
        }
        if !problems.is_empty() {
            return Ok(Err(problems));
        }
        let issued = Issued {
            id: self.new_directive_id(),
            directive,
            at: self.now(),
            by: actor.name.clone(),
        };
        let jobs = self.messages_of(&issued).await?;
        self.store().issue_directive(&issued, &jobs).await?;
        self.inner.bell.notify_one();
        Ok(Ok(issued.id))
    }

    async fn messages_of(&self, issued: &Issued) -> Result<Vec<NewJob>> {
        let day = issued.directive.answer_by.saturating_sub(REMINDED.days());
        let remind = TIME_ZONE.to_timestamp(day.at(7, 30, 0, 0)).ok().filter(|at| *at > issued.at);
        let mut jobs = Vec::new();
        for agency in &issued.directive.agencies {
            for head in self.store().colleagues(agency, Role::Leader, issued.at).await? {
                let mut tell = |reminds: bool, run_at: Timestamp| {
                    let body = Body {
                        directive: issued.id,
                        agency: agency.clone(),
                        account: head.account,
                        reminds,
                    };
                    jobs.push(NewJob {
                        id: self.new_job_id(),
                        kind: TELL,
                        body: serde_json::json!(body).to_string(),
                        run_at,
                    });
                };
                tell(false, issued.at);
                if let Some(at) = remind {
                    tell(true, at);
                }
            }
        }
        Ok(jobs)
    }

    /// Tells a head; a reminder of what is answered is not sent.
    pub(crate) async fn tell_of_directive(&self, job: JobId, body: &str) -> std::result::Result<Option<MessageRow>, Failure> {
        let body: Body = serde_json::from_str(body).map_err(|e| Failure {
            why: format!("body: {e}"),
            again: false,
            note: None,
        })?;
        let (Some(issued), Some(answer), Some(head)) = (
            self.store().directive(body.directive).await?,
            self.store().answer_of(body.directive, &body.agency).await?,
            self.store().account(body.account).await?,
        ) else {
            return Ok(None);
        };
        if body.reminds && answer.plan.is_some() {
            return Ok(None);
        }
        let words = Words(Lang::parse(&head.language).unwrap_or(Lang::Vi));
        let (d, link) = (
            &issued.directive,
            format!("{}/bang/chi-dao/{}", self.settings().public_url, issued.id),
        );
        let day = d.answer_by.strftime("%-d/%-m/%Y").to_string();
        let text = if body.reminds {
            words.directive_mail_reminder(&day, &link, &d.number, &d.title)
        } else {
            words.directive_mail(&day, &link, &d.number, &d.title)
        };
        let subject = words.directive_mail_subject(&d.number);
        self.send(job, None, &head.phone, &head.email, &subject, &text).await
    }

    /// The latest directives: every one for the province, those to her agency for a head; each with the agencies that the
    /// reader may see and how far they are.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is neither monitor nor head.
    pub async fn directives(&self, actor: &Actor) -> Result<Vec<Followed>> {
        let own = watches(actor)?;
        let mut list = Vec::new();
        for issued in self.store().directives(own, SHOWN).await? {
            list.push(self.followed(issued, own).await?);
        }
        Ok(list)
    }

    async fn followed(&self, issued: Issued, own: Option<&AgencyCode>) -> Result<Followed> {
        let answers = match own {
            Some(own) => self.store().answer_of(issued.id, own).await?.into_iter().collect(),
            None => self.store().answers(issued.id).await?,
        };
        let agencies: Vec<AgencyCode> = answers.iter().map(|a| a.agency.clone()).collect();
        let progress = self.progress(&issued.directive, &agencies).await?;
        let mut agencies: Vec<Charged> = answers
            .into_iter()
            .zip(progress)
            .map(|(answer, progress)| Charged { answer, progress })
            .collect();
        agencies.sort_by_key(|c| (c.progress.standing, c.progress.value));
        Ok(Followed { issued, agencies })
    }

    /// A directive; a head who opens it has read it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for an unknown one, and for one that does not charge the head's agency.
    pub async fn directive(&self, actor: &Actor, id: DirectiveId) -> Result<Followed> {
        let own = watches(actor)?;
        let issued = self.store().directive(id).await?.ok_or(Refusal::NotFound)?;
        if let Some(own) = own {
            if !issued.directive.agencies.contains(own) {
                return Err(Refusal::NotFound.into());
            }
            self.store().read_directive(id, own, &actor.name, self.now()).await?;
        }
        self.followed(issued, own).await
    }

    /// Answers a directive with a plan; a later answer takes the place of the one before. Answers what is wrong with it.
    ///
    /// # Errors
    /// As [`Office::directive`]; [`Refusal::NotPermitted`] for who is no head.
    pub async fn answer_directive(&self, actor: &Actor, id: DirectiveId, plan: &Plan) -> Result<Vec<PlanProblem>> {
        let own = watches(actor)?.ok_or(Refusal::NotPermitted)?;
        self.directive(actor, id).await?;
        let problems = plan.problems(local(self.now()).date());
        if problems.is_empty() {
            let now = self.now();
            self.store().answer_directive(id, own, &actor.name, now, plan).await?;
        }
        Ok(problems)
    }
}
