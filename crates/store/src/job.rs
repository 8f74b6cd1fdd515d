//! The outbox: work written in the transaction that needs it, done later by workers, tried again, given up into a
//! list that an administrator sees. A job carries identifiers only and may run twice.

use crate::db::{Result, Stmt, StoreError, sql, transact};
use crate::many::Many;
use crate::message::{self, MessageRow};
use crate::row::row;
use crate::statement::statements;
use crate::writer::NewJob;
use crate::{Store, value};
use jiff::{SignedDuration, Timestamp};
use motcua_model::id::JobId;

statements! {
    INSERT = "insert into job (id, kind, body, run_at, attempt, lease_until, state, error, created_at) \
              values ($1, $2, $3, $4, 0, 0, 'ready', '', $4) on conflict (id) do nothing";
    CLAIM_SQLITE = "update job set attempt = attempt + 1, run_at = $3, lease_until = $3 where id in \
                    (select id from job where state = 'ready' and run_at <= $1 order by run_at, id limit $2) \
                    returning id, kind, body, attempt, error, created_at";
    FINISH = "delete from job where id = $1 and attempt = $2";
    RETRY = "update job set run_at = $3, lease_until = 0, error = $4 where id = $1 and attempt = $2";
    BURY = "update job set state = 'dead', error = $3 where id = $1 and attempt = $2";
    DEAD = "select id, kind, body, attempt, error, created_at from job where state = 'dead' order by created_at, id limit 100";
    REPLAY = "update job set state = 'ready', attempt = 0, run_at = $2 where id = $1 and state = 'dead'";
    DISCARD = "delete from job where id = $1 and state = 'dead'";
    DUE = "select count(*) from (select 1 as one from job where state = 'ready' and run_at <= $1 limit 1) due";
    WAITING = "select count(*) from job where state = 'ready'";
    BURIED = "select count(*) from job where state = 'dead'";
}

/// Only here and only for PostgreSQL: rows are locked, so that two claimers never get the same job.
const CLAIM_POSTGRES: &str = "update job set attempt = attempt + 1, run_at = $3, lease_until = $3 where id in \
     (select id from job where state = 'ready' and run_at <= $1 order by run_at, id limit $2 for update skip locked) \
     returning id, kind, body, attempt, error, created_at";

/// The jobs of a batch that were done at once, which is nearly all of them.
static FINISH_FIRST: Many = Many::list("delete from job where attempt = 1 and id in (", ")");

pub(crate) static MANY: &[&Many] = &[&FINISH_FIRST];

/// After how many attempts a job is given up.
pub const ATTEMPTS: i64 = 10;
/// How long a worker may hold a job before another takes it.
const LEASE: SignedDuration = SignedDuration::from_secs(60);

/// A job as a worker gets it. `attempt` is its fencing number: a worker that lost its lease changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Identifier.
    pub id: JobId,
    /// Which worker takes it.
    pub kind: String,
    /// Identifiers, as JSON.
    pub body: String,
    /// Which attempt this is, from 1.
    pub attempt: i64,
    /// What went wrong last.
    pub error: String,
    /// When it was made.
    pub created_at: Timestamp,
}

row! {
    struct Row {
        id: Vec<u8>,
        kind: String,
        body: String,
        attempt: i64,
        error: String,
        created_at: i64,
    }
}

impl Row {
    fn job(self) -> Result<Job> {
        Ok(Job {
            id: JobId(value::uuid(&self.id)?),
            kind: self.kind,
            body: self.body,
            attempt: self.attempt,
            error: self.error,
            created_at: value::time(self.created_at)?,
        })
    }
}

/// When a job that failed is tried again: 5 seconds, doubled each time, at most an hour.
fn back_off(attempt: i64) -> SignedDuration {
    let doublings = u32::try_from(attempt.clamp(1, 10) - 1).unwrap_or(0);
    SignedDuration::from_secs((5i64 << doublings).min(3600))
}

/// How a job ended.
#[derive(Clone, Debug)]
pub struct Settled {
    /// The job.
    pub job: Job,
    /// Why it failed, and whether to try again; none when it is done.
    pub failure: Option<(String, bool)>,
    /// What the administrator sees of it: a message that could not be sent, or that no channel is there for.
    pub note: Option<MessageRow>,
}

fn finish(job: &Job) -> Stmt {
    sql(FINISH, [value::id(job.id.0), job.attempt.into()])
}

fn fail(job: &Job, error: &str, again: bool, now: Timestamp) -> Stmt {
    let id = value::id(job.id.0);
    if again && job.attempt < ATTEMPTS {
        let at = value::micros(now + back_off(job.attempt));
        sql(RETRY, [id, job.attempt.into(), at.into(), error.into()])
    } else {
        sql(BURY, [id, job.attempt.into(), error.into()])
    }
}

/// The statement that enqueues a job.
pub(crate) fn insert(job: &NewJob) -> Stmt {
    let (id, at) = (value::id(job.id.0), value::micros(job.run_at));
    sql(INSERT, [id, job.kind.into(), job.body.clone().into(), at.into()])
}

impl Store {
    /// Enqueues a job that belongs to no dossier's change.
    ///
    /// # Errors
    /// What the database says.
    pub async fn enqueue(&self, job: &NewJob) -> Result<()> {
        self.db().run(insert(job)).await.map(drop)
    }

    /// Takes up to `limit` jobs that are due; each is this worker's for a minute.
    ///
    /// # Errors
    /// What the database says.
    pub async fn claim_jobs(&self, now: Timestamp, limit: u32) -> Result<Vec<Job>> {
        let lease = now + LEASE;
        let rows: Vec<Row> = transact!(self.db(), "claim_jobs", |tx| {
            let text = if tx.locks_rows() { CLAIM_POSTGRES } else { CLAIM_SQLITE };
            tx.all(sql(
                text,
                [
                    value::micros(now).into(),
                    i64::from(limit).into(),
                    value::micros(lease).into(),
                ],
            ))
            .await
        })?;
        rows.into_iter().map(Row::job).collect()
    }

    /// Whether a job is due, without taking the writer's time: one step into the index, however many wait.
    ///
    /// # Errors
    /// What the database says.
    pub async fn job_is_due(&self, now: Timestamp) -> Result<bool> {
        let row: Option<(i64,)> = self.db().one(sql(DUE, [value::micros(now).into()])).await?;
        Ok(row.is_some_and(|r| r.0 > 0))
    }

    /// How many jobs wait.
    ///
    /// # Errors
    /// What the database says.
    pub async fn jobs_waiting(&self) -> Result<u64> {
        let row: Option<(i64,)> = self.db().one(sql(WAITING, [])).await?;
        Ok(row.map_or(0, |r| r.0.unsigned_abs()))
    }

    /// How many jobs were given up.
    ///
    /// # Errors
    /// What the database says.
    pub async fn jobs_dead(&self) -> Result<u64> {
        let row: Option<(i64,)> = self.db().one(sql(BURIED, [])).await?;
        Ok(row.map_or(0, |r| r.0.unsigned_abs()))
    }

    /// Ends a batch of jobs in one transaction, so that the outbox takes little of the writer's time.
    ///
    /// # Errors
    /// What the database says.
    pub async fn settle_jobs(&self, batch: &[Settled], now: Timestamp) -> Result<()> {
        let mut first = Vec::new();
        let mut others = Vec::new();
        for settled in batch {
            if settled.failure.is_none() && settled.job.attempt == 1 {
                first.push(value::id(settled.job.id.0));
            } else {
                others.push(settled);
            }
        }
        let notes: Vec<_> = batch.iter().filter_map(|s| s.note.as_ref()).flat_map(message::row).collect();
        transact!(self.db(), "settle_jobs", |tx| {
            FINISH_FIRST.run(tx, first.clone()).await?;
            for settled in &others {
                match &settled.failure {
                    None => tx.run(finish(&settled.job)).await?,
                    Some((error, again)) => tx.run(fail(&settled.job, error, *again, now)).await?,
                };
            }
            message::NOTE.run(tx, notes.clone()).await
        })
    }

    /// The job is done.
    ///
    /// # Errors
    /// What the database says.
    pub async fn finish_job(&self, job: &Job) -> Result<()> {
        self.db().run(finish(job)).await.map(drop)
    }

    /// The job failed: later again, or given up after [`ATTEMPTS`] or when `again` is false.
    ///
    /// # Errors
    /// What the database says.
    pub async fn fail_job(&self, job: &Job, error: &str, again: bool, now: Timestamp) -> Result<()> {
        self.db().run(fail(job, error, again, now)).await.map(drop)
    }

    /// Jobs that were given up, the oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn dead_jobs(&self) -> Result<Vec<Job>> {
        self.db().all::<Row>(sql(DEAD, [])).await?.into_iter().map(Row::job).collect()
    }

    /// Tries a job that was given up once more from the start.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is not in the list any more.
    pub async fn replay_job(&self, id: JobId, now: Timestamp) -> Result<()> {
        match self
            .db()
            .run(sql(REPLAY, [value::id(id.0), value::micros(now).into()]))
            .await?
        {
            1 => Ok(()),
            _ => Err(StoreError::Conflict),
        }
    }

    /// Throws a job away that was given up.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is not in the list any more.
    pub async fn discard_job(&self, id: JobId) -> Result<()> {
        match self.db().run(sql(DISCARD, [value::id(id.0)])).await? {
            1 => Ok(()),
            _ => Err(StoreError::Conflict),
        }
    }
}
