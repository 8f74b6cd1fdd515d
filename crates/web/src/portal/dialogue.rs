//! The form in dialogue: the same step with one question shown and the others kept beside it unseen, so that it is saved
//! and checked as always. For a clerk who fills it in with the person who stands there, and to be read aloud.

use super::field::Control;
use motcua_model::form::{Answers, Field, FieldKind, Problem, Step, is_input_of};
use motcua_office::draft::{OpenDraft, StepSaved};
use motcua_words::Lang;
use std::collections::BTreeMap;

/// A page that asks one question.
pub struct Dialogue {
    /// The field that is asked.
    pub ask: String,
    /// The controls that are kept unseen.
    pub kept: Vec<Control>,
    /// What is answered already in this step: field, label.
    pub answered: Vec<(String, String)>,
}

/// The questions of a step, in order.
fn questions<'a>(step: &'a Step, answers: &'a Answers) -> impl Iterator<Item = &'a Field> {
    let asked = |f: &&Field| f.is_visible(answers) && !matches!(f.kind, FieldKind::Calculated { .. });
    step.fields.iter().filter(asked)
}

impl Dialogue {
    /// Leaves the asked question in `controls` and keeps the others: the one named, else the first without an answer, else
    /// the first. None where the step asks nothing.
    pub fn split(step: &Step, answers: &Answers, hoi: &str, controls: &mut Vec<Control>, lang: Lang) -> Option<Self> {
        let named = questions(step, answers).find(|f| f.id == hoi);
        let open = || questions(step, answers).find(|f| !answers.contains_key(&f.id));
        let ask = named.or_else(open).or_else(|| questions(step, answers).next())?.id.clone();
        let (asked, kept) = std::mem::take(controls).into_iter().partition(|c| c.name == ask);
        *controls = asked;
        let answered = questions(step, answers).filter(|f| f.id != ask && answers.contains_key(&f.id));
        Some(Self {
            answered: answered.map(|f| (f.id.clone(), f.label.get(lang).to_owned())).collect(),
            ask,
            kept,
        })
    }
}

/// Whether the question that was asked is answered wrongly.
pub fn is_wrong(problems: &[Problem], hoi: &str) -> bool {
    problems.iter().any(|p| is_input_of(&p.field, hoi))
}

/// Of what is wrong, what was typed: a question that was not asked yet is not missing.
pub fn keep_typed(problems: &mut Vec<Problem>, typed: &BTreeMap<String, String>) {
    problems.retain(|p| typed.get(&p.field).is_some_and(|t| !t.is_empty()));
}

/// The address of what is asked next: a question of this step without an answer, one that is wrong, the next step.
pub fn after(open: &OpenDraft, step: &str, hoi: &str, saved: &StepSaved) -> String {
    let (draft, answers) = (&open.draft, &open.draft.body.answers);
    let in_step = open.procedure.form.step(step).and_then(|s| {
        let at = s.fields.iter().position(|f| f.id == hoi).map_or(0, |at| at + 1);
        let later = |f: &&Field| s.fields[at..].iter().any(|l| l.id == f.id);
        questions(s, answers)
            .filter(later)
            .find(|f| !answers.contains_key(&f.id))
            .map(|f| f.id.clone())
    });
    let wrong = || {
        let field = saved.problems.first()?.field.split('.').next()?;
        Some(field.to_owned())
    };
    if let Some(ask) = in_step.or_else(wrong) {
        return format!("/ho-so/nhap/{}/{step}?hoi={ask}", draft.id);
    }
    match &saved.next {
        Some(next) => format!("/ho-so/nhap/{}/{next}?hoi=", draft.id),
        None => format!("/ho-so/nhap/{}/giay-to", draft.id),
    }
}

/// What keeps the dialogue in an address.
pub fn again(hoi: Option<&str>) -> String {
    hoi.map_or_else(String::new, |hoi| format!("&hoi={}", crate::view::encode(hoi)))
}
