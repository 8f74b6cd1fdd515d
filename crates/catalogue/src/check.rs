//! Mistakes in the content, each with file, line, field and remedy, in Vietnamese: the clerk who edits it reads them.

use crate::agency::Agency;
use crate::files::Files;
use motcua_model::actor::Role;
use motcua_model::clock::Term;
use motcua_model::form::{Condition, Field, FieldKind, Registers};
use motcua_model::id::AgencyCode;
use motcua_model::procedure::{AgencyKind, Procedure};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// A mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// Which file.
    pub file: String,
    /// Which line, from 1; 0 where the whole file is meant.
    pub line: usize,
    /// Which field.
    pub field: String,
    /// What is wrong.
    pub what: String,
    /// What would be right.
    pub remedy: String,
}

impl Mistake {
    pub(crate) fn new(file: &str, line: usize, field: &str, what: &str, remedy: &str) -> Self {
        Self {
            file: file.into(),
            line,
            field: field.into(),
            what: what.into(),
            remedy: remedy.into(),
        }
    }

    pub(crate) fn of_file(file: &str, what: &str) -> Self {
        Self::new(file, 0, "", what, "xem tệp cùng loại của một thủ tục khác")
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}: {}: {} → {}",
            self.file, self.line, self.field, self.what, self.remedy
        )
    }
}

/// Reads a TOML file; what does not fit is a mistake with its line.
pub(crate) fn toml<T: DeserializeOwned>(files: &Files, path: &str, mistakes: &mut Vec<Mistake>) -> Option<T> {
    let Some(text) = files.get(path) else {
        mistakes.push(Mistake::of_file(path, "thiếu tệp"));
        return None;
    };
    match ::toml::from_str(text) {
        Ok(value) => Some(value),
        Err(e) => {
            let line = e
                .span()
                .map_or(0, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            let field = text
                .lines()
                .nth(line.saturating_sub(1))
                .and_then(|l| l.split_once('='))
                .map_or("", |(k, _)| k.trim());
            let remedy = "sửa theo thông báo; xem tệp cùng loại của một thủ tục khác";
            mistakes.push(Mistake::new(path, line, field, e.message(), remedy));
            None
        }
    }
}

/// Checks a procedure beyond its shape: names, conditions, registers, process.
pub(crate) fn procedure(
    p: &Procedure,
    registers: &Registers,
    agencies: &BTreeMap<AgencyCode, Arc<Agency>>,
    mistakes: &mut Vec<Mistake>,
) {
    let path = |name: &str| format!("procedures/{}/{name}", p.sheet.code);
    let form = path("form.toml");
    let mut add = |file: &str, field: &str, what: &str, remedy: &str| {
        mistakes.push(Mistake::new(file, 0, field, what, remedy));
    };
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let papers: BTreeSet<&str> = p.form.papers.iter().map(|paper| paper.id.as_str()).collect();
    if papers.len() != p.form.papers.len() {
        add(&form, "paper", "hai giấy tờ trùng tên", "đặt id khác nhau");
    }
    let known = |c: &Condition, seen: &BTreeSet<&str>| c.fields().iter().all(|f| seen.contains(f));
    for step in &p.form.steps {
        if step.fields.is_empty() {
            add(&form, &step.id, "bước không có ô nào", "thêm ô hoặc bỏ bước");
        }
        if step.when.as_ref().is_some_and(|c| !known(c, &seen)) {
            add(
                &form,
                &step.id,
                "điều kiện nhắc đến ô chưa hỏi",
                "chỉ dùng ô của các bước trước",
            );
        }
        for field in &step.fields {
            for condition in [&field.when, &field.required_when].into_iter().flatten() {
                // Looking back only: that is also why conditions cannot go round in a circle.
                if !known(condition, &seen) {
                    add(&form, &field.id, "điều kiện nhắc đến ô chưa hỏi", "chỉ dùng ô đứng trước");
                }
            }
            if !seen.insert(&field.id) {
                add(&form, &field.id, "hai ô trùng tên", "đặt id khác nhau");
            }
            check_field(field, registers, &mut |what, remedy| add(&form, &field.id, what, remedy));
        }
    }
    for paper in &p.form.papers {
        if paper.when.as_ref().is_some_and(|c| !known(c, &seen)) {
            add(&form, &paper.id, "điều kiện nhắc đến ô không có", "dùng tên ô trong tờ khai");
        }
    }
    let a = &p.form.applicant;
    for (what, field) in [
        ("name", &a.name),
        ("person_id", &a.person_id),
        ("birth_date", &a.birth_date),
        ("phone", &a.phone),
    ] {
        if !field.is_empty() && !seen.contains(field.as_str()) {
            add(
                &form,
                &format!("applicant.{what}"),
                "không có ô này",
                "dùng tên ô trong tờ khai",
            );
        }
    }
    for line in &p.sheet.fee.lines {
        if line.per.as_ref().is_some_and(|f| !seen.contains(f.as_str())) {
            add(
                &path("sheet.toml"),
                "fee.line.per",
                "không có ô này",
                "dùng tên ô số trong tờ khai",
            );
        }
    }
    for exemption in &p.sheet.fee.exemptions {
        if exemption.proof.as_ref().is_some_and(|paper| !papers.contains(paper.as_str())) {
            add(
                &path("sheet.toml"),
                "fee.exempt.proof",
                "không có giấy tờ này",
                "dùng id giấy tờ trong form.toml",
            );
        }
    }
    match (&p.sheet.agency, p.sheet.agency_kind) {
        (Some(code), _) if !agencies.contains_key(&AgencyCode(code.clone())) => {
            add(
                &path("sheet.toml"),
                "agency",
                "không có cơ quan này",
                "dùng mã trong agencies.toml",
            );
        }
        (None, AgencyKind::Department | AgencyKind::PostOffice) => {
            add(&path("sheet.toml"), "agency", "thiếu cơ quan", "ghi mã trong agencies.toml");
        }
        (None, _) if !matches!(p.form.field(&a.address).map(|f| &f.kind), Some(FieldKind::Address)) => {
            add(
                &form,
                "applicant.address",
                "cần một ô địa chỉ để biết nơi giải quyết",
                "thêm ô kind = \"address\"",
            );
        }
        _ => {}
    }
    check_process(p, &mut |field, what, remedy| add(&path("process.toml"), field, what, remedy));
}

fn check_field(field: &Field, registers: &Registers, add: &mut dyn FnMut(&str, &str)) {
    let plain = |id: &str| id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') && !id.is_empty();
    if !plain(&field.id) {
        add("tên ô sai", "chỉ dùng chữ thường không dấu, số và _");
    }
    match &field.kind {
        FieldKind::Register { name } if registers.list(name).is_empty() => {
            add("không có danh mục này", "dùng communes hoặc districts")
        }
        FieldKind::Choice { options } | FieldKind::Choices { options } if options.is_empty() => {
            add("không có lựa chọn nào", "thêm options");
        }
        FieldKind::Number { min, max } | FieldKind::Money { min, max } if min > max => add("min lớn hơn max", "đổi lại"),
        FieldKind::Text { max } | FieldKind::LongText { max } if *max == 0 || *max > 5_000 => {
            add("max sai", "viết từ 1 đến 5000 ký tự");
        }
        FieldKind::Group { fields, min, max } => {
            if min > max || fields.is_empty() {
                add("nhóm sai", "min không lớn hơn max, có ít nhất một ô");
            }
            for inner in fields {
                if matches!(inner.kind, FieldKind::Group { .. }) {
                    add("nhóm trong nhóm", "tách thành hai nhóm");
                }
                check_field(inner, registers, add);
            }
        }
        _ => {}
    }
}

fn check_process(p: &Procedure, add: &mut dyn FnMut(&str, &str, &str)) {
    match p.process.last() {
        Some(last) if last.role == Role::Leader => {}
        _ => add(
            "step",
            "bước cuối phải do lãnh đạo duyệt",
            "thêm bước role = \"leader\" ở cuối",
        ),
    }
    if !p.process.iter().any(|s| s.proposes) {
        add(
            "step",
            "không bước nào đề xuất kết quả",
            "thêm proposes = true ở bước chuyên viên",
        );
    }
    for step in &p.process {
        if !step.role.is_officer() {
            add(&step.id, "vai trò sai", "viết receptionist, specialist hoặc leader");
        }
    }
    let hours: u32 = p.process.iter().map(|s| s.hours).sum();
    let legal = match p.sheet.term {
        Term::WorkingHours(h) => h,
        Term::WorkingDays(d) => d * 8,
        Term::SameDay { .. } => 8,
        // Five working days in seven.
        Term::CalendarDays(d) => d * 8 * 5 / 7,
        Term::Months(m) => m * 21 * 8,
    };
    if hours > legal {
        add(
            "step.hours",
            "tổng thời gian các bước vượt thời hạn của thủ tục",
            "giảm giờ của các bước",
        );
    }
}
