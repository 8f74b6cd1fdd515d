//! `/buu-dien/nop-ho`: who stands there, by her card, and what she wants. Nothing of her is kept before both are known.

use super::{CLERKS, POST};
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_catalogue::Service;
use motcua_model::clock::local;
use motcua_model::consent::{Bearer, CardFields, CardProblem};
use motcua_model::id::ProcedureCode;
use motcua_model::identifier::{DateError, PersonIdError, Phone};
use motcua_words::{Lang, Words};
use serde::Deserialize;
use std::sync::Arc;

/// Services shown for a search.
const FOUND: usize = 8;

/// What was scanned, typed and chosen.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    #[serde(flatten)]
    card: CardFields,
    /// Set once the card was read and shown.
    shown: String,
    /// The clerk compared the photograph.
    compared: String,
    phone: String,
    q: String,
    /// Only the search was asked for.
    find: String,
    procedure: String,
}

/// What is wrong, by field.
type Wrong = Vec<(&'static str, String)>;

#[derive(Template)]
#[template(path = "post/assist.html")]
struct AssistPage {
    page: Page,
    t: Typed,
    bearer: Option<Bearer>,
    services: Vec<Arc<Service>>,
    searched: bool,
    lang: Lang,
    wrong: Wrong,
}

impl AssistPage {
    /// What is wrong at a field; empty when nothing is.
    fn at(&self, field: &str) -> &str {
        self.wrong.iter().find(|w| w.0 == field).map_or("", |w| w.1.as_str())
    }

    /// Whether the fields of the card are open: something typed there is wrong.
    fn by_hand(&self) -> bool {
        self.wrong
            .iter()
            .any(|w| !matches!(w.0, "card" | "compared" | "phone" | "procedure"))
    }
}

pub async fn show(State(app): State<AppState>, signed: Signed) -> Result<Response, WebError> {
    let signed = signed.only(CLERKS)?;
    render(&app, &signed, Typed::default(), None, Vec::new())
}

fn render(app: &AppState, signed: &Signed, t: Typed, bearer: Option<Bearer>, wrong: Wrong) -> Result<Response, WebError> {
    let page = Page::new(&signed.visitor, POST);
    let catalogue = app.office.catalogue();
    let searched = !t.q.trim().is_empty();
    let chosen = |s: &&Arc<Service>| s.sheet.code.0 == t.procedure;
    let mut services: Vec<Arc<Service>> = if searched {
        let hits = catalogue.search(&t.q);
        let found = hits.iter().filter_map(|hit| catalogue.service(&hit.code));
        found.filter(|s| s.whole).take(FOUND).cloned().collect()
    } else {
        Vec::new()
    };
    if let Some(before) = catalogue.services().iter().find(chosen)
        && !services.iter().any(|s| chosen(&s))
    {
        services.insert(0, before.clone());
    }
    let status = if wrong.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let view = AssistPage {
        lang: page.w.0,
        page,
        t,
        bearer,
        services,
        searched,
        wrong,
    };
    Ok((status, Html(view.render()?)).into_response())
}

pub async fn begin(State(app): State<AppState>, signed: Signed, Form(mut t): Form<Typed>) -> Result<Response, WebError> {
    let signed = signed.only(CLERKS)?;
    let w = signed.visitor.words();
    let today = local(app.office.now()).date();
    let bearer = match t.card.read(today) {
        Ok(bearer) => bearer,
        Err(problems) => {
            let wrong = problems.into_iter().map(|(field, p)| (field, said(w, field, p))).collect();
            return render(&app, &signed, t, None, wrong);
        }
    };
    if t.shown.is_empty() || !t.find.is_empty() {
        return render(&app, &signed, t, Some(bearer), Vec::new());
    }
    let mut wrong = Wrong::new();
    if t.compared.is_empty() {
        wrong.push(("compared", w.assisted_not_compared().to_owned()));
    }
    let phone = match Phone::parse(&t.phone) {
        _ if t.phone.trim().is_empty() => None,
        Ok(phone) => Some(phone),
        Err(_) => {
            wrong.push(("phone", w.problem_phone().to_owned()));
            None
        }
    };
    let code = ProcedureCode(t.procedure.clone());
    if app.office.catalogue().procedure(&code).is_none() {
        wrong.push(("procedure", w.desk_choose_service().to_owned()));
    }
    if !wrong.is_empty() {
        return render(&app, &signed, t, Some(bearer), wrong);
    }
    let id = app.office.begin_assisted(&signed.actor, &code, bearer, phone).await?;
    Ok(Redirect::to(&format!("/buu-dien/dong-y/{id}")).into_response())
}

/// What is wrong with a card, and what to do.
fn said(w: Words, field: &str, problem: CardProblem) -> String {
    match problem {
        CardProblem::NotACard => w.assisted_not_a_card().to_owned(),
        CardProblem::NameBroken => w.assisted_name_broken().to_owned(),
        CardProblem::Name(_) => w.assisted_bad_name().to_owned(),
        CardProblem::PersonId(PersonIdError::BirthYear(year)) => w.problem_person_id_year(year),
        CardProblem::PersonId(PersonIdError::Sex) => w.problem_person_id_sex().to_owned(),
        CardProblem::PersonId(PersonIdError::Length(n)) => w.problem_person_id_length(n),
        CardProblem::PersonId(PersonIdError::Place) => w.problem_person_id_place().to_owned(),
        CardProblem::PersonId(PersonIdError::NotDigits) => w.problem_person_id_digits().to_owned(),
        CardProblem::OldId => w.assisted_bad_old_id().to_owned(),
        CardProblem::Date(DateError::NoSuchDay) => w.problem_date_no_such_day().to_owned(),
        CardProblem::Date(DateError::Format) if field == "issued" => w.assisted_bad_issued().to_owned(),
        CardProblem::Date(DateError::Format) => w.problem_date_format().to_owned(),
        CardProblem::InFuture => w.problem_in_future().to_owned(),
        CardProblem::Address => w.problem_too_long(300),
    }
}
