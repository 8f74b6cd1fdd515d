//! The outside world's protocols.

mod vnpay;
