//! Delivery rounds: which clerk brings which parcel, and in which order. It is a plan and nothing more: what happened at a
//! stop, the dossier says.

use crate::db::{Result, sql, transact};
use crate::parcel::{ParcelLine, ParcelPlace};
use crate::statement::statements;
use crate::{Store, value};
use motcua_model::id::{AccountId, AgencyCode, DossierId};

statements! {
    LAST = "select coalesce(max(stop), 0) from round_stop where clerk = $1";
    TAKE = "insert into round_stop (dossier, number, office, clerk, stop) values ($1, $2, $3, $4, $5) \
            on conflict (dossier, number) do nothing";
    HOLDER = "select clerk from round_stop where dossier = $1 and number = $2";
    OF_CLERK = "select dossier, number, office from round_stop where clerk = $1 order by stop limit 200";
    MOVE = "update round_stop set stop = $4 where clerk = $1 and dossier = $2 and number = $3";
    LEAVE = "delete from round_stop where clerk = $1 and dossier = $2 and number = $3";
    WAITING = "select dossier, number, agency, code, reference, tracking, kind, state, office, price, collect, collected, differs, \
               failures, ordered_at from parcel where office = $1 and open = 1 and (ordered_at, dossier, number) > ($2, $3, $4) \
               and not exists (select 1 from round_stop r where r.dossier = parcel.dossier and r.number = parcel.number) \
               order by ordered_at, dossier, number limit $5";
}

/// A stop as it is planned: which parcel, and for which office it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedStop {
    /// The dossier.
    pub dossier: DossierId,
    /// The parcel within it.
    pub parcel: u32,
    /// The office whose parcel it is.
    pub office: AgencyCode,
}

impl Store {
    /// The stops of a clerk in her order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn round_of(&self, clerk: AccountId) -> Result<Vec<PlannedStop>> {
        let rows: Vec<(Vec<u8>, i64, String)> = self.db().all(sql(OF_CLERK, [value::id(clerk.0)])).await?;
        let read = |(dossier, number, office): (Vec<u8>, i64, String)| {
            Ok(PlannedStop {
                dossier: DossierId(value::uuid(&dossier)?),
                parcel: u32::try_from(number).unwrap_or(0),
                office: AgencyCode(office),
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// Puts a parcel at the end of a clerk's round; answers whether it is on hers and on nobody else's.
    ///
    /// # Errors
    /// What the database says.
    pub async fn take_stop(&self, clerk: AccountId, stop: &PlannedStop) -> Result<bool> {
        transact!(self.db(), "take_stop", |tx| {
            let last: Vec<(i64,)> = tx.all(sql(LAST, [value::id(clerk.0)])).await?;
            let next = last.first().map_or(0, |l| l.0) + 1;
            let which = [value::id(stop.dossier.0), i64::from(stop.parcel).into()];
            let values = [
                which[0].clone(),
                which[1].clone(),
                stop.office.as_str().into(),
                value::id(clerk.0),
                next.into(),
            ];
            if tx.run(sql(TAKE, values)).await? == 1 {
                return Ok(true);
            }
            let holder: Vec<(Vec<u8>,)> = tx.all(sql(HOLDER, which)).await?;
            Ok(holder.first().is_some_and(|h| h.0 == clerk.0.as_bytes()))
        })
    }

    /// Writes the order of a clerk's stops.
    ///
    /// # Errors
    /// What the database says.
    pub async fn order_stops(&self, clerk: AccountId, order: &[(DossierId, u32)]) -> Result<()> {
        transact!(self.db(), "order_stops", |tx| {
            for (stop, (dossier, number)) in (1i64..).zip(order) {
                let values = [
                    value::id(clerk.0),
                    value::id(dossier.0),
                    i64::from(*number).into(),
                    stop.into(),
                ];
                tx.run(sql(MOVE, values)).await?;
            }
            Ok(())
        })
    }

    /// Takes a parcel off a clerk's round.
    ///
    /// # Errors
    /// What the database says.
    pub async fn leave_stop(&self, clerk: AccountId, dossier: DossierId, parcel: u32) -> Result<()> {
        let values = [value::id(clerk.0), value::id(dossier.0), i64::from(parcel).into()];
        self.db().run(sql(LEAVE, values)).await.map(drop)
    }

    /// Parcels under way that an office serves and that are on nobody's round, the oldest first, after a place.
    ///
    /// # Errors
    /// What the database says.
    pub async fn parcels_waiting(&self, office: &AgencyCode, after: ParcelPlace, limit: u32) -> Result<Vec<ParcelLine>> {
        let values = [
            office.as_str().into(),
            after.0.into(),
            value::id(after.1.0),
            i64::from(after.2).into(),
            i64::from(limit).into(),
        ];
        self.parcel_lines(sql(WAITING, values)).await
    }
}
