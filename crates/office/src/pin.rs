//! The PIN on a slip: with the code it lets a person ask from a plain phone where her dossier stands.

use crate::error::Result;
use crate::{Office, random};
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::{Dossier, Refusal};
use motcua_model::id::DossierId;
use motcua_model::permission::Action;
use sha2::{Digest, Sha256};

impl Office {
    /// Draws a new PIN for a dossier; the one before is void. It is told once, for the slip, and kept nowhere in the open.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for who may not view the dossier; [`Refusal::NotPermitted`] for who hands out no slips.
    pub async fn issue_pin(&self, actor: &Actor, id: DossierId) -> Result<(Dossier, String)> {
        let dossier = self.load(actor, id, Action::View).await?.dossier;
        if !matches!(actor.role, Role::PostClerk | Role::Receptionist | Role::Citizen) {
            return Err(Refusal::NotPermitted.into());
        }
        let pin = random::six_digits();
        self.store().put_pin(id, hash(id, &pin), self.now()).await?;
        Ok((dossier, pin))
    }
}

/// A PIN's hash, bound to its dossier.
pub(crate) fn hash(id: DossierId, pin: &str) -> [u8; 32] {
    Sha256::digest(format!("pin/{id}/{pin}").as_bytes()).into()
}
