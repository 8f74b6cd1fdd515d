//! Official papers as PDF/A, from typst templates (Circular 01/2018; layout after Decree 30/2020).
//!
//! Each paper is a typed struct in [`paper`] or [`list`] and a template of the same name in `templates/`. Results of a procedure are
//! templates of the catalogue that import `/result.typ`. Rendering takes milliseconds to tens of milliseconds of CPU:
//! call it from a blocking thread, never in a request.

pub mod amount;
mod join;
pub mod leaflet;
pub mod letter;
pub mod list;
pub mod paper;
pub mod register;
pub mod report_book;
mod text;
pub mod workbook;
mod world;

pub use letter::Letter;
pub use list::{ControlSheet, HandOverList, RegisterHead, RegisterRow};
pub use paper::{ApologySlip, FilledForm, Item, MoneyReceipt, ReceiptSlip, RefusalSlip, ResultData, SupplementSlip};
pub use register::Register;

use serde::Serialize;
use std::sync::Arc;

/// A paper could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The template does not fit its data.
    #[error("the template {template}: {what}")]
    Template {
        /// Which template.
        template: String,
        /// What typst says.
        what: String,
    },
    /// The data cannot be written as JSON.
    #[error("the data of a paper")]
    Data(#[from] serde_json::Error),
    /// The link is too long for a QR code.
    #[error("the link is too long for a QR code")]
    Qr(#[from] qrcode::types::QrError),
    /// A part of a long paper is not as the joiner knows it.
    #[error("a part of a long paper: {0}")]
    Part(&'static str),
    /// What takes the paper went away.
    #[error("what takes the paper")]
    Sink(#[from] std::io::Error),
}

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its line, from 1; 0 where none is known.
    pub line: usize,
    /// What typst says.
    pub what: String,
}

/// How the template of a result is called where it fails.
const RESULT: &str = "result of the catalogue";

/// The printer. Cheap to clone.
#[derive(Clone)]
pub struct Papers {
    shared: Arc<world::Shared>,
}

impl Papers {
    /// Reads fonts and templates, which are compiled in.
    #[must_use]
    pub fn new() -> Self {
        Self {
            shared: Arc::new(world::Shared::new()),
        }
    }

    /// Paper 01: slip of receipt with appointment.
    ///
    /// # Errors
    /// [`PaperError`], as for every paper.
    pub fn receipt_slip(&self, data: &ReceiptSlip) -> Result<Vec<u8>, PaperError> {
        self.standard("receipt-slip.typ", data, &data.check_url)
    }

    /// Paper 02: request to supplement.
    ///
    /// # Errors
    /// [`PaperError`].
    pub fn supplement_slip(&self, data: &SupplementSlip) -> Result<Vec<u8>, PaperError> {
        self.standard("supplement-slip.typ", data, &data.check_url)
    }

    /// Paper 03: refusal.
    ///
    /// # Errors
    /// [`PaperError`].
    pub fn refusal_slip(&self, data: &RefusalSlip) -> Result<Vec<u8>, PaperError> {
        self.standard("refusal-slip.typ", data, &data.check_url)
    }

    /// Paper 04: apology with a new date.
    ///
    /// # Errors
    /// [`PaperError`].
    pub fn apology_slip(&self, data: &ApologySlip) -> Result<Vec<u8>, PaperError> {
        self.standard("apology-slip.typ", data, &data.check_url)
    }

    /// Paper 05: control sheet.
    ///
    /// # Errors
    /// [`PaperError`].
    pub fn control_sheet(&self, data: &ControlSheet) -> Result<Vec<u8>, PaperError> {
        self.standard("control-sheet.typ", data, &data.check_url)
    }

    /// Daily hand-over list.
    ///
    /// # Errors
    /// [`PaperError`].
    pub fn hand_over_list(&self, data: &HandOverList) -> Result<Vec<u8>, PaperError> {
        self.standard("hand-over-list.typ", data, &data.check_url)
    }

    /// Letter to the head of an agency about a target.
    ///
    /// # Errors
    /// [`PaperError`].
    pub fn letter(&self, data: &Letter) -> Result<Vec<u8>, PaperError> {
        self.standard("letter.typ", data, &data.check_url)
    }

    /// Leaflet of a service.
    ///
    /// # Errors
    /// [`PaperError`].
    pub fn leaflet(&self, data: &leaflet::Leaflet) -> Result<Vec<u8>, PaperError> {
        self.standard("leaflet.typ", data, &data.url)
    }

    /// Periodic report (Circular 01/2020, form II.06a).
    ///
    /// # Errors
    /// [`PaperError`].
    pub fn report(&self, data: &report_book::ReportPaper) -> Result<Vec<u8>, PaperError> {
        self.standard("report.typ", data, &data.check_url)
    }

    /// Receipt of money.
    ///
    /// # Errors
    /// [`PaperError`].
    pub fn money_receipt(&self, data: &MoneyReceipt) -> Result<Vec<u8>, PaperError> {
        self.standard("money-receipt.typ", data, &data.check_url)
    }

    /// The filled-in form.
    ///
    /// # Errors
    /// [`PaperError`].
    pub fn filled_form(&self, data: &FilledForm) -> Result<Vec<u8>, PaperError> {
        self.standard("filled-form.typ", data, &data.check_url)
    }

    /// A result, from a template of the catalogue.
    ///
    /// # Errors
    /// [`PaperError`].
    pub fn result(&self, template: &str, data: &ResultData) -> Result<Vec<u8>, PaperError> {
        self.shared.render(RESULT, template.to_owned(), json(data)?, &data.check_url)
    }

    /// What is wrong with the template of a result, found by making one of a sample; empty where it can be made.
    ///
    /// # Errors
    /// [`PaperError`], where the sample itself does not serve.
    pub fn faults(&self, template: &str) -> Result<Vec<Fault>, PaperError> {
        let sample = ResultData::sample();
        self.shared
            .faults(RESULT, template.to_owned(), json(&sample)?, &sample.check_url)
    }

    fn standard<T: Serialize>(&self, template: &str, data: &T, url: &str) -> Result<Vec<u8>, PaperError> {
        let source = self.shared.template(template).unwrap_or_default().to_owned();
        self.shared.render(template, source, json(data)?, url)
    }
}

/// The data as the templates read it.
fn json<T: Serialize>(data: &T) -> Result<Vec<u8>, PaperError> {
    let mut value = serde_json::to_value(data)?;
    text::printable(&mut value);
    Ok(serde_json::to_vec(&value)?)
}

impl Default for Papers {
    fn default() -> Self {
        Self::new()
    }
}
