//! What a head opens first in the morning: what is late, what is asked of her, what to do now.

use super::{Charged, Issued};
use crate::Office;
use crate::adoption::{Cut, Unused};
use crate::error::Result;
use jiff::{Timestamp, ToSpan};
use motcua_model::actor::Actor;
use motcua_model::clock::{TIME_ZONE, local};
use motcua_model::id::AgencyCode;
use motcua_store::dossier::{DossierLine, InboxFilter};

/// Late dossiers that are named.
const LATE: u64 = 8;
/// Services to move that are named.
const TO_MOVE: usize = 5;
/// Dossiers due today are counted up to this.
const DUE_MAX: i64 = 1_000;

/// A directive that still asks something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The directive.
    pub issued: Issued,
    /// How the head's agency stands; for the province, every agency that has not answered or is behind.
    pub agencies: Vec<Charged>,
}

/// The morning's page.
#[derive(Clone, Debug)]
pub struct Today {
    /// How many are past their deadline, by agency, the most first.
    pub late: Vec<(AgencyCode, i64)>,
    /// Of the head's own agency, those that wait longest.
    pub longest: Vec<DossierLine>,
    /// How many of the head's agency are due before the day ends; none for the province.
    pub due_today: Option<i64>,
    /// Complaints and suggestions that wait past their time, by agency, the most first.
    pub feedback_late: Vec<(AgencyCode, i64)>,
    /// How many of them wait at the head's agency.
    pub feedback_waiting: i64,
    /// Directives that still ask something, the soonest answer first.
    pub asked: Vec<Asked>,
    /// Services that people come to the counter for though nobody uses them online, the most first.
    pub to_move: Vec<Unused>,
}

impl Office {
    /// What is late, what is asked, what to do now.
    ///
    /// # Errors
    /// [`motcua_model::dossier::Refusal::NotPermitted`] for who is neither monitor nor head.
    pub async fn morning(&self, actor: &Actor) -> Result<Today> {
        let own = super::watches(actor)?.cloned();
        let mut late: std::collections::BTreeMap<AgencyCode, i64> = std::collections::BTreeMap::new();
        for row in self.agencies_late(actor).await? {
            if !matches!(row.turn.as_str(), "citizen" | "nobody") {
                *late.entry(AgencyCode(row.agency)).or_default() += row.n;
            }
        }
        let mut late: Vec<_> = late.into_iter().filter(|(_, n)| *n > 0).collect();
        late.sort_by_key(|(_, n)| -n);
        let now = self.now();
        let (mut longest, mut due_today) = (Vec::new(), None);
        if let Some(agency) = &own {
            let filter = InboxFilter {
                agency: agency.clone(),
                turn: None,
                status: None,
                procedure: None,
                due_before: Some(now),
                after: None,
                limit: LATE,
            };
            longest = self.store().inbox(&filter).await?;
            let counts = self
                .store()
                .desk_counts(agency, (actor.account, actor.role), now, tomorrow(now), DUE_MAX)
                .await?;
            due_today = Some(counts.today);
        }
        let mut asked: Vec<Asked> = Vec::new();
        for followed in self.directives(actor).await? {
            let open =
                |c: &Charged| c.answer.plan.is_none() || c.progress.standing < motcua_model::directive::Standing::NoFigures;
            let agencies: Vec<Charged> = followed.agencies.into_iter().filter(open).collect();
            if !agencies.is_empty() {
                asked.push(Asked {
                    issued: followed.issued,
                    agencies,
                });
            }
        }
        asked.sort_by_key(|a| {
            (
                a.agencies.iter().all(|c| c.answer.plan.is_some()),
                a.issued.directive.answer_by,
            )
        });
        let (feedback_late, feedback_waiting) = self.feedback_standing(actor).await?;
        let seen = self.adoption(actor, &Cut::default()).await?;
        let to_move = seen.unused.into_iter().filter(|u| u.counter > 0).take(TO_MOVE);
        Ok(Today {
            late,
            longest,
            due_today,
            feedback_late,
            feedback_waiting,
            asked,
            to_move: to_move.collect(),
        })
    }
}

fn tomorrow(now: Timestamp) -> Timestamp {
    let day = local(now).date().saturating_add(1.day());
    TIME_ZONE.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(now)
}
