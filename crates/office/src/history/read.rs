//! Reads a table of earlier years' figures: CSV in UTF-8 (comma, semicolon or tab), or the first sheet of an XLSX.

use calamine::{Data, Reader, Xlsx};
use motcua_catalogue::Catalogue;
use motcua_model::id::{AgencyCode, ProcedureCode};
use motcua_model::text::fold;
use motcua_store::history::Figure;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

/// The columns, in the order of the template that is offered for download.
pub const COLUMNS: [&str; 8] = ["nam", "thang", "co_quan", "linh_vuc", "thu_tuc", "kenh", "muc_do", "so_ho_so"];
/// Most lines of one file.
const LINES_MAX: usize = 100_000;
/// First year that can be brought in: before it there were no levels of online services.
const FIRST_YEAR: i64 = 2000;

/// What is wrong with a file, at its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineProblem {
    /// Line of the file, the heading being the first; 0 for the whole file.
    pub line: usize,
    /// Which column; empty for the whole line.
    pub column: &'static str,
    /// What.
    pub what: Wrong,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Neither CSV in UTF-8 nor XLSX.
    Unreadable,
    /// A column of the heading lacks.
    NoColumn,
    /// Nothing under the heading.
    Empty,
    /// More lines than one file may have.
    TooLong,
    /// Not a whole number that is not negative.
    NotANumber(String),
    /// Not a year that can be.
    Year(String),
    /// Not a month.
    Month(String),
    /// No agency has this code or name.
    Agency(String),
    /// No service has this code.
    Procedure(String),
    /// Not a channel.
    Channel(String),
    /// Neither 3 nor 4.
    Level(String),
    /// The same year, month, agency, service, channel and level stood on an earlier line.
    Doubled(usize),
    /// The total of a year is not what its lines add up to.
    Sum {
        /// What the file says.
        said: i64,
        /// What its lines add up to.
        counted: i64,
    },
}

/// Reads and checks a file against the catalogue.
///
/// # Errors
/// Every problem of the file.
pub fn read(bytes: &[u8], catalogue: &Catalogue) -> Result<Vec<Figure>, Vec<LineProblem>> {
    let table = if bytes.starts_with(b"PK") { sheet(bytes) } else { text(bytes) }
        .ok_or_else(|| vec![problem(0, "", Wrong::Unreadable)])?;
    let mut rows = table.into_iter();
    let heading: Vec<String> = rows
        .next()
        .unwrap_or_default()
        .iter()
        .map(|c| fold(c).replace(' ', "_"))
        .collect();
    let mut places = [0; COLUMNS.len()];
    let mut problems = Vec::new();
    for (place, column) in places.iter_mut().zip(COLUMNS) {
        match heading.iter().position(|h| h == column) {
            Some(i) => *place = i,
            None => problems.push(problem(1, column, Wrong::NoColumn)),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let rows: Vec<(usize, Vec<String>)> = rows.enumerate().map(|(i, r)| (i + 2, r)).collect();
    if rows.len() > LINES_MAX {
        return Err(vec![problem(0, "", Wrong::TooLong)]);
    }
    let mut file = File::new(catalogue);
    for (line, row) in rows.iter().filter(|(_, row)| row.iter().any(|c| !c.trim().is_empty())) {
        let cell = |i: usize| row.get(places[i]).map_or("", |c| c.trim());
        file.take(*line, cell);
    }
    file.end()
}

fn problem(line: usize, column: &'static str, what: Wrong) -> LineProblem {
    LineProblem { line, column, what }
}

fn text(bytes: &[u8]) -> Option<Vec<Vec<String>>> {
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)).ok()?;
    let first = text.lines().next().unwrap_or("");
    let comma = [b'\t', b';']
        .into_iter()
        .find(|c| first.bytes().any(|b| b == *c))
        .unwrap_or(b',');
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(comma)
        .from_reader(text.as_bytes())
        .records()
        .map(|r| r.ok().map(|r| r.iter().map(str::to_owned).collect()))
        .collect()
}

fn sheet(bytes: &[u8]) -> Option<Vec<Vec<String>>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).ok()?;
    let range = book.worksheet_range_at(0)?.ok()?;
    // Rows and columns before the first filled cell are left out by the range; a table begins at its heading anyway.
    let said = |cell: &Data| match cell {
        // Spreadsheets keep every number as a fraction.
        Data::Float(n) if n.fract() == 0.0 => format!("{n:.0}"),
        other => other.to_string(),
    };
    Some(range.rows().map(|row| row.iter().map(said).collect()).collect())
}

type Key = (i64, i64, String, String, String, String, i64);

struct File<'a> {
    catalogue: &'a Catalogue,
    agencies: BTreeMap<String, AgencyCode>,
    figures: Vec<Figure>,
    seen: BTreeMap<Key, usize>,
    totals: Vec<(usize, i64, i64)>,
    problems: Vec<LineProblem>,
}

impl<'a> File<'a> {
    fn new(catalogue: &'a Catalogue) -> Self {
        // A name that two agencies share names neither.
        let mut agencies = BTreeMap::new();
        let mut shared = BTreeSet::new();
        for agency in catalogue.agencies() {
            let name = fold(&agency.name.vi);
            if agencies.insert(name.clone(), agency.code.clone()).is_some() {
                shared.insert(name);
            }
        }
        agencies.retain(|name, _| !shared.contains(name));
        Self {
            catalogue,
            agencies,
            figures: Vec::new(),
            seen: BTreeMap::new(),
            totals: Vec::new(),
            problems: Vec::new(),
        }
    }

    fn take<'c>(&mut self, line: usize, cell: impl Fn(usize) -> &'c str) {
        let before = self.problems.len();
        let mut wrong = |column: usize, what: Wrong| self.problems.push(problem(line, COLUMNS[column], what));
        let year = cell(0)
            .parse()
            .ok()
            .filter(|y| (FIRST_YEAR..=2100).contains(y))
            .unwrap_or_else(|| {
                wrong(0, Wrong::Year(cell(0).to_owned()));
                0
            });
        let month = match cell(1) {
            "" => 0,
            typed => typed.parse().ok().filter(|m| (1..=12).contains(m)).unwrap_or_else(|| {
                wrong(1, Wrong::Month(typed.to_owned()));
                0
            }),
        };
        let agency = match cell(2) {
            "" => String::new(),
            typed => {
                let code = AgencyCode::from(typed);
                let known = self
                    .catalogue
                    .agency(&code)
                    .map(|_| code)
                    .or_else(|| self.agencies.get(&fold(typed)).cloned());
                known.map_or_else(
                    || {
                        wrong(2, Wrong::Agency(typed.to_owned()));
                        String::new()
                    },
                    |c| c.0,
                )
            }
        };
        let procedure = cell(4).to_owned();
        if !procedure.is_empty() && self.catalogue.service(&ProcedureCode(procedure.clone())).is_none() {
            wrong(4, Wrong::Procedure(procedure.clone()));
        }
        let n: i64 = cell(7).parse().ok().filter(|n| *n >= 0).unwrap_or_else(|| {
            wrong(7, Wrong::NotANumber(cell(7).to_owned()));
            0
        });
        let channel = match fold(cell(5)).replace(' ', "_").as_str() {
            "tong" => {
                if self.problems.len() == before {
                    self.totals.push((line, year, n));
                }
                return;
            }
            "truc_tuyen" | "online" => "online",
            "buu_dien" | "post" => "post",
            "quay" | "counter" => "counter",
            _ => {
                wrong(5, Wrong::Channel(cell(5).to_owned()));
                ""
            }
        };
        let level = match cell(6) {
            "" => 0,
            "3" => 3,
            "4" => 4,
            typed => {
                wrong(6, Wrong::Level(typed.to_owned()));
                0
            }
        };
        let figure = Figure {
            line: i64::try_from(line).unwrap_or(i64::MAX),
            year,
            month,
            agency,
            field: cell(3).to_owned(),
            procedure,
            channel: channel.to_owned(),
            level,
            n,
        };
        let key = (
            year,
            month,
            figure.agency.clone(),
            fold(&figure.field),
            figure.procedure.clone(),
            figure.channel.clone(),
            level,
        );
        if let Some(first) = self.seen.insert(key, line)
            && self.problems.len() == before
        {
            self.problems.push(problem(line, "", Wrong::Doubled(first)));
        }
        if self.problems.len() == before {
            self.figures.push(figure);
        }
    }

    fn end(mut self) -> Result<Vec<Figure>, Vec<LineProblem>> {
        if self.problems.is_empty() {
            for (line, year, said) in &self.totals {
                let counted = self.figures.iter().filter(|f| f.year == *year).map(|f| f.n).sum();
                if counted != *said {
                    self.problems
                        .push(problem(*line, "so_ho_so", Wrong::Sum { said: *said, counted }));
                }
            }
        }
        if self.problems.is_empty() && self.figures.is_empty() {
            self.problems.push(problem(0, "", Wrong::Empty));
        }
        if self.problems.is_empty() {
            Ok(self.figures)
        } else {
            Err(self.problems)
        }
    }
}
