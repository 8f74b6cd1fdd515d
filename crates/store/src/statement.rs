//! Every static statement is declared through `statements!` and listed here, so that one test prepares them all on
//! both engines: a renamed column fails before anything runs.

use std::sync::Arc;

/// Declares named statements of a module and lists them as `STATEMENTS`.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)*) => {
        $($(#[$doc])* const $name: &str = $text;)*
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}
pub(crate) use statements;

/// Every static statement: module, name and text.
#[must_use]
pub fn all() -> Vec<(&'static str, &'static str, &'static str)> {
    [
        ("account", crate::account::STATEMENTS),
        ("answer_sheet", crate::answer_sheet::STATEMENTS),
        ("asking", crate::asking::STATEMENTS),
        ("assignment", crate::assignment::STATEMENTS),
        ("bag", crate::bag::STATEMENTS),
        ("bank_notice", crate::bank_notice::STATEMENTS),
        ("bank_statement", crate::bank_statement::STATEMENTS),
        ("campaign", crate::campaign::STATEMENTS),
        ("clock_decision", crate::clock_decision::STATEMENTS),
        ("custody", crate::custody::STATEMENTS),
        ("desk", crate::desk::STATEMENTS),
        ("directive", crate::directive::STATEMENTS),
        ("dossier", crate::dossier::STATEMENTS),
        ("draft", crate::draft::STATEMENTS),
        ("feedback", crate::feedback::STATEMENTS),
        ("figure", crate::figure::STATEMENTS),
        ("funnel", crate::funnel::STATEMENTS),
        ("hand_over", crate::hand_over::STATEMENTS),
        ("history", crate::history::STATEMENTS),
        ("job", crate::job::STATEMENTS),
        ("journal", crate::journal::STATEMENTS),
        ("kept_paper", crate::kept_paper::STATEMENTS),
        ("ledger", crate::ledger::STATEMENTS),
        ("mandate", crate::mandate::STATEMENTS),
        ("message", crate::message::STATEMENTS),
        ("missed", crate::missed::STATEMENTS),
        ("office_count", crate::office_count::STATEMENTS),
        ("order", crate::order::STATEMENTS),
        ("opinion", crate::opinion::STATEMENTS),
        ("parcel", crate::parcel::STATEMENTS),
        ("preference", crate::preference::STATEMENTS),
        ("publication", crate::publication::STATEMENTS),
        ("rating", crate::rating::STATEMENTS),
        ("refund", crate::refund::STATEMENTS),
        ("register", crate::register::STATEMENTS),
        ("report", crate::report::STATEMENTS),
        ("result_file", crate::result_file::STATEMENTS),
        ("remark", crate::remark::STATEMENTS),
        ("round", crate::round::STATEMENTS),
        ("saved_view", crate::saved_view::STATEMENTS),
        ("search", crate::search::STATEMENTS),
        ("seal", crate::seal::STATEMENTS),
        ("session", crate::session::STATEMENTS),
        ("stand_in", crate::stand_in::STATEMENTS),
        ("stranded", crate::stranded::STATEMENTS),
        ("talk", crate::talk::STATEMENTS),
        ("till", crate::till::STATEMENTS),
        ("track_pin", crate::track_pin::STATEMENTS),
        ("effect", crate::effect::STATEMENTS),
        ("consent", crate::consent::STATEMENTS),
    ]
    .into_iter()
    .flat_map(|(module, list)| list.iter().map(move |(name, text)| (module, *name, *text)))
    .collect()
}

/// Every statement over many rows, for one row.
#[must_use]
pub fn many() -> Vec<Arc<str>> {
    [
        crate::custody::MANY,
        crate::bank_statement::MANY,
        crate::asking::MANY,
        crate::campaign::MANY,
        crate::figure::MANY,
        crate::funnel::MANY,
        crate::effect::MANY,
        crate::job::MANY,
        crate::journal::MANY,
        crate::kept_paper::MANY,
        crate::ledger::MANY,
        crate::message::MANY,
        crate::opinion::MANY,
        crate::parcel::MANY,
        crate::office_count::MANY,
        crate::seal::MANY,
        crate::search::MANY,
        crate::writer::MANY,
    ]
    .into_iter()
    .flatten()
    .map(|many| many.example())
    .collect()
}
