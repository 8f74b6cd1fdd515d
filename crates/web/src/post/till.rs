//! `/buu-dien/quy`: the clerk's own till: opened, filled by receipts, counted, closed; its deposit slip.

use super::{CLERKS, POST};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::money::typed_amount;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::actor::Role;
use motcua_model::id::TillId;
use motcua_model::till::{REASON_MAX, Till, TillProblem, TillState};
use motcua_office::till::AMOUNT_MAX;
use motcua_words::Words;
use serde::Deserialize;

/// A till as a line of a list.
pub(super) struct TillLine {
    pub id: TillId,
    pub clerk: String,
    pub day: String,
    pub state: &'static str,
    pub expected: String,
    pub counted: String,
    /// Empty where there is none.
    pub difference: String,
    pub reason: String,
    pub confirmed: String,
    pub deposit: String,
    /// Whether a head has to confirm it.
    pub waits: bool,
}

/// Money that may be short: `−10.000 đồng`.
pub(super) fn signed_money(w: Words, vnd: i64) -> String {
    let amount = view::money(w, vnd.unsigned_abs());
    match vnd.signum() {
        -1 => format!("−{amount}"),
        1 => format!("+{amount}"),
        _ => amount,
    }
}

/// The line of a till.
pub(super) fn till_line(w: Words, t: &Till) -> TillLine {
    let difference = t.difference().unwrap_or(0);
    TillLine {
        id: t.id,
        clerk: t.clerk_name.clone(),
        day: view::date(t.day),
        state: match t.state {
            TillState::Open => w.till_state_open(),
            TillState::Counted => w.till_state_counted(),
            TillState::Closed => w.till_state_closed(),
        },
        // What came in is written with the count: an open till is looked at on its own page.
        expected: if t.state == TillState::Open {
            String::new()
        } else {
            view::money(w, t.expected())
        },
        counted: t.count.as_ref().map_or_else(String::new, |c| view::money(w, c.counted)),
        difference: if difference == 0 {
            String::new()
        } else {
            signed_money(w, difference)
        },
        reason: t.count.as_ref().map_or_else(String::new, |c| c.reason.clone()),
        confirmed: t.confirmed.as_ref().map_or_else(String::new, |c| c.name.clone()),
        deposit: t.deposit.clone(),
        waits: t.state == TillState::Counted,
    }
}

/// Why a till cannot be had that way, and what to do.
pub(super) fn said(w: Words, problem: TillProblem) -> String {
    match problem {
        TillProblem::AlreadyOpen => w.till_already_open().to_owned(),
        TillProblem::NotYours => w.till_not_yours().to_owned(),
        TillProblem::NotOpen => w.till_not_open().to_owned(),
        TillProblem::NotCounted => w.till_not_counted().to_owned(),
        TillProblem::ReasonMissing => w.till_reason_missing().to_owned(),
        TillProblem::ReasonTooLong => w.problem_too_long(REASON_MAX),
        TillProblem::SamePerson => w.till_same_person().to_owned(),
        TillProblem::Overtaken => w.till_overtaken().to_owned(),
    }
}

/// What was typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    opening: String,
    expected: String,
    counted: String,
    reason: String,
}

struct OpenTill {
    day: String,
    office: String,
    opening: String,
    taken: String,
    expected: u64,
    expected_said: String,
    receipts: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "post/till.html")]
struct TillPage {
    page: Page,
    open: Option<OpenTill>,
    /// Cash of today may not go into the open till: it is another day's, or another office's.
    stale: bool,
    latest: Vec<TillLine>,
    t: Typed,
    problem: Option<String>,
}

async fn render(app: &AppState, signed: &Signed, t: Typed, problem: Option<String>) -> Result<Response, WebError> {
    let page = Page::new(&signed.visitor, POST);
    let w = page.w;
    let own = app.office.own_tills(&signed.actor).await?;
    let stale = app.office.till_left_open(&signed.actor).await?.is_some();
    let open = own.open.map(|(loaded, lines)| OpenTill {
        day: view::date(loaded.till.day),
        office: agency_name(app, &loaded.till.office, w.0),
        opening: view::money(w, loaded.till.opening),
        taken: view::money(w, loaded.till.taken),
        expected: loaded.till.expected(),
        expected_said: view::money(w, loaded.till.expected()),
        receipts: lines
            .into_iter()
            .map(|l| (l.receipt, agency_name(app, &l.agency, w.0), view::money(w, l.amount)))
            .collect(),
    });
    let latest = own.latest.iter().filter(|t| t.state != TillState::Open);
    let view = TillPage {
        latest: latest.map(|t| till_line(w, t)).collect(),
        open,
        stale,
        t,
        page,
        problem,
    };
    let status = if view.problem.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok((status, Html(view.render()?)).into_response())
}

pub async fn show(State(app): State<AppState>, signed: Signed) -> Result<Response, WebError> {
    let signed = signed.only(CLERKS)?;
    render(&app, &signed, Typed::default(), None).await
}

/// An amount that was typed; none for nonsense and for more than any till holds.
fn amount(text: &str) -> Option<u64> {
    typed_amount(text).filter(|a| *a <= AMOUNT_MAX)
}

pub async fn open(State(app): State<AppState>, signed: Signed, Form(t): Form<Typed>) -> Result<Response, WebError> {
    let signed = signed.only(CLERKS)?;
    let w = signed.visitor.words();
    let Some(opening) = amount(&t.opening) else {
        return render(&app, &signed, t, Some(w.money_bad_amount().to_owned())).await;
    };
    match app.office.open_till(&signed.actor, opening).await? {
        Ok(()) => Ok(Redirect::to("/buu-dien/quy").into_response()),
        Err(problem) => render(&app, &signed, t, Some(said(w, problem))).await,
    }
}

pub async fn count(State(app): State<AppState>, signed: Signed, Form(t): Form<Typed>) -> Result<Response, WebError> {
    let signed = signed.only(CLERKS)?;
    let w = signed.visitor.words();
    let expected: u64 = t.expected.parse().map_err(|_| WebError::BadRequest)?;
    let Some(counted) = amount(&t.counted) else {
        return render(&app, &signed, t, Some(w.money_bad_amount().to_owned())).await;
    };
    match app.office.count_till(&signed.actor, expected, counted, &t.reason).await? {
        Ok(till) if till.state == TillState::Closed => {
            Ok(Redirect::to(&format!("/buu-dien/quy/{}/phieu-nop", till.id)).into_response())
        }
        Ok(_) => Ok(Redirect::to("/buu-dien/quy").into_response()),
        Err(problem) => render(&app, &signed, t, Some(said(w, problem))).await,
    }
}

#[derive(Template)]
#[template(path = "post/deposit.html")]
struct DepositPage {
    page: Page,
    back: &'static str,
    office: String,
    line: TillLine,
    opening: String,
    deposit: String,
    agencies: Vec<(String, String)>,
    receipts: Vec<(String, String)>,
}

/// The slip that goes to the treasury with the cash.
pub async fn deposit(State(app): State<AppState>, signed: Signed, Path(id): Path<TillId>) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::PostClerk, Role::PostHead])?;
    let page = Page::new(&signed.visitor, POST);
    let w = page.w;
    let (loaded, lines) = app.office.till(&signed.actor, id).await?;
    if loaded.till.state != TillState::Closed {
        return Err(WebError::NotFound);
    }
    let shares = motcua_model::till::shares(&loaded.taken, loaded.till.difference().unwrap_or(0));
    let view = DepositPage {
        back: if signed.actor.role == Role::PostHead {
            "/buu-dien/quan-ly"
        } else {
            "/buu-dien/quy"
        },
        office: agency_name(&app, &loaded.till.office, w.0),
        line: till_line(w, &loaded.till),
        opening: view::money(w, loaded.till.opening),
        deposit: view::money(w, loaded.till.to_deposit()),
        agencies: shares
            .into_iter()
            .map(|s| (agency_name(&app, &s.agency, w.0), view::money(w, s.counted)))
            .collect(),
        receipts: lines.into_iter().map(|l| (l.receipt, view::money(w, l.amount))).collect(),
        page,
    };
    Ok(Html(view.render()?))
}
