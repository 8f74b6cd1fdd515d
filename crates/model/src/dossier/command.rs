//! What someone may want to do to a dossier.

use super::decide_parcel::ParcelCommand;
use super::filing::{Channel, ReturnWay};
use super::money::{FeeShare, RefundWay};
use super::opinion::Answer;
use super::result::Signature;
use super::state::{Applicant, Lack, Paper, Payment, Proposal, ResultPaper, TakenProof};
use crate::actor::Actor;
use crate::consent::Consent;
use crate::id::{AccountId, AgencyCode, FileHash, ProcedureCode};
use crate::permission::Action;
use std::collections::BTreeMap;

/// A filled form with its papers, checked by the form language before it comes here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Procedure.
    pub procedure: ProcedureCode,
    /// Version of the form the answers were given to.
    pub form_version: u32,
    /// The agency that settles it.
    pub agency: AgencyCode,
    /// How it comes in.
    pub channel: Channel,
    /// The account it belongs to.
    pub owner: Option<AccountId>,
    /// Where it is filed, when at a counter or a post office.
    pub filed_at_office: Option<AgencyCode>,
    /// The person.
    pub applicant: Applicant,
    /// The answers.
    pub answers: BTreeMap<String, serde_json::Value>,
    /// The papers.
    pub papers: Vec<Paper>,
    /// How the result is wanted.
    pub return_way: ReturnWay,
    /// Fee in VND, by the procedure's rule.
    pub fee: u64,
    /// What it consists of.
    pub fee_shares: Vec<FeeShare>,
    /// What the person agreed to; needed where a post office files for her.
    pub consent: Option<Consent>,
}

/// A wish; [`super::decide`] says what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Send a new dossier.
    Submit(Box<Submission>),
    /// Note money received.
    RecordPayment(Payment),
    /// Note money that came through a gateway or a bank, whatever was due: money is a fact.
    ReceiveMoney {
        /// The money.
        payment: Payment,
        /// Amount of the order that it came for, in VND.
        ordered: u64,
        /// Whether it was paid after the order had expired.
        late: bool,
    },
    /// Note that the bank took a payment back.
    ChargeBack {
        /// Which payment.
        reference: String,
    },
    /// Make the fee another.
    ChangeFee {
        /// What it consists of; empty when nothing is to be paid.
        shares: Vec<FeeShare>,
        /// Why.
        reason: String,
    },
    /// Propose that money goes back.
    ProposeRefund {
        /// Which payment.
        reference: String,
        /// VND.
        amount: u64,
        /// Why.
        note: String,
    },
    /// Approve a refund that somebody else proposed.
    ApproveRefund {
        /// Its number.
        refund: u32,
    },
    /// Say no to it.
    RejectRefund {
        /// Its number.
        refund: u32,
        /// Why.
        reason: String,
    },
    /// Note that a refund was paid.
    PayRefund {
        /// Its number.
        refund: u32,
        /// How.
        way: RefundWay,
        /// The bank's number, or who took the cash.
        reference: String,
    },
    /// Note that the gateway or the bank did not pay it.
    FailRefund {
        /// Its number.
        refund: u32,
        /// What it said.
        why: String,
    },
    /// Try a failed refund again the way the money came.
    RetryRefund {
        /// Its number.
        refund: u32,
    },
    /// Accept: the term runs.
    Accept,
    /// Do not accept.
    Refuse {
        /// Why.
        reason: String,
    },
    /// Ask for all that lacks, once.
    RequestSupplement {
        /// What lacks.
        lacks: Vec<Lack>,
    },
    /// Answer a request to supplement.
    Supplement {
        /// The answers that changed.
        answers: BTreeMap<String, serde_json::Value>,
        /// The papers that came anew.
        papers: Vec<Paper>,
    },
    /// Take it back.
    Withdraw {
        /// Why; may be empty.
        reason: String,
    },
    /// Hand it to the department.
    Forward {
        /// A word to the department; may be empty.
        note: String,
    },
    /// Do the step it stands at.
    FinishStep {
        /// The proposal, where the step makes one.
        proposal: Option<Proposal>,
        /// What the officer filled in, checked by the form language before it comes here.
        filled: BTreeMap<String, serde_json::Value>,
        /// A note; may be empty.
        note: String,
    },
    /// Send it back to the step before.
    SendBack {
        /// Why.
        reason: String,
    },
    /// Approve the proposal: the result is there.
    Approve {
        /// The result.
        result: ResultPaper,
    },
    /// Note that a paper was compared with its original.
    ComparePaper {
        /// Which.
        paper: FileHash,
    },
    /// Note that the signing service signed the result.
    SignResult {
        /// The signed file.
        hash: FileHash,
        /// Its size in bytes.
        size: u64,
        /// The signatures in it, in order.
        signatures: Vec<Signature>,
    },
    /// Take a result back that was given.
    RevokeResult {
        /// Why, with the legal basis.
        reason: String,
    },
    /// Put another result into the place of one that was given.
    ReplaceResult {
        /// The new one.
        result: ResultPaper,
        /// What it certifies.
        text: String,
        /// Why.
        reason: String,
    },
    /// Give the result to the person.
    Return {
        /// How.
        way: ReturnWay,
        /// Who took it; empty for online.
        taken_by: String,
        /// What proves it; none for online, or where only the name was noted.
        proof: Option<TakenProof>,
    },
    /// Name who holds it at its step.
    Assign {
        /// Who.
        to: Actor,
        /// Why; needed when somebody held it before.
        reason: String,
    },
    /// Make the term longer.
    Extend {
        /// By how many days, working or calendar as the term is.
        days: u32,
        /// Why, with the legal basis.
        reason: String,
    },
    /// Apologise for being late, and promise a new date.
    Apologise {
        /// The new date; the result is promised for the end of its office hours.
        date: jiff::civil::Date,
        /// Why it is late.
        reason: String,
    },
    /// Let the person pay first what the law says comes first.
    AskPayment {
        /// How much, in VND; 0 where the notice says it.
        amount: u64,
        /// What, with the number of the notice.
        what: String,
    },
    /// Note that the person has paid.
    ConfirmPayment {
        /// Number of the proof.
        reference: String,
    },
    /// Compute the dates anew: working time changed.
    RecomputeDue {
        /// By which decision, and why.
        why: String,
    },
    /// Hand it to the agency that took over, when the organisation changed.
    HandOver {
        /// To whom.
        to: AgencyCode,
        /// By which decision.
        reason: String,
    },
    /// Do something to a parcel of it.
    Parcel {
        /// Its number within the dossier; 0 for a new one.
        parcel: u32,
        /// What.
        what: ParcelCommand,
    },
    /// Take back that a post office may act for the person.
    RevokeConsent {
        /// Why; may be empty.
        reason: String,
    },
    /// Answer what one was asked at a step.
    GiveOpinion {
        /// Which of the procedure's opinions.
        ask: String,
        /// The answer.
        answer: Answer,
    },
    /// Note that who was asked said nothing in her time: the program does where that means that she agrees, the head of
    /// the agency that settles the dossier where it shall go on without her.
    NoteSilence {
        /// Which of the procedure's opinions.
        ask: String,
        /// Why it goes on, in the head's words; empty where silence agrees.
        reason: String,
    },
    /// Annul it: it should never have been there.
    Annul {
        /// Why.
        reason: String,
    },
    /// End it by decision.
    Stop {
        /// Why, with the legal basis.
        reason: String,
    },
}

impl Command {
    /// The action that permission is asked for.
    #[must_use]
    pub fn action(&self) -> Action {
        match self {
            Self::Submit(_) => Action::Submit,
            Self::RecordPayment(_) => Action::RecordPayment,
            Self::ReceiveMoney { .. } | Self::ChargeBack { .. } | Self::FailRefund { .. } => Action::ReceiveMoney,
            Self::ChangeFee { .. } => Action::ChangeFee,
            Self::ProposeRefund { .. } => Action::ProposeRefund,
            Self::ApproveRefund { .. } | Self::RejectRefund { .. } => Action::DecideRefund,
            Self::PayRefund { .. } | Self::RetryRefund { .. } => Action::PayRefund,
            Self::Accept => Action::Accept,
            Self::Refuse { .. } => Action::Refuse,
            Self::RequestSupplement { .. } => Action::RequestSupplement,
            Self::Supplement { .. } => Action::Supplement,
            Self::Withdraw { .. } => Action::Withdraw,
            Self::Forward { .. } => Action::Forward,
            Self::FinishStep { .. } => Action::FinishStep,
            Self::SendBack { .. } => Action::SendBack,
            Self::Approve { .. } => Action::Approve,
            Self::ComparePaper { .. } => Action::ComparePaper,
            Self::SignResult { .. } => Action::SignResult,
            Self::RevokeResult { .. } => Action::RevokeResult,
            Self::ReplaceResult { .. } => Action::ReplaceResult,
            Self::Return { .. } => Action::Return,
            Self::Assign { .. } => Action::Assign,
            Self::Extend { .. } => Action::Extend,
            Self::Apologise { .. } => Action::Apologise,
            Self::AskPayment { .. } => Action::AskPayment,
            Self::ConfirmPayment { .. } => Action::ConfirmPayment,
            Self::RecomputeDue { .. } => Action::RecomputeDue,
            Self::HandOver { .. } => Action::HandOver,
            Self::Parcel { what, .. } => what.action(),
            Self::RevokeConsent { .. } => Action::RevokeConsent,
            Self::GiveOpinion { .. } => Action::GiveOpinion,
            Self::NoteSilence { .. } => Action::NoteSilence,
            Self::Annul { .. } => Action::Annul,
            Self::Stop { .. } => Action::Stop,
        }
    }
}
