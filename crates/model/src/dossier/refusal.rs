//! Why a command does not go through. The words for a person are in `motcua-words`.

use crate::clock::ClockError;
use crate::procedure::Closed;

/// A reason that a person understands, with what would be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The actor may not do this to this dossier.
    #[error("not permitted")]
    NotPermitted,
    /// A colleague (or the person) was faster: the dossier is no longer as it was on the page.
    #[error("the dossier changed meanwhile")]
    Overtaken,
    /// There is no such dossier, or the actor may not know of it.
    #[error("no such dossier")]
    NotFound,
    /// The service takes no new requests: since when, until when, and why.
    #[error("the service is closed to new requests since {}", .0.from)]
    ServiceClosed(Box<Closed>),
    /// It was already sent: the same submit came twice.
    #[error("already submitted")]
    AlreadySubmitted,
    /// This cannot be done while the dossier stands where it stands.
    #[error("not possible while the dossier is {status}")]
    WrongStatus {
        /// Where it stands ([`super::Status::as_str`]).
        status: &'static str,
    },
    /// The step is another role's.
    #[error("this step belongs to another role")]
    NotYourStep,
    /// A colleague holds the dossier at this step.
    #[error("{name} holds it at this step")]
    HeldByOther {
        /// Who.
        name: String,
    },
    /// This officer does not work at the step: another role or another agency.
    #[error("{name} does not work at this step")]
    NotThatOfficer {
        /// Who.
        name: String,
    },
    /// The term was made longer as often as it may be.
    #[error("the term may be made longer {times} times")]
    AlreadyExtended {
        /// How often it may be.
        times: u32,
    },
    /// An extension is too long, or none.
    #[error("an extension has 1 to {most} days")]
    ExtensionLength {
        /// The most days.
        most: u32,
    },
    /// The term has ended: it cannot be made longer any more.
    #[error("the term has ended already")]
    AlreadyLate,
    /// This agency has apologised once for this dossier (Decree 61/2018).
    #[error("this agency has apologised once")]
    AlreadyApologised,
    /// The day is off.
    #[error("the day is off")]
    NotAWorkingDay,
    /// The new date must be after the old one, and after today.
    #[error("the new date must be later")]
    DateNotLater,
    /// A reason is needed and none was given.
    #[error("a reason is needed")]
    ReasonMissing,
    /// The text is too long.
    #[error("the text is longer than {max} characters")]
    TextTooLong {
        /// How many characters are allowed.
        max: usize,
    },
    /// A supplement request names nothing that lacks.
    #[error("a supplement request must say what lacks")]
    NothingLacks,
    /// A supplement was already asked once in this phase (Decree 61/2018: all at once, once).
    #[error("a supplement was already asked once")]
    AlreadyAsked,
    /// The answer to a supplement request brings something that was not asked for.
    #[error("{about} was not asked for")]
    NotAsked {
        /// Which field or paper (its identifier in the form).
        about: String,
    },
    /// The answer to a supplement request leaves something out.
    #[error("the answer leaves out {about}")]
    SupplementIncomplete {
        /// Which field or paper (its label).
        about: String,
    },
    /// The fee must be paid first.
    #[error("{due} VND must be paid first")]
    FeeUnpaid {
        /// VND still due.
        due: u64,
    },
    /// There is nothing to pay.
    #[error("nothing is due")]
    NothingDue,
    /// The amount differs from what is due.
    #[error("{due} VND are due")]
    WrongAmount {
        /// VND due.
        due: u64,
    },
    /// This very money was booked before.
    #[error("this money was booked before")]
    AlreadyPaid,
    /// More than what can still go back of this payment.
    #[error("at most {left} VND can go back")]
    TooMuchBack {
        /// VND that can still go back.
        left: u64,
    },
    /// Who proposed a refund does not decide on it.
    #[error("a second person must decide")]
    SamePerson,
    /// Above this amount a leader or the province's accountant decides.
    #[error("above {limit} VND a leader decides")]
    OverLimit {
        /// VND.
        limit: u64,
    },
    /// The fee cannot change while money goes back.
    #[error("a refund is under way")]
    RefundUnderWay,
    /// The specialist's proposal is missing.
    #[error("a proposal is needed")]
    ProposalMissing,
    /// No branch of the process takes this case.
    #[error("no branch of the process takes this case")]
    NoWayOn,
    /// The result waits for the signing service.
    #[error("the result is not signed yet")]
    SignaturePending,
    /// The result was taken back before.
    #[error("the result was taken back already")]
    ResultRevoked,
    /// The result cannot be given in this way.
    #[error("the result cannot be given in this way")]
    WayNotOffered,
    /// Who took the result must be noted.
    #[error("who took the result must be noted")]
    TakerMissing,
    /// This was told before.
    #[error("this was told before")]
    AlreadyKnown,
    /// A parcel is under way.
    #[error("a parcel is under way")]
    ParcelUnderWay,
    /// The parcel is not where this could be done to it.
    #[error("the parcel is not where this could be done")]
    ParcelElsewhere,
    /// Name or last four digits of the identity card are missing.
    #[error("a name and the last four digits of the identity card are needed")]
    ReceiverUnclear,
    /// Only the person herself, or whom she named, may take it.
    #[error("only she herself or whom she named may take it")]
    ReceiverNotNamed,
    /// A delivery needs a proof.
    #[error("a delivery needs a proof")]
    ProofMissing,
    /// The delivery code is wrong.
    #[error("the delivery code is wrong")]
    CodeWrong,
    /// The delivery code was typed wrongly too often.
    #[error("the delivery code was typed wrongly too often")]
    CodeSpent,
    /// The person has not agreed that this office files for her.
    #[error("the person has not agreed")]
    ConsentMissing,
    /// She took her agreement back.
    #[error("the person took her agreement back")]
    ConsentRevoked,
    /// She agreed to another office.
    #[error("the person agreed to another office")]
    ConsentElsewhere,
    /// The mandate under which she acts for another is over.
    #[error("the mandate is over")]
    MandateOver,
    /// Cash goes into an open till, and she has none.
    #[error("no till is open")]
    NoTill,
    /// Her till of another day is open still.
    #[error("the till of {day} is not closed")]
    TillNotClosed {
        /// Its day.
        day: jiff::civil::Date,
    },
    /// Her till of the office she worked at before is open still.
    #[error("the till of another office is not closed")]
    TillElsewhere,
    /// Of an identity number four to twelve digits are noted.
    #[error("an identity number has digits only, four to twelve of them")]
    TakerDigits,
    /// The step waits for opinions.
    #[error("the step waits for {names}")]
    OpinionsAwaited {
        /// What they are about.
        names: String,
    },
    /// This officer was not asked for this opinion.
    #[error("this opinion is another agency's or role's")]
    NotYourOpinion,
    /// A colleague answered before.
    #[error("{by} has answered")]
    OpinionGiven {
        /// Who.
        by: String,
    },
    /// A paper must come with the answer.
    #[error("{name} needs a paper")]
    PaperMissing {
        /// What the opinion is about.
        name: String,
    },
    /// There is no agency that could be asked.
    #[error("nobody can be asked for {name}")]
    NoPartner {
        /// What the opinion is about.
        name: String,
    },
    /// An agency that was asked apologises for its own answer that is late, and for nothing else.
    #[error("the agency's answer is not late")]
    NotLate,
    /// The calendar cannot tell.
    #[error(transparent)]
    Clock(#[from] ClockError),
}
