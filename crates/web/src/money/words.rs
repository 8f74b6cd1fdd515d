//! How money is said: reasons, states, accounts, events.

use crate::AppState;
use crate::app::agency_name;
use crate::view;
use motcua_model::dossier::{FeeKind, PaymentMethod};
use motcua_model::ledger::Account;
use motcua_words::Words;

/// Why money goes back, by its stored name.
pub fn reason(w: Words, reason: &str) -> &'static str {
    match reason {
        "paid_twice" => w.money_reason_paid_twice(),
        "paid_late" => w.money_reason_paid_late(),
        "paid_after_end" => w.money_reason_paid_after_end(),
        "other_amount" => w.money_reason_other_amount(),
        "not_accepted" => w.money_reason_not_accepted(),
        "withdrawn" => w.money_reason_withdrawn(),
        "annulled" => w.money_reason_annulled(),
        "fee_lowered" => w.money_reason_fee_lowered(),
        _ => w.money_reason_said(),
    }
}

/// Where a refund stands, by its stored name.
pub fn state(w: Words, state: &str) -> &'static str {
    match state {
        "proposed" => w.money_state_proposed(),
        "approved" => w.money_state_approved(),
        "paid" => w.money_state_paid(),
        "rejected" => w.money_state_rejected(),
        _ => w.money_state_failed(),
    }
}

/// How money moved, by its stored name.
pub fn method(w: Words, method: &str) -> &'static str {
    match PaymentMethod::parse(method) {
        Some(PaymentMethod::Vnpay) => w.money_vnpay(),
        Some(PaymentMethod::Vietqr) => w.money_vietqr(),
        Some(PaymentMethod::Transfer) => w.money_transfer(),
        Some(PaymentMethod::Cash) => w.money_cash(),
        None => "",
    }
}

/// Phí or lệ phí.
pub fn kind(w: Words, kind: FeeKind) -> &'static str {
    match kind {
        FeeKind::Fee => w.money_fee(),
        FeeKind::Charge => w.money_charge(),
    }
}

/// A budget account, or that there is none yet.
pub fn budget(w: Words, budget: &str) -> String {
    if budget.is_empty() {
        w.money_no_budget().to_owned()
    } else {
        w.money_budget(budget)
    }
}

/// An account by its stored name.
pub fn account(app: &AppState, w: Words, name: &str) -> String {
    match Account::parse(name) {
        Some(Account::Due) => w.money_account_due().to_owned(),
        Some(Account::Held(m)) => w.money_account_held(method(w, m.as_str())),
        Some(Account::Till(office)) => w.money_account_till(agency_name(app, &office, w.0)),
        Some(Account::Post(office)) => w.money_account_post(agency_name(app, &office, w.0)),
        Some(Account::Treasury) => w.money_account_treasury().to_owned(),
        Some(Account::Income(k, b)) => w.money_account_income(budget(w, &b), kind(w, k)),
        Some(Account::Owed) => w.money_account_owed().to_owned(),
        Some(Account::Unknown) => w.money_account_unknown().to_owned(),
        Some(Account::Cost) => w.money_account_cost().to_owned(),
        Some(Account::Difference) => w.money_account_difference().to_owned(),
        None => name.to_owned(),
    }
}

/// What happened, by the entry's kind.
pub fn event(w: Words, kind: &str) -> &'static str {
    match kind {
        "till_closed" => w.money_event_till_closed(),
        "settled" => w.money_event_settled(),
        "unknown_came" => w.money_event_unknown_came(),
        "unknown_cleared" => w.money_event_unknown_cleared(),
        kind => view::event(w, kind),
    }
}

/// VND that may be negative.
pub fn signed(w: Words, vnd: i64) -> String {
    let text = view::money(w, vnd.unsigned_abs());
    if vnd < 0 { format!("−{text}") } else { text }
}
