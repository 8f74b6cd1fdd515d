//! Statements of gateways and banks: a file once, by its content; its lines matched with the ledger in steps that go on
//! where they were cut off; what differs as a worklist.

use crate::db::{Result, sql, transact};
use crate::many::Many;
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::id::{DossierId, FileHash};
use sea_query::Value;

statements! {
    INSERT = "insert into bank_statement (id, name, layout, method, uploaded_by, uploaded_at, state, lines, done, matched, \
              differences, first_at, last_at, problems) values ($1, $2, $3, $4, $5, $6, 'matching', $7, 0, 0, 0, $8, $9, '') \
              on conflict (id) do nothing";
    BY_ID = "select id, name, layout, method, uploaded_by, uploaded_at, state, lines, done, matched, differences, first_at, \
             last_at from bank_statement where id = $1";
    LATEST = "select id, name, layout, method, uploaded_by, uploaded_at, state, lines, done, matched, differences, first_at, \
              last_at from bank_statement order by uploaded_at desc limit 50";
    ADVANCE = "update bank_statement set done = $3, matched = matched + $4, differences = differences + $5 \
               where id = $1 and done = $2 and state = 'matching'";
    END = "update bank_statement set state = 'done', differences = differences + $2 where id = $1 and state = 'matching'";
    MISSING = "select e.source, e.version, e.at, e.agency, e.kind, e.method, e.reference, e.moved, e.lines from ledger_entry e \
               where e.method = $1 and e.at >= $2 and e.at <= $3 and e.kind in ('payment_received', 'surplus_received', \
               'refund_paid', 'charged_back', 'unknown_came') and not exists (select 1 from statement_line l \
               where l.reference = e.reference) order by e.at limit 10000";
    DIFFERENCES = "select statement, number, kind, method, reference, here, there, at, content, dossier, state, closed_by, \
                   closed_at, reason from money_difference where state = $1 and (at, statement, number) < ($2, $3, $4) \
                   order by at desc, statement desc, number desc limit $5";
    ONE = "select statement, number, kind, method, reference, here, there, at, content, dossier, state, closed_by, closed_at, \
           reason from money_difference where statement = $1 and number = $2";
    CLOSE = "update money_difference set state = 'closed', closed_by = $3, closed_at = $4, reason = $5 \
             where statement = $1 and number = $2 and state = 'open'";
    OPEN = "select count(*) from money_difference where state = 'open'";
}

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankStatement {
    /// Hash of the file.
    pub id: FileHash,
    /// Name of the file.
    pub name: String,
    /// Its layout.
    pub layout: String,
    /// How the money on it moved.
    pub method: String,
    /// Who brought it.
    pub uploaded_by: String,
    /// When.
    pub uploaded_at: Timestamp,
    /// Whether all its lines were matched.
    pub done: bool,
    /// How many lines it has.
    pub lines: u64,
    /// How many of them were looked at.
    pub looked: u64,
    /// How many agree with the ledger.
    pub matched: u64,
    /// How many differences were found.
    pub differences: u64,
    /// Time of its first movement.
    pub first_at: Timestamp,
    /// Time of its last movement.
    pub last_at: Timestamp,
}

/// A line as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLine {
    /// Line of the file.
    pub number: u32,
    /// Number at the gateway or bank.
    pub reference: String,
    /// VND in, or out when negative.
    pub amount: i64,
    /// When.
    pub at: Timestamp,
    /// What the payer wrote.
    pub content: String,
    /// Whether it agrees with the ledger.
    pub matched: bool,
}

/// Something in which statement and ledger differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The statement.
    pub statement: FileHash,
    /// Line of the file, or a number beyond them for what the file lacks.
    pub number: i64,
    /// `not_here`, `not_there`, `amount` or `duplicate`.
    pub kind: String,
    /// How the money moved.
    pub method: String,
    /// Number at the gateway or bank.
    pub reference: String,
    /// VND by the ledger.
    pub here: i64,
    /// VND by the statement.
    pub there: i64,
    /// When.
    pub at: Timestamp,
    /// What the payer wrote.
    pub content: String,
    /// The dossier that it seems to belong to.
    pub dossier: Option<DossierId>,
    /// Whether a person closed it.
    pub closed: bool,
    /// Who.
    pub closed_by: String,
    /// Why.
    pub reason: String,
}

row! {
    struct Row {
        id: Vec<u8>,
        name: String,
        layout: String,
        method: String,
        uploaded_by: String,
        uploaded_at: i64,
        state: String,
        lines: i64,
        done: i64,
        matched: i64,
        differences: i64,
        first_at: i64,
        last_at: i64,
    }
}

impl Row {
    fn statement(self) -> Result<BankStatement> {
        Ok(BankStatement {
            id: FileHash(value::hash(&self.id)?),
            name: self.name,
            layout: self.layout,
            method: self.method,
            uploaded_by: self.uploaded_by,
            uploaded_at: value::time(self.uploaded_at)?,
            done: self.state == "done",
            lines: self.lines.unsigned_abs(),
            looked: self.done.unsigned_abs(),
            matched: self.matched.unsigned_abs(),
            differences: self.differences.unsigned_abs(),
            first_at: value::time(self.first_at)?,
            last_at: value::time(self.last_at)?,
        })
    }
}

row! {
    struct DifferenceRow {
        statement: Vec<u8>,
        number: i64,
        kind: String,
        method: String,
        reference: String,
        here: i64,
        there: i64,
        at: i64,
        content: String,
        dossier: Option<Vec<u8>>,
        state: String,
        closed_by: String,
        reason: String,
    }
}

impl DifferenceRow {
    fn difference(self) -> Result<Difference> {
        Ok(Difference {
            statement: FileHash(value::hash(&self.statement)?),
            number: self.number,
            kind: self.kind,
            method: self.method,
            reference: self.reference,
            here: self.here,
            there: self.there,
            at: value::time(self.at)?,
            content: self.content,
            dossier: self.dossier.as_deref().map(value::uuid).transpose()?.map(DossierId),
            closed: self.state == "closed",
            closed_by: self.closed_by,
            reason: self.reason,
        })
    }
}

fn id(statement: FileHash) -> Value {
    statement.0.to_vec().into()
}

fn difference_row(d: &Difference) -> [Value; 14] {
    [
        id(d.statement),
        d.number.into(),
        d.kind.clone().into(),
        d.method.clone().into(),
        d.reference.clone().into(),
        d.here.into(),
        d.there.into(),
        value::micros(d.at).into(),
        d.content.clone().into(),
        value::id_opt(d.dossier.map(|d| d.0)),
        "open".into(),
        "".into(),
        0i64.into(),
        "".into(),
    ]
}

static INSERT_DIFFERENCES: Many = Many::rows(
    "insert into money_difference (statement, number, kind, method, reference, here, there, at, content, \
     dossier, state, closed_by, closed_at, reason) values ",
    14,
    "",
);
static INSERT_LINES: Many = Many::rows(
    "insert into statement_line (statement, number, method, reference, amount, at, content, state) values ",
    8,
    "",
);

static SEEN: Many = Many::list("select reference from statement_line where reference in (", ")");

pub(crate) static MANY: &[&Many] = &[&INSERT_DIFFERENCES, &INSERT_LINES, &SEEN];

/// Before the first of the list of differences.
pub const NEWEST: (i64, FileHash, i64) = (i64::MAX, FileHash([0xff; 32]), i64::MAX);

impl Store {
    /// Notes a statement; answers false when the same file came before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn begin_statement(&self, s: &BankStatement) -> Result<bool> {
        let values = [
            id(s.id),
            s.name.clone().into(),
            s.layout.clone().into(),
            s.method.clone().into(),
            s.uploaded_by.clone().into(),
            value::micros(s.uploaded_at).into(),
            s.lines.cast_signed().into(),
            value::micros(s.first_at).into(),
            value::micros(s.last_at).into(),
        ];
        Ok(self.db().run(sql(INSERT, values)).await? == 1)
    }

    /// A statement by the hash of its file.
    ///
    /// # Errors
    /// What the database says.
    pub async fn bank_statement(&self, statement: FileHash) -> Result<Option<BankStatement>> {
        let row: Option<Row> = self.db().one(sql(BY_ID, [id(statement)])).await?;
        row.map(Row::statement).transpose()
    }

    /// The latest statements.
    ///
    /// # Errors
    /// What the database says.
    pub async fn bank_statements(&self) -> Result<Vec<BankStatement>> {
        let rows: Vec<Row> = self.db().all(sql(LATEST, [])).await?;
        rows.into_iter().map(Row::statement).collect()
    }

    /// Writes the lines after the first `done` with what differs, in one transaction; answers false when another run had
    /// written them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn advance_statement(
        &self,
        statement: &BankStatement,
        done: u64,
        lines: &[NewLine],
        differences: &[Difference],
    ) -> Result<bool> {
        transact!(self.db(), "advance_statement", |tx| {
            let matched = lines.iter().filter(|l| l.matched).count();
            let now = done + lines.len() as u64;
            let first = tx
                .run(sql(
                    ADVANCE,
                    [
                        id(statement.id),
                        done.cast_signed().into(),
                        now.cast_signed().into(),
                        i64::try_from(matched).unwrap_or(0).into(),
                        i64::try_from(differences.len()).unwrap_or(0).into(),
                    ],
                ))
                .await?
                == 1;
            if first {
                let rows = lines.iter().flat_map(|l| {
                    [
                        id(statement.id),
                        i64::from(l.number).into(),
                        statement.method.clone().into(),
                        l.reference.clone().into(),
                        l.amount.into(),
                        value::micros(l.at).into(),
                        l.content.clone().into(),
                        if l.matched { "matched" } else { "differs" }.into(),
                    ]
                });
                INSERT_LINES.run(tx, rows.collect()).await?;
                INSERT_DIFFERENCES
                    .run(tx, differences.iter().flat_map(difference_row).collect())
                    .await?;
            }
            Ok(first)
        })
    }

    /// All lines are matched: notes what the statement lacks.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_statement(&self, statement: FileHash, lacks: &[Difference]) -> Result<()> {
        transact!(self.db(), "end_statement", |tx| {
            let count = i64::try_from(lacks.len()).unwrap_or(0);
            if tx.run(sql(END, [id(statement), count.into()])).await? == 1 {
                INSERT_DIFFERENCES
                    .run(tx, lacks.iter().flat_map(difference_row).collect())
                    .await?;
            }
            Ok(())
        })
    }

    /// Which of these numbers stand on statements already.
    ///
    /// # Errors
    /// What the database says.
    pub async fn references_on_statements(&self, references: &[String]) -> Result<Vec<String>> {
        let mut found = Vec::new();
        let values = references.iter().map(|r| Value::from(r.clone())).collect();
        for statement in SEEN.statements(values) {
            let rows: Vec<(String,)> = self.db().all(statement).await?;
            found.extend(rows.into_iter().map(|r| r.0));
        }
        Ok(found)
    }

    /// Where the ledger says that money moved in a time and no statement does, at most ten thousand.
    ///
    /// # Errors
    /// What the database says.
    pub async fn not_on_statements(&self, method: &str, from: Timestamp, to: Timestamp) -> Result<Vec<crate::ledger::EntryRow>> {
        let values = [method.into(), value::micros(from).into(), value::micros(to).into()];
        self.db().all(sql(MISSING, values)).await
    }

    /// Differences that are open, or closed, the latest first, before a place in the list.
    ///
    /// # Errors
    /// What the database says.
    pub async fn differences(&self, closed: bool, before: (i64, FileHash, i64), limit: u32) -> Result<Vec<Difference>> {
        let rows: Vec<DifferenceRow> = self
            .db()
            .all(sql(
                DIFFERENCES,
                [
                    if closed { "closed" } else { "open" }.into(),
                    before.0.into(),
                    id(before.1),
                    before.2.into(),
                    i64::from(limit).into(),
                ],
            ))
            .await?;
        rows.into_iter().map(DifferenceRow::difference).collect()
    }

    /// One difference.
    ///
    /// # Errors
    /// What the database says.
    pub async fn difference(&self, statement: FileHash, number: i64) -> Result<Option<Difference>> {
        let row: Option<DifferenceRow> = self.db().one(sql(ONE, [id(statement), number.into()])).await?;
        row.map(DifferenceRow::difference).transpose()
    }

    /// Closes a difference; answers false when somebody was faster.
    ///
    /// # Errors
    /// What the database says.
    pub async fn close_difference(&self, d: &Difference, by: &str, at: Timestamp, reason: &str) -> Result<bool> {
        let values = [
            id(d.statement),
            d.number.into(),
            by.into(),
            value::micros(at).into(),
            reason.into(),
        ];
        Ok(self.db().run(sql(CLOSE, values)).await? == 1)
    }

    /// How many differences are open.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_differences(&self) -> Result<u64> {
        let row: Option<(i64,)> = self.db().one(sql(OPEN, [])).await?;
        Ok(row.map_or(0, |r| r.0.unsigned_abs()))
    }
}
