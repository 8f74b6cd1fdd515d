//! What follows where a step asks others: who is asked when the dossier comes to it, who answers, what it waits for.

use super::decide::{Context, needed, only};
use super::event::Event;
use super::opinion::{Answer, Asked, Given, Partner, Silence};
use super::refusal::Refusal;
use super::state::{Dossier, Status};
use crate::actor::Role;
use crate::clock::Term;
use crate::form::Answers;

/// The event that asks, for a dossier that comes to `step`; none where the step asks nobody, or asked before: what comes
/// back to a step keeps the answers that it has.
///
/// # Errors
/// [`Refusal::NoPartner`] where there is no such agency for this dossier.
pub(super) fn ask(d: &Dossier, step: usize, known: &Answers, cx: &Context<'_>) -> Result<Option<Event>, Refusal> {
    let rules = cx.rules.steps.get(step).map_or(&[][..], |s| &s.asks);
    let mut asked = Vec::new();
    for rule in rules {
        let again = d.opinions.iter().any(|o| o.asked.id == rule.id);
        if again || rule.when.as_ref().is_some_and(|c| !c.holds(known)) {
            continue;
        }
        let agency = match &rule.partner {
            Partner::Own => d.agency.clone(),
            Partner::Agency(code) => code.clone(),
            Partner::Kind(_) => {
                return Err(Refusal::NoPartner { name: rule.name.clone() });
            }
        };
        asked.push(Asked {
            id: rule.id.clone(),
            name: rule.name.clone(),
            agency,
            role: rule.role,
            hours: rule.hours,
            due: cx.calendar.due(cx.now, Term::WorkingHours(rule.hours))?.due,
            silence: rule.silence,
        });
    }
    Ok((!asked.is_empty()).then_some(Event::OpinionsAsked { step, asked }))
}

/// Refuses while `step` waits for opinions.
pub(super) fn joined(d: &Dossier, step: usize, cx: &Context<'_>) -> Result<(), Refusal> {
    let own = || d.opinions.iter().filter(|o| o.step == step);
    let enough = cx.rules.steps.get(step).and_then(|s| s.answers);
    let given = own().filter(|o| !o.holds_up(cx.now)).count();
    if enough.is_some_and(|n| given >= usize::try_from(n).unwrap_or(usize::MAX)) {
        return Ok(());
    }
    let names: Vec<&str> = own().filter(|o| o.holds_up(cx.now)).map(|o| o.asked.name.as_str()).collect();
    if names.is_empty() {
        Ok(())
    } else {
        Err(Refusal::OpinionsAwaited { names: names.join("; ") })
    }
}

/// Who was asked answers: once, also after the time, also when the step went on without her.
pub(super) fn give(d: &Dossier, id: &str, answer: Answer, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    only(d, !d.status.is_final() && d.status != Status::Approved)?;
    let opinion = d
        .opinions
        .iter()
        .find(|o| o.asked.id == id && o.is_of(cx.actor))
        .ok_or(Refusal::NotYourOpinion)?;
    if let Some(given) = &opinion.given {
        return Err(Refusal::OpinionGiven { by: given.by.clone() });
    }
    let rule = cx.rules.ask(id);
    if answer.paper.is_none() && rule.is_some_and(|r| r.paper) {
        return Err(Refusal::PaperMissing {
            name: opinion.asked.name.clone(),
        });
    }
    let amount = rule
        .filter(|r| !r.payment.is_empty())
        .and_then(|r| answer.filled.get(&r.payment)?.as_u64())
        .unwrap_or(0);
    let text = needed(answer.text)?;
    let mut events = vec![Event::OpinionGiven {
        ask: id.to_owned(),
        given: Given {
            at: cx.now,
            by: cx.actor.name.clone(),
            agrees: answer.agrees,
            text: text.clone(),
            paper: answer.paper,
            late: cx.now > opinion.asked.due,
        },
        filled: answer.filled,
    }];
    // What has to be paid first is told to the person, and its time is not the agency's.
    if amount > 0
        && matches!(d.status, Status::InProcess(_))
        && let (Some(due), Some(term)) = (d.due, d.term)
    {
        events.push(Event::PaymentAsked {
            amount,
            what: text,
            remaining: cx.calendar.pause(due, cx.now, term)?,
        });
    }
    Ok(events)
}

/// Nothing was said in time, and it goes on: noted once, so that the journal tells why. Where silence does not agree, the
/// head decides it and says why.
pub(super) fn silence(d: &Dossier, id: &str, reason: String, cx: &Context<'_>) -> Result<Vec<Event>, Refusal> {
    let opinion = d.awaited_opinions().find(|o| o.asked.id == id).ok_or(Refusal::Overtaken)?;
    let by_itself = cx.actor.role == Role::System;
    if cx.now <= opinion.asked.due || (by_itself && opinion.asked.silence != Silence::Agrees) {
        return Err(Refusal::NotLate);
    }
    Ok(vec![Event::OpinionSilent {
        ask: id.to_owned(),
        reason: if by_itself { String::new() } else { needed(reason)? },
    }])
}
