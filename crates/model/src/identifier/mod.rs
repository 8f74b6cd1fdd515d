//! Numbers that name people, companies and phones, read as people type them.

mod birth_date;
mod card_qr;
mod person_id;
mod phone;
mod tax_code;

pub use birth_date::{BirthDate, DateError, parse_date};
pub use card_qr::{CardQr, parse_card_qr};
pub use person_id::{PersonId, PersonIdError, Sex};
pub use phone::{Phone, PhoneError};
pub use tax_code::{TaxCode, TaxCodeError};

/// The digits of what was typed, without spaces, dots, dashes and brackets; none when anything else stands there.
fn digits(typed: &str) -> Option<String> {
    let mut digits = String::with_capacity(typed.len());
    for c in typed.trim().chars() {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '.' | '-' | '(' | ')' | '\u{a0}' => {}
            _ => return None,
        }
    }
    Some(digits)
}
