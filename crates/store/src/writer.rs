//! Group commit: changes that wait together are written together, in one transaction with one `fsync`.
//!
//! A change is data: events to append at a version, jobs to enqueue, side rows. `decide` ran before, on the state at
//! that version; the unique key `(dossier, version)` is the lock. When one change of a group lost its race, the group
//! is rolled back and each change is written alone, so that numbers drawn from a series leave no gap and only the
//! loser is told [`StoreError::Conflict`].

use crate::db::{Db, Result, Stmt, StoreError, Tx, sql};
use crate::statement::statements;
use crate::value;
use motcua_model::dossier::{Dossier, Recorded, evolve};
use motcua_model::id::{DossierId, JobId, OrderId};
use motcua_model::journal::{ChainHash, Line, START};
use motcua_model::text::fold;
use sea_query::{Value, Values};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// The most changes that one transaction takes.
const GROUP: usize = 64;
/// Writers on PostgreSQL, which can commit side by side; SQLite has one.
const POSTGRES_WRITERS: usize = 2;

statements! {
    SETTLE_ORDER = "update payment_order set state = $2, reference = $3, settled_at = $4 where id = $1 and state = 'open'";
}

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

/// A row outside the dossier that changes with it.
#[derive(Debug, Clone)]
pub enum Effect {
    /// The draft became a dossier.
    DropDraft(DossierId),
    /// The payment order was paid or refused by the gateway.
    SettleOrder {
        /// The order.
        order: OrderId,
        /// The gateway's own number.
        reference: String,
        /// When.
        at: jiff::Timestamp,
    },
}

#[derive(Debug)]
struct Pending {
    change: Change,
    reply: oneshot::Sender<Result<Dossier>>,
}

/// The handle to the writing tasks. Each has its own queue, and a dossier always goes to the same one: two changes of one
/// dossier never race on two connections.
#[derive(Clone, Debug)]
pub(crate) struct Writer {
    queues: Arc<[mpsc::Sender<Pending>]>,
    ended: Arc<tokio::sync::Semaphore>,
}

impl Writer {
    pub(crate) fn start(db: Db) -> Self {
        let writers = if matches!(db, Db::Postgres(_)) { POSTGRES_WRITERS } else { 1 };
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
        Self { queues, ended }
    }

    pub(crate) async fn commit(&self, change: Change) -> Result<Dossier> {
        let (reply, answer) = oneshot::channel();
        let last = usize::from(change.dossier.0.as_bytes()[15]);
        let queue = &self.queues[last % self.queues.len()];
        queue.send(Pending { change, reply }).await.map_err(|_| StoreError::Closing)?;
        answer.await.map_err(|_| StoreError::Closing)?
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
    if group.is_empty() {
        return;
    }
    let changes: Vec<&Change> = group.iter().map(|p| &p.change).collect();
    let written = if one_per_dossier(&changes) {
        write(db, &changes).await
    } else {
        Err(StoreError::Conflict)
    };
    match written {
        Ok(states) => {
            for (pending, state) in group.into_iter().zip(states) {
                let _ = pending.reply.send(Ok(state));
            }
        }
        Err(e) if group.len() == 1 => {
            if let Some(pending) = group.into_iter().next() {
                let _ = pending.reply.send(Err(e));
            }
        }
        Err(_) => {
            for pending in group {
                let answer = write(db, &[&pending.change])
                    .await
                    .and_then(|mut states| states.pop().ok_or_else(|| StoreError::inconsistent("group", "no state")));
                let _ = pending.reply.send(answer);
            }
        }
    }
}

/// Two changes of one dossier in one group cannot both win; they are written one after the other.
fn one_per_dossier(changes: &[&Change]) -> bool {
    let mut ids: Vec<_> = changes.iter().map(|c| c.dossier).collect();
    ids.sort_unstable();
    ids.windows(2).all(|w| w[0] != w[1])
}

async fn write(db: &Db, changes: &[&Change]) -> Result<Vec<Dossier>> {
    let mut tx = db.begin().await?;
    let done = write_in(&mut tx, changes).await;
    tx.end(done).await
}

async fn write_in(tx: &mut Tx, changes: &[&Change]) -> Result<Vec<Dossier>> {
    let mut numbers = draw_numbers(tx, changes).await?;
    let mut lines = Vec::new();
    let mut after = Vec::new();
    let mut tally = BTreeMap::new();
    let mut intake = BTreeMap::new();
    for change in changes {
        let (mut state, mut hash) = match &change.before {
            Some((state, hash)) => (Some(state.clone()), *hash),
            None => (None, START),
        };
        if let Some(state) = &state {
            *tally.entry(tally_key(state)).or_insert(0i64) -= 1;
        }
        for recorded in &change.events {
            let mut recorded = recorded.clone();
            if let Some(series) = recorded.event.series(recorded.at) {
                let next = numbers
                    .get_mut(&series.0)
                    .ok_or_else(|| StoreError::inconsistent("series", &*series.0))?;
                recorded.event.set_number(recorded.at, *next);
                *next += 1;
            }
            let version = state.as_ref().map_or(0, |s| s.version) + 1;
            let line = Line::next(&hash, change.dossier, version, &recorded)
                .map_err(|e| StoreError::inconsistent("event", e.to_string()))?;
            hash = line.hash;
            lines.push(line);
            state = Some(
                evolve(state, change.dossier, &recorded)
                    .ok_or_else(|| StoreError::inconsistent("journal", "does not begin with a submission"))?,
            );
        }
        let state = state.ok_or_else(|| StoreError::inconsistent("journal", "no event"))?;
        *tally.entry(tally_key(&state)).or_insert(0) += 1;
        if change.before.is_none() {
            *intake.entry(intake_key(&state)).or_insert(0i64) += 1;
        }
        after.push((state, hash, change.events.last().map_or(0, |e| value::micros(e.at))));
    }
    insert(
        tx,
        "insert into event (dossier, version, body, hash) values ",
        4,
        "",
        lines.into_iter().map(event_row),
    )
    .await?;
    let mut rows = Vec::with_capacity(after.len());
    for (state, hash, at) in &after {
        rows.push(dossier_row(state, hash, *at)?);
    }
    insert(tx, DOSSIER_INTO, DOSSIER_COLUMNS, DOSSIER_CONFLICT, rows).await?;
    let jobs: Vec<_> = changes.iter().flat_map(|c| &c.jobs).map(job_row).collect();
    insert(tx, JOB_INTO, 9, "", jobs).await?;
    let tally = tally
        .into_iter()
        .filter(|(_, n)| *n != 0)
        .map(|((agency, turn, status), n)| vec![Value::from(agency), turn.into(), status.into(), n.into()]);
    insert(
        tx,
        "insert into tally (agency, turn, status, n) values ",
        4,
        " on conflict (agency, turn, status) do update set n = tally.n + excluded.n",
        tally,
    )
    .await?;
    let intake = intake.into_iter().map(|((month, agency, procedure, level, channel), n)| {
        vec![
            month.into(),
            agency.into(),
            procedure.into(),
            level.into(),
            channel.into(),
            n.into(),
        ]
    });
    insert(
        tx,
        "insert into intake (month, agency, procedure, level, channel, n) values ",
        6,
        " on conflict (month, agency, procedure, level, channel) do update set n = intake.n + excluded.n",
        intake,
    )
    .await?;
    let mut drafts = Vec::new();
    for effect in changes.iter().flat_map(|c| &c.effects) {
        match effect {
            Effect::DropDraft(id) => drafts.push(value::id(id.0)),
            Effect::SettleOrder { order, reference, at } => {
                tx.run(sql(
                    SETTLE_ORDER,
                    [
                        value::id(order.0),
                        "paid".into(),
                        reference.clone().into(),
                        value::micros(*at).into(),
                    ],
                ))
                .await?;
            }
        }
    }
    drop_drafts(tx, drafts).await?;
    Ok(after.into_iter().map(|(state, ..)| state).collect())
}

/// Takes as many numbers of each series as the group needs; answers the first of each.
async fn draw_numbers(tx: &mut Tx, changes: &[&Change]) -> Result<BTreeMap<String, u64>> {
    let mut wanted: BTreeMap<String, i64> = BTreeMap::new();
    for series in changes.iter().flat_map(|c| &c.events).filter_map(|e| e.event.series(e.at)) {
        *wanted.entry(series.0).or_insert(0) += 1;
    }
    let mut first = BTreeMap::new();
    // In the order of names, so that two writers on PostgreSQL never wait for each other crosswise.
    for (name, count) in wanted {
        let rows: Vec<(i64,)> = tx
            .all(Stmt::Text(
                "insert into series (name, last) values ($1, $2) \
                 on conflict (name) do update set last = series.last + excluded.last returning last",
                Values(vec![name.clone().into(), count.into()]),
            ))
            .await?;
        let last = rows.first().map_or(0, |r| r.0);
        first.insert(name, (last - count + 1).unsigned_abs());
    }
    Ok(first)
}

const DOSSIER_COLUMNS: usize = 20;
const DOSSIER_INTO: &str = "insert into dossier (id, version, code, procedure, agency, level, channel, status, turn, deadline, \
     owner, filed_at_office, applicant, name, person_id, filed_at, updated_at, state, hash, assignee) values ";
const DOSSIER_CONFLICT: &str = " on conflict (id) do update set version = excluded.version, status = excluded.status, \
     turn = excluded.turn, deadline = excluded.deadline, updated_at = excluded.updated_at, state = excluded.state, \
     hash = excluded.hash, assignee = excluded.assignee";
const JOB_INTO: &str = "insert into job (id, kind, body, run_at, attempt, lease_until, state, error, created_at) values ";

/// Sizes of the groups of rows that one statement takes, so that few texts are ever prepared.
const ROWS: [usize; 5] = [64, 32, 8, 2, 1];

async fn insert(
    tx: &mut Tx,
    into: &'static str,
    columns: usize,
    tail: &'static str,
    rows: impl IntoIterator<Item = Vec<Value>>,
) -> Result<()> {
    let mut rows: std::collections::VecDeque<_> = rows.into_iter().collect();
    while !rows.is_empty() {
        let size = ROWS.into_iter().find(|n| *n <= rows.len()).unwrap_or(1);
        let values: Vec<Value> = rows.drain(..size).flatten().collect();
        tx.run(Stmt::Made(insert_text(into, columns, size, tail), Values(values)))
            .await?;
    }
    Ok(())
}

/// The drafts that became dossiers go in few statements: each is a journey to the database's thread and back.
async fn drop_drafts(tx: &mut Tx, mut drafts: Vec<Value>) -> Result<()> {
    while !drafts.is_empty() {
        let size = ROWS.into_iter().find(|n| *n <= drafts.len()).unwrap_or(1);
        let values = drafts.split_off(drafts.len() - size);
        let places: Vec<String> = (1..=size).map(|n| format!("${n}")).collect();
        let text = format!("delete from draft where id in ({})", places.join(","));
        tx.run(Stmt::Made(text, Values(values))).await?;
    }
    Ok(())
}

fn insert_text(into: &str, columns: usize, rows: usize, tail: &str) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(into.len() + tail.len() + rows * columns * 5);
    text.push_str(into);
    for row in 0..rows {
        text.push_str(if row == 0 { "(" } else { ",(" });
        for column in 0..columns {
            let _ = write!(text, "{}${}", if column == 0 { "" } else { "," }, row * columns + column + 1);
        }
        text.push(')');
    }
    text.push_str(tail);
    text
}

fn event_row(line: Line) -> Vec<Value> {
    vec![
        value::id(line.dossier.0),
        line.version.cast_signed().into(),
        line.body.into(),
        line.hash.to_vec().into(),
    ]
}

fn dossier_row(d: &Dossier, hash: &ChainHash, at: i64) -> Result<Vec<Value>> {
    let state = serde_json::to_string(d).map_err(|e| StoreError::inconsistent("dossier", e.to_string()))?;
    Ok(vec![
        value::id(d.id.0),
        d.version.cast_signed().into(),
        d.code.as_str().into(),
        d.procedure.as_str().into(),
        d.agency.as_str().into(),
        i64::from(u8::from(d.level)).into(),
        d.channel.as_str().into(),
        d.status.as_str().into(),
        turn(d).into(),
        d.deadline().map_or(i64::MAX, value::micros).into(),
        value::id_opt(d.owner.map(|o| o.0)),
        d.filed_at_office.as_ref().map(|a| a.0.clone()).into(),
        d.applicant.name.clone().into(),
        fold(&d.applicant.name).into(),
        d.applicant.person_id.clone().into(),
        value::micros(d.filed_at).into(),
        at.into(),
        state.into(),
        hash.to_vec().into(),
        value::id_opt(d.assignee.as_ref().map(|a| a.account.0)),
    ])
}

fn job_row(job: &NewJob) -> Vec<Value> {
    let at = value::micros(job.run_at);
    vec![
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

/// Whose turn it is, as the row keeps it.
pub(crate) fn turn(d: &Dossier) -> &'static str {
    d.turn().map_or("nobody", motcua_model::actor::Role::as_str)
}

fn intake_key(d: &Dossier) -> (i64, String, String, i64, &'static str) {
    (
        crate::intake::month_of(d.filed_at),
        d.agency.0.clone(),
        d.procedure.0.clone(),
        i64::from(u8::from(d.level)),
        d.channel.as_str(),
    )
}

fn tally_key(d: &Dossier) -> (String, &'static str, &'static str) {
    (d.agency.0.clone(), turn(d), d.status.as_str())
}
