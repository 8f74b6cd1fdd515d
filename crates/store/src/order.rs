//! Payment orders: which reference at the gateway stands for which dossier. Whether a dossier is paid is told by the
//! dossier itself, never by its orders.

use crate::db::{Result, sql};
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::id::{DossierId, OrderId};

statements! {
    INSERT = "insert into payment_order (id, dossier, txn_ref, amount, state, reference, created_at, expires_at, settled_at) \
              values ($1, $2, $3, $4, 'open', '', $5, $6, null)";
    BY_REF = "select id, dossier, txn_ref, amount, state, created_at, expires_at from payment_order where txn_ref = $1";
    OF_DOSSIER = "select id, dossier, txn_ref, amount, state, created_at, expires_at from payment_order where dossier = $1 \
                  order by created_at desc limit 20";
    FAIL = "update payment_order set state = 'failed', reference = $2, settled_at = $3 where id = $1 and state = 'open'";
    SURPLUS = "update payment_order set state = 'surplus', reference = $2, settled_at = $3 where id = $1 and state in ('open', 'failed')";
    SURPLUSES = "select id, dossier, txn_ref, amount, state, created_at, expires_at from payment_order where state = 'surplus' \
                 order by created_at limit 100";
}

/// A payment order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentOrder {
    /// Identifier.
    pub id: OrderId,
    /// The dossier.
    pub dossier: DossierId,
    /// Our reference at the gateway, unique.
    pub txn_ref: String,
    /// Amount in VND.
    pub amount: u64,
    /// `open`, `paid`, `failed`, or `surplus` (money came that nothing was due for; to be given back).
    pub state: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when the gateway takes it.
    pub expires_at: Timestamp,
}

row! {
    struct Row {
        id: Vec<u8>,
        dossier: Vec<u8>,
        txn_ref: String,
        amount: i64,
        state: String,
        created_at: i64,
        expires_at: i64,
    }
}

impl Row {
    fn order(self) -> Result<PaymentOrder> {
        Ok(PaymentOrder {
            id: OrderId(value::uuid(&self.id)?),
            dossier: DossierId(value::uuid(&self.dossier)?),
            txn_ref: self.txn_ref,
            amount: self.amount.unsigned_abs(),
            state: self.state,
            created_at: value::time(self.created_at)?,
            expires_at: value::time(self.expires_at)?,
        })
    }
}

impl Store {
    /// Opens an order.
    ///
    /// # Errors
    /// [`crate::StoreError::Conflict`] when the reference is taken.
    pub async fn create_order(&self, o: &PaymentOrder) -> Result<()> {
        self.db()
            .run(sql(
                INSERT,
                [
                    value::id(o.id.0),
                    value::id(o.dossier.0),
                    o.txn_ref.clone().into(),
                    o.amount.cast_signed().into(),
                    value::micros(o.created_at).into(),
                    value::micros(o.expires_at).into(),
                ],
            ))
            .await
            .map(drop)
    }

    /// The order behind a reference.
    ///
    /// # Errors
    /// What the database says.
    pub async fn order_by_ref(&self, txn_ref: &str) -> Result<Option<PaymentOrder>> {
        self.db()
            .one::<Row>(sql(BY_REF, [txn_ref.into()]))
            .await?
            .map(Row::order)
            .transpose()
    }

    /// The orders of a dossier, the latest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn orders_of(&self, dossier: DossierId) -> Result<Vec<PaymentOrder>> {
        self.db()
            .all::<Row>(sql(OF_DOSSIER, [value::id(dossier.0)]))
            .await?
            .into_iter()
            .map(Row::order)
            .collect()
    }

    /// Notes that the gateway did not get the money.
    ///
    /// # Errors
    /// What the database says.
    pub async fn fail_order(&self, order: OrderId, reference: &str, at: Timestamp) -> Result<()> {
        self.db()
            .run(sql(FAIL, [value::id(order.0), reference.into(), value::micros(at).into()]))
            .await
            .map(drop)
    }

    /// Notes that money came which nothing was due for: it must be given back.
    ///
    /// # Errors
    /// What the database says.
    pub async fn surplus_order(&self, order: OrderId, reference: &str, at: Timestamp) -> Result<bool> {
        Ok(self
            .db()
            .run(sql(SURPLUS, [value::id(order.0), reference.into(), value::micros(at).into()]))
            .await?
            == 1)
    }

    /// Money to be given back, the oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn surplus_orders(&self) -> Result<Vec<PaymentOrder>> {
        self.db()
            .all::<Row>(sql(SURPLUSES, []))
            .await?
            .into_iter()
            .map(Row::order)
            .collect()
    }
}
