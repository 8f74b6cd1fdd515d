//! The post: what carriage costs.

mod tariff;

pub use tariff::{Payer, Price, Tariff, Zone};
