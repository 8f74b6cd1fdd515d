//! Reads and checks the province's content: agencies, places, calendars, services and their forms.
//!
//! The content is data in `catalogue/` at the repository's root, compiled in as the default; a folder can be read
//! instead. A clerk adds a service by copying a folder under `procedures/` and running `motcua catalogue check`.

mod agency;
mod archive;
mod check;
pub mod difference;
pub mod edit;
mod files;
mod kept_paper;
mod life_event;
mod nearest;
mod organisation;
mod place;
mod procedure;
mod reform;
pub mod schema;
mod search;
mod service;
mod shared;
mod statement;
mod tariff;

pub use agency::Agency;
pub use check::Mistake;
pub use check::examples::{EXAMPLE_DAY, Examples, Wrong, fill};
pub use files::{Change, FILE_MAX, Files, check_path};
pub use kept_paper::KeptKind;
pub use life_event::{LifeEvent, LifeStep};
pub use organisation::{Organisation, Reform};
pub use search::Hit;
pub use service::{Service, Summary};

use jiff::civil::Date;
use motcua_model::clock::Calendar;
use motcua_model::form::{Answers, Registers};
use motcua_model::id::{AgencyCode, ProcedureCode};
use motcua_model::ledger::Layout;
use motcua_model::post::Tariff;
use motcua_model::procedure::Procedure;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The province's content, read and checked.
#[derive(Debug)]
pub struct Catalogue {
    agencies: BTreeMap<AgencyCode, Arc<Agency>>,
    /// The oldest first; never empty.
    organisations: Vec<Organisation>,
    /// Which of them holds.
    holds: AtomicUsize,
    /// Whether it was chosen, and time does not change it.
    held: bool,
    calendar: Calendar,
    services: Vec<Arc<Service>>,
    by_code: BTreeMap<ProcedureCode, usize>,
    procedures: BTreeMap<ProcedureCode, Arc<Procedure>>,
    /// Code of before → code of now.
    renamed: BTreeMap<ProcedureCode, ProcedureCode>,
    index: search::Index,
    life_events: Vec<LifeEvent>,
    kept_kinds: Vec<KeptKind>,
    layouts: Vec<Layout>,
    tariff: Option<Tariff>,
    files: Arc<Files>,
}

impl Catalogue {
    /// The content that is compiled in.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn embedded() -> Result<Self, Vec<Mistake>> {
        Self::from_files(&Files::embedded())
    }

    /// The content of a folder or of a ZIP.
    ///
    /// # Errors
    /// Every mistake in it, each with file, line, field and remedy.
    pub fn read(path: &Path) -> Result<Self, Vec<Mistake>> {
        Self::from_files(&Files::read(path)?)
    }

    /// Reads the content of a folder or of a ZIP, or the one compiled in, and tries the examples of every service
    /// modelled whole.
    ///
    /// # Errors
    /// Every mistake, also where an example does not come out as its file says.
    pub fn check(path: Option<&Path>) -> Result<Self, Vec<Mistake>> {
        Self::check_files(&path.map_or_else(|| Ok(Files::embedded()), Files::read)?)
    }

    /// The same for files at hand.
    ///
    /// # Errors
    /// Every mistake.
    pub fn check_files(files: &Files) -> Result<Self, Vec<Mistake>> {
        let catalogue = Self::from_files(files)?;
        let mut mistakes = Vec::new();
        for procedure in catalogue.procedures.values() {
            check::examples::try_out(&catalogue, procedure, files, &mut mistakes);
        }
        if mistakes.is_empty() { Ok(catalogue) } else { Err(mistakes) }
    }

    /// The files that it was read from.
    #[must_use]
    pub fn files(&self) -> &Arc<Files> {
        &self.files
    }

    /// The examples of every service modelled whole.
    ///
    /// # Errors
    /// Those that cannot be read.
    pub fn examples(&self) -> Result<Vec<(Arc<Procedure>, Examples)>, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let read = self
            .procedures
            .values()
            .filter_map(|p| Some((p.clone(), check::examples::read(p, &self.files, &mut mistakes)?)))
            .collect();
        if mistakes.is_empty() { Ok(read) } else { Err(mistakes) }
    }

    /// Reads files at hand.
    ///
    /// # Errors
    /// Every mistake in them, each with file, line, field and remedy.
    pub fn from_files(files: &Files) -> Result<Self, Vec<Mistake>> {
        let mut mistakes = Vec::new();
        let mut agencies = agency::read(files, &mut mistakes);
        let mut registers = place::read(files, &mut mistakes);
        let calendar = place::calendar(files, &mut mistakes);
        let mut services = service::read(files, &mut mistakes);
        let procedures = procedure::read(files, &mut mistakes);
        for procedure in procedures.values() {
            check::procedure(procedure, files, &registers, &agencies, &mut mistakes);
        }
        services.retain(|s| !procedures.contains_key(&s.sheet.code));
        services.extend(procedures.values().map(|procedure| Service {
            sheet: procedure.sheet.clone(),
            whole: true,
        }));
        let reforms = reform::read(files, &services, &mut agencies, &mut registers, &mut mistakes);
        let said = search::Said::read(files, &services, &mut mistakes);
        let renamed = service::renamed(&services, &mut mistakes);
        let intents = search::intent::IntentWords::read(files, &mut mistakes);
        check::meanings(&procedures, &services, files, &mut mistakes);
        let life_events = life_event::read(files, &services, &mut mistakes);
        let kept_kinds = kept_paper::read(files, &services, &procedures, &mut mistakes);
        let layouts = statement::read(files, &mut mistakes);
        let tariff = tariff::read(files, &mut mistakes);
        let (Some(calendar), true) = (calendar, mistakes.is_empty()) else {
            return Err(mistakes);
        };
        services.sort_by(|a, b| (&a.sheet.field, &a.sheet.name.vi).cmp(&(&b.sheet.field, &b.sheet.name.vi)));
        let services: Vec<_> = services.into_iter().map(Arc::new).collect();
        Ok(Self {
            by_code: services.iter().enumerate().map(|(i, s)| (s.sheet.code.clone(), i)).collect(),
            index: search::Index::new(&services, said, intents),
            organisations: organisation::all(agencies.clone(), &registers, &reforms),
            holds: AtomicUsize::new(0),
            held: false,
            agencies,
            calendar,
            life_events,
            kept_kinds,
            layouts,
            tariff,
            renamed,
            services,
            procedures,
            files: Arc::new(files.clone()),
        })
    }

    /// A procedure that is modelled whole.
    #[must_use]
    pub fn procedure(&self, code: &ProcedureCode) -> Option<Arc<Procedure>> {
        self.procedures.get(code).cloned()
    }

    /// A service: its sheet, and whether it is modelled whole.
    #[must_use]
    pub fn service(&self, code: &ProcedureCode) -> Option<&Arc<Service>> {
        self.by_code.get(code).map(|i| &self.services[*i])
    }

    /// The code of now, for one that a service had before.
    #[must_use]
    pub fn renamed(&self, before: &ProcedureCode) -> Option<&ProcedureCode> {
        self.renamed.get(before)
    }

    /// The services as machines read them, with who settles them in the organisation that holds.
    pub fn summaries(&self) -> impl Iterator<Item = Summary> {
        self.services.iter().map(|s| s.summary(self.organisation().settles(&s.sheet)))
    }

    /// Every service, by field and name.
    #[must_use]
    pub fn services(&self) -> &[Arc<Service>] {
        &self.services
    }

    /// What happens in a life, each with its services.
    #[must_use]
    pub fn life_events(&self) -> &[LifeEvent] {
        &self.life_events
    }

    /// Kinds of paper that serve again.
    #[must_use]
    pub fn kept_kinds(&self) -> &[KeptKind] {
        &self.kept_kinds
    }

    /// Layouts of the statements of gateways and banks.
    #[must_use]
    pub fn layouts(&self) -> &[Layout] {
        &self.layouts
    }

    /// What the post charges; none where the content has no tariff.
    #[must_use]
    pub fn tariff(&self) -> Option<&Tariff> {
        self.tariff.as_ref()
    }

    /// Services for what a person typed, the best first.
    #[must_use]
    pub fn search(&self, typed: &str) -> Vec<Hit> {
        self.index.search(&self.services, typed)
    }

    /// The organisation of a day.
    #[must_use]
    pub fn as_of(&self, day: Date) -> &Organisation {
        &self.organisations[self.place_of(day)]
    }

    fn place_of(&self, day: Date) -> usize {
        self.organisations
            .partition_point(|o| o.since().is_none_or(|since| since <= day))
            .saturating_sub(1)
    }

    /// Every organisation there was and will be, the oldest first.
    #[must_use]
    pub fn organisations(&self) -> &[Organisation] {
        &self.organisations
    }

    /// The organisation that holds: the oldest, until [`Self::turn_to`] or [`Self::hold`] says otherwise.
    #[must_use]
    pub fn organisation(&self) -> &Organisation {
        &self.organisations[self.holds.load(Ordering::Relaxed)]
    }

    /// Holds the organisation of a day, whatever day it is: for a demo of 2020.
    #[must_use]
    pub fn hold(mut self, day: Date) -> Self {
        self.holds = AtomicUsize::new(self.place_of(day));
        self.held = true;
        self
    }

    /// Today's organisation holds from now on, unless one is held; answers whether that was a change.
    pub fn turn_to(&self, today: Date) -> bool {
        let place = self.place_of(today);
        !self.held && self.holds.swap(place, Ordering::Relaxed) != place
    }

    /// Holds the organisation that `other` holds: for content that takes the place of other content.
    #[must_use]
    pub fn holding_as(mut self, other: &Self) -> Self {
        let place = other
            .holds
            .load(Ordering::Relaxed)
            .min(self.organisations.len().saturating_sub(1));
        (self.holds, self.held) = (AtomicUsize::new(place), other.held);
        self
    }

    /// Services nearest to what found nothing: those whose names share most groups of three letters with it.
    #[must_use]
    pub fn nearest(&self, typed: &str) -> Vec<Hit> {
        nearest::nearest(&self.services, typed)
    }

    /// The lists that forms choose from.
    #[must_use]
    pub fn registers(&self) -> &Registers {
        self.organisation().registers()
    }

    /// Districts in the order of the map of tiles: from left to right, from top to bottom, three in a row.
    #[must_use]
    pub fn districts_on_map(&self) -> Vec<String> {
        let rows = self.files.rows("places/districts.tsv").into_iter().flatten();
        let mut placed: Vec<(u8, String)> = rows
            .map(|(_, cells)| {
                let place = cells.get(3).and_then(|n| n.parse().ok());
                (place.unwrap_or(u8::MAX), cells.first().map_or("", |c| *c).to_owned())
            })
            .filter(|(_, code)| self.registers().entry("districts", code).is_some())
            .collect();
        placed.sort();
        placed.into_iter().map(|(_, code)| code).collect()
    }

    /// Working time of the province's agencies.
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// An agency of any day.
    #[must_use]
    pub fn agency(&self, code: &AgencyCode) -> Option<&Arc<Agency>> {
        self.agencies.get(code)
    }

    /// Every agency that is open, by code.
    pub fn agencies(&self) -> impl Iterator<Item = &Arc<Agency>> {
        self.organisation().agencies()
    }

    /// The agency that settles a dossier, see [`Organisation::agency_for`].
    #[must_use]
    pub fn agency_for(&self, procedure: &Procedure, answers: &Answers) -> Option<&Arc<Agency>> {
        self.organisation().agency_for(procedure, answers)
    }
}
