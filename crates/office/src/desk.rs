//! What officers do at the desk, each with the version of the dossier that their page showed.

use crate::Office;
use crate::error::Result;
use motcua_model::actor::{Actor, Role};
use motcua_model::clock::{TIME_ZONE, local};
use motcua_model::dossier::{Command, Dossier, Lack, Outcome, Proposal, Refusal, ReturnWay, Status, cash};
use motcua_model::form::{Answers, Raw};
use motcua_model::id::DossierId;
use motcua_model::permission::Action;
pub use motcua_store::desk::Counts;
use motcua_store::dossier::{DossierLine, InboxFilter};

/// What the inbox page shows.
#[derive(Debug)]
pub struct Inbox {
    /// The lines, the most urgent first.
    pub lines: Vec<DossierLine>,
    /// Where the next page begins, if there is one.
    pub next: Option<(i64, DossierId)>,
    /// What is counted beside the queues.
    pub counts: Counts,
}

/// Up to where stretches of the index are counted: more is said as "999+".
pub const COUNTED: i64 = 1_000;

/// A dossier at one glance.
#[derive(Debug)]
pub struct Glance {
    /// The dossier.
    pub dossier: Dossier,
    /// Other dossiers of the same person, newest first.
    pub earlier: Vec<DossierLine>,
    /// The officer as she may act on it: herself, or in the place of an absent colleague whose step it is.
    /// None where she may not.
    pub acting: Option<Actor>,
}

impl Office {
    /// The officer's inbox: `filter.agency` is set to her own agency, whatever was asked.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no officer.
    pub async fn inbox(&self, actor: &Actor, mut filter: InboxFilter) -> Result<Inbox> {
        let agency = officer_agency(actor)?;
        filter.agency.clone_from(agency);
        let wanted = filter.limit;
        filter.limit += 1;
        let mut lines = self.store().inbox(&filter).await?;
        let more = lines.len() as u64 > wanted;
        lines.truncate(usize::try_from(wanted).unwrap_or(usize::MAX));
        let next = lines
            .last()
            .filter(|_| more)
            .map(|l| (l.deadline.map_or(i64::MAX, jiff::Timestamp::as_microsecond), l.id));
        self.with_counts(actor, lines, next).await
    }

    /// What the officer herself holds, as an inbox.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no officer.
    pub async fn inbox_mine(&self, actor: &Actor, after: Option<(i64, DossierId)>) -> Result<Inbox> {
        let (lines, next) = self.held(actor, after).await?;
        self.with_counts(actor, lines, next).await
    }

    /// The dossiers whose person waits for an answer, as an inbox.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no officer.
    pub async fn inbox_talk(&self, actor: &Actor) -> Result<Inbox> {
        let lines = self.store().talk_waiting(officer_agency(actor)?).await?;
        self.with_counts(actor, lines, None).await
    }

    /// What a search found, as an inbox.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no officer.
    pub async fn inbox_found(&self, actor: &Actor, typed: &str) -> Result<Inbox> {
        let lines = self.find(actor, typed).await?;
        self.with_counts(actor, lines, None).await
    }

    pub(crate) async fn with_counts(
        &self,
        actor: &Actor,
        lines: Vec<DossierLine>,
        next: Option<(i64, DossierId)>,
    ) -> Result<Inbox> {
        let (now, store) = (self.now(), self.store());
        let midnight = local(now).date().tomorrow().ok().and_then(|d| {
            let midnight = d.at(0, 0, 0, 0);
            TIME_ZONE.to_timestamp(midnight).ok()
        });
        let counts = store
            .desk_counts(
                officer_agency(actor)?,
                (actor.account, actor.role),
                now,
                midnight.unwrap_or(now),
                COUNTED,
            )
            .await?;
        Ok(Inbox { lines, next, counts })
    }

    /// A dossier at one glance, for who may view it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for who may not.
    pub async fn glance(&self, actor: &Actor, id: DossierId) -> Result<Glance> {
        let dossier = self.load(actor, id, Action::View).await?.dossier;
        let mut earlier = self.store().dossiers_of_person(&dossier.applicant.person_id).await?;
        // What else the person filed is no matter of an agency that was asked about this one.
        earlier.retain(|l| l.id != id && !self.only_asked(actor, &dossier));
        let acting = match self.acting_as(actor, &dossier, Action::FinishStep).await {
            Ok(acting) => Some(acting),
            Err(crate::OfficeError::Refused(_)) => None,
            Err(e) => return Err(e),
        };
        Ok(Glance {
            dossier,
            earlier,
            acting,
        })
    }

    /// Accepts: the due date is computed and the term runs.
    ///
    /// # Errors
    /// A refusal with its reason, as for every function of this module.
    pub async fn accept(&self, actor: &Actor, id: DossierId, seen: u64) -> Result<Dossier> {
        self.act(actor, id, Some(seen), Command::Accept).await
    }

    /// Refuses, with a reason.
    ///
    /// # Errors
    /// A refusal with its reason.
    pub async fn refuse(&self, actor: &Actor, id: DossierId, seen: u64, reason: String) -> Result<Dossier> {
        self.act(actor, id, Some(seen), Command::Refuse { reason }).await
    }

    /// Asks once for all that lacks; the clock stops.
    ///
    /// # Errors
    /// A refusal with its reason.
    pub async fn request_supplement(&self, actor: &Actor, id: DossierId, seen: u64, lacks: Vec<Lack>) -> Result<Dossier> {
        self.act(actor, id, Some(seen), Command::RequestSupplement { lacks }).await
    }

    /// Hands the dossier to the department.
    ///
    /// # Errors
    /// A refusal with its reason.
    pub async fn forward(&self, actor: &Actor, id: DossierId, seen: u64, note: String) -> Result<Dossier> {
        self.act(actor, id, Some(seen), Command::Forward { note }).await
    }

    /// Does the step; where it proposes, with the proposal.
    ///
    /// # Errors
    /// A refusal with its reason.
    pub async fn finish_step(
        &self,
        actor: &Actor,
        id: DossierId,
        seen: u64,
        proposal: Option<(Outcome, String)>,
        note: String,
    ) -> Result<Dossier> {
        self.finish_step_with(actor, id, seen, proposal, &Raw::default(), note).await
    }

    /// Does the step, with what the officer filled in: inputs named as the step's fields.
    ///
    /// # Errors
    /// A refusal with its reason; [`crate::OfficeError::Problems`] at the fields that are wrong.
    pub async fn finish_step_with(
        &self,
        actor: &Actor,
        id: DossierId,
        seen: u64,
        proposal: Option<(Outcome, String)>,
        raw: &Raw,
        note: String,
    ) -> Result<Dossier> {
        let (loaded, acting) = self.load_for(actor, id, Action::FinishStep).await?;
        let dossier = loaded.dossier;
        let procedure = self.procedure(&dossier.procedure)?;
        let mut filled = Answers::new();
        if let Status::InProcess(stage) = dossier.status
            && let Some(form) = procedure.officer_form(stage.step)
        {
            let known = dossier.known();
            let today = motcua_model::clock::local(self.now()).date();
            let reading = procedure
                .form
                .read_step(&form, raw, &known, self.catalogue().registers(), today);
            if !reading.problems.is_empty() {
                return Err(crate::OfficeError::Problems(reading.problems));
            }
            filled = reading.answers;
        }
        let proposal = proposal.map(|(outcome, text)| Proposal {
            outcome,
            text,
            by: acting.name.clone(),
        });
        let command = Command::FinishStep { proposal, filled, note };
        self.act(actor, id, Some(seen), command).await
    }

    /// Sends the dossier back a step, with a reason.
    ///
    /// # Errors
    /// A refusal with its reason.
    pub async fn send_back(&self, actor: &Actor, id: DossierId, seen: u64, reason: String) -> Result<Dossier> {
        self.act(actor, id, Some(seen), Command::SendBack { reason }).await
    }

    /// Approves: the result paper is made from the procedure's template and kept.
    ///
    /// # Errors
    /// A refusal with its reason, or the paper could not be made.
    pub async fn approve(&self, actor: &Actor, id: DossierId, seen: u64) -> Result<Dossier> {
        let (loaded, acting) = self.load_for(actor, id, Action::Approve).await?;
        let dossier = loaded.dossier;
        if dossier.version != seen {
            return Err(Refusal::Overtaken.into());
        }
        // Asked again by `decide`; here so that no paper is made for nothing.
        if !matches!(dossier.status, Status::InProcess(stage) if stage.role == acting.role) {
            return Err(Refusal::NotYourStep.into());
        }
        let result = self.made_result(&dossier, &acting).await?;
        self.act(actor, id, Some(seen), Command::Approve { result }).await
    }

    /// Gives the result to the person.
    ///
    /// # Errors
    /// A refusal with its reason.
    pub async fn return_result(
        &self,
        actor: &Actor,
        id: DossierId,
        seen: u64,
        way: ReturnWay,
        taken_by: String,
    ) -> Result<Dossier> {
        let proof = None;
        self.act(actor, id, Some(seen), Command::Return { way, taken_by, proof })
            .await
    }

    /// Ends the dossier by decision.
    ///
    /// # Errors
    /// A refusal with its reason.
    pub async fn stop(&self, actor: &Actor, id: DossierId, seen: u64, reason: String) -> Result<Dossier> {
        self.act(actor, id, Some(seen), Command::Stop { reason }).await
    }

    /// Takes the fee in cash; the receipt is numbered without gaps per agency and year. At a post office it lies in the
    /// clerk's own till.
    ///
    /// # Errors
    /// A refusal with its reason; [`Refusal::NoTill`] for a postal clerk without an open till.
    pub async fn take_cash(&self, actor: &Actor, id: DossierId, seen: u64) -> Result<Dossier> {
        let due = self.load(actor, id, Action::RecordPayment).await?.dossier.fee_due();
        let effects = self.cash_to_till(actor).await?;
        self.act_with(actor, id, Some(seen), Command::RecordPayment(cash(due, self.now())), effects)
            .await
    }
}

pub(crate) fn officer_agency(actor: &Actor) -> Result<&motcua_model::id::AgencyCode> {
    match &actor.agency {
        Some(agency) if actor.role.is_officer() => Ok(agency),
        _ => Err(Refusal::NotPermitted.into()),
    }
}

/// Whose turn an officer's own queue shows.
#[must_use]
pub fn own_turn(role: Role) -> Option<String> {
    role.is_officer().then(|| role.as_str().to_owned())
}
