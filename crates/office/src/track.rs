//! Seeing where a dossier stands.

use crate::Office;
use crate::error::Result;
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::{Dossier, Refusal, parse_code};
use motcua_model::id::DossierId;
use motcua_model::permission::Action;
use motcua_store::dossier::{AgencyLate, AgencyTally, DossierLine, LAST};

/// Lines on a page of one's own dossiers.
pub const PAGE: u32 = 20;

impl Office {
    /// The actor's own dossiers, newest first.
    ///
    /// # Errors
    /// The store.
    pub async fn my_dossiers(&self, actor: &Actor, before: Option<DossierId>) -> Result<Vec<DossierLine>> {
        Ok(self.store().dossiers_of(actor.account, before.unwrap_or(LAST), PAGE).await?)
    }

    /// A dossier that the actor may view.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for another person's, as for one that does not exist.
    pub async fn my_dossier(&self, actor: &Actor, id: DossierId) -> Result<Dossier> {
        Ok(self.load(actor, id, Action::View).await?.dossier)
    }

    /// A dossier by its code and a second fact: the last four digits of the phone, or the date of birth.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], whatever was wrong.
    pub async fn track(&self, code: &str, second_fact: &str) -> Result<Dossier> {
        let code = parse_code(code).ok_or(Refusal::NotFound)?;
        let dossier = self.store().dossier_by_code(&code).await?.ok_or(Refusal::NotFound)?.dossier;
        if knows(&dossier, second_fact) {
            Ok(dossier)
        } else {
            Err(Refusal::NotFound.into())
        }
    }

    /// Whether a code was ever given, with its agency and day: what a stranger who scans the QR may learn.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn check_code(&self, code: &str) -> Result<Dossier> {
        let code = parse_code(code).ok_or(Refusal::NotFound)?;
        Ok(self.store().dossier_by_code(&code).await?.ok_or(Refusal::NotFound)?.dossier)
    }

    /// Every agency's queues in numbers; a leader's own agency only.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is neither monitor nor leader.
    pub async fn agencies_tally(&self, actor: &Actor) -> Result<Vec<AgencyTally>> {
        let mut all = self.store().tally_all().await?;
        match actor.role {
            Role::Monitor => {}
            Role::Leader => all.retain(|t| actor.agency.as_ref().is_some_and(|a| a.as_str() == t.agency)),
            _ => return Err(Refusal::NotPermitted.into()),
        }
        Ok(all)
    }

    /// What is past its deadline now, agency by agency; a leader's own agency only.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is neither monitor nor leader.
    pub async fn agencies_late(&self, actor: &Actor) -> Result<Vec<AgencyLate>> {
        let mut all = self.store().late(self.now()).await?;
        match actor.role {
            Role::Monitor => {}
            Role::Leader => all.retain(|t| actor.agency.as_ref().is_some_and(|a| a.as_str() == t.agency)),
            _ => return Err(Refusal::NotPermitted.into()),
        }
        Ok(all)
    }
}

/// Whether somebody who says this knows the dossier's person.
fn knows(d: &Dossier, fact: &str) -> bool {
    let digits: String = fact.chars().filter(char::is_ascii_digit).collect();
    match digits.len() {
        4 => d.applicant.phone.len() > 4 && d.applicant.phone.ends_with(&digits) && !fact.contains('/'),
        8 => {
            let born: String = d.applicant.birth_date.chars().filter(char::is_ascii_digit).collect();
            born == digits
        }
        _ => false,
    }
}
