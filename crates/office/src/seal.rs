//! Sealing each day's journal once the day is over, showing the seals, and checking them.

use crate::Office;
use crate::error::Result;
use jiff::{SignedDuration, Timestamp};
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::Refusal;
use motcua_model::seal::{day_of, end_of};
pub use motcua_store::seal::{BrokenSeal, Seal};

/// How long after midnight the day before is sealed, so that what was decided just before is in its own day's seal. What
/// comes later still is covered by the next seal.
const QUIET: SignedDuration = SignedDuration::from_mins(10);
/// Seals read at once.
const PAGE: u32 = 200;

/// What a run over all seals found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SealSummary {
    /// How many hold.
    pub hold: u64,
    /// The last one that holds.
    pub last: Option<Seal>,
    /// The first damage.
    pub damage: Option<BrokenSeal>,
}

impl Office {
    /// Seals every day that is over and has changes, also those of a time when the program did not run; answers how many.
    ///
    /// # Errors
    /// The store.
    pub async fn seal_days(&self) -> Result<u64> {
        let (now, mut made) = (self.now(), 0);
        while let Some(seal) = self.store().seal_next_day(day_of(now - QUIET), now).await? {
            tracing::info!(day = %seal.day, dossiers = seal.dossiers, seal = seal.hex(), "a day is sealed");
            made += 1;
        }
        Ok(made)
    }

    /// When the day that runs at `now` can be sealed.
    pub(crate) fn next_seal(now: Timestamp) -> Timestamp {
        end_of(day_of(now - QUIET)) + QUIET
    }

    /// The latest seals before a number, or the latest of all, at most `limit`.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who neither administrates nor monitors.
    pub async fn seals(&self, actor: &Actor, before: Option<u64>, limit: u32) -> Result<Vec<Seal>> {
        if !matches!(actor.role, Role::Administrator | Role::Monitor) {
            return Err(Refusal::NotPermitted.into());
        }
        Ok(self.store().seals_before(before.unwrap_or(u64::MAX), limit).await?)
    }

    /// Computes every seal again; `each` is told of those that hold. Stops at the first that does not.
    ///
    /// # Errors
    /// The store.
    pub async fn verify_seals(&self, mut each: impl FnMut(&Seal)) -> Result<SealSummary> {
        let mut summary = SealSummary::default();
        loop {
            let seals = self.store().seals_after(summary.hold, PAGE).await?;
            if seals.is_empty() {
                break;
            }
            for seal in seals {
                if let Err(broken) = self.store().check_seal(summary.last.as_ref(), &seal).await? {
                    summary.damage = Some(broken);
                    return Ok(summary);
                }
                each(&seal);
                summary.hold += 1;
                summary.last = Some(seal);
            }
        }
        summary.damage = self.store().check_last_seal(summary.last.as_ref()).await?.err();
        Ok(summary)
    }
}
