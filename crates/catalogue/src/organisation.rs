//! How the province is organised, day by day: which agencies and places there are, who took over from whom, and who
//! settles what.
//!
//! `agencies.toml` and `places/` hold the organisation of 2020; each file `organisation/DATE.toml` is one change: agencies
//! open and close, services pass to another agency, a level of government goes. What holds between two changes is worked
//! out once, when the content is read, so that a request only looks it up.

use crate::agency::Agency;
use jiff::civil::Date;
use motcua_model::form::{Answers, Registers};
use motcua_model::id::{AgencyCode, ProcedureCode};
use motcua_model::procedure::{AgencyKind, Procedure, Sheet, Text};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// A change of the organisation, as its file tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reform {
    /// First day of the new organisation.
    pub date: Date,
    /// What happened.
    pub name: Text,
    /// By which decision: the reason that dossiers are handed over with.
    pub decision: String,
    /// Services that passed to an agency.
    pub(crate) takes: Vec<(ProcedureCode, AgencyCode)>,
    /// Levels whose work passed to another level.
    pub(crate) levels: BTreeMap<AgencyKind, AgencyKind>,
}

/// The organisation between two changes.
#[derive(Debug)]
pub struct Organisation {
    since: Option<Date>,
    reform: Option<Reform>,
    registers: Registers,
    agencies: Arc<BTreeMap<AgencyCode, Arc<Agency>>>,
    open: BTreeSet<AgencyCode>,
    takes: HashMap<ProcedureCode, AgencyCode>,
    levels: BTreeMap<AgencyKind, AgencyKind>,
    /// Who sits where.
    seats: HashMap<(AgencyKind, String), AgencyCode>,
    /// The district in which a commune lies, or lay.
    districts: HashMap<String, String>,
    /// Names of departments that closed, and of who took over.
    closed: Vec<(String, String)>,
}

/// Every organisation there was and will be, the oldest first; never empty.
pub(crate) fn all(agencies: BTreeMap<AgencyCode, Arc<Agency>>, registers: &Registers, reforms: &[Reform]) -> Vec<Organisation> {
    let agencies = Arc::new(agencies);
    let entries = || registers.lists.values().flatten();
    let firsts = reforms.iter().map(|r| Some(r.date));
    let firsts = firsts.chain(agencies.values().flat_map(|a| [a.valid_from, after(a.valid_to)]));
    let firsts: BTreeSet<Date> = firsts
        .chain(entries().flat_map(|e| [e.from, after(e.until)]))
        .flatten()
        .collect();
    let days = std::iter::once(None).chain(firsts.into_iter().map(Some));
    days.map(|since| Organisation::new(since, &agencies, registers, reforms))
        .collect()
}

fn after(last: Option<Date>) -> Option<Date> {
    last.and_then(|day| day.tomorrow().ok())
}

impl Organisation {
    fn new(
        since: Option<Date>,
        agencies: &Arc<BTreeMap<AgencyCode, Arc<Agency>>>,
        registers: &Registers,
        reforms: &[Reform],
    ) -> Self {
        let day = since.unwrap_or(Date::MIN);
        let done: Vec<&Reform> = reforms.iter().filter(|r| r.date <= day).collect();
        let open: Vec<&Arc<Agency>> = agencies.values().filter(|a| a.is_open_on(day)).collect();
        let mut districts = HashMap::new();
        for commune in registers.lists.get("communes").into_iter().flatten() {
            if let Some(district) = &commune.parent {
                districts.insert(commune.code.clone(), district.clone());
                for heir in &commune.successors {
                    districts.entry(heir.clone()).or_insert_with(|| district.clone());
                }
            }
        }
        let mut organisation = Self {
            since,
            reform: done.iter().max_by_key(|r| r.date).map(|r| (*r).clone()),
            registers: registers.on(day),
            seats: open
                .iter()
                .map(|a| ((a.kind, a.place.clone().unwrap_or_default()), a.code.clone()))
                .collect(),
            open: open.iter().map(|a| a.code.clone()).collect(),
            agencies: agencies.clone(),
            takes: done.iter().flat_map(|r| r.takes.iter().cloned()).collect(),
            levels: done
                .iter()
                .flat_map(|r| r.levels.iter().map(|(from, to)| (*from, *to)))
                .collect(),
            districts,
            closed: Vec::new(),
        };
        let departments = agencies.values().filter(|a| a.kind == AgencyKind::Department);
        let closed = departments.filter(|a| a.valid_to.is_some_and(|to| to < day));
        organisation.closed = closed
            .filter_map(|a| Some((a.name.vi.clone(), organisation.heirs(&a.code).first()?.name.vi.clone())))
            .collect();
        organisation
    }

    /// Its first day; none for the oldest.
    #[must_use]
    pub fn since(&self) -> Option<Date> {
        self.since
    }

    /// The change that made it; none for the oldest.
    #[must_use]
    pub fn reform(&self) -> Option<&Reform> {
        self.reform.as_ref()
    }

    /// The lists that forms choose from in its days.
    #[must_use]
    pub fn registers(&self) -> &Registers {
        &self.registers
    }

    /// The agencies that are open.
    pub fn agencies(&self) -> impl Iterator<Item = &Arc<Agency>> {
        self.open.iter().filter_map(|code| self.agencies.get(code))
    }

    /// Whether an agency is open.
    #[must_use]
    pub fn is_open(&self, code: &AgencyCode) -> bool {
        self.open.contains(code)
    }

    /// Whether a service passed from the agency that its sheet names to another.
    #[must_use]
    pub fn is_taken(&self, service: &ProcedureCode) -> bool {
        self.takes.contains_key(service)
    }

    /// Whether running dossiers of an agency may have to move: it is closed, or somewhere services passed to others.
    #[must_use]
    pub fn has_changed(&self, code: &AgencyCode) -> bool {
        !self.is_open(code)
            || (!self.takes.is_empty() && self.agencies.get(code).is_some_and(|a| a.kind == AgencyKind::Department))
    }

    /// The open agencies that took over from an agency, its main heir first; itself while it is open.
    #[must_use]
    pub fn heirs(&self, code: &AgencyCode) -> Vec<&Arc<Agency>> {
        let (mut found, mut waiting) = (Vec::<&Arc<Agency>>::new(), vec![code]);
        // Each round replaces agencies by their successors; a circle in the data ends with the rounds.
        for _ in 0..8 {
            let mut next = Vec::new();
            for code in waiting {
                let Some(agency) = self.agencies.get(code) else { continue };
                if !self.is_open(code) {
                    next.extend(&agency.successors);
                } else if !found.iter().any(|f| f.code == *code) {
                    found.push(agency);
                }
            }
            waiting = next;
        }
        found
    }

    /// The agency that settles a dossier: the department, or the one that sits where the person lives. An address of
    /// another day is understood as the place is called now.
    #[must_use]
    pub fn agency_for(&self, procedure: &Procedure, answers: &Answers) -> Option<&Arc<Agency>> {
        let sheet = &procedure.sheet;
        let named = sheet.agency.clone().map(AgencyCode);
        if let Some(code) = self.takes.get(&sheet.code).or(named.as_ref()) {
            return self.heirs(code).first().copied();
        }
        self.seat_for(sheet.agency_kind, procedure, answers)
    }

    /// The agency of a kind that sits where a dossier belongs: where the person lives, or the land lies.
    #[must_use]
    pub fn seat_for(&self, kind: AgencyKind, procedure: &Procedure, answers: &Answers) -> Option<&Arc<Agency>> {
        let kind = self.levels.get(&kind).copied().unwrap_or(kind);
        let address = answers.get(&procedure.form.applicant.address)?;
        let part = |name: &str| address.get(name).and_then(serde_json::Value::as_str);
        let commune = part("commune").and_then(|code| self.registers.now("communes", code).first().copied());
        let place = match kind {
            AgencyKind::Commune => &commune?.code,
            _ => commune
                .and_then(|c| self.districts.get(&c.code))
                .map_or_else(|| part("district").unwrap_or(""), String::as_str),
        };
        let seat = |place: &str| self.seats.get(&(kind, place.to_owned()));
        self.agencies.get(seat(place).or_else(|| seat(""))?)
    }

    /// The open agencies that settle a service: the department, or each agency of its level.
    #[must_use]
    pub fn settlers(&self, sheet: &Sheet) -> Vec<&Arc<Agency>> {
        let named = sheet.agency.clone().map(AgencyCode);
        if let Some(code) = self.takes.get(&sheet.code).or(named.as_ref()) {
            return self.heirs(code).first().copied().into_iter().collect();
        }
        let kind = self.levels.get(&sheet.agency_kind).copied().unwrap_or(sheet.agency_kind);
        if kind == AgencyKind::Department {
            // Which department is not said: the one that sits for the province.
            let seat = self.seats.get(&(kind, String::new()));
            return seat.and_then(|code| self.agencies.get(code)).into_iter().collect();
        }
        self.agencies().filter(|a| a.kind == kind).collect()
    }

    /// The post office that serves a commune: the one of its district, of today or of before.
    #[must_use]
    pub fn post_office(&self, commune: &str) -> Option<&Arc<Agency>> {
        let seat = |place: &str| self.seats.get(&(AgencyKind::PostOffice, place.to_owned()));
        let district = self.district_of(commune);
        self.agencies.get(district.and_then(seat).or_else(|| seat(""))?)
    }

    /// The district in which a commune lies, or its land lay before there were none.
    #[must_use]
    pub fn district_of(&self, commune: &str) -> Option<&str> {
        self.districts.get(commune).map(String::as_str)
    }

    /// Who settles a service, in words: as its source names the agency, with what has changed since.
    #[must_use]
    pub fn settles(&self, sheet: &Sheet) -> String {
        let name = |code: &AgencyCode| self.heirs(code).first().map(|a| a.name.vi.clone());
        if let Some(taken) = self.takes.get(&sheet.code).and_then(name) {
            return taken;
        }
        if let Some(level) = self.levels.get(&sheet.agency_kind) {
            return level_text(*level).to_owned();
        }
        let mut text = sheet.agency_text.clone();
        for (closed, heir) in &self.closed {
            text = text.replace(closed, heir);
        }
        text
    }
}

fn level_text(kind: AgencyKind) -> &'static str {
    match kind {
        AgencyKind::Department => "Sở, ban, ngành của tỉnh",
        AgencyKind::District => "UBND cấp huyện",
        AgencyKind::Commune => "UBND cấp xã",
        AgencyKind::LandBranch => "Chi nhánh Văn phòng Đăng ký đất đai",
        AgencyKind::PostOffice => "Bưu điện",
        AgencyKind::TaxBranch => "Chi cục Thuế",
    }
}
