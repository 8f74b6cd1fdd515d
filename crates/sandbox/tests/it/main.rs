//! The gateway against a merchant that speaks with the merchant's own code, over loopback.

mod api;
mod mischief;
mod page;
mod town;
