//! The law of one dossier: what can happen to it, in which order, and what it then is.
//!
//! [`decide`] is asked what follows from a command; [`evolve`] folds what happened. Nothing else changes a dossier.
//! To add something that can happen: a variant of [`Event`], its arm in `evolve.rs`, a variant of [`Command`] and its
//! arm in `decide.rs`, the [`crate::permission::Action`] that guards it, and an example in `tests/it/dossier.rs`.

mod code;
mod command;
mod decide;
mod decide_clock;
mod decide_consent;
mod decide_end;
mod decide_money;
mod decide_opinion;
mod decide_parcel;
mod event;
mod evolve;
mod evolve_money;
mod evolve_opinion;
mod filing;
mod holding;
mod keep;
mod money;
mod national;
mod number;
mod opinion;
mod parcel;
mod refusal;
mod result;
mod running;
mod state;
mod words;

pub use code::{agency_of_code, code_series, day_of_codes, format_code, parse_code};
pub use command::{Command, Submission};
pub use decide::{Context, Rules, StepRule, cash, decide};
pub use decide_clock::ExtensionRule;
pub use decide_parcel::{ParcelCommand, Visit};
pub use event::{Event, Recorded};
pub use evolve::{evolve, fold};
pub use filing::{Channel, Level, ReturnWay};
pub use holding::{Assignee, Done};
pub use keep::{Compared, Reused};
pub use money::{FeeKind, FeeShare, REFUND_LIMIT, Refund, RefundReason, RefundState, RefundWay, key, take};
pub use national::{NationalState, national_state};
pub use number::{PaperNumber, Series};
pub use opinion::{Answer, AskRule, Asked, Given, Opinion, Partner, Silence};
pub use parcel::{
    CODE_TRIES, Difference, NamedReceiver, Parcel, ParcelDifference, ParcelEvent, ParcelKind, ParcelOrder, ParcelState,
    PostAddress, PostNotice, Proof, TRIES,
};
pub use refusal::Refusal;
pub use result::{Former, FormerResult, Revocation, Signature, SignatureVerdict, Signer};
pub use running::{Apology, Extension, Recomputation, Wait};
pub use state::{
    Applicant, Dossier, Lack, Moment, Outcome, Paper, Pause, Payment, PaymentMethod, Proposal, ResultPaper, Returned, Stage,
    Status, SupplementRequest, TakenProof,
};
pub use words::{Sought, WORDS_MAX, search_words, sought};
