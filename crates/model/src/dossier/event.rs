//! What can have happened to a dossier. Written once, never changed: an event is a contract with the past.

use super::filing::{Channel, Level, ReturnWay};
use super::holding::{Assignee, Done};
use super::money::{FeeShare, RefundReason, RefundWay};
use super::number::PaperNumber;
use super::opinion::{Asked, Given};
use super::parcel::ParcelEvent;
use super::result::Signature;
use super::state::{Applicant, Lack, Paper, Payment, Proposal, ResultPaper, Stage, TakenProof};
use crate::actor::{Actor, Role};
use crate::clock::{Remaining, Term};
use crate::consent::Consent;
use crate::id::{AccountId, AgencyCode, DossierCode, FileHash, ProcedureCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Something that happened to a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The person sent it.
    Submitted {
        /// Given in the same transaction, see [`Event::series`].
        code: DossierCode,
        /// Procedure.
        procedure: ProcedureCode,
        /// Version of its form.
        form_version: u32,
        /// The agency that settles it.
        agency: AgencyCode,
        /// Level.
        level: Level,
        /// Channel.
        channel: Channel,
        /// The account it belongs to.
        owner: Option<AccountId>,
        /// Where it was filed, when at a counter or a post office.
        filed_at_office: Option<AgencyCode>,
        /// The person.
        applicant: Applicant,
        /// The answers.
        answers: BTreeMap<String, serde_json::Value>,
        /// The papers.
        papers: Vec<Paper>,
        /// How the result is wanted.
        return_way: ReturnWay,
        /// Fee in VND.
        fee: u64,
        /// What it consists of.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        fee_shares: Vec<FeeShare>,
        /// Acceptance or refusal is due then.
        acknowledge_by: Timestamp,
    },
    /// Money came.
    PaymentReceived {
        /// The payment; its receipt's number is given in the same transaction, see [`Event::series`].
        payment: Payment,
        /// The agency whose receipts are numbered.
        agency: AgencyCode,
    },
    /// The fee became another.
    FeeChanged {
        /// What it consists of now; empty when nothing is to be paid.
        shares: Vec<FeeShare>,
        /// Why.
        reason: String,
    },
    /// Money came though nothing was due: it has to go back.
    SurplusReceived {
        /// The money; no receipt is given for it.
        payment: Payment,
        /// Why it is too much.
        reason: RefundReason,
        /// The agency that holds it.
        agency: AgencyCode,
    },
    /// Money is proposed to go back; the refund's number is the next one of the dossier.
    RefundProposed {
        /// VND.
        amount: u64,
        /// Which payment ([`super::key`]).
        reference: String,
        /// Whether it was never the agency's.
        owed: bool,
        /// Why.
        reason: RefundReason,
        /// What the proposer wrote.
        note: String,
    },
    /// A second person approved; or a failed refund is tried again.
    RefundApproved {
        /// Its number.
        refund: u32,
    },
    /// A second person said no.
    RefundRejected {
        /// Its number.
        refund: u32,
        /// Why.
        reason: String,
    },
    /// The money went back.
    RefundPaid {
        /// Its number.
        refund: u32,
        /// How.
        way: RefundWay,
        /// The gateway's or bank's number, or who took the cash.
        reference: String,
    },
    /// The gateway or the bank did not do it.
    RefundFailed {
        /// Its number.
        refund: u32,
        /// What it said.
        why: String,
    },
    /// The bank took a payment back.
    ChargedBack {
        /// Which payment ([`super::key`]).
        reference: String,
    },
    /// The one-stop accepted it: the term runs.
    Accepted {
        /// The term as the procedure had it.
        term: Term,
        /// The due date.
        due: Timestamp,
        /// Number of the slip of receipt (paper 01); none in journals from before slips were numbered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<PaperNumber>,
    },
    /// The one-stop did not accept it.
    Refused {
        /// Why.
        reason: String,
        /// Number of the refusal (paper 03).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<PaperNumber>,
    },
    /// More was asked for: the clock stands still.
    SupplementRequested {
        /// All that lacks.
        lacks: Vec<Lack>,
        /// What was left of the term; none before acceptance.
        remaining: Option<Remaining>,
        /// Number of the request (paper 02).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<PaperNumber>,
    },
    /// The person answered: the clock runs again.
    Supplemented {
        /// The answers that changed.
        answers: BTreeMap<String, serde_json::Value>,
        /// The papers that came anew; one of the same kind replaces the old.
        papers: Vec<Paper>,
        /// The new due date; none before acceptance.
        due: Option<Timestamp>,
        /// The new time for acceptance; none after it.
        acknowledge_by: Option<Timestamp>,
    },
    /// The person took it back.
    Withdrawn {
        /// Why; may be empty.
        reason: String,
    },
    /// The one-stop handed it to the department.
    Forwarded {
        /// The stage it now stands at.
        to: Stage,
        /// A word to the department; may be empty.
        note: String,
        /// Who holds it there, see [`Event::name_assignee`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assignee: Option<Assignee>,
    },
    /// A step of the process was done.
    StepDone {
        /// The stage it now stands at.
        to: Stage,
        /// The proposal, when the step makes one.
        proposal: Option<Proposal>,
        /// A note; may be empty.
        note: String,
        /// Who holds it at the next step, see [`Event::name_assignee`].
        #[serde(default, skip_serializing_if = "Option::is_none")]
        assignee: Option<Assignee>,
        /// What the officer filled in.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        filled: BTreeMap<String, serde_json::Value>,
        /// The step that was done, and who did it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        done: Option<Done>,
    },
    /// The leader sent it back to the step before.
    SentBack {
        /// The stage it now stands at.
        to: Stage,
        /// Why.
        reason: String,
    },
    /// The leader approved: there is a result.
    Approved {
        /// The result.
        result: ResultPaper,
    },
    /// An officer compared a paper with its original.
    PaperCompared {
        /// Which.
        paper: FileHash,
    },
    /// The signing service signed the result.
    ResultSigned {
        /// The signed file, which begins with the approved one.
        hash: FileHash,
        /// Its size in bytes.
        size: u64,
        /// The signatures, in order.
        signatures: Vec<Signature>,
    },
    /// The leader took the result back.
    ResultRevoked {
        /// Why, with the legal basis.
        reason: String,
    },
    /// Another result took the place of the one that was given.
    ResultReplaced {
        /// The new one.
        result: ResultPaper,
        /// What it certifies.
        text: String,
        /// Why.
        reason: String,
    },
    /// The person got the result.
    ResultReturned {
        /// How.
        way: ReturnWay,
        /// Who took it.
        taken_by: String,
        /// What proves it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proof: Option<TakenProof>,
    },
    /// The step that the dossier came to asked others for their opinions.
    OpinionsAsked {
        /// Which step.
        step: usize,
        /// Whom, about what, until when.
        asked: Vec<Asked>,
    },
    /// Who was asked answered.
    OpinionGiven {
        /// Which of the procedure's opinions.
        ask: String,
        /// The answer.
        given: Given,
        /// What was filled in with it.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        filled: BTreeMap<String, serde_json::Value>,
    },
    /// Who was asked said nothing in her time: the dossier goes on without her answer.
    OpinionSilent {
        /// Which of the procedure's opinions.
        ask: String,
        /// Why, where silence does not mean that she agrees.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// It should never have been there, and counts no more; nothing of it is removed.
    Annulled {
        /// Why.
        reason: String,
    },
    /// The organisation changed: another agency goes on with it, at the step where it stood and under the same clock.
    HandedOver {
        /// The agency that had it.
        from: AgencyCode,
        /// The agency that goes on with it.
        to: AgencyCode,
        /// By which decision.
        reason: String,
    },
    /// Ended by decision.
    Stopped {
        /// Why, with the legal basis.
        reason: String,
    },
    /// An officer was named who holds it at its step, or another one in her place.
    Assigned {
        /// Who.
        to: Assignee,
        /// Why; may be empty when nobody held it before.
        reason: String,
    },
    /// The term was made longer.
    Extended {
        /// By how much.
        length: Term,
        /// The new due date.
        due: Timestamp,
        /// Why, with the legal basis.
        reason: String,
    },
    /// The late agency apologised and promised a new date.
    Apologised {
        /// Which agency.
        agency: Option<AgencyCode>,
        /// Why it is late.
        reason: String,
        /// When the result was due.
        was: Timestamp,
        /// When it is promised now; the due date stays.
        promised: Timestamp,
        /// Number of the letter (paper 04); none in journals from before letters were numbered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<PaperNumber>,
    },
    /// The person has to pay first: the clock stands still.
    PaymentAsked {
        /// How much, in VND; 0 where the notice says it.
        amount: u64,
        /// What, with the number of the notice.
        what: String,
        /// What was left of the term.
        remaining: Remaining,
    },
    /// The person has paid: the clock runs again.
    PaymentConfirmed {
        /// Number of the proof.
        reference: String,
        /// The new due date.
        due: Timestamp,
    },
    /// Something happened to a parcel of it.
    Parcel {
        /// The parcel's number within the dossier, from 1; 0 where none is meant.
        parcel: u32,
        /// What.
        what: ParcelEvent,
    },
    /// Working time changed, and with it this dossier's dates. What stays is not named.
    DueRecomputed {
        /// By which decision, and why.
        why: String,
        /// The new due date.
        due: Option<Timestamp>,
        /// What is left while the clock stands still.
        remaining: Option<Remaining>,
        /// The new time for acceptance.
        acknowledge_by: Option<Timestamp>,
        /// The new times of opinions that are awaited, by their names in files.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        opinions: BTreeMap<String, Timestamp>,
    },
    /// The person agreed that a post office files it and follows it for her.
    ConsentGiven {
        /// What she agreed to, and how.
        consent: Consent,
    },
    /// She took that back: the dossier goes on, the post office sees it no more.
    ConsentRevoked {
        /// Why; may be empty.
        reason: String,
    },
}

impl Event {
    /// The name under which the event is stored and shown.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Submitted { .. } => "submitted",
            Self::PaymentReceived { .. } => "payment_received",
            Self::FeeChanged { .. } => "fee_changed",
            Self::SurplusReceived { .. } => "surplus_received",
            Self::RefundProposed { .. } => "refund_proposed",
            Self::RefundApproved { .. } => "refund_approved",
            Self::RefundRejected { .. } => "refund_rejected",
            Self::RefundPaid { .. } => "refund_paid",
            Self::RefundFailed { .. } => "refund_failed",
            Self::ChargedBack { .. } => "charged_back",
            Self::Accepted { .. } => "accepted",
            Self::Refused { .. } => "refused",
            Self::SupplementRequested { .. } => "supplement_requested",
            Self::Supplemented { .. } => "supplemented",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Forwarded { .. } => "forwarded",
            Self::StepDone { .. } => "step_done",
            Self::SentBack { .. } => "sent_back",
            Self::Approved { .. } => "approved",
            Self::PaperCompared { .. } => "paper_compared",
            Self::ResultSigned { .. } => "result_signed",
            Self::ResultRevoked { .. } => "result_revoked",
            Self::ResultReplaced { .. } => "result_replaced",
            Self::ResultReturned { .. } => "result_returned",
            Self::HandedOver { .. } => "handed_over",
            Self::Stopped { .. } => "stopped",
            Self::Assigned { .. } => "assigned",
            Self::Extended { .. } => "extended",
            Self::Apologised { .. } => "apologised",
            Self::PaymentAsked { .. } => "payment_asked",
            Self::PaymentConfirmed { .. } => "payment_confirmed",
            Self::Parcel { what, .. } => what.kind(),
            Self::DueRecomputed { .. } => "due_recomputed",
            Self::ConsentGiven { .. } => "consent_given",
            Self::ConsentRevoked { .. } => "consent_revoked",
            Self::OpinionsAsked { .. } => "opinions_asked",
            Self::OpinionGiven { .. } => "opinion_given",
            Self::OpinionSilent { .. } => "opinion_silent",
            Self::Annulled { .. } => "annulled",
        }
    }

    /// Whose turn it is after the event, when it hands the dossier on inside the agency.
    #[must_use]
    pub fn hands_to(&self) -> Option<Role> {
        match self {
            Self::Forwarded { to, .. } | Self::StepDone { to, .. } | Self::SentBack { to, .. } => Some(to.role),
            Self::Approved { .. } => Some(Role::Receptionist),
            _ => None,
        }
    }

    /// The stage that the dossier comes to with this event, where nobody is named yet who holds it there.
    #[must_use]
    pub fn unheld_stage(&self) -> Option<Stage> {
        match self {
            Self::Forwarded { to, assignee: None, .. } | Self::StepDone { to, assignee: None, .. } => Some(*to),
            _ => None,
        }
    }

    /// Writes who holds the dossier at [`Event::unheld_stage`].
    pub fn name_assignee(&mut self, who: Assignee) {
        match self {
            Self::Forwarded { assignee, .. } | Self::StepDone { assignee, .. } => *assignee = Some(who),
            _ => {}
        }
    }
}

/// An event with when and who.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// When, in microseconds (what PostgreSQL keeps).
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What.
    pub event: Event,
}
