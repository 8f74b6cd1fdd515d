//! Vietnamese text: compared without tone marks, kept as typed.

mod fold;
mod name;

pub use fold::{fold, toned};
pub use name::{NameError, TextError, clean_name, clean_text};
