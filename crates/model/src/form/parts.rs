//! Answers of several inputs: addresses, companies, plots of land, groups, tables.

use super::read::Reader;
use super::{Answers, Field, Reason, TableRow, number};
use crate::identifier::TaxCode;
use crate::text::clean_text;
use serde_json::{Value, json};

/// Most characters of a street, and of a company's name and seat.
const LINE: usize = 200;

impl Reader<'_> {
    pub(super) fn address(&mut self, name: &str, required: bool) -> Option<Value> {
        let part = |p: &str| self.raw.get(&format!("{name}.{p}")).to_owned();
        let (district, commune, street) = (part("district"), part("commune"), part("street"));
        if !required && district.is_empty() && commune.is_empty() && street.is_empty() {
            return None;
        }
        // A commune says its district: who chose only the commune is understood.
        let input = format!("{name}.commune");
        let entry = match self.place("communes", &commune) {
            Ok(entry) => entry,
            Err(Reason::NotAChoice) if commune.is_empty() => return self.wrong(&input, Reason::Required),
            Err(Reason::NotAChoice) => return self.wrong(&input, Reason::NoSuchCommune),
            Err(reason) => return self.wrong(&input, reason),
        };
        let parent = entry.parent.clone().unwrap_or_default();
        if !district.is_empty() && district != parent {
            return self.wrong(&input, Reason::NoSuchCommune);
        }
        let street = self.line(&format!("{name}.street"), true)?;
        Some(json!({ "district": parent, "commune": commune, "street": street }))
    }

    /// An entry of a register that can be chosen today; one that could be once is told with what it is called now.
    pub(super) fn place(&self, list: &str, code: &str) -> Result<&super::Register, Reason> {
        if let Some(entry) = self.registers.entry(list, code) {
            return Ok(entry);
        }
        let gone = self.registers.known(list, code).ok_or(Reason::NotAChoice)?;
        let until = gone.until.filter(|until| *until < self.today).ok_or(Reason::NotAChoice)?;
        let now = self.registers.now(list, code);
        Err(Reason::PlaceGone {
            name: gone.name.clone(),
            until,
            now: now.into_iter().map(|e| e.name.clone()).collect(),
        })
    }

    /// One line of text of a part.
    fn line(&mut self, input: &str, required: bool) -> Option<String> {
        match clean_text(self.raw.get(input), LINE) {
            Ok(text) if text.trim().is_empty() && required => self.wrong(input, Reason::Required),
            Ok(text) => Some(text.trim().replace('\n', " ")),
            Err(e) => self.wrong(input, Reason::TooLong { max: e.max }),
        }
    }

    pub(super) fn company(&mut self, name: &str, required: bool) -> Option<Value> {
        let inputs = ["tax_code", "name", "address"].map(|part| format!("{name}.{part}"));
        if !required && inputs.iter().all(|i| self.raw.get(i).is_empty()) {
            return None;
        }
        let [tax_code, title, address] = &inputs;
        let code = match TaxCode::parse(self.raw.get(tax_code)) {
            _ if self.raw.get(tax_code).is_empty() => self.wrong(tax_code, Reason::Required),
            Ok(code) => Some(code.as_str().to_owned()),
            Err(e) => self.wrong(tax_code, Reason::TaxCode(e)),
        };
        let (title, address) = (self.line(title, true), self.line(address, true));
        Some(json!({ "tax_code": code?, "name": title?, "address": address? }))
    }

    pub(super) fn plot(&mut self, name: &str, required: bool) -> Option<Value> {
        let mut plot = serde_json::Map::new();
        let parts = [("sheet", 9_999), ("number", 99_999), ("area", 100_000_000)];
        let empty = parts.iter().all(|(p, _)| self.raw.get(&format!("{name}.{p}")).is_empty());
        if empty && !required {
            return None;
        }
        let before = self.problems.len();
        for (part, max) in parts {
            let input = format!("{name}.{part}");
            let typed = self.raw.get(&input).to_owned();
            if typed.is_empty() {
                self.wrong::<()>(&input, Reason::Required);
                continue;
            }
            let read = if part == "area" {
                number::area(&typed)
            } else {
                number::whole(&typed).map(Into::into)
            };
            // A plot of less than a square metre is a slip of the pen, too.
            match read {
                None => drop(self.wrong::<()>(&input, Reason::NotANumber)),
                Some(n) if n.as_f64().is_some_and(|n| (1.0..=f64::from(max)).contains(&n)) => {
                    plot.insert(part.to_owned(), Value::Number(n));
                }
                Some(_) => drop(self.wrong::<()>(
                    &input,
                    Reason::OutOfRange {
                        min: 1,
                        max: i64::from(max),
                    },
                )),
            }
        }
        (self.problems.len() == before).then_some(Value::Object(plot))
    }

    pub(super) fn group(&mut self, name: &str, fields: &[Field], min: usize, max: usize) -> Option<Value> {
        let count = self.raw.entries(name);
        if count > max {
            return self.wrong(name, Reason::TooMany { max });
        }
        let mut entries = Vec::new();
        for index in 0..count {
            let prefix = format!("{name}.{index}.");
            // An entry left wholly empty was not meant.
            if self
                .raw
                .0
                .iter()
                .all(|(k, v)| !k.starts_with(&prefix) || v.iter().all(|v| v.trim().is_empty()))
            {
                continue;
            }
            entries.push(json!(self.entry(&prefix, fields)));
        }
        if entries.len() < min {
            return self.wrong(name, Reason::TooFew { min });
        }
        (!entries.is_empty()).then_some(Value::Array(entries))
    }

    /// The fields of one entry or row, which know one another only.
    fn entry(&mut self, prefix: &str, fields: &[Field]) -> Answers {
        let mut entry = Answers::new();
        for field in fields {
            let input = format!("{prefix}{}", field.id);
            if field.is_visible(&entry)
                && let Some(value) = self.field(field, &input, field.is_required(&entry), &entry)
            {
                entry.insert(field.id.clone(), value);
            }
        }
        entry
    }

    /// A table: rows that nobody filled in are left out, unless the table needs an answer.
    pub(super) fn table(&mut self, name: &str, rows: &[TableRow], columns: &[Field], required: bool) -> Option<Value> {
        let mut table = serde_json::Map::new();
        for row in rows {
            let prefix = format!("{name}.{}.", row.id);
            let inputs = self.raw.0.iter().filter(|(k, _)| k.starts_with(&prefix));
            let empty = inputs.flat_map(|(_, v)| v).all(|v| v.trim().is_empty());
            if empty && !required {
                continue;
            }
            let entry = self.entry(&prefix, columns);
            if !entry.is_empty() {
                table.insert(row.id.clone(), json!(entry));
            }
        }
        (!table.is_empty()).then_some(Value::Object(table))
    }
}
