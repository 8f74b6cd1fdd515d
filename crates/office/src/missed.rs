//! Searches that found nothing: counted in memory, written once a second, so that a search never writes.
//!
//! Kept are folded words and counts, nothing about who asked; what may be a number of a person is not kept at all.

use crate::Office;
use crate::error::Result;
use crate::worker::administrator;
use motcua_model::actor::Actor;
use motcua_model::clock::local;
use motcua_model::text::fold;
pub use motcua_store::missed::Missed;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Longest query that is kept, in characters.
const QUERY_MAX: usize = 80;
/// Digits beyond which a query may hold the number of a card, a phone or an account.
const DIGITS_MAX: usize = 5;
/// Most different words between two writings; more is a machine that asks.
const WAITING_MAX: usize = 500;
/// How many the administrator sees.
const SHOWN: u32 = 200;

/// What waits to be written.
#[derive(Debug, Default)]
pub(crate) struct Buffer(Mutex<BTreeMap<String, i64>>);

impl Buffer {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, i64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What of a query may be kept; none where it may say something about a person, or nothing at all.
#[must_use]
pub fn kept(typed: &str) -> Option<String> {
    if typed.chars().count() > QUERY_MAX || typed.contains('@') {
        return None;
    }
    if typed.chars().filter(|c| c.is_numeric()).count() > DIGITS_MAX {
        return None;
    }
    let folded = fold(typed);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

impl Office {
    /// Notes that a search found nothing.
    pub fn note_missed(&self, typed: &str) {
        let Some(words) = kept(typed) else { return };
        let mut waiting = self.inner.missed.lock();
        if waiting.len() < WAITING_MAX || waiting.contains_key(&words) {
            *waiting.entry(words).or_default() += 1;
        }
    }

    /// Writes what was noted.
    ///
    /// # Errors
    /// The store; what was noted is kept for the next time.
    pub async fn keep_missed(&self) -> Result<()> {
        let taken = std::mem::take(&mut *self.inner.missed.lock());
        if taken.is_empty() {
            return Ok(());
        }
        let last_day = local(self.now()).date().to_string();
        let rows: Vec<Missed> = taken
            .iter()
            .map(|(words, n)| Missed {
                words: words.clone(),
                n: *n,
                last_day: last_day.clone(),
            })
            .collect();
        let done = self.store().add_missed(&rows).await;
        if done.is_err() {
            let mut waiting = self.inner.missed.lock();
            for (words, n) in taken {
                *waiting.entry(words).or_default() += n;
            }
        }
        Ok(done?)
    }

    /// What was missed most often, for the administrator.
    ///
    /// # Errors
    /// [`motcua_model::dossier::Refusal::NotPermitted`] for anybody else; the store.
    pub async fn missed(&self, actor: &Actor) -> Result<Vec<Missed>> {
        administrator(actor)?;
        self.keep_missed().await?;
        Ok(self.store().missed_often(SHOWN).await?)
    }

    /// Takes words off the list.
    ///
    /// # Errors
    /// As [`Office::missed`].
    pub async fn forget_missed(&self, actor: &Actor, words: &str) -> Result<()> {
        administrator(actor)?;
        Ok(self.store().forget_missed(words).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::kept;

    #[test]
    fn words_are_kept_and_what_may_name_a_person_is_not() {
        assert_eq!(kept("  Đăng ký NUÔI ong? ").as_deref(), Some("dang ky nuoi ong"));
        assert_eq!(kept("nghị định 123").as_deref(), Some("nghi dinh 123"));
        for silent in [
            "",
            "  ?! ",
            "019185001234",
            "tra cứu 0912 345 678",
            "hoa@example.vn",
            &"dài ".repeat(40),
        ] {
            assert_eq!(kept(silent), None, "{silent}");
        }
    }
}
