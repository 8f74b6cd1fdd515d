//! What an annulled dossier takes back: everything that it added, in the months in which it added it.

use super::{Counts, Figure, Measure, settled};
use crate::dossier::{Dossier, Moment, Status};
use crate::id::AgencyCode;
use jiff::Timestamp;

/// The figures that undo those of a dossier that is annulled now. What has been counted follows from what it is: when it was
/// filed, accepted, asked about, settled, handed over.
pub(super) fn figures(d: &Dossier) -> Vec<Figure> {
    let whose = Whose::of(d);
    let less = |at: Timestamp, agency: &AgencyCode, measures: &[Measure]| {
        let mut counts = Counts::default();
        for measure in measures {
            counts.add(*measure, -1);
        }
        Figure {
            at,
            agency: agency.clone(),
            procedure: d.procedure.clone(),
            commune: String::new(),
            counts,
        }
    };
    let mut undone = vec![Figure {
        commune: d.applicant.commune.clone(),
        ..less(d.filed_at, whose.first(), &[Measure::filed(d.channel, d.level)])
    }];
    if let Some(at) = d.accepted_at {
        let mut measures = vec![Measure::taken_by(d.channel)];
        if !d.supplements.iter().any(|s| s.before_acceptance) {
            measures.push(Measure::FirstTry);
        }
        if !d.papers.is_empty() {
            measures.push(Measure::WithFiles);
        }
        undone.push(less(at, whose.at(at), &measures));
    }
    for asked in &d.supplements {
        undone.push(less(asked.at, whose.at(asked.at), &[Measure::Supplements]));
    }
    if let Some((at, measures)) = end(d) {
        undone.push(less(at, whose.at(at), &measures));
    }
    if let (Some(accepted), Some(first), Some(last)) = (d.accepted_at, whose.moved.first(), whose.moved.last()) {
        let running = |at: &Timestamp| accepted <= *at && end(d).is_none_or(|(end, _)| *at <= end);
        // Between two hand-overs, what came in went out.
        if running(first) {
            undone.push(less(*first, whose.first(), &[Measure::HandedOut]));
        }
        if running(last) {
            undone.push(less(*last, &d.agency, &[Measure::HandedIn]));
        }
    }
    undone
}

/// When it was settled or refused, and how that was counted.
fn end(d: &Dossier) -> Option<(Timestamp, Vec<Measure>)> {
    let last = |kind: &str| d.moments.iter().rev().find(|m| m.kind == kind).map(|m| m.at);
    let at = match d.status {
        Status::Refused => return Some((last("refused")?, vec![Measure::Refused])),
        Status::Approved => last("approved")?,
        Status::Stopped if d.accepted_at.is_some() => last("stopped")?,
        _ => return None,
    };
    // As it was then: a date that moved later says nothing of it.
    let mut then = d.clone();
    then.due = d.recomputed.iter().find(|r| r.at > at).map(|r| r.was).or(d.due);
    let mut measures = vec![settled(&then, at)];
    if d.fee > 0 {
        measures.push(Measure::Charged);
        if d.payments.iter().any(|p| p.method.is_online() && p.at <= at) {
            measures.push(Measure::ChargedOnline);
        }
    }
    Some((at, measures))
}

/// Which agency had it when.
struct Whose<'a> {
    first: AgencyCode,
    now: &'a AgencyCode,
    /// When it was handed over.
    moved: Vec<Timestamp>,
}

impl<'a> Whose<'a> {
    fn of(d: &'a Dossier) -> Self {
        let kind = |m: &&Moment| m.kind == "handed_over";
        let moved: Vec<Timestamp> = d.moments.iter().filter(kind).map(|m| m.at).collect();
        Self {
            // The code keeps the agency that it was filed with.
            first: crate::dossier::agency_of_code(&d.code)
                .filter(|_| !moved.is_empty())
                .unwrap_or_else(|| d.agency.clone()),
            now: &d.agency,
            moved,
        }
    }

    fn first(&self) -> &AgencyCode {
        &self.first
    }

    fn at(&self, at: Timestamp) -> &AgencyCode {
        match self.moved.first() {
            Some(first) if at < *first => &self.first,
            _ => self.now,
        }
    }
}
