//! The form language: typed fields in steps, conditions, papers; one evaluator for every step and the whole.
//!
//! A form is data (`catalogue/procedures/CODE/form.toml`). To add a kind of field: a variant of [`FieldKind`], its arm
//! in `read.rs` or `parts.rs` (typed → answer), `display.rs` (answer → text), `catalogue/src/check/kind.rs` (what is
//! wrong with it in a file) and the portal's `field.rs` (how it is drawn).

mod condition;
mod display;
mod fee;
mod field;
mod formula;
mod number;
mod paper;
mod parts;
mod prefill;
mod problem;
mod question;
mod read;
mod register;
mod version;

pub use condition::Condition;
pub use display::{Row, Section, shown};
pub use fee::{Band, Exemption, Fee, FeeLine, FeeRule};
pub use field::{ApplicantFields, Bound, Choice, CrossCheck, Field, FieldKind, Form, Precision, Prefill, Step, TableRow};
pub use formula::Formula;
pub use paper::{FileType, PaperRule};
pub use prefill::{Known, Prefilled, Taken};
pub use problem::{Problem, Reason};
pub use question::{Eligibility, Question, QuestionAnswer, TO_FORM};
pub use read::{Raw, StepReading};
pub use register::{Register, Registers};
pub use version::{Carried, Left, Moved};

/// Answers, field by field.
pub type Answers = std::collections::BTreeMap<String, serde_json::Value>;

/// Whether an input, by its dotted name, belongs to a field.
#[must_use]
pub fn is_input_of(input: &str, field: &str) -> bool {
    input == field || input.strip_prefix(field).is_some_and(|rest| rest.starts_with('.'))
}
