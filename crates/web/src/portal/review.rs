//! `/ho-so/nhap/ID/kiem-tra`: read once more, choose how the result comes, declare, send.

use super::changed;
use super::draft::sent;
use crate::AppState;
use crate::app::Page;
use crate::device::Seen;
use crate::error::WebError;
use crate::parcel;
use crate::session::{Signed, Visitor};
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use motcua_model::dossier::{Refusal, ReturnWay};
use motcua_model::form::{Problem, Section};
use motcua_model::id::DossierId;
use motcua_office::error::OfficeError;
use motcua_office::funnel::Stage;
use motcua_office::submit::Review;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "portal/review.html")]
struct ReviewPage {
    page: Page,
    id: DossierId,
    name: String,
    number: usize,
    sections: Vec<Section>,
    papers: Vec<(String, String)>,
    fees: Vec<(String, String)>,
    total: String,
    exempt: String,
    agency: String,
    ways: Vec<(ReturnWay, &'static str, bool)>,
    /// What the way by post would be, or why it cannot be.
    by_post: String,
    problems: Vec<(String, String)>,
    behalf: String,
    /// Why nothing new is taken today; empty on a day on which it is.
    closed: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    return_way: String,
    declared: String,
}

fn render(app: &AppState, visitor: &Visitor, review: &Review, problems: &[Problem]) -> Result<String, WebError> {
    let page = Page::new(visitor, "portal");
    let (w, lang) = (page.w, page.w.0);
    let (form, body, id) = (&review.procedure.form, &review.draft.body, review.draft.id);
    let lead = |p: &Problem| -> (String, String) {
        let text = view::problem(w, p);
        if let Some(paper) = p.field.strip_prefix("paper.") {
            let label = form.paper(paper).map_or(paper, |r| r.label.get(lang));
            return (format!("/ho-so/nhap/{id}/giay-to"), format!("{label}: {text}"));
        }
        let field = p.field.split('.').next().unwrap_or("");
        match form.steps.iter().find(|s| s.fields.iter().any(|f| f.id == field)) {
            Some(step) => {
                let label = form.field(field).map_or(field, |f| f.label.get(lang));
                (
                    format!("/ho-so/nhap/{id}/{}#{}", step.id, p.field),
                    format!("{label}: {text}"),
                )
            }
            None if field == "declared" => ("#declared".to_owned(), w.form_declare_first().to_owned()),
            None => ("#return_way".to_owned(), w.form_choose_way_first().to_owned()),
        }
    };
    let closed = review.procedure.sheet.closed_on(app.office.today());
    let view = ReviewPage {
        closed: closed.map_or_else(String::new, |c| crate::closed::refused(w, c)),
        id,
        name: review.procedure.sheet.name.get(lang).to_owned(),
        number: form.visible_steps(&body.answers).count() + 2,
        sections: form.display(&body.answers, app.office.catalogue().registers(), lang),
        papers: body
            .papers
            .iter()
            .map(|p| {
                (
                    form.paper(&p.kind).map_or(p.kind.as_str(), |r| r.label.get(lang)).to_owned(),
                    p.name.clone(),
                )
            })
            .collect(),
        fees: review
            .fee
            .lines
            .iter()
            .map(|(label, vnd)| (label.get(lang).to_owned(), view::money(w, *vnd)))
            .collect(),
        total: if review.fee.total == 0 {
            w.common_no_fee().to_owned()
        } else {
            view::money(w, review.fee.total)
        },
        exempt: review
            .fee
            .exempt
            .as_ref()
            .map_or_else(String::new, |t| t.get(lang).to_owned()),
        agency: review
            .agency
            .as_ref()
            .map_or_else(String::new, |a| a.name.get(lang).to_owned()),
        ways: review
            .procedure
            .sheet
            .ways
            .iter()
            .map(|way| {
                (
                    *way,
                    view::way(w, *way),
                    // The first way of the sheet is the one without a trip, where there is one.
                    *way == body.return_way.unwrap_or(review.procedure.sheet.ways[0]),
                )
            })
            .collect(),
        by_post: by_post(app, w, review),
        problems: problems.iter().map(lead).collect(),
        behalf: super::draft::behalf(w, &review.draft),
        page,
    };
    Ok(view.render()?)
}

/// What the way by post would be; empty where the service does not offer it.
fn by_post(app: &AppState, w: motcua_words::Words, review: &Review) -> String {
    let Some(agency) = &review.agency else {
        return String::new();
    };
    if !review.procedure.sheet.ways.contains(&ReturnWay::Post) || !app.office.sends_by_post() {
        return String::new();
    }
    let answers = &review.draft.body.answers;
    match app.office.post_quote_for(&review.procedure, answers, &agency.code) {
        Ok(quote) => parcel::quote(w, &quote),
        Err(problem) => parcel::problem(w, &problem),
    }
}

pub async fn show(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Response, WebError> {
    match app.office.review(&signed.actor, id).await {
        Ok(review) if review.draft.body.moved.is_some() => Ok(changed::first(id)),
        Ok(review) => Ok(Html(render(&app, &signed.visitor, &review, &review.problems)?).into_response()),
        Err(OfficeError::Refused(Refusal::AlreadySubmitted)) => Ok(sent(&signed, id)),
        Err(e) => Err(e.into()),
    }
}

pub async fn submit(
    State(app): State<AppState>,
    signed: Signed,
    seen: Seen,
    Path(id): Path<DossierId>,
    Form(typed): Form<Typed>,
) -> Result<Response, WebError> {
    if let Some(way) = ReturnWay::parse(&typed.return_way) {
        match app.office.choose_return(&signed.actor, id, way).await {
            Ok(()) => {}
            Err(OfficeError::Refused(Refusal::AlreadySubmitted)) => return Ok(sent(&signed, id)),
            Err(e) => return Err(e.into()),
        }
    }
    match app.office.submit(&signed.actor, id, !typed.declared.is_empty()).await {
        Ok(dossier) => {
            seen.note(&app, signed.actor.role, &dossier.procedure, Stage::Submitted);
            Ok(sent(&signed, id))
        }
        Err(OfficeError::FormChanged) => Ok(changed::first(id)),
        Err(OfficeError::Problems(problems)) => {
            let review = app.office.review(&signed.actor, id).await?;
            let html = render(&app, &signed.visitor, &review, &problems)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
        }
        Err(e) => Err(e.into()),
    }
}
