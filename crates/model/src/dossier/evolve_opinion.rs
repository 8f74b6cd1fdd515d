//! What a dossier becomes when others are asked about it and answer.

use super::event::{Event, Recorded};
use super::opinion::Opinion;
use super::state::Dossier;

/// Folds the event; answers what its line of the history says.
pub(super) fn evolve(d: &mut Dossier, recorded: &Recorded) -> String {
    match &recorded.event {
        Event::OpinionsAsked { step, asked } => {
            d.opinions.extend(asked.iter().map(|asked| Opinion {
                step: *step,
                at: recorded.at,
                asked: asked.clone(),
                given: None,
                silent: None,
            }));
            let names: Vec<&str> = asked.iter().map(|a| a.name.as_str()).collect();
            names.join("; ")
        }
        Event::OpinionGiven { ask, given, filled } => {
            d.filled.extend(filled.clone());
            let open = d.opinions.iter_mut().find(|o| o.asked.id == *ask && o.given.is_none());
            let name = open.map_or_else(String::new, |opinion| {
                opinion.given = Some(given.clone());
                opinion.asked.name.clone()
            });
            format!("{name}: {}", given.text)
        }
        Event::OpinionSilent { ask, reason } => {
            let open = d.opinions.iter_mut().find(|o| o.asked.id == *ask && o.given.is_none());
            let name = open.map_or_else(String::new, |opinion| {
                opinion.silent = Some(recorded.at);
                opinion.asked.name.clone()
            });
            if reason.is_empty() {
                name
            } else {
                format!("{name}: {reason}")
            }
        }
        _ => String::new(),
    }
}
