//! Tables for a spreadsheet program (XLSX, ECMA-376), with `rust_xlsxwriter`: numbers are numbers, times are times, text is
//! text whatever it begins with (decision 0036). A long table goes row by row through a temporary file, so that the memory
//! does not grow with the rows; a form with heads that span columns is [`crate::report_book`].

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::io::{self, Write};

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A whole number.
    Number(u64),
    /// A time in the province's clock.
    Time(jiff::civil::DateTime),
    /// Nothing.
    Empty,
}

/// A table that is being written.
pub struct Table {
    book: Workbook,
    bold: Format,
    time: Format,
    row: u32,
}

/// The most rows of one table: what the file format holds, less title and sum.
pub const ROWS_MAX: u32 = 1_048_000;
/// The longest text of a cell, in characters: what the file format holds.
const TEXT_MAX: usize = 32_767;

pub(crate) fn failed(e: XlsxError) -> io::Error {
    match e {
        XlsxError::IoError(e) => e,
        e => io::Error::other(e),
    }
}

/// A book that says the same whenever it is made.
pub(crate) fn book() -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2020, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    Ok(book)
}

impl Table {
    /// Begins a table: a line of title, then the heads of the columns, each with its width in characters.
    ///
    /// # Errors
    /// When the temporary file cannot be written, as for the functions below.
    pub fn begin(title: &str, heads: &[(&str, u16)]) -> io::Result<Self> {
        let mut table = Self {
            book: book().map_err(failed)?,
            bold: Format::new().set_bold(),
            time: Format::new().set_num_format("dd/mm/yyyy hh:mm"),
            row: 0,
        };
        table.head(title, heads).map_err(failed)?;
        Ok(table)
    }

    fn head(&mut self, title: &str, heads: &[(&str, u16)]) -> Result<(), XlsxError> {
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_freeze_panes(2, 0)?;
        sheet.write_string_with_format(0, 0, title, &self.bold)?;
        for (column, (head, width)) in (0..).zip(heads) {
            sheet.set_column_width(column, *width)?;
            sheet.write_string_with_format(1, column, *head, &self.bold)?;
        }
        self.row = 2;
        Ok(())
    }

    fn sheet(&mut self) -> Result<&mut Worksheet, XlsxError> {
        self.book.worksheet_from_index(0)
    }

    /// Writes a row; those beyond [`ROWS_MAX`] are refused.
    ///
    /// # Errors
    /// See [`Table::begin`].
    pub fn push(&mut self, cells: &[Cell]) -> io::Result<()> {
        if self.row > ROWS_MAX {
            return Err(io::Error::other("a table holds no more rows"));
        }
        self.write(cells).map_err(failed)
    }

    fn write(&mut self, cells: &[Cell]) -> Result<(), XlsxError> {
        let (row, time) = (self.row, self.time.clone());
        let sheet = self.sheet()?;
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Text(text) => sheet.write_string(row, column, printable(text))?,
                Cell::Number(n) => sheet.write_number(row, column, *n as f64)?,
                Cell::Time(at) => sheet.write_datetime_with_format(row, column, moment(*at)?, &time)?,
                Cell::Empty => continue,
            };
        }
        self.row += 1;
        Ok(())
    }

    /// Writes a last line, and the whole file to `to`.
    ///
    /// # Errors
    /// See [`Table::begin`].
    pub fn finish(mut self, last: &str, to: impl Write + Send) -> io::Result<()> {
        let (row, bold) = (self.row, self.bold.clone());
        let ended = self
            .sheet()
            .and_then(|sheet| sheet.write_string_with_format(row, 0, last, &bold).map(drop));
        ended.and_then(|()| self.book.save_to_writer(to)).map_err(failed)
    }
}

fn moment(at: jiff::civil::DateTime) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(at.year()).unwrap_or(1900);
    let day = ExcelDateTime::from_ymd(year, at.month().unsigned_abs(), at.day().unsigned_abs())?;
    day.and_hms(u16::from(at.hour().unsigned_abs()), at.minute().unsigned_abs(), 0)
}

/// What a cell can hold: XML knows no control characters, and a cell no more than [`TEXT_MAX`].
fn printable(text: &str) -> String {
    let kept = |c: &char| matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.chars().filter(kept).take(TEXT_MAX).collect()
}
