//! Reads `organisation/`: one file a change of the organisation. It dates the agencies and places that are already known
//! and adds the new ones; what is not known is a mistake.

use crate::agency::{Agency, commune_agency};
use crate::check::{Mistake, line_in_list, line_of, toml};
use crate::files::Files;
use crate::organisation::Reform;
use crate::service::Service;
use jiff::civil::Date;
use motcua_model::form::{Register, Registers};
use motcua_model::id::{AgencyCode, ProcedureCode};
use motcua_model::procedure::{AgencyKind, Text};
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

const FOLDER: &str = "organisation/";

/// `organisation/DATE.toml`: one change of the organisation.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// The first day of the new organisation.
    #[schemars(with = "String", extend("format" = "date"))]
    date: Date,
    /// What happens.
    name: Text,
    /// By which decision.
    decision: String,
    /// Where the facts are from; for readers of the file.
    #[serde(default, rename = "source")]
    _source: String,
    /// Agencies that open.
    #[serde(default)]
    opens: Vec<Agency>,
    /// Agencies that close.
    #[serde(default)]
    closes: Vec<Closes>,
    /// Services that pass to another agency.
    #[serde(default)]
    takes: Vec<Takes>,
    /// Levels of government whose work passes to another.
    #[serde(default)]
    levels: BTreeMap<AgencyKind, AgencyKind>,
    /// Table of all communes from that day on: they take the place of every commune and district before.
    #[serde(default)]
    communes: Option<String>,
    /// `MM` of the codes of their committees.
    #[serde(default)]
    number: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Closes {
    agency: AgencyCode,
    successor: AgencyCode,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Takes {
    agency: AgencyCode,
    services: Vec<ProcedureCode>,
}

type Agencies = BTreeMap<AgencyCode, Arc<Agency>>;

struct Reading<'a> {
    path: &'a str,
    text: &'a str,
    agencies: &'a mut Agencies,
    registers: &'a mut Registers,
    mistakes: &'a mut Vec<Mistake>,
}

/// Reads the changes in the order of their days; a catalogue without any has none.
pub(crate) fn read(
    files: &Files,
    services: &[Service],
    agencies: &mut Agencies,
    registers: &mut Registers,
    mistakes: &mut Vec<Mistake>,
) -> Vec<Reform> {
    let is_change = |path: &&String| path.starts_with(FOLDER) && path.ends_with(".toml");
    let mut changes: Vec<(&String, File)> = files
        .0
        .keys()
        .filter(is_change)
        .filter_map(|path| Some((path, toml::<File>(files, path, mistakes)?)))
        .collect();
    changes.sort_by_key(|(_, file)| file.date);
    let mut reforms = Vec::new();
    for (path, file) in changes {
        let text = files.get(path).unwrap_or("");
        let mut reading = Reading {
            path,
            text,
            agencies: &mut *agencies,
            registers: &mut *registers,
            mistakes: &mut *mistakes,
        };
        reforms.push(reading.change(files, services, file));
    }
    reforms
}

impl Reading<'_> {
    fn add(&mut self, field: &str, what: &str, remedy: &str) {
        let line = line_of(self.text, field).max(self.text.lines().position(|l| l.contains(field)).map_or(0, |i| i + 1));
        self.mistakes.push(Mistake::new(self.path, line, field, what, remedy));
    }

    /// Adds a mistake in the successor of the `n`th agency that closes.
    fn add_closing(&mut self, n: usize, successor: &AgencyCode, what: &str, remedy: &str) {
        let line = line_in_list(self.text, "closes", n, "successor");
        self.mistakes.push(Mistake::new(self.path, line, &successor.0, what, remedy));
    }

    /// Whether the work of an agency comes to another one in the end, by the changes read so far.
    fn leads(&self, from: &AgencyCode, to: &AgencyCode) -> bool {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(code) = next.pop() {
            if code == to {
                return true;
            }
            if let Some(agency) = self.agencies.get(code).filter(|_| seen.insert(code)) {
                next.extend(&agency.successors);
            }
        }
        false
    }

    fn change(&mut self, files: &Files, services: &[Service], file: File) -> Reform {
        for mut agency in file.opens {
            agency.valid_from = Some(file.date);
            self.open(agency);
        }
        for (n, closes) in file.closes.iter().enumerate() {
            if !self.agencies.contains_key(&closes.successor) {
                self.add(
                    &closes.successor.0,
                    "không có cơ quan kế thừa này",
                    "thêm [[opens]], hoặc sửa mã",
                );
            } else if closes.agency == closes.successor {
                let remedy = "viết mã cơ quan khác nhận việc của nó";
                self.add_closing(n, &closes.successor, "cơ quan thôi hoạt động kế thừa chính nó", remedy);
            } else if self.leads(&closes.successor, &closes.agency) {
                let remedy = "sửa successor: việc phải đến một cơ quan còn hoạt động";
                self.add_closing(n, &closes.successor, "các cơ quan kế thừa nhau thành vòng", remedy);
            }
            self.close(&closes.agency, file.date, std::slice::from_ref(&closes.successor));
        }
        if let Some(table) = &file.communes {
            self.communes(files, &format!("{FOLDER}{table}"), &file.number, file.date);
        }
        let mut takes = Vec::new();
        for (agency, service) in file.takes.iter().flat_map(|t| t.services.iter().map(|s| (&t.agency, s))) {
            if !self.agencies.contains_key(agency) {
                self.add(&agency.0, "không có cơ quan này", "xem mã trong agencies.toml");
            }
            if !services.iter().any(|s| s.sheet.code == *service) {
                self.add(&service.0, "không có thủ tục này", "xem mã trong sheets.tsv hoặc procedures");
            }
            takes.push((service.clone(), agency.clone()));
        }
        Reform {
            date: file.date,
            name: file.name,
            decision: file.decision,
            takes,
            levels: file.levels,
        }
    }

    fn open(&mut self, agency: Agency) {
        let code = agency.code.clone();
        if self.agencies.insert(code.clone(), Arc::new(agency)).is_some() {
            self.add(&code.0, "mã cơ quan đã có", "đặt mã khác: mã cũ thuộc về hồ sơ cũ");
        }
    }

    fn close(&mut self, code: &AgencyCode, first: Date, successors: &[AgencyCode]) {
        match self.agencies.get_mut(code) {
            Some(agency) => {
                let agency = Arc::make_mut(agency);
                agency.valid_to = first.yesterday().ok();
                agency.successors.extend_from_slice(successors);
            }
            None => self.add(&code.0, "không có cơ quan này", "xem mã trong agencies.toml"),
        }
    }

    /// The new communes with their committees; what they replace ends the day before.
    fn communes(&mut self, files: &Files, path: &str, number: &str, first: Date) {
        let last = first.yesterday().ok();
        // Old commune → new ones, the one that took its main part first.
        let mut heirs: BTreeMap<String, Vec<(String, AgencyCode)>> = BTreeMap::new();
        let mut fresh = Vec::new();
        let mut seen = BTreeSet::new();
        let Some(rows) = files.rows(path) else {
            self.add("communes", "thiếu tệp danh sách xã", "đặt tệp cạnh tệp này");
            return;
        };
        for (n, (line, cells)) in rows.enumerate() {
            let [code, name, was, ..] = cells[..] else {
                self.mistakes.push(Mistake::new(
                    path,
                    line,
                    "",
                    "thiếu cột",
                    "viết mã, tên, các xã cũ, cách nhau bằng dấu tab",
                ));
                continue;
            };
            if !seen.insert(code) {
                let remedy = "mỗi xã mới một dòng: gộp các xã cũ vào cột was của dòng ấy";
                self.mistakes.push(Mistake::new(path, line, code, "xã ghi hai lần", remedy));
            }
            let agency = AgencyCode(format!("{number}.{:02}", n + 1));
            for old in was.split(',').map(str::trim).filter(|old| !old.is_empty()) {
                let (old, part) = old.strip_suffix('*').map_or((old, false), |old| (old, true));
                if self.registers.entry("communes", old).is_none() {
                    let remedy = "dùng mã trong places/communes.tsv";
                    self.mistakes.push(Mistake::new(path, line, old, "không có xã này", remedy));
                }
                let list = heirs.entry(old.to_owned()).or_default();
                list.insert(if part { list.len() } else { 0 }, (code.to_owned(), agency.clone()));
            }
            self.open(Agency {
                valid_from: Some(first),
                ..commune_agency(agency.clone(), code, name)
            });
            fresh.push(Register {
                from: Some(first),
                ..Register::lasting(code, Text::same(name), None)
            });
        }
        let mut of_district: BTreeMap<String, Vec<AgencyCode>> = BTreeMap::new();
        let mut lost = Vec::new();
        for commune in self
            .registers
            .lists
            .get_mut("communes")
            .into_iter()
            .flatten()
            .filter(|c| c.until.is_none())
        {
            commune.until = last;
            let Some(heirs) = heirs.get(&commune.code) else {
                lost.push(commune.code.clone());
                continue;
            };
            commune.successors = heirs.iter().map(|(code, _)| code.clone()).collect();
            let in_district = of_district.entry(commune.parent.clone().unwrap_or_default()).or_default();
            for (_, agency) in heirs {
                if !in_district.contains(agency) {
                    in_district.push(agency.clone());
                }
            }
        }
        for code in lost {
            self.mistakes.push(Mistake::new(
                path,
                0,
                &code,
                "xã cũ chưa thuộc xã mới nào",
                "ghi mã vào cột was của xã mới",
            ));
        }
        for district in self.registers.lists.get_mut("districts").into_iter().flatten() {
            district.until = district.until.or(last);
        }
        let closing: Vec<(AgencyCode, AgencyKind, String)> = self
            .agencies
            .values()
            .filter(|a| a.valid_to.is_none() && a.valid_from != Some(first))
            .filter_map(|a| Some((a.code.clone(), a.kind, a.place.clone()?)))
            .collect();
        for (code, kind, place) in closing {
            let successors: Vec<AgencyCode> = match kind {
                AgencyKind::Commune => heirs.get(&place).into_iter().flatten().map(|(_, a)| a.clone()).collect(),
                AgencyKind::District => of_district.get(&place).cloned().unwrap_or_default(),
                _ => continue,
            };
            self.close(&code, first, &successors);
        }
        self.registers.lists.entry("communes".to_owned()).or_default().extend(fresh);
    }
}
