//! Every service that the province offers: the sheets in one table, and those modelled whole.

use crate::check::{Mistake, is_address};
use crate::files::Files;
use motcua_model::clock::Term;
use motcua_model::dossier::Level;
use motcua_model::id::ProcedureCode;
use motcua_model::procedure::{AgencyKind, Fact, Origin, Sheet, Source, Text};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A service as it is listed.
#[derive(Clone, Debug)]
pub struct Service {
    /// Its sheet.
    pub sheet: Sheet,
    /// Whether it is modelled whole: its form can be filled and sent.
    pub whole: bool,
}

/// A service as machines read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Code.
    pub code: String,
    /// Name in Vietnamese.
    pub name: String,
    /// Field.
    pub field: String,
    /// Who settles it.
    pub agency: String,
    /// 3 or 4.
    pub level: u8,
    /// Whether it is modelled whole.
    pub whole: bool,
}

impl Service {
    /// The service as machines read it, with who settles it.
    #[must_use]
    pub fn summary(&self, agency: String) -> Summary {
        let s = &self.sheet;
        Summary {
            code: s.code.0.clone(),
            name: s.name.vi.clone(),
            field: s.field.clone(),
            agency,
            level: s.level.into(),
            whole: self.whole,
        }
    }
}

const PATH: &str = "sheets.tsv";
/// English names of the services that have a sheet only.
const ENGLISH: &str = "names_en.tsv";
const COLUMNS: &str = "code name field agency level_2020 online_level days days_unit fee_vnd fee_note result origin \
     source_url term_note estimated";

/// A field, what is wrong with it, and what would be right.
type Wrong = (&'static str, &'static str, &'static str);

pub(crate) fn read(files: &Files, mistakes: &mut Vec<Mistake>) -> Vec<Service> {
    let mut services: Vec<Service> = Vec::new();
    let Some(rows) = files.rows(PATH) else {
        mistakes.push(Mistake::of_file(PATH, "thiếu tệp"));
        return services;
    };
    let english = english(files, mistakes);
    let mut codes = HashSet::new();
    for (line, cells) in rows {
        let sheet = sheet(&cells).map(|mut sheet| {
            if let Some(name) = english.get(sheet.code.as_str()) {
                sheet.name.en = (*name).to_owned();
            }
            sheet
        });
        match sheet {
            Ok(sheet) if !codes.insert(sheet.code.clone()) => {
                mistakes.push(Mistake::new(
                    PATH,
                    line,
                    &sheet.code.0,
                    "mã thủ tục trùng",
                    "mỗi thủ tục một dòng",
                ));
            }
            Ok(sheet) => services.push(Service { sheet, whole: false }),
            Err((field, what, remedy)) => mistakes.push(Mistake::new(PATH, line, field, what, remedy)),
        }
    }
    services
}

/// English names by code; one for a service that is not there is a mistake.
fn english<'a>(files: &'a Files, mistakes: &mut Vec<Mistake>) -> HashMap<&'a str, &'a str> {
    // A row that is wrong otherwise is a service all the same: its mistake is told once.
    let rows = files.rows(PATH).into_iter().flatten();
    let listed: HashSet<&str> = rows.filter_map(|(_, cells)| cells.first().copied()).collect();
    let mut names = HashMap::new();
    for (line, cells) in files.rows(ENGLISH).into_iter().flatten() {
        let [code, name, ..] = cells[..] else {
            let remedy = "viết mã, một dấu tab, tên tiếng Anh";
            mistakes.push(Mistake::new(ENGLISH, line, "name", "thiếu cột", remedy));
            continue;
        };
        let is_whole = || files.get(&format!("procedures/{code}/sheet.toml")).is_some();
        if listed.contains(code) || is_whole() {
            names.insert(code, name);
        } else {
            let remedy = "xem mã trong sheets.tsv, hoặc bỏ dòng này";
            mistakes.push(Mistake::new(ENGLISH, line, "code", "không có thủ tục này", remedy));
        }
    }
    names
}

/// Codes that services had before; one that somebody has now, or two had before, is a mistake.
pub(crate) fn renamed(services: &[Service], mistakes: &mut Vec<Mistake>) -> BTreeMap<ProcedureCode, ProcedureCode> {
    let codes: HashSet<&ProcedureCode> = services.iter().map(|s| &s.sheet.code).collect();
    let mut renamed = BTreeMap::new();
    for (sheet, was) in services
        .iter()
        .flat_map(|s| s.sheet.was.iter().map(move |was| (&s.sheet, was)))
    {
        if codes.contains(was) || renamed.insert(was.clone(), sheet.code.clone()).is_some() {
            let path = format!("procedures/{}/sheet.toml", sheet.code);
            let what = format!("mã cũ {was} đang là của thủ tục khác");
            mistakes.push(Mistake::new(&path, 0, "was", &what, "bỏ mã này khỏi was"));
        }
    }
    renamed
}

/// An amount with its remark; a remark that begins with the amount goes on from it.
fn fee_text(fee: &str, note: &str) -> String {
    let mut amount = String::new();
    for (i, digit) in fee.chars().enumerate() {
        if i > 0 && (fee.len() - i).is_multiple_of(3) {
            amount.push('.');
        }
        amount.push(digit);
    }
    match note.strip_prefix(&amount).and_then(|rest| rest.strip_prefix('đ')) {
        Some(rest) => format!("{amount} đồng{rest}"),
        None if note.is_empty() => format!("{amount} đồng"),
        None => format!("{amount} đồng ({note})"),
    }
}

/// Whether a text can be a code: addresses are made of it. `-` stands where a service has none yet.
fn is_code(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
    let begins = text.starts_with(|c: char| c.is_ascii_digit());
    text == "-" || (begins && text.bytes().all(plain) && !text.contains(".."))
}

/// The facts that the source does not say.
fn estimated(cell: &str) -> Result<Vec<Fact>, Wrong> {
    let facts = cell.split(',').map(str::trim).filter(|fact| !fact.is_empty());
    facts
        .map(|fact| match fact {
            "term" => Ok(Fact::Term),
            "fee" => Ok(Fact::Fee),
            _ => Err((
                "estimated",
                "không rõ điều nào ước tính",
                "viết term (thời hạn), fee (phí), hoặc term,fee",
            )),
        })
        .collect()
}

fn sheet(cells: &[&str]) -> Result<Sheet, Wrong> {
    let [
        code,
        name,
        field,
        agency,
        level_2020,
        online_level,
        days,
        unit,
        fee,
        note,
        result,
        origin,
        url,
        ref more @ ..,
    ] = *cells
    else {
        return Err(("", "số cột sai", COLUMNS));
    };
    if !is_code(code) {
        return Err(("code", "mã thủ tục sai", "viết mã như 1.004873; chưa có mã thì viết -"));
    }
    if name.is_empty() {
        return Err(("name_vi", "thiếu tên", "viết tên thủ tục"));
    }
    if !fee.bytes().all(|b| b.is_ascii_digit()) {
        return Err(("fee_vnd", "số tiền sai", "viết số đồng bằng chữ số, ví dụ 15000"));
    }
    if !url.is_empty() && !is_address(url) {
        return Err(("source_url", "địa chỉ nguồn sai", "viết địa chỉ bắt đầu bằng https://"));
    }
    // Empty cells at the end of a row may be left out.
    let (term_note, marks) = match *more {
        [] => ("", ""),
        [note] => (note, ""),
        [note, marks] => (note, marks),
        _ => return Err(("", "số cột sai", COLUMNS)),
    };
    let level = online_level.parse::<u8>().ok().and_then(|n| Level::try_from(n).ok());
    let days: u32 = days.parse().map_err(|_| ("days", "không phải số", "viết số ngày, ví dụ 3"))?;
    Ok(Sheet {
        code: ProcedureCode(code.to_owned()),
        name: Text::same(name),
        field: field.to_owned(),
        level: level.ok_or(("online_level", "mức độ sai", "viết 3 hoặc 4"))?,
        agency_kind: match level_2020 {
            "tinh" => AgencyKind::Department,
            "huyen" => AgencyKind::District,
            "xa" => AgencyKind::Commune,
            _ => return Err(("level_2020", "cấp sai", "viết tinh, huyen hoặc xa")),
        },
        agency: None,
        agency_text: agency.to_owned(),
        who: None,
        term: match unit {
            "working_day" => Term::WorkingDays(days),
            "day" => Term::CalendarDays(days),
            "same_day" => Term::SameDay { cutoff_hour: 15 },
            _ => return Err(("days_unit", "đơn vị sai", "viết working_day, day hoặc same_day")),
        },
        term_note: (!term_note.is_empty()).then(|| Text::same(term_note)),
        fee: motcua_model::form::FeeRule::default(),
        fee_text: Some(match (fee, note) {
            ("" | "0", "") => "Không thu".to_owned(),
            ("" | "0", note) => note.to_owned(),
            (fee, note) => fee_text(fee, note),
        }),
        result: Text::same(result),
        needs: Vec::new(),
        ways: Vec::new(),
        legal_basis: Vec::new(),
        keywords: Vec::new(),
        was: Vec::new(),
        closed: None,
        source: Source {
            origin: if origin.starts_with("sourced") {
                Origin::Sourced
            } else {
                Origin::Estimated
            },
            url: (!url.is_empty()).then(|| url.to_owned()),
            estimated: estimated(marks)?,
        },
    })
}
