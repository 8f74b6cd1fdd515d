//! What was filed at this office for people who stood there.

use crate::Office;
use crate::error::Result;
use motcua_model::actor::Actor;
use motcua_model::dossier::Refusal;
use motcua_model::id::DossierId;
use motcua_store::dossier::{DossierLine, LAST};

impl Office {
    /// Dossiers filed at the actor's office, newest first.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who works at no office.
    pub async fn filed_here(&self, actor: &Actor, before: Option<DossierId>) -> Result<Vec<DossierLine>> {
        let office = actor.agency.as_ref().ok_or(Refusal::NotPermitted)?;
        Ok(self
            .store()
            .dossiers_filed_at(office, before.unwrap_or(LAST), crate::track::PAGE)
            .await?)
    }
}
