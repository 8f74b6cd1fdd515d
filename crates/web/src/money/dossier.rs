//! `/ke-toan/ho-so/ID`: what a dossier costs, what came, what goes back, and what an accountant does with it. Nothing
//! else of the dossier is shown.

use super::{KEEPERS, MONEY, typed_amount, words};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::dossier::{Dossier, Refund, RefundState, RefundWay, Refusal, key};
use motcua_model::id::DossierId;
use motcua_model::permission::{Action, Relation, may};
use motcua_office::OfficeError;
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    ma: String,
}

/// What was typed into one of the page's forms.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Typed {
    number: String,
    reason: String,
    reference: String,
    amount: String,
    way: String,
}

struct RefundLine {
    number: u32,
    amount: String,
    why: &'static str,
    note: String,
    how: &'static str,
    state: &'static str,
    kind: &'static str,
    proposed: String,
    decided: String,
    failure: String,
    decide: bool,
    by_hand: bool,
    retry: bool,
    paid: String,
}

#[derive(Template)]
#[template(path = "money/dossier.html")]
struct MoneyPage {
    page: Page,
    d: Dossier,
    agency: String,
    service: String,
    shares: Vec<(String, String)>,
    due: String,
    payments: Vec<(String, &'static str, String, String, String)>,
    surplus: Vec<(String, &'static str, String, String)>,
    refunds: Vec<RefundLine>,
    returnable: Vec<(String, String)>,
    proposes: bool,
    changes: bool,
    problem: Option<String>,
    typed: Typed,
}

pub async fn find(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Redirect, WebError> {
    let signed = signed.only(KEEPERS)?;
    let d = app.office.money_by_code(&signed.actor, &asked.ma).await?;
    Ok(Redirect::to(&format!("/ke-toan/ho-so/{}", d.id)))
}

pub async fn show(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Html<String>, WebError> {
    let signed = signed.only(KEEPERS)?;
    Ok(Html(render(&app, &signed, id, None, Typed::default()).await?))
}

async fn render(
    app: &AppState,
    signed: &Signed,
    id: DossierId,
    problem: Option<String>,
    typed: Typed,
) -> Result<String, WebError> {
    let d = app.office.money_of(&signed.actor, id).await?;
    let page = Page::new(&signed.visitor, MONEY);
    let w = page.w;
    let relation = Relation::of(&signed.actor, &d);
    let may = |action| may(signed.actor.role, action, relation);
    let refund = |r: &Refund| {
        let itself = app.office.pays_itself(r);
        let by_hand = match r.state {
            RefundState::Approved => !itself,
            RefundState::Failed => true,
            _ => false,
        };
        let reached = matches!(r.state, RefundState::Approved) && !itself;
        RefundLine {
            number: r.number,
            amount: view::money(w, r.amount),
            why: words::reason(w, r.reason.as_str()),
            note: r.note.clone(),
            how: words::method(w, r.method.as_str()),
            state: if reached {
                w.money_state_by_hand()
            } else {
                words::state(w, r.state.as_str())
            },
            kind: r.state.as_str(),
            proposed: w.money_proposed_by(view::short(r.proposed_at), &r.proposed_by_name),
            decided: if r.decided_by.is_empty() {
                String::new()
            } else {
                w.money_decided_by(&r.decided_by)
            },
            failure: if r.failure.is_empty() {
                String::new()
            } else {
                w.money_gateway_said(&r.failure)
            },
            decide: r.state == RefundState::Proposed && may(Action::DecideRefund) && r.proposed_by != signed.actor.account,
            by_hand: by_hand && may(Action::PayRefund),
            retry: r.state == RefundState::Failed && itself && may(Action::PayRefund),
            paid: r.paid_reference.clone(),
        }
    };
    let service = app.office.catalogue().service(&d.procedure);
    let view = MoneyPage {
        agency: agency_name(app, &d.agency, w.0),
        service: service.map_or_else(|| d.procedure.0.clone(), |s| s.sheet.name.get(w.0).to_owned()),
        shares: d
            .shares()
            .iter()
            .map(|s| {
                let name = format!("{}, {}", words::kind(w, s.kind), words::budget(w, &s.budget));
                (name, view::money(w, s.amount))
            })
            .collect(),
        due: view::money(w, d.fee_due()),
        payments: d
            .payments
            .iter()
            .map(|p| {
                let note = if d.charged_back.contains(&p.reference) {
                    w.money_charged_back().to_owned()
                } else {
                    String::new()
                };
                let how = words::method(w, p.method.as_str());
                (view::money(w, p.amount), how, p.receipt.clone(), p.reference.clone(), note)
            })
            .collect(),
        surplus: d
            .surplus
            .iter()
            .map(|p| {
                let how = words::method(w, p.method.as_str());
                (view::money(w, p.amount), how, p.reference.clone(), view::short(p.at))
            })
            .collect(),
        refunds: d.refunds.iter().map(refund).collect(),
        returnable: d
            .payments
            .iter()
            .chain(&d.surplus)
            .filter(|p| d.refundable(p) > 0 && !d.charged_back.contains(&p.reference))
            .map(|p| {
                let left = view::money(w, d.refundable(p));
                (key(p).to_owned(), format!("{} · {left}", key(p)))
            })
            .collect(),
        proposes: may(Action::ProposeRefund),
        changes: may(Action::ChangeFee) && !d.status.is_final(),
        problem,
        typed,
        page,
        d,
    };
    Ok(view.render()?)
}

/// Back to the page; what does not go through is said there, with what was typed.
async fn answer(
    app: &AppState,
    signed: &Signed,
    id: DossierId,
    typed: Typed,
    done: Result<Dossier, OfficeError>,
) -> Result<Response, WebError> {
    match done {
        Ok(_) => Ok(Redirect::to(&format!("/ke-toan/ho-so/{id}")).into_response()),
        Err(e @ OfficeError::Refused(Refusal::NotPermitted)) => Err(e.into()),
        Err(e @ OfficeError::Refused(_)) => {
            let said = view::office_error(signed.visitor.words(), &e);
            let html = render(app, signed, id, Some(said), typed).await?;
            Ok((WebError::from(e).status(), Html(html)).into_response())
        }
        Err(e) => Err(e.into()),
    }
}

async fn bad_amount(app: &AppState, signed: &Signed, id: DossierId, typed: Typed) -> Result<Response, WebError> {
    let said = signed.visitor.words().money_bad_amount().to_owned();
    let html = render(app, signed, id, Some(said), typed).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
}

impl Typed {
    fn refund(&self) -> u32 {
        self.number.parse().unwrap_or(0)
    }
}

pub async fn propose(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(t): Form<Typed>,
) -> Result<Response, WebError> {
    let signed = signed.only(KEEPERS)?;
    let Some(amount) = typed_amount(&t.amount) else {
        return bad_amount(&app, &signed, id, t).await;
    };
    let done = app
        .office
        .propose_refund(&signed.actor, id, t.reference.clone(), amount, t.reason.clone())
        .await;
    answer(&app, &signed, id, t, done).await
}

pub async fn approve(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(t): Form<Typed>,
) -> Result<Response, WebError> {
    let signed = signed.only(KEEPERS)?;
    let done = app.office.approve_refund(&signed.actor, id, t.refund()).await;
    answer(&app, &signed, id, t, done).await
}

pub async fn reject(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(t): Form<Typed>,
) -> Result<Response, WebError> {
    let signed = signed.only(KEEPERS)?;
    let done = app
        .office
        .reject_refund(&signed.actor, id, t.refund(), t.reason.clone())
        .await;
    answer(&app, &signed, id, t, done).await
}

pub async fn paid(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(t): Form<Typed>,
) -> Result<Response, WebError> {
    let signed = signed.only(KEEPERS)?;
    let way = RefundWay::parse(&t.way).unwrap_or(RefundWay::Cash);
    let done = app
        .office
        .pay_refund(&signed.actor, id, t.refund(), way, t.reference.clone())
        .await;
    answer(&app, &signed, id, t, done).await
}

pub async fn retry(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(t): Form<Typed>,
) -> Result<Response, WebError> {
    let signed = signed.only(KEEPERS)?;
    let done = app.office.retry_refund(&signed.actor, id, t.refund()).await;
    answer(&app, &signed, id, t, done).await
}

pub async fn change_fee(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(t): Form<Typed>,
) -> Result<Response, WebError> {
    let signed = signed.only(KEEPERS)?;
    let Some(total) = typed_amount(&t.amount) else {
        return bad_amount(&app, &signed, id, t).await;
    };
    let done = app.office.change_fee(&signed.actor, id, total, t.reason.clone()).await;
    answer(&app, &signed, id, t, done).await
}
