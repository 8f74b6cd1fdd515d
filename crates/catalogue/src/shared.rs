//! What the services of a life event ask alike, as one form: a person answers it once for all of them.

use crate::Catalogue;
use crate::life_event::LifeEvent;
use motcua_model::form::{ApplicantFields, Choice, Field, FieldKind, Form, Step};
use motcua_model::procedure::Text;
use std::collections::BTreeMap;

impl Catalogue {
    /// The questions that at least two services of an event ask, by whose they are; none where they share nothing. Each
    /// is asked as the first service asks it, and none has to be answered. A field is named for its meaning.
    #[must_use]
    pub fn shared_form(&self, event: &LifeEvent) -> Option<Form> {
        // Meaning → the field that asks it first, and how many services do.
        let mut asked: BTreeMap<&str, (&Field, usize)> = BTreeMap::new();
        let mut order: Vec<&str> = Vec::new();
        let procedures = event.steps.iter().filter_map(|s| self.procedures.get(&s.service));
        for procedure in procedures {
            let form = &procedure.form;
            for field in form.fields().filter(|f| !matches!(f.kind, FieldKind::Calculated { .. })) {
                let Some(meaning) = form.meaning(field) else { continue };
                let (_, services) = asked.entry(meaning).or_insert_with(|| {
                    order.push(meaning);
                    (field, 0)
                });
                *services += 1;
            }
        }
        let mut steps: Vec<Step> = Vec::new();
        for meaning in order {
            let Some((field, 2..)) = asked.get(meaning) else { continue };
            let whose = meaning.split('.').next().unwrap_or(meaning);
            let field = shared(field, meaning);
            match steps.iter_mut().find(|s| s.id == whose) {
                Some(step) => step.fields.push(field),
                None => steps.push(Step {
                    id: whose.to_owned(),
                    title: Text::same(whose),
                    intro: None,
                    when: None,
                    fields: vec![field],
                }),
            }
        }
        (!steps.is_empty()).then(|| Form {
            version: 0,
            applicant: ApplicantFields::default(),
            questions: Vec::new(),
            steps,
            checks: Vec::new(),
            papers: Vec::new(),
        })
    }
}

/// A field as the sheet asks it: for itself, whatever stood around it in its form.
fn shared(field: &Field, meaning: &str) -> Field {
    let mut own = field.clone();
    own.id = meaning.replace(['.', '-'], "_");
    own.meaning = Some(meaning.to_owned());
    (own.required, own.required_when, own.when, own.prefill) = (false, None, None, None);
    own.was.clear();
    if let FieldKind::Choice { options } | FieldKind::Choices { options } = &mut own.kind {
        options.iter_mut().for_each(|o: &mut Choice| o.when = None);
    }
    own
}
