//! What a dossier is at a moment: its journal folded up.

use super::filing::{Channel, Level, ReturnWay};
use super::holding::{Assignee, Done};
use super::keep::{Compared, Reused};
use super::money::{FeeShare, Refund};
use super::opinion::Opinion;
use super::parcel::{NamedReceiver, Parcel};
use super::result::{FormerResult, Revocation, Signature, Signer};
use super::running::{Apology, Extension, Recomputation, Wait};
use crate::actor::Role;
use crate::clock::{Remaining, Term};
use crate::consent::{Consent, ConsentEnd};
use crate::id::{AccountId, AgencyCode, DossierCode, DossierId, FileHash, OrderId, ProcedureCode};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The person whom the dossier is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    /// Full name, NFC, as typed.
    pub name: String,
    /// Number of the identity card (CCCD 12 digits or CMND 9 digits); empty where the form does not ask for it.
    pub person_id: String,
    /// Date of birth as typed, `dd/MM/yyyy`, `MM/yyyy` or `yyyy`; empty where the form does not ask for it.
    pub birth_date: String,
    /// Phone in E.164 (`+84912345678`); empty where there is none.
    pub phone: String,
    /// Mail address; empty where there is none.
    pub email: String,
    /// Address on one line.
    pub address: String,
    /// Code of the commune of that address, for the figures by place; empty where the form does not ask for it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub commune: String,
}

/// One paper attached to a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Which paper of the form's list this is (`id` of the paper rule).
    pub kind: String,
    /// Name of the file as the person named it.
    pub name: String,
    /// Content of the file.
    pub hash: FileHash,
    /// Size in bytes.
    pub size: u64,
    /// Media type found by content, such as `application/pdf`.
    pub media_type: String,
    /// The digital signatures in it, as they were when it came.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<Signature>,
    /// Who compared it with the original.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compared: Option<Compared>,
    /// Where it is from, when it is used again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reused: Option<Reused>,
}

/// A stage of the process: which step, and whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Index into the procedure's steps.
    pub step: usize,
    /// The role that has to act.
    pub role: Role,
}

/// Where a dossier stands. Finer than the national portal's ten states; see [`super::national_state`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Status {
    /// Sent, not yet looked at.
    Filed,
    /// Accepted, not yet handed to the department.
    Accepted,
    /// At a step of the process.
    InProcess(Stage),
    /// The person was asked for more; the clock stands still.
    AwaitingSupplement {
        /// The stage to go back to; none when the dossier was not yet handed to the department.
        back: Option<Stage>,
    },
    /// The person has to pay what the law says comes first; the clock stands still.
    AwaitingPayment {
        /// The stage to go back to.
        back: Stage,
    },
    /// The result is approved and waits to be returned.
    Approved,
    /// The person has the result.
    Returned,
    /// Not accepted, with a reason.
    Refused,
    /// Taken back by the person.
    Withdrawn,
    /// Ended by decision, with a reason.
    Stopped,
    /// It should never have been there: filed twice, or by mistake. Kept whole, counted nowhere.
    Annulled,
}

impl Status {
    /// The name used in storage, filters and style sheets.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::Accepted => "accepted",
            Self::InProcess(_) => "in_process",
            Self::AwaitingSupplement { .. } => "awaiting_supplement",
            Self::AwaitingPayment { .. } => "awaiting_payment",
            Self::Approved => "approved",
            Self::Returned => "returned",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Stopped => "stopped",
            Self::Annulled => "annulled",
        }
    }

    /// Whether nothing more can happen.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Returned | Self::Refused | Self::Withdrawn | Self::Stopped | Self::Annulled
        )
    }
}

/// How a fee was paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PaymentMethod {
    /// Through VNPAY.
    Vnpay,
    /// By a transfer with a VietQR code, told by the bank's notice.
    Vietqr,
    /// By a transfer that was found on the bank's statement.
    Transfer,
    /// Cash at the counter or the post office.
    Cash,
}

/// Money received for a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// How.
    pub method: PaymentMethod,
    /// Amount in VND.
    pub amount: u64,
    /// Number of the receipt, without gaps per agency and year, such as `BL-19.04-2020-000012`.
    pub receipt: String,
    /// The order, when paid through a gateway.
    pub order: Option<OrderId>,
    /// The gateway's own number of the transaction; empty for cash.
    pub reference: String,
    /// When.
    pub at: Timestamp,
}

/// One thing that lacks in a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lack {
    /// The field or the paper (`id` in the form); empty for something else.
    pub about: String,
    /// Name of the field or paper as shown.
    pub label: String,
    /// What is wrong and what would be right, in the officer's words.
    pub reason: String,
}

/// A request to supplement (Circular 01/2018, form 02).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplementRequest {
    /// When asked.
    pub at: Timestamp,
    /// Who asked, as shown.
    pub by: String,
    /// All that lacks, at once.
    pub lacks: Vec<Lack>,
    /// When answered.
    pub answered: Option<Timestamp>,
    /// Whether it was asked before acceptance.
    pub before_acceptance: bool,
}

/// The clock standing still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Since when.
    pub since: Timestamp,
    /// What was left of the term.
    pub remaining: Remaining,
}

/// What comes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The person gets the paper.
    Granted,
    /// The request is turned down, with a reason.
    Denied,
}

impl Outcome {
    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Denied => "denied",
        }
    }
}

/// What the specialist proposes and the leader decides on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Granted or denied.
    pub outcome: Outcome,
    /// What is certified (goes into the result paper), or why it is denied.
    pub text: String,
    /// Who proposed, as shown.
    pub by: String,
}

/// The approved result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultPaper {
    /// Granted or denied.
    pub outcome: Outcome,
    /// The PDF.
    pub hash: FileHash,
    /// Size in bytes.
    pub size: u64,
    /// Who approved, as shown.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Who has still to sign it, in order; empty when nobody does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to_sign: Vec<Signer>,
    /// The digital signatures in it, in order; empty where the installation has no signing service.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<Signature>,
    /// It was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Revocation>,
}

/// How the result reached the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    /// The way.
    pub way: ReturnWay,
    /// Who took it (name and the last digits of the identity card); empty for online.
    pub taken_by: String,
    /// When.
    pub at: Timestamp,
    /// What proves it; none where only the name was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<TakenProof>,
}

/// What proves who took a result: at least one of its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenProof {
    /// Last digits of the identity card, or all of them; empty where none were noted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id_digits: String,
    /// The signature as it was drawn, a PNG.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<FileHash>,
    /// Number of the paper that was signed instead; empty where none was.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub paper_number: String,
}

/// One line of the dossier's history as anybody who may see it reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// When.
    pub at: Timestamp,
    /// Which event (its [`crate::dossier::Event::kind`]).
    pub kind: String,
    /// Who, as shown.
    pub by: String,
    /// The reason or note that came with it; empty for most.
    pub note: String,
    /// Number of the paper that it issued, such as `12/TNHS`; empty for most.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub paper: String,
}

/// A dossier (hồ sơ).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossier {
    /// Identifier.
    pub id: DossierId,
    /// How many events it has; the lock of every change.
    pub version: u64,
    /// The code printed on the slip.
    pub code: DossierCode,
    /// The procedure.
    pub procedure: ProcedureCode,
    /// Version of the form that the answers were given to.
    pub form_version: u32,
    /// The agency that settles it.
    pub agency: AgencyCode,
    /// Level at which it was filed.
    pub level: Level,
    /// How it came in.
    pub channel: Channel,
    /// The account it belongs to; none when filed at a counter for a person without one.
    pub owner: Option<AccountId>,
    /// Where it was filed, when at a counter or a post office.
    pub filed_at_office: Option<AgencyCode>,
    /// The person.
    pub applicant: Applicant,
    /// The answers, field by field.
    pub answers: BTreeMap<String, serde_json::Value>,
    /// The papers.
    pub papers: Vec<Paper>,
    /// How the result is wanted.
    pub return_way: ReturnWay,
    /// The fee in VND.
    pub fee: u64,
    /// What the fee consists of; see [`Dossier::shares`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fee_shares: Vec<FeeShare>,
    /// What was paid.
    pub payments: Vec<Payment>,
    /// Money that came though nothing was due: it goes back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub surplus: Vec<Payment>,
    /// References of payments that the bank took back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub charged_back: Vec<String>,
    /// What goes back, or is proposed to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refunds: Vec<Refund>,
    /// Where it stands.
    pub status: Status,
    /// Role that has to act next within the agency; kept in the row for inboxes.
    pub filed_at: Timestamp,
    /// Acceptance or refusal is due then: 8 working hours from filing.
    pub acknowledge_by: Timestamp,
    /// When accepted.
    pub accepted_at: Option<Timestamp>,
    /// The term as the procedure had it at acceptance.
    pub term: Option<Term>,
    /// The due date (hẹn trả); moved by stops.
    pub due: Option<Timestamp>,
    /// The clock stands still.
    pub pause: Option<Pause>,
    /// Requests to supplement.
    pub supplements: Vec<SupplementRequest>,
    /// The specialist's proposal.
    pub proposal: Option<Proposal>,
    /// The result.
    pub result: Option<ResultPaper>,
    /// The return.
    pub returned: Option<Returned>,
    /// Files that once were the result, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_results: Vec<FormerResult>,
    /// Who holds it at its step; none where nobody was named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<Assignee>,
    /// The steps that were done, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trail: Vec<Done>,
    /// What officers filled in at its steps.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub filled: BTreeMap<String, serde_json::Value>,
    /// Waits for a payment that stopped the clock.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waits: Vec<Wait>,
    /// How the term was made longer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<Extension>,
    /// Letters of apology with a new date.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apologies: Vec<Apology>,
    /// How its dates moved with working time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recomputed: Vec<Recomputation>,
    /// What goes, went or came by the post.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parcels: Vec<Parcel>,
    /// Who may take the result in her place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receiver: Option<NamedReceiver>,
    /// That the person agreed to a post office acting for her.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
    /// That she took it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent_revoked: Option<ConsentEnd>,
    /// Others who were asked at its steps, and what they answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub opinions: Vec<Opinion>,
    /// What happened, in order.
    pub moments: Vec<Moment>,
}

impl Dossier {
    /// VND still to be paid.
    #[must_use]
    pub fn fee_due(&self) -> u64 {
        self.fee.saturating_sub(self.paid())
    }

    /// Whether it cannot be accepted before the person has paid online: level 4, filed by herself, with a fee that is due.
    #[must_use]
    pub fn awaits_payment(&self) -> bool {
        self.status == Status::Filed && self.level == Level::Four && self.channel == Channel::Online && self.fee_due() > 0
    }

    /// Whose turn it is: a role of the agency, the citizen while she is asked for more, nobody at the end.
    #[must_use]
    pub fn turn(&self) -> Option<Role> {
        match self.status {
            Status::Filed | Status::Accepted | Status::Approved => Some(Role::Receptionist),
            Status::InProcess(stage) => Some(stage.role),
            Status::AwaitingSupplement { .. } | Status::AwaitingPayment { .. } => Some(Role::Citizen),
            Status::Returned | Status::Refused | Status::Withdrawn | Status::Stopped | Status::Annulled => None,
        }
    }

    /// By when somebody of the agency has to act; none while the clock stands still or nothing more can happen.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        match self.status {
            Status::Filed => Some(self.acknowledge_by),
            Status::Accepted | Status::InProcess(_) | Status::Approved => self.due,
            Status::AwaitingSupplement { .. }
            | Status::AwaitingPayment { .. }
            | Status::Returned
            | Status::Refused
            | Status::Withdrawn
            | Status::Stopped
            | Status::Annulled => None,
        }
    }

    /// The supplement request that was asked and not yet answered.
    #[must_use]
    pub fn open_supplement(&self) -> Option<&SupplementRequest> {
        self.supplements.iter().find(|s| s.answered.is_none())
    }
}
