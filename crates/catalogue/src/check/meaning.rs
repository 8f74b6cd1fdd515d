//! Checks across services: what means the same is asked alike, and a service named instead of another is one of ours.

use super::{Mistake, line_of};
use crate::files::Files;
use crate::service::Service;
use motcua_model::form::{Field, FieldKind};
use motcua_model::id::ProcedureCode;
use motcua_model::procedure::Procedure;
use std::collections::{BTreeMap, HashSet};
use std::mem::discriminant;
use std::sync::Arc;

const SHAPE: &str = "viết như applicant.name, deceased.birth_date: chữ thường, số, _ và -, có một dấu chấm";

/// Adds what does not go together across the services modelled whole.
pub(crate) fn meanings(
    procedures: &BTreeMap<ProcedureCode, Arc<Procedure>>,
    services: &[Service],
    files: &Files,
    mistakes: &mut Vec<Mistake>,
) {
    let known: HashSet<&ProcedureCode> = services.iter().map(|s| &s.sheet.code).collect();
    let mut kinds: BTreeMap<&str, (&FieldKind, &ProcedureCode)> = BTreeMap::new();
    for (code, procedure) in procedures {
        let path = format!("procedures/{code}/form.toml");
        let text = files.get(&path).unwrap_or("");
        let mut add = |place: &str, what: String, remedy: &str| {
            mistakes.push(Mistake::new(&path, line_of(text, place), place, &what, remedy));
        };
        let form = &procedure.form;
        let mut here: BTreeMap<&str, &Field> = BTreeMap::new();
        for field in form.fields() {
            let Some(meaning) = form.meaning(field) else { continue };
            if !shaped(meaning) {
                add(&field.id, format!("nghĩa “{meaning}” viết sai"), SHAPE);
            }
            if let Some(other) = here.insert(meaning, field) {
                let remedy = "mỗi nghĩa chỉ một ô trong một tờ khai";
                add(&field.id, format!("ô này và ô {} cùng nghĩa {meaning}", other.id), remedy);
            }
            let (kind, first) = kinds.entry(meaning).or_insert((&field.kind, code));
            if discriminant(*kind) != discriminant(&field.kind) {
                let remedy = "dùng cùng loại ô (kind), hoặc đặt nghĩa khác";
                add(&field.id, format!("nghĩa {meaning} là loại ô khác ở thủ tục {first}"), remedy);
            }
        }
        let questions = form.questions.iter();
        let instead = questions
            .flat_map(|q| q.answers.iter().map(|a| &a.instead).chain([&q.instead]))
            .flatten();
        for other in instead {
            if !known.contains(other) {
                let remedy = "instead là mã một thủ tục trong sheets.tsv hoặc procedures";
                add("instead", format!("không có thủ tục {other}"), remedy);
            }
        }
    }
}

fn shaped(meaning: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-'))
    };
    matches!(meaning.split_once('.'), Some((whose, what)) if plain(whose) && plain(what))
}
