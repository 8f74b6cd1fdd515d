//! Services modelled whole: one folder each.

use crate::check::{Mistake, toml};
use crate::files::Files;
use motcua_model::dossier::ExtensionRule;
use motcua_model::form::{Field, Form};
use motcua_model::id::ProcedureCode;
use motcua_model::procedure::{Procedure, ProcessStep, Sheet};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// `process.toml`: what happens inside the agency.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Process {
    /// The steps; each leads to the next unless it says otherwise.
    step: Vec<ProcessStep>,
    /// How the term can be made longer.
    #[serde(default)]
    extension: ExtensionRule,
}

/// Fields that many forms ask alike: `steps/ID.toml`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SharedStep {
    field: Vec<Field>,
}

fn shared_steps(files: &Files, mistakes: &mut Vec<Mistake>) -> BTreeMap<String, Vec<Field>> {
    let paths = files.0.keys().filter(|path| path.starts_with("steps/"));
    paths
        .filter_map(|path| {
            let id = path.strip_prefix("steps/")?.strip_suffix(".toml")?;
            Some((id.to_owned(), toml::<SharedStep>(files, path, mistakes)?.field))
        })
        .collect()
}

pub(crate) fn read(files: &Files, mistakes: &mut Vec<Mistake>) -> BTreeMap<ProcedureCode, Arc<Procedure>> {
    let folders: BTreeSet<&str> = files
        .0
        .keys()
        .filter_map(|path| path.strip_prefix("procedures/")?.split('/').next())
        .collect();
    let shared = shared_steps(files, mistakes);
    let mut procedures = BTreeMap::new();
    for folder in folders {
        let path = |name: &str| format!("procedures/{folder}/{name}");
        let sheet = toml::<Sheet>(files, &path("sheet.toml"), mistakes);
        let form = toml::<Form>(files, &path("form.toml"), mistakes);
        let process = toml::<Process>(files, &path("process.toml"), mistakes);
        let template = files.get(&path("result.typ"));
        if template.is_none() {
            mistakes.push(Mistake::of_file(&path("result.typ"), "thiếu mẫu kết quả"));
        }
        let (Some(sheet), Some(mut form), Some(process), Some(template)) = (sheet, form, process, template) else {
            continue;
        };
        let mut earlier = earlier(files, folder, mistakes);
        for step in earlier.iter_mut().chain([&mut form]).flat_map(|form| &mut form.steps) {
            if step.fields.is_empty() {
                step.fields = shared.get(&step.id).cloned().unwrap_or_default();
                // Asked alike, meant alike: a field of a shared step is filled from any other form that has the step.
                for field in step.fields.iter_mut().filter(|f| f.prefill.is_none()) {
                    let own = format!("{}.{}", step.id, field.id);
                    field.meaning.get_or_insert(own);
                }
            }
        }
        if sheet.code.as_str() != folder {
            let file = path("sheet.toml");
            mistakes.push(Mistake::new(
                &file,
                1,
                "code",
                "mã không khớp tên thư mục",
                "đặt tên thư mục bằng mã thủ tục",
            ));
        }
        let procedure = Procedure {
            sheet,
            form,
            earlier,
            process: process.step,
            extension: process.extension,
            result_template: template.to_owned(),
        };
        procedures.insert(procedure.sheet.code.clone(), Arc::new(procedure));
    }
    procedures
}

/// Earlier versions of a form: `versions/N.form.toml`, as they were published.
fn earlier(files: &Files, folder: &str, mistakes: &mut Vec<Mistake>) -> Vec<Form> {
    let start = format!("procedures/{folder}/versions/");
    let paths = files.0.range(start.clone()..).map(|(path, _)| path);
    let paths = paths.take_while(|path| path.starts_with(&start));
    let mut forms = Vec::new();
    for path in paths {
        let Some(form) = toml::<Form>(files, path, mistakes) else {
            continue;
        };
        if format!("{start}{}.form.toml", form.version) != *path {
            let remedy = format!("đặt tên tệp là {}.form.toml, hoặc sửa version", form.version);
            mistakes.push(Mistake::new(path, 1, "version", "bản không khớp tên tệp", &remedy));
        }
        forms.push(form);
    }
    forms.sort_by_key(|form| std::cmp::Reverse(form.version));
    forms
}
