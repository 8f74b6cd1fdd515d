//! Indices after Decision 766/QĐ-TTg, as far as dossiers tell them: each with its part and its whole.

mod behind;

pub use behind::{BehindIndex, BehindPage};

use crate::Office;
use crate::adoption::{Intake, Month, months_before, share};
use crate::error::Result;
use motcua_model::actor::Actor;
use motcua_model::figure::{Counts, Measure};
use motcua_model::id::AgencyCode;
use motcua_model::procedure::{Origin, Sheet};
use motcua_store::figure::{By, FigureFilter};
use motcua_store::intake::{first_half, month_of, second_half};
use std::collections::BTreeMap;

/// What is measured, in the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Settled by the due date, of those settled.
    OnTime,
    /// Filed online by the person or for her, of those filed.
    Online,
    /// Fee paid online, of those settled that had a fee.
    PaidOnline,
    /// Result given as a file, of results given.
    ResultOnline,
    /// Papers kept as files, of those accepted.
    Digitised,
    /// Nothing asked for again, of those accepted.
    FirstTry,
    /// Content, of those who answered.
    Content,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::OnTime,
        Self::Online,
        Self::PaidOnline,
        Self::ResultOnline,
        Self::Digitised,
        Self::FirstTry,
        Self::Content,
    ];

    /// Its name in addresses.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OnTime => "dung-han",
            Self::Online => "truc-tuyen",
            Self::PaidOnline => "thanh-toan",
            Self::ResultOnline => "ket-qua",
            Self::Digitised => "so-hoa",
            Self::FirstTry => "lan-dau",
            Self::Content => "hai-long",
        }
    }

    /// Reads [`Kind::as_str`] back.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.as_str() == name)
    }

    /// What its part and its whole are the sum of; none for what people say, which is not read from dossiers.
    #[must_use]
    pub fn measures(self) -> Option<(&'static [Measure], &'static [Measure])> {
        use Measure::{
            Charged, ChargedOnline, Early, FirstTry, Late, OnTime, OnlineFour, OnlineThree, PostFour, PostThree, Returned,
            ReturnedOnline, TakenOnline, TakenOther, WithFiles,
        };
        const TAKEN: &[Measure] = &[TakenOnline, TakenOther];
        Some(match self {
            Self::OnTime => (&[Early, OnTime], &[Early, OnTime, Late]),
            Self::Online => (&[OnlineThree, OnlineFour, PostThree, PostFour], &Measure::FILED),
            Self::PaidOnline => (&[ChargedOnline], &[Charged]),
            Self::ResultOnline => (&[ReturnedOnline], &[Returned]),
            Self::Digitised => (&[WithFiles], TAKEN),
            Self::FirstTry => (&[FirstTry], TAKEN),
            Self::Content => return None,
        })
    }
}

/// A part of a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ratio {
    /// The part.
    pub part: i64,
    /// The whole.
    pub whole: i64,
}

impl Ratio {
    /// In tenths of a percent; none of nothing.
    #[must_use]
    pub fn share(&self) -> Option<i64> {
        share(self.part, self.whole)
    }
}

/// The indices of the province or of what a head answers for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indices {
    /// First month.
    pub from: Month,
    /// Last month.
    pub to: Month,
    /// All together, in the order of [`Kind::ALL`].
    pub all: [Ratio; 7],
    /// By agency, in the order of codes.
    pub agencies: Vec<(AgencyCode, [Ratio; 7])>,
    /// Services whose sheet is sourced and says term, result and legal basis, of all services: openness.
    pub open: Ratio,
    /// Trips that people did not make: one for each dossier filed by the person online, one for each result as a file.
    pub trips: i64,
}

fn ratios(c: &Counts, content: (i64, i64)) -> [Ratio; 7] {
    Kind::ALL.map(|kind| match kind.measures() {
        Some((part, whole)) => Ratio {
            part: c.sum(part),
            whole: c.sum(whole),
        },
        None => Ratio {
            part: content.0,
            whole: content.1,
        },
    })
}

fn is_open(sheet: &Sheet) -> bool {
    sheet.source.origin == Origin::Sourced && !sheet.legal_basis.is_empty() && !sheet.result.vi.is_empty()
}

impl Office {
    /// The indices of the months, both included; the last twelve where none are given.
    ///
    /// # Errors
    /// [`motcua_model::dossier::Refusal::NotPermitted`] for who is neither monitor nor head.
    pub async fn indices(&self, actor: &Actor, from: Option<Month>, to: Option<Month>) -> Result<Indices> {
        let own = self.own_agencies(actor)?;
        let to = to.unwrap_or_else(|| month_of(self.now()));
        let from = from.unwrap_or_else(|| months_before(to, 11));
        let from = from.clamp(months_before(to, 119), to);
        let filter = FigureFilter {
            from: first_half(from),
            to: second_half(to),
            places: own,
            procedures: None,
            measures: &Measure::ALL,
        };
        let content: BTreeMap<AgencyCode, (i64, i64)> = self
            .satisfaction(actor, Some(from), Some(to))
            .await?
            .into_iter()
            .map(|(agency, s)| (agency, (s.counts[0], s.total())))
            .collect();
        let (mut sum, mut agencies) = (Counts::default(), Vec::new());
        for row in self.store().figures(&filter, By::Place).await? {
            sum += row.counts;
            let agency = AgencyCode(row.place);
            let said = content.get(&agency).copied().unwrap_or_default();
            agencies.push((agency, ratios(&row.counts, said)));
        }
        let said = content.values().fold((0, 0), |(a, b), (part, whole)| (a + part, b + whole));
        let services = self.catalogue().services();
        Ok(Indices {
            from,
            to,
            all: ratios(&sum, said),
            agencies,
            open: Ratio {
                part: services.iter().filter(|s| is_open(&s.sheet)).count() as i64,
                whole: services.len() as i64,
            },
            trips: Intake::of(&sum).online + sum.get(Measure::ReturnedOnline),
        })
    }
}
