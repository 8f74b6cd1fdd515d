//! Form II.06a of Circular 01/2020/TT-VPCP: as a paper and as a workbook, from the same lines.

use crate::paper::Head;
use crate::workbook::{book, failed};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, XlsxError};
use serde::Serialize;

/// The report, ready to be printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportPaper {
    /// On top.
    pub head: Head,
    /// Its title.
    pub title: String,
    /// Which form of which circular.
    pub form: String,
    /// The agency that reports.
    pub agency: String,
    /// The period, with its days.
    pub period: String,
    /// One line for each field.
    pub rows: Vec<ReportRow>,
    /// The sum of the lines.
    pub sum: ReportRow,
    /// Who made it.
    pub by: String,
    /// Where the report stands.
    pub check_url: String,
}

/// A line: number, field, columns 3 to 13.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportRow {
    /// Running number; empty for the sum.
    pub number: String,
    /// The field.
    pub field: String,
    /// The numbers.
    pub numbers: Vec<i64>,
}

/// Heads over several columns: first row, first column, last row, last column, text.
const HEADS: [(u32, u16, u32, u16, &str); 15] = [
    (4, 0, 6, 0, "STT"),
    (4, 1, 6, 1, "Lĩnh vực giải quyết"),
    (4, 2, 4, 5, "Số lượng hồ sơ tiếp nhận"),
    (5, 2, 6, 2, "Tổng số"),
    (5, 3, 5, 4, "Trong kỳ"),
    (5, 5, 6, 5, "Từ kỳ trước"),
    (4, 6, 4, 9, "Số lượng hồ sơ đã giải quyết"),
    (5, 6, 6, 6, "Tổng số"),
    (5, 7, 6, 7, "Trước hạn"),
    (5, 8, 6, 8, "Đúng hạn"),
    (5, 9, 6, 9, "Quá hạn"),
    (4, 10, 4, 12, "Số lượng hồ sơ đang giải quyết"),
    (5, 10, 6, 10, "Tổng số"),
    (5, 11, 6, 11, "Trong hạn"),
    (5, 12, 6, 12, "Quá hạn"),
];

impl ReportPaper {
    /// The report as a workbook: numbers are numbers.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn workbook(&self) -> std::io::Result<Vec<u8>> {
        self.write().map_err(failed)
    }

    fn write(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = book()?;
        let plain = Format::new().set_border(FormatBorder::Thin);
        let bold = Format::new().set_bold();
        let sum = plain.clone().set_bold();
        let head = sum
            .clone()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_text_wrap();
        let sheet = book.add_worksheet();
        sheet
            .set_name("II.06a")?
            .set_landscape()
            .set_paper_size(9)
            .set_print_fit_to_pages(1, 0);
        sheet.write_string_with_format(0, 0, &self.title, &bold)?;
        sheet.write_string(1, 0, &self.form)?;
        sheet.write_string(2, 0, &self.agency)?;
        sheet.write_string(3, 0, format!("{}. Đơn vị tính: hồ sơ", self.period))?;
        for (first_row, first, last_row, last, text) in HEADS {
            sheet.merge_range(first_row, first, last_row, last, text, &head)?;
        }
        sheet.write_string_with_format(6, 3, "Trực tuyến", &head)?;
        sheet.write_string_with_format(6, 4, "Trực tiếp, dịch vụ bưu chính", &head)?;
        for column in 0..13u16 {
            sheet.write_string_with_format(7, column, format!("({})", column + 1), &head)?;
            sheet.set_column_width(column, if column == 1 { 38 } else { 11 })?;
        }
        sheet.set_freeze_panes(8, 2)?;
        let rows = self.rows.iter().map(|r| (r, &plain)).chain([(&self.sum, &sum)]);
        for (at, (row, format)) in (8..).zip(rows) {
            match row.number.parse::<u32>() {
                Ok(number) => sheet.write_number_with_format(at, 0, number, format)?,
                Err(_) => sheet.write_string_with_format(at, 0, "", format)?,
            };
            sheet.write_string_with_format(at, 1, &row.field, format)?;
            for (column, n) in (2..).zip(&row.numbers) {
                sheet.write_number_with_format(at, column, *n as f64, format)?;
            }
        }
        book.save_to_buffer()
    }
}
