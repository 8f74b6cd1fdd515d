//! Who holds a dossier at its step.

use super::state::Dossier;
use crate::actor::Actor;
use crate::form::Answers;
use crate::id::AccountId;
use serde::{Deserialize, Serialize};

/// The officer who holds a dossier at its step (người thụ lý).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignee {
    /// The account.
    pub account: AccountId,
    /// Full name as it stood at the time.
    pub name: String,
}

impl From<&Actor> for Assignee {
    fn from(actor: &Actor) -> Self {
        Self {
            account: actor.account,
            name: actor.name.clone(),
        }
    }
}

/// A step that was done, and by whom: what is sent back goes back to who did it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Index into the procedure's steps.
    pub step: usize,
    /// Who did it.
    pub by: Assignee,
}

impl Actor {
    /// This person acting for an absent colleague: the colleague's role and agency, both names, her own account. So the
    /// journal says who acted and in whose place (Decree 61/2018: the officer in charge answers for the step).
    #[must_use]
    pub fn in_place_of(&self, absent: &Self) -> Self {
        Self {
            account: self.account,
            name: format!("{} thay {}", self.name, absent.name),
            role: absent.role,
            agency: absent.agency.clone(),
        }
    }
}

impl Dossier {
    /// What is known at a step: the person's answers, and what officers filled in.
    #[must_use]
    pub fn known(&self) -> Answers {
        let mut known = self.answers.clone();
        known.extend(self.filled.clone());
        known
    }
}
