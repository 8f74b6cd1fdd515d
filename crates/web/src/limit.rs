//! How often something may be tried, by purpose: named limiters over accounts and logins, not only over addresses,
//! since a whole post office shares one.

use crate::error::WebError;
use governor::clock::DefaultClock;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};
use std::num::NonZeroU32;

type Keyed = RateLimiter<String, DefaultKeyedStateStore<String>, DefaultClock>;

/// The limiters.
pub struct Limits {
    /// Signing in, for one login.
    pub sign_in: Keyed,
    /// Asking for and trying one-time codes, for one login.
    pub code: Keyed,
    /// Tracking without an account, for one code.
    pub track: Keyed,
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
            track: keyed(10, 20),
            upload: keyed(120, 60),
        }
    }
}

/// Counts one try.
pub fn check(limiter: &Keyed, key: &str) -> Result<(), WebError> {
    limiter.check_key(&key.trim().to_lowercase()).map_err(|_| WebError::TooOften)
}
