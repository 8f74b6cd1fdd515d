//! The till of one clerk of a post office on one day: opened with what is in it, filled by receipts, counted, closed. Nobody
//! closes her own difference: a head of the office confirms it.

use crate::actor::{Actor, Role};
use crate::dossier::Refusal;
use crate::id::{AccountId, AgencyCode, TillId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Longest reason of a difference, in characters.
pub const REASON_MAX: usize = 500;

/// Where a till stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TillState {
    /// Cash goes in.
    Open,
    /// Counted with a difference: a head of the office has to confirm it.
    Counted,
    /// Over; the cash is on its way to the treasury.
    Closed,
}

impl TillState {
    /// The name used in storage and style sheets.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Counted => "counted",
            Self::Closed => "closed",
        }
    }
}

/// What was counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// VND in the till, with what it was opened with.
    pub counted: u64,
    /// Why it is not what was expected; empty where it is.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// Who confirmed a difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// The account.
    pub account: AccountId,
    /// Who, as shown.
    pub name: String,
    /// When.
    pub at: Timestamp,
}

/// A till.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Till {
    /// Identifier.
    pub id: TillId,
    /// Whose office.
    pub office: AgencyCode,
    /// Whose till.
    pub clerk: AccountId,
    /// Whose till, as shown.
    pub clerk_name: String,
    /// Of which day.
    pub day: Date,
    /// VND that were in it when it was opened.
    pub opening: u64,
    /// VND that came in by receipts.
    pub taken: u64,
    /// Where it stands.
    pub state: TillState,
    /// What was counted last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<Count>,
    /// Who confirmed the difference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Confirmation>,
    /// Number of the deposit slip; empty before it is closed.
    #[serde(default)]
    pub deposit: String,
}

/// Why a till cannot be had that way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TillProblem {
    /// She has an open till already.
    AlreadyOpen,
    /// It is another clerk's, or another office's.
    NotYours,
    /// It is counted or closed already.
    NotOpen,
    /// Nothing waits to be confirmed.
    NotCounted,
    /// A difference needs a reason.
    ReasonMissing,
    /// The reason is too long.
    ReasonTooLong,
    /// Nobody confirms her own difference.
    SamePerson,
    /// Cash came in since the page was made.
    Overtaken,
}

impl Till {
    /// VND that should be in it.
    #[must_use]
    pub fn expected(&self) -> u64 {
        self.opening + self.taken
    }

    /// Counted less expected, in VND; none before it was counted.
    #[must_use]
    pub fn difference(&self) -> Option<i64> {
        let counted = self.count.as_ref()?.counted;
        Some(counted.cast_signed() - self.expected().cast_signed())
    }

    /// VND to be deposited: what is in it beyond what it was opened with.
    #[must_use]
    pub fn to_deposit(&self) -> u64 {
        let counted = self.count.as_ref().map_or(0, |c| c.counted);
        counted.saturating_sub(self.opening)
    }

    /// Whether cash of today may go in, taken at this office.
    ///
    /// # Errors
    /// [`Refusal::TillElsewhere`] for a till of the office she worked at before; [`Refusal::TillNotClosed`] for one of an
    /// earlier day.
    pub fn takes(&self, office: &AgencyCode, today: Date) -> Result<(), Refusal> {
        if self.office != *office {
            Err(Refusal::TillElsewhere)
        } else if self.day != today {
            Err(Refusal::TillNotClosed { day: self.day })
        } else {
            Ok(())
        }
    }

    /// The clerk says what she counted: without a difference it is closed, with one it waits for a head.
    ///
    /// # Errors
    /// [`TillProblem::NotYours`], [`TillProblem::NotOpen`], [`TillProblem::ReasonMissing`], [`TillProblem::ReasonTooLong`].
    pub fn count(&mut self, clerk: AccountId, counted: u64, reason: &str, at: Timestamp) -> Result<(), TillProblem> {
        if self.clerk != clerk {
            return Err(TillProblem::NotYours);
        }
        if self.state != TillState::Open {
            return Err(TillProblem::NotOpen);
        }
        let reason = reason.trim();
        if reason.chars().count() > REASON_MAX {
            return Err(TillProblem::ReasonTooLong);
        }
        let right = counted == self.expected();
        if !right && reason.is_empty() {
            return Err(TillProblem::ReasonMissing);
        }
        self.count = Some(Count {
            counted,
            reason: if right { String::new() } else { reason.to_owned() },
            at,
        });
        self.state = if right { TillState::Closed } else { TillState::Counted };
        Ok(())
    }

    /// A head of the office confirms the difference.
    ///
    /// # Errors
    /// [`TillProblem::SamePerson`], [`TillProblem::NotYours`] at another office, [`TillProblem::NotCounted`].
    pub fn confirm(&mut self, head: &Actor, at: Timestamp) -> Result<(), TillProblem> {
        self.may_judge(head)?;
        self.confirmed = Some(Confirmation {
            account: head.account,
            name: head.name.clone(),
            at,
        });
        self.state = TillState::Closed;
        Ok(())
    }

    /// A head of the office lets it be counted again.
    ///
    /// # Errors
    /// As [`Till::confirm`].
    pub fn count_again(&mut self, head: &Actor) -> Result<(), TillProblem> {
        self.may_judge(head)?;
        self.state = TillState::Open;
        Ok(())
    }

    fn may_judge(&self, head: &Actor) -> Result<(), TillProblem> {
        if head.account == self.clerk {
            return Err(TillProblem::SamePerson);
        }
        if head.role != Role::PostHead || head.agency.as_ref() != Some(&self.office) {
            return Err(TillProblem::NotYours);
        }
        if self.state != TillState::Counted {
            return Err(TillProblem::NotCounted);
        }
        Ok(())
    }
}

/// What one agency gets of a closed till, in VND.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// Which agency.
    pub agency: AgencyCode,
    /// What its receipts say.
    pub expected: u64,
    /// What reaches the treasury of it.
    pub counted: u64,
}

/// Divides what was counted among the agencies whose fees were taken: what is missing goes off the largest first, what is
/// too much is put to the largest. What is missing beyond all takings was missing of the opening amount: that is the
/// post office's own.
#[must_use]
pub fn shares(taken: &[(AgencyCode, u64)], difference: i64) -> Vec<Share> {
    let mut shares: Vec<Share> = taken
        .iter()
        .filter(|(_, amount)| *amount > 0)
        .map(|(agency, amount)| Share {
            agency: agency.clone(),
            expected: *amount,
            counted: *amount,
        })
        .collect();
    shares.sort_by(|a, b| b.expected.cmp(&a.expected).then_with(|| a.agency.cmp(&b.agency)));
    let mut missing = if difference < 0 { difference.unsigned_abs() } else { 0 };
    for share in &mut shares {
        let off = missing.min(share.counted);
        share.counted -= off;
        missing -= off;
    }
    if let (Some(first), true) = (shares.first_mut(), difference > 0) {
        first.counted += difference.unsigned_abs();
    }
    shares
}
