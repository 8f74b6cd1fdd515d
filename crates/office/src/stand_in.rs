//! Standing in for an absent officer: asked for by an officer, approved by the head of the agency, for a period. What the
//! substitute does is journaled under both names.

use crate::Office;
use crate::error::Result;
use jiff::{SignedDuration, Timestamp};
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::Refusal;
use motcua_model::id::{AccountId, AgencyCode, StandInId};
use motcua_store::stand_in::StandIn;

/// The longest period of a substitution.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 180);
/// Longest reason, in characters.
const REASON: usize = 500;

/// Why a substitution cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandInProblem {
    /// Both must be officers of the agency, and two people.
    People,
    /// The period ends before it begins, is over, or is longer than half a year.
    Period,
    /// A reason is needed, of at most 500 characters.
    Reason,
}

impl Office {
    /// Asks that `substitute` acts in the place of `absent` for a period; a head's own asking is its approval.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no officer.
    pub async fn ask_stand_in(
        &self,
        actor: &Actor,
        (absent, substitute): (AccountId, AccountId),
        (from, to): (Timestamp, Timestamp),
        reason: &str,
    ) -> Result<std::result::Result<(), StandInProblem>> {
        let agency = officer_agency(actor)?;
        let reason = reason.trim();
        if from >= to || to <= self.now() || to.duration_since(from) > LONGEST {
            return Ok(Err(StandInProblem::Period));
        }
        if reason.is_empty() || reason.chars().count() > REASON {
            return Ok(Err(StandInProblem::Reason));
        }
        let both = [self.store().account(absent).await?, self.store().account(substitute).await?];
        let ours = |a: &Option<motcua_store::account::Account>| {
            a.as_ref()
                .is_some_and(|a| a.role.is_officer() && a.agency.as_ref() == Some(agency))
        };
        if absent == substitute || !both.iter().all(ours) {
            return Ok(Err(StandInProblem::People));
        }
        let head = actor.role == Role::Leader;
        let stand_in = StandIn {
            id: self.new_stand_in_id(),
            absent,
            substitute,
            absent_name: String::new(),
            substitute_name: String::new(),
            from,
            to,
            reason: reason.to_owned(),
            state: if head { "approved" } else { "asked" }.to_owned(),
            asked_by: actor.name.clone(),
            settled_by: if head { actor.name.clone() } else { String::new() },
        };
        self.store().add_stand_in(&stand_in, agency, self.now()).await?;
        Ok(Ok(()))
    }

    /// The head approves what was asked for, refuses it, or ends it early.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no head; [`Refusal::Overtaken`] when it is settled for good already.
    pub async fn settle_stand_in(&self, head: &Actor, id: StandInId, state: StandInState) -> Result<()> {
        let agency = officer_agency(head)?;
        if head.role != Role::Leader {
            return Err(Refusal::NotPermitted.into());
        }
        Ok(self.store().settle_stand_in(id, agency, state.as_str(), &head.name).await?)
    }

    /// The substitutions of the actor's agency that are not over.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no officer.
    pub async fn stand_ins(&self, actor: &Actor) -> Result<Vec<StandIn>> {
        Ok(self.store().stand_ins(officer_agency(actor)?, self.now()).await?)
    }

    /// The absent colleagues in whose place the actor may act now.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no officer.
    pub async fn standing_in_for(&self, actor: &Actor) -> Result<Vec<Actor>> {
        Ok(self
            .store()
            .absent_of(actor.account, officer_agency(actor)?, self.now())
            .await?)
    }
}

/// What a head makes of a substitution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandInState {
    /// It holds.
    Approved,
    /// It does not.
    Refused,
    /// It is over.
    Ended,
}

impl StandInState {
    /// The name used in storage and in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::Ended => "ended",
        }
    }

    /// Reads [`StandInState::as_str`] back.
    #[must_use]
    pub fn parse(s: &str) -> Option<Self> {
        [Self::Approved, Self::Refused, Self::Ended]
            .into_iter()
            .find(|state| state.as_str() == s)
    }
}

fn officer_agency(actor: &Actor) -> Result<&AgencyCode> {
    match &actor.agency {
        Some(agency) if actor.role.is_officer() => Ok(agency),
        _ => Err(Refusal::NotPermitted.into()),
    }
}
