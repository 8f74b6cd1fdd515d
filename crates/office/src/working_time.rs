//! Working time as decisions change it: days off of a place, days worked in exchange, terms that stand still. A decision
//! holds at once, and the running dossiers are computed anew through their journals, in batches that give way to people.

use crate::Office;
use crate::error::{OfficeError, Result};
use crate::worker::Failure;
use motcua_catalogue::Catalogue;
use motcua_model::actor::{Actor, Role};
use motcua_model::clock::{Calendar, ClockDecision};
use motcua_model::dossier::{Command, Context, Refusal, decide};
use motcua_model::id::{AgencyCode, ClockDecisionId, DossierId, ProcedureCode};
use motcua_store::clock_decision::Published;
use motcua_store::{Loaded, NewJob};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// The job that computes the running dossiers anew.
pub(crate) const RECOMPUTE: &str = "recompute_due";
/// Dossiers read at once.
const PAGE: u32 = 512;
/// How long one run of the job may take: less than its lease.
const RUN: Duration = Duration::from_secs(40);
/// Longest number and reason, in characters.
const NUMBER: usize = 100;
const WHY: usize = 300;
/// Longest period, in days.
const LONGEST: i32 = 366;

/// Why a decision cannot be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecisionProblem {
    /// The number is missing or too long.
    Number,
    /// It was published already.
    Twice,
    /// The period ends before it begins, or is longer than a year.
    Period,
    /// The official days off of one of its years are not known.
    Year,
    /// The reason is missing or too long.
    Why,
    /// The catalogue has no such agency.
    Agency(String),
    /// The catalogue has no such procedure.
    Procedure(String),
    /// The catalogue has no such field.
    Field(String),
}

#[derive(Serialize, Deserialize)]
struct Body {
    decision: ClockDecisionId,
}

impl Office {
    /// Working time for the dossiers of a procedure at an agency, with every decision that concerns them.
    #[must_use]
    pub fn calendar_of(&self, agency: &AgencyCode, procedure: &ProcedureCode) -> Calendar {
        let decisions = self.known_decisions();
        calendar_under(self.catalogue(), &decisions, agency, procedure)
    }

    fn known_decisions(&self) -> Arc<Vec<Published>> {
        let known = self.inner.decisions.read();
        known.unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Reads the decisions anew: at the start, after publishing, and now and then for those that another process published.
    ///
    /// # Errors
    /// The store.
    pub async fn refresh_decisions(&self) -> Result<()> {
        let all = Arc::new(self.store().decisions().await?);
        let known = self.inner.decisions.write();
        *known.unwrap_or_else(std::sync::PoisonError::into_inner) = all;
        Ok(())
    }

    /// The decisions that were published, the latest first.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no administrator.
    pub async fn clock_decisions(&self, actor: &Actor) -> Result<Vec<Published>> {
        administrator(actor)?;
        let mut all = self.store().decisions().await?;
        all.reverse();
        Ok(all)
    }

    /// Publishes a decision: it holds at once, and a job computes the running dossiers anew.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no administrator.
    pub async fn publish_decision(
        &self,
        actor: &Actor,
        decision: ClockDecision,
    ) -> Result<std::result::Result<ClockDecisionId, DecisionProblem>> {
        administrator(actor)?;
        if let Some(problem) = self.problem(&decision).await? {
            return Ok(Err(problem));
        }
        let id = self.new_clock_decision_id();
        let job = self.recompute_job(id)?;
        let start = match decision.agencies.iter().min() {
            // Every identifier of the first agency comes after the lowest.
            Some(agency) => agency.clone(),
            None => AgencyCode(String::new()),
        };
        let cursor = (start, DossierId(uuid::Uuid::nil()));
        self.store()
            .publish_decision(id, &decision, &actor.name, cursor, &job)
            .await?;
        self.refresh_decisions().await?;
        self.inner.bell.notify_one();
        Ok(Ok(id))
    }

    async fn problem(&self, d: &ClockDecision) -> Result<Option<DecisionProblem>> {
        let (number, why) = (d.number.trim().chars().count(), d.why.trim().chars().count());
        let days = d.from.until(d.to).map_or(-1, |s| s.get_days());
        let catalogue = self.catalogue();
        let unknown = |known: bool, what: DecisionProblem| (!known).then_some(what);
        if !(1..=NUMBER).contains(&number) {
            return Ok(Some(DecisionProblem::Number));
        }
        if !(1..=WHY).contains(&why) {
            return Ok(Some(DecisionProblem::Why));
        }
        if !(0..=LONGEST).contains(&days) {
            return Ok(Some(DecisionProblem::Period));
        }
        if [d.from, d.to]
            .iter()
            .any(|day| catalogue.calendar().is_working_day(*day).is_err())
        {
            return Ok(Some(DecisionProblem::Year));
        }
        let agencies = d
            .agencies
            .iter()
            .filter_map(|a| unknown(catalogue.agency(a).is_some(), DecisionProblem::Agency(a.0.clone())));
        let procedures = d
            .procedures
            .iter()
            .filter_map(|p| unknown(catalogue.service(p).is_some(), DecisionProblem::Procedure(p.0.clone())));
        let has = |field: &str| catalogue.services().iter().any(|s| s.sheet.field == field);
        let fields = d
            .fields
            .iter()
            .filter_map(|f| unknown(has(f), DecisionProblem::Field(f.clone())));
        if let Some(problem) = agencies.chain(procedures).chain(fields).next() {
            return Ok(Some(problem));
        }
        let twice = self.store().decisions().await?.iter().any(|p| p.decision == *d);
        Ok(twice.then_some(DecisionProblem::Twice))
    }

    fn recompute_job(&self, decision: ClockDecisionId) -> Result<NewJob> {
        Ok(NewJob {
            id: self.new_job_id(),
            kind: RECOMPUTE,
            body: serde_json::to_string(&Body { decision }).map_err(|e| OfficeError::Internal(e.to_string()))?,
            run_at: self.now(),
        })
    }

    /// Computes the running dossiers anew, from where the run before ended. May run twice: what has its date already gets
    /// no line in its journal.
    pub(crate) async fn recompute(&self, body: &str) -> std::result::Result<(), Failure> {
        let body: Body = serde_json::from_str(body).map_err(|e| Failure {
            why: format!("body: {e}"),
            again: false,
            note: None,
        })?;
        self.refresh_decisions().await?;
        let decisions = self.known_decisions();
        let Some(published) = decisions.iter().find(|p| p.id == body.decision) else {
            return Ok(());
        };
        let begun = tokio::time::Instant::now();
        let mut cursor = published.cursor.clone();
        let last = published.decision.agencies.iter().max();
        let mut calendars = HashMap::new();
        loop {
            let page = self.store().running_after(&cursor, PAGE).await?;
            let mut ended = page.len() < PAGE as usize;
            let (mut checked, mut tasks) = (0, JoinSet::new());
            for loaded in page {
                let d = &loaded.dossier;
                if last.is_some_and(|last| d.agency > *last) {
                    ended = true;
                    break;
                }
                cursor = (d.agency.clone(), d.id);
                if !concerns(self.catalogue(), &published.decision, &d.agency, &d.procedure) {
                    continue;
                }
                checked += 1;
                let key = (d.agency.clone(), d.procedure.clone());
                let calendar = calendars
                    .entry(key)
                    .or_insert_with_key(|(agency, procedure)| calendar_under(self.catalogue(), &decisions, agency, procedure));
                let (office, calendar, why) = (self.clone(), calendar.clone(), published.decision.said());
                tasks.spawn(async move { office.recompute_one(loaded, &calendar, why).await });
            }
            let mut changed = 0;
            while let Some(done) = tasks.join_next().await {
                let moved = done.map_err(|e| OfficeError::Internal(e.to_string()))??;
                changed += u64::from(moved);
            }
            let finished = ended.then(|| self.now());
            self.store()
                .advance_decision(published.id, &cursor, (checked, changed), finished)
                .await?;
            if ended {
                return Ok(());
            }
            if begun.elapsed() > RUN {
                self.store().enqueue(&self.recompute_job(published.id)?).await?;
                return Ok(());
            }
        }
    }

    /// Whether the dossier got another date.
    async fn recompute_one(&self, mut loaded: Loaded, calendar: &Calendar, why: String) -> Result<bool> {
        let (system, id) = (Actor::system(), loaded.dossier.id);
        // Somebody else may change the dossier at the same moment: look again and decide again, three times.
        for _ in 0..3 {
            let Some(procedure) = self.catalogue().procedure(&loaded.dossier.procedure) else {
                return Ok(false);
            };
            let rules = procedure.rules();
            let context = Context {
                actor: &system,
                now: self.now(),
                calendar,
                rules: &rules,
            };
            let events = match decide(Some(&loaded.dossier), Command::RecomputeDue { why: why.clone() }, &context) {
                Ok(events) => events,
                // A year that is not known: the dossier keeps its date, and the log says so.
                Err(refusal) => {
                    tracing::warn!(dossier = %id, %refusal, "a due date could not be computed anew");
                    return Ok(false);
                }
            };
            if events.is_empty() {
                return Ok(false);
            }
            let before = Some((loaded.dossier, loaded.hash));
            match self.commit(&system, id, before, events, Vec::new()).await {
                Ok(_) => return Ok(true),
                Err(OfficeError::Refused(Refusal::Overtaken)) => {}
                Err(e) => return Err(e),
            }
            loaded = self.store().dossier(id).await?.ok_or(Refusal::NotFound)?;
        }
        Err(Refusal::Overtaken.into())
    }
}

fn concerns(catalogue: &Catalogue, decision: &ClockDecision, agency: &AgencyCode, procedure: &ProcedureCode) -> bool {
    let field = catalogue.service(procedure).map_or("", |s| &s.sheet.field);
    decision.concerns(agency, procedure, field)
}

fn calendar_under(catalogue: &Catalogue, decisions: &[Published], agency: &AgencyCode, procedure: &ProcedureCode) -> Calendar {
    let ours = decisions
        .iter()
        .map(|p| &p.decision)
        .filter(|d| concerns(catalogue, d, agency, procedure));
    catalogue.calendar().under(ours)
}

fn administrator(actor: &Actor) -> Result<()> {
    if actor.role == Role::Administrator {
        Ok(())
    } else {
        Err(Refusal::NotPermitted.into())
    }
}
