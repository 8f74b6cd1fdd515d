//! The law of a dossier, by example and by property.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod annul;
mod clock;
mod clock_decision;
mod clock_law;
mod clock_property;
mod clock_stop;
mod consent;
mod custody;
mod directive;
mod dossier;
mod dossier_clock;
mod form;
mod form_language;
mod identifier;
mod ledger;
mod mandate;
mod mirror;
mod opinion;
mod parcel;
mod permission;
mod plain_phone;
mod process;
mod report;
mod seal;
mod statement;
mod text;
mod till;
mod words;
