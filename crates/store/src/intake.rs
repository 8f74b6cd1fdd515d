//! Months as the board and the books count them.

/// A month of the civil calendar as `YYYYMM`, in the province's time.
pub type Month = i64;

/// The month in which something happened.
#[must_use]
pub fn month_of(at: jiff::Timestamp) -> Month {
    let day = motcua_model::clock::local(at).date();
    i64::from(day.year()) * 100 + i64::from(day.month())
}

/// A month so many months before another.
#[must_use]
pub fn months_before(month: Month, back: i64) -> Month {
    let count = (month / 100) * 12 + month % 100 - 1 - back;
    count.div_euclid(12) * 100 + count.rem_euclid(12) + 1
}

/// A half of a month as `YYYYMMH`: 1 until the 14th, 2 from the 15th.
pub type Half = i64;

/// The half of the month in which something happened.
#[must_use]
pub fn half_of(at: jiff::Timestamp) -> Half {
    let second = motcua_model::clock::local(at).date().day() >= 15;
    month_of(at) * 10 + if second { 2 } else { 1 }
}

/// The first half of a month.
#[must_use]
pub fn first_half(month: Month) -> Half {
    month * 10 + 1
}

/// The second half of a month.
#[must_use]
pub fn second_half(month: Month) -> Half {
    month * 10 + 2
}
