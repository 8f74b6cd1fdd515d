//! Places and working time.

use crate::check::{Mistake, toml};
use crate::files::Files;
use motcua_model::clock::{Calendar, OfficeHours};
use motcua_model::form::{Register, Registers};
use motcua_model::procedure::Text;

pub(crate) fn read(files: &Files, mistakes: &mut Vec<Mistake>) -> Registers {
    let mut registers = Registers::default();
    for (list, path, has_parent) in [
        ("districts", "places/districts.tsv", false),
        ("communes", "places/communes.tsv", true),
    ] {
        let Some(rows) = files.rows(path) else {
            mistakes.push(Mistake::of_file(path, "thiếu tệp"));
            continue;
        };
        let mut entries: Vec<Register> = Vec::new();
        for (line, cells) in rows {
            let [code, name, third, ..] = cells[..] else {
                mistakes.push(Mistake::new(
                    path,
                    line,
                    "",
                    "thiếu cột",
                    "viết mã, tên, cấp trên, cách nhau bằng dấu tab",
                ));
                continue;
            };
            if entries.iter().any(|e| e.code == code) {
                mistakes.push(Mistake::new(path, line, code, "mã trùng", "mỗi nơi một mã"));
            }
            if has_parent && registers.entry("districts", third).is_none() {
                mistakes.push(Mistake::new(
                    path,
                    line,
                    third,
                    "không có huyện này",
                    "dùng mã trong places/districts.tsv",
                ));
            }
            entries.push(Register::lasting(code, Text::same(name), has_parent.then_some(third)));
        }
        registers.lists.insert(list.to_owned(), entries);
    }
    registers
}

pub(crate) fn calendar(files: &Files, mistakes: &mut Vec<Mistake>) -> Option<Calendar> {
    let hours: OfficeHours = toml(files, "calendars/office-hours.toml", mistakes)?;
    let path = "calendars/days-off.tsv";
    let Some(text) = files.get(path) else {
        mistakes.push(Mistake::of_file(path, "thiếu tệp"));
        return None;
    };
    match Calendar::from_tsv(hours, text) {
        Ok(calendar) => Some(calendar),
        Err(e) => {
            mistakes.push(Mistake::of_file(path, &e.to_string()));
            None
        }
    }
}
