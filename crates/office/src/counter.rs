//! What was filed at this office for people who stood there.

use crate::Office;
use crate::error::Result;
use motcua_model::actor::Actor;
use motcua_model::dossier::Refusal;
use motcua_model::id::DossierId;
use motcua_model::permission::Relation;
use motcua_store::dossier::{DossierLine, LAST};

impl Office {
    /// Dossiers filed at the actor's office, newest first, and the place in the list where the next page begins. Those whose
    /// person took back that the office acts for her are left out.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who works at no office.
    pub async fn filed_here(&self, actor: &Actor, before: Option<DossierId>) -> Result<(Vec<DossierLine>, Option<DossierId>)> {
        let office = actor.agency.as_ref().ok_or(Refusal::NotPermitted)?;
        let page = crate::track::PAGE;
        let mut lines = self.store().dossiers_filed_at(office, before.unwrap_or(LAST), page).await?;
        let next = lines.last().filter(|_| lines.len() == page as usize).map(|l| l.id);
        let ids: Vec<DossierId> = lines.iter().map(|l| l.id).collect();
        let dossiers = self.store().dossiers(&ids).await?;
        lines.retain(|l| {
            dossiers
                .iter()
                .any(|d| d.id == l.id && Relation::of(actor, d) == Relation::FiledHere)
        });
        Ok((lines, next))
    }
}
