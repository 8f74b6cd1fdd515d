//! Measures that lead people to file from home, and what their links brought: numbers alone, with nothing of who came.

use crate::db::{Result, StoreError, sql, transact};
use crate::intake::Month;
use crate::many::Many;
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::campaign::Campaign;
use sea_query::Value;

statements! {
    INSERT = "insert into campaign (code, agency, body, at, by_name) values ($1, $2, $3, $4, $5)";
    ONE = "select code, body, at, by_name from campaign where code = $1";
    OF_AGENCY = "select code, body, at, by_name from campaign where agency = $1 and (at, code) < ($2, $3) \
                 order by agency desc, at desc, code desc limit $4";
    ALL = "select code, body, at, by_name from campaign where (at, code) < ($1, $2) order by at desc, code desc limit $3";
    COUNTS = "select what, cast(sum(n) as bigint) as n from campaign_count where code = $1 group by what order by what";
}

static ADD: Many = Many::rows(
    "insert into campaign_count (code, month, what, n) values ",
    4,
    " on conflict (code, month, what) do update set n = campaign_count.n + excluded.n",
);

pub(crate) static MANY: &[&Many] = &[&ADD];

/// A measure as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptCampaign {
    /// Its link's code.
    pub code: String,
    /// The measure.
    pub campaign: Campaign,
    /// When it was written down.
    pub at: Timestamp,
    /// By whom, as shown.
    pub by: String,
}

row! {
    struct Row {
        code: String,
        body: String,
        at: i64,
        by_name: String,
    }
}

impl Row {
    fn kept(self) -> Result<KeptCampaign> {
        Ok(KeptCampaign {
            code: self.code,
            campaign: serde_json::from_str(&self.body).map_err(|e| StoreError::inconsistent("campaign.body", e.to_string()))?,
            at: value::time(self.at)?,
            by: self.by_name,
        })
    }
}

impl Store {
    /// Keeps a measure.
    ///
    /// # Errors
    /// What the database says, as for the functions below; a conflict where the code is taken.
    pub async fn keep_campaign(&self, kept: &KeptCampaign) -> Result<()> {
        let body = serde_json::to_string(&kept.campaign).map_err(|e| StoreError::inconsistent("campaign.body", e.to_string()))?;
        let values = [
            kept.code.clone().into(),
            kept.campaign.agency.as_str().into(),
            body.into(),
            value::micros(kept.at).into(),
            kept.by.clone().into(),
        ];
        self.db().run(sql(INSERT, values)).await.map(drop)
    }

    /// A measure by its link's code.
    ///
    /// # Errors
    /// See [`Store::keep_campaign`].
    pub async fn campaign(&self, code: &str) -> Result<Option<KeptCampaign>> {
        let row: Option<Row> = self.db().one(sql(ONE, [code.into()])).await?;
        row.map(Row::kept).transpose()
    }

    /// The measures of an agency, or all, the latest first, before one of them.
    ///
    /// # Errors
    /// See [`Store::keep_campaign`].
    pub async fn campaigns(
        &self,
        agency: Option<&str>,
        before: Option<(Timestamp, &str)>,
        limit: u32,
    ) -> Result<Vec<KeptCampaign>> {
        let (at, code) = before.map_or((Value::from(i64::MAX), Value::from("")), |(at, code)| {
            (value::micros(at).into(), code.into())
        });
        let limit = Value::from(i64::from(limit));
        let rows: Vec<Row> = match agency {
            Some(agency) => self.db().all(sql(OF_AGENCY, [agency.into(), at, code, limit])).await?,
            None => self.db().all(sql(ALL, [at, code, limit])).await?,
        };
        rows.into_iter().map(Row::kept).collect()
    }

    /// How often each step was reached through a link.
    ///
    /// # Errors
    /// See [`Store::keep_campaign`].
    pub async fn campaign_counts(&self, code: &str) -> Result<Vec<(String, i64)>> {
        self.db().all(sql(COUNTS, [code.into()])).await
    }

    /// Counts steps that links brought people to, in the order of their keys: code, month, step.
    ///
    /// # Errors
    /// See [`Store::keep_campaign`].
    pub async fn count_reached(&self, reached: impl Iterator<Item = ((String, Month, &'static str), i64)>) -> Result<()> {
        let values: Vec<Value> = reached
            .flat_map(|((code, month, what), n)| [Value::from(code), month.into(), what.into(), n.into()])
            .collect();
        transact!(self.db(), "count links", |tx| ADD.run(tx, values.clone()).await)
    }
}
