//! Tables for a spreadsheet program (XLSX, ECMA-376), written row by row: numbers are numbers, times are times, text is text
//! whatever it begins with, and the memory does not grow with the rows.
//!
//! An XLSX file is a ZIP archive of XML files. The sheet goes to a temporary file first, because the archive says length and
//! check sum before the content; nothing is compressed.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, Write};

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
#[derive(Debug)]
pub struct Table {
    sheet: BufWriter<File>,
    row: u32,
}

/// The most rows of one table: what the file format holds, less title and sum.
pub const ROWS_MAX: u32 = 1_048_000;

const SHEET_BEGIN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetViews><sheetView workbookViewId=\"0\">\
    <pane ySplit=\"2\" topLeftCell=\"A3\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>";
const SHEET_END: &str = "</sheetData></worksheet>";

/// The files around the sheet, which are always the same: types, relations, the book, and three styles (0 plain, 1 bold,
/// 2 time).
const AROUND: [(&str, &str); 5] = [
    (
        "[Content_Types].xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>\
         <Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>\
         <Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>\
         </Types>",
    ),
    (
        "_rels/.rels",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>\
         </Relationships>",
    ),
    (
        "xl/workbook.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
         xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
         <sheets><sheet name=\"1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
         </Relationships>",
    ),
    (
        "xl/styles.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
         <numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\\ hh:mm\"/></numFmts>\
         <fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
         <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
         <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
         <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
         <cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
         <xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>\
         <xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>",
    ),
];
const SHEET: &str = "xl/worksheets/sheet1.xml";

impl Table {
    /// Begins a table in a temporary file: a line of title, then the heads of the columns, each with its width in
    /// characters.
    ///
    /// # Errors
    /// When the file cannot be written, as for the functions below.
    pub fn begin(file: File, title: &str, heads: &[(&str, u16)]) -> io::Result<Self> {
        let mut table = Self {
            sheet: BufWriter::new(file),
            row: 0,
        };
        let mut columns = String::from("<cols>");
        for (n, (_, width)) in (1..).zip(heads) {
            let _ = write!(columns, "<col min=\"{n}\" max=\"{n}\" width=\"{width}\" customWidth=\"1\"/>");
        }
        write!(table.sheet, "{SHEET_BEGIN}{columns}</cols><sheetData>")?;
        table.bold(&[title])?;
        let heads: Vec<&str> = heads.iter().map(|(head, _)| *head).collect();
        table.bold(&heads)?;
        Ok(table)
    }

    fn bold(&mut self, texts: &[&str]) -> io::Result<()> {
        let cells: String = texts.iter().map(|t| text(t, 1)).collect();
        self.line(&cells)
    }

    fn line(&mut self, cells: &str) -> io::Result<()> {
        self.row += 1;
        write!(self.sheet, "<row r=\"{}\">{cells}</row>", self.row)
    }

    /// Writes a row; those beyond [`ROWS_MAX`] are refused.
    ///
    /// # Errors
    /// See [`Table::begin`].
    pub fn push(&mut self, cells: &[Cell]) -> io::Result<()> {
        if self.row > ROWS_MAX {
            return Err(io::Error::other("a table holds no more rows"));
        }
        let cells: String = cells.iter().map(cell).collect();
        self.line(&cells)
    }

    /// Writes a last line, and the whole file to `to`.
    ///
    /// # Errors
    /// See [`Table::begin`].
    pub fn finish(mut self, last: &str, to: &mut impl Write) -> io::Result<()> {
        self.bold(&[last])?;
        self.sheet.write_all(SHEET_END.as_bytes())?;
        let mut sheet = self.sheet.into_inner().map_err(io::IntoInnerError::into_error)?;
        let mut archive = Archive::default();
        for (name, text) in AROUND {
            let (sum, length) = measure(&mut text.as_bytes())?;
            archive.add(to, name, sum, length, &mut text.as_bytes())?;
        }
        sheet.rewind()?;
        let (sum, length) = measure(&mut sheet)?;
        sheet.rewind()?;
        archive.add(to, SHEET, sum, length, &mut sheet)?;
        archive.end(to)
    }
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(value) => text(value, 0),
        Cell::Number(n) => format!("<c><v>{n}</v></c>"),
        Cell::Time(at) => {
            // Days since 30/12/1899; the rest is a part of a day.
            let first = jiff::civil::date(1899, 12, 30);
            let days = at.date().since(first).map_or(0, |s| s.get_days());
            let seconds = i64::from(at.hour()) * 3600 + i64::from(at.minute()) * 60;
            let part = (seconds * 10_000_000_000 + 43_200) / 86_400;
            format!("<c s=\"2\"><v>{days}.{part:010}</v></c>")
        }
        Cell::Empty => "<c/>".to_owned(),
    }
}

fn text(value: &str, style: u8) -> String {
    let mut escaped = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\n' | '\t' => escaped.push(c),
            // XML knows no control characters.
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => escaped.push(c),
        }
    }
    format!("<c t=\"inlineStr\" s=\"{style}\"><is><t xml:space=\"preserve\">{escaped}</t></is></c>")
}

/// Check sum and length of a content.
fn measure(content: &mut impl Read) -> io::Result<(u32, u32)> {
    let mut sum = crc32fast::Hasher::new();
    let mut length = 0u64;
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = content.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        sum.update(&buffer[..read]);
        length += read as u64;
    }
    let length = u32::try_from(length).map_err(|_| io::Error::other("a sheet of more than 4 GB"))?;
    Ok((sum.finalize(), length))
}

/// A ZIP archive that is being written, without compression.
#[derive(Default)]
struct Archive {
    directory: Vec<u8>,
    files: u16,
    at: u32,
}

impl Archive {
    fn add(&mut self, to: &mut impl Write, name: &str, sum: u32, length: u32, content: &mut impl Read) -> io::Result<()> {
        // Version 2.0, names in UTF-8, stored, 1 January 1980: the file says the same whenever it is made.
        let mut head = Vec::new();
        for part in [20u16, 0x0800, 0, 0, 0x0021] {
            head.extend(part.to_le_bytes());
        }
        for part in [sum, length, length] {
            head.extend(part.to_le_bytes());
        }
        head.extend((name.len() as u16).to_le_bytes());
        head.extend(0u16.to_le_bytes());
        to.write_all(b"PK\x03\x04")?;
        to.write_all(&head)?;
        to.write_all(name.as_bytes())?;
        io::copy(content, to)?;
        self.directory.extend(b"PK\x01\x02\x14\x00");
        self.directory.extend(&head);
        // No comment, first disk, no attributes.
        self.directory.extend([0; 10]);
        self.directory.extend(self.at.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.files += 1;
        let written = 4 + head.len() as u64 + name.len() as u64 + u64::from(length);
        self.at = u32::try_from(u64::from(self.at) + written).map_err(|_| io::Error::other("a table of more than 4 GB"))?;
        Ok(())
    }

    fn end(self, to: &mut impl Write) -> io::Result<()> {
        to.write_all(&self.directory)?;
        to.write_all(b"PK\x05\x06\x00\x00\x00\x00")?;
        to.write_all(&self.files.to_le_bytes())?;
        to.write_all(&self.files.to_le_bytes())?;
        to.write_all(&(self.directory.len() as u32).to_le_bytes())?;
        to.write_all(&self.at.to_le_bytes())?;
        to.write_all(&[0, 0])?;
        to.flush()
    }
}
