//! Money of a dossier: what the fee consists of, what came, what goes back.

use super::state::{Dossier, Payment, PaymentMethod};
use crate::id::{AccountId, OrderId};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

impl PaymentMethod {
    /// Every method.
    pub const ALL: [Self; 4] = [Self::Vnpay, Self::Vietqr, Self::Transfer, Self::Cash];

    /// Whether nobody had to bring the money: through a gateway, by QR or by transfer.
    #[must_use]
    pub fn is_online(self) -> bool {
        self != Self::Cash
    }

    /// The name used in storage and in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Vnpay => "vnpay",
            Self::Vietqr => "vietqr",
            Self::Transfer => "transfer",
            Self::Cash => "cash",
        }
    }

    /// Reads [`PaymentMethod::as_str`] back.
    #[must_use]
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.as_str() == s)
    }
}

/// The two kinds of what a person pays an agency (Law on Fees and Charges 97/2015/QH13, article 3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FeeKind {
    /// Phí: covers the cost of a service that the agency renders.
    Fee,
    /// Lệ phí: a fixed amount for an act of the state. What is not said to be the other is this.
    #[default]
    Charge,
}

impl FeeKind {
    /// The name used in storage.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fee => "fee",
            Self::Charge => "charge",
        }
    }
}

/// A part of the fee that is accounted for by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeShare {
    /// Phí or lệ phí.
    pub kind: FeeKind,
    /// Account of the state budget's index (tiểu mục) that it belongs to; empty where the catalogue names none.
    pub budget: String,
    /// VND.
    pub amount: u64,
}

/// Why money goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundReason {
    /// The fee was paid already.
    PaidTwice,
    /// Paid after the order had expired.
    PaidLate,
    /// Paid when the dossier had ended.
    PaidAfterEnd,
    /// Less than what was due.
    OtherAmount,
    /// The dossier was not accepted.
    NotAccepted,
    /// The person took the dossier back before it was accepted.
    Withdrawn,
    /// The dossier was annulled.
    Annulled,
    /// The fee was lowered after it had been paid.
    FeeLowered,
    /// What an officer wrote.
    Said,
}

impl RefundReason {
    /// The name used in storage and to find its words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PaidTwice => "paid_twice",
            Self::PaidLate => "paid_late",
            Self::PaidAfterEnd => "paid_after_end",
            Self::OtherAmount => "other_amount",
            Self::NotAccepted => "not_accepted",
            Self::Annulled => "annulled",
            Self::Withdrawn => "withdrawn",
            Self::FeeLowered => "fee_lowered",
            Self::Said => "said",
        }
    }
}

/// Where a refund stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundState {
    /// Waits for a second person.
    Proposed,
    /// Waits to be paid.
    Approved,
    /// The person has the money, or it is on its way to her bank.
    Paid,
    /// Not given.
    Rejected,
    /// The gateway or the bank did not do it; it waits to be paid in another way.
    Failed,
}

impl RefundState {
    /// The name used in storage and style sheets.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Approved => "approved",
            Self::Paid => "paid",
            Self::Rejected => "rejected",
            Self::Failed => "failed",
        }
    }

    /// Whether somebody still has to do something.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Proposed | Self::Approved | Self::Failed)
    }
}

/// Money that goes back to the person, or is proposed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Its number within the dossier, from 1.
    pub number: u32,
    /// VND.
    pub amount: u64,
    /// How the money came: it goes back the same way, in cash where that is not possible.
    pub method: PaymentMethod,
    /// The payment's reference at the gateway or the bank, or its receipt for cash.
    pub reference: String,
    /// The order of the payment, when there was one.
    pub order: Option<OrderId>,
    /// Whether the money was never the agency's (it came too much): then it is owed already.
    pub owed: bool,
    /// Why.
    pub reason: RefundReason,
    /// What the proposer wrote; empty when the program proposed it.
    pub note: String,
    /// Where it stands.
    pub state: RefundState,
    /// Who proposed it: never the one who approves it.
    pub proposed_by: AccountId,
    /// Name of who proposed it.
    pub proposed_by_name: String,
    /// When.
    pub proposed_at: Timestamp,
    /// Who approved or rejected it; empty before.
    pub decided_by: String,
    /// How it was paid; none before.
    pub paid_by: Option<RefundWay>,
    /// The gateway's or bank's number of the way back, or who took the cash.
    pub paid_reference: String,
    /// How often the gateway or the bank did not do it.
    pub failures: u32,
    /// What it said last.
    pub failure: String,
}

/// How money went back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundWay {
    /// The way it came.
    Same,
    /// By a transfer that a person ordered at the bank.
    Transfer,
    /// In cash, from the till of whoever pays it.
    Cash,
}

impl RefundWay {
    /// Reads the name used in forms.
    #[must_use]
    pub fn parse(s: &str) -> Option<Self> {
        match s {
            "same" => Some(Self::Same),
            "transfer" => Some(Self::Transfer),
            "cash" => Some(Self::Cash),
            _ => None,
        }
    }
}

/// Largest refund in VND that an accountant of the agency approves alone; above it a leader or the province's
/// accountant does.
pub const REFUND_LIMIT: u64 = 1_000_000;

impl Dossier {
    /// What counts as paid: everything that came for the fee and was not charged back.
    #[must_use]
    pub fn paid(&self) -> u64 {
        let counts = |p: &&Payment| p.reference.is_empty() || !self.charged_back.contains(&p.reference);
        self.payments.iter().filter(counts).map(|p| p.amount).sum()
    }

    /// The parts of the fee; one charge without a budget account where the journal is older than the parts.
    #[must_use]
    pub fn shares(&self) -> Vec<FeeShare> {
        if self.fee_shares.is_empty() && self.fee > 0 {
            vec![FeeShare {
                kind: FeeKind::Charge,
                budget: String::new(),
                amount: self.fee,
            }]
        } else {
            self.fee_shares.clone()
        }
    }

    /// The refund with this number.
    #[must_use]
    pub fn refund(&self, number: u32) -> Option<&Refund> {
        self.refunds.iter().find(|r| r.number == number)
    }

    /// A payment, or money that came too much, by its reference (the receipt's number for cash); also whether it came
    /// too much.
    #[must_use]
    pub fn money(&self, reference: &str) -> Option<(&Payment, bool)> {
        let named = |p: &&Payment| key(p) == reference;
        let paid = self.payments.iter().find(named).map(|p| (p, false));
        paid.or_else(|| self.surplus.iter().find(named).map(|p| (p, true)))
    }

    /// How much of a payment may still be proposed to go back.
    #[must_use]
    pub fn refundable(&self, payment: &Payment) -> u64 {
        let taken = self
            .refunds
            .iter()
            .filter(|r| r.reference == key(payment) && r.state != RefundState::Rejected);
        payment.amount.saturating_sub(taken.map(|r| r.amount).sum())
    }

    /// Whether this very money was booked before: the same number at the same gateway or bank, or the same order.
    #[must_use]
    pub fn knows(&self, payment: &Payment) -> bool {
        let same = |p: &Payment| {
            let number = !payment.reference.is_empty() && p.reference == payment.reference && p.method == payment.method;
            // A gateway takes an order once; an account takes any number of transfers with one reference.
            let order = payment.method == PaymentMethod::Vnpay && payment.order.is_some() && p.order == payment.order;
            number || order
        };
        self.payments.iter().chain(&self.surplus).any(same)
    }
}

/// What names a payment within its dossier.
#[must_use]
pub fn key(payment: &Payment) -> &str {
    if payment.reference.is_empty() {
        &payment.receipt
    } else {
        &payment.reference
    }
}

/// The first `amount` of these parts: what a part payment covers, or a reduction takes.
#[must_use]
pub fn take(shares: &[FeeShare], amount: u64) -> Vec<FeeShare> {
    let mut left = amount;
    let mut taken = Vec::new();
    for share in shares {
        let amount = share.amount.min(left);
        left -= amount;
        if amount > 0 {
            taken.push(FeeShare { amount, ..share.clone() });
        }
    }
    taken
}
