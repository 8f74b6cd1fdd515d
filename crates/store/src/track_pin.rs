//! PINs on slips, by which a person asks from a plain phone where her dossier stands. Only their hashes are here.

use crate::db::{Result, sql, transact};
use crate::statement::statements;
use crate::{Store, value};
use jiff::{SignedDuration, Timestamp};
use motcua_model::id::DossierId;

statements! {
    PUT = "insert into track_pin (dossier, pin, issued_at, tries, tried_at) values ($1, $2, $3, 0, 0) \
           on conflict (dossier) do update set pin = excluded.pin, issued_at = excluded.issued_at, tries = 0, tried_at = 0";
    LOAD = "select pin, tries, tried_at from track_pin where dossier = $1";
    TRIED = "update track_pin set tries = $2, tried_at = $3 where dossier = $1";
}

/// Wrong tries after which a PIN rests.
pub const PIN_TRIES: i64 = 5;
/// How long it rests; a new one is given at the office at once.
pub const PIN_REST: SignedDuration = SignedDuration::from_hours(24);

/// What came of trying a PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinTry {
    /// It was right.
    Right,
    /// It was wrong, or none was given out.
    Wrong,
    /// Tried wrongly too often: right ones are not looked at either.
    Locked,
}

impl Store {
    /// Gives a dossier a PIN (its hash); the one before is void.
    ///
    /// # Errors
    /// What the database says.
    pub async fn put_pin(&self, dossier: DossierId, pin_hash: [u8; 32], now: Timestamp) -> Result<()> {
        let values = [value::id(dossier.0), pin_hash.to_vec().into(), value::micros(now).into()];
        self.db().run(sql(PUT, values)).await.map(drop)
    }

    /// Tries a PIN: a wrong one counts, a right one wipes the count.
    ///
    /// # Errors
    /// What the database says.
    pub async fn try_pin(&self, dossier: DossierId, pin_hash: [u8; 32], now: Timestamp) -> Result<PinTry> {
        transact!(self.db(), "try_pin", |tx| {
            let rows: Vec<(Vec<u8>, i64, i64)> = tx.all(sql(LOAD, [value::id(dossier.0)])).await?;
            let Some((pin, tries, tried_at)) = rows.first() else {
                return Ok(PinTry::Wrong);
            };
            let rested = now.duration_since(value::time(*tried_at)?) >= PIN_REST;
            let before = if rested { 0 } else { *tries };
            if before >= PIN_TRIES {
                return Ok(PinTry::Locked);
            }
            let right = pin[..] == pin_hash;
            let tries = if right { 0 } else { before + 1 };
            let values = [value::id(dossier.0), tries.into(), value::micros(now).into()];
            tx.run(sql(TRIED, values)).await?;
            Ok(match (right, tries) {
                (true, _) => PinTry::Right,
                (false, PIN_TRIES) => PinTry::Locked,
                (false, _) => PinTry::Wrong,
            })
        })
    }
}
