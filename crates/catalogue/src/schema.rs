//! JSON Schema of the files that are TOML, so that an editor says while one types what may stand there. It is made from
//! the same types that the files are read into: there is no second description to keep true.

use crate::check::examples::Examples;
use crate::files::Files;
use crate::{agency, kept_paper, life_event, procedure, reform};
use motcua_model::clock::OfficeHours;
use motcua_model::form::Form;
use motcua_model::ledger::Layout;
use motcua_model::post::Tariff;
use motcua_model::procedure::Sheet;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value};
use std::path::Path;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What a person wants to know first, with the fee.
    Sheet,
    /// What is asked.
    Form,
    /// What happens inside the agency.
    Process,
    /// A form filled in rightly, and what people get wrong.
    Examples,
    /// Fields that many forms ask alike.
    Step,
    /// Who settles.
    Agencies,
    /// One change of the organisation.
    Organisation,
    /// When offices are open.
    OfficeHours,
    /// What happens in a life.
    LifeEvents,
    /// How a bank lays out its statement.
    Statement,
    /// Which papers serve again.
    KeptPapers,
    /// What the post takes.
    Tariff,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 12] = [
        Self::Sheet,
        Self::Form,
        Self::Process,
        Self::Examples,
        Self::Step,
        Self::Agencies,
        Self::Organisation,
        Self::OfficeHours,
        Self::LifeEvents,
        Self::Statement,
        Self::KeptPapers,
        Self::Tariff,
    ];

    /// Its name, on the command line and in `docs/schema`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sheet => "sheet",
            Self::Form => "form",
            Self::Process => "process",
            Self::Examples => "examples",
            Self::Step => "step",
            Self::Agencies => "agencies",
            Self::Organisation => "organisation",
            Self::OfficeHours => "office-hours",
            Self::LifeEvents => "life-events",
            Self::Statement => "statement",
            Self::KeptPapers => "kept-papers",
            Self::Tariff => "tariff",
        }
    }

    /// Reads [`Kind::name`] back.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Where its files lie: patterns in which `*` stands for one part of a path.
    #[must_use]
    pub fn patterns(self) -> &'static [&'static str] {
        match self {
            Self::Sheet => &["procedures/*/sheet.toml"],
            Self::Form => &["procedures/*/form.toml", "procedures/*/versions/*.form.toml"],
            Self::Process => &["procedures/*/process.toml"],
            Self::Examples => &["procedures/*/examples.toml"],
            Self::Step => &["steps/*.toml"],
            Self::Agencies => &["agencies.toml"],
            Self::Organisation => &["organisation/*.toml"],
            Self::OfficeHours => &["calendars/office-hours.toml"],
            Self::LifeEvents => &["life_events.toml"],
            Self::Statement => &["statements/*.toml"],
            Self::KeptPapers => &["kept_papers.toml"],
            Self::Tariff => &["post/tariff.toml"],
        }
    }

    /// The kind of a file; none for a table, a template, a text.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.patterns().iter().any(|pattern| fits(pattern, path)))
    }

    /// Its schema, draft 7: what editors of TOML read.
    #[must_use]
    pub fn schema(self) -> Value {
        let schema = match self {
            Self::Sheet => schema::<Sheet>(),
            Self::Form => schema::<Form>(),
            Self::Process => schema::<procedure::Process>(),
            Self::Examples => schema::<Examples>(),
            Self::Step => schema::<procedure::SharedStep>(),
            Self::Agencies => schema::<agency::File>(),
            Self::Organisation => schema::<reform::File>(),
            Self::OfficeHours => schema::<OfficeHours>(),
            Self::LifeEvents => schema::<life_event::LifeEvents>(),
            Self::Statement => schema::<Layout>(),
            Self::KeptPapers => schema::<kept_paper::Kinds>(),
            Self::Tariff => schema::<Tariff>(),
        };
        let mut schema = schema.to_value();
        plain(&mut schema);
        if let Value::Object(map) = &mut schema {
            map.insert("title".to_owned(), format!("Một Cửa: {}", self.name()).into());
        }
        schema
    }

    /// Its schema as a file.
    #[must_use]
    pub fn text(self) -> String {
        format!("{:#}\n", self.schema())
    }
}

fn schema<T: JsonSchema>() -> Schema {
    SchemaSettings::draft07().into_generator().into_root_schema_for::<T>()
}

/// TOML has no null, and sizes of integers are no concern of who writes it.
fn plain(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(plain),
        Value::Object(map) => {
            map.values_mut().for_each(plain);
            without_null(map);
        }
        _ => {}
    }
}

fn without_null(map: &mut Map<String, Value>) {
    let is_null = |v: &Value| v == "null" || v["type"] == "null";
    map.retain(|key, value| !(key == "default" && value.is_null()));
    map.retain(|key, value| !(key == "format" && value.as_str().is_some_and(|f| f.starts_with("uint") || f.starts_with("int"))));
    if let Some(Value::Array(types)) = map.get_mut("type") {
        types.retain(|t| !is_null(t));
        if let [one] = &types[..] {
            let one = one.clone();
            map.insert("type".to_owned(), one);
        }
    }
    if let Some(Value::Array(any)) = map.get_mut("anyOf") {
        any.retain(|t| !is_null(t));
        if any.len() == 1 {
            let one = map.remove("anyOf").unwrap_or_default();
            map.insert("allOf".to_owned(), one);
        }
    }
}

fn fits(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
    pattern.len() == path.len()
        && pattern.iter().zip(path).all(|(pattern, part)| match pattern.split_once('*') {
            Some((before, after)) => part.len() > before.len() + after.len() && part.starts_with(before) && part.ends_with(after),
            None => *pattern == part,
        })
}

/// A `.taplo.toml`, by which editors find the schema of each file: `content` and `schemas` are the folders of the files
/// and of the schemas, beside it.
#[must_use]
pub fn taplo(content: &str, schemas: &str) -> String {
    let mut text = String::from("# Tells editors of TOML (Taplo, Even Better TOML) the schema of each file of the catalogue.\n");
    for kind in Kind::ALL {
        let include: Vec<_> = kind.patterns().iter().map(|p| format!("\"{content}{p}\"")).collect();
        text.push_str(&format!(
            "\n[[rule]]\ninclude = [{}]\n[rule.schema]\nenabled = true\npath = \"{schemas}{}.json\"\n",
            include.join(", "),
            kind.name()
        ));
    }
    text
}

impl Files {
    /// Writes the schemas beside content that was written to a folder, under names that [`Files::read`] passes over, so
    /// that an editor opened there helps.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn write_schemas(root: &Path) -> std::io::Result<()> {
        std::fs::write(root.join(".taplo.toml"), taplo("", ".schema/"))?;
        write(&root.join(".schema"))
    }
}

/// Writes every schema into a folder.
///
/// # Errors
/// When the folder cannot be written.
pub fn write(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    Kind::ALL
        .into_iter()
        .try_for_each(|kind| std::fs::write(folder.join(format!("{}.json", kind.name())), kind.text()))
}
