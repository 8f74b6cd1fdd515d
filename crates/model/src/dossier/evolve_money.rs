//! What a dossier becomes when something happened to its money.

use super::event::{Event, Recorded};
use super::money::{Refund, RefundState, key};
use super::state::{Dossier, Payment};

/// Folds an event about money; answers the note of its moment.
pub(super) fn evolve(d: &mut Dossier, recorded: &Recorded) -> String {
    match &recorded.event {
        Event::FeeChanged { shares, reason } => {
            d.fee = shares.iter().map(|s| s.amount).sum();
            d.fee_shares.clone_from(shares);
            reason.clone()
        }
        Event::SurplusReceived { payment, .. } => {
            d.surplus.push(payment.clone());
            payment.reference.clone()
        }
        Event::RefundProposed {
            amount,
            reference,
            owed,
            reason,
            note,
        } => {
            let of_it = |p: &&Payment| key(p) == reference;
            let payment = d.payments.iter().chain(&d.surplus).find(of_it);
            let Some(payment) = payment else {
                return String::new();
            };
            let refund = Refund {
                number: u32::try_from(d.refunds.len()).unwrap_or(u32::MAX).saturating_add(1),
                amount: *amount,
                method: payment.method,
                reference: reference.clone(),
                order: payment.order,
                owed: *owed,
                reason: *reason,
                note: note.clone(),
                state: RefundState::Proposed,
                proposed_by: recorded.actor.account,
                proposed_by_name: recorded.actor.name.clone(),
                proposed_at: recorded.at,
                decided_by: String::new(),
                paid_by: None,
                paid_reference: String::new(),
                failures: 0,
                failure: String::new(),
            };
            d.refunds.push(refund);
            note.clone()
        }
        Event::RefundApproved { refund } => {
            change(d, *refund, |r| {
                r.state = RefundState::Approved;
                r.decided_by.clone_from(&recorded.actor.name);
            });
            String::new()
        }
        Event::RefundRejected { refund, reason } => {
            change(d, *refund, |r| {
                r.state = RefundState::Rejected;
                r.decided_by.clone_from(&recorded.actor.name);
            });
            reason.clone()
        }
        Event::RefundPaid { refund, way, reference } => {
            change(d, *refund, |r| {
                r.state = RefundState::Paid;
                r.paid_by = Some(*way);
                r.paid_reference.clone_from(reference);
            });
            reference.clone()
        }
        Event::RefundFailed { refund, why } => {
            change(d, *refund, |r| {
                r.state = RefundState::Failed;
                r.failures += 1;
                r.failure.clone_from(why);
            });
            why.clone()
        }
        Event::ChargedBack { reference } => {
            d.charged_back.push(reference.clone());
            // The bank gave the money back itself.
            for refund in &mut d.refunds {
                if refund.reference == *reference && refund.state.is_open() {
                    refund.state = RefundState::Rejected;
                }
            }
            reference.clone()
        }
        _ => String::new(),
    }
}

fn change(d: &mut Dossier, number: u32, how: impl FnOnce(&mut Refund)) {
    if let Some(refund) = d.refunds.iter_mut().find(|r| r.number == number) {
        how(refund);
    }
}
