//! Payment gateways, one folder each.

pub mod vnpay;
