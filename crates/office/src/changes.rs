//! What a supplement changed: each answer and paper before and after, read from the journal.

use crate::Office;
use crate::error::{OfficeError, Result};
use jiff::Timestamp;
use motcua_model::dossier::{Dossier, Event, Recorded, evolve};
use motcua_model::procedure::Lang;

/// One answer or paper that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// What it is.
    pub label: String,
    /// Before; empty where there was nothing.
    pub before: String,
    /// After.
    pub after: String,
}

/// What one supplement changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    /// When it came.
    pub at: Timestamp,
    /// Everything that differs; empty when the same was sent again.
    pub changed: Vec<Changed>,
}

impl Office {
    /// What each supplement of a dossier changed, the latest first.
    ///
    /// # Errors
    /// The store.
    pub async fn changes(&self, dossier: &Dossier, lang: Lang) -> Result<Vec<Changes>> {
        let id = dossier.id;
        if dossier.supplements.iter().all(|s| s.answered.is_none()) {
            return Ok(Vec::new());
        }
        let procedure = self.procedure(&dossier.procedure)?;
        let registers = self.catalogue().registers();
        let mut all = Vec::new();
        let mut state = None;
        for line in self.store().journal(id).await? {
            let recorded: Recorded = line.read().map_err(|e| OfficeError::Internal(format!("journal: {e}")))?;
            let before = state.clone();
            state = evolve(state, id, &recorded);
            let (Event::Supplemented { .. }, Some(old), Some(new)) = (&recorded.event, before, &state) else {
                continue;
            };
            let rows = |answers| -> Vec<(String, String)> {
                let sections = procedure.form.display(answers, registers, lang);
                sections
                    .into_iter()
                    .flat_map(|s| s.rows)
                    .map(|r| (r.label, r.value))
                    .collect()
            };
            let (was, is) = (rows(&old.answers), rows(&new.answers));
            let mut changed = differing(&was, &is);
            let papers = |d: &Dossier| -> Vec<(String, String)> {
                let label = |kind: &str| procedure.form.paper(kind).map_or(kind, |r| r.label.get(lang)).to_owned();
                let mut by_kind: Vec<(String, String)> = Vec::new();
                for p in &d.papers {
                    // Two files of one name are told apart by their content.
                    let said = format!("{} ({} KB · {:.8})", p.name, p.size.div_ceil(1024), p.hash.to_string());
                    match by_kind.iter_mut().find(|(l, _)| *l == label(&p.kind)) {
                        Some((_, files)) => *files = format!("{files}\n{said}"),
                        None => by_kind.push((label(&p.kind), said)),
                    }
                }
                by_kind
            };
            changed.extend(differing(&papers(&old), &papers(new)));
            all.push(Changes {
                at: recorded.at,
                changed,
            });
        }
        all.reverse();
        Ok(all)
    }
}

fn differing(was: &[(String, String)], is: &[(String, String)]) -> Vec<Changed> {
    let old = |label: &str| was.iter().find(|(l, _)| l == label).map_or("", |(_, v)| v.as_str());
    let changed = |(label, after): &(String, String)| {
        let before = old(label);
        (before != after).then(|| Changed {
            label: label.clone(),
            before: before.to_owned(),
            after: after.clone(),
        })
    };
    let gone = was
        .iter()
        .filter(|(label, _)| !is.iter().any(|(l, _)| l == label))
        .map(|(label, before)| Changed {
            label: label.clone(),
            before: before.clone(),
            after: String::new(),
        });
    is.iter().filter_map(changed).chain(gone).collect()
}
