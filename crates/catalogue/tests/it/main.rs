//! The province's content, as it is shipped.

mod content;
