//! What VNPAY's response codes mean.

/// Why a payment ended as it did (`vnp_ResponseCode`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// `00`: the money was taken.
    Paid,
    /// `07`: the money was taken, but the payment looks like a fraud and is looked into.
    Suspicious,
    /// `09`: card or account not registered for payments on the internet.
    NotRegistered,
    /// `10`: the payer gave wrong details of the card or account three times.
    ThreeWrongDetails,
    /// `11`: the payer took too long.
    Expired,
    /// `12`: card or account locked.
    Locked,
    /// `13`: wrong one-time password.
    WrongOneTimePassword,
    /// `24`: cancelled by the payer.
    Cancelled,
    /// `51`: not enough money.
    NotEnoughMoney,
    /// `65`: over the account's limit of the day.
    OverDailyLimit,
    /// `75`: the bank is in maintenance.
    BankInMaintenance,
    /// `79`: wrong payment password too often.
    WrongPasswordTooOften,
    /// `99` and whatever the gateway adds one day.
    Other,
}

impl Reason {
    /// Every reason that has a code of its own, with its code.
    pub const ALL: [(&'static str, Self); 13] = [
        ("00", Self::Paid),
        ("07", Self::Suspicious),
        ("09", Self::NotRegistered),
        ("10", Self::ThreeWrongDetails),
        ("11", Self::Expired),
        ("12", Self::Locked),
        ("13", Self::WrongOneTimePassword),
        ("24", Self::Cancelled),
        ("51", Self::NotEnoughMoney),
        ("65", Self::OverDailyLimit),
        ("75", Self::BankInMaintenance),
        ("79", Self::WrongPasswordTooOften),
        ("99", Self::Other),
    ];

    /// The reason of a response code; an unknown code is [`Reason::Other`].
    #[must_use]
    pub fn of_code(code: &str) -> Self {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == code)
            .map_or(Self::Other, |(_, reason)| *reason)
    }
}
