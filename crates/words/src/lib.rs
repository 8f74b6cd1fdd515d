//! Every word on screen, in Vietnamese and English, checked when compiled.
//!
//! One method per message of `messages/{vi,en}/*.ftl`: `Words(Lang::Vi).common_save()`. A message that one language
//! lacks does not compile. How to add one: `README.md`.

pub use motcua_model::procedure::Lang;

/// The words of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words(pub Lang);

include!(concat!(env!("OUT_DIR"), "/words.rs"));
