//! How often something may be tried, by purpose: named limiters over accounts and logins, not only over addresses,
//! since a whole post office shares one.

use crate::error::WebError;
use governor::clock::DefaultClock;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use motcua_model::identifier::Phone;
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

type Keyed = RateLimiter<String, DefaultKeyedStateStore<String>, DefaultClock>;

/// The limiters.
pub struct Limits {
    /// Signing in, for one login.
    pub sign_in: Keyed,
    /// Asking for and trying one-time codes, for one login.
    pub code: Keyed,
    /// Tracking without an account, for one code.
    pub track: Guesses,
    /// Files, for one account.
    pub upload: Keyed,
}

fn keyed(per_minute: u32, burst: u32) -> Keyed {
    let count = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
    RateLimiter::keyed(Quota::per_minute(count(per_minute)).allow_burst(count(burst)))
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sign_in: keyed(10, 10),
            code: keyed(6, 6),
            track: Guesses::default(),
            upload: keyed(120, 60),
        }
    }
}

/// Keys in one limiter beyond which those are forgotten that rest.
const KEYS_MAX: usize = 20_000;

/// Counts one try. One login is one key, however it is spelt.
pub fn check(limiter: &Keyed, key: &str) -> Result<(), WebError> {
    let key = match Phone::parse(key) {
        Ok(phone) => phone.e164().to_owned(),
        Err(_) => key.trim().to_lowercase().chars().take(200).collect(),
    };
    if limiter.len() > KEYS_MAX {
        limiter.retain_recent();
    }
    limiter.check_key(&key).map_err(|_| WebError::TooOften)
}

/// Wrong guesses of a second fact, by code: beyond a few, right ones are not looked at either, or four digits would be
/// found by trying them all. Who knows the fact may look as often as she likes.
#[derive(Default)]
pub struct Guesses(Mutex<HashMap<String, (u32, Instant)>>);

impl Guesses {
    /// Wrong guesses before a code rests.
    const MAX: u32 = 10;
    /// How long it rests.
    const REST: Duration = Duration::from_secs(15 * 60);

    fn map(&self) -> MutexGuard<'_, HashMap<String, (u32, Instant)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Refuses a code that rests.
    pub fn open(&self, code: &str) -> Result<(), WebError> {
        match self.map().get(code) {
            Some((count, first)) if *count >= Self::MAX && first.elapsed() < Self::REST => Err(WebError::TooOften),
            _ => Ok(()),
        }
    }

    /// Counts a wrong guess.
    pub fn wrong(&self, code: &str) {
        let mut map = self.map();
        if map.len() > KEYS_MAX {
            map.retain(|_, (_, first)| first.elapsed() < Self::REST);
        }
        let entry = map.entry(code.to_owned()).or_insert_with(|| (0, Instant::now()));
        if entry.1.elapsed() >= Self::REST {
            *entry = (0, Instant::now());
        }
        entry.0 += 1;
    }
}
