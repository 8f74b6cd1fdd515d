//! The law of a dossier as pure functions: no I/O, no clock of its own, no randomness.
//!
//! Time, identifiers and random bytes come in as arguments. To change a rule of a dossier, start at
//! [`dossier::decide`]; to change who may do what, at [`permission`]; to change how days are counted, at [`clock`].

pub mod actor;
pub mod campaign;
pub mod clock;
pub mod consent;
pub mod custody;
pub mod directive;
pub mod dossier;
pub mod feedback;
pub mod figure;
pub mod form;
pub mod id;
pub mod identifier;
pub mod journal;
pub mod ledger;
pub mod mandate;
pub mod permission;
pub mod plain_phone;
pub mod post;
pub mod procedure;
pub mod publication;
pub mod rating;
pub mod report;
pub mod seal;
pub mod short_code;
pub mod text;
pub mod till;
