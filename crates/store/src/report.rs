//! Periodic reports as they were sent: never changed, a correction stands beside.

use crate::db::{Result, StoreError, sql};
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::report::Report;
use uuid::Uuid;

statements! {
    INSERT = "insert into report (agency, id, period, body, at, by_name) values ($1, $2, $3, $4, $5, $6)";
    OF_AGENCY = "select id, body, at, by_name from report where agency = $1 order by agency desc, id desc limit 100";
    ONE = "select id, body, at, by_name from report where agency = $1 and id = $2";
}

/// A report as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentReport {
    /// Identifier.
    pub id: Uuid,
    /// What was sent.
    pub report: Report,
    /// When.
    pub at: Timestamp,
    /// By whom, as shown.
    pub by: String,
}

row! {
    struct Row {
        id: Vec<u8>,
        body: String,
        at: i64,
        by_name: String,
    }
}

impl Row {
    fn sent(self) -> Result<SentReport> {
        Ok(SentReport {
            id: value::uuid(&self.id)?,
            report: serde_json::from_str(&self.body).map_err(|e| StoreError::inconsistent("report.body", e.to_string()))?,
            at: value::time(self.at)?,
            by: self.by_name,
        })
    }
}

impl Store {
    /// Keeps a report that is sent.
    ///
    /// # Errors
    /// What the database says, as for the functions below.
    pub async fn keep_report(&self, sent: &SentReport) -> Result<()> {
        let body = serde_json::to_string(&sent.report).map_err(|e| StoreError::inconsistent("report.body", e.to_string()))?;
        let values = [
            sent.report.agency.clone().into(),
            value::id(sent.id),
            sent.report.period.key().into(),
            body.into(),
            value::micros(sent.at).into(),
            sent.by.clone().into(),
        ];
        self.db().run(sql(INSERT, values)).await.map(drop)
    }

    /// The reports that an agency sent, the latest first; the empty agency is the province.
    ///
    /// # Errors
    /// See [`Store::keep_report`].
    pub async fn reports(&self, agency: &str) -> Result<Vec<SentReport>> {
        let rows: Vec<Row> = self.db().all(sql(OF_AGENCY, [agency.into()])).await?;
        rows.into_iter().map(Row::sent).collect()
    }

    /// One of them.
    ///
    /// # Errors
    /// See [`Store::keep_report`].
    pub async fn report(&self, agency: &str, id: Uuid) -> Result<Option<SentReport>> {
        let row: Option<Row> = self.db().one(sql(ONE, [agency.into(), value::id(id)])).await?;
        row.map(Row::sent).transpose()
    }
}
