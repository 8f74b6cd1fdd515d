//! The form language: typed fields in steps, conditions, papers; one evaluator for every step and the whole.
//!
//! A form is data (`catalogue/procedures/CODE/form.toml`). To add a kind of field: a variant of [`FieldKind`], its arm
//! in `read.rs` (typed → answer), `display.rs` (answer → text) and the portal's field template.

mod condition;
mod display;
mod fee;
mod field;
mod number;
mod problem;
mod read;
mod register;

pub use condition::Condition;
pub use display::{Row, Section, shown};
pub use fee::{Exemption, Fee, FeeLine, FeeRule};
pub use field::{
    ApplicantFields, Bound, Choice, CrossCheck, Field, FieldKind, Form, Formula, PaperRule, Precision, Prefill, Question, Step,
};
pub use problem::{Problem, Reason};
pub use read::{Raw, StepReading};
pub use register::{Register, Registers};

/// Answers, field by field.
pub type Answers = std::collections::BTreeMap<String, serde_json::Value>;
