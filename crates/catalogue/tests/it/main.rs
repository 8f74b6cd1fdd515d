//! The province's content, as it is shipped.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod content;
