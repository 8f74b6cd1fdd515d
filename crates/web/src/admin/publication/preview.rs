//! `/quan-tri/danh-muc/ID/xem/CODE`: a form as a citizen would see it with this change, every step of it, to fill in
//! and try. Nothing is stored.

use super::{ADMINISTRATORS, Wrong};
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::portal::field::{Control, Drawing};
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Html;
use motcua_model::form::{Answers, Question, Raw};
use motcua_model::id::{ProcedureCode, PublicationId};
use motcua_office::error::{OfficeError, PublicationProblem};
use std::collections::BTreeMap;

struct Step {
    title: String,
    intro: String,
    shown: bool,
    controls: Vec<Control>,
}

#[derive(Template)]
#[template(path = "admin/publication/preview.html")]
struct PreviewPage {
    page: Page,
    id: PublicationId,
    code: String,
    name: String,
    term: String,
    wrong: Vec<Wrong>,
    questions: Vec<(String, String)>,
    steps: Vec<Step>,
    papers: Vec<(String, bool)>,
    problems: Vec<(String, String)>,
    tried: bool,
    fee: String,
}

async fn render(app: &AppState, signed: &Signed, id: PublicationId, code: &str, raw: Option<&Raw>) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, "admin");
    let (w, lang) = (page.w, page.w.0);
    let open = app.office.publication(&signed.actor, id).await?;
    let mut view = PreviewPage {
        page,
        id,
        code: code.to_owned(),
        name: code.to_owned(),
        term: String::new(),
        wrong: Vec::new(),
        questions: Vec::new(),
        steps: Vec::new(),
        papers: Vec::new(),
        problems: Vec::new(),
        tried: raw.is_some(),
        fee: String::new(),
    };
    let catalogue = match app.office.preview(&signed.actor, &open).await {
        Ok(catalogue) => catalogue,
        Err(OfficeError::Publication(PublicationProblem::Mistakes(list))) => {
            view.wrong = list.iter().take(20).map(Wrong::of).collect();
            return Ok(view.render()?);
        }
        Err(e) => return Err(e.into()),
    };
    let procedure = catalogue.procedure(&ProcedureCode::from(code)).ok_or(WebError::NotFound)?;
    let (form, registers, today) = (&procedure.form, catalogue.registers(), app.office.today());
    let (mut answers, mut problems) = (Answers::new(), Vec::new());
    if let Some(raw) = raw {
        for step in &form.steps {
            if step.when.as_ref().is_none_or(|c| c.holds(&answers)) {
                let mut reading = form.read_step(step, raw, &answers, registers, today);
                answers.append(&mut reading.answers);
                problems.append(&mut reading.problems);
            }
        }
    }
    let typed: BTreeMap<String, String> = raw.map(|raw| raw.typed().into_iter().collect()).unwrap_or_default();
    let taken = BTreeMap::new();
    let drawing = |step| Drawing {
        w,
        answers: &answers,
        typed: &typed,
        problems: &problems,
        registers,
        more: None,
        step,
        taken: &taken,
    };
    let otherwise = |q: &Question| {
        q.otherwise
            .as_ref()
            .map_or_else(String::new, |text| text.get(lang).to_owned())
    };
    let label = |field: &str| {
        let field = form.field(field.split('.').next().unwrap_or(field));
        field.map_or_else(String::new, |f| f.label.get(lang).to_owned())
    };
    view.name = procedure.sheet.name.get(lang).to_owned();
    view.term = view::term(w, procedure.sheet.term);
    view.questions = form
        .questions
        .iter()
        .map(|q| (q.ask.get(lang).to_owned(), otherwise(q)))
        .collect();
    view.steps = form
        .steps
        .iter()
        .map(|s| Step {
            title: s.title.get(lang).to_owned(),
            intro: s.intro.as_ref().map_or_else(String::new, |t| t.get(lang).to_owned()),
            shown: s.when.as_ref().is_none_or(|c| c.holds(&answers)),
            controls: s.fields.iter().map(|f| drawing(&s.fields).control(f)).collect(),
        })
        .collect();
    let papers: Vec<_> = form
        .papers
        .iter()
        .filter(|p| p.when.as_ref().is_none_or(|c| c.holds(&answers)))
        .collect();
    view.papers = papers.iter().map(|p| (p.label.get(lang).to_owned(), p.required)).collect();
    view.fee = view::money(
        w,
        procedure
            .sheet
            .fee
            .fee(&answers, |p| papers.iter().any(|known| known.id == p))
            .total,
    );
    view.problems = problems
        .iter()
        .map(|p| {
            (
                format!("#{}", p.field),
                format!("{}: {}", label(&p.field), view::problem(w, p)),
            )
        })
        .collect();
    Ok(view.render()?)
}

pub async fn show(
    State(app): State<AppState>,
    signed: Signed,
    Path((id, code)): Path<(PublicationId, String)>,
) -> Result<Html<String>, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    Ok(Html(render(&app, &signed, id, &code, None).await?))
}

pub async fn fill(
    State(app): State<AppState>,
    signed: Signed,
    Path((id, code)): Path<(PublicationId, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Html<String>, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    let raw = Raw::from_pairs(pairs);
    Ok(Html(render(&app, &signed, id, &code, Some(&raw)).await?))
}
