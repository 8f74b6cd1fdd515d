//! Kinds of paper that a citizen keeps: which serve which paper of a form again, and for how long (`kept_papers.toml`).

use crate::check::{Mistake, line_of, toml};
use crate::files::Files;
use crate::service::Service;
use motcua_model::id::ProcedureCode;
use motcua_model::procedure::{Procedure, Text};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;

const PATH: &str = "kept_papers.toml";

/// A kind of paper.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeptKind {
    /// Its name in the catalogue.
    pub id: String,
    /// What it is called.
    pub name: Text,
    /// For how many months after it was issued or compared it serves again; without end where it says none.
    #[serde(default)]
    pub months: Option<u32>,
    /// The papers of forms that it serves as: `ID` in every form, `PROCEDURE/ID` in one.
    pub asked_as: Vec<String>,
    /// The procedures whose result it is.
    pub issued_by: Vec<ProcedureCode>,
}

impl KeptKind {
    /// Whether it serves as this paper of this procedure's form.
    #[must_use]
    pub fn serves(&self, procedure: &ProcedureCode, paper: &str) -> bool {
        self.asked_as.iter().any(|asked| match asked.split_once('/') {
            Some((code, id)) => code == procedure.as_str() && id == paper,
            None => asked == paper,
        })
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kinds {
    /// The kinds, in the order in which they are shown.
    kind: Vec<KeptKind>,
}

/// Reads them; a catalogue without the file has none, and then nothing is offered again.
pub(crate) fn read(
    files: &Files,
    services: &[Service],
    procedures: &BTreeMap<ProcedureCode, Arc<Procedure>>,
    mistakes: &mut Vec<Mistake>,
) -> Vec<KeptKind> {
    let Some(text) = files.get(PATH) else { return Vec::new() };
    let kinds = toml::<Kinds>(files, PATH, mistakes).map_or_else(Vec::new, |k| k.kind);
    let mut add = |field: &str, what: &str, remedy: &str| {
        mistakes.push(Mistake::new(PATH, line_of(text, field), field, what, remedy));
    };
    for (i, kind) in kinds.iter().enumerate() {
        if kinds[..i].iter().any(|other| other.id == kind.id) {
            add(&kind.id, "hai loại giấy trùng tên", "đặt id khác nhau");
        }
        if kind.months == Some(0) {
            add(
                &kind.id,
                "hạn dùng lại là 0 tháng",
                "ghi số tháng, hoặc bỏ months nếu không có hạn",
            );
        }
        for code in &kind.issued_by {
            if !services.iter().any(|s| s.sheet.code == *code) {
                add(
                    code.as_str(),
                    "không có thủ tục này",
                    "xem mã trong sheets.tsv hoặc procedures",
                );
            }
        }
        for asked in &kind.asked_as {
            let known = match asked.split_once('/') {
                Some((code, id)) => procedures
                    .get(&ProcedureCode::from(code))
                    .is_some_and(|p| p.form.paper(id).is_some()),
                None => procedures.values().any(|p| p.form.paper(asked).is_some()),
            };
            if !known {
                add(
                    asked,
                    "không có tờ khai nào hỏi giấy này",
                    "ghi id của giấy trong form.toml, hoặc MÃ/id",
                );
            }
        }
    }
    kinds
}
