//! Rows outside a dossier that change in the transaction of its change.

use crate::db::{Result, StoreError, Tx, sql};
use crate::many::Many;
use crate::statement::statements;
use crate::value;
use crate::writer::Change;
use jiff::Timestamp;
use motcua_model::consent::{Assisted, ConsentState};
use motcua_model::id::{AgencyCode, DossierId, OrderId, TillId};

statements! {
    SETTLE_ORDER = "update payment_order set state = $2, reference = $3, settled_at = $4 where id = $1 and state in ('open', 'failed')";
}

static DROP_DRAFTS: Many = Many::list("delete from draft where id in (", ")");

pub(crate) static MANY: &[&Many] = &[&DROP_DRAFTS];

/// A row outside the dossier that changes with it.
#[derive(Debug, Clone)]
pub enum Effect {
    /// The draft became a dossier.
    DropDraft(DossierId),
    /// Money came for the payment order.
    SettleOrder {
        /// The order.
        order: OrderId,
        /// `paid`, or `surplus` when nothing was due any more.
        state: &'static str,
        /// The gateway's own number.
        reference: String,
        /// When.
        at: Timestamp,
    },
    /// The cash of this change lies in a clerk's till. The change is refused when the till is not open any more.
    TakeCash {
        /// Which till.
        till: TillId,
        /// Whose office.
        office: AgencyCode,
    },
    /// What the person agreed to became another. The change is refused when it is not as it was read: she took it back
    /// meanwhile.
    Consent {
        /// As it was read.
        from: ConsentState,
        /// As it is now.
        to: Box<Assisted>,
    },
}

/// Writes the effects of a group of changes.
pub(crate) async fn write(tx: &mut Tx, changes: &[Change]) -> Result<()> {
    let mut drafts = Vec::new();
    for change in changes {
        for effect in &change.effects {
            match effect {
                Effect::DropDraft(id) => drafts.push(value::id(id.0)),
                _ => write_one(tx, change, effect).await?,
            }
        }
    }
    DROP_DRAFTS.run(tx, drafts).await
}

async fn write_one(tx: &mut Tx, of: &Change, effect: &Effect) -> Result<()> {
    match effect {
        Effect::DropDraft(_) => {}
        Effect::SettleOrder {
            order,
            state,
            reference,
            at,
        } => {
            let values = [
                value::id(order.0),
                (*state).into(),
                reference.clone().into(),
                value::micros(*at).into(),
            ];
            tx.run(sql(SETTLE_ORDER, values)).await?;
        }
        Effect::TakeCash { till, office } => crate::till::take(tx, *till, office, of.dossier, &of.events).await?,
        Effect::Consent { from, to } => {
            if tx.run(crate::consent::change(*from, to)?).await? != 1 {
                return Err(StoreError::Conflict);
            }
        }
    }
    Ok(())
}
