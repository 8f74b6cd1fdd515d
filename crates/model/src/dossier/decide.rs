//! What follows from a command: events, or a refusal with its reason.

use super::command::{Command, Submission};
use super::decide_clock::{self, ExtensionRule};
use super::decide_consent as consent;
use super::decide_end as end;
use super::decide_money as money;
use super::decide_opinion as opinion;
use super::decide_parcel;
use super::event::Event;
use super::filing::{Channel, Level, ReturnWay};
use super::holding::{Assignee, Done};
use super::keep;
use super::money::RefundReason;
use super::number::PaperNumber;
use super::opinion::{AskRule, Partner};
use super::refusal::Refusal;
use super::result;
use super::state::{Dossier, Lack, Payment, PaymentMethod, Proposal, Stage, Status};
use crate::actor::{Actor, Role};
use crate::clock::{Calendar, Term};
use crate::form::{Answers, Condition};
use crate::id::{AgencyCode, DossierCode};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Longest reason, note or proposal, in characters.
const TEXT_MAX: usize = 4_000;

/// What a procedure rules about its dossiers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How long the law gives.
    pub term: Term,
    /// Level at which it is offered online.
    pub level: Level,
    /// The ways in which a result can be given.
    pub ways: Vec<ReturnWay>,
    /// The steps inside the agency; the process begins with the first.
    pub steps: Vec<StepRule>,
    /// How the term can be made longer.
    pub extension: ExtensionRule,
}

/// One step of the process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRule {
    /// Who does it.
    pub role: Role,
    /// Whether it makes the proposal that the leader decides on.
    pub proposes: bool,
    /// Where it goes on: the first that holds. None where the process ends with the approval.
    pub next: Vec<(Option<Condition>, usize)>,
    /// Whom it asks when a dossier comes to it.
    pub asks: Vec<AskRule>,
    /// With how many answers it goes on; none for all.
    pub answers: Option<u32>,
}

impl Rules {
    /// Writes the agencies into what its steps ask of others, as who knows the organisation names them: the one that sits
    /// where the dossier belongs, the heir of one that closed. Where there is none, asking is refused.
    pub fn name_partners(&mut self, seat: impl Fn(&Partner) -> Option<AgencyCode>) {
        for ask in self.steps.iter_mut().flat_map(|s| &mut s.asks) {
            if ask.partner != Partner::Own
                && let Some(agency) = seat(&ask.partner)
            {
                ask.partner = Partner::Agency(agency);
            }
        }
    }

    /// What it rules about one opinion.
    #[must_use]
    pub fn ask(&self, id: &str) -> Option<&AskRule> {
        self.steps.iter().flat_map(|s| &s.asks).find(|a| a.id == id)
    }

    /// Whether the process ends at this step: the leader approves.
    #[must_use]
    pub fn ends(&self, step: usize) -> bool {
        self.steps.get(step).is_some_and(|s| s.next.is_empty())
    }

    /// The step after this one, for what was answered and filled in.
    #[must_use]
    pub fn after(&self, step: usize, known: &Answers) -> Option<usize> {
        let ways = &self.steps.get(step)?.next;
        ways.iter()
            .find(|(when, _)| when.as_ref().is_none_or(|c| c.holds(known)))
            .map(|(_, to)| *to)
    }
}

/// What a decision may look at besides the dossier itself.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// When, in whole microseconds.
    pub now: Timestamp,
    /// Working time of the agency.
    pub calendar: &'a Calendar,
    /// The procedure's rules.
    pub rules: &'a Rules,
}

/// Decides what follows from `command` for `dossier` (none before it is submitted).
///
/// Permission is asked before this, see [`crate::permission::may`].
///
/// # Errors
/// A [`Refusal`] with the reason; nothing has changed then.
pub fn decide(dossier: Option<&Dossier>, command: Command, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    let Some(d) = dossier else {
        return match command {
            Command::Submit(submission) => submit(*submission, cx),
            _ => Err(Refusal::NotFound),
        };
    };
    match command {
        Command::Submit(_) => Err(Refusal::AlreadySubmitted),
        Command::RecordPayment(payment) => record_payment(d, payment),
        Command::ReceiveMoney { payment, ordered, late } => money::receive(d, payment, ordered, late),
        Command::ChargeBack { reference } => money::charge_back(d, reference),
        Command::ChangeFee { shares, reason } => money::change_fee(d, shares, reason),
        Command::ProposeRefund { reference, amount, note } => money::propose(d, reference, amount, note),
        Command::ApproveRefund { refund } => money::approve(d, refund, cx),
        Command::RejectRefund { refund, reason } => money::reject(d, refund, reason, cx),
        Command::PayRefund { refund, way, reference } => money::pay(d, refund, way, reference),
        Command::FailRefund { refund, why } => money::fail(d, refund, why),
        Command::RetryRefund { refund } => money::retry(d, refund),
        Command::Accept => accept(d, cx),
        Command::Refuse { reason } => {
            only(d, matches!(d.status, Status::Filed))?;
            let refused = Event::Refused {
                reason: needed(reason)?,
                number: PaperNumber::next(&d.agency),
            };
            Ok([vec![refused], money::give_back_all(d, RefundReason::NotAccepted)].concat())
        }
        Command::RequestSupplement { lacks } => request_supplement(d, lacks, cx),
        Command::Supplement { answers, papers } => supplement(d, answers, papers, cx),
        Command::Withdraw { reason } => {
            // Freely before acceptance; after it the agency ends the dossier by decision.
            only(
                d,
                d.accepted_at.is_none() && matches!(d.status, Status::Filed | Status::AwaitingSupplement { .. }),
            )?;
            let withdrawn = Event::Withdrawn { reason: short(reason)? };
            Ok([vec![withdrawn], money::give_back_all(d, RefundReason::Withdrawn)].concat())
        }
        Command::Forward { note } => {
            only(d, d.status == Status::Accepted)?;
            let forwarded = Event::Forwarded {
                to: stage(0, cx)?,
                note: short(note)?,
                assignee: None,
            };
            let asks = opinion::ask(d, 0, &d.answers, cx)?;
            Ok([forwarded].into_iter().chain(asks).collect())
        }
        Command::FinishStep { proposal, filled, note } => finish_step(d, proposal, filled, note, cx),
        Command::SendBack { reason } => {
            let step = own_step(d, cx)?;
            // To the step it came from; a journal from before steps were noted knows only the one before.
            let back = match d.trail.last() {
                Some(done) => done.step,
                None => step.checked_sub(1).ok_or(Refusal::WrongStatus {
                    status: d.status.as_str(),
                })?,
            };
            Ok(vec![Event::SentBack {
                to: stage(back, cx)?,
                reason: needed(reason)?,
            }])
        }
        Command::Approve { result } => {
            let step = own_step(d, cx)?;
            only(d, cx.rules.ends(step))?;
            opinion::joined(d, step, cx)?;
            let proposal = d.proposal.as_ref().ok_or(Refusal::ProposalMissing)?;
            if proposal.outcome != result.outcome {
                return Err(Refusal::Overtaken);
            }
            Ok(vec![Event::Approved { result }])
        }
        Command::ComparePaper { paper } => keep::decide(d, paper),
        Command::SignResult { .. } | Command::RevokeResult { .. } | Command::ReplaceResult { .. } => result::decide(d, command),
        Command::Return { way, taken_by, proof } => end::give_back(d, way, taken_by, proof, cx),
        Command::GiveOpinion { ask, answer } => opinion::give(d, &ask, answer, cx),
        Command::NoteSilence { ask, reason } => opinion::silence(d, &ask, reason, cx),
        Command::Annul { reason } => end::annul(d, reason),
        Command::Extend { days, reason } => decide_clock::extend(d, days, reason, cx),
        Command::Apologise { date, reason } => decide_clock::apologise(d, date, reason, cx),
        Command::AskPayment { amount, what } => decide_clock::ask_payment(d, amount, what, cx),
        Command::ConfirmPayment { reference } => decide_clock::confirm_payment(d, reference, cx),
        Command::RecomputeDue { why } => decide_clock::recompute(d, why, cx),
        Command::Assign { to, reason } => assign(d, &to, reason, cx),
        Command::HandOver { to, reason } => {
            // What is finished stays with the agency that finished it.
            only(d, !d.status.is_final())?;
            if to == d.agency {
                return Err(Refusal::Overtaken);
            }
            Ok(vec![Event::HandedOver {
                from: d.agency.clone(),
                to,
                reason: needed(reason)?,
            }])
        }
        Command::Parcel { parcel, what } => decide_parcel::decide(d, parcel, what, cx),
        Command::RevokeConsent { reason } => consent::revoke(d, reason),
        Command::Stop { reason } => {
            only(d, !d.status.is_final() && d.status != Status::Approved)?;
            Ok(vec![Event::Stopped { reason: needed(reason)? }])
        }
    }
}

fn submit(s: Submission, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    // Level 3 is collected in person; at a counter or a post office the person may still ask for the post.
    if !cx.rules.ways.contains(&s.return_way) {
        return Err(Refusal::WayNotOffered);
    }
    let consent = consent::given(&s)?;
    let submitted = Event::Submitted {
        code: DossierCode(String::new()),
        procedure: s.procedure,
        form_version: s.form_version,
        agency: s.agency,
        level: cx.rules.level,
        channel: s.channel,
        owner: s.owner,
        filed_at_office: s.filed_at_office,
        applicant: s.applicant,
        answers: s.answers,
        papers: s.papers,
        return_way: s.return_way,
        fee: s.fee,
        fee_shares: s.fee_shares,
        acknowledge_by: cx.calendar.acknowledge_by(cx.now)?,
    };
    Ok([submitted].into_iter().chain(consent).collect())
}

fn record_payment(d: &Dossier, payment: Payment) -> Result<Vec<Event>, Refusal> {
    if let Some(order) = payment.order
        && d.payments.iter().any(|p| p.order == Some(order))
    {
        return Err(Refusal::NothingDue);
    }
    let due = d.fee_due();
    if due == 0 {
        return Err(Refusal::NothingDue);
    }
    if matches!(
        d.status,
        Status::Refused | Status::Withdrawn | Status::Stopped | Status::Annulled
    ) {
        return wrong(d);
    }
    if payment.amount != due {
        return Err(Refusal::WrongAmount { due });
    }
    Ok(vec![Event::PaymentReceived {
        payment,
        agency: d.agency.clone(),
    }])
}

fn accept(d: &Dossier, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    only(d, d.status == Status::Filed)?;
    // Level 4: the fee is paid online with the dossier. Level 3 and the counter: paid in person, at the latest on return.
    if d.level == Level::Four && d.channel == Channel::Online && d.fee_due() > 0 {
        return Err(Refusal::FeeUnpaid { due: d.fee_due() });
    }
    let due = cx.calendar.due(cx.now, cx.rules.term)?.due;
    Ok(vec![Event::Accepted {
        term: cx.rules.term,
        due,
        number: PaperNumber::next(&d.agency),
    }])
}

fn request_supplement(d: &Dossier, lacks: Vec<Lack>, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    let before_acceptance = match d.status {
        Status::Filed => true,
        Status::Accepted => false,
        Status::InProcess(_) => {
            own_step(d, cx)?;
            false
        }
        _ => return wrong(d),
    };
    if d.supplements.iter().any(|s| s.before_acceptance == before_acceptance) {
        return Err(Refusal::AlreadyAsked);
    }
    if lacks.is_empty() {
        return Err(Refusal::NothingLacks);
    }
    let lacks = lacks
        .into_iter()
        .map(|l| {
            Ok(Lack {
                reason: needed(l.reason)?,
                ..l
            })
        })
        .collect::<Result<Vec<_>, Refusal>>()?;
    let remaining = match (d.due, d.term) {
        (Some(due), Some(term)) => Some(cx.calendar.pause(due, cx.now, term)?),
        _ => None,
    };
    Ok(vec![Event::SupplementRequested {
        lacks,
        remaining,
        number: PaperNumber::next(&d.agency),
    }])
}

fn supplement(
    d: &Dossier,
    answers: BTreeMap<String, serde_json::Value>,
    papers: Vec<super::state::Paper>,
    cx: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    only(d, matches!(d.status, Status::AwaitingSupplement { .. }))?;
    for lack in d.open_supplement().map_or(&[][..], |s| &s.lacks) {
        let given = lack.about.is_empty() || answers.contains_key(&lack.about) || papers.iter().any(|p| p.kind == lack.about);
        if !given {
            return Err(Refusal::SupplementIncomplete {
                about: lack.label.clone(),
            });
        }
    }
    // What was not asked for stays as it was filed.
    let asked = |about: &str| d.open_supplement().is_some_and(|s| s.lacks.iter().any(|l| l.about == about));
    let given = answers
        .keys()
        .map(String::as_str)
        .chain(papers.iter().map(|p| p.kind.as_str()));
    if let Some(about) = given.into_iter().find(|about| !asked(about)) {
        return Err(Refusal::NotAsked { about: about.to_owned() });
    }
    let (due, acknowledge_by) = match &d.pause {
        Some(pause) => (Some(cx.calendar.resume(pause.remaining, cx.now)?), None),
        None => (None, Some(cx.calendar.acknowledge_by(cx.now)?)),
    };
    Ok(vec![Event::Supplemented {
        answers,
        papers,
        due,
        acknowledge_by,
    }])
}

fn finish_step(
    d: &Dossier,
    proposal: Option<Proposal>,
    filled: Answers,
    note: String,
    cx: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    let step = own_step(d, cx)?;
    only(d, !cx.rules.ends(step))?;
    opinion::joined(d, step, cx)?;
    let mut known = d.answers.clone();
    known.extend(d.filled.clone());
    known.extend(filled.clone());
    let to = cx.rules.after(step, &known).ok_or(Refusal::NoWayOn)?;
    let proposal = if cx.rules.steps[step].proposes {
        let p = proposal.ok_or(Refusal::ProposalMissing)?;
        Some(Proposal {
            text: needed(p.text)?,
            ..p
        })
    } else {
        None
    };
    let asks = opinion::ask(d, to, &known, cx)?;
    let done = Event::StepDone {
        to: stage(to, cx)?,
        proposal,
        filled,
        note: short(note)?,
        assignee: None,
        done: Some(Done {
            step,
            by: d.assignee.clone().unwrap_or_else(|| Assignee::from(cx.actor)),
        }),
    };
    Ok([done].into_iter().chain(asks).collect())
}

/// A head names anybody of the step's role; an officer takes what nobody holds.
fn assign(d: &Dossier, to: &Actor, reason: String, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    let Status::InProcess(stage) = d.status else {
        return wrong(d);
    };
    if to.role != stage.role || to.agency.as_ref() != Some(&d.agency) {
        return Err(Refusal::NotThatOfficer { name: to.name.clone() });
    }
    let reason = match &d.assignee {
        Some(holder) if holder.account == to.account || cx.actor.role != Role::Leader => {
            return Err(Refusal::HeldByOther {
                name: holder.name.clone(),
            });
        }
        Some(_) => needed(reason)?,
        None if cx.actor.role == Role::Leader || cx.actor.account == to.account => short(reason)?,
        None => return Err(Refusal::NotPermitted),
    };
    Ok(vec![Event::Assigned { to: to.into(), reason }])
}

/// The step the dossier stands at, if it is the actor's role to do it.
pub(super) fn own_step(d: &Dossier, cx: &Context<'_>) -> Result<usize, Refusal> {
    match d.status {
        Status::InProcess(stage) if stage.role == cx.actor.role => Ok(stage.step),
        Status::InProcess(_) => Err(Refusal::NotYourStep),
        _ => wrong(d),
    }
}

fn stage(step: usize, cx: &Context<'_>) -> Result<Stage, Refusal> {
    cx.rules
        .steps
        .get(step)
        .map(|rule| Stage { step, role: rule.role })
        .ok_or(Refusal::NotYourStep)
}

pub(super) fn only(d: &Dossier, holds: bool) -> Result<(), Refusal> {
    if holds { Ok(()) } else { wrong(d) }
}

pub(super) fn wrong<T>(d: &Dossier) -> Result<T, Refusal> {
    Err(Refusal::WrongStatus {
        status: d.status.as_str(),
    })
}

pub(super) fn short(text: String) -> Result<String, Refusal> {
    let text = crate::text::clean_text(&text, TEXT_MAX).map_err(|_| Refusal::TextTooLong { max: TEXT_MAX })?;
    Ok(text.trim().to_owned())
}

pub(super) fn needed(text: String) -> Result<String, Refusal> {
    let text = short(text)?;
    if text.is_empty() {
        Err(Refusal::ReasonMissing)
    } else {
        Ok(text)
    }
}

/// A cash payment as the counter notes it; its receipt is numbered on commit.
#[must_use]
pub fn cash(amount: u64, at: Timestamp) -> Payment {
    Payment {
        method: PaymentMethod::Cash,
        amount,
        receipt: String::new(),
        order: None,
        reference: String::new(),
        at,
    }
}
