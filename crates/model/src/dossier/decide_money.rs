//! What follows from commands about money.

use super::Context;
use super::decide::{needed, short, wrong};
use super::event::Event;
use super::money::{FeeShare, REFUND_LIMIT, RefundReason, RefundState, RefundWay, key};
use super::refusal::Refusal;
use super::state::{Dossier, Payment, Status};
use crate::actor::Role;

/// Largest fee in VND that is taken for meant.
const FEE_MAX: u64 = 100_000_000_000;

/// Money came, whatever was due: it is booked for the fee, or it is kept and its return is proposed. `ordered` is the
/// amount of the order it came for; `late` says that it was paid after the order had expired.
pub(super) fn receive(d: &Dossier, payment: Payment, ordered: u64, late: bool) -> Result<Vec<Event>, Refusal> {
    if d.knows(&payment) {
        return Err(Refusal::AlreadyPaid);
    }
    if payment.amount == 0 {
        return Err(Refusal::WrongAmount { due: d.fee_due() });
    }
    let (due, came) = (d.fee_due(), payment.amount);
    let why = if ended(d) {
        RefundReason::PaidAfterEnd
    } else if due == 0 {
        RefundReason::PaidTwice
    } else if late {
        RefundReason::PaidLate
    } else if came > due {
        // More than is due: the fee is paid, the rest goes back.
        let reason = if came == ordered {
            RefundReason::FeeLowered
        } else {
            RefundReason::OtherAmount
        };
        let rest = Event::RefundProposed {
            amount: came - due,
            reference: key(&payment).to_owned(),
            owed: true,
            reason,
            note: String::new(),
        };
        return Ok(vec![received(d, payment), rest]);
    } else if came < due && came != ordered {
        RefundReason::OtherAmount
    } else {
        // What was ordered; the fee may have been raised meanwhile, then the rest stays due.
        return Ok(vec![received(d, payment)]);
    };
    Ok(keep(d, payment, why))
}

fn received(d: &Dossier, payment: Payment) -> Event {
    Event::PaymentReceived {
        payment,
        agency: d.agency.clone(),
    }
}

/// Money that came too much is kept, and its return is proposed at once.
fn keep(d: &Dossier, payment: Payment, reason: RefundReason) -> Vec<Event> {
    let proposed = Event::RefundProposed {
        amount: payment.amount,
        reference: key(&payment).to_owned(),
        owed: true,
        reason,
        note: String::new(),
    };
    let surplus = Event::SurplusReceived {
        payment,
        reason,
        agency: d.agency.clone(),
    };
    vec![surplus, proposed]
}

/// What is proposed to go back when a dossier ends before the agency did anything for it.
pub(super) fn give_back_all(d: &Dossier, reason: RefundReason) -> Vec<Event> {
    let counts = d.payments.iter().filter(|p| !d.charged_back.contains(&p.reference));
    counts
        .map(|p| (p, d.refundable(p)))
        .filter(|(_, amount)| *amount > 0)
        .map(|(p, amount)| Event::RefundProposed {
            amount,
            reference: key(p).to_owned(),
            owed: false,
            reason,
            note: String::new(),
        })
        .collect()
}

/// The bank took a payment back (charge back): the fee is due again.
pub(super) fn charge_back(d: &Dossier, reference: String) -> Result<Vec<Event>, Refusal> {
    if reference.is_empty() || d.charged_back.contains(&reference) {
        return Err(Refusal::AlreadyPaid);
    }
    d.money(&reference).ok_or(Refusal::NotFound)?;
    Ok(vec![Event::ChargedBack { reference }])
}

/// The fee becomes another: an exemption shown later, or a mistake.
pub(super) fn change_fee(d: &Dossier, shares: Vec<FeeShare>, reason: String) -> Result<Vec<Event>, Refusal> {
    if ended(d) {
        return wrong(d);
    }
    let total = shares.iter().fold(0u64, |sum, s| sum.saturating_add(s.amount));
    if total == d.fee || total > FEE_MAX {
        return Err(Refusal::WrongAmount { due: d.fee });
    }
    // What already goes back was counted against the old fee.
    if d.refunds.iter().any(|r| r.state != RefundState::Rejected) {
        return Err(Refusal::RefundUnderWay);
    }
    let reason = needed(reason)?;
    let mut events = vec![Event::FeeChanged { shares, reason }];
    // What was paid beyond the new fee goes back, from the latest payment on.
    let mut excess = d.paid().saturating_sub(total);
    for p in d.payments.iter().rev() {
        if d.charged_back.contains(&p.reference) {
            continue;
        }
        let amount = d.refundable(p).min(excess);
        if amount > 0 {
            excess -= amount;
            events.push(Event::RefundProposed {
                amount,
                reference: key(p).to_owned(),
                owed: true,
                reason: RefundReason::FeeLowered,
                note: String::new(),
            });
        }
    }
    Ok(events)
}

/// An officer proposes that money goes back.
pub(super) fn propose(d: &Dossier, reference: String, amount: u64, note: String) -> Result<Vec<Event>, Refusal> {
    let (payment, owed) = d.money(&reference).ok_or(Refusal::NotFound)?;
    let left = d.refundable(payment);
    if amount == 0 || amount > left || d.charged_back.contains(&reference) {
        return Err(Refusal::TooMuchBack { left });
    }
    Ok(vec![Event::RefundProposed {
        amount,
        reference,
        owed,
        reason: RefundReason::Said,
        note: needed(note)?,
    }])
}

/// A second person approves.
pub(super) fn approve(d: &Dossier, number: u32, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    let refund = d.refund(number).ok_or(Refusal::NotFound)?;
    if refund.state != RefundState::Proposed {
        return Err(Refusal::Overtaken);
    }
    if refund.proposed_by == cx.actor.account {
        return Err(Refusal::SamePerson);
    }
    let alone = cx.actor.role == Role::Accountant && cx.actor.agency.is_some();
    if refund.amount > REFUND_LIMIT && alone {
        return Err(Refusal::OverLimit { limit: REFUND_LIMIT });
    }
    Ok(vec![Event::RefundApproved { refund: number }])
}

/// A second person says no.
pub(super) fn reject(d: &Dossier, number: u32, reason: String, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    let refund = d.refund(number).ok_or(Refusal::NotFound)?;
    if refund.state != RefundState::Proposed {
        return Err(Refusal::Overtaken);
    }
    if refund.proposed_by == cx.actor.account {
        return Err(Refusal::SamePerson);
    }
    Ok(vec![Event::RefundRejected {
        refund: number,
        reason: needed(reason)?,
    }])
}

/// The money went back.
pub(super) fn pay(d: &Dossier, number: u32, way: RefundWay, reference: String) -> Result<Vec<Event>, Refusal> {
    let refund = d.refund(number).ok_or(Refusal::NotFound)?;
    if !matches!(refund.state, RefundState::Approved | RefundState::Failed) {
        return Err(Refusal::Overtaken);
    }
    let reference = short(reference)?;
    if reference.is_empty() && way != RefundWay::Same {
        return Err(Refusal::TakerMissing);
    }
    Ok(vec![Event::RefundPaid {
        refund: number,
        way,
        reference,
    }])
}

/// The gateway or the bank did not do it.
pub(super) fn fail(d: &Dossier, number: u32, why: String) -> Result<Vec<Event>, Refusal> {
    let refund = d.refund(number).ok_or(Refusal::NotFound)?;
    if refund.state != RefundState::Approved {
        return Err(Refusal::Overtaken);
    }
    Ok(vec![Event::RefundFailed { refund: number, why }])
}

/// A failed refund is tried again the way it came.
pub(super) fn retry(d: &Dossier, number: u32) -> Result<Vec<Event>, Refusal> {
    let refund = d.refund(number).ok_or(Refusal::NotFound)?;
    if refund.state != RefundState::Failed {
        return Err(Refusal::Overtaken);
    }
    Ok(vec![Event::RefundApproved { refund: number }])
}

fn ended(d: &Dossier) -> bool {
    matches!(
        d.status,
        Status::Refused | Status::Withdrawn | Status::Stopped | Status::Annulled
    )
}
