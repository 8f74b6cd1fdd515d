//! Who may do what to which dossier: one total `match`, nothing else decides.
//!
//! The whole matrix is kept as a reviewed snapshot in `tests/it/`.

use crate::actor::{Actor, Role};
use crate::dossier::{Assignee, Dossier, Status};
use crate::id::AccountId;

/// Something that a person may want to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// Send a new dossier.
    Submit,
    /// Read the dossier with its answers and papers.
    View,
    /// Note cash or a gateway's notification.
    RecordPayment,
    /// Note what a gateway or a bank tells, whatever was due.
    ReceiveMoney,
    /// See what was due, came and went back, and nothing else of the dossier.
    ViewMoney,
    /// Make the fee another.
    ChangeFee,
    /// Propose that money goes back.
    ProposeRefund,
    /// Approve or reject a refund.
    DecideRefund,
    /// Pay a refund out.
    PayRefund,
    /// Begin an online payment.
    Pay,
    /// Accept.
    Accept,
    /// Refuse.
    Refuse,
    /// Ask for a supplement.
    RequestSupplement,
    /// Answer a supplement request.
    Supplement,
    /// Take it back.
    Withdraw,
    /// Hand to the department.
    Forward,
    /// Do a step.
    FinishStep,
    /// Send back a step.
    SendBack,
    /// Approve.
    Approve,
    /// Note that a paper was compared with its original.
    ComparePaper,
    /// Note that the result was signed.
    SignResult,
    /// Take a result back.
    RevokeResult,
    /// Put another result into the place of one that was given.
    ReplaceResult,
    /// Give the result.
    Return,
    /// End by decision.
    Stop,
    /// Name who holds it at its step.
    Assign,
    /// Make the term longer.
    Extend,
    /// Apologise for being late, with a new date.
    Apologise,
    /// Let the person pay first.
    AskPayment,
    /// Note that she has paid.
    ConfirmPayment,
    /// Compute the dates anew.
    RecomputeDue,
    /// Hand to the agency that took over.
    HandOver,
    /// Ask the post to carry something, call it off, explain what it told.
    SendParcel,
    /// Note what the post tells.
    NoteParcel,
    /// Bring a parcel on a delivery round.
    DeliverParcel,
    /// Name who may take the result in her place.
    NameReceiver,
    /// Take back that a post office may act for the person.
    RevokeConsent,
    /// Answer what one was asked at a step.
    GiveOpinion,
    /// Note that who was asked said nothing in her time.
    NoteSilence,
    /// Annul.
    Annul,
}

impl Action {
    /// Every action, in the order of the matrix.
    pub const ALL: [Self; 40] = [
        Self::Submit,
        Self::View,
        Self::Pay,
        Self::RecordPayment,
        Self::ReceiveMoney,
        Self::ViewMoney,
        Self::ChangeFee,
        Self::ProposeRefund,
        Self::DecideRefund,
        Self::PayRefund,
        Self::Accept,
        Self::Refuse,
        Self::RequestSupplement,
        Self::Supplement,
        Self::Withdraw,
        Self::Forward,
        Self::FinishStep,
        Self::SendBack,
        Self::Approve,
        Self::ComparePaper,
        Self::SignResult,
        Self::RevokeResult,
        Self::ReplaceResult,
        Self::Return,
        Self::Stop,
        Self::Assign,
        Self::Extend,
        Self::Apologise,
        Self::AskPayment,
        Self::ConfirmPayment,
        Self::RecomputeDue,
        Self::HandOver,
        Self::SendParcel,
        Self::NoteParcel,
        Self::DeliverParcel,
        Self::NameReceiver,
        Self::RevokeConsent,
        Self::GiveOpinion,
        Self::NoteSilence,
        Self::Annul,
    ];
}

/// How an actor stands to a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// It is hers.
    Owner,
    /// Her agency settles it.
    SameAgency,
    /// Her agency was asked at one of its steps.
    Asked,
    /// It was filed at her counter or post office.
    FiledHere,
    /// Her post office brings a parcel of it.
    Delivers,
    /// The agency that settled it was closed, and hers took over.
    Successor,
    /// The owner lets her act for her, see [`crate::mandate`].
    Authorised,
    /// None of these.
    Stranger,
}

impl Relation {
    /// Every relation, in the order of the matrix.
    pub const ALL: [Self; 8] = [
        Self::Owner,
        Self::SameAgency,
        Self::Asked,
        Self::FiledHere,
        Self::Delivers,
        Self::Successor,
        Self::Authorised,
        Self::Stranger,
    ];

    /// How `actor` stands to `dossier`; the nearest relation counts. Who succeeded whom is not the dossier's to know:
    /// [`Relation::Successor`] is added by who knows the organisation, [`Relation::Authorised`] by who
    /// knows the mandates.
    #[must_use]
    pub fn of(actor: &Actor, dossier: &Dossier) -> Self {
        if dossier.owner == Some(actor.account) {
            Self::Owner
        } else if actor.role == Role::Accountant && actor.agency.is_none() {
            // The province's accountant answers for every agency's money.
            Self::SameAgency
        } else if (actor.role.is_officer() || actor.role == Role::Accountant) && actor.agency.as_ref() == Some(&dossier.agency) {
            Self::SameAgency
        } else if actor.agency.is_some()
            && actor.agency == dossier.filed_at_office
            && match actor.role {
                Role::Receptionist => true,
                Role::PostClerk => dossier.consent_revoked.is_none(),
                _ => false,
            }
        {
            Self::FiledHere
        } else if actor.role.is_officer()
            && dossier
                .opinions
                .iter()
                .any(|o| actor.agency.as_ref() == Some(&o.asked.agency))
        {
            Self::Asked
        } else if actor.agency.is_some() && actor.agency == dossier.filed_at_office && actor.role != Role::PostClerk {
            Self::FiledHere
        } else if actor.role == Role::PostClerk && dossier.parcels.iter().any(|p| Some(&p.order.office) == actor.agency.as_ref())
        {
            Self::Delivers
        } else {
            Self::Stranger
        }
    }
}

/// Whether a role in this relation may take this action.
#[must_use]
pub fn may(role: Role, action: Action, relation: Relation) -> bool {
    use Action as A;
    use Relation as R;
    match role {
        Role::Citizen => match relation {
            R::Owner => matches!(
                action,
                A::Submit | A::View | A::Pay | A::Supplement | A::Withdraw | A::RevokeConsent | A::SendParcel | A::NameReceiver
            ),
            // She gives up nothing that is another's: taking it back is the owner's alone.
            R::Authorised => matches!(action, A::Submit | A::View | A::Pay | A::Supplement),
            R::SameAgency | R::Asked | R::FiledHere | R::Delivers | R::Successor | R::Stranger => matches!(action, A::Submit),
        },
        Role::Receptionist => match relation {
            R::SameAgency => matches!(
                action,
                A::Submit
                    | A::View
                    | A::RecordPayment
                    | A::Accept
                    | A::Refuse
                    | A::RequestSupplement
                    | A::Supplement
                    | A::Forward
                    | A::Return
                    | A::ComparePaper
                    | A::Apologise
                    | A::ConfirmPayment
                    | A::SendParcel
                    | A::RevokeConsent
                    | A::GiveOpinion
            ),
            R::Asked => matches!(action, A::Submit | A::View | A::GiveOpinion),
            // Filed at her counter for another agency: she follows it and takes what lacked, and decides nothing.
            R::FiledHere => matches!(
                action,
                A::Submit | A::View | A::RecordPayment | A::Supplement | A::ComparePaper
            ),
            // What the closed agency finished may be read, and nothing else.
            R::Successor => matches!(action, A::Submit | A::View),
            R::Owner | R::Delivers | R::Authorised | R::Stranger => matches!(action, A::Submit),
        },
        Role::Specialist => match relation {
            R::SameAgency => matches!(
                action,
                A::View
                    | A::RequestSupplement
                    | A::FinishStep
                    | A::SendBack
                    | A::ComparePaper
                    | A::Assign
                    | A::Apologise
                    | A::AskPayment
                    | A::ConfirmPayment
                    | A::GiveOpinion
            ),
            // Who was asked answers, answers for being late, and says that a tax of hers was paid.
            R::Asked => matches!(action, A::View | A::GiveOpinion | A::Apologise | A::ConfirmPayment),
            R::Successor => matches!(action, A::View),
            R::Owner | R::FiledHere | R::Delivers | R::Authorised | R::Stranger => false,
        },
        Role::Leader => match relation {
            R::SameAgency => matches!(
                action,
                A::View
                    | A::FinishStep
                    | A::SendBack
                    | A::Approve
                    | A::RevokeResult
                    | A::ReplaceResult
                    | A::Stop
                    | A::Assign
                    | A::ViewMoney
                    | A::DecideRefund
                    | A::Extend
                    | A::Apologise
                    | A::GiveOpinion
                    | A::NoteSilence
                    | A::Annul
            ),
            R::Asked => matches!(action, A::View | A::GiveOpinion | A::Apologise),
            R::Successor => matches!(action, A::View),
            R::Owner | R::FiledHere | R::Delivers | R::Authorised | R::Stranger => false,
        },
        Role::PostClerk => match relation {
            // What was filed at her office may also be delivered by it: whose parcel it is, the use case asks.
            R::FiledHere => matches!(
                action,
                A::Submit | A::View | A::RecordPayment | A::Supplement | A::RevokeConsent | A::DeliverParcel
            ),
            // Name and address of who gets the parcel, and nothing else of the dossier.
            R::Delivers => matches!(action, A::Submit | A::DeliverParcel),
            R::Owner | R::SameAgency | R::Asked | R::Successor | R::Authorised | R::Stranger => matches!(action, A::Submit),
        },
        Role::Accountant => match relation {
            R::SameAgency => matches!(
                action,
                A::ViewMoney | A::ChangeFee | A::ProposeRefund | A::DecideRefund | A::PayRefund
            ),
            R::Owner | R::Asked | R::FiledHere | R::Delivers | R::Authorised | R::Successor | R::Stranger => false,
        },
        Role::System => matches!(
            action,
            A::RecordPayment
                | A::ReceiveMoney
                | A::PayRefund
                | A::RecomputeDue
                | A::HandOver
                | A::SignResult
                | A::SendParcel
                | A::NoteParcel
                | A::NoteSilence
        ),
        // The monitor and the head of a post office see figures and the administrator sees accounts and jobs; none of them sees a dossier. The administrator
        // hands over what a closed agency left, unseen.
        Role::Administrator => matches!(action, A::HandOver),
        Role::Monitor | Role::PostHead => false,
    }
}

/// Who else holds the dossier, when `action` is its holder's alone. `answers_for` is whom the actor answers for: herself, or
/// the absent colleague in whose place she acts.
#[must_use]
pub fn held_by_other(dossier: &Dossier, action: Action, answers_for: AccountId) -> Option<&Assignee> {
    let at_step = matches!(dossier.status, Status::InProcess(_))
        && matches!(
            action,
            Action::FinishStep | Action::SendBack | Action::Approve | Action::RequestSupplement | Action::AskPayment
        );
    dossier.assignee.as_ref().filter(|a| at_step && a.account != answers_for)
}

/// Whether the step is this role's, for an action that belongs to a step; any other action belongs to none.
#[must_use]
pub fn step_is_of(dossier: &Dossier, action: Action, role: Role) -> bool {
    match (&dossier.status, action) {
        (
            Status::InProcess(stage),
            Action::FinishStep | Action::SendBack | Action::Approve | Action::RequestSupplement | Action::AskPayment,
        ) => stage.role == role,
        (_, Action::GiveOpinion) => dossier.open_opinions().any(|o| o.asked.role == role),
        _ => true,
    }
}
