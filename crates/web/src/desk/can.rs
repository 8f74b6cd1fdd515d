//! What an officer's page offers now. It spares a press that would be refused; whether it may be done is asked again
//! by the use case.

use motcua_model::actor::Actor;
use motcua_model::dossier::{Channel, Dossier, Level, Status};
use motcua_model::permission::{Action, Relation, may};
use motcua_model::procedure::Procedure;

/// What may be done now, by this officer.
#[derive(Default)]
pub(super) struct Can {
    pub accept: bool,
    /// Level 4 waits for the payment before it can be accepted.
    pub unpaid: bool,
    pub refuse: bool,
    pub supplement: bool,
    pub forward: bool,
    pub propose: bool,
    pub finish: bool,
    pub approve: bool,
    pub send_back: bool,
    pub hand_over: bool,
    pub cash: bool,
    pub stop: bool,
    pub annul: bool,
    /// The person brings to the counter what was asked for.
    pub answer: bool,
}

impl Can {
    /// What an officer may do with it now: more where her own agency settles it than where it was filed at her counter.
    /// `acting` is the officer as she may do the step where it stands, in her own name or an absent colleague's.
    pub fn now(d: &Dossier, procedure: &Procedure, actor: &Actor, acting: Option<&Actor>) -> Self {
        let can = Self::as_role(d, procedure, acting.unwrap_or(actor));
        if acting.is_some() || !matches!(d.status, Status::InProcess(_)) {
            return can;
        }
        // A colleague holds it, or the step is another role's.
        Self {
            cash: can.cash,
            stop: can.stop,
            annul: can.annul,
            ..Self::default()
        }
    }

    fn as_role(d: &Dossier, procedure: &Procedure, actor: &Actor) -> Self {
        let (role, relation) = (actor.role, Relation::of(actor, d));
        let may = |action| may(role, action, relation);
        let asked = |before: bool| d.supplements.iter().any(|s| s.before_acceptance == before);
        let mut can = Self::default();
        match d.status {
            Status::Filed => {
                can.unpaid = d.level == Level::Four && d.channel == Channel::Online && d.fee_due() > 0;
                can.accept = may(Action::Accept) && !can.unpaid;
                can.refuse = may(Action::Refuse);
                can.supplement = may(Action::Accept) && may(Action::RequestSupplement) && !asked(true);
            }
            Status::Accepted => {
                can.forward = may(Action::Forward);
                can.supplement = can.forward && may(Action::RequestSupplement) && !asked(false);
            }
            Status::InProcess(stage) if stage.role == role => {
                let last = procedure.ways_on(stage.step).is_empty();
                can.propose = procedure.process.get(stage.step).is_some_and(|s| s.proposes) && !last;
                can.finish = !can.propose && !last;
                can.approve = last && may(Action::Approve);
                can.send_back = (stage.step > 0 || !d.trail.is_empty()) && may(Action::SendBack);
                can.supplement = may(Action::RequestSupplement) && !asked(false);
            }
            Status::AwaitingSupplement { .. } => can.answer = may(Action::Supplement),
            Status::Approved => can.hand_over = may(Action::Return) && d.awaits_signature().is_none(),
            _ => {}
        }
        let dropped = matches!(
            d.status,
            Status::Refused | Status::Withdrawn | Status::Stopped | Status::Annulled
        );
        can.cash = may(Action::RecordPayment) && d.fee_due() > 0 && !dropped;
        can.annul = may(Action::Annul) && !matches!(d.status, Status::Returned | Status::Annulled);
        can.stop = may(Action::Stop) && !d.status.is_final() && d.status != Status::Approved;
        can
    }

    /// Whether there is nothing at all.
    pub fn nothing(&self) -> bool {
        !(self.accept
            || self.refuse
            || self.supplement
            || self.forward
            || self.propose
            || self.finish
            || self.approve
            || self.send_back
            || self.hand_over
            || self.cash
            || self.answer)
    }
}
