//! What an event of a dossier means in money.

use super::{Account, Entry, Posting, vnd};
use crate::actor::{Actor, Role};
use crate::dossier::{Dossier, Event, FeeShare, Payment, PaymentMethod, Recorded, Refund, RefundState, RefundWay, key, take};
use crate::id::AgencyCode;

/// The entry that an event makes on a dossier as it was before it; none where it moves no money and changes nothing due.
#[must_use]
pub fn post(before: Option<&Dossier>, recorded: &Recorded) -> Option<Entry> {
    let Recorded { at, actor, event } = recorded;
    let agency = match (before, event) {
        (Some(d), _) => d.agency.clone(),
        (None, Event::Submitted { agency, .. }) => agency.clone(),
        (None, _) => return None,
    };
    let mut entry = Entry {
        agency,
        at: *at,
        kind: event.kind(),
        method: None,
        reference: String::new(),
        moved: 0,
        postings: Vec::new(),
    };
    match (before, event) {
        (_, Event::Submitted { fee, fee_shares, .. }) => {
            let shares = if fee_shares.is_empty() {
                vec![FeeShare {
                    kind: Default::default(),
                    budget: String::new(),
                    amount: *fee,
                }]
            } else {
                fee_shares.clone()
            };
            entry.line(Account::Due, vnd(*fee));
            entry.income(&shares, -1);
        }
        (Some(d), Event::FeeChanged { shares, .. }) => {
            let total: u64 = shares.iter().map(|s| s.amount).sum();
            entry.income(&d.shares(), 1);
            entry.income(shares, -1);
            // What was paid beyond the new fee is not due to us but owed by us.
            let due = vnd(total.saturating_sub(d.paid())) - vnd(d.fee_due());
            let owed = vnd(d.paid().saturating_sub(total)) - vnd(d.paid().saturating_sub(d.fee));
            entry.line(Account::Due, due);
            entry.line(Account::Owed, -owed);
        }
        (Some(d), Event::PaymentReceived { payment, .. }) => {
            entry.came(payment, actor);
            let fee = payment.amount.min(d.fee_due());
            entry.line(Account::Due, -vnd(fee));
            entry.line(Account::Owed, -vnd(payment.amount - fee));
        }
        (Some(_), Event::SurplusReceived { payment, .. }) => {
            entry.came(payment, actor);
            entry.line(Account::Owed, -vnd(payment.amount));
        }
        // Nothing more will be asked for.
        (Some(d), Event::Refused { .. } | Event::Withdrawn { .. } | Event::Stopped { .. }) => {
            let left = d.fee_due();
            let mut shares = d.shares();
            shares.reverse();
            entry.income(&take(&shares, left), 1);
            entry.line(Account::Due, -vnd(left));
        }
        (Some(d), Event::RefundApproved { refund }) => {
            let refund = d.refund(*refund)?;
            // Money that came too much is owed already, and so is what was approved before and tried again.
            if refund.owed || refund.failures > 0 {
                return None;
            }
            entry.income(&take(&d.shares(), refund.amount), 1);
            let shared: i64 = entry.postings.iter().map(|p| p.amount).sum();
            // Whatever the parts do not cover (a fee that was lowered later) is a charge all the same.
            entry.line(
                Account::Income(Default::default(), String::new()),
                vnd(refund.amount) - shared,
            );
            entry.line(Account::Owed, -vnd(refund.amount));
        }
        (Some(d), Event::RefundPaid { refund, way, reference }) => {
            let refund = d.refund(*refund)?;
            let amount = vnd(refund.amount);
            let (from, method) = match way {
                RefundWay::Cash => (till(actor, &entry.agency), PaymentMethod::Cash),
                RefundWay::Transfer => (Account::Held(PaymentMethod::Transfer), PaymentMethod::Transfer),
                RefundWay::Same if refund.method == PaymentMethod::Cash => (till(actor, &entry.agency), PaymentMethod::Cash),
                RefundWay::Same => (Account::Held(refund.method), refund.method),
            };
            entry.method = Some(method);
            entry.reference.clone_from(reference);
            entry.moved = -amount;
            entry.line(Account::Owed, amount);
            entry.line(from, -amount);
        }
        (Some(d), Event::ChargedBack { reference }) => {
            let (payment, surplus) = d.money(reference)?;
            let amount = vnd(payment.amount);
            entry.method = Some(payment.method);
            entry.reference.clone_from(reference);
            entry.moved = -amount;
            // What was owed to her and is not paid yet is owed no more; the rest she owes us again.
            let of_it = d.refunds.iter().filter(|r| r.reference == *reference);
            let owed = if surplus {
                let paid_back = of_it.filter(|r| r.state == RefundState::Paid).map(|r| vnd(r.amount));
                amount - paid_back.sum::<i64>()
            } else {
                let counted = |r: &&Refund| r.state.is_open() && (r.owed || r.state != RefundState::Proposed);
                of_it.filter(counted).map(|r| vnd(r.amount)).sum()
            };
            entry.line(Account::Held(payment.method), -amount);
            entry.line(Account::Owed, owed);
            entry.line(Account::Due, amount - owed);
        }
        _ => return None,
    }
    entry.postings.retain(|p| p.amount != 0);
    (!entry.postings.is_empty()).then_some(entry)
}

/// The till that cash goes into and comes out of: the post office's or the counter's.
fn till(actor: &Actor, agency: &AgencyCode) -> Account {
    let office = actor.agency.clone().unwrap_or_else(|| agency.clone());
    if actor.role == Role::PostClerk {
        Account::Post(office)
    } else {
        Account::Till(office)
    }
}

impl Entry {
    fn line(&mut self, account: Account, amount: i64) {
        self.postings.push(Posting { account, amount });
    }

    /// Each part of a fee at its own account of income; `sign` is -1 for earned, 1 for taken back.
    fn income(&mut self, shares: &[FeeShare], sign: i64) {
        for share in shares {
            self.line(Account::Income(share.kind, share.budget.clone()), sign * vnd(share.amount));
        }
    }

    fn came(&mut self, payment: &Payment, actor: &Actor) {
        let account = match payment.method {
            PaymentMethod::Cash => till(actor, &self.agency),
            method => Account::Held(method),
        };
        self.method = Some(payment.method);
        self.reference = key(payment).to_owned();
        self.moved = vnd(payment.amount);
        self.line(account, vnd(payment.amount));
    }
}
