//! The law of a dossier, by example and by property.

#![expect(clippy::unwrap_used, reason = "a test that fails says where")]

mod clock;
mod dossier;
mod form;
mod identifier;
mod permission;
