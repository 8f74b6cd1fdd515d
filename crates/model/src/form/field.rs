//! What a form is made of.

use super::{Condition, Formula, PaperRule, Question};
use crate::procedure::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A form: steps of fields, papers, and which fields name the applicant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Version; answers are kept with the version they were given to.
    pub version: u32,
    /// Which fields name the person.
    pub applicant: ApplicantFields,
    /// Questions before the form: who cannot use the service is told so, and what to do instead.
    #[serde(default, rename = "question", skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
    /// The steps, one question group each.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
    /// What must not be, across fields.
    #[serde(default, rename = "check", skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<CrossCheck>,
    /// The papers to attach.
    #[serde(default, rename = "paper")]
    pub papers: Vec<PaperRule>,
}

/// Answers that are each right and do not go together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CrossCheck {
    /// The field beside which it is said; of those compared, the one asked last.
    pub field: String,
    /// What must not hold.
    pub refuse: Condition,
    /// What is wrong and what to do.
    pub say: Text,
}

/// Which fields name the person whom the dossier is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplicantFields {
    /// Full name.
    pub name: String,
    /// Identity number.
    #[serde(default)]
    pub person_id: String,
    /// Date of birth.
    #[serde(default)]
    pub birth_date: String,
    /// Phone.
    #[serde(default)]
    pub phone: String,
    /// Mail address.
    #[serde(default)]
    pub email: String,
    /// Address.
    #[serde(default)]
    pub address: String,
}

/// One page of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Name in addresses: lower case, digits and dashes.
    pub id: String,
    /// Heading.
    pub title: Text,
    /// A word before the fields.
    #[serde(default)]
    pub intro: Option<Text>,
    /// Shown only then.
    #[serde(default)]
    pub when: Option<Condition>,
    /// The fields; none in a file takes those of `catalogue/steps/ID.toml`.
    #[serde(default, rename = "field")]
    pub fields: Vec<Field>,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Name: lower case, digits and underscores; unique in the form.
    pub id: String,
    /// What is asked.
    pub label: Text,
    /// How to answer.
    #[serde(default)]
    pub hint: Option<Text>,
    /// An example of an answer.
    #[serde(default)]
    pub example: Option<String>,
    /// Whether an answer is needed, while the field is shown.
    #[serde(default)]
    pub required: bool,
    /// Needed only then.
    #[serde(default)]
    pub required_when: Option<Condition>,
    /// Shown only then.
    #[serde(default)]
    pub when: Option<Condition>,
    /// What kind of answer.
    pub kind: FieldKind,
    /// Filled in beforehand from the account.
    #[serde(default)]
    pub prefill: Option<Prefill>,
    /// What the answer is about, in words that other forms use too: `deceased.name`. Fields of one meaning are filled
    /// from one another; see [`Form::meaning`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meaning: Option<String>,
    /// Names that the field had in earlier versions: answers given under them are kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
}

/// What an answer can be taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Prefill {
    /// Name of the account.
    Name,
    /// Its identity number.
    PersonId,
    /// Its date of birth.
    BirthDate,
    /// Its phone.
    Phone,
    /// Its mail address.
    Email,
}

/// A limit of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// Not after today.
    Past,
    /// Not before today.
    Future,
}

/// How much of a date must be known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// Day, month and year.
    #[default]
    Day,
    /// Month and year at least; the day may be unknown.
    Month,
    /// The day or the month may be unknown.
    Partial,
}

/// What kind of answer a field takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FieldKind {
    /// One line.
    Text {
        /// Most characters.
        max: usize,
    },
    /// Several lines.
    LongText {
        /// Most characters.
        max: usize,
    },
    /// A whole number.
    Number {
        /// Smallest.
        min: i64,
        /// Largest.
        max: i64,
    },
    /// An amount in VND.
    Money {
        /// Smallest.
        min: i64,
        /// Largest.
        max: i64,
    },
    /// A date.
    Date {
        /// Limit.
        #[serde(default)]
        bound: Option<Bound>,
        /// How much must be known.
        #[serde(default)]
        precision: Precision,
    },
    /// One of a few.
    Choice {
        /// Which.
        options: Vec<Choice>,
    },
    /// Some of a few.
    Choices {
        /// Which.
        options: Vec<Choice>,
    },
    /// One entry of a register of the catalogue, such as `communes`.
    Register {
        /// Name of the register.
        name: String,
    },
    /// An address in the province: district, commune, street.
    Address,
    /// A person's name.
    PersonName,
    /// An identity number (CCCD or CMND).
    PersonId,
    /// A tax code.
    TaxCode,
    /// A phone number.
    Phone,
    /// A mail address.
    Email,
    /// A company: tax code, name, address of its seat.
    Company,
    /// A plot of land: map sheet, plot number, area.
    Plot,
    /// The same fields several times: people, branches of trade.
    Group {
        /// The fields of one entry.
        fields: Vec<Field>,
        /// Fewest entries.
        min: usize,
        /// Most entries.
        max: usize,
        /// Whether it is drawn as a table, one entry a row.
        #[serde(default)]
        table: bool,
    },
    /// A table of fixed rows: the same columns asked of each.
    Table {
        /// The rows.
        rows: Vec<TableRow>,
        /// The columns.
        columns: Vec<Field>,
    },
    /// A box to tick.
    Checkbox,
    /// A number that the form works out by itself.
    Calculated {
        /// How.
        formula: Formula,
        /// Whether it is an amount in VND.
        #[serde(default)]
        money: bool,
    },
}

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What is kept.
    pub value: String,
    /// What is shown.
    pub label: Text,
    /// Offered only then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableRow {
    /// Name: lower case, digits and underscores.
    pub id: String,
    /// What is shown.
    pub label: Text,
}

impl Choice {
    /// Whether it is offered for these answers.
    #[must_use]
    pub fn is_offered(&self, answers: &super::Answers) -> bool {
        holds(self.when.as_ref(), answers)
    }
}

impl Form {
    /// A step by its name.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|s| s.id == id)
    }

    /// A field by its name, outside groups.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.steps.iter().flat_map(|s| &s.fields).find(|f| f.id == id)
    }

    /// The field of an input, by its dotted name: also inside groups and tables. Parts of an address, a plot, a
    /// company are those of their field.
    #[must_use]
    pub fn input(&self, name: &str) -> Option<&Field> {
        let mut parts = name.split('.');
        let field = self.field(parts.next()?)?;
        let inner = match &field.kind {
            FieldKind::Group { fields, .. } | FieldKind::Table { columns: fields, .. } => fields,
            _ => return Some(field),
        };
        match parts.nth(1) {
            Some(id) => inner.iter().find(|f| f.id == id),
            None => Some(field),
        }
    }

    /// A paper by its name.
    #[must_use]
    pub fn paper(&self, id: &str) -> Option<&PaperRule> {
        self.papers.iter().find(|p| p.id == id)
    }

    /// The steps that are shown for these answers.
    pub fn visible_steps<'a>(&'a self, answers: &'a super::Answers) -> impl Iterator<Item = &'a Step> {
        self.steps.iter().filter(|s| holds(s.when.as_ref(), answers))
    }

    /// The step after `id` that is shown for these answers.
    #[must_use]
    pub fn next_step(&self, id: &str, answers: &super::Answers) -> Option<&Step> {
        self.steps
            .iter()
            .skip_while(|s| s.id != id)
            .skip(1)
            .find(|s| holds(s.when.as_ref(), answers))
    }

    /// The papers that are asked for, for these answers.
    pub fn visible_papers<'a>(&'a self, answers: &'a super::Answers) -> impl Iterator<Item = &'a PaperRule> {
        self.papers.iter().filter(|p| holds(p.when.as_ref(), answers))
    }
}

impl Step {
    /// The fields that are shown for these answers.
    pub fn visible_fields<'a>(&'a self, answers: &'a super::Answers) -> impl Iterator<Item = &'a Field> {
        self.fields.iter().filter(|f| f.is_visible(answers))
    }
}

impl Field {
    /// Whether the field is shown for these answers.
    #[must_use]
    pub fn is_visible(&self, answers: &super::Answers) -> bool {
        holds(self.when.as_ref(), answers)
    }

    /// Whether an answer is needed for these answers.
    #[must_use]
    pub fn is_required(&self, answers: &super::Answers) -> bool {
        self.required || self.required_when.as_ref().is_some_and(|c| c.holds(answers))
    }
}

pub(super) fn holds(condition: Option<&Condition>, answers: &super::Answers) -> bool {
    condition.is_none_or(|c| c.holds(answers))
}
