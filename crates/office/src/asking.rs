//! How often the officers of an agency asked for supplements: the head sees who asks much, and who asks twice for the same.

use crate::Office;
use crate::error::Result;
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::Refusal;
pub use motcua_store::asking::Asking;
use motcua_store::intake::month_of;

impl Office {
    /// What each officer of the head's agency asked for in the year until today.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no head.
    pub async fn asking(&self, actor: &Actor) -> Result<Vec<Asking>> {
        let Some(agency) = actor.agency.as_ref().filter(|_| actor.role == Role::Leader) else {
            return Err(Refusal::NotPermitted.into());
        };
        let to = month_of(self.now());
        // A month is YYYYMM: a hundred less is the same month of the year before.
        Ok(self.store().asking(agency, to - 99, to).await?)
    }
}
