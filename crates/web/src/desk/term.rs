//! What an officer may do to a dossier's term, as boxes on its page.

use crate::AppState;
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::{Dossier, ExtensionRule, Status};
use motcua_model::permission::{Action, Relation, may};
use motcua_words::Words;

/// Which boxes there are.
#[derive(Default)]
pub(super) struct TermBoxes {
    /// How long an extension may be; empty where there is none.
    pub extend: String,
    /// Whether she may apologise with a new date.
    pub apologise: bool,
    /// Whether she may let the person pay first.
    pub ask_payment: bool,
    /// Whether she may note that the person has paid.
    pub confirm_payment: bool,
}

impl TermBoxes {
    /// Asks what may be done now; the use case asks again.
    pub fn now(app: &AppState, w: Words, actor: &Actor, acting: Option<&Actor>, d: &Dossier) -> Self {
        let relation = Relation::of(actor, d);
        let role = acting.map_or(actor.role, |a| a.role);
        let can = |action| may(role, action, relation) || may(actor.role, action, relation);
        let running = matches!(d.status, Status::Accepted | Status::InProcess(_));
        let (Some(due), Some(term), true) = (d.due, d.term, d.due.is_some()) else {
            return Self::default();
        };
        let rule = app
            .office
            .catalogue()
            .procedure(&d.procedure)
            .map_or_else(ExtensionRule::default, |p| p.extension.clone());
        let open = d.extensions.len() < usize::try_from(rule.times).unwrap_or(usize::MAX) && due >= app.office.now();
        Self {
            extend: if running && open && can(Action::Extend) {
                w.clock_extend_hint(rule.most(term), rule.times)
            } else {
                String::new()
            },
            apologise: running && can(Action::Apologise) && d.apologies.iter().all(|a| a.agency != actor.agency),
            ask_payment: acting.is_some_and(|a| a.role == Role::Specialist) && matches!(d.status, Status::InProcess(_)),
            confirm_payment: matches!(d.status, Status::AwaitingPayment { .. }) && can(Action::ConfirmPayment),
        }
    }

    /// Whether there is none.
    pub fn nothing(&self) -> bool {
        self.extend.is_empty() && !self.apologise && !self.ask_payment && !self.confirm_payment
    }
}
