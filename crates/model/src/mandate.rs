//! Acting for another (uỷ quyền): one person lets another see and do things in her requests, for one dossier, one service
//! or all of them, until a day. It holds once the other accepted it, and ends at once when either says so (Civil Code
//! 2015, articles 562 and 569).

use crate::actor::Actor;
use crate::dossier::Dossier;
use crate::id::{AccountId, DossierId, MandateId, ProcedureCode};
use crate::permission::{Action, Relation, may};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The longest time of a mandate, in days.
pub const DAYS_MAX: i32 = 366;
/// Longest purpose, in characters.
pub const PURPOSE_MAX: usize = 300;

/// What a mandate is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Scope {
    /// One dossier that is filed.
    Dossier {
        /// Which.
        id: DossierId,
    },
    /// One service: what is filed of it, and what is still to be filed.
    Service {
        /// Which.
        code: ProcedureCode,
    },
    /// Everything, for the period.
    All,
}

/// Where a mandate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MandateState {
    /// Given and not yet accepted.
    Asked,
    /// Accepted: it holds.
    Accepted,
    /// Not accepted.
    Declined,
    /// Ended by either.
    Revoked,
}

impl MandateState {
    /// The name used in storage.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Revoked => "revoked",
        }
    }
}

/// Who is to act, as the principal names her; nobody is told whether such an account exists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Full name as the principal wrote it.
    pub name: String,
    /// Phone in E.164 or mail address with which she signs in.
    pub login: String,
    /// Identity number that her account must have; empty where the principal wrote none.
    pub person_id: String,
}

/// Who accepted: an account with what it proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party<'a> {
    /// The account.
    pub account: AccountId,
    /// Full name.
    pub name: &'a str,
    /// Phone in E.164 that was proved, or empty.
    pub phone: &'a str,
    /// Mail address that was proved, or empty.
    pub email: &'a str,
    /// Identity number, or empty.
    pub person_id: &'a str,
}

/// The end of a mandate, or its refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// By whom, as shown.
    pub by: String,
}

/// A mandate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// Identifier.
    pub id: MandateId,
    /// Who gives it.
    pub principal: AccountId,
    /// Who gives it, as shown.
    pub principal_name: String,
    /// Who is to act.
    pub to: Named,
    /// Who acts, once she accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorised: Option<AccountId>,
    /// Full name of who acts, as her account says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub authorised_name: String,
    /// What it is for.
    pub scope: Scope,
    /// Why, in the principal's words; may be empty.
    pub purpose: String,
    /// When it was given.
    pub given_at: Timestamp,
    /// Its last day.
    pub until: Date,
    /// Where it stands.
    pub state: MandateState,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ended>,
}

/// Why a mandate cannot be had that way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MandateProblem {
    /// Neither a phone number nor a mail address.
    Login,
    /// Nobody acts for herself under a mandate.
    Herself,
    /// Not a name.
    Name,
    /// Not an identity number.
    PersonId,
    /// The last day is over, or more than a year away.
    Until,
    /// Nothing was chosen that it is for, or not hers.
    Scope,
    /// The purpose is too long.
    Purpose,
    /// It is for the holder of another identity number: her account has to say that number.
    OtherPerson,
    /// It is accepted, declined or ended already.
    Settled,
}

impl Mandate {
    /// Checks a mandate that is to be given.
    ///
    /// # Errors
    /// [`MandateProblem`].
    pub fn check(&self, principal: &Party<'_>, today: Date) -> Result<(), MandateProblem> {
        let login = self.to.login.as_str();
        if login == principal.phone || login == principal.email {
            return Err(MandateProblem::Herself);
        }
        if !self.to.person_id.is_empty() && self.to.person_id == principal.person_id {
            return Err(MandateProblem::Herself);
        }
        let last = today.saturating_add(jiff::Span::new().days(DAYS_MAX));
        if self.until < today || self.until > last {
            return Err(MandateProblem::Until);
        }
        if self.purpose.chars().count() > PURPOSE_MAX {
            return Err(MandateProblem::Purpose);
        }
        Ok(())
    }

    /// Whether it is meant for this account.
    #[must_use]
    pub fn is_for(&self, party: &Party<'_>) -> bool {
        let login = self.to.login.as_str();
        !login.is_empty() && (login == party.phone || login == party.email)
    }

    /// Who is to act accepts: from now on it holds.
    ///
    /// # Errors
    /// [`MandateProblem::Settled`]; [`MandateProblem::OtherPerson`] when the principal named another identity number.
    pub fn accept(&mut self, party: &Party<'_>) -> Result<(), MandateProblem> {
        if self.state != MandateState::Asked {
            return Err(MandateProblem::Settled);
        }
        if !self.to.person_id.is_empty() && self.to.person_id != party.person_id {
            return Err(MandateProblem::OtherPerson);
        }
        self.state = MandateState::Accepted;
        self.authorised = Some(party.account);
        party.name.clone_into(&mut self.authorised_name);
        Ok(())
    }

    /// Either ends it, or who is to act does not accept.
    ///
    /// # Errors
    /// [`MandateProblem::Settled`].
    pub fn end(&mut self, by: &Actor, at: Timestamp) -> Result<(), MandateProblem> {
        self.state = match self.state {
            MandateState::Asked if by.account != self.principal => MandateState::Declined,
            MandateState::Asked | MandateState::Accepted => MandateState::Revoked,
            MandateState::Declined | MandateState::Revoked => return Err(MandateProblem::Settled),
        };
        self.ended = Some(Ended { at, by: by.name.clone() });
        Ok(())
    }

    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, today: Date) -> bool {
        self.state == MandateState::Accepted && today <= self.until
    }

    /// Whether it lets the authorised take an action on a dossier today.
    #[must_use]
    pub fn lets(&self, action: Action, dossier: &Dossier, today: Date) -> bool {
        let of_it = match &self.scope {
            Scope::Dossier { id } => *id == dossier.id,
            Scope::Service { code } => *code == dossier.procedure,
            Scope::All => true,
        };
        of_it
            && self.holds_on(today)
            && dossier.owner == Some(self.principal)
            && may(crate::actor::Role::Citizen, action, Relation::Authorised)
    }

    /// Whether it lets the authorised file this service for the principal today.
    #[must_use]
    pub fn lets_file(&self, procedure: &ProcedureCode, today: Date) -> bool {
        let of_it = match &self.scope {
            Scope::Dossier { .. } => false,
            Scope::Service { code } => code == procedure,
            Scope::All => true,
        };
        of_it && self.holds_on(today)
    }
}

impl Actor {
    /// This person acting for another under a mandate: both names, her own account, so that the journal says who did what
    /// for whom.
    #[must_use]
    pub fn on_behalf_of(&self, principal: &str) -> Self {
        Self {
            name: format!("{} thay mặt {principal}", self.name),
            ..self.clone()
        }
    }
}
