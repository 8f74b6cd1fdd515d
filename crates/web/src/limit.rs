//! How often something may be tried, by purpose: named limiters over accounts and logins, not only over addresses,
//! since a whole post office shares one.

use crate::error::WebError;
use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use jiff::{SignedDuration, Timestamp};
use motcua_model::identifier::Phone;
use motcua_office::Office;
use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The office's clock, as the limiters read it.
#[derive(Clone)]
pub struct OfficeClock(Office);

impl Clock for OfficeClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let micros = self.0.now().as_microsecond();
        Nanos::from(Duration::from_micros(u64::try_from(micros).unwrap_or(0)))
    }
}

type Keyed = RateLimiter<String, DefaultKeyedStateStore<String>, OfficeClock, NoOpMiddleware<Nanos>>;

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
    /// SMS that are answered, for one phone, and mandates that are told of, for one account.
    pub sms: Keyed,
    /// Answers about satisfaction, for one account, or for one address without one.
    pub rate: Keyed,
    /// Complaints and suggestions, for one account, or for one address without one.
    pub feedback: Keyed,
    /// Long files of open figures, for one address.
    pub open: Keyed,
    /// Papers that are checked without an account, for one address.
    pub check: Keyed,
}

impl Limits {
    /// Fresh limiters that read the office's clock.
    pub fn new(office: &Office) -> Self {
        let keyed = |per_minute, burst| {
            let count = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
            let quota = Quota::per_minute(count(per_minute)).allow_burst(count(burst));
            RateLimiter::new(quota, DefaultKeyedStateStore::default(), OfficeClock(office.clone()))
        };
        Self {
            sign_in: keyed(10, 10),
            code: keyed(6, 6),
            track: Guesses::new(office.clone()),
            upload: keyed(120, 60),
            sms: keyed(1, 12),
            rate: keyed(20, 20),
            feedback: keyed(1, 5),
            open: keyed(30, 30),
            check: keyed(60, 60),
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
pub struct Guesses {
    office: Office,
    seen: Mutex<HashMap<String, (u32, Timestamp)>>,
}

impl Guesses {
    /// Wrong guesses before a code rests.
    const MAX: u32 = 10;
    /// How long it rests.
    const REST: SignedDuration = SignedDuration::from_mins(15);

    fn new(office: Office) -> Self {
        Self {
            office,
            seen: Mutex::default(),
        }
    }

    fn map(&self) -> MutexGuard<'_, HashMap<String, (u32, Timestamp)>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Refuses a code that rests.
    pub fn open(&self, code: &str) -> Result<(), WebError> {
        let now = self.office.now();
        match self.map().get(code) {
            Some((count, first)) if *count >= Self::MAX && now.duration_since(*first) < Self::REST => Err(WebError::TooOften),
            _ => Ok(()),
        }
    }

    /// Counts a wrong guess.
    pub fn wrong(&self, code: &str) {
        let now = self.office.now();
        let mut map = self.map();
        if map.len() > KEYS_MAX {
            map.retain(|_, (_, first)| now.duration_since(*first) < Self::REST);
        }
        let entry = map.entry(code.to_owned()).or_insert((0, now));
        if now.duration_since(entry.1) >= Self::REST {
            *entry = (0, now);
        }
        entry.0 += 1;
    }
}
