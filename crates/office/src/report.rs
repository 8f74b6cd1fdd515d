//! Periodic reports of Circular 01/2020/TT-VPCP, from live figures; kept as sent, with what was corrected since beside.

use crate::Office;
use crate::error::{OfficeError, Result};
use crate::letterhead::day_in_words;
use motcua_model::actor::{Actor, Role};
use motcua_model::clock::{TIME_ZONE, local};
use motcua_model::dossier::Refusal;
use motcua_model::figure::{Counts, Measure};
use motcua_model::id::{AgencyCode, ProcedureCode};
pub use motcua_model::report::{COLUMNS, Line, Numbers, Period, Report};
use motcua_papers::paper::Head;
use motcua_papers::report_book::{ReportPaper, ReportRow};
use motcua_store::figure::{By, FigureFilter, FigureRow};
pub use motcua_store::report::SentReport;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What the report is computed from.
const MEASURES: [Measure; 8] = [
    Measure::TakenOnline,
    Measure::TakenOther,
    Measure::Early,
    Measure::OnTime,
    Measure::Late,
    Measure::Left,
    Measure::HandedIn,
    Measure::HandedOut,
];

/// A report that was sent, with what a count of today says differently: field, column from 0, sent, now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// As sent.
    pub sent: SentReport,
    /// What differs now; none where its period was not counted.
    pub corrections: Option<Vec<(String, usize, i64, i64)>>,
}

impl Office {
    /// Whose report the actor may make: her agency's, or any agency's and the province's (none) for the monitor.
    fn reports_for(&self, actor: &Actor, agency: Option<&AgencyCode>) -> Result<Option<AgencyCode>> {
        match (actor.role, &actor.agency, agency) {
            (Role::Monitor, _, agency) => Ok(agency.cloned()),
            (Role::Leader, Some(own), None) => Ok(Some(own.clone())),
            (Role::Leader, _, Some(agency)) => {
                let own = self.own_agencies(actor)?.unwrap_or_default();
                let hers = own.contains(&agency.0).then(|| agency.clone());
                hers.map(Some).ok_or_else(|| Refusal::NotPermitted.into())
            }
            _ => Err(Refusal::NotPermitted.into()),
        }
    }

    /// The report of a period, counted now.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who may not see it.
    pub async fn report(&self, actor: &Actor, agency: Option<&AgencyCode>, period: Period) -> Result<Report> {
        let agency = self.reports_for(actor, agency)?;
        self.count_report(agency.as_ref(), period).await
    }

    async fn count_report(&self, agency: Option<&AgencyCode>, period: Period) -> Result<Report> {
        let (from, to) = period.halves();
        let filter = |from, to| FigureFilter {
            from,
            to,
            places: agency.map(|a| vec![a.0.clone()]),
            procedures: None,
            measures: &MEASURES,
        };
        let before = self.store().figures(&filter(0, from - 1), By::Pair).await?;
        let within = self.store().figures(&filter(from, to), By::Pair).await?;
        let (before, within) = (self.by_field(&before), self.by_field(&within));
        let late = self.late_by_field(agency, &within, &before, period).await?;
        let mut fields: Vec<&String> = before.keys().chain(within.keys()).collect();
        fields.sort_unstable();
        fields.dedup();
        let of = |map: &BTreeMap<String, Counts>, field: &String| map.get(field).copied().unwrap_or_default();
        let lines = fields.into_iter().map(|field| Line {
            numbers: Numbers::of(
                &of(&before, field),
                &of(&within, field),
                late.get(field).copied().unwrap_or(0),
            ),
            field: field.clone(),
        });
        Ok(Report {
            agency: agency.map_or_else(String::new, |a| a.0.clone()),
            period,
            lines: lines.filter(|l| !l.numbers.is_empty()).collect(),
        })
    }

    fn by_field(&self, rows: &[FigureRow]) -> BTreeMap<String, Counts> {
        let mut fields: BTreeMap<String, Counts> = BTreeMap::new();
        for row in rows {
            *fields
                .entry(self.field_of(&ProcedureCode(row.procedure.clone())))
                .or_default() += row.counts;
        }
        fields
    }

    /// Running dossiers that were due before the period ended, or before now while it lasts.
    async fn late_by_field(
        &self,
        agency: Option<&AgencyCode>,
        within: &BTreeMap<String, Counts>,
        before: &BTreeMap<String, Counts>,
        period: Period,
    ) -> Result<BTreeMap<String, i64>> {
        let mut late = BTreeMap::new();
        if within.is_empty() && before.is_empty() {
            return Ok(late);
        }
        let end = period.days().1.tomorrow().map_err(|e| OfficeError::Internal(e.to_string()))?;
        let end = TIME_ZONE
            .to_timestamp(end.at(0, 0, 0, 0))
            .map_err(|e| OfficeError::Internal(e.to_string()))?;
        let at = end.min(self.now());
        let agencies: Vec<String> = match agency {
            Some(one) => vec![one.0.clone()],
            None => self.store().tally_all().await?.into_iter().map(|t| t.agency).collect(),
        };
        let agencies: std::collections::BTreeSet<String> = agencies.into_iter().collect();
        for agency in agencies {
            for (procedure, n) in self.store().late_of(&agency, at).await? {
                *late.entry(self.field_of(&ProcedureCode(procedure))).or_default() += n;
            }
        }
        Ok(late)
    }

    /// Keeps a report as it is sent; what is counted later never changes it.
    ///
    /// # Errors
    /// As [`Office::report`].
    pub async fn send_report(&self, actor: &Actor, agency: Option<&AgencyCode>, period: Period) -> Result<Uuid> {
        let report = self.report(actor, agency, period).await?;
        let sent = SentReport {
            id: self.new_directive_id().0,
            report,
            at: self.now(),
            by: actor.name.clone(),
        };
        self.store().keep_report(&sent).await?;
        Ok(sent.id)
    }

    /// The reports that an agency sent, the latest first; those of the period of `now`, which was counted, with what it says
    /// differently. Counting every one of them again at each look would cost what the years cost.
    ///
    /// # Errors
    /// As [`Office::report`].
    pub async fn reports(&self, actor: &Actor, agency: Option<&AgencyCode>, now: &Report) -> Result<Vec<Kept>> {
        let agency = self.reports_for(actor, agency)?;
        let key = agency.as_ref().map_or("", |a| a.as_str());
        let all = self.store().reports(key).await?.into_iter();
        let compared = |sent: SentReport| Kept {
            corrections: (sent.report.period == now.period).then(|| sent.report.corrected_by(now)),
            sent,
        };
        Ok(all.map(compared).collect())
    }

    /// A report that was sent.
    ///
    /// # Errors
    /// As [`Office::report`]; [`Refusal::NotFound`].
    pub async fn sent_report(&self, actor: &Actor, agency: Option<&AgencyCode>, id: Uuid) -> Result<SentReport> {
        let agency = self.reports_for(actor, agency)?;
        let key = agency.as_ref().map_or("", |a| a.as_str());
        Ok(self.store().report(key, id).await?.ok_or(Refusal::NotFound)?)
    }

    fn report_paper(&self, report: &Report, by: &str) -> ReportPaper {
        let agency = AgencyCode(report.agency.clone());
        let province = report.agency.is_empty();
        let name = if province {
            "Ủy ban nhân dân tỉnh Thái Nguyên".to_owned()
        } else {
            self.agency_name(&agency)
        };
        let (from, to) = report.period.days();
        let day = |d: jiff::civil::Date| d.strftime("%d/%m/%Y").to_string();
        let head = if province {
            Head {
                parent: String::new(),
                agency: name.clone(),
                number: String::new(),
                code: String::new(),
                place_and_date: format!("Thái Nguyên, {}", day_in_words(local(self.now()).date())),
                sign_mark: Vec::new(),
            }
        } else {
            self.agency_head(&agency, "", "", self.now())
        };
        let period = match report.period {
            Period::Quarter { year, quarter } => format!("Quý {quarter} năm {year}"),
            Period::HalfYear { year } => format!("6 tháng đầu năm {year}"),
            Period::Year { year } => format!("Năm {year}"),
        };
        let row = |number: String, field: &str, numbers: &Numbers| ReportRow {
            number,
            field: field.to_owned(),
            numbers: numbers.0.to_vec(),
        };
        let lines = (1..)
            .zip(&report.lines)
            .map(|(n, l)| row(n.to_string(), &l.field, &l.numbers));
        ReportPaper {
            head: Head {
                code: format!("Biểu II.06a, {}", period.to_lowercase()),
                ..head
            },
            title: "Tình hình, kết quả giải quyết thủ tục hành chính".to_owned(),
            form: if province {
                "Tổng hợp toàn tỉnh theo Biểu số II.06a/VPCP/KSTT, Thông tư 01/2020/TT-VPCP".to_owned()
            } else {
                "Biểu số II.06a/VPCP/KSTT, Thông tư 01/2020/TT-VPCP".to_owned()
            },
            agency: name,
            period: format!("{period} (từ ngày {} đến ngày {})", day(from), day(to)),
            rows: lines.collect(),
            sum: row(String::new(), "Tổng cộng", &report.sum()),
            by: by.to_owned(),
            check_url: format!("{}/bang/bao-cao", self.settings().public_url),
        }
    }

    /// A report as PDF.
    ///
    /// # Errors
    /// When it cannot be printed.
    pub async fn report_pdf(&self, report: &Report, by: &str) -> Result<Vec<u8>> {
        let paper = self.report_paper(report, by);
        self.print(move |papers| papers.report(&paper)).await
    }

    /// A report as a workbook.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn report_workbook(&self, report: &Report, by: &str) -> Result<Vec<u8>> {
        let paper = self.report_paper(report, by);
        let made = tokio::task::spawn_blocking(move || paper.workbook()).await;
        let made = made.map_err(|e| OfficeError::Internal(e.to_string()))?;
        made.map_err(|e| OfficeError::Internal(format!("the workbook: {e}")))
    }
}
