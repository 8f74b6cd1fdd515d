//! The funnel: how many read a service's sheet, begin its form, take each step, send it, and where they give up.
//!
//! Counted at the server, in memory, and written now and then: a page view never writes. Nothing is kept of who came: no
//! cookie, no address, no person; a number below five is shown to nobody.

use crate::Office;
use crate::adoption::{Month, months_before};
use crate::error::Result;
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::{Channel, Lack, Refusal};
use motcua_model::figure::Measure;
use motcua_model::id::ProcedureCode;
use motcua_store::figure::{By, FigureFilter};
use motcua_store::funnel::{Step, StepCount};
use motcua_store::intake::{first_half, month_of, second_half};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Most different steps between two writings; more is a machine that asks.
const WAITING_MAX: usize = 5_000;
/// Microseconds between two writings.
const EVERY: i64 = 10_000_000;
/// Numbers below this are hidden.
pub const SMALL: i64 = 5;

/// What somebody holds in her hands, as far as her browser says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Device {
    /// A phone or a tablet.
    Phone,
    /// A computer.
    Computer,
}

impl Device {
    /// The name used in storage.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Computer => "computer",
        }
    }
}

/// A step on the way of a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage<'a> {
    /// The sheet was read.
    Sheet,
    /// A form was begun.
    Begun,
    /// A step of the form was right for the first time.
    Step(&'a str),
    /// The first paper was attached.
    Papers,
    /// The form was sent.
    Submitted,
    /// The person went to pay online.
    Pay,
    /// A field was filled in wrong.
    Wrong(&'a str),
    /// A field or a paper was asked for again by an officer.
    Lack(&'a str),
}

impl Stage<'_> {
    fn name(self) -> String {
        match self {
            Self::Sheet => "sheet".to_owned(),
            Self::Begun => "begun".to_owned(),
            Self::Step(id) => format!("step:{id}"),
            Self::Papers => "papers".to_owned(),
            Self::Submitted => "submitted".to_owned(),
            Self::Pay => "pay".to_owned(),
            Self::Wrong(field) => format!("wrong:{field}"),
            Self::Lack(about) => format!("lack:{about}"),
        }
    }
}

/// What waits to be written.
#[derive(Debug, Default)]
pub(crate) struct Buffer {
    steps: Mutex<BTreeMap<Step, i64>>,
    written: AtomicI64,
}

impl Buffer {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<Step, i64>> {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How often something happened; hidden where it is so seldom that somebody could be found in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    /// This often.
    Times(i64),
    /// Fewer than [`SMALL`] times, and at least once.
    Few,
}

impl Shown {
    fn of(n: i64) -> Self {
        if (1..SMALL).contains(&n) { Self::Few } else { Self::Times(n) }
    }

    /// For comparing and drawing; a hidden number counts as nothing.
    #[must_use]
    pub fn number(self) -> i64 {
        match self {
            Self::Times(n) => n,
            Self::Few => 0,
        }
    }
}

/// A stage with how often it was reached, on each kind of device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageCount {
    /// `sheet`, `begun`, `step:ID`, `papers`, `submitted`, `pay`, `accepted`, `first_try`.
    pub what: String,
    /// All together.
    pub all: Shown,
    /// On phones.
    pub phone: Shown,
    /// On computers.
    pub computer: Shown,
}

/// A service's way from its sheet to a dossier that is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Funnel {
    /// First month.
    pub from: Month,
    /// Last month.
    pub to: Month,
    /// The stages in their order.
    pub stages: Vec<StageCount>,
    /// Fields that were filled in wrong, the most often first.
    pub wrong: Vec<(String, Shown)>,
    /// Fields and papers that officers asked for again, the most often first.
    pub lacks: Vec<(String, Shown)>,
}

/// A service in the list of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunnelLine {
    /// The service.
    pub procedure: ProcedureCode,
    /// Sheets read.
    pub sheet: Shown,
    /// Forms begun.
    pub begun: Shown,
    /// Sent.
    pub submitted: Shown,
    /// Sent of those begun, in tenths of a percent; none where a number is hidden.
    pub through: Option<i64>,
}

/// The channel in which a role files.
#[must_use]
pub fn channel_of(role: Role) -> Channel {
    match role {
        Role::PostClerk => Channel::Post,
        role if role.is_officer() => Channel::Counter,
        _ => Channel::Online,
    }
}

impl Office {
    /// Notes that a step was taken; nothing of who took it.
    pub fn note_step(&self, procedure: &ProcedureCode, stage: Stage<'_>, channel: Channel, device: Option<Device>) {
        let step = Step {
            month: month_of(self.now()),
            procedure: procedure.0.clone(),
            what: stage.name(),
            channel: channel.as_str(),
            device: device.map_or("", Device::as_str),
        };
        let mut waiting = self.inner.funnel.lock();
        if waiting.len() < WAITING_MAX || waiting.contains_key(&step) {
            *waiting.entry(step).or_default() += 1;
        }
    }

    /// Notes what an officer asked for again.
    pub(crate) fn note_lacks(&self, procedure: &ProcedureCode, channel: Channel, lacks: &[Lack]) {
        for lack in lacks.iter().filter(|l| !l.about.is_empty()) {
            self.note_step(procedure, Stage::Lack(&lack.about), channel, None);
        }
    }

    /// Writes what was noted, when the last writing is some seconds ago.
    pub(crate) async fn keep_steps_now_and_then(&self) -> Result<()> {
        let (now, last) = (self.now().as_microsecond(), self.inner.funnel.written.load(Ordering::Relaxed));
        if (last..last + EVERY).contains(&now) {
            return Ok(());
        }
        self.inner.funnel.written.store(now, Ordering::Relaxed);
        self.keep_steps().await
    }

    /// Writes what was noted.
    ///
    /// # Errors
    /// The store; what was noted is kept for the next time.
    pub async fn keep_steps(&self) -> Result<()> {
        self.keep_reached().await?;
        let taken = std::mem::take(&mut *self.inner.funnel.lock());
        if taken.is_empty() {
            return Ok(());
        }
        let done = self.store().add_steps(taken.clone().into_iter()).await;
        if done.is_err() {
            let mut waiting = self.inner.funnel.lock();
            for (step, n) in taken {
                *waiting.entry(step).or_default() += n;
            }
        }
        Ok(done?)
    }

    fn funnel_span(&self, from: Option<Month>, to: Option<Month>) -> (Month, Month) {
        let to = to.unwrap_or_else(|| month_of(self.now()));
        let from = from.unwrap_or_else(|| months_before(to, 2));
        (from.clamp(months_before(to, 119), to), to)
    }

    /// Every service's way, the one that most people give up first; the last three months where none are given.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is neither monitor nor head.
    pub async fn funnels(&self, actor: &Actor, from: Option<Month>, to: Option<Month>) -> Result<Vec<FunnelLine>> {
        watches(actor)?;
        self.keep_steps().await?;
        let (from, to) = self.funnel_span(from, to);
        let mut of: BTreeMap<String, [i64; 3]> = BTreeMap::new();
        for row in self.store().steps_of_all(from, to).await? {
            let counts = of.entry(row.procedure).or_default();
            match row.what.as_str() {
                "sheet" => counts[0] += row.n,
                "begun" => counts[1] += row.n,
                _ => counts[2] += row.n,
            }
        }
        let mut lines: Vec<(i64, FunnelLine)> = of
            .into_iter()
            .map(|(procedure, [sheet, begun, submitted])| {
                let open = begun >= SMALL && (submitted == 0 || submitted >= SMALL);
                let line = FunnelLine {
                    procedure: ProcedureCode(procedure),
                    sheet: Shown::of(sheet),
                    begun: Shown::of(begun),
                    submitted: Shown::of(submitted),
                    through: crate::adoption::share(submitted.min(begun), begun).filter(|_| open),
                };
                (submitted - begun, line)
            })
            .collect();
        lines.sort_by_key(|(given_up, _)| *given_up);
        Ok(lines.into_iter().map(|(_, line)| line).collect())
    }

    /// One service's way from its sheet to a dossier that is accepted at first try, for one channel or all.
    ///
    /// # Errors
    /// As [`Office::funnels`]; [`Refusal::NotFound`] for a service that has no form.
    pub async fn funnel(
        &self,
        actor: &Actor,
        code: &ProcedureCode,
        channel: Option<Channel>,
        from: Option<Month>,
        to: Option<Month>,
    ) -> Result<Funnel> {
        watches(actor)?;
        let procedure = self.procedure(code)?;
        self.keep_steps().await?;
        let (from, to) = self.funnel_span(from, to);
        let mut rows = self.store().steps_of(code.as_str(), from, to).await?;
        rows.retain(|r| channel.is_none_or(|c| c.as_str() == r.channel));
        let mut names = vec!["sheet".to_owned(), "begun".to_owned()];
        names.extend(procedure.form.steps.iter().map(|s| format!("step:{}", s.id)));
        names.extend(["papers", "submitted", "pay"].map(str::to_owned));
        let mut stages: Vec<StageCount> = names.into_iter().map(|what| stage_of(&rows, what)).collect();
        if channel.is_none() {
            stages.extend(self.accepted_of(code, from, to).await?);
        }
        Ok(Funnel {
            from,
            to,
            stages,
            wrong: most(&rows, "wrong:"),
            lacks: most(&rows, "lack:"),
        })
    }

    /// Accepted, and accepted at first try: from the figures, which know no device.
    async fn accepted_of(&self, code: &ProcedureCode, from: Month, to: Month) -> Result<[StageCount; 2]> {
        let filter = FigureFilter {
            from: first_half(from),
            to: second_half(to),
            places: None,
            procedures: Some(vec![code.0.clone()]),
            measures: &[Measure::TakenOnline, Measure::TakenOther, Measure::FirstTry],
        };
        let rows = self.store().figures(&filter, By::Month).await?;
        let stage = |what: &str, n: i64| StageCount {
            what: what.to_owned(),
            all: Shown::of(n),
            phone: Shown::Times(0),
            computer: Shown::Times(0),
        };
        Ok([
            stage("accepted", rows.iter().map(|r| r.counts.taken()).sum()),
            stage("first_try", rows.iter().map(|r| r.counts.get(Measure::FirstTry)).sum()),
        ])
    }
}

fn stage_of(rows: &[StepCount], what: String) -> StageCount {
    let on = |device: Option<Device>| {
        let of = rows
            .iter()
            .filter(|r| r.what == what && device.is_none_or(|d| d.as_str() == r.device));
        Shown::of(of.map(|r| r.n).sum())
    };
    StageCount {
        all: on(None),
        phone: on(Some(Device::Phone)),
        computer: on(Some(Device::Computer)),
        what,
    }
}

fn most(rows: &[StepCount], prefix: &str) -> Vec<(String, Shown)> {
    let mut of: BTreeMap<&str, i64> = BTreeMap::new();
    for row in rows {
        if let Some(about) = row.what.strip_prefix(prefix) {
            *of.entry(about).or_default() += row.n;
        }
    }
    let mut list: Vec<_> = of.into_iter().collect();
    list.sort_by_key(|(_, n)| -n);
    list.into_iter()
        .take(20)
        .map(|(about, n)| (about.to_owned(), Shown::of(n)))
        .collect()
}

fn watches(actor: &Actor) -> Result<()> {
    if matches!(actor.role, Role::Monitor | Role::Leader) {
        Ok(())
    } else {
        Err(Refusal::NotPermitted.into())
    }
}
