//! Tills of clerks at post offices, and the receipts in them. A receipt comes in with the payment it belongs to, in one
//! transaction; closing a till books it for every agency whose fees are in it.

use crate::db::{Result, StoreError, Tx, sql, transact};
use crate::statement::statements;
use crate::{Store, value};
use jiff::civil::Date;
use motcua_model::dossier::{Event, Recorded};
use motcua_model::id::{AccountId, AgencyCode, DossierId, TillId};
use motcua_model::ledger::BookRecorded;
use motcua_model::till::{Till, TillState};

statements! {
    INSERT = "insert into post_till (id, office, clerk, day, state, difference, version, body) values ($1, $2, $3, $4, 'open', 0, 1, $5)";
    LOAD = "select version, body from post_till where id = $1";
    OPEN_OF = "select version, body from post_till where clerk = $1 and state = 'open'";
    OF_CLERK = "select version, body from post_till where clerk = $1 order by clerk desc, id desc limit $2";
    OF_OFFICE = "select version, body from post_till where office = $1 and day between $2 and $3 \
                 order by office desc, day desc, id desc limit $4";
    TOUCH = "update post_till set version = version + 1 where id = $1 and state = 'open'";
    CHANGE = "update post_till set version = version + 1, state = $3, difference = $4, body = $5 where id = $1 and version = $2";
    PUT_LINE = "insert into post_till_line (till, receipt, dossier, office, agency, amount, at, settled) \
                values ($1, $2, $3, $4, $5, $6, $7, 0)";
    LINES = "select receipt, dossier, agency, amount, at from post_till_line where till = $1 order by receipt limit 2000";
    SUMS = "select agency, cast(sum(amount) as bigint) from post_till_line where till = $1 group by agency order by agency";
    SETTLE = "update post_till_line set settled = 1 where till = $1";
    UNSETTLED = "select office, cast(sum(amount) as bigint) from post_till_line where agency = $1 and settled = 0 \
                 group by office order by office";
}

/// A receipt in a till.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TillLine {
    /// Number of the receipt.
    pub receipt: String,
    /// The dossier.
    pub dossier: DossierId,
    /// Whose fee.
    pub agency: AgencyCode,
    /// VND.
    pub amount: u64,
    /// When.
    pub at: jiff::Timestamp,
}

/// A till as it is, with its version: the lock of every change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadedTill {
    /// The till, with what its receipts add up to.
    pub till: Till,
    /// Its version.
    pub version: i64,
    /// What was taken, agency by agency.
    pub taken: Vec<(AgencyCode, u64)>,
}

fn json(till: &Till) -> Result<String> {
    serde_json::to_string(till).map_err(|e| StoreError::inconsistent("post_till.body", e.to_string()))
}

fn read(body: &str) -> Result<Till> {
    serde_json::from_str(body).map_err(|e| StoreError::inconsistent("post_till.body", e.to_string()))
}

/// Puts the payment that was just numbered into a till that is open.
pub(crate) async fn take(tx: &mut Tx, till: TillId, office: &AgencyCode, dossier: DossierId, events: &[Recorded]) -> Result<()> {
    if tx.run(sql(TOUCH, [value::id(till.0)])).await? != 1 {
        return Err(StoreError::Conflict);
    }
    for recorded in events {
        if let Event::PaymentReceived { payment, agency } = &recorded.event {
            let values = [
                value::id(till.0),
                payment.receipt.clone().into(),
                value::id(dossier.0),
                office.0.clone().into(),
                agency.0.clone().into(),
                payment.amount.cast_signed().into(),
                value::micros(recorded.at).into(),
            ];
            tx.run(sql(PUT_LINE, values)).await?;
        }
    }
    Ok(())
}

impl Store {
    /// Opens a till.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the clerk has an open one.
    pub async fn open_till(&self, till: &Till) -> Result<()> {
        let values = [
            value::id(till.id.0),
            till.office.0.clone().into(),
            value::id(till.clerk.0),
            till.day.to_string().into(),
            json(till)?.into(),
        ];
        self.db().run(sql(INSERT, values)).await.map(drop)
    }

    async fn with_lines(&self, row: Option<(i64, String)>) -> Result<Option<LoadedTill>> {
        let Some((version, body)) = row else {
            return Ok(None);
        };
        let mut till = read(&body)?;
        let sums: Vec<(String, i64)> = self.db().all(sql(SUMS, [value::id(till.id.0)])).await?;
        let taken: Vec<(AgencyCode, u64)> = sums
            .into_iter()
            .map(|(agency, sum)| (AgencyCode(agency), sum.unsigned_abs()))
            .collect();
        till.taken = taken.iter().map(|t| t.1).sum();
        Ok(Some(LoadedTill { till, version, taken }))
    }

    /// A till.
    ///
    /// # Errors
    /// What the database says.
    pub async fn till(&self, id: TillId) -> Result<Option<LoadedTill>> {
        let row = self.db().one(sql(LOAD, [value::id(id.0)])).await?;
        self.with_lines(row).await
    }

    /// The open till of a clerk, of whatever office and day.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_till_of(&self, clerk: AccountId) -> Result<Option<LoadedTill>> {
        let row = self.db().one(sql(OPEN_OF, [value::id(clerk.0)])).await?;
        self.with_lines(row).await
    }

    /// The latest tills of a clerk, as they were last written.
    ///
    /// # Errors
    /// What the database says.
    pub async fn tills_of(&self, clerk: AccountId, limit: u32) -> Result<Vec<Till>> {
        let values = [value::id(clerk.0), i64::from(limit).into()];
        let rows: Vec<(i64, String)> = self.db().all(sql(OF_CLERK, values)).await?;
        rows.iter().map(|(_, body)| read(body)).collect()
    }

    /// The tills of an office over some days, both ends included, the latest first, as they were last written.
    ///
    /// # Errors
    /// What the database says.
    pub async fn tills_at(&self, office: &AgencyCode, from: Date, to: Date, limit: u32) -> Result<Vec<Till>> {
        let values = [
            office.0.clone().into(),
            from.to_string().into(),
            to.to_string().into(),
            i64::from(limit).into(),
        ];
        let rows: Vec<(i64, String)> = self.db().all(sql(OF_OFFICE, values)).await?;
        rows.iter().map(|(_, body)| read(body)).collect()
    }

    /// The receipts in a till.
    ///
    /// # Errors
    /// What the database says.
    pub async fn till_lines(&self, id: TillId) -> Result<Vec<TillLine>> {
        let rows: Vec<(String, Vec<u8>, String, i64, i64)> = self.db().all(sql(LINES, [value::id(id.0)])).await?;
        rows.into_iter()
            .map(|(receipt, dossier, agency, amount, at)| {
                Ok(TillLine {
                    receipt,
                    dossier: DossierId(value::uuid(&dossier)?),
                    agency: AgencyCode(agency),
                    amount: amount.unsigned_abs(),
                    at: value::time(at)?,
                })
            })
            .collect()
    }

    /// Writes a till as it became. A closed one gets the number of its deposit slip, its receipts are settled, and `books`
    /// goes into the books, all in one transaction.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is not as it was read any more.
    pub async fn change_till(&self, before: &LoadedTill, after: &Till, books: &[BookRecorded]) -> Result<Till> {
        let written = transact!(self.db(), "change_till", |tx| {
            let mut after = after.clone();
            let closed = after.state == TillState::Closed;
            if closed && let Some(count) = &after.count {
                after.deposit = crate::consent::draw(tx, "PNT", &after.office, count.at).await?;
            }
            let values = [
                value::id(after.id.0),
                before.version.into(),
                after.state.as_str().into(),
                after.difference().unwrap_or(0).into(),
                json(&after)?.into(),
            ];
            if tx.run(sql(CHANGE, values)).await? != 1 {
                return Ok(None);
            }
            if closed {
                tx.run(sql(SETTLE, [value::id(after.id.0)])).await?;
                for recorded in books {
                    crate::ledger::write_book(tx, recorded).await?;
                }
            }
            Ok(Some(after))
        })?;
        written.ok_or(StoreError::Conflict)
    }

    /// What lies in open tills of post offices for an agency, by office, in VND.
    ///
    /// # Errors
    /// What the database says.
    pub async fn in_open_tills(&self, agency: &AgencyCode) -> Result<Vec<(AgencyCode, i64)>> {
        let rows: Vec<(String, i64)> = self.db().all(sql(UNSETTLED, [agency.0.clone().into()])).await?;
        Ok(rows.into_iter().map(|(office, sum)| (AgencyCode(office), sum)).collect())
    }
}
