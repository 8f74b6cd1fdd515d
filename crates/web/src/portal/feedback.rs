//! `/phan-anh`: complaints and suggestions, written with or without an account; `/phan-anh/theo-doi`: the answer, with the
//! code.

use crate::AppState;
use crate::app::{Page, agency_name};
use crate::client::ClientAddress;
use crate::error::WebError;
use crate::limit;
use crate::session::Visitor;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use motcua_model::dossier::Refusal;
use motcua_model::id::FeedbackId;
use motcua_office::error::OfficeError;
use motcua_office::feedback::{Feedback, Kind, Problem, Wording};
use motcua_words::Words;
use serde::Deserialize;

/// One of them as it is shown.
pub struct FeedbackView {
    pub id: String,
    pub code: String,
    pub kind: &'static str,
    pub agency: String,
    pub about: String,
    pub text: String,
    /// Name and phone, for the head who answers.
    pub who: String,
    pub sent: String,
    pub due: String,
    pub late: bool,
    /// Text, by whom, when.
    pub answer: Option<(String, String, String)>,
}

/// The word for a kind.
fn kind_word(w: Words, kind: Kind) -> &'static str {
    match kind {
        Kind::Complaint => w.feedback_complaint(),
        Kind::Suggestion => w.feedback_suggestion(),
    }
}

impl FeedbackView {
    /// As it is shown to who may read all of it.
    pub fn of(app: &AppState, w: Words, f: &Feedback) -> Self {
        let who: Vec<&str> = [&*f.name, &*f.phone].into_iter().filter(|t| !t.is_empty()).collect();
        Self {
            id: f.id.to_string(),
            code: f.code.clone(),
            kind: kind_word(w, f.kind),
            agency: agency_name(app, &f.agency, w.0),
            about: f.about.clone(),
            text: f.text.clone(),
            who: who.join(" · "),
            sent: view::moment(w, f.at),
            due: view::moment(w, f.due),
            late: f.answer.is_none() && f.due < app.office.now(),
            answer: f
                .answer
                .as_ref()
                .map(|a| (a.text.clone(), a.by.clone(), view::moment(w, a.at))),
        }
    }
}

/// What is typed, and what a link brings.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Typed {
    id: String,
    kind: String,
    #[serde(rename = "co-quan")]
    agency: String,
    #[serde(rename = "ho-so")]
    about: String,
    text: String,
    name: String,
    phone: String,
}

impl Typed {
    fn wording(&self) -> Wording {
        let trimmed = |text: &str| text.trim().to_owned();
        Wording {
            kind: Kind::parse(&self.kind),
            agency: trimmed(&self.agency),
            about: trimmed(&self.about),
            text: trimmed(&self.text),
            name: trimmed(&self.name),
            phone: trimmed(&self.phone),
        }
    }
}

#[derive(Template)]
#[template(path = "portal/feedback.html")]
struct WritePage {
    page: Page,
    typed: Typed,
    kinds: Vec<(&'static str, &'static str, bool)>,
    agencies: Vec<(String, String, bool)>,
    problems: Vec<(&'static str, &'static str)>,
    /// What the person wrote before.
    mine: Vec<FeedbackView>,
    hotline: String,
}

impl WritePage {
    fn problem(&self, field: &str) -> Option<&'static str> {
        self.problems.iter().find(|(f, _)| *f == field).map(|(_, text)| *text)
    }
}

fn problem(w: Words, problem: Problem) -> (&'static str, &'static str) {
    match problem {
        Problem::Kind => ("kind", w.feedback_wrong_kind()),
        Problem::Agency => ("co-quan", w.feedback_wrong_agency()),
        Problem::About => ("ho-so", w.feedback_wrong_about()),
        Problem::Text => ("text", w.feedback_wrong_text()),
        Problem::Name => ("name", w.feedback_wrong_name()),
        Problem::Phone => ("phone", w.feedback_wrong_phone()),
        Problem::Wait => ("text", w.feedback_wrong_wait()),
    }
}

async fn write_page(app: &AppState, visitor: &Visitor, mut typed: Typed, problems: &[Problem]) -> Result<Html<String>, WebError> {
    let page = Page::new(visitor, "portal");
    let w = page.w;
    if typed.id.parse::<FeedbackId>().is_err() {
        typed.id = app.office.new_feedback_id().to_string();
    }
    let mine = match &visitor.account {
        Some(account) if page.is_citizen() => app.office.my_feedback(&account.actor()).await?,
        _ => Vec::new(),
    };
    let view = WritePage {
        kinds: [Kind::Complaint, Kind::Suggestion]
            .into_iter()
            .map(|k| (k.as_str(), kind_word(w, k), typed.kind == k.as_str()))
            .collect(),
        agencies: app
            .office
            .feedback_agencies()
            .into_iter()
            .map(|(code, name)| {
                let chosen = code.0 == typed.agency;
                (code.0, name, chosen)
            })
            .collect(),
        problems: problems.iter().map(|p| problem(w, *p)).collect(),
        mine: mine.iter().map(|f| FeedbackView::of(app, w, f)).collect(),
        hotline: app.office.settings().hotline.clone(),
        typed,
        page,
    };
    Ok(Html(view.render()?))
}

pub async fn ask(State(app): State<AppState>, visitor: Visitor, Query(typed): Query<Typed>) -> Result<Html<String>, WebError> {
    write_page(&app, &visitor, typed, &[]).await
}

pub async fn send(
    State(app): State<AppState>,
    visitor: Visitor,
    client: ClientAddress,
    Form(typed): Form<Typed>,
) -> Result<Response, WebError> {
    let actor = visitor.account.as_ref().map(|a| a.actor());
    let key = actor.as_ref().map_or_else(|| client.0.to_string(), |a| a.account.to_string());
    let id = typed.id.parse().unwrap_or_else(|_| app.office.new_feedback_id());
    let wording = typed.wording();
    if wording.problems().is_empty() {
        limit::check(&app.limits.feedback, &key)?;
    }
    match app.office.send_feedback(actor.as_ref(), id, &wording).await? {
        Ok(sent) => FollowPage::answer(&app, &visitor, String::new(), Some(&sent), true),
        Err(problems) => {
            let html = write_page(&app, &visitor, typed, &problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

#[derive(Template)]
#[template(path = "portal/feedback_follow.html")]
struct FollowPage {
    page: Page,
    code: String,
    found: Option<FeedbackView>,
    /// Whether it was sent just now.
    sent: bool,
    missing: bool,
}

impl FollowPage {
    fn answer(
        app: &AppState,
        visitor: &Visitor,
        code: String,
        found: Option<&Feedback>,
        sent: bool,
    ) -> Result<Response, WebError> {
        let page = Page::new(visitor, "portal");
        let missing = found.is_none() && !code.is_empty();
        let view = Self {
            found: found.map(|f| FeedbackView::of(app, page.w, f)),
            code,
            sent,
            missing,
            page,
        };
        let status = if missing { StatusCode::NOT_FOUND } else { StatusCode::OK };
        Ok((status, Html(view.render()?)).into_response())
    }
}

pub async fn follow(State(app): State<AppState>, visitor: Visitor) -> Result<Response, WebError> {
    FollowPage::answer(&app, &visitor, String::new(), None, false)
}

/// The code as it is typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Code {
    code: String,
}

pub async fn show(
    State(app): State<AppState>,
    visitor: Visitor,
    client: ClientAddress,
    Form(typed): Form<Code>,
) -> Result<Response, WebError> {
    limit::check(&app.limits.check, &client.0.to_string())?;
    let code: String = typed.code.trim().chars().take(60).collect();
    match app.office.feedback_by_code(&code).await {
        Ok(found) => FollowPage::answer(&app, &visitor, code, Some(&found), false),
        Err(OfficeError::Refused(Refusal::NotFound)) => {
            let code = if code.is_empty() { "?".to_owned() } else { code };
            FollowPage::answer(&app, &visitor, code, None, false)
        }
        Err(e) => Err(e.into()),
    }
}
