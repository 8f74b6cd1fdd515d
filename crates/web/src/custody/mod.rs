//! `/tui-thu`: bags of papers from hand to hand, for officers and postal clerks; the chain of custody of a dossier.

mod bag;
mod chain;
mod list;

use crate::AppState;
use crate::error::WebError;
use axum::Router;
use axum::routing::{get, post};
use motcua_model::actor::Role;
use motcua_model::custody::{BagRefusal, BagState, CodeProblem};
use motcua_model::id::DossierId;
use motcua_office::custody::AlarmKind;
use motcua_words::Words;

/// Who works with bags.
const HANDS: &[Role] = &[Role::Receptionist, Role::Specialist, Role::Leader, Role::PostClerk];

pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/tui-thu", get(list::show).post(list::open))
        .route("/tui-thu/ho-so/{id}", get(chain::show).post(chain::label))
        .route("/tui-thu/{bag}", get(bag::show))
        .route("/tui-thu/{bag}/danh-sach", get(bag::list))
        .route("/tui-thu/{bag}/{what}", post(bag::act))
}

/// The door's name in style sheets.
fn door(role: Role) -> &'static str {
    if role == Role::PostClerk { "post" } else { "desk" }
}

/// Where a bag stands, in words.
fn state(w: Words, state: BagState) -> &'static str {
    match state {
        BagState::Open => w.custody_state_open(),
        BagState::Sealed => w.custody_state_sealed(),
        BagState::Arrived => w.custody_state_arrived(),
        BagState::Closed => w.custody_state_closed(),
    }
}

/// Something that happened, in words.
fn event(w: Words, kind: &str) -> &'static str {
    match kind {
        "paper_in" => w.custody_event_paper_in(),
        "paper_out" => w.custody_event_paper_out(),
        "sealed" => w.custody_event_sealed(),
        "taken_broken" => w.custody_event_taken_broken(),
        "taken_on_paper" => w.custody_event_taken_on_paper(),
        "unsealed" => w.custody_event_unsealed(),
        "unsealed_broken" => w.custody_event_unsealed_broken(),
        "found" => w.custody_event_found(),
        "surplus" => w.custody_event_surplus(),
        "compared" => w.custody_event_compared(),
        "compared_whole" => w.custody_event_compared_whole(),
        "overdue" => w.custody_event_overdue(),
        "overdue_opened" => w.custody_event_overdue_opened(),
        "turned_up" => w.custody_event_turned_up(),
        _ => w.custody_event_taken(),
    }
}

/// What is wrong, in words.
fn alarm(w: Words, kind: AlarmKind) -> &'static str {
    match kind {
        AlarmKind::Late => w.custody_alarm_late(),
        AlarmKind::Uncompared => w.custody_alarm_uncompared(),
        AlarmKind::Opened => w.custody_alarm_opened(),
        AlarmKind::Missing => w.custody_alarm_missing(),
    }
}

/// What is wrong with a dossier's papers: what, in which bag, in whose hands last.
pub(crate) async fn alarms(app: &AppState, w: Words, id: DossierId) -> Result<Vec<(&'static str, String, String)>, WebError> {
    let found = app.office.custody_alarms(id).await?;
    Ok(found
        .into_iter()
        .map(|a| (alarm(w, a.kind), a.bag.0, w.custody_last_hand(a.last_hand)))
        .collect())
}

/// Why a bag's rules say no, and what to do.
pub(crate) fn refusal(w: Words, r: &BagRefusal) -> String {
    match r {
        BagRefusal::Code(CodeProblem::Empty) => w.custody_no_empty().to_owned(),
        BagRefusal::Code(CodeProblem::OtherKind) => w.custody_no_kind().to_owned(),
        BagRefusal::Code(CodeProblem::CheckDigit) => w.custody_no_digit().to_owned(),
        BagRefusal::Unknown(code) => w.custody_no_unknown(code),
        BagRefusal::Before(code) => w.custody_no_before(code),
        BagRefusal::OtherBag(code, bag) => w.custody_no_other_bag(bag, code),
        BagRefusal::WrongState(s) => w.custody_no_state(state(w, *s)),
        BagRefusal::OtherHand(name) => w.custody_no_hand(name),
        BagRefusal::NotOffered => w.custody_no_offer().to_owned(),
        BagRefusal::SamePerson => w.custody_no_same().to_owned(),
        BagRefusal::Empty => w.custody_no_papers().to_owned(),
        BagRefusal::Full(max) => w.custody_no_full(max),
        BagRefusal::SealMissing => w.custody_no_seal().to_owned(),
        BagRefusal::NoteMissing => w.custody_no_note().to_owned(),
        BagRefusal::NameMissing => w.custody_no_name().to_owned(),
        BagRefusal::ListCode => w.custody_no_list_code().to_owned(),
        BagRefusal::CarriedList => w.custody_no_carried_list().to_owned(),
        BagRefusal::NoWay => w.custody_no_way().to_owned(),
        BagRefusal::OtherPlace(_) => w.custody_no_place().to_owned(),
        BagRefusal::Overtaken => w.custody_no_overtaken().to_owned(),
        BagRefusal::NotFound => w.errors_not_found_remedy().to_owned(),
    }
}
