//! The register of the one-stop (paper 06 of Circular 01/2018) as pages and as a table for a spreadsheet.

use crate::Office;
use crate::desk::officer_agency;
use crate::error::{OfficeError, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use motcua_model::actor::Actor;
use motcua_model::clock::local;
use motcua_model::dossier::Dossier;
use motcua_papers::workbook::{Cell, Table};
use motcua_store::register_page::RegisterFilter;
use motcua_words::Words;

/// Lines on a page.
const PAGE: u64 = 50;
/// Dossiers read at once for a table.
const READ: u64 = 500;
/// The most days of one register.
pub const DAYS_MAX: i32 = 366;

/// What of the register is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterAsked {
    /// First day of filing.
    pub from: Date,
    /// Last day of filing; at most [`DAYS_MAX`] days after the first.
    pub to: Date,
    /// Only this field, such as `Hộ tịch`; empty for all.
    pub field: String,
    /// After this code.
    pub after: Option<String>,
}

impl Office {
    fn register_filter(&self, actor: &Actor, asked: &RegisterAsked, limit: u64) -> Result<RegisterFilter> {
        let last = asked.from.saturating_add(jiff::Span::new().days(DAYS_MAX - 1));
        Ok(RegisterFilter {
            agency: officer_agency(actor)?.clone(),
            from: asked.from,
            to: asked.to.min(last),
            procedures: (!asked.field.is_empty()).then(|| {
                let all = self.catalogue().services().iter();
                all.filter(|s| s.sheet.field == asked.field)
                    .map(|s| s.sheet.code.0.clone())
                    .collect()
            }),
            after: asked.after.clone(),
            limit,
        })
    }

    /// A page of the register of the officer's agency, and the code after which the next one begins.
    ///
    /// # Errors
    /// [`motcua_model::dossier::Refusal::NotPermitted`] for who is no officer.
    pub async fn register_page(&self, actor: &Actor, asked: &RegisterAsked) -> Result<(Vec<Dossier>, Option<String>)> {
        let filter = self.register_filter(actor, asked, PAGE + 1)?;
        let mut dossiers = self.store().register_page(&filter).await?;
        let more = dossiers.len() as u64 > PAGE;
        dossiers.truncate(PAGE as usize);
        let next = dossiers.last().filter(|_| more).map(|d| d.code.0.clone());
        Ok((dossiers, next))
    }

    /// The register as a table for a spreadsheet, written to a file of its own that vanishes when it is closed.
    ///
    /// # Errors
    /// As [`Office::register_page`], and when the disk is full.
    pub async fn register_table(&self, actor: &Actor, asked: &RegisterAsked, w: Words) -> Result<std::fs::File> {
        let internal = |e: std::io::Error| OfficeError::Internal(format!("the table: {e}"));
        let heads = [
            (w.register_number(), 8),
            (w.common_code(), 28),
            (w.common_applicant(), 30),
            (w.common_service(), 50),
            (w.register_field(), 24),
            (w.common_filed_at(), 18),
            (w.register_channel(), 14),
            (w.register_accepted_at(), 18),
            (w.common_deadline(), 18),
            (w.common_state(), 20),
            (w.register_returned_at(), 18),
            (w.register_taken_by(), 30),
            (w.register_fee(), 12),
        ];
        let title = w.register_title(asked.from.strftime("%d/%m/%Y"), asked.to.strftime("%d/%m/%Y"));
        let mut table = Table::begin(&title, &heads).map_err(internal)?;
        let mut filter = self.register_filter(actor, asked, READ)?;
        let mut number = 0;
        loop {
            let dossiers = self.store().register_page(&filter).await?;
            for d in &dossiers {
                number += 1;
                table.push(&self.table_row(w, number, d)).map_err(internal)?;
            }
            match dossiers.last() {
                Some(last) if dossiers.len() as u64 == READ => filter.after = Some(last.code.0.clone()),
                _ => break,
            }
        }
        let last = w.register_sum(number);
        let written = tokio::task::spawn_blocking(move || -> std::io::Result<std::fs::File> {
            let mut file = tempfile::tempfile()?;
            table.finish(&last, std::io::BufWriter::new(&mut file))?;
            std::io::Seek::rewind(&mut file)?;
            Ok(file)
        });
        let written = written.await.map_err(|e| OfficeError::Internal(e.to_string()))?;
        written.map_err(internal)
    }

    fn table_row(&self, w: Words, number: u64, d: &Dossier) -> [Cell; 13] {
        let service = self.catalogue().service(&d.procedure);
        let text = |t: &str| Cell::Text(t.to_owned());
        let channel = match d.channel {
            motcua_model::dossier::Channel::Online => w.desk_channel_online(),
            motcua_model::dossier::Channel::Post => w.desk_channel_post(),
            motcua_model::dossier::Channel::Counter => w.desk_channel_counter(),
        };
        let status = format!("status-{}", d.status.as_str().replace('_', "-"));
        [
            Cell::Number(number),
            text(&d.code.0),
            text(&d.applicant.name),
            text(service.map_or(&d.procedure.0, |s| s.sheet.name.get(w.0))),
            text(service.map_or("", |s| &s.sheet.field)),
            time(Some(d.filed_at)),
            text(channel),
            time(d.accepted_at),
            time(d.due),
            text(w.by_key(&status).unwrap_or(d.status.as_str())),
            time(d.returned.as_ref().map(|r| r.at)),
            text(d.returned.as_ref().map_or("", |r| &r.taken_by)),
            Cell::Number(d.fee),
        ]
    }
}

fn time(at: Option<Timestamp>) -> Cell {
    at.map_or(Cell::Empty, |at| Cell::Time(local(at)))
}
