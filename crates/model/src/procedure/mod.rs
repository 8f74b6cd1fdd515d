//! A procedure: what the province's content says about one service.

mod closed;
mod process;
mod text;

pub use closed::Closed;
pub use process::{Ask, Branch, ProcessStep};
pub use text::{Lang, Text};

use crate::clock::Term;
use crate::dossier::{ExtensionRule, Level, ReturnWay};
use crate::form::{FeeRule, Form};
use crate::id::ProcedureCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of agency settles a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AgencyKind {
    /// A provincial department (sở).
    Department,
    /// A district's people's committee.
    District,
    /// A commune's people's committee.
    Commune,
    /// A branch of the land registration office, one in each district.
    LandBranch,
    /// A post office.
    PostOffice,
    /// The tax office that is in charge of a district.
    TaxBranch,
}

/// The sheet: what a person wants to know first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// Code.
    pub code: ProcedureCode,
    /// Name.
    pub name: Text,
    /// Field, such as `Hộ tịch`.
    pub field: String,
    /// Level at which it is offered online.
    pub level: Level,
    /// Which kind of agency settles it.
    pub agency_kind: AgencyKind,
    /// Which agency, for a department.
    #[serde(default)]
    pub agency: Option<String>,
    /// The agency as the source names it.
    pub agency_text: String,
    /// Who may ask.
    #[serde(default)]
    pub who: Option<Text>,
    /// How long.
    pub term: Term,
    /// What else to know of the term, such as how long a check may take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term_note: Option<Text>,
    /// What it costs.
    #[serde(default)]
    pub fee: FeeRule,
    /// The fee in words, where the rule is not modelled.
    #[serde(default)]
    pub fee_text: Option<String>,
    /// What comes out.
    pub result: Text,
    /// What must be in hand.
    #[serde(default)]
    pub needs: Vec<Text>,
    /// How the result can be given.
    #[serde(default)]
    pub ways: Vec<ReturnWay>,
    /// Articles of law.
    #[serde(default)]
    pub legal_basis: Vec<String>,
    /// How people call it.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// Codes that it had before: their addresses go on working.
    #[serde(default)]
    pub was: Vec<ProcedureCode>,
    /// Since when it takes no new requests, where that is so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closed>,
    /// Where the facts are from.
    pub source: Source,
}

/// Where the facts of a sheet are from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Sourced or estimated.
    pub origin: Origin,
    /// Address of the public page.
    #[serde(default)]
    pub url: Option<String>,
    /// Which facts the source does not say, on a sheet that is sourced otherwise.
    #[serde(default)]
    pub estimated: Vec<Fact>,
}

impl Source {
    /// Whether a fact is estimated: by itself, or with the whole sheet.
    #[must_use]
    pub fn estimates(&self, fact: Fact) -> bool {
        self.origin == Origin::Estimated || self.estimated.contains(&fact)
    }
}

/// A fact that is marked by itself: people plan by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// How long it takes.
    Term,
    /// What it costs.
    Fee,
}

/// How sure a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Read in a public source.
    Sourced,
    /// Estimated; shown as such, to be checked by the agency.
    Estimated,
}

/// A procedure modelled whole: it can be filed online.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Procedure {
    /// The sheet.
    pub sheet: Sheet,
    /// The form.
    pub form: Form,
    /// Its earlier versions: drafts begun with them move on, dossiers filed with them are read as they were filed.
    pub earlier: Vec<Form>,
    /// The process, in the order of its file; see [`Procedure::ways_on`].
    pub process: Vec<ProcessStep>,
    /// How the term can be made longer.
    pub extension: ExtensionRule,
    /// Template of the result paper.
    pub result_template: String,
}

impl Procedure {
    /// Code.
    #[must_use]
    pub fn code(&self) -> &ProcedureCode {
        &self.sheet.code
    }

    /// The form in the version that answers were given to; none where that version is not kept.
    #[must_use]
    pub fn form_of(&self, version: u32) -> Option<&Form> {
        std::iter::once(&self.form)
            .chain(&self.earlier)
            .find(|f| f.version == version)
    }

    /// The form that answers of a version are shown with: that version, or the one in force where it is not kept.
    #[must_use]
    pub fn form_at(&self, version: u32) -> &Form {
        self.form_of(version).unwrap_or(&self.form)
    }
}
