//! Drafts whose form was published anew: carried over when they are opened, shown what changed, and nothing that a page
//! of an earlier version posts is lost.

use crate::Office;
use crate::draft::OpenDraft;
use crate::error::{OfficeError, Result};
use motcua_model::actor::Actor;
use motcua_model::clock::local;
use motcua_model::form::{Left, Moved, Problem, Raw};
use motcua_model::id::DossierId;
use motcua_model::procedure::{Procedure, Text};
use motcua_store::draft::Draft;
use std::collections::BTreeSet;

/// The input of a page that says for which version of the form it was made.
pub const PAGE_VERSION: &str = "to-khai-ban";
/// How often a draft is read again when another window saved it at the same moment.
const AGAIN: usize = 3;

/// The version of the form that a page was made for.
pub(crate) fn page_version(raw: &Raw) -> Option<u32> {
    raw.get(PAGE_VERSION).parse().ok()
}

impl Office {
    /// Moves a draft to the version in force, in memory: it is written with the next step that is saved.
    pub(crate) fn carry(&self, draft: &mut Draft, procedure: &Procedure) {
        let form = &procedure.form;
        if draft.form_version == form.version {
            return;
        }
        let old = procedure.form_of(draft.form_version);
        let (registers, today) = (self.catalogue().registers(), local(self.now()).date());
        let body = &mut draft.body;
        let before = (draft.form_version, old);
        let carried = form.carry(before, &body.answers, &body.typed, registers, today);
        for paper in &mut body.papers {
            paper.kind = form.paper_now(&paper.kind).to_owned();
        }
        let mut moved = carried.moved;
        for paper in body.papers.extract_if(.., |p| form.paper(&p.kind).is_none()) {
            let label = old.and_then(|o| o.paper(&paper.kind)).map(|r| r.label.clone());
            moved.left.push(Left {
                label: label.unwrap_or_else(|| Text::same(&paper.kind)),
                value: paper.name,
            });
        }
        body.done.retain(|step| carried.done.contains(step));
        body.answers = carried.answers;
        body.typed = carried.typed;
        body.taken.retain(|field, _| body.answers.contains_key(field));
        body.moved = Some(after(body.moved.take(), moved));
        draft.form_version = form.version;
    }

    /// Reads a page of another version of the form: what it asked, under the names of now. The rest of the draft stays.
    pub(crate) fn read_old_page(
        &self,
        draft: &mut Draft,
        procedure: &Procedure,
        version: u32,
        step: &str,
        raw: &Raw,
    ) -> Vec<Problem> {
        let form = &procedure.form;
        let old = procedure.form_of(version);
        let now = form.renamed(raw);
        // A box that was not ticked is not posted: what the page asked is told by the form that it was made from.
        let page = old.and_then(|form| form.step(step));
        let on_page = page.into_iter().flat_map(|s| &s.fields).map(|f| f.id.clone());
        let asked = Raw::from_pairs(on_page.chain(raw.0.keys().cloned()).map(|name| (name, "")));
        let asked: BTreeSet<String> = form
            .renamed(&asked)
            .0
            .keys()
            .filter_map(|name| name.split('.').next().map(str::to_owned))
            .collect();
        let mut problems = Vec::new();
        for step in &form.steps {
            let mut part = step.clone();
            part.fields.retain(|f| asked.contains(&f.id));
            if !part.fields.is_empty() {
                problems.append(&mut self.read_into(draft, procedure, &part, &now));
                draft.body.done.retain(|done| *done != step.id);
            }
        }
        let mut moved = Moved {
            from: version,
            to: form.version,
            ..Moved::default()
        };
        for name in asked.iter().filter(|name| form.field(name).is_none()) {
            let typed: Vec<String> = raw
                .typed_of(name)
                .map(|(_, text)| text)
                .filter(|t| !t.trim().is_empty())
                .collect();
            if let (Some(field), false) = (old.and_then(|o| o.field(name)), typed.is_empty()) {
                moved.left.push(Left {
                    label: field.label.clone(),
                    value: typed.join(", "),
                });
            }
        }
        draft.body.moved = Some(after(draft.body.moved.take(), moved));
        problems
    }

    /// The person has seen what changed. Answers the step to go on with; none when every step is complete.
    ///
    /// # Errors
    /// As [`Office::open_draft`].
    pub async fn confirm_moved(&self, actor: &Actor, id: DossierId) -> Result<Option<String>> {
        for _ in 0..AGAIN {
            match self.confirm_moved_once(actor, id).await {
                Err(OfficeError::DraftMoved) => {}
                done => return done,
            }
        }
        self.confirm_moved_once(actor, id).await
    }

    async fn confirm_moved_once(&self, actor: &Actor, id: DossierId) -> Result<Option<String>> {
        let OpenDraft { mut draft, procedure } = self.open_draft(actor, id).await?;
        if draft.body.moved.take().is_some() {
            self.save(&mut draft).await?;
        }
        let body = &draft.body;
        let mut steps = procedure.form.visible_steps(&body.answers);
        Ok(steps.find(|s| !body.done.contains(&s.id)).map(|s| s.id.clone()))
    }
}

/// Two changes, of which the person has seen neither, told as one.
fn after(first: Option<Moved>, mut then: Moved) -> Moved {
    if let Some(mut first) = first {
        then.from = first.from.min(then.from);
        first.left.retain(|l| !then.left.iter().any(|other| other.label == l.label));
        first.left.append(&mut then.left);
        then.left = first.left;
        first.renamed.append(&mut then.renamed);
        then.renamed = first.renamed;
        then.asked = if then.asked.is_empty() { first.asked } else { then.asked };
    }
    then
}
