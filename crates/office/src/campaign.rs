//! Measures that lead people to file from home: who did what where, what its link brought, and the share online before and
//! after. A link counts at the server; nothing is kept of who followed it, and no cookie: the code goes with the address and
//! into the draft, and is gone when the draft is sent.

use crate::Office;
use crate::adoption::{Intake, Month};
use crate::error::{OfficeError, Result};
use motcua_model::actor::{Actor, Role};
use motcua_model::campaign::{CODE_LENGTH, TITLE_MAX};
pub use motcua_model::campaign::{Campaign, CampaignProblem, Means, Reached};
use motcua_model::clock::{TIME_ZONE, local};
use motcua_model::dossier::Refusal;
use motcua_model::figure::{Counts, Measure};
use motcua_model::id::{AgencyCode, ProcedureCode};
use motcua_model::short_code;
pub use motcua_papers::leaflet::{Fact, Leaflet, Size};
use motcua_store::campaign::KeptCampaign;
use motcua_store::figure::{By, FigureFilter};
use motcua_store::intake::{half_of, month_of};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Measures on a page.
pub const PAGE: usize = 20;
/// Most different steps between two writings; more is a machine that asks.
const WAITING_MAX: usize = 5_000;
/// Half months that are compared, before and after.
const HALVES: i64 = 6;

/// What links brought and is not yet written: code, month, step.
#[derive(Debug, Default)]
pub(crate) struct Buffer(Mutex<BTreeMap<(String, Month, &'static str), i64>>);

impl Buffer {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<(String, Month, &'static str), i64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A measure with what it brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// Code of its link.
    pub code: String,
    /// The measure.
    pub campaign: Campaign,
    /// Who wrote it down.
    pub by: String,
    /// Sheets read through the link.
    pub sheet: i64,
    /// Forms begun.
    pub begun: i64,
    /// Sent.
    pub submitted: i64,
    /// What came in for its service, of its people, in the half months before.
    pub before: Intake,
    /// The same since.
    pub after: Intake,
}

/// A half month so many before another.
fn halves_before(half: i64, back: i64) -> i64 {
    let count = (half / 1_000 * 12 + half / 10 % 100 - 1) * 2 + half % 10 - 1 - back;
    let month = count.div_euclid(2);
    (month.div_euclid(12) * 100 + month.rem_euclid(12) + 1) * 10 + count.rem_euclid(2) + 1
}

impl Office {
    /// The measure of a link that is for a service; none for a code that is none.
    pub(crate) async fn campaign_of(&self, typed: &str, procedure: &ProcedureCode) -> Result<Option<KeptCampaign>> {
        let Some(code) = short_code::parse(typed, CODE_LENGTH) else {
            return Ok(None);
        };
        let kept = self.store().campaign(&code).await?;
        Ok(kept.filter(|k| k.campaign.procedure == *procedure))
    }

    /// Where a link leads.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn link(&self, typed: &str) -> Result<(String, ProcedureCode)> {
        let code = short_code::parse(typed, CODE_LENGTH).ok_or(Refusal::NotFound)?;
        let kept = self.store().campaign(&code).await?.ok_or(Refusal::NotFound)?;
        Ok((kept.code, kept.campaign.procedure))
    }

    /// Notes that somebody reads a service's sheet, whom a link brought; answers its code, empty for a code that is none.
    ///
    /// # Errors
    /// The store.
    pub async fn note_sheet_by(&self, typed: &str, procedure: &ProcedureCode, counts: bool) -> Result<String> {
        let Some(kept) = self.campaign_of(typed, procedure).await? else {
            return Ok(String::new());
        };
        if counts {
            self.note_reached(&kept.code, Reached::Sheet);
        }
        Ok(kept.code)
    }

    pub(crate) fn note_reached(&self, code: &str, reached: Reached) {
        let key = (code.to_owned(), month_of(self.now()), reached.as_str());
        let mut waiting = self.inner.links.lock();
        if waiting.len() < WAITING_MAX || waiting.contains_key(&key) {
            *waiting.entry(key).or_default() += 1;
        }
    }

    /// Writes what links brought.
    pub(crate) async fn keep_reached(&self) -> Result<()> {
        let taken = std::mem::take(&mut *self.inner.links.lock());
        if taken.is_empty() {
            return Ok(());
        }
        let done = self.store().count_reached(taken.clone().into_iter()).await;
        if done.is_err() {
            let mut waiting = self.inner.links.lock();
            for (key, n) in taken {
                *waiting.entry(key).or_default() += n;
            }
        }
        Ok(done?)
    }

    fn wrong(&self, own: Option<&[String]>, campaign: &Campaign) -> Vec<CampaignProblem> {
        let mut problems = Vec::new();
        if self.catalogue().service(&campaign.procedure).is_none_or(|s| !s.whole) {
            problems.push(CampaignProblem::Procedure);
        }
        let known = self.catalogue().registers().entry("communes", &campaign.commune).is_some();
        let hers = own.is_none_or(|own| own.contains(&campaign.commune));
        if !(campaign.commune.is_empty() || known && hers) {
            problems.push(CampaignProblem::Commune);
        }
        if !(3..=TITLE_MAX).contains(&campaign.title.trim().chars().count()) {
            problems.push(CampaignProblem::Title);
        }
        let year = campaign.from.year();
        if !(2000..=2200).contains(&year) {
            problems.push(CampaignProblem::From);
        }
        problems
    }

    /// Writes a measure down and gives it a link; answers the link's code, or what is wrong. Whose measure it is follows from
    /// who writes.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is neither monitor nor head.
    pub async fn begin_campaign(
        &self,
        actor: &Actor,
        mut campaign: Campaign,
    ) -> Result<std::result::Result<String, Vec<CampaignProblem>>> {
        let own = self.own_agencies(actor)?.map(|_| self.own_communes(actor));
        // A head without people of her own, of a department, reaches everybody.
        let own = own.filter(|own| !own.is_empty());
        campaign.agency = match (&actor.agency, actor.role) {
            (Some(agency), Role::Leader) => agency.clone(),
            _ => AgencyCode(String::new()),
        };
        let problems = self.wrong(own.as_deref(), &campaign);
        if !problems.is_empty() {
            return Ok(Err(problems));
        }
        let kept = KeptCampaign {
            code: short_code::letters(&crate::random::bytes::<CODE_LENGTH>()),
            campaign,
            at: self.now(),
            by: actor.name.clone(),
        };
        self.store().keep_campaign(&kept).await?;
        Ok(Ok(kept.code))
    }

    /// The measures that the actor answers for, the latest first, after one of them: all for the province, her own for a head.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is neither monitor nor head.
    pub async fn campaigns(&self, actor: &Actor, after: &str) -> Result<Vec<Followed>> {
        self.own_agencies(actor)?;
        self.keep_reached().await?;
        let agency = actor.agency.as_ref().filter(|_| actor.role == Role::Leader);
        let last = match short_code::parse(after, CODE_LENGTH) {
            Some(code) => self.store().campaign(&code).await?,
            None => None,
        };
        let before = last.as_ref().map(|k| (k.at, k.code.as_str()));
        let list = self
            .store()
            .campaigns(agency.map(AgencyCode::as_str), before, PAGE as u32)
            .await?;
        let mut followed = Vec::with_capacity(list.len());
        for kept in list {
            followed.push(self.followed_campaign(kept).await?);
        }
        Ok(followed)
    }

    /// One of them.
    ///
    /// # Errors
    /// As [`Office::campaigns`]; [`Refusal::NotFound`] for another agency's.
    pub async fn campaign(&self, actor: &Actor, code: &str) -> Result<Followed> {
        let own = self.own_agencies(actor)?;
        self.keep_reached().await?;
        let code = short_code::parse(code, CODE_LENGTH).ok_or(Refusal::NotFound)?;
        let kept = self.store().campaign(&code).await?.ok_or(Refusal::NotFound)?;
        if own.is_some_and(|own| !own.contains(&kept.campaign.agency.0)) {
            return Err(Refusal::NotFound.into());
        }
        self.followed_campaign(kept).await
    }

    async fn followed_campaign(&self, kept: KeptCampaign) -> Result<Followed> {
        let counts: BTreeMap<String, i64> = self.store().campaign_counts(&kept.code).await?.into_iter().collect();
        let reached = |r: Reached| counts.get(r.as_str()).copied().unwrap_or(0);
        let (before, after) = self.share_around(&kept.campaign).await?;
        Ok(Followed {
            sheet: reached(Reached::Sheet),
            begun: reached(Reached::Begun),
            submitted: reached(Reached::Submitted),
            before,
            after,
            code: kept.code,
            campaign: kept.campaign,
            by: kept.by,
        })
    }

    /// What came in for the service of a measure in the six half months before it, and in the six since: of its commune's
    /// people, else at its agency, else in the province.
    async fn share_around(&self, campaign: &Campaign) -> Result<(Intake, Intake)> {
        let begins = TIME_ZONE
            .to_timestamp(campaign.from.at(0, 0, 0, 0))
            .map_err(|e| OfficeError::Internal(e.to_string()))?;
        let first = half_of(begins);
        let mut sums = [Counts::default(); 2];
        let spans = [
            (halves_before(first, HALVES), halves_before(first, 1)),
            (first, halves_before(first, 1 - HALVES)),
        ];
        for (sum, (from, to)) in sums.iter_mut().zip(spans) {
            let of = |place: &str| Some(vec![place.to_owned()]).filter(|_| !place.is_empty());
            let filter = |places| FigureFilter {
                from,
                to,
                places,
                procedures: Some(vec![campaign.procedure.0.clone()]),
                measures: &Measure::FILED,
            };
            let rows = if campaign.commune.is_empty() {
                self.store().figures(&filter(of(campaign.agency.as_str())), By::Place).await?
            } else {
                self.store()
                    .intake_of_places(&filter(of(&campaign.commune)), By::Place)
                    .await?
            };
            for row in rows {
                *sum += row.counts;
            }
        }
        Ok((Intake::of(&sums[0]), Intake::of(&sums[1])))
    }

    /// The communes that a measure of the actor may be for: code and name.
    #[must_use]
    pub fn campaign_communes(&self, actor: &Actor) -> Vec<(String, String)> {
        let own = self.own_communes(actor);
        let all = self.catalogue().registers().list("communes").iter();
        all.filter(|c| own.is_empty() || own.contains(&c.code))
            .map(|c| (c.code.clone(), c.name.vi.clone()))
            .collect()
    }

    /// A leaflet as PDF.
    ///
    /// # Errors
    /// When it cannot be printed.
    pub async fn leaflet_pdf(&self, leaflet: Leaflet) -> Result<Vec<u8>> {
        self.print(move |papers| papers.leaflet(&leaflet)).await
    }

    /// Today, as a leaflet dates itself.
    #[must_use]
    pub fn leaflet_date(&self) -> [i16; 3] {
        let day = local(self.now()).date();
        [day.year(), day.month().into(), day.day().into()]
    }
}

#[cfg(test)]
mod tests {
    use super::halves_before;

    #[test]
    fn half_months_are_counted_over_the_year() {
        assert_eq!(halves_before(2_020_011, 1), 2_019_122);
        assert_eq!(halves_before(2_020_032, 6), 2_019_122);
        assert_eq!(halves_before(2_019_122, -5), 2_020_031);
        assert_eq!(halves_before(2_020_031, 0), 2_020_031);
    }
}
