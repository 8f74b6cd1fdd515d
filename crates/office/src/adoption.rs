//! The share of dossiers filed online: what the province charges every head of agency with.
//!
//! A dossier counts once, in the month it was filed, at the agency that settles it. *Online* is filed by the person on
//! the portal, or for her by a postal clerk (Decision 45/2016/QĐ-TTg): the form is filled in and sent online either way.

use crate::Office;
use crate::error::Result;
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::{Level, Refusal};
use motcua_model::id::{AgencyCode, ProcedureCode};
use motcua_store::intake::{Month, MonthIntake, ServiceIntake, month_of};
use std::collections::BTreeMap;

/// Months that are shown when none are asked for.
const MONTHS: i64 = 12;

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
}

fn share(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| (part * 1000 + whole / 2) / whole)
}

/// A service that is offered online at an agency, and that nobody filed online there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unused {
    /// Where.
    pub agency: AgencyCode,
    /// Which.
    pub procedure: ProcedureCode,
    /// How many came by the counter all the same: the ones to move first.
    pub counter: i64,
}

/// The share online, seen from every side.
#[derive(Clone, Debug)]
pub struct Adoption {
    /// First month, `YYYYMM`.
    pub from: Month,
    /// Last month, `YYYYMM`.
    pub to: Month,
    /// The whole province, or the leader's agency.
    pub all: Intake,
    /// Month by month; the province's only.
    pub months: Vec<(Month, Intake)>,
    /// By agency, the most dossiers at the counter first.
    pub agencies: Vec<(AgencyCode, Intake)>,
    /// By service, the most dossiers at the counter first.
    pub services: Vec<(ProcedureCode, Intake)>,
    /// Offered online and never used online, the most counter visits first.
    pub unused: Vec<Unused>,
    /// How few services make 80 % of what was filed online.
    pub concentration: usize,
}

/// A month so many months before another.
#[must_use]
pub fn months_before(month: Month, back: i64) -> Month {
    let count = (month / 100) * 12 + month % 100 - 1 - back;
    count.div_euclid(12) * 100 + count.rem_euclid(12) + 1
}

impl Office {
    /// The share online from one month to another; the last twelve months where none are given. A leader sees her own
    /// agency only.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is neither monitor nor leader.
    pub async fn adoption(&self, actor: &Actor, from: Option<Month>, to: Option<Month>) -> Result<Adoption> {
        let own = match actor.role {
            Role::Monitor => None,
            Role::Leader => Some(actor.agency.clone().ok_or(Refusal::NotPermitted)?),
            _ => return Err(Refusal::NotPermitted.into()),
        };
        let to = to.unwrap_or_else(|| month_of(self.now()));
        let from = from.unwrap_or_else(|| months_before(to, MONTHS - 1)).min(to);
        let mut rows = self.store().intake_by_service(from, to).await?;
        let months = match own {
            None => by_month(&self.store().intake_by_month(from, to).await?),
            Some(own) => {
                rows.retain(|r| r.agency == own.as_str());
                Vec::new()
            }
        };
        Ok(self.adoption_of(from, to, &rows, months))
    }

    /// The province's intake month by month, for everybody: the open figures.
    ///
    /// # Errors
    /// The store.
    pub async fn open_intake(&self) -> Result<Vec<MonthIntake>> {
        let to = month_of(self.now());
        Ok(self.store().intake_by_month(months_before(to, 5 * MONTHS), to).await?)
    }

    fn adoption_of(&self, from: Month, to: Month, rows: &[ServiceIntake], months: Vec<(Month, Intake)>) -> Adoption {
        let mut all = Intake::default();
        let (mut agencies, mut services, mut pairs) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for r in rows {
            let (agency, service) = (r.agency.as_str(), r.procedure.as_str());
            all.add(&r.channel, r.level, r.n);
            for intake in [
                agencies.entry(agency).or_insert_with(Intake::default),
                services.entry(service).or_insert_with(Intake::default),
                pairs.entry((agency, service)).or_insert_with(Intake::default),
            ] {
                intake.add(&r.channel, r.level, r.n);
            }
        }
        let mut unused: Vec<Unused> = pairs
            .into_iter()
            .filter(|((_, service), i)| {
                i.all_online() == 0 && i.counter > 0 && self.catalogue().procedure(&ProcedureCode::from(*service)).is_some()
            })
            .map(|((agency, service), i)| Unused {
                agency: AgencyCode::from(agency),
                procedure: ProcedureCode::from(service),
                counter: i.counter,
            })
            .collect();
        unused.sort_by_key(|u| -u.counter);
        let mut agencies: Vec<_> = agencies.into_iter().map(|(a, i)| (AgencyCode::from(a), i)).collect();
        agencies.sort_by_key(|(_, i)| -i.counter);
        let mut services: Vec<_> = services.into_iter().map(|(s, i)| (ProcedureCode::from(s), i)).collect();
        services.sort_by_key(|(_, i)| -i.counter);
        Adoption {
            from,
            to,
            all,
            months,
            agencies,
            concentration: concentration(&services),
            services,
            unused,
        }
    }
}

fn by_month(rows: &[MonthIntake]) -> Vec<(Month, Intake)> {
    let mut months: BTreeMap<Month, Intake> = BTreeMap::new();
    for r in rows {
        months.entry(r.month).or_default().add(&r.channel, r.level, r.n);
    }
    months.into_iter().collect()
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
