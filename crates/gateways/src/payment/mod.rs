//! Payment gateways, one folder each.

pub mod vietqr;
pub mod vnpay;
