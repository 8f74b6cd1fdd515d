//! Agencies: who settles, with validity dates.

use crate::check::{Mistake, line_of, toml};
use crate::files::Files;
use jiff::civil::Date;
use motcua_model::id::AgencyCode;
use motcua_model::procedure::{AgencyKind, Text};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An agency.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// `MM.DD`: department or district, and unit below it.
    pub code: AgencyCode,
    /// Name.
    pub name: Text,
    /// Kind.
    pub kind: AgencyKind,
    /// Code of its district or commune.
    #[serde(default)]
    pub place: Option<String>,
    /// Where its one-stop is.
    #[serde(default)]
    pub address: String,
    /// Whom to call.
    #[serde(default)]
    pub phone: String,
    /// First day.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub valid_from: Option<Date>,
    /// Last day.
    #[serde(default)]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub valid_to: Option<Date>,
    /// Who took over when it closed, the main heir first.
    #[serde(default)]
    pub successors: Vec<AgencyCode>,
}

impl Agency {
    /// Whether it is open on a day.
    #[must_use]
    pub fn is_open_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day <= to)
    }
}

/// `agencies.toml`: every agency but the people's committees of communes, which follow from `places/communes.tsv`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    #[serde(default)]
    agency: Vec<Agency>,
}

pub(crate) fn read(files: &Files, mistakes: &mut Vec<Mistake>) -> BTreeMap<AgencyCode, Arc<Agency>> {
    let mut agencies = BTreeMap::new();
    let Some(file) = toml::<File>(files, "agencies.toml", mistakes) else {
        return agencies;
    };
    let communes = commune_agencies(files);
    let line = |code: &str| files.get("agencies.toml").map_or(0, |text| line_of(text, code));
    for agency in file.agency.into_iter().chain(communes) {
        let shape =
            agency.code.0.split('.').map(str::len).eq([2, 2]) && agency.code.0.bytes().all(|b| b == b'.' || b.is_ascii_digit());
        if !shape {
            mistakes.push(Mistake::new(
                "agencies.toml",
                line(&agency.code.0),
                &agency.code.0,
                "mã cơ quan sai",
                "viết như 19.04",
            ));
        }
        if let Some(before) = agencies.insert(agency.code.clone(), Arc::new(agency)) {
            mistakes.push(Mistake::new(
                "agencies.toml",
                line(&before.code.0),
                &before.code.0,
                "mã cơ quan trùng",
                "mỗi cơ quan một mã",
            ));
        }
    }
    agencies
}

/// Every commune has its people's committee; its code is the district's number and the commune's place in the list.
fn commune_agencies(files: &Files) -> Vec<Agency> {
    let districts: BTreeMap<&str, &str> = files
        .rows("places/districts.tsv")
        .into_iter()
        .flatten()
        .filter_map(|(_, cells)| Some((*cells.first()?, *cells.get(2)?)))
        .collect();
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    let mut agencies = Vec::new();
    for (_, cells) in files.rows("places/communes.tsv").into_iter().flatten() {
        let [code, name, district, ..] = cells[..] else { continue };
        let Some(number) = districts.get(district) else { continue };
        let n = counts.entry(district).or_insert(10);
        *n += 1;
        agencies.push(commune_agency(AgencyCode(format!("{number}.{n}")), code, name));
    }
    agencies
}

/// The people's committee of a commune.
pub(crate) fn commune_agency(code: AgencyCode, commune: &str, name: &str) -> Agency {
    Agency {
        code,
        name: Text {
            vi: format!("Ủy ban nhân dân {}", lower_first(name)),
            en: format!("People's Committee of {name}"),
        },
        kind: AgencyKind::Commune,
        place: Some(commune.to_owned()),
        address: format!("Trụ sở UBND {}", lower_first(name)),
        phone: String::new(),
        valid_from: None,
        valid_to: None,
        successors: Vec::new(),
    }
}

fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}
