//! The use cases on a real store, with a clock that stands still until it is set.
#![expect(clippy::unwrap_used, reason = "a test that fails says where")]

mod adoption;
mod custody;
mod desk;
mod directive;
mod history;
mod holding;
mod joint;
mod kho;
mod life;
mod money;
mod outbox;
mod papers;
mod payment;
mod post;
mod preference;
mod proof;
mod publication;
mod publication_gaps;
mod rating;
mod recount;
mod register;
mod reorganise;
mod report;
mod round;
mod sign;
mod signer;
mod town;
mod working_time;
