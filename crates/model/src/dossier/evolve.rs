//! What a dossier becomes when something happened to it. Total: a journal that was written can always be read.

use super::event::{Event, Recorded};
use super::running::{Apology, Extension, Recomputation, Wait};
use super::state::{Dossier, Moment, Pause, Returned, Status, SupplementRequest};
use crate::consent::ConsentEnd;
use crate::id::DossierId;

/// Folds one recorded event into the dossier; none only for a first event that is not [`Event::Submitted`].
#[must_use]
pub fn evolve(dossier: Option<Dossier>, id: DossierId, recorded: &Recorded) -> Option<Dossier> {
    let mut d = match (dossier, &recorded.event) {
        (Some(d), _) => d,
        (None, Event::Submitted { .. }) => begin(id, recorded)?,
        (None, _) => return None,
    };
    d.version += 1;
    let at = recorded.at;
    let mut note = String::new();
    match &recorded.event {
        Event::Submitted { .. } => {}
        Event::PaymentReceived { payment, .. } => {
            note.clone_from(&payment.receipt);
            d.payments.push(payment.clone());
        }
        Event::FeeChanged { .. }
        | Event::SurplusReceived { .. }
        | Event::RefundProposed { .. }
        | Event::RefundApproved { .. }
        | Event::RefundRejected { .. }
        | Event::RefundPaid { .. }
        | Event::RefundFailed { .. }
        | Event::ChargedBack { .. } => note = super::evolve_money::evolve(&mut d, recorded),
        Event::Accepted { term, due, .. } => {
            d.status = Status::Accepted;
            d.accepted_at = Some(at);
            d.term = Some(*term);
            d.due = Some(*due);
        }
        Event::Refused { reason, .. } => {
            d.status = Status::Refused;
            note.clone_from(reason);
        }
        Event::SupplementRequested { lacks, remaining, .. } => {
            let back = match d.status {
                Status::InProcess(stage) => Some(stage),
                _ => None,
            };
            let before_acceptance = d.accepted_at.is_none();
            d.status = Status::AwaitingSupplement { back };
            d.pause = remaining.map(|remaining| Pause { since: at, remaining });
            d.supplements.push(SupplementRequest {
                at,
                by: recorded.actor.name.clone(),
                lacks: lacks.clone(),
                answered: None,
                before_acceptance,
            });
        }
        Event::Supplemented {
            answers,
            papers,
            due,
            acknowledge_by,
        } => {
            let back = match d.status {
                Status::AwaitingSupplement { back } => back,
                _ => None,
            };
            d.status = match back {
                Some(stage) => Status::InProcess(stage),
                None if d.accepted_at.is_some() => Status::Accepted,
                None => Status::Filed,
            };
            d.pause = None;
            if due.is_some() {
                d.due = *due;
            }
            if let Some(by) = acknowledge_by {
                d.acknowledge_by = *by;
            }
            d.answers.extend(answers.clone());
            d.papers.retain(|old| !papers.iter().any(|new| new.kind == old.kind));
            d.papers.extend(papers.iter().cloned());
            if let Some(open) = d.supplements.iter_mut().find(|s| s.answered.is_none()) {
                open.answered = Some(at);
            }
        }
        Event::Withdrawn { reason } => {
            d.status = Status::Withdrawn;
            note.clone_from(reason);
        }
        Event::Forwarded {
            to,
            note: word,
            assignee,
        } => {
            d.status = Status::InProcess(*to);
            d.assignee.clone_from(assignee);
            note.clone_from(word);
        }
        Event::StepDone {
            to,
            proposal,
            note: word,
            assignee,
            filled,
            done,
        } => {
            d.filled.extend(filled.clone());
            d.status = Status::InProcess(*to);
            d.assignee.clone_from(assignee);
            d.trail.extend(done.clone());
            if let Some(p) = proposal {
                d.proposal = Some(p.clone());
            }
            note.clone_from(word);
        }
        Event::SentBack { to, reason } => {
            d.status = Status::InProcess(*to);
            d.assignee = d.trail.pop().map(|done| done.by);
            note.clone_from(reason);
        }
        Event::Approved { result } => {
            d.status = Status::Approved;
            d.result = Some(result.clone());
        }
        Event::PaperCompared { paper } => note = super::keep::evolve(&mut d, recorded, *paper),
        Event::ResultSigned { .. } | Event::ResultRevoked { .. } | Event::ResultReplaced { .. } => {
            note = super::result::evolve(&mut d, recorded);
        }
        Event::ResultReturned { way, taken_by, proof } => {
            d.status = Status::Returned;
            d.returned = Some(Returned {
                way: *way,
                taken_by: taken_by.clone(),
                at,
                proof: proof.clone(),
            });
        }
        Event::HandedOver { to, reason, .. } => {
            d.agency = to.clone();
            // Who held it and who did its steps stay with the agency that closed.
            d.assignee = None;
            d.trail.clear();
            note.clone_from(reason);
        }
        Event::OpinionsAsked { .. } | Event::OpinionGiven { .. } | Event::OpinionSilent { .. } => {
            note = super::evolve_opinion::evolve(&mut d, recorded);
        }
        Event::Annulled { reason } => {
            d.status = Status::Annulled;
            note.clone_from(reason);
        }
        Event::Stopped { reason } => {
            d.status = Status::Stopped;
            note.clone_from(reason);
        }
        Event::Parcel { parcel, what } => note = super::decide_parcel::evolve(&mut d, *parcel, what, recorded),
        Event::Extended { .. }
        | Event::Apologised { .. }
        | Event::PaymentAsked { .. }
        | Event::PaymentConfirmed { .. }
        | Event::DueRecomputed { .. } => {}
        Event::ConsentGiven { consent } => {
            d.consent = Some(consent.clone());
            note.clone_from(&consent.number);
        }
        Event::ConsentRevoked { reason } => {
            d.consent_revoked = Some(ConsentEnd {
                at,
                by: recorded.actor.name.clone(),
                reason: reason.clone(),
            });
            note.clone_from(reason);
        }
        Event::Assigned { to, reason } => {
            d.assignee = Some(to.clone());
            note = match &**reason {
                "" => to.name.clone(),
                why => format!("{}: {why}", to.name),
            };
        }
    }
    clock(&mut d, recorded, &mut note);
    if d.turn().is_none() || d.status == Status::Approved {
        d.assignee = None;
    }
    d.moments.push(Moment {
        at,
        kind: recorded.event.kind().to_owned(),
        by: recorded.actor.name.clone(),
        note,
        paper: recorded
            .event
            .paper_number()
            .map_or_else(String::new, |(symbol, n)| format!("{}/{symbol}", n.number)),
    });
    Some(d)
}

/// What happened to the term.
fn clock(d: &mut Dossier, recorded: &Recorded, note: &mut String) {
    let (at, by) = (recorded.at, || recorded.actor.name.clone());
    match &recorded.event {
        Event::Extended { length, due, reason } => {
            d.extensions.push(Extension {
                at,
                by: by(),
                length: *length,
                reason: reason.clone(),
                was: d.due.unwrap_or(*due),
                due: *due,
            });
            d.due = Some(*due);
            note.clone_from(reason);
        }
        Event::Apologised {
            agency,
            reason,
            was,
            promised,
            number,
        } => {
            d.apologies.push(Apology {
                at,
                by: by(),
                agency: agency.clone(),
                reason: reason.clone(),
                was: *was,
                promised: *promised,
                number: number.as_ref().map_or_else(String::new, |n| format!("{}/XLHL", n.number)),
            });
            note.clone_from(reason);
        }
        Event::PaymentAsked { amount, what, remaining } => {
            if let Status::InProcess(back) = d.status {
                d.status = Status::AwaitingPayment { back };
            }
            d.pause = Some(Pause {
                since: at,
                remaining: *remaining,
            });
            d.waits.push(Wait {
                since: at,
                until: None,
                amount: *amount,
                what: what.clone(),
                by: by(),
                reference: String::new(),
            });
            note.clone_from(what);
        }
        Event::PaymentConfirmed { reference, due } => {
            if let Status::AwaitingPayment { back } = d.status {
                d.status = Status::InProcess(back);
            }
            d.pause = None;
            d.due = Some(*due);
            if let Some(wait) = d.waits.last_mut() {
                wait.until = Some(at);
                wait.reference.clone_from(reference);
            }
            note.clone_from(reference);
        }
        Event::DueRecomputed {
            why,
            due,
            remaining,
            acknowledge_by,
            opinions,
        } => {
            for opinion in &mut d.opinions {
                if let Some(due) = opinions.get(&opinion.asked.id).filter(|_| opinion.given.is_none()) {
                    opinion.asked.due = *due;
                }
            }
            let dates = due
                .map(|due| (d.due.unwrap_or(due), due))
                .or_else(|| acknowledge_by.map(|by| (d.acknowledge_by, by)));
            d.recomputed.extend(dates.map(|(was, due)| Recomputation {
                at,
                why: why.clone(),
                was,
                due,
            }));
            d.due = due.or(d.due);
            d.acknowledge_by = acknowledge_by.unwrap_or(d.acknowledge_by);
            if let (Some(pause), Some(left)) = (&mut d.pause, remaining) {
                pause.remaining = *left;
            }
            note.clone_from(why);
        }
        _ => {}
    }
}

/// Folds a whole journal; none when it is empty or does not begin with a submission.
pub fn fold<'a>(id: DossierId, journal: impl IntoIterator<Item = &'a Recorded>) -> Option<Dossier> {
    let mut dossier = None;
    for recorded in journal {
        dossier = Some(evolve(dossier, id, recorded)?);
    }
    dossier
}

fn begin(id: DossierId, recorded: &Recorded) -> Option<Dossier> {
    let Event::Submitted {
        code,
        procedure,
        form_version,
        agency,
        level,
        channel,
        owner,
        filed_at_office,
        applicant,
        answers,
        papers,
        return_way,
        fee,
        fee_shares,
        acknowledge_by,
    } = &recorded.event
    else {
        return None;
    };
    Some(Dossier {
        id,
        version: 0,
        code: code.clone(),
        procedure: procedure.clone(),
        form_version: *form_version,
        agency: agency.clone(),
        level: *level,
        channel: *channel,
        owner: *owner,
        filed_at_office: filed_at_office.clone(),
        applicant: applicant.clone(),
        answers: answers.clone(),
        papers: papers.clone(),
        return_way: *return_way,
        fee: *fee,
        fee_shares: fee_shares.clone(),
        payments: Vec::new(),
        surplus: Vec::new(),
        charged_back: Vec::new(),
        refunds: Vec::new(),
        status: Status::Filed,
        filed_at: recorded.at,
        acknowledge_by: *acknowledge_by,
        accepted_at: None,
        term: None,
        due: None,
        pause: None,
        supplements: Vec::new(),
        proposal: None,
        result: None,
        returned: None,
        former_results: Vec::new(),
        assignee: None,
        trail: Vec::new(),
        filled: std::collections::BTreeMap::new(),
        waits: Vec::new(),
        extensions: Vec::new(),
        apologies: Vec::new(),
        recomputed: Vec::new(),
        parcels: Vec::new(),
        receiver: None,
        consent: None,
        consent_revoked: None,
        opinions: Vec::new(),
        moments: Vec::new(),
    })
}
