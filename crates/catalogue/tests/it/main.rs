//! The province's content, as it is shipped, and what the checker says of broken content.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod broken;
mod content;
mod edit;
mod examples;
mod found;
mod import;
mod large;
mod organisation;
mod schema;
