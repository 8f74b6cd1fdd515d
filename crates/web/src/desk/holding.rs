//! The box on a dossier's page that says who holds it, and lets a head give it to somebody else.

use crate::AppState;
use crate::error::WebError;
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::{Dossier, Status};
use motcua_office::Colleague;
use motcua_words::Words;

/// What the box shows.
#[derive(Default)]
pub(super) struct Holding {
    /// Whether there is a step to hold.
    pub shown: bool,
    /// Who holds it; empty for nobody.
    pub holder: String,
    /// Whether this officer may take it.
    pub take: bool,
    /// Whom a head may give it to: account and words.
    pub colleagues: Vec<(String, String)>,
    /// The absent colleague in whose place this officer acts; empty for none.
    pub in_place_of: String,
}

impl Holding {
    /// Looks who holds the dossier, and who else could.
    pub async fn of(app: &AppState, w: Words, actor: &Actor, acting: Option<&Actor>, d: &Dossier) -> Result<Self, WebError> {
        let Status::InProcess(stage) = d.status else {
            return Ok(Self::default());
        };
        let colleagues = if actor.role == Role::Leader {
            app.office.colleagues(actor, d).await?
        } else {
            Vec::new()
        };
        let holder = d.assignee.as_ref();
        Ok(Self {
            shown: true,
            holder: holder.map_or_else(String::new, |a| a.name.clone()),
            take: holder.is_none() && actor.role == stage.role && actor.role != Role::Receptionist,
            colleagues: colleagues
                .iter()
                .filter(|c| holder.is_none_or(|a| a.account != c.account))
                .map(|c| (c.account.to_string(), said(w, c)))
                .collect(),
            in_place_of: acting
                .filter(|a| a.name != actor.name)
                .and_then(|a| a.name.split_once(" thay "))
                .map_or_else(String::new, |(_, absent)| absent.to_owned()),
        })
    }
}

/// An officer in words: how much she holds, and whether she is away.
pub(super) fn said(w: Words, c: &Colleague) -> String {
    if c.absent {
        w.holding_holds_absent(c.held, &c.name)
    } else {
        w.holding_holds(c.held, &c.name)
    }
}
