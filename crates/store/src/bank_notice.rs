//! What the bank told: each number once, however often it was sent.

use crate::db::{Result, sql, transact};
use crate::ledger::write_book;
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::id::DossierId;
use motcua_model::ledger::BookRecorded;

statements! {
    INSERT = "insert into bank_notice (number, amount, content, at, received_at, state, dossier) values ($1, $2, $3, $4, $5, $6, $7) \
              on conflict (number) do nothing";
    BY_NUMBER = "select number, amount, content, at, received_at, state, dossier from bank_notice where number = $1";
    UNKNOWN = "select number, amount, content, at, received_at, state, dossier from bank_notice where state = 'unknown' \
               order by received_at limit 200";
    CLEAR = "update bank_notice set state = $2, dossier = $3 where number = $1 and state = 'unknown'";
}

/// A notice of the bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankNotice {
    /// The bank's number.
    pub number: String,
    /// VND.
    pub amount: u64,
    /// What the payer wrote.
    pub content: String,
    /// When the bank booked it.
    pub at: Timestamp,
    /// When it was told first.
    pub received_at: Timestamp,
    /// `booked` at a dossier, `unknown`, `assigned` to a dossier by a person, or `returned`.
    pub state: String,
    /// The dossier.
    pub dossier: Option<DossierId>,
}

row! {
    struct Row {
        number: String,
        amount: i64,
        content: String,
        at: i64,
        received_at: i64,
        state: String,
        dossier: Option<Vec<u8>>,
    }
}

impl Row {
    fn notice(self) -> Result<BankNotice> {
        Ok(BankNotice {
            number: self.number,
            amount: self.amount.unsigned_abs(),
            content: self.content,
            at: value::time(self.at)?,
            received_at: value::time(self.received_at)?,
            state: self.state,
            dossier: self.dossier.as_deref().map(value::uuid).transpose()?.map(DossierId),
        })
    }
}

impl Store {
    /// Notes a notice with what its money means for a book, in one transaction; answers whether it is the first of its
    /// number.
    ///
    /// # Errors
    /// What the database says.
    pub async fn note_bank_notice(&self, n: &BankNotice, book: Option<&BookRecorded>) -> Result<bool> {
        transact!(self.db(), "note_bank_notice", |tx| {
            let values = [
                n.number.clone().into(),
                n.amount.cast_signed().into(),
                n.content.clone().into(),
                value::micros(n.at).into(),
                value::micros(n.received_at).into(),
                n.state.clone().into(),
                value::id_opt(n.dossier.map(|d| d.0)),
            ];
            let first = tx.run(sql(INSERT, values)).await? == 1;
            if let (true, Some(recorded)) = (first, book) {
                write_book(tx, recorded).await?;
            }
            Ok(first)
        })
    }

    /// The notice with a number.
    ///
    /// # Errors
    /// What the database says.
    pub async fn bank_notice(&self, number: &str) -> Result<Option<BankNotice>> {
        self.db()
            .one::<Row>(sql(BY_NUMBER, [number.into()]))
            .await?
            .map(Row::notice)
            .transpose()
    }

    /// Money of nobody known, the oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn unknown_money(&self) -> Result<Vec<BankNotice>> {
        self.db()
            .all::<Row>(sql(UNKNOWN, []))
            .await?
            .into_iter()
            .map(Row::notice)
            .collect()
    }

    /// Notes what became of money of nobody known; answers false when somebody was faster.
    ///
    /// # Errors
    /// What the database says.
    pub async fn clear_unknown(
        &self,
        number: &str,
        state: &str,
        dossier: Option<DossierId>,
        book: &BookRecorded,
    ) -> Result<bool> {
        transact!(self.db(), "clear_unknown", |tx| {
            let values = [number.into(), state.into(), value::id_opt(dossier.map(|d| d.0))];
            let first = tx.run(sql(CLEAR, values)).await? == 1;
            if first {
                write_book(tx, book).await?;
            }
            Ok(first)
        })
    }
}
