//! Publications: changes of the catalogue, the files they change, and the one journal of their steps.
//!
//! The position in the journal is the lock: a step is written only where the journal still ends where its writer
//! looked. Steps are few (people take them), so one journal for all costs nothing and puts approvals in an order.

use crate::db::{Result, StoreError, Tx, sql, transact};
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use motcua_model::id::{ProcedureCode, PublicationId};
use motcua_model::journal::{ChainHash, START};
use motcua_model::publication::{Publication, PublicationState, StepLine, StepTaken};

statements! {
    LAST = "select seq, hash from publication_step order by seq desc limit 1";
    STEP = "insert into publication_step (seq, publication, body, hash) values ($1, $2, $3, $4)";
    STEPS = "select seq, publication, body, hash from publication_step where publication = $1 order by seq";
    STEPS_AFTER = "select seq, publication, body, hash from publication_step where seq > $1 order by seq limit $2";
    COUNT = "select count(*) from publication";
    BEGIN = "insert into publication (id, state, holds_from, approved_at, saved, fold) values ($1, $2, $3, $4, 0, $5)";
    FOLD = "update publication set state = $2, holds_from = $3, \
            approved_at = case when approved_at = 0 then $4 else approved_at end, fold = $5 where id = $1 and saved = $6";
    LOAD = "select id, state, holds_from, approved_at, saved, fold from publication where id = $1";
    LATEST = "select id, state, holds_from, approved_at, saved, fold from publication where id < $1 order by id desc limit $2";
    IN_STATE = "select id, state, holds_from, approved_at, saved, fold from publication where state = $1 \
                order by holds_from, approved_at";
    TOUCH = "update publication set saved = saved + 1 where id = $1 and state = 'draft' and saved = $2";
    PUT_FILE = "insert into publication_file (publication, path, body, base) values ($1, $2, $3, $4) \
                on conflict (publication, path) do update set body = excluded.body, base = excluded.base";
    DROP_FILE = "delete from publication_file where publication = $1 and path = $2";
    FILES = "select path, body, base from publication_file where publication = $1 order by path";
    USED_BY_DOSSIER = "select procedure from figure where procedure = $1 limit 1";
    USED_BY_DRAFT = "select procedure from draft where procedure = $1 limit 1";
}

/// A publication as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPublication {
    /// Its steps folded up.
    pub publication: Publication,
    /// Position of its approval in the journal; 0 before.
    pub approved_at: u64,
    /// How often its files were saved; the lock against two windows.
    pub saved: u64,
}

row! {
    /// A file that a publication changes.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ChangedFile {
        /// Where it lies.
        pub path: String,
        /// Its text; none where it is removed.
        pub body: Option<String>,
        /// The text that it was changed from; none where there was no such file.
        pub base: Option<String>,
    }
}

row! {
    struct Row {
        id: Vec<u8>,
        state: String,
        holds_from: String,
        approved_at: i64,
        saved: i64,
        fold: String,
    }
}

impl Row {
    fn read(self) -> Result<StoredPublication> {
        let publication: Publication =
            serde_json::from_str(&self.fold).map_err(|_| StoreError::inconsistent("publication.fold", self.fold.clone()))?;
        let same = publication.state.as_str() == self.state
            && holds_from(&publication) == self.holds_from
            && value::uuid(&self.id)? == publication.id.0;
        if !same {
            return Err(StoreError::inconsistent("publication", self.state));
        }
        Ok(StoredPublication {
            publication,
            approved_at: self.approved_at.unsigned_abs(),
            saved: self.saved.unsigned_abs(),
        })
    }
}

row! {
    struct LineRow {
        seq: i64,
        publication: Vec<u8>,
        body: String,
        hash: Vec<u8>,
    }
}

impl LineRow {
    fn read(self) -> Result<StepLine> {
        Ok(StepLine {
            seq: self.seq.unsigned_abs(),
            publication: PublicationId(value::uuid(&self.publication)?),
            body: self.body,
            hash: value::hash(&self.hash)?,
        })
    }
}

fn holds_from(p: &Publication) -> String {
    p.from.map_or_else(String::new, |d| d.to_string())
}

fn unwritable(e: serde_json::Error) -> StoreError {
    StoreError::inconsistent("publication", e.to_string())
}

/// Writes the next line; answers its position.
async fn append(tx: &mut Tx, id: PublicationId, seen: Option<u64>, taken: &StepTaken) -> Result<u64> {
    let last: Vec<(i64, Vec<u8>)> = tx.all(sql(LAST, [])).await?;
    let (seq, hash): (u64, ChainHash) = match last.first() {
        Some((seq, hash)) => (seq.unsigned_abs(), value::hash(hash)?),
        None => (0, START),
    };
    if seen.is_some_and(|seen| seen != seq) {
        return Err(StoreError::Conflict);
    }
    let line = StepLine::next((seq, &hash), id, taken).map_err(unwritable)?;
    let values = [
        line.seq.cast_signed().into(),
        value::id(id.0),
        line.body.into(),
        sea_query::Value::Bytes(Some(line.hash.to_vec())),
    ];
    tx.run(sql(STEP, values)).await?;
    Ok(line.seq)
}

impl Store {
    /// Where the journal of publications ends; 0 while it is empty.
    ///
    /// # Errors
    /// What the database says, as for every function here.
    pub async fn last_step(&self) -> Result<u64> {
        let row: Option<(i64, Vec<u8>)> = self.db().one(sql(LAST, [])).await?;
        Ok(row.map_or(0, |r| r.0.unsigned_abs()))
    }

    /// Begins a publication with its files.
    ///
    /// # Errors
    /// What the database says.
    pub async fn begin_publication(&self, p: &Publication, taken: &StepTaken, files: &[ChangedFile]) -> Result<()> {
        let fold = serde_json::to_string(p).map_err(unwritable)?;
        transact!(self.db(), "begin publication", |tx| {
            append(tx, p.id, None, taken).await?;
            let values = [
                value::id(p.id.0),
                p.state.as_str().into(),
                holds_from(p).into(),
                0i64.into(),
                fold.clone().into(),
            ];
            tx.run(sql(BEGIN, values)).await?;
            for file in files {
                tx.run(put(p.id, file)).await?;
            }
            Ok(())
        })
    }

    /// Takes a step of a publication that is stored. `seen` is where the journal ended when it was decided.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when somebody took a step, or saved a file, meanwhile.
    pub async fn take_step(&self, after: &Publication, saved: u64, seen: u64, taken: &StepTaken) -> Result<()> {
        let fold = serde_json::to_string(after).map_err(unwritable)?;
        let approves = matches!(taken.step, motcua_model::publication::Step::Approved);
        transact!(self.db(), "publication step", |tx| {
            let seq = append(tx, after.id, Some(seen), taken).await?;
            let values = [
                value::id(after.id.0),
                after.state.as_str().into(),
                holds_from(after).into(),
                if approves { seq.cast_signed() } else { 0 }.into(),
                fold.clone().into(),
                saved.cast_signed().into(),
            ];
            match tx.run(sql(FOLD, values)).await? {
                1 => Ok(()),
                _ => Err(StoreError::Conflict),
            }
        })
    }

    /// Saves files of a draft: changed ones, and those that are as they were again and are dropped.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is no draft any more, or was saved from another window.
    pub async fn save_publication(
        &self,
        id: PublicationId,
        saved: u64,
        put_files: &[ChangedFile],
        drop: &[String],
    ) -> Result<()> {
        transact!(self.db(), "save publication", |tx| {
            if tx.run(sql(TOUCH, [value::id(id.0), saved.cast_signed().into()])).await? != 1 {
                return Err(StoreError::Conflict);
            }
            for file in put_files {
                tx.run(put(id, file)).await?;
            }
            for path in drop {
                tx.run(sql(DROP_FILE, [value::id(id.0), path.clone().into()])).await?;
            }
            Ok(())
        })
    }

    /// A publication.
    ///
    /// # Errors
    /// What the database says.
    pub async fn publication(&self, id: PublicationId) -> Result<Option<StoredPublication>> {
        let row: Option<Row> = self.db().one(sql(LOAD, [value::id(id.0)])).await?;
        row.map(Row::read).transpose()
    }

    /// The latest publications begun before `before`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn latest_publications(&self, before: PublicationId, limit: u32) -> Result<Vec<StoredPublication>> {
        let rows: Vec<Row> = self
            .db()
            .all(sql(LATEST, [value::id(before.0), i64::from(limit).into()]))
            .await?;
        rows.into_iter().map(Row::read).collect()
    }

    /// The publications in a state, by the day from which they hold and the order of approval.
    ///
    /// # Errors
    /// What the database says.
    pub async fn publications_in(&self, state: PublicationState) -> Result<Vec<StoredPublication>> {
        let rows: Vec<Row> = self.db().all(sql(IN_STATE, [state.as_str().into()])).await?;
        rows.into_iter().map(Row::read).collect()
    }

    /// The files that a publication changes, by path.
    ///
    /// # Errors
    /// What the database says.
    pub async fn publication_files(&self, id: PublicationId) -> Result<Vec<ChangedFile>> {
        self.db().all(sql(FILES, [value::id(id.0)])).await
    }

    /// The steps of a publication, in order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn publication_steps(&self, id: PublicationId) -> Result<Vec<StepLine>> {
        let rows: Vec<LineRow> = self.db().all(sql(STEPS, [value::id(id.0)])).await?;
        rows.into_iter().map(LineRow::read).collect()
    }

    /// The next lines of the journal after `seq`, for a run that verifies all.
    ///
    /// # Errors
    /// What the database says.
    pub async fn steps_after(&self, seq: u64, limit: u32) -> Result<Vec<StepLine>> {
        let values = [seq.cast_signed().into(), i64::from(limit).into()];
        let rows: Vec<LineRow> = self.db().all(sql(STEPS_AFTER, values)).await?;
        rows.into_iter().map(LineRow::read).collect()
    }

    /// How many publications there are.
    ///
    /// # Errors
    /// What the database says.
    pub async fn count_publications(&self) -> Result<u64> {
        let row: Option<(i64,)> = self.db().one(sql(COUNT, [])).await?;
        Ok(row.map_or(0, |r| r.0.unsigned_abs()))
    }

    /// Whether a draft or a dossier of this procedure was ever made: then its form is needed to read them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn procedure_is_used(&self, code: &ProcedureCode) -> Result<bool> {
        for text in [USED_BY_DRAFT, USED_BY_DOSSIER] {
            let row: Option<(String,)> = self.db().one(sql(text, [code.as_str().into()])).await?;
            if row.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn put(id: PublicationId, file: &ChangedFile) -> crate::db::Stmt {
    let values = [
        value::id(id.0),
        file.path.clone().into(),
        file.body.clone().into(),
        file.base.clone().into(),
    ];
    sql(PUT_FILE, values)
}
