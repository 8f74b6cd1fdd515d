//! The gateway's own clock.

/// Now as the protocol writes it: `yyyyMMddHHmmss`, GMT+7.
pub(crate) fn now() -> String {
    #[expect(
        clippy::disallowed_methods,
        reason = "the gateway is another system with a clock of its own"
    )]
    let now = jiff::Timestamp::now();
    jiff::tz::TimeZone::fixed(jiff::tz::offset(7))
        .to_datetime(now)
        .strftime("%Y%m%d%H%M%S")
        .to_string()
}

/// Now as the bank writes it: RFC 3339.
pub(crate) fn now_utc() -> String {
    #[expect(clippy::disallowed_methods, reason = "the bank is another system with a clock of its own")]
    let now = jiff::Timestamp::now();
    now.to_string()
}

/// Now, for the post.
pub(crate) fn instant() -> jiff::Timestamp {
    #[expect(clippy::disallowed_methods, reason = "the post is another system with a clock of its own")]
    let now = jiff::Timestamp::now();
    now
}
