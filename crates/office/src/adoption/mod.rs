//! The share of dossiers filed online: what the province charges every head of agency with.
//!
//! A dossier counts once, in the month it was filed, at the agency that settles it. *Online* is filed by the person on
//! the portal, or for her by a postal clerk (Decision 45/2016/QĐ-TTg): the form is filled in and sent online either way.

mod behind;
mod scope;
mod unused;

pub use behind::Behind;
pub(crate) use behind::begins;
pub use unused::Unused;

use crate::Office;
use crate::error::Result;
use motcua_model::actor::Actor;
use motcua_model::dossier::Level;
use motcua_model::figure::{Counts, Measure};
use motcua_model::id::{AgencyCode, ProcedureCode};
use motcua_store::figure::{By, FigureFilter, FigureRow};
pub use motcua_store::intake::{Month, months_before};
use motcua_store::intake::{first_half, month_of, second_half};
pub(crate) use scope::Scope;
use std::collections::BTreeMap;

/// Months that are shown when none are asked for.
const MONTHS: i64 = 12;
/// The most months that are shown at once: ten years.
const MONTHS_MAX: i64 = 120;

/// How many dossiers came in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Intake {
    /// Filed by the person herself on the portal.
    pub online: i64,
    /// Filed online for her at a post office.
    pub assisted: i64,
    /// Filed at a one-stop counter.
    pub counter: i64,
    /// Of those filed online or assisted: services offered at level 4.
    pub level_four: i64,
}

impl Intake {
    /// What came in, of some figures.
    #[must_use]
    pub fn of(counts: &Counts) -> Self {
        use Measure::{CounterFour, CounterThree, OnlineFour, OnlineThree, PostFour, PostThree};
        Self {
            online: counts.sum(&[OnlineThree, OnlineFour]),
            assisted: counts.sum(&[PostThree, PostFour]),
            counter: counts.sum(&[CounterThree, CounterFour]),
            level_four: counts.sum(&[OnlineFour, PostFour]),
        }
    }

    /// All dossiers.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.online + self.assisted + self.counter
    }

    /// Filed online, by the person or for her.
    #[must_use]
    pub fn all_online(&self) -> i64 {
        self.online + self.assisted
    }

    /// The share filed online in tenths of a percent; none where nothing came in.
    #[must_use]
    pub fn online_share(&self) -> Option<i64> {
        share(self.all_online(), self.total())
    }

    /// The share filed online at level 4 in tenths of a percent; none where nothing came in.
    #[must_use]
    pub fn level_four_share(&self) -> Option<i64> {
        share(self.level_four, self.total())
    }

    /// Adds a line of figures that were brought in.
    pub(crate) fn add(&mut self, channel: &str, level: i64, n: i64) {
        match channel {
            "online" => self.online += n,
            "post" => self.assisted += n,
            _ => self.counter += n,
        }
        if channel != "counter" && level == i64::from(Level::Four.number()) {
            self.level_four += n;
        }
    }

    pub(crate) fn plus(&mut self, other: Self) {
        self.online += other.online;
        self.assisted += other.assisted;
        self.counter += other.counter;
        self.level_four += other.level_four;
    }
}

/// A part of a whole in tenths of a percent, rounded; none of nothing.
#[must_use]
pub fn share(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| (part * 1000 + whole / 2) / whole)
}

/// What part of the province is looked at, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// First month; eleven before the last where none is given.
    pub from: Option<Month>,
    /// Last month; this one where none is given.
    pub to: Option<Month>,
    /// Only what an agency settles.
    pub agency: Option<AgencyCode>,
    /// Only this field, such as `Hộ tịch`.
    pub field: Option<String>,
    /// Only this service.
    pub procedure: Option<ProcedureCode>,
    /// Only people of this district.
    pub district: Option<String>,
    /// Only people of this commune.
    pub commune: Option<String>,
}

/// A month beside the same month of the year before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthLine {
    /// `YYYYMM`.
    pub month: Month,
    /// What came in.
    pub now: Intake,
    /// What came in a year earlier.
    pub year_ago: Intake,
}

/// The share online, seen from every side. Each list but the months begins with what came by the counter most.
#[derive(Clone, Debug)]
pub struct Adoption {
    /// First month.
    pub from: Month,
    /// Last month.
    pub to: Month,
    /// All of the cut.
    pub all: Intake,
    /// The same months of the year before.
    pub year_ago: Intake,
    /// Month by month.
    pub months: Vec<MonthLine>,
    /// By agency; nothing when people of a place are looked at.
    pub agencies: Vec<(AgencyCode, Intake)>,
    /// By field.
    pub fields: Vec<(String, Intake)>,
    /// By service.
    pub services: Vec<(ProcedureCode, Intake)>,
    /// By the district where people live; the empty one where the form does not ask. Nothing when an agency is looked at.
    pub districts: Vec<(String, Intake)>,
    /// By the commune where people live, as the districts.
    pub communes: Vec<(String, Intake)>,
    /// Offered online and never used online, the most counter visits first; nothing when people of a place are looked at.
    pub unused: Vec<Unused>,
    /// How many services × agencies are offered online.
    pub offered: usize,
    /// How few services make 80 % of what was filed online.
    pub concentration: usize,
}

impl Office {
    /// The share online of a part of the province. A head sees what her agency settles; the head of a district also its
    /// communes and its people.
    ///
    /// # Errors
    /// [`motcua_model::dossier::Refusal::NotPermitted`] for who is neither monitor nor head, or asks for what is not hers.
    pub async fn adoption(&self, actor: &Actor, cut: &Cut) -> Result<Adoption> {
        let scope = self.scope(actor, cut)?;
        let to = cut.to.unwrap_or_else(|| month_of(self.now()));
        let from = cut.from.unwrap_or_else(|| months_before(to, MONTHS - 1));
        let from = from.clamp(months_before(to, MONTHS_MAX - 1), to);
        let filter = |from: Month, places: &Option<Vec<String>>| FigureFilter {
            from: first_half(from),
            to: second_half(to),
            places: places.clone(),
            procedures: scope.procedures.clone(),
            measures: &Measure::FILED,
        };
        let since = months_before(from, 12);
        let (pairs, months) = if scope.of_people {
            (
                self.store()
                    .intake_of_places(&filter(from, &scope.communes), By::Pair)
                    .await?,
                self.store()
                    .intake_of_places(&filter(since, &scope.communes), By::Month)
                    .await?,
            )
        } else {
            (
                self.store().figures(&filter(from, &scope.agencies), By::Pair).await?,
                self.store().figures(&filter(since, &scope.agencies), By::Month).await?,
            )
        };
        let places = if scope.shows_places {
            self.store()
                .intake_of_places(&filter(from, &scope.communes), By::Place)
                .await?
        } else {
            Vec::new()
        };
        Ok(self.put_together(&scope, (from, to), &pairs, &months, &places))
    }

    fn put_together(
        &self,
        scope: &Scope,
        (from, to): (Month, Month),
        pairs: &[FigureRow],
        months: &[FigureRow],
        places: &[FigureRow],
    ) -> Adoption {
        let mut all = Intake::default();
        let (mut agencies, mut services, mut fields) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for r in pairs {
            let intake = Intake::of(&r.counts);
            all.plus(intake);
            let service = ProcedureCode::from(r.procedure.as_str());
            fields
                .entry(self.field_of(&service))
                .or_insert_with(Intake::default)
                .plus(intake);
            services.entry(service).or_insert_with(Intake::default).plus(intake);
            if !scope.of_people {
                let agency = AgencyCode::from(r.place.as_str());
                agencies.entry(agency).or_insert_with(Intake::default).plus(intake);
            }
        }
        let (mut districts, mut communes) = (BTreeMap::new(), BTreeMap::new());
        let registers = self.catalogue().registers();
        for r in places {
            let intake = Intake::of(&r.counts);
            let district = registers
                .entry("communes", &r.place)
                .and_then(|c| c.parent.clone())
                .unwrap_or_default();
            districts.entry(district).or_insert_with(Intake::default).plus(intake);
            communes.insert(r.place.clone(), intake);
        }
        let (offered, unused) = if scope.of_people {
            (0, Vec::new())
        } else {
            self.unused(scope, pairs)
        };
        let services = by_counter(services);
        Adoption {
            from,
            to,
            all,
            year_ago: year_before(from, to, months),
            months: month_lines(from, to, months),
            agencies: by_counter(agencies),
            fields: by_counter(fields),
            districts: by_counter(districts),
            communes: by_counter(communes),
            concentration: concentration(&services),
            services,
            unused,
            offered,
        }
    }

    /// The field of a service; its code where the catalogue does not know it any more.
    pub(crate) fn field_of(&self, service: &ProcedureCode) -> String {
        self.catalogue()
            .service(service)
            .map_or_else(|| service.0.clone(), |s| s.sheet.field.clone())
    }

    /// The province's intake month by month in the last five years, for everybody: the open figures.
    ///
    /// # Errors
    /// The store.
    pub async fn open_intake(&self) -> Result<Vec<(Month, Counts)>> {
        let to = month_of(self.now());
        self.intake_by_month(months_before(to, 5 * MONTHS), to).await
    }

    /// The province's intake month by month, both ends included.
    pub(crate) async fn intake_by_month(&self, from: Month, to: Month) -> Result<Vec<(Month, Counts)>> {
        let filter = FigureFilter {
            from: first_half(from),
            to: second_half(to),
            places: None,
            procedures: None,
            measures: &Measure::FILED,
        };
        let rows = self.store().figures(&filter, By::Month).await?;
        Ok(rows.into_iter().map(|r| (r.month, r.counts)).collect())
    }
}

fn by_counter<K: Ord>(of: BTreeMap<K, Intake>) -> Vec<(K, Intake)> {
    let mut list: Vec<_> = of.into_iter().collect();
    list.sort_by_key(|(_, i)| (-i.counter, -i.total()));
    list
}

fn month_lines(from: Month, to: Month, rows: &[FigureRow]) -> Vec<MonthLine> {
    let of = |month| {
        let row = rows.iter().find(|r| r.month == month);
        row.map_or_else(Intake::default, |r| Intake::of(&r.counts))
    };
    let mut lines = Vec::new();
    let mut month = from;
    while month <= to {
        lines.push(MonthLine {
            month,
            now: of(month),
            year_ago: of(months_before(month, 12)),
        });
        month = months_before(month, -1);
    }
    lines
}

fn year_before(from: Month, to: Month, rows: &[FigureRow]) -> Intake {
    let span = months_before(from, 12)..=months_before(to, 12);
    let mut sum = Intake::default();
    for row in rows.iter().filter(|r| span.contains(&r.month)) {
        sum.plus(Intake::of(&row.counts));
    }
    sum
}

/// How many services, the strongest first, make four fifths of all that was filed online.
fn concentration(services: &[(ProcedureCode, Intake)]) -> usize {
    let mut online: Vec<i64> = services.iter().map(|(_, i)| i.all_online()).filter(|n| *n > 0).collect();
    online.sort_unstable_by_key(|n| -n);
    let whole: i64 = online.iter().sum();
    let mut sum = 0;
    online
        .iter()
        .take_while(|n| {
            let before = sum;
            sum += **n;
            before * 5 < whole * 4
        })
        .count()
}
