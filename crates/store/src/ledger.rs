//! The ledger: entries written with the event that made them, totals kept with them by month, agency and account.

use crate::db::{Result, StoreError, Tx, sql, transact};
use crate::intake::{Month, month_of};
use crate::many::Many;
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::dossier::Dossier;
use motcua_model::id::{AgencyCode, DossierId};
use motcua_model::journal::{ChainHash, START};
use motcua_model::ledger::{BookLine, BookRecorded, Entry, post_book};
use sea_query::Value;
use std::collections::BTreeMap;

statements! {
    TOTALS = "select agency, account, cast(sum(debit) as bigint) as debit, cast(sum(credit) as bigint) as credit \
              from ledger_total where month between $1 and $2 group by agency, account order by agency, account";
    TOTALS_OF = "select agency, account, cast(sum(debit) as bigint) as debit, cast(sum(credit) as bigint) as credit \
                 from ledger_total where month between $1 and $2 and agency = $3 group by agency, account order by account";
    EVERY_TOTAL = "select month, agency, account, debit, credit from ledger_total order by month, agency, account";
    MOVES = "select source, version, at, agency, kind, method, reference, moved, lines from ledger_entry \
             where agency = $1 and method <> '' and (at, source, version) < ($2, $3, $4) \
             order by at desc, source desc, version desc limit $5";
    AFTER = "select source, version, at, agency, kind, method, reference, moved, lines from ledger_entry \
             where (source, version) > ($1, $2) order by source, version limit $3";
    BY_REFERENCE = "select source, version, at, agency, kind, method, reference, moved, lines from ledger_entry \
                    where reference = $1 order by source, version limit 20";
    IS_BUILT = "select count(*) from migration where name = 'ledger built'";
    MARK_BUILT = "insert into migration (name) values ('ledger built') on conflict (name) do nothing";
    CLEAR_ENTRIES = "delete from ledger_entry";
    CLEAR_TOTALS = "delete from ledger_total";
    LAST_LINE = "select number, hash from book_line where agency = $1 order by number desc limit 1";
    LINES = "select agency, number, body, hash from book_line where (agency, number) > ($1, $2) order by agency, number limit $3";
    INSERT_LINE = "insert into book_line (agency, number, body, hash) values ($1, $2, $3, $4)";
}

/// What the source of a book's entries begins with: longer than any identifier of a dossier.
const BOOK: &str = "accounts-of-agency:";

row! {
    /// An account's debits and credits over some months, in VND.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AccountTotal {
        /// Whose book.
        pub agency: String,
        /// Name of the account.
        pub account: String,
        /// Sum of the debits.
        pub debit: i64,
        /// Sum of the credits.
        pub credit: i64,
    }
}

row! {
    /// One kept total.
    #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub struct MonthTotal {
        /// `YYYYMM`.
        pub month: Month,
        /// Whose book.
        pub agency: String,
        /// Name of the account.
        pub account: String,
        /// Sum of the debits.
        pub debit: i64,
        /// Sum of the credits.
        pub credit: i64,
    }
}

row! {
    /// An entry as it is stored.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct EntryRow {
        /// Bytes of the dossier's identifier, or the name of an agency's book.
        pub source: Vec<u8>,
        /// Version of the dossier, or number in the book.
        pub version: i64,
        /// Microseconds since 1970.
        pub at: i64,
        /// Whose book.
        pub agency: String,
        /// What happened.
        pub kind: String,
        /// How money moved; empty where none did.
        pub method: String,
        /// Number at the gateway or bank, or of the receipt.
        pub reference: String,
        /// VND in, or out when negative.
        pub moved: i64,
        /// The lines, `account +amount` joined by `;`.
        pub lines: String,
    }
}

impl EntryRow {
    /// The row of an entry.
    #[must_use]
    pub fn of(source: Vec<u8>, version: u64, entry: &Entry) -> Self {
        Self {
            source,
            version: version.cast_signed(),
            at: value::micros(entry.at),
            agency: entry.agency.0.clone(),
            kind: entry.kind.to_owned(),
            method: entry.method.map_or("", |m| m.as_str()).to_owned(),
            reference: entry.reference.clone(),
            moved: entry.moved,
            lines: entry.lines(),
        }
    }

    /// The dossier it belongs to; none for an entry of a book.
    #[must_use]
    pub fn dossier(&self) -> Option<DossierId> {
        value::uuid(&self.source).ok().map(DossierId)
    }

    /// When.
    ///
    /// # Errors
    /// [`StoreError::Inconsistent`].
    pub fn when(&self) -> Result<Timestamp> {
        value::time(self.at)
    }

    fn values(self) -> [Value; 9] {
        [
            self.source.into(),
            self.version.into(),
            self.at.into(),
            self.agency.into(),
            self.kind.into(),
            self.method.into(),
            self.reference.into(),
            self.moved.into(),
            self.lines.into(),
        ]
    }
}

/// The source of the entries of an agency's book.
#[must_use]
pub fn book_source(agency: &AgencyCode) -> Vec<u8> {
    format!("{BOOK}{agency}").into_bytes()
}

/// Entries on their way into a transaction, with the totals that they change.
#[derive(Debug, Default)]
pub struct Entries {
    rows: Vec<EntryRow>,
    totals: BTreeMap<(Month, String, String), (i64, i64)>,
}

impl Entries {
    /// Adds the entry that an event of a dossier made.
    pub fn add(&mut self, source: Vec<u8>, version: u64, entry: &Entry) {
        let month = month_of(entry.at);
        for posting in &entry.postings {
            let key = (month, entry.agency.0.clone(), posting.account.to_string());
            let total = self.totals.entry(key).or_default();
            if posting.amount > 0 {
                total.0 += posting.amount;
            } else {
                total.1 -= posting.amount;
            }
        }
        self.rows.push(EntryRow::of(source, version, entry));
    }

    /// The totals, in their order.
    #[must_use]
    pub fn totals(&self) -> Vec<MonthTotal> {
        let total = |((month, agency, account), (debit, credit)): (&(Month, String, String), &(i64, i64))| MonthTotal {
            month: *month,
            agency: agency.clone(),
            account: account.clone(),
            debit: *debit,
            credit: *credit,
        };
        self.totals.iter().map(total).collect()
    }

    /// Forgets the rows and keeps the totals, for a count over everything.
    pub fn keep_totals(&mut self) {
        self.rows.clear();
    }

    /// Writes rows and totals.
    pub(crate) async fn write(self, tx: &mut Tx) -> Result<()> {
        INSERT_ENTRIES
            .run(tx, self.rows.into_iter().flat_map(EntryRow::values).collect())
            .await?;
        let totals = self
            .totals
            .into_iter()
            .flat_map(|((month, agency, account), (debit, credit))| {
                [Value::from(month), agency.into(), account.into(), debit.into(), credit.into()]
            });
        COUNT_TOTALS.run(tx, totals.collect()).await
    }
}

static INSERT_ENTRIES: Many = Many::rows(
    "insert into ledger_entry (source, version, at, agency, kind, method, reference, moved, lines) values ",
    9,
    "",
);
static COUNT_TOTALS: Many = Many::rows(
    "insert into ledger_total (month, agency, account, debit, credit) values ",
    5,
    " on conflict (month, agency, account) do update set debit = ledger_total.debit + excluded.debit, \
     credit = ledger_total.credit + excluded.credit",
);
static PUT_REFUNDS: Many = Many::rows(
    "insert into refund (dossier, number, agency, code, state, open, amount, method, reason, proposed_at) values ",
    10,
    " on conflict (dossier, number) do update set state = excluded.state, open = excluded.open",
);

static MOVED: Many = Many::list(
    "select reference, method, moved, kind, source from ledger_entry where reference in (",
    ")",
);

pub(crate) static MANY: &[&Many] = &[&INSERT_ENTRIES, &COUNT_TOTALS, &PUT_REFUNDS, &MOVED];

/// The refunds of a dossier as the lists show them.
pub(crate) async fn write_refunds(tx: &mut Tx, dossiers: &[Dossier]) -> Result<()> {
    let refunds = dossiers.iter().flat_map(|d| d.refunds.iter().map(move |r| (d, r)));
    let rows = refunds.flat_map(|(d, r)| {
        [
            value::id(d.id.0),
            i64::from(r.number).into(),
            d.agency.0.clone().into(),
            d.code.0.clone().into(),
            r.state.as_str().into(),
            i64::from(r.state.is_open()).into(),
            r.amount.cast_signed().into(),
            r.method.as_str().into(),
            r.reason.as_str().into(),
            value::micros(r.proposed_at).into(),
        ]
    });
    PUT_REFUNDS.run(tx, rows.collect()).await
}

row! {
    struct LineRow {
        agency: String,
        number: i64,
        body: String,
        hash: Vec<u8>,
    }
}

/// Writes an event into its agency's book, with its entry.
pub(crate) async fn write_book(tx: &mut Tx, recorded: &BookRecorded) -> Result<()> {
    let last: Vec<(i64, Vec<u8>)> = tx.all(sql(LAST_LINE, [recorded.agency.0.clone().into()])).await?;
    let (number, before): (u64, ChainHash) = match last.first() {
        Some((number, hash)) => (number.unsigned_abs(), value::hash(hash)?),
        None => (0, START),
    };
    let line = BookLine::next(&before, number + 1, recorded).map_err(|e| StoreError::inconsistent("book", e.to_string()))?;
    tx.run(sql(
        INSERT_LINE,
        [
            line.agency.0.clone().into(),
            line.number.cast_signed().into(),
            line.body.into(),
            line.hash.to_vec().into(),
        ],
    ))
    .await?;
    let mut entries = Entries::default();
    entries.add(book_source(&recorded.agency), line.number, &post_book(recorded));
    entries.write(tx).await
}

impl Store {
    /// Debits and credits by agency and account over some months, both ends included; of one agency or of all.
    ///
    /// # Errors
    /// What the database says.
    pub async fn ledger_totals(&self, from: Month, to: Month, agency: Option<&AgencyCode>) -> Result<Vec<AccountTotal>> {
        let statement = match agency {
            Some(agency) => sql(TOTALS_OF, [from.into(), to.into(), agency.0.clone().into()]),
            None => sql(TOTALS, [from.into(), to.into()]),
        };
        self.db().all(statement).await
    }

    /// Every kept total, for a run that counts again.
    ///
    /// # Errors
    /// What the database says.
    pub async fn every_ledger_total(&self) -> Result<Vec<MonthTotal>> {
        self.db().all(sql(EVERY_TOTAL, [])).await
    }

    /// Where money moved in an agency's book, the latest first, before a place in the list.
    ///
    /// # Errors
    /// What the database says.
    pub async fn ledger_moves(&self, agency: &AgencyCode, before: (i64, Vec<u8>, i64), limit: u32) -> Result<Vec<EntryRow>> {
        let (at, source, version) = before;
        self.db()
            .all(sql(
                MOVES,
                [
                    agency.0.clone().into(),
                    at.into(),
                    source.into(),
                    version.into(),
                    i64::from(limit).into(),
                ],
            ))
            .await
    }

    /// The next entries after a place, in the order of the journal; the books' own stand among them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn ledger_after(&self, after: (Vec<u8>, i64), limit: u32) -> Result<Vec<EntryRow>> {
        self.db()
            .all(sql(AFTER, [after.0.into(), after.1.into(), i64::from(limit).into()]))
            .await
    }

    /// The entries with a number of a gateway or a bank.
    ///
    /// # Errors
    /// What the database says.
    pub async fn ledger_by_reference(&self, reference: &str) -> Result<Vec<EntryRow>> {
        self.db().all(sql(BY_REFERENCE, [reference.into()])).await
    }

    /// Whether the ledger was made from a journal that is older than it, whole.
    ///
    /// # Errors
    /// What the database says.
    pub async fn ledger_is_built(&self) -> Result<bool> {
        let row: Option<(i64,)> = self.db().one(sql(IS_BUILT, [])).await?;
        Ok(row.is_some_and(|r| r.0 > 0))
    }

    /// Notes that it was.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mark_ledger_built(&self) -> Result<()> {
        self.db().run(sql(MARK_BUILT, [])).await.map(drop)
    }

    /// Writes entries that are older than the ledger, a batch in one transaction. The first batch clears what an earlier
    /// run left.
    ///
    /// # Errors
    /// What the database says.
    pub async fn rebuild_ledger(&self, rows: &[(Vec<u8>, u64, Entry)], first: bool) -> Result<()> {
        transact!(self.db(), "rebuild_ledger", |tx| {
            if first {
                tx.run(sql(CLEAR_ENTRIES, [])).await?;
                tx.run(sql(CLEAR_TOTALS, [])).await?;
            }
            let mut entries = Entries::default();
            for (source, version, entry) in rows {
                entries.add(source.clone(), *version, entry);
            }
            entries.write(tx).await
        })
    }

    /// Writes an event into its agency's book.
    ///
    /// # Errors
    /// What the database says.
    pub async fn post_to_book(&self, recorded: &BookRecorded) -> Result<()> {
        transact!(self.db(), "post_to_book", |tx| write_book(tx, recorded).await)
    }

    /// The next lines of the books after a place, book by book.
    ///
    /// # Errors
    /// What the database says.
    pub async fn book_lines_after(&self, after: (&str, u64), limit: u32) -> Result<Vec<BookLine>> {
        let rows: Vec<LineRow> = self
            .db()
            .all(sql(
                LINES,
                [after.0.into(), after.1.cast_signed().into(), i64::from(limit).into()],
            ))
            .await?;
        rows.into_iter()
            .map(|r| {
                Ok(BookLine {
                    agency: AgencyCode(r.agency),
                    number: r.number.unsigned_abs(),
                    body: r.body,
                    hash: value::hash(&r.hash)?,
                })
            })
            .collect()
    }

    /// Entries with any of these numbers, for matching a statement: number, method and what moved in all.
    ///
    /// # Errors
    /// What the database says.
    pub async fn moved_by_references(&self, references: &[String]) -> Result<Vec<Moved>> {
        let mut found = Vec::new();
        let values = references.iter().map(|r| Value::from(r.clone())).collect();
        for statement in MOVED.statements(values) {
            found.extend(self.db().all::<Moved>(statement).await?);
        }
        Ok(found)
    }
}

row! {
    /// What moved under a number.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Moved {
        /// The number at the gateway or bank.
        pub reference: String,
        /// How.
        pub method: String,
        /// VND in, or out when negative.
        pub moved: i64,
        /// What happened.
        pub kind: String,
        /// Bytes of the dossier's identifier, or a book.
        pub source: Vec<u8>,
    }
}
