//! Papers that a form asks for.

use super::field::holds;
use super::{Answers, Condition};
use crate::procedure::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A paper that the form asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PaperRule {
    /// Name.
    pub id: String,
    /// What is shown.
    pub label: Text,
    /// How to take it.
    #[serde(default)]
    pub hint: Option<Text>,
    /// Whether it must be attached, while it is asked for.
    #[serde(default)]
    pub required: bool,
    /// Must be attached only then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub required_when: Option<Condition>,
    /// Asked for only then.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Most files.
    #[serde(default = "one")]
    pub max: usize,
    /// Kinds of file that it may be; every kind where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<FileType>,
    /// Largest file in MB, below the limit for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_mb: Option<u64>,
    /// Names that it had in earlier versions: files attached under them are kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
}

/// A kind of file, told by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileType {
    /// A document.
    Pdf,
    /// A photo.
    Jpeg,
    /// A picture.
    Png,
}

impl FileType {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Jpeg, Self::Png];

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// Its name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
        }
    }
}

impl PaperRule {
    /// Whether it must be attached for these answers, while it is asked for.
    #[must_use]
    pub fn is_required(&self, answers: &Answers) -> bool {
        self.required || self.required_when.as_ref().is_some_and(|c| c.holds(answers))
    }

    /// Whether it is asked for, for these answers.
    #[must_use]
    pub fn is_visible(&self, answers: &Answers) -> bool {
        holds(self.when.as_ref(), answers)
    }

    /// The kinds of file that it takes.
    #[must_use]
    pub fn file_types(&self) -> &[FileType] {
        if self.types.is_empty() { &FileType::ALL } else { &self.types }
    }

    /// Whether a file of this media type is taken.
    #[must_use]
    pub fn takes(&self, media_type: &str) -> bool {
        self.file_types().iter().any(|t| t.media_type() == media_type)
    }
}

fn one() -> usize {
    1
}
