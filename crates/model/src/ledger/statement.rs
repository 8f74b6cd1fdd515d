//! Reading the daily statements of gateways and banks: CSV as they come, the layout told by a file.

use crate::dossier::PaymentMethod;
use crate::procedure::Text;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Problems after which reading stops: nobody mends more at once.
const PROBLEMS: usize = 50;
/// Longest content that is kept, in characters.
const CONTENT: usize = 300;

/// How a statement is laid out; a file of `catalogue/statements`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// Name in addresses.
    pub id: String,
    /// Name on screen.
    pub name: Text,
    /// How the money on it moved.
    pub method: PaymentMethod,
    /// What separates cells.
    #[serde(default = "comma")]
    pub separator: char,
    /// Name of the column with the gateway's or bank's number.
    pub reference: String,
    /// Name of the column with what came in.
    pub credit: String,
    /// Name of the column with what went out; empty where a credit may be negative instead.
    #[serde(default)]
    pub debit: String,
    /// Name of the column with the time.
    pub at: String,
    /// How the time is written, as `strftime` says: `%d/%m/%Y %H:%M:%S`; empty for RFC 3339.
    #[serde(default)]
    pub at_format: String,
    /// Name of the column with what the payer wrote, or the merchant's reference; may be empty.
    #[serde(default)]
    pub content: String,
    /// How many parts a đồng is written in: 100 where amounts come in hundredths.
    #[serde(default = "one")]
    pub parts: i64,
    /// What the first cell of the line with the sum begins with; empty where there is none. That line's credit must be
    /// the sum, and its reference, where it is a number, the count of lines.
    #[serde(default)]
    pub total: String,
}

fn comma() -> char {
    ','
}

fn one() -> i64 {
    1
}

/// One movement on a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementLine {
    /// Line of the file, from 1.
    pub number: u32,
    /// The gateway's or bank's number.
    pub reference: String,
    /// VND in, or out when negative.
    pub amount: i64,
    /// When.
    pub at: Timestamp,
    /// What the payer wrote.
    pub content: String,
}

/// What is wrong with a line of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineProblem {
    /// Line of the file, from 1.
    pub line: u32,
    /// What.
    pub what: Problem,
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    /// Not UTF-8.
    Encoding,
    /// The columns of the layout are not all there.
    Columns {
        /// Which one lacks.
        lacks: String,
    },
    /// Fewer cells than the header.
    Short,
    /// The number is missing.
    Reference,
    /// The amount cannot be read, or is zero.
    Amount {
        /// What stands there.
        said: String,
    },
    /// The time cannot be read.
    Time {
        /// What stands there.
        said: String,
    },
    /// The sum at the end is another than that of the lines.
    Total {
        /// What the file says, in VND.
        said: i64,
        /// What its lines add up to.
        counted: i64,
    },
    /// The count at the end is another than that of the lines: some are missing.
    Count {
        /// What the file says.
        said: i64,
        /// How many lines it has.
        counted: i64,
    },
    /// There is no line.
    Empty,
}

/// Reads a statement whole.
///
/// # Errors
/// What is wrong, line by line; then nothing of it is taken.
pub fn read_statement(layout: &Layout, bytes: &[u8]) -> Result<Vec<StatementLine>, Vec<LineProblem>> {
    let text = decode(bytes).map_err(|line| {
        vec![LineProblem {
            line,
            what: Problem::Encoding,
        }]
    })?;
    let mut problems = Vec::new();
    let mut rows = Rows::new(&text, layout.separator);
    let columns = loop {
        // Banks write their name and the account above the header.
        match rows.next() {
            Some((number, cells)) if cells.iter().any(|c| c.trim() == layout.reference) => match Columns::of(layout, &cells) {
                Ok(columns) => break columns,
                Err(lacks) => return Err(vec![problem(number, Problem::Columns { lacks })]),
            },
            Some(_) => {}
            None => {
                let lacks = layout.reference.clone();
                return Err(vec![problem(1, Problem::Columns { lacks })]);
            }
        }
    };
    let (mut lines, mut sum) = (Vec::new(), 0i64);
    for (number, cells) in rows {
        if problems.len() >= PROBLEMS {
            break;
        }
        if cells.iter().all(|c| c.trim().is_empty()) {
            continue;
        }
        let first = cells.first().map_or("", |c| c.trim());
        if !layout.total.is_empty() && first.starts_with(&layout.total) {
            check_total(layout, &columns, &cells, number, sum, lines.len(), &mut problems);
            continue;
        }
        match read_line(layout, &columns, &cells, number) {
            Ok(line) => {
                sum = sum.saturating_add(line.amount.max(0));
                lines.push(line);
            }
            Err(what) => problems.push(problem(number, what)),
        }
    }
    if problems.is_empty() && lines.is_empty() {
        problems.push(problem(1, Problem::Empty));
    }
    if problems.is_empty() { Ok(lines) } else { Err(problems) }
}

fn problem(line: u32, what: Problem) -> LineProblem {
    LineProblem { line, what }
}

/// UTF-8, with or without its mark; else the line where it breaks.
fn decode(bytes: &[u8]) -> Result<String, u32> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|e| {
        let before = bytes[..e.valid_up_to()].iter().filter(|b| **b == b'\n').count();
        u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
    })
}

struct Columns {
    reference: usize,
    credit: usize,
    debit: Option<usize>,
    at: usize,
    content: Option<usize>,
}

impl Columns {
    fn of(layout: &Layout, header: &[String]) -> Result<Self, String> {
        let find = |name: &str| header.iter().position(|c| c.trim() == name).ok_or_else(|| name.to_owned());
        let maybe = |name: &str| if name.is_empty() { Ok(None) } else { find(name).map(Some) };
        Ok(Self {
            reference: find(&layout.reference)?,
            credit: find(&layout.credit)?,
            debit: maybe(&layout.debit)?,
            at: find(&layout.at)?,
            content: maybe(&layout.content)?,
        })
    }
}

fn read_line(layout: &Layout, columns: &Columns, cells: &[String], number: u32) -> Result<StatementLine, Problem> {
    let cell = |i: usize| cells.get(i).map(|c| c.trim()).ok_or(Problem::Short);
    let reference = cell(columns.reference)?;
    if reference.is_empty() {
        return Err(Problem::Reference);
    }
    let credit = amount(layout, cell(columns.credit)?)?;
    let debit = match columns.debit {
        Some(i) => amount(layout, cell(i)?)?,
        None => 0,
    };
    let moved = credit - debit.abs();
    if moved == 0 || credit != 0 && debit != 0 {
        return Err(Problem::Amount {
            said: format!(
                "{} {}",
                cell(columns.credit)?,
                columns.debit.map_or("", |i| cell(i).unwrap_or(""))
            ),
        });
    }
    let content = match columns.content {
        Some(i) => cell(i)?.chars().take(CONTENT).collect(),
        None => String::new(),
    };
    Ok(StatementLine {
        number,
        reference: reference.chars().take(100).collect(),
        amount: moved,
        at: time(layout, cell(columns.at)?)?,
        content,
    })
}

/// `1.500.000`, `1,500,000.00`, `-15000`, empty for nothing.
fn amount(layout: &Layout, said: &str) -> Result<i64, Problem> {
    let wrong = || Problem::Amount { said: said.to_owned() };
    let (negative, digits) = match said.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, said.trim_start_matches('+')),
    };
    let mut digits = digits.trim().trim_end_matches("VND").trim();
    // Two figures behind the last mark are parts of a đồng, and must be none.
    if let Some((whole, parts)) = digits.rsplit_once(['.', ','])
        && parts.len() <= 2
    {
        if !parts.bytes().all(|b| b == b'0') {
            return Err(wrong());
        }
        digits = whole;
    }
    let plain: String = digits.chars().filter(|c| !matches!(c, '.' | ',' | ' ' | '\u{a0}')).collect();
    if plain.is_empty() && said.is_empty() {
        return Ok(0);
    }
    if plain.len() > 15 || !plain.bytes().all(|b| b.is_ascii_digit()) {
        return Err(wrong());
    }
    let value: i64 = plain.parse().map_err(|_| wrong())?;
    if layout.parts > 1 && value % layout.parts != 0 {
        return Err(wrong());
    }
    let value = value / layout.parts.max(1);
    Ok(if negative { -value } else { value })
}

fn time(layout: &Layout, said: &str) -> Result<Timestamp, Problem> {
    let wrong = || Problem::Time { said: said.to_owned() };
    if layout.at_format.is_empty() {
        return said.parse().map_err(|_| wrong());
    }
    let at = DateTime::strptime(&layout.at_format, said)
        .or_else(|_| Date::strptime(&layout.at_format, said).map(|d| d.at(12, 0, 0, 0)))
        .map_err(|_| wrong())?;
    crate::clock::TIME_ZONE.to_timestamp(at).map_err(|_| wrong())
}

fn check_total(
    layout: &Layout,
    columns: &Columns,
    cells: &[String],
    number: u32,
    counted: i64,
    lines: usize,
    problems: &mut Vec<LineProblem>,
) {
    let said = cells.get(columns.credit).map_or("", |c| c.trim());
    match amount(layout, said) {
        Ok(said) if said == counted => {}
        Ok(said) => problems.push(problem(number, Problem::Total { said, counted })),
        Err(what) => problems.push(problem(number, what)),
    }
    let counted = i64::try_from(lines).unwrap_or(i64::MAX);
    if let Some(said) = cells.get(columns.reference).and_then(|c| c.trim().parse().ok())
        && said != counted
    {
        problems.push(problem(number, Problem::Count { said, counted }));
    }
}

/// The rows of a CSV file (RFC 4180: quoted cells may hold separators, quotes and line ends), each with the line it
/// begins on.
struct Rows<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    separator: char,
    line: u32,
}

impl<'a> Rows<'a> {
    fn new(text: &'a str, separator: char) -> Self {
        Self {
            rest: text.chars().peekable(),
            separator,
            line: 1,
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = (u32, Vec<String>);

    fn next(&mut self) -> Option<Self::Item> {
        self.rest.peek()?;
        let begun = self.line;
        let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
        while let Some(c) = self.rest.next() {
            match c {
                '"' if quoted && self.rest.peek() == Some(&'"') => {
                    self.rest.next();
                    cell.push('"');
                }
                '"' if quoted => quoted = false,
                '"' if cell.is_empty() => quoted = true,
                '\n' => {
                    self.line += 1;
                    if !quoted {
                        break;
                    }
                    cell.push(' ');
                }
                '\r' => {}
                c if c == self.separator && !quoted => cells.push(std::mem::take(&mut cell)),
                c => cell.push(c),
            }
        }
        cells.push(cell);
        Some((begun, cells))
    }
}
