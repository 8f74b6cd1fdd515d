//! The lists of refunds: which wait, where. What a refund is, its dossier says.

use crate::db::{Result, sql};
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::id::{AgencyCode, DossierId};

statements! {
    OF_AGENCY = "select dossier, number, agency, code, state, amount, method, reason, proposed_at from refund \
                 where agency = $1 and open = $2 and (proposed_at, dossier, number) < ($3, $4, $5) \
                 order by proposed_at desc, dossier desc, number desc limit $6";
    WAITING = "select agency, count(*) as n, cast(sum(amount) as bigint) as amount from refund where open = 1 group by agency \
               order by agency";
}

/// A refund in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundLine {
    /// The dossier.
    pub dossier: DossierId,
    /// Number within it.
    pub number: u32,
    /// Whose money.
    pub agency: AgencyCode,
    /// Code of the dossier.
    pub code: String,
    /// Where it stands.
    pub state: String,
    /// VND.
    pub amount: u64,
    /// How the money came.
    pub method: String,
    /// Why it goes back.
    pub reason: String,
    /// When it was proposed.
    pub proposed_at: Timestamp,
}

row! {
    struct Row {
        dossier: Vec<u8>,
        number: i64,
        agency: String,
        code: String,
        state: String,
        amount: i64,
        method: String,
        reason: String,
        proposed_at: i64,
    }
}

row! {
    /// How many refunds of an agency wait, and how much they are in VND.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Waiting {
        /// Whose money.
        pub agency: String,
        /// How many.
        pub n: i64,
        /// VND.
        pub amount: i64,
    }
}

/// Before the first of every list.
pub const NEWEST: (i64, DossierId, u32) = (i64::MAX, DossierId(uuid::Uuid::max()), u32::MAX);

impl Store {
    /// Refunds of an agency that wait, or that are done, the latest first, before a place in the list.
    ///
    /// # Errors
    /// What the database says.
    pub async fn refunds(
        &self,
        agency: &AgencyCode,
        open: bool,
        before: (i64, DossierId, u32),
        limit: u32,
    ) -> Result<Vec<RefundLine>> {
        let rows: Vec<Row> = self
            .db()
            .all(sql(
                OF_AGENCY,
                [
                    agency.0.clone().into(),
                    i64::from(open).into(),
                    before.0.into(),
                    value::id(before.1.0),
                    i64::from(before.2).into(),
                    i64::from(limit).into(),
                ],
            ))
            .await?;
        rows.into_iter()
            .map(|r| {
                Ok(RefundLine {
                    dossier: DossierId(value::uuid(&r.dossier)?),
                    number: u32::try_from(r.number).unwrap_or(0),
                    agency: AgencyCode(r.agency),
                    code: r.code,
                    state: r.state,
                    amount: r.amount.unsigned_abs(),
                    method: r.method,
                    reason: r.reason,
                    proposed_at: value::time(r.proposed_at)?,
                })
            })
            .collect()
    }

    /// Refunds that wait, by agency.
    ///
    /// # Errors
    /// What the database says.
    pub async fn refunds_waiting(&self) -> Result<Vec<Waiting>> {
        self.db().all(sql(WAITING, [])).await
    }
}
