//! Checks what stands around a form: fees by rule, questions before it, its earlier versions.

use super::procedure::{Asked, Check, plain, wrong_condition};
use motcua_model::form::{FeeLine, FieldKind, Form, TO_FORM};
use std::collections::BTreeSet;

const FORM: &str = "form.toml";
const SHEET: &str = "sheet.toml";
/// Lists of the fee.
const LINE: &str = "fee.line";
const EXEMPT: &str = "fee.exempt";

impl Check<'_> {
    pub(super) fn fee(&mut self, asked: &Asked<'_>) {
        let procedure = self.procedure;
        let fee = &procedure.sheet.fee;
        if fee.min > fee.max && fee.max.is_some() {
            self.add(SHEET, "fee.min", "min lớn hơn max", "đổi lại");
        }
        for (n, line) in fee.lines.iter().enumerate() {
            if let Some((what, remedy)) = line.when.as_ref().and_then(|c| wrong_condition(c, asked)) {
                self.add_in(SHEET, (LINE, n, "when"), what, remedy);
            }
            self.line(n, line, asked);
        }
        for (n, exemption) in fee.exemptions.iter().enumerate() {
            if let Some((what, remedy)) = wrong_condition(&exemption.when, asked) {
                self.add_in(SHEET, (EXEMPT, n, "when"), what, remedy);
            }
            let proof = exemption.proof.as_ref();
            if proof.is_some_and(|paper| procedure.form.paper(paper).is_none()) {
                let remedy = "dùng id giấy tờ trong form.toml";
                self.add_in(SHEET, (EXEMPT, n, "proof"), "không có giấy tờ này", remedy);
            }
            if !(1..=100).contains(&exemption.percent) {
                let remedy = "viết percent từ 1 đến 100; 100 là miễn hẳn";
                self.add_in(SHEET, (EXEMPT, n, "percent"), "mức giảm sai", remedy);
            }
        }
    }

    fn line(&mut self, n: usize, line: &FeeLine, asked: &Asked<'_>) {
        if line.per.as_ref().is_some_and(|path| !countable(path, asked)) {
            let remedy = "dùng tên ô số hoặc ô tiền, nhóm, hay diện tích thửa đất (thua.area)";
            self.add_in(SHEET, (LINE, n, "per"), "không có ô số này", remedy);
        }
        if line.per.is_none() && (line.each.is_some() || !line.bands.is_empty() || line.beyond > 0 || line.up_to.is_some()) {
            let remedy = "thêm per = tên ô; each, bands, beyond, up_to đều tính theo ô ấy";
            self.add_in(SHEET, (LINE, n, ""), "không nói tính theo ô nào", remedy);
        }
        if line.bands.is_empty() == (line.amount == 0) {
            self.add_in(
                SHEET,
                (LINE, n, "amount"),
                "cần đúng một trong hai: amount hoặc bands",
                "bỏ một mục",
            );
        }
        let limits: Vec<_> = line.bands.iter().map(|b| b.up_to.unwrap_or(u64::MAX)).collect();
        if !limits.is_empty() && (!limits.is_sorted_by(|a, b| a < b) || limits.last() != Some(&u64::MAX)) {
            let remedy = "xếp up_to tăng dần; bậc cuối không có up_to";
            self.add_in(SHEET, (LINE, n, "bands"), "các bậc phí không phủ hết", remedy);
        }
        if line.min > line.max && line.max.is_some() || line.up_to.is_some_and(|most| most <= line.beyond) {
            self.add_in(SHEET, (LINE, n, "min"), "mức thấp nhất cao hơn mức cao nhất", "đổi lại");
        }
    }

    pub(super) fn questions(&mut self, form: &Form) {
        let mut seen = BTreeSet::new();
        for (i, question) in form.questions.iter().enumerate() {
            let id = &question.id;
            let place = if id.is_empty() { "question" } else { id };
            if !id.is_empty() && (!plain(id, b'-') || id == TO_FORM) {
                let remedy = "chỉ dùng chữ thường không dấu, số và dấu -; không dùng form";
                self.add(FORM, place, "tên câu hỏi sai", remedy);
            }
            if !id.is_empty() && !seen.insert(id) {
                self.add(FORM, place, "hai câu hỏi trùng tên", "đặt id khác nhau");
            }
            if question.answers.is_empty() == question.otherwise.is_none() {
                let remedy = "hỏi có hay không thì viết otherwise; nhiều câu trả lời thì viết answer";
                self.add(FORM, place, "cần đúng một trong hai: otherwise hoặc answer", remedy);
            }
            if question.answers.len() == 1 || question.answers.iter().all(|a| a.refuse.is_some()) && !question.answers.is_empty()
            {
                let remedy = "thêm câu trả lời để đi tiếp được";
                self.add(FORM, place, "câu hỏi không có lối đi tiếp", remedy);
            }
            for answer in &question.answers {
                let leads = |next: &String| next == TO_FORM || form.questions[i + 1..].iter().any(|q| q.id == *next);
                if answer.next.as_ref().is_some_and(|next| !leads(next)) {
                    let remedy = "next chỉ dẫn đến câu hỏi đứng sau (theo id) hoặc \"form\"";
                    self.add(FORM, place, "câu trả lời dẫn đi đâu không rõ", remedy);
                }
                if answer.instead.is_some() && answer.refuse.is_none() {
                    self.add(FORM, place, "instead mà không có refuse", "viết refuse = { vi = \"…\" }");
                }
            }
        }
    }

    /// Every version before the one in force is kept, so that old dossiers read as they were filed; what a field `was`
    /// is a field of one of them and none of now.
    pub(super) fn versions(&mut self) {
        let procedure = self.procedure;
        let form = &procedure.form;
        for version in 1..form.version {
            if procedure.form_of(version).is_none() {
                let remedy = format!("chép form.toml của bản {version} vào versions/{version}.form.toml trước khi sửa");
                let what = format!("thiếu bản {version} của tờ khai");
                self.add(FORM, "version", &what, &remedy);
            }
        }
        if procedure.earlier.iter().any(|old| old.version >= form.version) {
            let remedy = "tăng version trong form.toml";
            self.add(FORM, "version", "trong versions có bản mới hơn hoặc bằng bản này", remedy);
        }
        let mut claimed = BTreeSet::new();
        for field in form.fields() {
            for was in &field.was {
                if form.field(was).is_some() || !claimed.insert(was) {
                    let remedy = "was là tên cũ không còn ô nào dùng, mỗi tên cũ cho một ô";
                    self.add(FORM, &field.id, "tên cũ trùng với ô khác", remedy);
                } else if !procedure.earlier.iter().any(|old| old.field(was).is_some()) {
                    let remedy = "was phải là tên ô trong một tệp của versions";
                    self.add(FORM, &field.id, "không bản cũ nào có tên này", remedy);
                }
            }
        }
    }
}

/// Whether there is a number to count at a path.
fn countable(path: &str, asked: &Asked<'_>) -> bool {
    let (field, part) = path.split_once('.').map_or((path, None), |(field, part)| (field, Some(part)));
    matches!(
        (asked.get(field).map(|f| &f.kind), part),
        (
            Some(FieldKind::Number { .. } | FieldKind::Money { .. } | FieldKind::Calculated { .. } | FieldKind::Group { .. }),
            None
        ) | (Some(FieldKind::Plot), Some("area"))
    )
}
