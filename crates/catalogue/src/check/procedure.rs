//! Checks a service modelled whole beyond its shape: names, conditions, registers, fee, process.

use super::kind::{calculable, divides_by_zero, is_number, kind_mistake};
use super::{Mistake, is_address, line_in_list, line_of, line_of_key};
use crate::agency::Agency;
use crate::files::Files;
use motcua_model::clock::Term;
use motcua_model::form::{Condition, Field, FieldKind, Form, Registers};
use motcua_model::id::AgencyCode;
use motcua_model::procedure::{AgencyKind, Procedure};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Most fields of a form: a longer one is not filled by anybody.
const FIELDS: usize = 500;
/// Most fields of a step: a page stays short and light.
const STEP_FIELDS: usize = 40;

/// Fields that were asked before, by name.
pub(super) type Asked<'a> = BTreeMap<&'a str, &'a Field>;

pub(super) struct Check<'a> {
    pub(super) procedure: &'a Procedure,
    files: &'a Files,
    registers: &'a Registers,
    mistakes: &'a mut Vec<Mistake>,
}

/// Adds what is wrong with a procedure.
pub(crate) fn procedure(
    procedure: &Procedure,
    files: &Files,
    registers: &Registers,
    agencies: &BTreeMap<AgencyCode, Arc<Agency>>,
    mistakes: &mut Vec<Mistake>,
) {
    let mut check = Check {
        procedure,
        files,
        registers,
        mistakes,
    };
    let asked = check.form(&procedure.form);
    check.cross(&procedure.form, &asked);
    check.papers(&procedure.form, &asked);
    check.applicant(&procedure.form, &asked);
    check.questions(&procedure.form);
    check.versions();
    check.sheet(&asked, agencies);
    check.process(&asked, agencies);
    if !procedure.result_template.contains("\"/result.typ\"") {
        check.add(
            "result.typ",
            "import",
            "mẫu không dùng khung chung",
            "thêm #import \"/result.typ\": data, result",
        );
    }
}

impl Check<'_> {
    pub(super) fn add(&mut self, file: &str, field: &str, what: &str, remedy: &str) {
        let path = format!("procedures/{}/{file}", self.procedure.sheet.code);
        let line = self.files.get(&path).map_or(0, |text| line_of(text, field));
        self.mistakes.push(Mistake::new(&path, line, field, what, remedy));
    }

    /// A mistake at a key of a thing that has an `id`.
    pub(super) fn add_at(&mut self, file: &str, (field, key): (&str, &str), what: &str, remedy: &str) {
        let path = format!("procedures/{}/{file}", self.procedure.sheet.code);
        let line = self.files.get(&path).map_or(0, |text| line_of_key(text, field, key));
        self.mistakes.push(Mistake::new(&path, line, field, what, remedy));
    }

    /// A mistake at a key of the `n`th entry of a list; named by list and key.
    pub(super) fn add_in(&mut self, file: &str, (list, n, key): (&str, usize, &str), what: &str, remedy: &str) {
        let path = format!("procedures/{}/{file}", self.procedure.sheet.code);
        let line = self.files.get(&path).map_or(0, |text| line_in_list(text, list, n, key));
        let field = format!("{list}.{key}");
        self.mistakes
            .push(Mistake::new(&path, line, field.trim_end_matches('.'), what, remedy));
    }

    fn form<'f>(&mut self, form: &'f Form) -> Asked<'f> {
        const FILE: &str = "form.toml";
        let mut asked = Asked::new();
        let mut steps = BTreeSet::new();
        if form.version == 0 {
            self.add(FILE, "version", "bản của tờ khai bắt đầu từ 1", "viết version = 1");
        }
        if form.steps.is_empty() || form.steps.iter().map(|s| s.fields.len()).sum::<usize>() > FIELDS {
            self.add(FILE, "step", "tờ khai trống hoặc quá 500 ô", "chia bước; bỏ ô không cần");
        }
        for step in &form.steps {
            if !plain(&step.id, b'-') {
                self.add(FILE, &step.id, "tên bước sai", "chỉ dùng chữ thường không dấu, số và dấu -");
            }
            if !steps.insert(&step.id) {
                self.add(FILE, &step.id, "hai bước trùng tên", "đặt id khác nhau");
            }
            if step.fields.is_empty() {
                self.add(FILE, &step.id, "bước không có ô nào", "thêm ô hoặc bỏ bước");
            }
            if step.fields.len() > STEP_FIELDS {
                self.add(FILE, &step.id, "bước quá 40 ô", "chia thành nhiều bước, mỗi bước một trang");
            }
            self.condition(FILE, (&step.id, "when"), step.when.as_ref(), &asked);
            self.fields(FILE, &step.fields, &mut asked);
        }
        asked
    }

    pub(super) fn fields<'f>(&mut self, file: &str, fields: &'f [Field], asked: &mut Asked<'f>) {
        for field in fields {
            self.condition(file, (&field.id, "when"), field.when.as_ref(), asked);
            self.condition(file, (&field.id, "required_when"), field.required_when.as_ref(), asked);
            if asked.insert(&field.id, field).is_some() {
                self.add(file, &field.id, "hai ô trùng tên", "đặt id khác nhau");
            }
            if !plain(&field.id, b'_') {
                self.add(file, &field.id, "tên ô sai", "chỉ dùng chữ thường không dấu, số và _");
            }
            if field.label.vi.trim().is_empty() {
                self.add_at(file, (&field.id, "label"), "ô không có nhãn", "viết label = { vi = \"…\" }");
            }
            if let FieldKind::Calculated { formula, .. } = &field.kind
                && !calculable(formula, asked)
            {
                self.add_at(
                    file,
                    (&field.id, "kind"),
                    "không tính được",
                    "formula chỉ dùng ô số, ô tiền hoặc nhóm đứng trước",
                );
            }
            if let FieldKind::Calculated { formula, .. } = &field.kind
                && divides_by_zero(formula, asked)
            {
                let remedy = "ô chia phải là ô số hoặc ô tiền có min từ 1";
                self.add_at(file, (&field.id, "kind"), "công thức có thể chia cho 0", remedy);
            }
            if let Some((what, remedy)) = kind_mistake(&field.kind, self.registers) {
                self.add_at(file, (&field.id, "kind"), what, remedy);
            }
            match &field.kind {
                // An entry of a group, a row of a table know their own fields only.
                FieldKind::Group { fields, .. } | FieldKind::Table { columns: fields, .. } => {
                    self.fields(file, fields, &mut Asked::new());
                }
                FieldKind::Choice { options } | FieldKind::Choices { options } => {
                    let mut before = asked.clone();
                    before.remove(field.id.as_str());
                    for option in options {
                        self.condition(file, (&field.id, "kind"), option.when.as_ref(), &before);
                    }
                }
                _ => {}
            }
        }
    }

    /// A condition looks back only: that is also why conditions cannot go round in a circle.
    pub(super) fn condition(&mut self, file: &str, place: (&str, &str), condition: Option<&Condition>, asked: &Asked<'_>) {
        if let Some((what, remedy)) = condition.and_then(|c| wrong_condition(c, asked)) {
            self.add_at(file, place, what, remedy);
        }
    }

    fn cross(&mut self, form: &Form, asked: &Asked<'_>) {
        const FILE: &str = "form.toml";
        for (n, check) in form.checks.iter().enumerate() {
            if !asked.contains_key(check.field.as_str()) {
                self.add_in(FILE, ("check", n, "field"), "không có ô này", "viết field = id của ô cần sửa");
            }
            if check.say.vi.trim().is_empty() {
                self.add_in(
                    FILE,
                    ("check", n, "say"),
                    "không nói sai chỗ nào",
                    "viết say = { vi = \"…\" }",
                );
            }
            if let Some((what, remedy)) = wrong_condition(&check.refuse, asked) {
                self.add_in(FILE, ("check", n, "refuse"), what, remedy);
            }
        }
    }

    fn papers(&mut self, form: &Form, asked: &Asked<'_>) {
        const FILE: &str = "form.toml";
        let mut seen = BTreeSet::new();
        for paper in &form.papers {
            if !seen.insert(&paper.id) {
                self.add(FILE, &paper.id, "hai giấy tờ trùng tên", "đặt id khác nhau");
            }
            if !plain(&paper.id, b'-') {
                self.add(
                    FILE,
                    &paper.id,
                    "tên giấy tờ sai",
                    "chỉ dùng chữ thường không dấu, số và dấu -",
                );
            }
            if !(1..=50).contains(&paper.max) {
                self.add(FILE, &paper.id, "số tệp sai", "viết max từ 1 đến 50");
            }
            if paper.max_mb == Some(0) {
                self.add(FILE, &paper.id, "cỡ tệp sai", "viết max_mb từ 1, hoặc bỏ dòng này");
            }
            self.condition(FILE, (&paper.id, "when"), paper.when.as_ref(), asked);
            self.condition(FILE, (&paper.id, "required_when"), paper.required_when.as_ref(), asked);
        }
    }

    fn applicant(&mut self, form: &Form, asked: &Asked<'_>) {
        let a = &form.applicant;
        for (key, field, fits) in [
            ("name", &a.name, &FieldKind::PersonName),
            ("person_id", &a.person_id, &FieldKind::PersonId),
            ("phone", &a.phone, &FieldKind::Phone),
            ("email", &a.email, &FieldKind::Email),
            ("address", &a.address, &FieldKind::Address),
        ] {
            let right = match asked.get(field.as_str()) {
                Some(f) => f.kind == *fits,
                None => field.is_empty() && key != "name",
            };
            if !right {
                self.add(
                    "form.toml",
                    &format!("applicant.{key}"),
                    "không có ô này, hoặc sai loại",
                    "dùng tên ô đúng loại trong tờ khai",
                );
            }
        }
        let born = asked.get(a.birth_date.as_str());
        if !a.birth_date.is_empty() && !born.is_some_and(|f| matches!(f.kind, FieldKind::Date { .. })) {
            self.add(
                "form.toml",
                "applicant.birth_date",
                "không có ô này, hoặc sai loại",
                "dùng tên một ô ngày",
            );
        }
    }

    fn sheet(&mut self, asked: &Asked<'_>, agencies: &BTreeMap<AgencyCode, Arc<Agency>>) {
        const FILE: &str = "sheet.toml";
        let procedure = self.procedure;
        let sheet = &procedure.sheet;
        if sheet.name.vi.trim().is_empty() {
            self.add(FILE, "name", "thiếu tên thủ tục", "viết tên đầy đủ");
        }
        if sheet.ways.is_empty() {
            self.add(
                FILE,
                "ways",
                "chưa nói trả kết quả ở đâu",
                "viết ways = [\"counter\"], thêm online, post nếu có",
            );
        }
        if sheet.source.url.as_deref().is_some_and(|url| !is_address(url)) {
            self.add(FILE, "source.url", "địa chỉ nguồn sai", "viết địa chỉ bắt đầu bằng https://");
        }
        if let Some(closed) = &sheet.closed {
            if closed.until.is_some_and(|until| until < closed.from) {
                self.add(FILE, "closed", "ngày cuối trước ngày đầu", "đổi lại from và until");
            }
            if closed.reason.vi.trim().is_empty() {
                self.add(FILE, "closed", "không nói vì sao dừng nhận", "viết reason = { vi = \"…\" }");
            }
        }
        self.fee(asked);
        match (&sheet.agency, sheet.agency_kind) {
            (Some(code), _) if !agencies.contains_key(&AgencyCode(code.clone())) => {
                self.add(FILE, "agency", "không có cơ quan này", "dùng mã trong agencies.toml");
            }
            (None, AgencyKind::Department | AgencyKind::PostOffice) => {
                self.add(FILE, "agency_kind", "thiếu cơ quan", "ghi agency = mã trong agencies.toml");
            }
            (None, _) if procedure.form.applicant.address.is_empty() => {
                let what = "cần một ô địa chỉ để biết nơi giải quyết";
                self.add(
                    "form.toml",
                    "applicant",
                    what,
                    "thêm ô kind = \"address\" và ghi tên ô ở address",
                );
            }
            _ => {}
        }
    }
}

/// Working hours that the term gives, about: a working day has eight, a month 21 working days.
pub(super) fn legal_hours(term: Term) -> u64 {
    match term {
        Term::WorkingHours(h) => u64::from(h),
        Term::WorkingDays(d) => u64::from(d) * 8,
        Term::SameDay { .. } => 8,
        // Five working days in seven.
        Term::CalendarDays(d) => u64::from(d) * 8 * 5 / 7,
        Term::Months(m) => u64::from(m) * 21 * 8,
    }
}

pub(super) fn plain(id: &str, dash: u8) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == dash)
}

/// What is wrong with a condition, and the remedy.
pub(super) fn wrong_condition(condition: &Condition, asked: &Asked<'_>) -> Option<(&'static str, &'static str)> {
    if condition.fields().iter().any(|f| !asked.contains_key(f)) {
        return Some(("điều kiện nhắc đến ô chưa hỏi", "chỉ dùng ô đứng trước, đúng tên"));
    }
    let remedy = "is, in cần giá trị có trong options; ticked cần ô đánh dấu; at_least, at_most cần ô số";
    (!fits(condition, asked)).then_some(("điều kiện không bao giờ đúng", remedy))
}

/// Whether every comparison suits the kind of its field. All its fields are known.
fn fits(condition: &Condition, asked: &Asked<'_>) -> bool {
    let kind = |field: &str| asked.get(field).map(|f| &f.kind);
    let offers = |field: &str, value: &str| match kind(field) {
        Some(FieldKind::Choice { options } | FieldKind::Choices { options }) => options.iter().any(|o| o.value == value),
        _ => true,
    };
    match condition {
        Condition::Is { field, value } => offers(field, value),
        Condition::In { field, values } => !values.is_empty() && values.iter().all(|v| offers(field, v)),
        Condition::Filled(_) => true,
        Condition::Ticked(field) => matches!(kind(field), Some(FieldKind::Checkbox)),
        Condition::AtLeast { field, .. } | Condition::AtMost { field, .. } => kind(field).is_some_and(is_number),
        Condition::Less { field, than } => match (kind(field), kind(than)) {
            (Some(FieldKind::Date { .. }), Some(FieldKind::Date { .. })) => true,
            (Some(a), Some(b)) => is_number(a) && is_number(b),
            _ => false,
        },
        Condition::All(list) | Condition::Any(list) => !list.is_empty() && list.iter().all(|c| fits(c, asked)),
        Condition::Not(not) => fits(not, asked),
    }
}
