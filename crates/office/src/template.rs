//! The templates of results, tried with a sample: what is wrong with one is told to who edits it, not to the leader who
//! approves.

use motcua_catalogue::{Catalogue, Mistake};
use motcua_papers::{Fault, Papers};

/// What to do about any fault: typst says what it is, in English.
const REMEDY: &str = "sửa dòng này; dùng được data.person, data.person_id, data.birth_date, data.address, data.text, data.rows, \
     data.title, data.signer; cách viết: xem result.typ của một thủ tục khác";

/// What is wrong with the result templates of services modelled whole, of those files that are `wanted`. Each takes tens
/// of milliseconds of CPU: call it from a blocking thread.
pub fn mistakes(papers: &Papers, catalogue: &Catalogue, wanted: impl Fn(&str) -> bool) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    for code in catalogue.services().iter().filter(|s| s.whole).map(|s| &s.sheet.code) {
        let file = format!("procedures/{code}/result.typ");
        let Some(procedure) = catalogue.procedure(code).filter(|_| wanted(&file)) else {
            continue;
        };
        let faults = papers.faults(&procedure.result_template).unwrap_or_else(|e| {
            vec![Fault {
                line: 0,
                what: e.to_string(),
            }]
        });
        mistakes.extend(faults.into_iter().map(|fault| Mistake {
            file: file.clone(),
            line: fault.line,
            field: "typst".to_owned(),
            what: format!("mẫu kết quả không in được: {}", fault.what),
            remedy: REMEDY.to_owned(),
        }));
    }
    mistakes
}
