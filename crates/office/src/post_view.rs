//! The post offices in figures: for the head of one, and for the province over all, also those that filed nothing.

use crate::Office;
use crate::adoption::months_before;
use crate::error::Result;
use crate::till::headed;
use motcua_model::actor::{Actor, Role};
use motcua_model::clock::local;
use motcua_model::dossier::Refusal;
use motcua_model::id::AgencyCode;
use motcua_model::procedure::AgencyKind;
use motcua_model::till::{Till, TillState};
use motcua_store::intake::{Month, month_of};
use motcua_store::office_count::OfficeCount;

/// Most tills of an office that are read for a month.
const TILLS: u32 = 500;

/// A post office in figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeView {
    /// Which office.
    pub office: AgencyCode,
    /// Filed this month.
    pub filed_month: i64,
    /// Filed last month.
    pub filed_before: i64,
    /// Being settled.
    pub waiting: i64,
    /// Whose person was asked for more.
    pub asked: i64,
    /// Whose result waits to be given.
    pub ready: i64,
    /// VND taken this month, in tills that were counted.
    pub takings: u64,
    /// VND short in tills of this month.
    pub short: u64,
    /// VND over in tills of this month.
    pub over: u64,
    /// Tills that wait for a head's confirmation.
    pub pending: usize,
}

impl OfficeView {
    fn of(office: AgencyCode, month: Month, counts: &[OfficeCount], tills: &[Till]) -> Self {
        let counts: Vec<&OfficeCount> = counts.iter().filter(|c| c.office == office.as_str()).collect();
        let sum = |wanted: &dyn Fn(&OfficeCount) -> bool| counts.iter().filter(|c| wanted(c)).map(|c| c.n).sum::<i64>();
        let before = months_before(month, 1);
        let differences = || tills.iter().filter_map(Till::difference);
        Self {
            filed_month: sum(&|c| c.month == month),
            filed_before: sum(&|c| c.month == before),
            waiting: sum(&|c| matches!(c.status.as_str(), "filed" | "accepted" | "in_process" | "awaiting_payment")),
            asked: sum(&|c| c.status == "awaiting_supplement"),
            ready: sum(&|c| c.status == "approved"),
            takings: tills.iter().map(|t| t.taken).sum(),
            short: differences().filter(|d| *d < 0).map(i64::unsigned_abs).sum(),
            over: differences().filter(|d| *d > 0).map(i64::unsigned_abs).sum(),
            pending: tills.iter().filter(|t| t.state == TillState::Counted).count(),
            office,
        }
    }

    /// Whether nothing was filed there in the two months.
    #[must_use]
    pub fn is_unused(&self) -> bool {
        self.filed_month == 0 && self.filed_before == 0
    }
}

impl Office {
    /// The head's own office in figures, with its tills of this month, the latest first.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who heads no post office.
    pub async fn head_view(&self, head: &Actor) -> Result<(OfficeView, Vec<Till>)> {
        let office = headed(head)?;
        let counts = self.store().office_counts(office).await?;
        let tills = self.tills_of_month(office).await?;
        let view = OfficeView::of(office.clone(), month_of(self.now()), &counts, &tills);
        Ok((view, tills))
    }

    /// Every post office of the province in figures, who filed the most first.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who does not watch the province.
    pub async fn post_offices(&self, actor: &Actor) -> Result<Vec<OfficeView>> {
        if actor.role != Role::Monitor {
            return Err(Refusal::NotPermitted.into());
        }
        let counts = self.store().all_office_counts().await?;
        let month = month_of(self.now());
        let mut offices = Vec::new();
        let agencies = self.catalogue().agencies();
        let posts = agencies.filter(|a| a.kind == AgencyKind::PostOffice);
        let codes: Vec<AgencyCode> = posts.map(|a| a.code.clone()).collect();
        for code in codes {
            let tills = self.tills_of_month(&code).await?;
            offices.push(OfficeView::of(code, month, &counts, &tills));
        }
        offices.sort_by_key(|o| std::cmp::Reverse((o.filed_month, o.filed_before)));
        Ok(offices)
    }

    async fn tills_of_month(&self, office: &AgencyCode) -> Result<Vec<Till>> {
        let today = local(self.now()).date();
        Ok(self.store().tills_at(office, today.first_of_month(), today, TILLS).await?)
    }
}
