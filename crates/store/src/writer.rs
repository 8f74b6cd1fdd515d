//! Group commit: changes that wait together are written together, in one transaction with one `fsync`.
//!
//! A change is data: events to append at a version, jobs to enqueue, side rows. `decide` ran before, on the state at
//! that version; the unique key `(dossier, version)` is the lock. When one change of a group lost its race, the group
//! is rolled back and each change is written alone, so that numbers drawn from a series leave no gap and only the
//! loser is told [`StoreError::Conflict`].

use crate::db::{Db, Result, StoreError, Tx};
use crate::dossier_row::{COLUMNS, DossierRow, dossier_columns, turn};
use crate::effect::Effect;
use crate::ledger::{Entries, write_refunds};
use crate::many::Many;
use crate::value;
use jiff::Timestamp;
use motcua_model::dossier::{Dossier, Event, Recorded, evolve};
use motcua_model::figure::figures;
use motcua_model::id::{DossierId, JobId};
use motcua_model::journal::{ChainHash, Line, START};
use motcua_model::ledger::post;
use sea_query::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::{mpsc, oneshot};

/// The most changes that one transaction takes.
const GROUP: usize = 64;
/// Writers on PostgreSQL, which can commit side by side; SQLite has one.
const POSTGRES_WRITERS: usize = 2;

/// What shall become of one dossier, with all that must happen together with it.
#[derive(Debug, Clone)]
pub struct Change {
    /// The dossier.
    pub dossier: DossierId,
    /// The state that the events were decided on, with the hash of its last line; none for a new dossier.
    pub before: Option<(Dossier, ChainHash)>,
    /// The events; not empty.
    pub events: Vec<Recorded>,
    /// Work for later.
    pub jobs: Vec<NewJob>,
    /// Other rows that change in the same transaction.
    pub effects: Vec<Effect>,
}

/// A job for the outbox: a kind and a small JSON body of identifiers.
#[derive(Debug, Clone)]
pub struct NewJob {
    /// Identifier.
    pub id: JobId,
    /// Which worker takes it.
    pub kind: &'static str,
    /// Identifiers the worker needs, as JSON.
    pub body: String,
    /// Not before, and when it was made.
    pub run_at: jiff::Timestamp,
}

#[derive(Debug)]
struct Pending {
    change: Change,
    reply: oneshot::Sender<Result<Dossier>>,
}

/// The handle to the writing tasks. Each has its own queue, and an agency always goes to the same one: two changes of one
/// dossier never race on two connections, and numbers and counts, which are kept by agency, never wait for each other.
#[derive(Clone, Debug)]
pub(crate) struct Writer {
    queues: Arc<[mpsc::Sender<Pending>]>,
    waiting: Arc<AtomicUsize>,
    ended: Arc<tokio::sync::Semaphore>,
}

impl Writer {
    pub(crate) fn start(db: Db) -> Self {
        let writers = if matches!(db, Db::Postgres { .. }) {
            POSTGRES_WRITERS
        } else {
            1
        };
        let ended = Arc::new(tokio::sync::Semaphore::new(0));
        let queues = (0..writers)
            .map(|_| {
                let (queue, inbox) = mpsc::channel(1024);
                let (db, ended) = (db.clone(), ended.clone());
                tokio::spawn(async move {
                    run(&db, inbox).await;
                    ended.add_permits(1);
                });
                queue
            })
            .collect();
        Self {
            queues,
            waiting: Arc::default(),
            ended,
        }
    }

    pub(crate) async fn commit(&self, change: Change) -> Result<Dossier> {
        let (reply, answer) = oneshot::channel();
        let queue = &self.queues[lane(&change) % self.queues.len()];
        let _waits = Waits::begin(&self.waiting);
        queue.send(Pending { change, reply }).await.map_err(|_| StoreError::Closing)?;
        answer.await.map_err(|_| StoreError::Closing)?
    }

    /// Whether somebody waits for a change to be on disk.
    pub(crate) fn is_busy(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) > 0
    }

    /// Takes no more changes and waits until those waiting are written.
    pub(crate) async fn drain(&self) {
        for queue in self.queues.iter() {
            // A change without events is the sign to stop. An error says that the writer has stopped already.
            let stop = Change {
                dossier: DossierId(uuid::Uuid::nil()),
                before: None,
                events: Vec::new(),
                jobs: Vec::new(),
                effects: Vec::new(),
            };
            let _ = queue
                .send(Pending {
                    change: stop,
                    reply: oneshot::channel().0,
                })
                .await;
        }
        drop(self.ended.acquire_many(u32::try_from(self.queues.len()).unwrap_or(1)).await);
    }
}

/// Somebody who waits for her change, counted until she is answered or goes away.
struct Waits<'w>(&'w AtomicUsize);

impl<'w> Waits<'w> {
    fn begin(waiting: &'w AtomicUsize) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(waiting)
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A number that is the same for every change of an agency.
fn lane(change: &Change) -> usize {
    let agency = match (&change.before, change.events.first().map(|e| &e.event)) {
        (Some((dossier, _)), _) => &dossier.agency,
        (None, Some(Event::Submitted { agency, .. })) => agency,
        _ => return 0,
    };
    agency.as_str().bytes().map(usize::from).sum()
}

async fn run(db: &Db, mut inbox: mpsc::Receiver<Pending>) {
    loop {
        let mut group = Vec::with_capacity(GROUP);
        // The next group forms while this one is being written: that is what makes it large under load.
        if inbox.recv_many(&mut group, GROUP).await == 0 {
            return;
        }
        if group.iter().any(|p| p.change.events.is_empty()) {
            // Nothing more is taken; what waits is still written.
            inbox.close();
        }
        group.retain(|p| !p.change.events.is_empty());
        write_group(db, group).await;
    }
}

async fn write_group(db: &Db, group: Vec<Pending>) {
    let (mut changes, replies): (Vec<_>, Vec<_>) = group.into_iter().map(|p| (p.change, p.reply)).unzip();
    if changes.is_empty() {
        return;
    }
    let written = if one_per_dossier(&changes) {
        write(db, &mut changes).await
    } else {
        Err(StoreError::Conflict)
    };
    match written {
        Ok(states) => {
            for (reply, state) in replies.into_iter().zip(states) {
                let _ = reply.send(Ok(state));
            }
        }
        // Nobody lost a race: one alone would fare no better.
        Err(e) if changes.len() == 1 || e.is_temporary() => {
            let mut replies = replies.into_iter();
            if let Some(first) = replies.next() {
                let _ = first.send(Err(e));
            }
            for reply in replies {
                let _ = reply.send(Err(StoreError::Unavailable(sqlx::Error::PoolTimedOut)));
            }
        }
        Err(_) => {
            for (change, reply) in changes.iter_mut().zip(replies) {
                let answer = write(db, std::slice::from_mut(change))
                    .await
                    .and_then(|mut states| states.pop().ok_or_else(|| StoreError::inconsistent("group", "no state")));
                let _ = reply.send(answer);
            }
        }
    }
}

/// Two changes of one dossier in one group cannot both win; they are written one after the other.
fn one_per_dossier(changes: &[Change]) -> bool {
    let mut ids: Vec<_> = changes.iter().map(|c| c.dossier).collect();
    ids.sort_unstable();
    ids.windows(2).all(|w| w[0] != w[1])
}

async fn write(db: &Db, changes: &mut [Change]) -> Result<Vec<Dossier>> {
    let mut tx = db.begin().await?;
    let done = write_in(&mut tx, changes).await;
    tx.end(done).await
}

async fn write_in(tx: &mut Tx, changes: &mut [Change]) -> Result<Vec<Dossier>> {
    let mut numbers = draw_numbers(tx, changes).await?;
    let mut events = Vec::with_capacity(changes.len() * 4);
    let mut dossiers = Vec::with_capacity(changes.len() * COLUMNS);
    let mut after = Vec::with_capacity(changes.len());
    let mut lines = Vec::with_capacity(changes.len());
    let (mut hand_overs, mut results) = (Vec::new(), Vec::new());
    let mut tally = BTreeMap::new();
    let mut counted = crate::figure::Figures::default();
    let mut entries = Entries::default();
    let mut words = crate::search::NewWords::default();
    let mut askings = crate::asking::Askings::default();
    let mut kept = crate::kept_paper::KeptPapers::default();
    let mut offices = crate::office_count::Counts::default();
    for change in &mut *changes {
        let (mut state, mut hash) = match &change.before {
            Some((state, hash)) => (Some(state.clone()), *hash),
            None => (None, START),
        };
        if let Some(state) = &state {
            *tally.entry(tally_key(state)).or_insert(0i64) -= 1;
            offices.note(state, -1);
        }
        let mut last = Timestamp::UNIX_EPOCH;
        for recorded in &mut change.events {
            if let Some(series) = recorded.event.series(recorded.at) {
                let next = numbers
                    .get_mut(&series.0)
                    .ok_or_else(|| StoreError::inconsistent("series", &*series.0))?;
                recorded.event.set_number(recorded.at, *next);
                *next += 1;
            }
            askings.note(state.as_ref(), recorded);
            let version = state.as_ref().map_or(0, |s| s.version) + 1;
            for figure in figures(state.as_ref(), recorded) {
                counted.add(&figure);
            }
            if let Some(entry) = post(state.as_ref(), recorded) {
                entries.add(change.dossier.0.as_bytes().to_vec(), version, &entry);
            }
            let line = Line::next(&hash, change.dossier, version, recorded)
                .map_err(|e| StoreError::inconsistent("event", e.to_string()))?;
            hash = line.hash;
            lines.push((recorded.at, change.dossier, version));
            event_row(&mut events, line);
            let next = evolve(state, change.dossier, recorded)
                .ok_or_else(|| StoreError::inconsistent("journal", "does not begin with a submission"))?;
            hand_overs.extend(
                crate::hand_over::row(&next.agency, change.dossier, version, recorded)
                    .into_iter()
                    .flatten(),
            );
            kept.note(&next, recorded);
            results.extend(crate::result_file::row(change.dossier, &recorded.event).into_iter().flatten());
            state = Some(next);
            last = recorded.at;
        }
        let state = state.ok_or_else(|| StoreError::inconsistent("journal", "no event"))?;
        *tally.entry(tally_key(&state)).or_insert(0) += 1;
        offices.note(&state, 1);
        words.note(change, &state);
        dossiers.extend(DossierRow::of(&state, &hash, last)?.values());
        after.push(state);
    }
    crate::seal::note_late(tx, &lines).await?;
    INSERT_EVENTS.run(tx, events).await?;
    PUT_DOSSIERS.run(tx, dossiers).await?;
    crate::hand_over::INSERT.run(tx, hand_overs).await?;
    crate::result_file::INSERT.run(tx, results).await?;
    words.write(tx).await?;
    askings.write(tx).await?;
    kept.write(tx).await?;
    INSERT_JOBS
        .run(tx, changes.iter().flat_map(|c| &c.jobs).flat_map(job_row).collect())
        .await?;
    let tally = tally
        .into_iter()
        .filter(|(_, n)| *n != 0)
        .flat_map(|((agency, turn, status), n)| [agency.into(), turn.into(), status.into(), n.into()]);
    COUNT_TALLY.run(tx, tally.collect()).await?;
    counted.write(tx).await?;
    offices.write(tx).await?;
    crate::effect::write(tx, changes).await?;
    entries.write(tx).await?;
    write_refunds(tx, &after).await?;
    crate::parcel::write(tx, &after).await?;
    crate::opinion::write(tx, &after).await?;
    Ok(after)
}

/// Takes as many numbers of each series as the group needs; answers the first of each.
async fn draw_numbers(tx: &mut Tx, changes: &[Change]) -> Result<BTreeMap<String, u64>> {
    let mut wanted: BTreeMap<String, i64> = BTreeMap::new();
    for series in changes.iter().flat_map(|c| &c.events).filter_map(|e| e.event.series(e.at)) {
        *wanted.entry(series.0).or_insert(0) += 1;
    }
    // In the order of names, so that two writers on PostgreSQL never wait for each other crosswise.
    let values = wanted.iter().flat_map(|(name, count)| [name.clone().into(), (*count).into()]);
    let drawn: Vec<(String, i64)> = DRAW.all(tx, values.collect()).await?;
    Ok(drawn
        .into_iter()
        .map(|(name, last)| {
            let count = wanted.get(&name).copied().unwrap_or(0);
            (name, (last - count + 1).unsigned_abs())
        })
        .collect())
}

static DRAW: Many = Many::rows(
    "insert into series (name, last) values ",
    2,
    " on conflict (name) do update set last = series.last + excluded.last returning name, last",
);
static INSERT_EVENTS: Many = Many::rows("insert into event (dossier, version, body, hash) values ", 4, "");
static PUT_DOSSIERS: Many = Many::rows(
    concat!("insert into dossier (", dossier_columns!(), ") values "),
    COLUMNS,
    " on conflict (id) do update set version = excluded.version, agency = excluded.agency, \
     status = excluded.status, \
     turn = excluded.turn, deadline = excluded.deadline, updated_at = excluded.updated_at, state = excluded.state, \
     hash = excluded.hash, assignee = excluded.assignee, holder = excluded.holder, proposal = excluded.proposal",
);
static INSERT_JOBS: Many = Many::rows(
    "insert into job (id, kind, body, run_at, attempt, lease_until, state, error, created_at) values ",
    9,
    "",
);
static COUNT_TALLY: Many = Many::rows(
    "insert into tally (agency, turn, status, n) values ",
    4,
    " on conflict (agency, turn, status) do update set n = tally.n + excluded.n",
);

pub(crate) static MANY: &[&Many] = &[
    &crate::hand_over::INSERT,
    &crate::result_file::INSERT,
    &DRAW,
    &INSERT_EVENTS,
    &PUT_DOSSIERS,
    &INSERT_JOBS,
    &COUNT_TALLY,
];

fn event_row(row: &mut Vec<Value>, line: Line) {
    row.extend([
        value::id(line.dossier.0),
        line.version.cast_signed().into(),
        line.body.into(),
        line.hash.to_vec().into(),
    ]);
}

fn job_row(job: &NewJob) -> [Value; 9] {
    let at = value::micros(job.run_at);
    [
        value::id(job.id.0),
        job.kind.into(),
        job.body.clone().into(),
        at.into(),
        0i64.into(),
        0i64.into(),
        "ready".into(),
        "".into(),
        at.into(),
    ]
}

fn tally_key(d: &Dossier) -> (String, &'static str, &'static str) {
    (d.agency.0.clone(), turn(d), d.status.as_str())
}
