//! The accounts, by kind.

use crate::dossier::{FeeKind, PaymentMethod};
use crate::id::AgencyCode;
use std::fmt;

/// An account of an agency's book.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Account {
    /// What people still have to pay.
    Due,
    /// What the gateway or the bank holds for the agency.
    Held(PaymentMethod),
    /// Cash in the till of a counter.
    Till(AgencyCode),
    /// Cash that a post office took for the agency.
    Post(AgencyCode),
    /// What reached the treasury.
    Treasury,
    /// Fees and charges earned, by kind and budget account.
    Income(FeeKind, String),
    /// What has to go back to people.
    Owed,
    /// Money of which nobody knows yet whose it is.
    Unknown,
    /// What a gateway or a bank kept for its service.
    Cost,
    /// Too much or too little in a till when it was counted.
    Difference,
}

impl fmt::Display for Account {
    /// The name used in storage: `due`, `held:vnpay`, `till:24.12`, `income:charge:2716`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Due => f.write_str("due"),
            Self::Held(method) => write!(f, "held:{}", method.as_str()),
            Self::Till(office) => write!(f, "till:{office}"),
            Self::Post(office) => write!(f, "post:{office}"),
            Self::Treasury => f.write_str("treasury"),
            Self::Income(kind, budget) => write!(f, "income:{}:{budget}", kind.as_str()),
            Self::Owed => f.write_str("owed"),
            Self::Unknown => f.write_str("unknown"),
            Self::Cost => f.write_str("cost"),
            Self::Difference => f.write_str("difference"),
        }
    }
}

impl Account {
    /// Reads the name back.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let (kind, rest) = name.split_once(':').unwrap_or((name, ""));
        Some(match kind {
            "due" => Self::Due,
            "held" => Self::Held(PaymentMethod::parse(rest)?),
            "till" => Self::Till(AgencyCode::from(rest)),
            "post" => Self::Post(AgencyCode::from(rest)),
            "treasury" => Self::Treasury,
            "income" => {
                let (kind, budget) = rest.split_once(':')?;
                let kind = [FeeKind::Fee, FeeKind::Charge].into_iter().find(|k| k.as_str() == kind)?;
                Self::Income(kind, budget.to_owned())
            }
            "owed" => Self::Owed,
            "unknown" => Self::Unknown,
            "cost" => Self::Cost,
            "difference" => Self::Difference,
            _ => return None,
        })
    }
}
