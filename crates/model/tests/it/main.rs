//! The law of a dossier, by example and by property.

mod clock;
mod clock_property;
mod clock_stop;
mod identifier;
mod text;
