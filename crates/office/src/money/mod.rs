//! Money beyond one payment: the bank's notices, refunds, the books and what is reported of them.

pub mod bank;
pub mod book;
pub mod reconcile;
pub mod refund;
pub(crate) mod verify;

use crate::error::Result;
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::Refusal;
use motcua_model::id::AgencyCode;

/// Whose books an actor may open: her agency's; of the province's accountant any agency's.
///
/// # Errors
/// [`Refusal::NotPermitted`] for who keeps no books, and for another agency's.
pub(crate) fn books_of(actor: &Actor, wanted: Option<&AgencyCode>) -> Result<Option<AgencyCode>> {
    match (actor.role, &actor.agency, wanted) {
        (Role::Accountant, None, wanted) => Ok(wanted.cloned()),
        (Role::Accountant | Role::Leader, Some(own), None) => Ok(Some(own.clone())),
        (Role::Accountant | Role::Leader, Some(own), Some(wanted)) if own == wanted => Ok(Some(own.clone())),
        _ => Err(Refusal::NotPermitted.into()),
    }
}

/// The province's accountant.
pub(crate) fn provincial(actor: &Actor) -> Result<()> {
    if actor.role == Role::Accountant && actor.agency.is_none() {
        Ok(())
    } else {
        Err(Refusal::NotPermitted.into())
    }
}
