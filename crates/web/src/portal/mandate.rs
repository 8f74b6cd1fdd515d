//! `/tai-khoan/uy-quyen`: letting another act for me, and acting for others; `/ho-so/thay-mat`: their requests.

use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::limit;
use crate::portal::draft::first_step;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::actor::Role;
use motcua_model::clock::local;
use motcua_model::dossier::Dossier;
use motcua_model::id::{DossierId, MandateId, ProcedureCode};
use motcua_model::identifier::{Phone, parse_date};
use motcua_model::mandate::{Mandate, MandateProblem, MandateState, PURPOSE_MAX, Scope};
use motcua_model::permission::Action;
use motcua_office::mandate::Giving;
use motcua_words::Words;
use serde::Deserialize;

/// Months that a mandate lasts where nothing else is typed.
const MONTHS: i64 = 6;

/// What was typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    to: String,
    name: String,
    person_id: String,
    scope: String,
    service: String,
    dossier: String,
    until: String,
    purpose: String,
}

struct Line {
    id: MandateId,
    /// The other side: who is to act, or who gave it.
    who: String,
    login: String,
    scope: String,
    until: String,
    purpose: String,
    state: &'static str,
    kind: &'static str,
    ended: String,
    /// Whether it can be accepted.
    asked: bool,
    /// Whether it can be ended.
    open: bool,
}

#[derive(Template)]
#[template(path = "portal/mandates.html")]
struct MandatesPage {
    page: Page,
    given: Vec<Line>,
    received: Vec<Line>,
    services: Vec<(String, String)>,
    dossiers: Vec<(DossierId, String)>,
    t: Typed,
    field: &'static str,
    problem: String,
}

fn service_name(app: &AppState, w: Words, code: &ProcedureCode) -> String {
    let service = app.office.catalogue().service(code);
    service.map_or_else(|| code.0.clone(), |s| s.sheet.name.get(w.0).to_owned())
}

/// What a mandate is for, in words.
fn scope_said(app: &AppState, w: Words, m: &Mandate) -> String {
    match &m.scope {
        Scope::All => w.mandate_scope_all().to_owned(),
        Scope::Service { code } => w.mandate_scope_service(service_name(app, w, code)),
        Scope::Dossier { .. } => w.mandate_scope_dossier().to_owned(),
    }
}

fn line(app: &AppState, w: Words, m: &Mandate, gave: bool) -> Line {
    let today = local(app.office.now()).date();
    let over = m.state == MandateState::Accepted && !m.holds_on(today);
    Line {
        id: m.id,
        who: if gave { m.to.name.clone() } else { m.principal_name.clone() },
        login: if gave {
            Phone::parse(&m.to.login).map_or_else(|_| m.to.login.clone(), |p| p.national())
        } else {
            String::new()
        },
        scope: scope_said(app, w, m),
        until: view::date(m.until),
        purpose: m.purpose.clone(),
        state: match m.state {
            _ if over => w.mandate_state_over(),
            MandateState::Asked => w.mandate_state_asked(),
            MandateState::Accepted => w.mandate_state_accepted(),
            MandateState::Declined => w.mandate_state_declined(),
            MandateState::Revoked => w.mandate_state_revoked(),
        },
        kind: if over { "revoked" } else { m.state.as_str() },
        ended: m
            .ended
            .as_ref()
            .map_or_else(String::new, |e| w.mandate_ended(&e.by, view::moment(w, e.at))),
        asked: m.state == MandateState::Asked && !gave,
        open: matches!(m.state, MandateState::Asked | MandateState::Accepted) && !over,
    }
}

async fn render(app: &AppState, signed: &Signed, t: Typed, problem: Option<MandateProblem>) -> Result<Response, WebError> {
    let page = Page::new(&signed.visitor, "portal");
    let w = page.w;
    let all = app.office.mandates(&signed.actor).await?;
    let own = app.office.my_dossiers(&signed.actor, None).await?;
    let whole = app.office.catalogue().services().iter().filter(|s| s.whole);
    let view = MandatesPage {
        given: all.given.iter().map(|m| line(app, w, m, true)).collect(),
        received: all.received.iter().map(|m| line(app, w, m, false)).collect(),
        services: whole
            .map(|s| (s.sheet.code.0.clone(), s.sheet.name.get(w.0).to_owned()))
            .collect(),
        dossiers: own
            .into_iter()
            .map(|l| {
                let name = service_name(app, w, &ProcedureCode(l.procedure));
                (l.id, format!("{name} · {}", l.code))
            })
            .collect(),
        t,
        field: problem.map_or("", field_of),
        problem: problem.map_or_else(String::new, |p| said(w, p)),
        page,
    };
    let status = if problem.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok((status, Html(view.render()?)).into_response())
}

fn field_of(problem: MandateProblem) -> &'static str {
    match problem {
        MandateProblem::Login | MandateProblem::Herself => "to",
        MandateProblem::Name => "name",
        MandateProblem::PersonId => "person_id",
        MandateProblem::Until => "until",
        MandateProblem::Scope => "scope",
        MandateProblem::Purpose => "purpose",
        MandateProblem::OtherPerson | MandateProblem::Settled => "",
    }
}

fn said(w: Words, problem: MandateProblem) -> String {
    match problem {
        MandateProblem::Login => w.account_bad_login().to_owned(),
        MandateProblem::Herself => w.mandate_herself().to_owned(),
        MandateProblem::Name => w.account_bad_name().to_owned(),
        MandateProblem::PersonId => w.mandate_bad_person_id().to_owned(),
        MandateProblem::Until => w.mandate_bad_until().to_owned(),
        MandateProblem::Scope => w.mandate_bad_scope().to_owned(),
        MandateProblem::Purpose => w.problem_too_long(PURPOSE_MAX),
        MandateProblem::OtherPerson => w.mandate_other_person().to_owned(),
        MandateProblem::Settled => w.mandate_settled().to_owned(),
    }
}

pub async fn show(State(app): State<AppState>, signed: Signed) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Citizen])?;
    let until = local(app.office.now())
        .date()
        .saturating_add(jiff::Span::new().months(MONTHS));
    let t = Typed {
        until: view::date(until),
        ..Typed::default()
    };
    render(&app, &signed, t, None).await
}

pub async fn give(State(app): State<AppState>, signed: Signed, Form(t): Form<Typed>) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Citizen])?;
    limit::check(&app.limits.sms, &format!("mandate {}", signed.actor.account))?;
    let scope = match t.scope.as_str() {
        "all" => Some(Scope::All),
        "service" => Some(Scope::Service {
            code: ProcedureCode(t.service.clone()),
        }),
        "dossier" => t.dossier.parse().ok().map(|id| Scope::Dossier { id }),
        _ => None,
    };
    let giving = Giving {
        to: t.to.clone(),
        name: t.name.clone(),
        person_id: t.person_id.clone(),
        scope,
        until: parse_date(&t.until).ok(),
        purpose: t.purpose.clone(),
    };
    match app.office.give_mandate(&signed.actor, giving).await? {
        Ok(()) => Ok(Redirect::to("/tai-khoan/uy-quyen").into_response()),
        Err(problem) => render(&app, &signed, t, Some(problem)).await,
    }
}

pub async fn accept(State(app): State<AppState>, signed: Signed, Path(id): Path<MandateId>) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Citizen])?;
    match app.office.accept_mandate(&signed.actor, id).await? {
        Ok(()) => Ok(Redirect::to("/ho-so/thay-mat").into_response()),
        Err(problem) => render(&app, &signed, Typed::default(), Some(problem)).await,
    }
}

pub async fn end(State(app): State<AppState>, signed: Signed, Path(id): Path<MandateId>) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Citizen])?;
    match app.office.end_mandate(&signed.actor, id).await? {
        Ok(()) => Ok(Redirect::to("/tai-khoan/uy-quyen").into_response()),
        Err(problem) => render(&app, &signed, Typed::default(), Some(problem)).await,
    }
}

struct Theirs {
    id: DossierId,
    name: String,
    code: String,
    status: &'static str,
    kind: String,
    when: String,
}

struct Principal {
    id: MandateId,
    name: String,
    scope: String,
    until: String,
    /// The services that may be filed for her.
    services: Vec<(String, String)>,
    dossiers: Vec<Theirs>,
}

#[derive(Template)]
#[template(path = "portal/for_others.html")]
struct ForOthersPage {
    page: Page,
    principals: Vec<Principal>,
}

pub async fn theirs(State(app): State<AppState>, signed: Signed) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Citizen])?;
    let page = Page::new(&signed.visitor, "portal");
    let w = page.w;
    let catalogue = app.office.catalogue();
    let named = |code: &ProcedureCode| (code.0.clone(), service_name(&app, w, code));
    let all = app.office.for_principals(&signed.actor).await?;
    let principals = all.into_iter().map(|p| Principal {
        id: p.mandate.id,
        name: p.mandate.principal_name.clone(),
        scope: scope_said(&app, w, &p.mandate),
        until: view::date(p.mandate.until),
        services: match &p.mandate.scope {
            Scope::Dossier { .. } => Vec::new(),
            Scope::Service { code } => vec![named(code)],
            Scope::All => {
                let whole = catalogue.services().iter().filter(|s| s.whole);
                whole.map(|s| named(&s.sheet.code)).collect()
            }
        },
        dossiers: p
            .dossiers
            .into_iter()
            .map(|l| Theirs {
                id: l.id,
                name: service_name(&app, w, &ProcedureCode(l.procedure)),
                code: l.code.0,
                status: view::status(w, &l.status),
                kind: l.status,
                when: view::day(w, l.filed_at),
            })
            .collect(),
    });
    Ok(Html(
        ForOthersPage {
            principals: principals.collect(),
            page,
        }
        .render()?,
    ))
}

/// Which service is to be filed for the principal.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Filed {
    service: String,
}

pub async fn file(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<MandateId>,
    Form(f): Form<Filed>,
) -> Result<Redirect, WebError> {
    let signed = signed.only(&[Role::Citizen])?;
    let code = ProcedureCode(f.service);
    let draft = app.office.begin_on_behalf(&signed.actor, id, &code).await?;
    Ok(Redirect::to(&first_step(&app, &code, draft)))
}

/// The banner over another's dossier; empty over one's own.
pub async fn banner(app: &AppState, signed: &Signed, d: &Dossier) -> Result<String, WebError> {
    let mandate = app.office.mandate_for(&signed.actor, d, Action::View).await?;
    let w = signed.visitor.words();
    Ok(mandate.map_or_else(String::new, |m| w.mandate_banner(view::date(m.until), &m.principal_name)))
}
