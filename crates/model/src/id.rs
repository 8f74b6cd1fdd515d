//! Identifiers: each kind is a type of its own, so that one is never passed for another.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// Makes a time-ordered identifier (UUID version 7) from milliseconds since 1970 and ten random bytes.
            #[must_use]
            pub fn new(millis: u64, random: [u8; 10]) -> Self {
                Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.parse().map(Self)
            }
        }
    };
}

uuid_id!(
    /// One dossier (hồ sơ), from its first draft to its end: the draft keeps its identifier when it is submitted,
    /// which is what makes a doubled submit one dossier.
    DossierId
);
uuid_id!(
    /// One account: a citizen, an officer or the system itself.
    AccountId
);
uuid_id!(
    /// One payment order: an attempt to pay a dossier's fee through a gateway.
    OrderId
);
uuid_id!(
    /// One substitution of an absent officer.
    StandInId
);
uuid_id!(
    /// One decision that changes the working time of the province or of an agency.
    ClockDecisionId
);
uuid_id!(
    /// One remark of an officer or one line of the talk with the person.
    RemarkId
);
uuid_id!(
    /// One directive of the province to its agencies.
    DirectiveId
);
uuid_id!(
    /// One complaint or suggestion.
    FeedbackId
);
uuid_id!(
    /// One till: a clerk's cash of one day.
    TillId
);
uuid_id!(
    /// One mandate: somebody acts for another.
    MandateId
);
uuid_id!(
    /// One job in the outbox.
    JobId
);
uuid_id!(
    /// One publication: a change of the catalogue on its way into force.
    PublicationId
);

impl AccountId {
    /// The system itself: workers, notifications of a gateway, the clock.
    pub const SYSTEM: Self = Self(Uuid::nil());
}

macro_rules! code {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The code as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(s: &str) -> Self {
                Self(s.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", self.0)
            }
        }
    };
}

code!(
    /// National code of a procedure, such as `1.004873`.
    ProcedureCode
);
code!(
    /// Code of an agency within the province, such as `19.04` (the `MM.DD` of Circular 01/2018).
    AgencyCode
);
code!(
    /// Code of a dossier as the law prints it: `000.19.04.H55-200330-0001`.
    DossierCode
);

/// SHA-256 of a file's bytes: the name under which the file is kept.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileHash(pub [u8; 32]);

impl fmt::Display for FileHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for FileHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileHash({self})")
    }
}

impl FromStr for FileHash {
    type Err = hex::FromHexError;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(s, &mut bytes)?;
        Ok(Self(bytes))
    }
}

impl Serialize for FileHash {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FileHash {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}
