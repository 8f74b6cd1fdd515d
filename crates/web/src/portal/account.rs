//! Signing up, in and out; the one-time code; the password; the profile.

use crate::AppState;
use crate::app::{Page, door_of};
use crate::error::WebError;
use crate::limit;
use crate::session::{Signed, Visitor, session_cookie};
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::form::Raw;
use motcua_office::account::{SignIn, SignUp};
use motcua_office::error::{AccountProblem, OfficeError};
use serde::Deserialize;

/// What the forms of this page carry; each uses some of it.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    name: String,
    login: String,
    password: String,
    code: String,
    tiep: String,
}

#[derive(Template)]
#[template(path = "portal/sign_up.html")]
struct SignUpPage {
    page: Page,
    typed: Typed,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "portal/confirm.html")]
struct ConfirmPage {
    page: Page,
    typed: Typed,
    problem: Option<String>,
    reset: bool,
}

#[derive(Template)]
#[template(path = "portal/sign_in.html")]
struct SignInPage {
    page: Page,
    typed: Typed,
    /// What was typed on a page whose session had ended, carried through the sign-in.
    kept: Vec<(String, String)>,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "portal/forgot.html")]
struct ForgotPage {
    page: Page,
    typed: Typed,
    problem: Option<String>,
}

#[derive(Template)]
#[template(path = "portal/profile.html")]
struct ProfilePage {
    page: Page,
    name: String,
    person_id: String,
    birth_date: String,
    login: String,
    saved: bool,
    problem: Option<String>,
}

/// A page of this program, or the start: never an address of somebody else.
fn local(path: &str) -> &str {
    if path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']) {
        path
    } else {
        ""
    }
}

fn said(page: &Page, e: OfficeError) -> Result<Option<String>, WebError> {
    match e {
        OfficeError::Account(_) => Ok(Some(view::office_error(page.w, &e))),
        e => Err(e.into()),
    }
}

fn unprocessable(html: String) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response()
}

fn opened(app: &AppState, token: &str, to: &str) -> Response {
    let mut response = Redirect::to(to).into_response();
    if let Some(cookie) = session_cookie(token, &app.office.settings().public_url) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

pub async fn sign_up(visitor: Visitor, Query(typed): Query<Typed>) -> Result<Html<String>, WebError> {
    Ok(Html(
        SignUpPage {
            page: Page::new(&visitor, "portal"),
            typed,
            problem: None,
        }
        .render()?,
    ))
}

pub async fn do_sign_up(State(app): State<AppState>, visitor: Visitor, Form(typed): Form<Typed>) -> Result<Response, WebError> {
    limit::check(&app.limits.code, &typed.login)?;
    let new = SignUp {
        name: typed.name.clone(),
        login: typed.login.clone(),
        password: typed.password.clone(),
        language: visitor.lang,
    };
    match app.office.sign_up(new).await {
        Ok(()) => {
            let to = format!(
                "/xac-nhan?login={}&tiep={}",
                view::encode(&typed.login),
                view::encode(local(&typed.tiep))
            );
            Ok(Redirect::to(&to).into_response())
        }
        Err(e) => {
            let page = Page::new(&visitor, "portal");
            let problem = said(&page, e)?;
            Ok(unprocessable(SignUpPage { page, typed, problem }.render()?))
        }
    }
}

pub async fn confirm(visitor: Visitor, Query(typed): Query<Typed>) -> Result<Html<String>, WebError> {
    Ok(Html(
        ConfirmPage {
            page: Page::new(&visitor, "portal"),
            typed,
            problem: None,
            reset: false,
        }
        .render()?,
    ))
}

pub async fn do_confirm(State(app): State<AppState>, visitor: Visitor, Form(typed): Form<Typed>) -> Result<Response, WebError> {
    limit::check(&app.limits.code, &typed.login)?;
    match app.office.confirm(&typed.login, &typed.code).await {
        Ok(token) => {
            let to = Some(local(&typed.tiep)).filter(|t| !t.is_empty()).unwrap_or("/ho-so");
            Ok(opened(&app, &token, to))
        }
        Err(e) => {
            let page = Page::new(&visitor, "portal");
            let problem = said(&page, e)?;
            Ok(unprocessable(
                ConfirmPage {
                    page,
                    typed,
                    problem,
                    reset: false,
                }
                .render()?,
            ))
        }
    }
}

pub async fn resend(State(app): State<AppState>, Form(typed): Form<Typed>) -> Result<Redirect, WebError> {
    limit::check(&app.limits.code, &typed.login)?;
    app.office.resend_code(&typed.login).await?;
    Ok(Redirect::to(&format!(
        "/xac-nhan?login={}&tiep={}",
        view::encode(&typed.login),
        view::encode(local(&typed.tiep))
    )))
}

pub async fn sign_in(visitor: Visitor, Query(typed): Query<Typed>) -> Result<Html<String>, WebError> {
    Ok(Html(
        SignInPage {
            page: Page::new(&visitor, "portal"),
            typed,
            kept: Vec::new(),
            problem: None,
        }
        .render()?,
    ))
}

/// The sign-in page for who posted a page after the session had ended: what was typed goes with her.
pub fn sign_in_keeping(visitor: &Visitor, back: &str, raw: &Raw) -> Result<Response, WebError> {
    let typed = Typed {
        tiep: back.to_owned(),
        ..Typed::default()
    };
    let kept = raw
        .0
        .iter()
        .flat_map(|(name, values)| values.iter().map(move |v| (format!("giu.{name}"), v.clone())))
        .collect();
    let page = Page::new(visitor, "portal");
    let problem = Some(page.w.account_session_ended().to_owned());
    Ok((
        StatusCode::UNAUTHORIZED,
        Html(
            SignInPage {
                page,
                typed,
                kept,
                problem,
            }
            .render()?,
        ),
    )
        .into_response())
}

/// Puts what was typed before the session ended where it belongs: into the draft, or back on the page that is answered
/// at once. What belongs to somebody else's page is dropped.
async fn give_back(app: &AppState, signed: Signed, to: &str, kept: &Raw) -> Result<Option<Html<String>>, WebError> {
    let Some((first, last)) = to.strip_prefix("/ho-so/").and_then(|r| r.rsplit_once('/')) else {
        return Ok(None);
    };
    match (first.strip_prefix("nhap/").map(str::parse), first.parse()) {
        (Some(Ok(draft)), _) => {
            app.office.save_step(&signed.actor, draft, last, kept).await?;
            Ok(None)
        }
        (None, Ok(id)) if last == "bo-sung" => super::supplement::show_typed(app, &signed, id, kept).await.map(Some),
        _ => Ok(None),
    }
}

pub async fn do_sign_in(
    State(app): State<AppState>,
    visitor: Visitor,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let raw = Raw::from_pairs(pairs);
    let typed = Typed {
        login: raw.get("login").to_owned(),
        password: raw.get("password").to_owned(),
        tiep: raw.get("tiep").to_owned(),
        ..Typed::default()
    };
    let kept = Raw(raw
        .0
        .into_iter()
        .filter_map(|(k, v)| Some((k.strip_prefix("giu.")?.to_owned(), v)))
        .collect());
    limit::check(&app.limits.sign_in, &typed.login)?;
    match app.office.sign_in(&typed.login, &typed.password).await {
        Ok(SignIn::Open { token }) => {
            let account = app.office.session(&token).await?;
            let home = account
                .as_ref()
                .and_then(|a| door_of(a.role))
                .map_or("/ho-so", |(path, _)| path);
            let to = Some(local(&typed.tiep)).filter(|t| !t.is_empty()).unwrap_or(home);
            let mut response = opened(&app, &token, to);
            if let Some(account) = account.filter(|_| !kept.0.is_empty()) {
                let actor = account.actor();
                let visitor = Visitor {
                    account: Some(account),
                    ..visitor
                };
                if let Some(page) = give_back(&app, Signed { visitor, actor }, to, &kept).await? {
                    let cookie = response.headers_mut().remove(header::SET_COOKIE);
                    response = page.into_response();
                    response.headers_mut().extend(cookie.map(|c| (header::SET_COOKIE, c)));
                }
            }
            Ok(response)
        }
        Ok(SignIn::CodeNeeded) => {
            let to = format!(
                "/xac-nhan?login={}&tiep={}",
                view::encode(&typed.login),
                view::encode(local(&typed.tiep))
            );
            Ok(Redirect::to(&to).into_response())
        }
        Err(e) => {
            let page = Page::new(&visitor, "portal");
            let problem = said(&page, e)?;
            let kept = kept
                .0
                .into_iter()
                .flat_map(|(k, vs)| vs.into_iter().map(move |v| (format!("giu.{k}"), v)))
                .collect();
            Ok(unprocessable(
                SignInPage {
                    page,
                    typed,
                    kept,
                    problem,
                }
                .render()?,
            ))
        }
    }
}

pub async fn forgot(visitor: Visitor) -> Result<Html<String>, WebError> {
    let page = Page::new(&visitor, "portal");
    Ok(Html(
        ForgotPage {
            page,
            typed: Typed::default(),
            problem: None,
        }
        .render()?,
    ))
}

pub async fn do_forgot(State(app): State<AppState>, visitor: Visitor, Form(typed): Form<Typed>) -> Result<Response, WebError> {
    limit::check(&app.limits.code, &typed.login)?;
    match app.office.resend_code(&typed.login).await {
        Ok(()) => Ok(Redirect::to(&format!("/dat-lai-mat-khau?login={}", view::encode(&typed.login))).into_response()),
        Err(e) => {
            let page = Page::new(&visitor, "portal");
            let problem = said(&page, e)?;
            Ok(unprocessable(ForgotPage { page, typed, problem }.render()?))
        }
    }
}

pub async fn reset(visitor: Visitor, Query(typed): Query<Typed>) -> Result<Html<String>, WebError> {
    Ok(Html(
        ConfirmPage {
            page: Page::new(&visitor, "portal"),
            typed,
            problem: None,
            reset: true,
        }
        .render()?,
    ))
}

pub async fn do_reset(State(app): State<AppState>, visitor: Visitor, Form(typed): Form<Typed>) -> Result<Response, WebError> {
    limit::check(&app.limits.code, &typed.login)?;
    match app.office.reset_password(&typed.login, &typed.code, &typed.password).await {
        Ok(token) => Ok(opened(&app, &token, "/ho-so")),
        Err(e) => {
            let page = Page::new(&visitor, "portal");
            let problem = said(&page, e)?;
            Ok(unprocessable(
                ConfirmPage {
                    page,
                    typed,
                    problem,
                    reset: true,
                }
                .render()?,
            ))
        }
    }
}

pub async fn sign_out(State(app): State<AppState>, visitor: Visitor) -> Result<Response, WebError> {
    if let Some(token) = &visitor.token {
        app.office.sign_out(token).await?;
    }
    Ok(opened(&app, "", "/"))
}

pub async fn profile(signed: Signed) -> Result<Html<String>, WebError> {
    Ok(Html(profile_page(&signed, None, false)?))
}

fn profile_page(signed: &Signed, problem: Option<String>, saved: bool) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, "portal");
    let account = signed.visitor.account.as_deref().cloned().ok_or(WebError::NotFound)?;
    let login = if account.phone.is_empty() {
        account.email
    } else {
        account.phone
    };
    let (name, person_id, birth_date) = (account.name, account.person_id, account.birth_date);
    Ok(ProfilePage {
        page,
        name,
        person_id,
        birth_date,
        login,
        saved,
        problem,
    }
    .render()?)
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Profile {
    name: String,
    person_id: String,
    birth_date: String,
}

pub async fn save_profile(
    State(app): State<AppState>,
    mut signed: Signed,
    Form(typed): Form<Profile>,
) -> Result<Response, WebError> {
    use motcua_model::identifier::{BirthDate, PersonId};
    let w = signed.visitor.words();
    let mut account = signed.visitor.account.as_deref().cloned().ok_or(WebError::NotFound)?;
    account.name = typed.name;
    let mut problem = None;
    match PersonId::parse(&typed.person_id) {
        Ok(id) => account.person_id = id.as_str().to_owned(),
        Err(_) if typed.person_id.trim().is_empty() => account.person_id.clear(),
        Err(_) => problem = Some(w.problem_person_id_digits().to_owned()),
    }
    match typed.birth_date.parse::<BirthDate>() {
        Ok(date) => account.birth_date = date.to_string(),
        Err(_) if typed.birth_date.trim().is_empty() => account.birth_date.clear(),
        Err(_) => problem = Some(w.problem_date_format().to_owned()),
    }
    if problem.is_none() {
        match app.office.save_profile(&account).await {
            Ok(()) => {
                signed.visitor.account = Some(std::sync::Arc::new(account));
                return Ok(Html(profile_page(&signed, None, true)?).into_response());
            }
            Err(e @ OfficeError::Account(AccountProblem::BadName)) => problem = Some(view::office_error(w, &e)),
            Err(e) => return Err(e.into()),
        }
    }
    Ok(unprocessable(profile_page(&signed, problem, false)?))
}
