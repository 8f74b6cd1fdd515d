//! One question after the result: `/ho-so/ID/hai-long` in the person's account, `/hai-long` without one, on the tablet at
//! the counter or at home, where the code of the dossier and a second fact say about what. The tablet holds no session: who
//! answers next sees nothing of who answered before.

use crate::AppState;
use crate::app::Page;
use crate::client::ClientAddress;
use crate::error::WebError;
use crate::limit;
use crate::session::{Signed, Visitor};
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::dossier::{Refusal, parse_code};
use motcua_model::id::DossierId;
use motcua_office::OfficeError;
use motcua_office::rating::{REASONS, Rating, SAID_MAX, Score};
use motcua_words::Words;
use serde::Deserialize;

#[derive(Template)]
#[template(path = "portal/rating.html")]
struct RatingPage {
    page: Page,
    /// Where the form goes.
    to: String,
    /// The dossier's page; empty on the tablet.
    back: String,
    service: String,
    /// What is said of an answer that was kept, or that there is one.
    done: &'static str,
    code: String,
    fact: String,
    scores: Vec<(i64, &'static str, bool)>,
    reasons: Vec<(&'static str, &'static str, bool)>,
    said: String,
    problem: &'static str,
}

/// The word for a reason.
pub fn reason(w: Words, reason: &str) -> &'static str {
    match reason {
        "time" => w.rating_reason_time(),
        "manner" => w.rating_reason_manner(),
        "guidance" => w.rating_reason_guidance(),
        "papers" => w.rating_reason_papers(),
        "trips" => w.rating_reason_trips(),
        _ => w.rating_reason_website(),
    }
}

/// The word for an answer.
pub fn score(w: Words, score: Score) -> &'static str {
    match score {
        Score::Good => w.rating_good(),
        Score::Fair => w.rating_fair(),
        Score::Bad => w.rating_bad(),
    }
}

/// What was typed: the answer, the reasons, the words; code and second fact.
#[derive(Default)]
struct Typed(Vec<(String, String)>);

impl Typed {
    fn value(&self, key: &str) -> &str {
        self.0.iter().find(|(k, _)| k == key).map_or("", |(_, v)| v.trim())
    }

    fn has(&self, key: &str, value: &str) -> bool {
        self.0.iter().any(|(k, v)| k == key && v == value)
    }

    /// The answer, or what is wrong with it.
    fn rating(&self, w: Words) -> Result<Rating, &'static str> {
        let score = self
            .value("score")
            .parse()
            .ok()
            .and_then(Score::parse)
            .ok_or(w.rating_choose())?;
        let said = self.value("said").to_owned();
        if said.chars().count() > SAID_MAX {
            return Err(w.rating_too_long());
        }
        Ok(Rating {
            score,
            reasons: REASONS.into_iter().filter(|r| self.has("reason", r)).collect(),
            said,
        })
    }
}

impl RatingPage {
    fn new(visitor: &Visitor, to: String, typed: &Typed) -> Self {
        let page = Page::new(visitor, "portal");
        let w = page.w;
        Self {
            to,
            back: String::new(),
            service: String::new(),
            done: "",
            code: typed.value("code").chars().take(60).collect(),
            fact: typed.value("fact").chars().take(20).collect(),
            scores: Score::ALL
                .into_iter()
                .map(|s| (s.number(), score(w, s), typed.has("score", &s.number().to_string())))
                .collect(),
            reasons: REASONS
                .into_iter()
                .map(|r| (r, reason(w, r), typed.has("reason", r)))
                .collect(),
            said: typed.value("said").to_owned(),
            problem: "",
            page,
        }
    }

    fn answer(self, status: StatusCode) -> Result<Response, WebError> {
        Ok((status, Html(self.render()?)).into_response())
    }
}

async fn of_account(app: &AppState, signed: &Signed, id: DossierId, typed: &Typed) -> Result<RatingPage, WebError> {
    let (dossier, done) = app.office.to_rate(&signed.actor, id).await?;
    let mut view = RatingPage::new(&signed.visitor, format!("/ho-so/{id}/hai-long"), typed);
    let w = view.page.w;
    let service = app.office.catalogue().service(&dossier.procedure);
    view.service = service.map_or_else(|| dossier.procedure.0.clone(), |s| s.sheet.name.get(w.0).to_owned());
    view.back = format!("/ho-so/{id}");
    view.done = if done { w.rating_thanks() } else { "" };
    Ok(view)
}

pub async fn show(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Response, WebError> {
    of_account(&app, &signed, id, &Typed::default()).await?.answer(StatusCode::OK)
}

pub async fn send(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    limit::check(&app.limits.rate, &signed.actor.account.to_string())?;
    let typed = Typed(typed);
    let mut view = of_account(&app, &signed, id, &typed).await?;
    match typed.rating(view.page.w) {
        Ok(rating) => {
            app.office.rate(&signed.actor, id, &rating).await?;
            Ok(Redirect::to(&view.to).into_response())
        }
        Err(problem) => {
            view.problem = problem;
            view.answer(StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

/// The code that a QR brings, and whether somebody was thanked.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    code: String,
    xong: String,
}

/// The page of the tablet.
pub async fn ask(visitor: Visitor, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    let typed = Typed(vec![("code".to_owned(), asked.code)]);
    let mut view = RatingPage::new(&visitor, "/hai-long".to_owned(), &typed);
    if !asked.xong.is_empty() {
        view.done = view.page.w.rating_thanks();
    }
    view.answer(StatusCode::OK)
}

/// Who knows the code and the second fact answers; wrong guesses count as those of tracking do.
pub async fn say(
    State(app): State<AppState>,
    visitor: Visitor,
    client: ClientAddress,
    Form(typed): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    limit::check(&app.limits.rate, &client.0.to_string())?;
    let typed = Typed(typed);
    let mut view = RatingPage::new(&visitor, "/hai-long".to_owned(), &typed);
    let w = view.page.w;
    let rating = match typed.rating(w) {
        Ok(rating) => rating,
        Err(problem) => {
            view.problem = problem;
            return view.answer(StatusCode::UNPROCESSABLE_ENTITY);
        }
    };
    // A code that cannot be one is nobody's, and is not counted.
    let code = parse_code(typed.value("code")).map(|c| c.0);
    if let Some(code) = &code {
        app.limits.track.open(code)?;
    }
    match app
        .office
        .rate_by_code(typed.value("code"), typed.value("fact"), &rating)
        .await
    {
        Ok(_) => Ok(Redirect::to("/hai-long?xong=1").into_response()),
        Err(OfficeError::Refused(Refusal::NotFound)) => {
            if let Some(code) = &code {
                app.limits.track.wrong(code);
            }
            view.problem = w.rating_unknown();
            view.answer(StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(e) => Err(e.into()),
    }
}
