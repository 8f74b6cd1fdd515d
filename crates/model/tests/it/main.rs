//! The law of a dossier, by example and by property.

mod clock;
mod dossier;
mod form;
mod identifier;
mod permission;
