//! Reading the journal back, line by line.

use crate::db::{Result, sql};
use crate::many::Many;
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use motcua_model::id::DossierId;
use motcua_model::journal::Line;
use std::collections::BTreeMap;

statements! {
    JOURNAL = "select dossier, version, body, hash from event where dossier = $1 order by version";
    JOURNAL_PAGE = "select dossier, version, body, hash from event where (dossier, version) > ($1, $2) order by dossier, version limit $3";
    COUNT_EVENTS = "select count(*) from event";
}

static JOURNALS: Many = Many::list(
    "select dossier, version, body, hash from event where dossier in (",
    ") order by dossier, version",
);

pub(crate) static MANY: &[&Many] = &[&JOURNALS];

row! {
    struct Row {
        dossier: Vec<u8>,
        version: i64,
        body: String,
        hash: Vec<u8>,
    }
}

impl Row {
    fn line(self) -> Result<Line> {
        Ok(Line {
            dossier: DossierId(value::uuid(&self.dossier)?),
            version: self.version.unsigned_abs(),
            body: self.body,
            hash: value::hash(&self.hash)?,
        })
    }
}

impl Store {
    /// The journal of one dossier, in order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn journal(&self, dossier: DossierId) -> Result<Vec<Line>> {
        let rows: Vec<Row> = self.db().all(sql(JOURNAL, [value::id(dossier.0)])).await?;
        rows.into_iter().map(Row::line).collect()
    }

    /// The journals of some dossiers, each in order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn journals(&self, dossiers: &[DossierId]) -> Result<BTreeMap<DossierId, Vec<Line>>> {
        let mut found = BTreeMap::<_, Vec<Line>>::new();
        for statement in JOURNALS.statements(dossiers.iter().map(|d| value::id(d.0)).collect()) {
            for row in self.db().all::<Row>(statement).await? {
                let line = row.line()?;
                found.entry(line.dossier).or_default().push(line);
            }
        }
        Ok(found)
    }

    /// The next lines of the whole journal after `(dossier, version)`, dossier by dossier, for a run that verifies all.
    ///
    /// # Errors
    /// What the database says.
    pub async fn journal_after(&self, after: (DossierId, u64), limit: u32) -> Result<Vec<Line>> {
        let rows: Vec<Row> = self
            .db()
            .all(sql(
                JOURNAL_PAGE,
                [value::id(after.0.0), after.1.cast_signed().into(), i64::from(limit).into()],
            ))
            .await?;
        rows.into_iter().map(Row::line).collect()
    }

    /// How many lines the journal has.
    ///
    /// # Errors
    /// What the database says.
    pub async fn count_events(&self) -> Result<u64> {
        let row: Option<(i64,)> = self.db().one(sql(COUNT_EVENTS, [])).await?;
        Ok(row.map_or(0, |r| r.0.unsigned_abs()))
    }
}
