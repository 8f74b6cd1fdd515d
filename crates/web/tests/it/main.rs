//! The doors, asked as a browser asks them: a whole application on a store of its own, a clock that stands still, and
//! nothing but memory and a temporary folder around it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod app;
mod bad_input;
mod beside;
mod board;
mod campaign;
mod check;
mod citizen;
mod clock;
mod closed;
mod custody;
mod desk;
mod editor;
mod feedback;
mod figures;
mod found;
mod joint;
mod large;
mod life;
mod links;
mod mandate;
mod matrix;
mod money;
mod officers;
mod phone;
mod post;
mod post_till;
mod publication;
mod register;
mod round;
mod routes;
mod seal;
mod sign;
#[path = "../../../office/tests/it/signer.rs"]
mod signer;
mod stranded;
mod years;
