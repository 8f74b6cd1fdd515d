//! Officers whose agency closed: their dossiers went to the one that took over, and an administrator moves them after.

use crate::Office;
use crate::error::Result;
use crate::worker::administrator;
use motcua_catalogue::Agency;
use motcua_model::actor::Actor;
use motcua_model::dossier::Refusal;
use motcua_model::id::{AccountId, AgencyCode};
pub use motcua_store::stranded::Officer;
use std::sync::Arc;

/// A closed agency that still has officers.
#[derive(Clone, Debug)]
pub struct Stranded {
    /// The agency.
    pub agency: Arc<Agency>,
    /// Who took over, the main heir first; any open agency of its kind where nobody did.
    pub heirs: Vec<Arc<Agency>>,
    /// Its officers.
    pub officers: Vec<Officer>,
}

impl Office {
    /// The closed agency at which an officer still is, with who took over; none for everybody else.
    #[must_use]
    pub fn closed_agency_of(&self, actor: &Actor) -> Option<(Arc<Agency>, Vec<Arc<Agency>>)> {
        let code = actor.agency.as_ref()?;
        let organisation = self.catalogue().organisation();
        if organisation.is_open(code) {
            return None;
        }
        // An agency that the content does not know is a mistake of the account, not a reform.
        let agency = self.catalogue().agency(code)?.clone();
        Some((agency, organisation.heirs(code).into_iter().cloned().collect()))
    }

    /// The closed agencies that still have officers.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for anybody but administrators; the store.
    pub async fn stranded(&self, actor: &Actor) -> Result<Vec<Stranded>> {
        administrator(actor)?;
        let (catalogue, mut stranded) = (self.catalogue(), Vec::new());
        for (code, _) in self.store().officers_by_agency().await? {
            let Some(agency) = catalogue.agency(&code).filter(|_| !catalogue.organisation().is_open(&code)) else {
                continue;
            };
            stranded.push(Stranded {
                heirs: self.heirs_of(agency),
                agency: agency.clone(),
                officers: self.store().officers_of(&code).await?,
            });
        }
        Ok(stranded)
    }

    fn heirs_of(&self, agency: &Agency) -> Vec<Arc<Agency>> {
        let heirs: Vec<_> = self
            .catalogue()
            .organisation()
            .heirs(&agency.code)
            .into_iter()
            .cloned()
            .collect();
        if heirs.is_empty() {
            return self
                .catalogue()
                .agencies()
                .filter(|a| a.kind == agency.kind)
                .cloned()
                .collect();
        }
        heirs
    }

    /// Moves an officer of a closed agency to one that took over.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`]; [`Refusal::NotFound`] where `from` is open or `to` did not take over;
    /// [`Refusal::Overtaken`] when she was moved meanwhile.
    pub async fn move_officer(&self, actor: &Actor, officer: AccountId, from: &AgencyCode, to: &AgencyCode) -> Result<()> {
        administrator(actor)?;
        let organisation = self.catalogue().organisation();
        let agency = self.catalogue().agency(from).filter(|_| !organisation.is_open(from));
        let agency = agency.ok_or(Refusal::NotFound)?.clone();
        if !self.heirs_of(&agency).iter().any(|a| a.code == *to) {
            return Err(Refusal::NotFound.into());
        }
        if !self.store().move_officer(officer, from, to).await? {
            return Err(Refusal::Overtaken.into());
        }
        // Her next request sees the new agency.
        self.inner.sessions.forget(|_, a| a.id != officer);
        tracing::info!(%officer, from = from.as_str(), to = to.as_str(), by = %actor.account, "an officer was moved");
        Ok(())
    }
}
