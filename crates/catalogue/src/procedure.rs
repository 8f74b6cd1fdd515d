//! Services modelled whole: one folder each.

use crate::check::{Mistake, toml};
use crate::files::Files;
use motcua_model::form::Form;
use motcua_model::id::ProcedureCode;
use motcua_model::procedure::{Procedure, ProcessStep, Sheet};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Process {
    step: Vec<ProcessStep>,
}

pub(crate) fn read(files: &Files, mistakes: &mut Vec<Mistake>) -> BTreeMap<ProcedureCode, Arc<Procedure>> {
    let folders: BTreeSet<&str> = files
        .0
        .keys()
        .filter_map(|path| path.strip_prefix("procedures/")?.split('/').next())
        .collect();
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
        let (Some(sheet), Some(form), Some(process), Some(template)) = (sheet, form, process, template) else {
            continue;
        };
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
            process: process.step,
            result_template: template.to_owned(),
        };
        procedures.insert(procedure.sheet.code.clone(), Arc::new(procedure));
    }
    procedures
}
