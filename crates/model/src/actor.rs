//! Who acts.

use crate::id::{AccountId, AgencyCode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a person is here to do. One account has one role; a person with two jobs has two accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Files for herself (công dân, also a company's representative).
    Citizen,
    /// Receives and returns at the one-stop desk (công chức tiếp nhận và trả kết quả).
    Receptionist,
    /// Processes dossiers of the agency (chuyên viên).
    Specialist,
    /// Approves or sends back (lãnh đạo).
    Leader,
    /// Files and delivers at a post office (nhân viên bưu điện).
    PostClerk,
    /// Answers for a post office: its tills, its volume; sees no dossier (trưởng bưu cục).
    PostHead,
    /// Keeps the books of an agency, or of the province when without one; sees money and no dossier (kế toán).
    Accountant,
    /// Watches the whole province without touching a dossier (giám sát).
    Monitor,
    /// Keeps accounts, jobs and content; sees no dossier (quản trị).
    Administrator,
    /// The program itself: workers, a gateway's notification.
    System,
}

impl Role {
    /// Every role, in the order of the permission matrix.
    pub const ALL: [Self; 10] = [
        Self::Citizen,
        Self::Receptionist,
        Self::Specialist,
        Self::Leader,
        Self::PostClerk,
        Self::PostHead,
        Self::Accountant,
        Self::Monitor,
        Self::Administrator,
        Self::System,
    ];

    /// Whether this role works inside an agency's desk.
    #[must_use]
    pub fn is_officer(self) -> bool {
        matches!(self, Self::Receptionist | Self::Specialist | Self::Leader)
    }

    /// The name used in storage and in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Receptionist => "receptionist",
            Self::Specialist => "specialist",
            Self::Leader => "leader",
            Self::PostClerk => "post_clerk",
            Self::PostHead => "post_head",
            Self::Accountant => "accountant",
            Self::Monitor => "monitor",
            Self::Administrator => "administrator",
            Self::System => "system",
        }
    }

    /// Reads [`Role::as_str`] back.
    #[must_use]
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.as_str() == s)
    }
}

/// The person (or the program) behind a change, as the journal names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The account that acts.
    pub account: AccountId,
    /// Full name as it stood at the time.
    pub name: String,
    /// The role in which the account acts.
    pub role: Role,
    /// The agency or post office the person works for; none for citizens, monitors and administrators.
    pub agency: Option<AgencyCode>,
}

impl Actor {
    /// The program itself.
    #[must_use]
    pub fn system() -> Self {
        Self {
            account: AccountId::SYSTEM,
            name: "Hệ thống".to_owned(),
            role: Role::System,
            agency: None,
        }
    }
}
