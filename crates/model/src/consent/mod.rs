//! Filing for a person who stands at a post office: who she is as her card says, and that she agrees to this service being
//! filed by this office (Decision 45/2016/QĐ-TTg). Her agreement is for one service and one office, has a number, and can
//! be taken back at any time; what was agreed, and that it was taken back, is kept.

mod bearer;

pub use bearer::{Bearer, CardFields, CardProblem};

use crate::dossier::Refusal;
use crate::id::{AccountId, AgencyCode, DossierId, FileHash, ProcedureCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Wrong tries of a one-time code, after which that way of agreeing is closed for this filing.
pub const CODE_TRIES: u32 = 5;
/// Codes that may be sent for one filing.
pub const CODES_SENT: u32 = 3;

/// How somebody agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentWay {
    /// She signed on the screen.
    Signature,
    /// She signed the printed slip.
    Paper,
    /// She said the one-time code that came to her phone.
    Code,
    /// She cannot write: her thumbprint on the printed slip, before a witness.
    Witness,
}

impl ConsentWay {
    /// Every way, in the order of the page.
    pub const ALL: [Self; 4] = [Self::Signature, Self::Paper, Self::Code, Self::Witness];

    /// The name used in storage and forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::Paper => "paper",
            Self::Code => "code",
            Self::Witness => "witness",
        }
    }

    /// Reads [`ConsentWay::as_str`] back.
    #[must_use]
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|w| w.as_str() == s)
    }
}

/// Who saw the thumbprint being made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// Full name.
    pub name: String,
    /// Identity number.
    pub person_id: String,
}

/// That somebody agreed: what the journal keeps of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Number of the slip, such as `DY-24.02-2020-000001`.
    pub number: String,
    /// How.
    pub way: ConsentWay,
    /// The post office that may file and follow the dossier.
    pub office: AgencyCode,
    /// Who took it, as shown.
    pub clerk: String,
    /// When.
    pub at: Timestamp,
    /// The signature, or the picture of the thumbprinted slip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<FileHash>,
    /// The witness, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub witness: Option<Witness>,
}

/// That it was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentEnd {
    /// When.
    pub at: Timestamp,
    /// By whom, as shown.
    pub by: String,
    /// Why; may be empty: nobody has to say why she changed her mind.
    pub reason: String,
}

/// Where the agreement to one filing stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentState {
    /// She was told what is asked and has not answered.
    Asked,
    /// She agreed.
    Given,
    /// The dossier was filed under it.
    Used,
    /// She took it back.
    Revoked,
}

impl ConsentState {
    /// The name used in storage.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Given => "given",
            Self::Used => "used",
            Self::Revoked => "revoked",
        }
    }
}

/// One filing for a person who stands there, from the moment she was told what is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assisted {
    /// The draft, and the dossier that it becomes.
    pub id: DossierId,
    /// The service that she agrees to.
    pub procedure: ProcedureCode,
    /// The office that she agrees to.
    pub office: AgencyCode,
    /// Who files.
    pub clerk: AccountId,
    /// Who files, as shown.
    pub clerk_name: String,
    /// Who she is, as her card says; the clerk compared its photograph with her.
    pub bearer: Bearer,
    /// Her phone in E.164; empty where she has none.
    pub phone: String,
    /// Number of the slip.
    pub number: String,
    /// When she was told.
    pub asked_at: Timestamp,
    /// Where it stands.
    pub state: ConsentState,
    /// What she agreed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// That she took it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<ConsentEnd>,
}

impl Assisted {
    /// What somebody of `office` may go on with.
    ///
    /// # Errors
    /// [`Refusal::ConsentMissing`], [`Refusal::ConsentRevoked`]; [`Refusal::ConsentElsewhere`] for who works at another
    /// office by now.
    pub fn stands_for(&self, office: Option<&AgencyCode>) -> Result<&Consent, Refusal> {
        match (&self.state, &self.consent) {
            (ConsentState::Revoked, _) => Err(Refusal::ConsentRevoked),
            _ if office != Some(&self.office) => Err(Refusal::ConsentElsewhere),
            (ConsentState::Given | ConsentState::Used, Some(consent)) => Ok(consent),
            _ => Err(Refusal::ConsentMissing),
        }
    }

    /// Notes that she agreed.
    ///
    /// # Errors
    /// [`Refusal::ConsentRevoked`] after she took it back; [`Refusal::Overtaken`] when she agreed already.
    pub fn give(
        &mut self,
        way: ConsentWay,
        proof: Option<FileHash>,
        witness: Option<Witness>,
        at: Timestamp,
    ) -> Result<(), Refusal> {
        match self.state {
            ConsentState::Asked => {}
            ConsentState::Revoked => return Err(Refusal::ConsentRevoked),
            ConsentState::Given | ConsentState::Used => return Err(Refusal::Overtaken),
        }
        self.state = ConsentState::Given;
        self.consent = Some(Consent {
            number: self.number.clone(),
            way,
            office: self.office.clone(),
            clerk: self.clerk_name.clone(),
            at,
            proof,
            witness,
        });
        Ok(())
    }

    /// Notes that she took it back.
    ///
    /// # Errors
    /// [`Refusal::Overtaken`] when she did already; [`Refusal::ConsentMissing`] when she never agreed.
    pub fn revoke(&mut self, at: Timestamp, by: &str, reason: &str) -> Result<(), Refusal> {
        match self.state {
            ConsentState::Given | ConsentState::Used => {}
            ConsentState::Asked => return Err(Refusal::ConsentMissing),
            ConsentState::Revoked => return Err(Refusal::Overtaken),
        }
        self.state = ConsentState::Revoked;
        self.revoked = Some(ConsentEnd {
            at,
            by: by.to_owned(),
            reason: reason.to_owned(),
        });
        Ok(())
    }
}
