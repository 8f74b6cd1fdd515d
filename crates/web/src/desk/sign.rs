//! What an officer sees of a result's signatures, and what she may do about a result that was given.

use crate::sign::SignatureLine;
use crate::view;
use motcua_model::actor::Actor;
use motcua_model::dossier::{Dossier, Status};
use motcua_model::permission::{Action, Relation, may};
use motcua_words::Words;

/// The box.
pub(super) struct SignBox {
    /// That the result waits for the signing service; empty when it does not.
    pub waits: String,
    /// Whether she may have it tried again.
    pub again: bool,
    /// Whether there is a result that is not digitally signed.
    pub unsigned: bool,
    /// The signatures in the result.
    pub signatures: Vec<SignatureLine>,
    /// That the result was taken back; empty when it was not.
    pub revoked: String,
    /// Whether she may take it back.
    pub revoke: bool,
    /// Whether she may replace it.
    pub replace: bool,
    /// What the result certifies now.
    pub text: String,
}

impl SignBox {
    /// Asks what may be done now; the use case asks again.
    pub fn now(w: Words, actor: &Actor, d: &Dossier) -> Self {
        let relation = Relation::of(actor, d);
        let can = |action| may(actor.role, action, relation) && d.status == Status::Returned;
        let result = d.result.as_ref();
        let revoked = result.and_then(|r| r.revoked.as_ref());
        let waits = d.awaits_signature();
        Self {
            waits: waits.map_or_else(String::new, |at| w.sign_waits(view::moment(w, at))),
            again: waits.is_some() && relation == Relation::SameAgency,
            unsigned: waits.is_none() && result.is_some_and(|r| r.signatures.is_empty()),
            signatures: result.map_or_else(Vec::new, |r| SignatureLine::all(w, &r.signatures)),
            revoked: revoked.map_or_else(String::new, |r| w.sign_revoked(view::moment(w, r.at), &r.reason)),
            revoke: can(Action::RevokeResult) && revoked.is_none(),
            replace: can(Action::ReplaceResult) && waits.is_none(),
            text: d.proposal.as_ref().map_or_else(String::new, |p| p.text.clone()),
        }
    }

    /// Whether there is nothing to show.
    pub fn nothing(&self) -> bool {
        self.waits.is_empty() && !self.unsigned && self.signatures.is_empty()
    }
}
