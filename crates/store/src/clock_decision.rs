//! Decisions that change working time, and how far the running dossiers are computed anew.

use crate::db::{Result, StoreError, sql, transact};
use crate::dossier::Loaded;
use crate::row::row;
use crate::statement::statements;
use crate::writer::NewJob;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::clock::ClockDecision;
use motcua_model::id::{AgencyCode, ClockDecisionId, DossierId};

statements! {
    INSERT = "insert into clock_decision (id, body, published_at, published_by, at_agency, at_dossier, checked, changed, \
              finished_at) values ($1,$2,$3,$4,$5,$6,0,0,0)";
    ENQUEUE = "insert into job (id, kind, body, run_at, attempt, lease_until, state, error, created_at) \
               values ($1, $2, $3, $4, 0, 0, 'ready', '', $4) on conflict (id) do nothing";
    ALL = "select id, body, published_at, published_by, at_agency, at_dossier, checked, changed, finished_at \
           from clock_decision order by published_at, id";
    ADVANCE = "update clock_decision set at_agency = $2, at_dossier = $3, checked = checked + $4, changed = changed + $5, \
               finished_at = $6 where id = $1";
    RUNNING = "select agency, id, state, hash from dossier where turn <> 'nobody' and (agency, id) > ($1, $2) \
               order by agency, id limit $3";
}

/// A decision as it was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Identifier.
    pub id: ClockDecisionId,
    /// The decision.
    pub decision: ClockDecision,
    /// When it was published.
    pub at: Timestamp,
    /// Who published it, as shown.
    pub by: String,
    /// The last dossier that was computed anew: agency and identifier.
    pub cursor: (AgencyCode, DossierId),
    /// How many running dossiers were looked at.
    pub checked: u64,
    /// How many got another date.
    pub changed: u64,
    /// Whether all were looked at.
    pub finished: bool,
}

row! {
    struct Row {
        id: Vec<u8>,
        body: String,
        published_at: i64,
        published_by: String,
        at_agency: String,
        at_dossier: Vec<u8>,
        checked: i64,
        changed: i64,
        finished_at: i64,
    }
}

row! {
    struct RunningRow {
        agency: String,
        id: Vec<u8>,
        state: String,
        hash: Vec<u8>,
    }
}

impl Row {
    fn published(self) -> Result<Published> {
        Ok(Published {
            id: ClockDecisionId(value::uuid(&self.id)?),
            decision: serde_json::from_str(&self.body)
                .map_err(|e| StoreError::inconsistent("clock_decision.body", e.to_string()))?,
            at: value::time(self.published_at)?,
            by: self.published_by,
            cursor: (AgencyCode(self.at_agency), DossierId(value::uuid(&self.at_dossier)?)),
            checked: self.checked.unsigned_abs(),
            changed: self.changed.unsigned_abs(),
            finished: self.finished_at > 0,
        })
    }
}

impl Store {
    /// Publishes a decision, with the job that computes the running dossiers anew.
    ///
    /// # Errors
    /// What the database says.
    pub async fn publish_decision(
        &self,
        id: ClockDecisionId,
        decision: &ClockDecision,
        by: &str,
        cursor: (AgencyCode, DossierId),
        job: &NewJob,
    ) -> Result<()> {
        let body = serde_json::to_string(decision).map_err(|e| StoreError::inconsistent("clock_decision", e.to_string()))?;
        transact!(self.db(), "publish_decision", |tx| {
            let at = value::micros(job.run_at);
            tx.run(sql(
                INSERT,
                [
                    value::id(id.0),
                    body.clone().into(),
                    at.into(),
                    by.into(),
                    cursor.0.as_str().into(),
                    value::id(cursor.1.0),
                ],
            ))
            .await?;
            tx.run(sql(
                ENQUEUE,
                [value::id(job.id.0), job.kind.into(), job.body.clone().into(), at.into()],
            ))
            .await
        })
        .map(drop)
    }

    /// Every decision, in the order in which they were published. There are few.
    ///
    /// # Errors
    /// What the database says.
    pub async fn decisions(&self) -> Result<Vec<Published>> {
        let rows: Vec<Row> = self.db().all(sql(ALL, [])).await?;
        rows.into_iter().map(Row::published).collect()
    }

    /// Notes how far the running dossiers are computed anew; `finished` is when all were looked at.
    ///
    /// # Errors
    /// What the database says.
    pub async fn advance_decision(
        &self,
        id: ClockDecisionId,
        cursor: &(AgencyCode, DossierId),
        (checked, changed): (u64, u64),
        finished: Option<Timestamp>,
    ) -> Result<()> {
        self.db()
            .run(sql(
                ADVANCE,
                [
                    value::id(id.0),
                    cursor.0.as_str().into(),
                    value::id(cursor.1.0),
                    checked.cast_signed().into(),
                    changed.cast_signed().into(),
                    finished.map_or(0, value::micros).into(),
                ],
            ))
            .await
            .map(drop)
    }

    /// The next dossiers in which something can still happen, by agency and identifier: walks an index that has these only.
    ///
    /// # Errors
    /// What the database says.
    pub async fn running_after(&self, after: &(AgencyCode, DossierId), limit: u32) -> Result<Vec<Loaded>> {
        let values = [after.0.as_str().into(), value::id(after.1.0), i64::from(limit).into()];
        let rows: Vec<RunningRow> = self.db().all(sql(RUNNING, values)).await?;
        rows.into_iter()
            .map(|r| {
                Ok(Loaded {
                    dossier: serde_json::from_str(&r.state)
                        .map_err(|e| StoreError::inconsistent("dossier.state", format!("{} {:?}: {e}", r.agency, r.id)))?,
                    hash: value::hash(&r.hash)?,
                })
            })
            .collect()
    }
}
