//! Satisfaction: one question after the result, in the person's account, or without one by the code of the dossier and a
//! second fact, on the tablet at the counter; once for each dossier, so that nobody can answer for ten thousand.

use crate::Office;
use crate::adoption::{Month, months_before, share};
use crate::error::Result;
use jiff::Timestamp;
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::{Dossier, Refusal, Status};
use motcua_model::id::{AgencyCode, DossierId};
use motcua_model::permission::Action;
use motcua_model::rating::confidence;
pub use motcua_model::rating::{REASONS, Rating, SAID_MAX, Score};
use motcua_store::intake::month_of;
use motcua_store::rating::Rated;
pub use motcua_store::rating::Said;
use std::collections::BTreeMap;

/// How many words of people are on a page.
pub const SAID_PAGE: usize = 50;
/// Answered in the person's account.
const ACCOUNT: &str = "account";
/// Answered without an account.
const CODE: &str = "code";

/// What people say of an agency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Satisfaction {
    /// Content, neither, not content.
    pub counts: [i64; 3],
    /// How many gave each of [`REASONS`] for not being content.
    pub reasons: [i64; REASONS.len()],
    /// Of all answers, those given without an account: at the counter, or at home from the paper.
    pub by_code: i64,
}

impl Satisfaction {
    /// All answers.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.counts.iter().sum()
    }

    /// The share that is content, in tenths of a percent; none without an answer.
    #[must_use]
    pub fn share(&self) -> Option<i64> {
        share(self.counts[0], self.total())
    }

    /// Between which shares the truth lies, with 95 % confidence.
    #[must_use]
    pub fn between(&self) -> Option<(i64, i64)> {
        confidence(self.counts[0], self.total())
    }

    fn add(&mut self, score: i64, way: &str, reasons: &str, n: i64) {
        let at = match score {
            3 => 0,
            2 => 1,
            _ => 2,
        };
        self.counts[at] += n;
        if way == CODE {
            self.by_code += n;
        }
        if at == 2 {
            for (sum, reason) in self.reasons.iter_mut().zip(REASONS) {
                if reasons.split(',').any(|r| r == reason) {
                    *sum += n;
                }
            }
        }
    }
}

/// Only what is over can be judged.
fn returned(dossier: Dossier) -> Result<Dossier> {
    if dossier.status == Status::Returned {
        Ok(dossier)
    } else {
        Err(Refusal::NotFound.into())
    }
}

impl Office {
    /// The person's dossier that she may answer about, and whether that was done.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for who has nothing to do with it, for officers, and before the result is returned.
    pub async fn to_rate(&self, actor: &Actor, id: DossierId) -> Result<(Dossier, bool)> {
        if actor.role != Role::Citizen {
            return Err(Refusal::NotFound.into());
        }
        let dossier = returned(self.load(actor, id, Action::View).await?.dossier)?;
        let done = self.store().is_rated(id).await?;
        Ok((dossier, done))
    }

    /// Keeps the answer of a person about her dossier; answers whether it was the first. A second one changes nothing.
    ///
    /// # Errors
    /// As [`Office::to_rate`].
    pub async fn rate(&self, actor: &Actor, id: DossierId, rating: &Rating) -> Result<bool> {
        let (dossier, _) = self.to_rate(actor, id).await?;
        self.keep_rating(dossier, ACCOUNT, rating).await
    }

    /// Keeps the answer of who knows the code of a dossier and a second fact of its person. What officers could answer for
    /// people is counted apart.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], whatever was wrong.
    pub async fn rate_by_code(&self, code: &str, second_fact: &str, rating: &Rating) -> Result<bool> {
        let dossier = returned(self.track(code, second_fact).await?)?;
        self.keep_rating(dossier, CODE, rating).await
    }

    async fn keep_rating(&self, dossier: Dossier, way: &'static str, rating: &Rating) -> Result<bool> {
        let rated = Rated {
            dossier: dossier.id,
            agency: dossier.agency,
            procedure: dossier.procedure.0,
            at: self.now(),
            way,
        };
        Ok(self.store().rate(&rated, rating).await?)
    }

    /// What people say of each agency that the actor answers for, who is content least first; the last twelve months where
    /// none are given.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is neither monitor nor head.
    pub async fn satisfaction(
        &self,
        actor: &Actor,
        from: Option<Month>,
        to: Option<Month>,
    ) -> Result<Vec<(AgencyCode, Satisfaction)>> {
        let own = self.own_agencies(actor)?;
        let mut all = self.satisfaction_of_all(from, to).await?;
        all.retain(|(agency, _)| own.as_ref().is_none_or(|own| own.contains(&agency.0)));
        Ok(all)
    }

    /// What people say of each agency, for everybody: who shows it hides small numbers.
    ///
    /// # Errors
    /// The store.
    pub async fn satisfaction_of_all(&self, from: Option<Month>, to: Option<Month>) -> Result<Vec<(AgencyCode, Satisfaction)>> {
        let to = to.unwrap_or_else(|| month_of(self.now()));
        let from = from.unwrap_or_else(|| months_before(to, 11));
        let mut of: BTreeMap<AgencyCode, Satisfaction> = BTreeMap::new();
        for row in self.store().rating_totals(from, to).await? {
            of.entry(AgencyCode(row.agency))
                .or_default()
                .add(row.score, &row.way, &row.reasons, row.n);
        }
        let mut list: Vec<_> = of.into_iter().collect();
        list.sort_by_key(|(_, s)| s.share());
        Ok(list)
    }

    /// What people said of the head's agency in their own words, the latest first, before one of them; nothing for the
    /// province.
    ///
    /// # Errors
    /// The store.
    pub async fn said(&self, actor: &Actor, before: Option<(Timestamp, DossierId)>) -> Result<Vec<Said>> {
        match &actor.agency {
            Some(agency) if actor.role == Role::Leader => Ok(self.store().said_of(agency, before, SAID_PAGE as u32).await?),
            _ => Ok(Vec::new()),
        }
    }
}
