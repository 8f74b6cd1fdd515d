//! What follows from commands about parcels, and what a dossier becomes with them.

use super::Context;
use super::decide::{needed, only, short, wrong};
use super::decide_money as money;
use super::event::{Event, Recorded};
use super::filing::ReturnWay;
use super::parcel::{
    CODE_TRIES, Difference, NamedReceiver, Parcel, ParcelDifference, ParcelEvent, ParcelKind, ParcelOrder, ParcelState,
    PostNotice, Proof,
};
use super::refusal::Refusal;
use super::state::{Dossier, Payment, PaymentMethod, Status};
use crate::actor::Role;
use crate::permission::Action;

/// Digits of an identity card that are noted.
const ID_LAST: usize = 4;

/// What may be wanted of a parcel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParcelCommand {
    /// Ask the post to carry it.
    Order(Box<ParcelOrder>),
    /// Note that the post took the order.
    Register {
        /// The post's own number.
        tracking: String,
        /// What it charges, in VND.
        price: u64,
    },
    /// Note what the post tells.
    Notice(Box<PostNotice>),
    /// Note what a clerk of our own post office did on her round.
    Visit(Box<Visit>),
    /// Call it off; only before the post has it.
    Cancel {
        /// Why.
        reason: String,
    },
    /// Note that the post will not carry it.
    Decline {
        /// What it said.
        why: String,
    },
    /// Say what a difference was.
    Explain {
        /// The notice's running number.
        seq: u32,
        /// What it was.
        reason: String,
    },
    /// Name somebody who may take it.
    NameReceiver {
        /// Who.
        name: String,
        /// Last four digits of that person's identity card.
        id_last: String,
    },
}

/// A stop of a delivery round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// What happened: out for delivery, failed, held, delivered, returning or returned.
    pub state: ParcelState,
    /// Where: the clerk's post office.
    pub place: String,
    /// Why a try failed.
    pub reason: String,
    /// Whether the receiver is the person herself; otherwise only who was named may take it.
    pub herself: bool,
    /// The code that was said; empty for none.
    pub code: String,
    /// VND that were collected.
    pub collected: u64,
    /// Proof of a delivery.
    pub proof: Proof,
}

impl ParcelCommand {
    /// The action that permission is asked for.
    #[must_use]
    pub fn action(&self) -> Action {
        match self {
            Self::Order(_) | Self::Cancel { .. } | Self::Explain { .. } => Action::SendParcel,
            Self::Register { .. } | Self::Notice(_) | Self::Decline { .. } => Action::NoteParcel,
            Self::Visit(_) => Action::DeliverParcel,
            Self::NameReceiver { .. } => Action::NameReceiver,
        }
    }
}

/// Decides about a parcel; `number` is 0 where none is meant yet.
pub(super) fn decide(d: &Dossier, number: u32, command: ParcelCommand, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    let event = |what| Event::Parcel { parcel: number, what };
    match command {
        ParcelCommand::Order(asked) => order(d, *asked, cx),
        ParcelCommand::NameReceiver { name, id_last } => {
            only(d, !d.status.is_final())?;
            let name = short(name)?;
            if name.is_empty() || !is_id_last(&id_last) {
                return Err(Refusal::ReceiverUnclear);
            }
            Ok(vec![event(ParcelEvent::ReceiverNamed { name, id_last })])
        }
        ParcelCommand::Register { tracking, price } => {
            let p = d.parcel(number).ok_or(Refusal::NotFound)?;
            if !p.tracking.is_empty() || !p.is_open() {
                return Err(Refusal::AlreadyKnown);
            }
            let mut events = Vec::new();
            if price != p.order.price {
                // Not a station of the parcel: number 0 is never the post's.
                let notice = PostNotice {
                    seq: 0,
                    state: ParcelState::Accepted,
                    at: cx.now,
                    place: String::new(),
                    reason: format!("{price}"),
                    collected: 0,
                    proof: None,
                };
                events.push(event(ParcelEvent::Differs {
                    notice,
                    why: ParcelDifference::OtherPrice,
                }));
            }
            events.insert(0, event(ParcelEvent::Registered { tracking, price }));
            Ok(events)
        }
        ParcelCommand::Notice(told) => notice(d, number, *told, cx),
        ParcelCommand::Visit(visit) => self::visit(d, number, *visit, cx),
        ParcelCommand::Cancel { reason } => {
            let p = d.parcel(number).ok_or(Refusal::NotFound)?;
            if !p.is_open() || p.is_sent() {
                return Err(Refusal::ParcelUnderWay);
            }
            let reason = needed(reason)?;
            Ok(vec![event(ParcelEvent::Cancelled { reason })])
        }
        ParcelCommand::Decline { why } => {
            let p = d.parcel(number).ok_or(Refusal::NotFound)?;
            if !p.is_open() || p.is_sent() {
                return Err(Refusal::AlreadyKnown);
            }
            Ok(vec![event(ParcelEvent::Cancelled { reason: needed(why)? })])
        }
        ParcelCommand::Explain { seq, reason } => {
            let p = d.parcel(number).ok_or(Refusal::NotFound)?;
            if !p.open_differences().any(|x| x.notice.seq == seq) {
                return Err(Refusal::Overtaken);
            }
            let reason = needed(reason)?;
            Ok(vec![event(ParcelEvent::Explained { seq, reason })])
        }
    }
}

/// A new parcel: the result once it is there, or papers while the dossier runs; one of a kind at a time.
fn order(d: &Dossier, order: ParcelOrder, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    match order.kind {
        ParcelKind::Deliver => {
            only(d, d.status == Status::Approved)?;
            if cx.actor.role == Role::Citizen {
                return Err(Refusal::NotPermitted);
            }
        }
        ParcelKind::Collect => only(d, !d.status.is_final() && d.status != Status::Approved)?,
    }
    if d.parcels.iter().any(|p| p.order.kind == order.kind && p.is_open()) {
        return Err(Refusal::ParcelUnderWay);
    }
    let number = u32::try_from(d.parcels.len()).unwrap_or(u32::MAX).saturating_add(1);
    Ok(vec![Event::Parcel {
        parcel: number,
        what: ParcelEvent::Ordered { order },
    }])
}

/// What the post tells, with all that was kept and becomes true with it.
fn notice(d: &Dossier, number: u32, told: PostNotice, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    let mut p = d.parcel(number).ok_or(Refusal::NotFound)?.clone();
    let event = |what| Event::Parcel { parcel: number, what };
    match p.heard(told.seq) {
        Some(known) if *known == told => return Err(Refusal::AlreadyKnown),
        Some(_) => {
            return Ok(vec![event(ParcelEvent::Differs {
                notice: told,
                why: ParcelDifference::Contradicts,
            })]);
        }
        None => {}
    }
    // Our own clerk may have told the end before the post did.
    if p.stations.iter().any(|s| s.state.is_end() && s.state == told.state) {
        return Err(Refusal::AlreadyKnown);
    }
    if let Some(why) = p.objection(&told) {
        return Ok(vec![event(ParcelEvent::Differs { notice: told, why })]);
    }
    let mut events = Vec::new();
    let mut next = Some(told);
    while let Some(notice) = next {
        p.take(&notice);
        events.push(event(ParcelEvent::Moved { notice: notice.clone() }));
        events.extend(consequences(d, &p, &notice, cx)?);
        let mut kept: Vec<&Difference> = p.open_differences().filter(|x| x.notice.seq > 0).collect();
        kept.sort_by_key(|x| x.notice.seq);
        let waits = |x: &&Difference| x.why == ParcelDifference::NotSent && p.objection(&x.notice).is_none();
        next = kept.into_iter().find(waits).map(|x| x.notice.clone());
    }
    Ok(events)
}

/// What else is true once a parcel is delivered: the fee was collected, the person has her result.
fn consequences(d: &Dossier, p: &Parcel, notice: &PostNotice, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    if notice.state != ParcelState::Delivered || p.order.kind != ParcelKind::Deliver {
        return Ok(Vec::new());
    }
    let mut events = Vec::new();
    if notice.collected > 0 {
        let payment = Payment {
            method: PaymentMethod::Cash,
            amount: notice.collected,
            receipt: String::new(),
            order: None,
            reference: format!("{}/{}", p.order.reference, notice.seq),
            at: cx.now,
        };
        match money::receive(d, payment, p.order.collect, false) {
            Ok(booked) => events.extend(booked),
            Err(Refusal::AlreadyPaid) => {}
            Err(e) => return Err(e),
        }
    }
    if notice.collected != p.order.collect {
        events.push(Event::Parcel {
            parcel: p.number,
            what: ParcelEvent::Differs {
                notice: notice.clone(),
                why: ParcelDifference::OtherAmount,
            },
        });
    }
    if d.status == Status::Approved {
        events.push(Event::ResultReturned {
            proof: None,
            way: ReturnWay::Post,
            taken_by: taken_by(notice.proof.as_ref()),
        });
    }
    Ok(events)
}

fn taken_by(proof: Option<&Proof>) -> String {
    match proof {
        Some(p) if p.id_last.is_empty() => p.taken_by.clone(),
        Some(p) => format!("{} (…{})", p.taken_by, p.id_last),
        None => String::new(),
    }
}

/// What a clerk of our own post office did at a stop of her round.
fn visit(d: &Dossier, number: u32, visit: Visit, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    let p = d.parcel(number).ok_or(Refusal::NotFound)?;
    if cx.actor.agency.as_ref() != Some(&p.order.office) {
        return Err(Refusal::NotPermitted);
    }
    if !p.is_open() {
        return wrong_parcel();
    }
    let Visit {
        state,
        place,
        reason,
        herself,
        code,
        collected,
        mut proof,
    } = visit;
    let delivered = state == ParcelState::Delivered;
    if !delivered
        && !matches!(
            state,
            ParcelState::Collected
                | ParcelState::OutForDelivery
                | ParcelState::Failed
                | ParcelState::Held
                | ParcelState::Returning
                | ParcelState::Returned
        )
    {
        return wrong(d);
    }
    let reason = if matches!(state, ParcelState::Failed | ParcelState::Held | ParcelState::Returning) {
        needed(reason)?
    } else {
        short(reason)?
    };
    if delivered {
        proof.taken_by = short(proof.taken_by)?;
        if proof.taken_by.is_empty() {
            return Err(Refusal::TakerMissing);
        }
        if !proof.id_last.is_empty() && !is_id_last(&proof.id_last) {
            return Err(Refusal::ReceiverUnclear);
        }
        if !code.is_empty() {
            if p.code_wrong >= CODE_TRIES {
                return Err(Refusal::CodeSpent);
            }
            if code != p.order.code {
                return Ok(vec![Event::Parcel {
                    parcel: number,
                    what: ParcelEvent::CodeWrong,
                }]);
            }
            proof.code = true;
        }
        // To a neighbour only with her consent: whom she named, by the identity card that she named.
        if !herself {
            let named = d.receiver.as_ref().ok_or(Refusal::ReceiverNotNamed)?;
            if named.id_last != proof.id_last {
                return Err(Refusal::ReceiverNotNamed);
            }
        }
        if !proof.proves() {
            return Err(Refusal::ProofMissing);
        }
        if collected != p.order.collect.min(d.fee_due()) {
            return Err(Refusal::WrongAmount {
                due: p.order.collect.min(d.fee_due()),
            });
        }
    }
    let heard = p.stations.iter().chain(p.differences.iter().map(|x| &x.notice));
    let told = PostNotice {
        seq: heard.map(|n| n.seq).max().unwrap_or(0) + 1,
        state,
        at: cx.now,
        place,
        reason,
        collected: if delivered { collected } else { 0 },
        proof: delivered.then_some(proof),
    };
    match p.objection(&told) {
        None => notice(d, number, told, cx),
        Some(_) => wrong_parcel(),
    }
}

fn wrong_parcel<T>() -> Result<T, Refusal> {
    Err(Refusal::ParcelElsewhere)
}

fn is_id_last(text: &str) -> bool {
    text.len() == ID_LAST && text.bytes().all(|b| b.is_ascii_digit())
}

/// Folds an event of a parcel; answers the note of its moment.
pub(super) fn evolve(d: &mut Dossier, number: u32, what: &ParcelEvent, recorded: &Recorded) -> String {
    if let ParcelEvent::Ordered { order } = what {
        d.parcels.push(Parcel::new(number, order.clone(), recorded.at));
        return order.address.text.clone();
    }
    if let ParcelEvent::ReceiverNamed { name, id_last } = what {
        d.receiver = Some(NamedReceiver {
            name: name.clone(),
            id_last: id_last.clone(),
        });
        return name.clone();
    }
    let Some(p) = d.parcels.iter_mut().find(|p| p.number == number) else {
        return String::new();
    };
    let mut back = false;
    let note = match what {
        ParcelEvent::Ordered { .. } | ParcelEvent::ReceiverNamed { .. } => String::new(),
        ParcelEvent::Registered { tracking, price } => {
            p.tracking.clone_from(tracking);
            p.price = *price;
            p.registered_at = Some(recorded.at);
            tracking.clone()
        }
        ParcelEvent::Moved { notice } => {
            p.take(notice);
            back = notice.state == ParcelState::Returned && p.order.kind == ParcelKind::Deliver;
            match &*notice.reason {
                "" => notice.place.clone(),
                reason => reason.to_owned(),
            }
        }
        ParcelEvent::Differs { notice, why } => {
            p.differences.push(Difference {
                notice: notice.clone(),
                why: *why,
                heard_at: recorded.at,
                explained: String::new(),
            });
            notice.state.as_str().to_owned()
        }
        ParcelEvent::Explained { seq, reason } => {
            let open = p
                .differences
                .iter_mut()
                .filter(|x| x.notice.seq == *seq && x.explained.is_empty());
            open.for_each(|x| x.explained.clone_from(reason));
            reason.clone()
        }
        ParcelEvent::Cancelled { reason } => {
            p.cancelled.clone_from(reason);
            reason.clone()
        }
        ParcelEvent::CodeWrong => {
            p.code_wrong += 1;
            String::new()
        }
    };
    // It waits at the counter again.
    if back {
        d.return_way = ReturnWay::Counter;
    }
    note
}
