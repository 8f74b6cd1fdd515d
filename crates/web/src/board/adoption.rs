//! `/bang/truc-tuyen`: the share filed online from every side, where nobody files online though it is offered, and the
//! dossiers behind a figure for who may see them.

use super::chart::{Pair, Tile, pairs, tiles};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use motcua_model::actor::{Actor, Role};
use motcua_model::id::{AgencyCode, ProcedureCode};
use motcua_office::adoption::{Adoption, Cut, Intake, Unused};
use motcua_words::{Lang, Words};
use serde::Deserialize;
use std::collections::BTreeSet;

/// Lines of the list of unused services on the page.
const UNUSED: usize = 40;

/// What part is looked at, as the address says it.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Asked {
    tu: String,
    den: String,
    #[serde(rename = "co-quan")]
    agency: String,
    #[serde(rename = "linh-vuc")]
    field: String,
    #[serde(rename = "thu-tuc")]
    procedure: String,
    #[serde(rename = "huyen")]
    district: String,
    #[serde(rename = "xa")]
    commune: String,
}

impl Asked {
    /// What is asked for one agency alone.
    pub(super) fn of_agency(agency: &str) -> Self {
        Self {
            agency: agency.to_owned(),
            ..Self::default()
        }
    }

    pub(super) fn cut(&self) -> Cut {
        let some = |text: &String| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
        Cut {
            from: month(&self.tu),
            to: month(&self.den),
            agency: some(&self.agency).map(AgencyCode),
            field: some(&self.field),
            procedure: some(&self.procedure).map(ProcedureCode),
            district: some(&self.district),
            commune: some(&self.commune),
        }
    }

    /// The same with one part more: the address of a narrower look.
    fn narrower(&self, name: &str, value: &str) -> String {
        let mut address = form_urlencoded::Serializer::new(String::new());
        let parts = [
            ("tu", &self.tu),
            ("den", &self.den),
            ("co-quan", &self.agency),
            ("linh-vuc", &self.field),
            ("thu-tuc", &self.procedure),
            ("huyen", &self.district),
            ("xa", &self.commune),
        ];
        for (key, kept) in parts.into_iter().filter(|(k, v)| *k != name && !v.is_empty()) {
            address.append_pair(key, kept);
        }
        if !name.is_empty() {
            address.append_pair(name, value);
        }
        address.finish()
    }
}

struct Line {
    name: String,
    /// The narrower look; empty where there is none.
    href: String,
    intake: Intake,
    online: String,
    level_four: String,
    /// The share online in whole percent, for the bar.
    percent: i64,
    /// The lists of dossiers behind the numbers: by herself, at the post, at the counter; empty for who may not see them.
    behind: Option<[String; 3]>,
}

/// A table of lines under one heading.
struct Side {
    id: &'static str,
    title: &'static str,
    head: &'static str,
    lines: Vec<Line>,
}

struct UnusedLine {
    service: String,
    code: String,
    agency: String,
    counter: i64,
}

struct MonthRow {
    line: Line,
    year_ago: String,
}

/// What can be chosen: value, name, whether it is.
type Choices = Vec<(String, String, bool)>;

#[derive(Template)]
#[template(path = "board/adoption.html")]
struct AdoptionPage {
    page: Page,
    from: String,
    to: String,
    agencies: Choices,
    fields: Choices,
    services: Choices,
    districts: Choices,
    /// What is looked at, in words; empty for all.
    of: String,
    all: Line,
    year_ago: String,
    change: String,
    bars: Vec<Pair>,
    scale: i64,
    months: Vec<MonthRow>,
    tiles: Vec<Tile>,
    sides: Vec<Side>,
    unused: Vec<UnusedLine>,
    unused_by_counter: usize,
    shows_unused: bool,
    more: usize,
    offered: usize,
    unused_csv: String,
    concentration: usize,
}

/// `2020-03` of the browser's month field, or `3/2020` as people type it, as `YYYYMM`.
pub(super) fn month(typed: &str) -> Option<i64> {
    let typed = typed.trim();
    let (year, month) = typed.split_once('-').or_else(|| typed.split_once('/').map(|(m, y)| (y, m)))?;
    let (year, month): (i64, i64) = (year.parse().ok()?, month.parse().ok()?);
    ((2000..=2200).contains(&year) && (1..=12).contains(&month)).then_some(year * 100 + month)
}

pub(super) fn typed(month: i64) -> String {
    format!("{:04}-{:02}", month / 100, month % 100)
}

pub(super) fn shown(month: i64) -> String {
    format!("{:02}/{}", month % 100, month / 100)
}

/// Tenths of a percent as people write them.
pub(super) fn percent(w: Words, tenths: Option<i64>) -> String {
    let point = if w.0 == Lang::Vi { ',' } else { '.' };
    tenths.map_or_else(|| "–".to_owned(), |t| format!("{}{point}{} %", t / 10, t % 10))
}

/// A change of shares in percentage points, with its sign.
fn points(w: Words, now: Option<i64>, before: Option<i64>) -> String {
    let (Some(now), Some(before)) = (now, before) else {
        return String::new();
    };
    let point = if w.0 == Lang::Vi { ',' } else { '.' };
    let by = (now - before).abs();
    let number = format!("{}{point}{}", by / 10, by % 10);
    match now.cmp(&before) {
        std::cmp::Ordering::Greater => w.adoption_up(number),
        std::cmp::Ordering::Less => w.adoption_down(number),
        std::cmp::Ordering::Equal => w.adoption_same().to_owned(),
    }
}

fn line(w: Words, name: String, href: String, intake: Intake) -> Line {
    Line {
        name,
        href,
        online: percent(w, intake.online_share()),
        level_four: percent(w, intake.level_four_share()),
        percent: intake.online_share().unwrap_or(0) / 10,
        intake,
        behind: None,
    }
}

pub(super) fn service_name(app: &AppState, code: &ProcedureCode, lang: Lang) -> String {
    let known = app.office.catalogue().service(code);
    known.map_or_else(|| code.to_string(), |s| s.sheet.name.get(lang).to_owned())
}

fn place_name(app: &AppState, w: Words, list: &str, code: &str) -> String {
    let registers = app.office.catalogue().registers();
    match registers.entry(list, code) {
        Some(entry) => entry.name.vi.clone(),
        None if code.is_empty() => w.adoption_no_place().to_owned(),
        None => code.to_owned(),
    }
}

/// The one agency whose dossiers the reader may open, when all that is shown is of it.
fn opens(actor: &Actor, asked: &Asked, seen: &Adoption) -> Option<AgencyCode> {
    let own = actor.agency.as_ref().filter(|_| actor.role == Role::Leader)?;
    let only = asked.agency == own.0 || seen.agencies.iter().all(|(a, _)| a == own);
    (only && !seen.agencies.is_empty()).then(|| own.clone())
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(mut asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Monitor, Role::Leader])?;
    let page = Page::new(&signed.visitor, "board");
    let (w, lang) = (page.w, page.w.0);
    let seen = app.office.adoption(&signed.actor, &asked.cut()).await?;
    (asked.tu, asked.den) = (typed(seen.from), typed(seen.to));
    let of_people = !asked.district.is_empty() || !asked.commune.is_empty();
    let (bars, scale) = pairs(seen.months.iter().map(|m| {
        let (now, before) = (m.now.online_share(), m.year_ago.online_share());
        let said = w.adoption_bar(percent(w, before), percent(w, now));
        (shown(m.month), now, before, said)
    }));
    let months = seen.months.iter().rev().map(|m| MonthRow {
        line: line(w, shown(m.month), String::new(), m.now),
        year_ago: percent(w, m.year_ago.online_share()),
    });
    let unused_line = |u: &Unused| UnusedLine {
        service: service_name(&app, &u.procedure, lang),
        code: u.procedure.to_string(),
        agency: agency_name(&app, &u.agency, lang),
        counter: u.counter,
    };
    let view = AdoptionPage {
        from: asked.tu.clone(),
        to: asked.den.clone(),
        agencies: agency_choices(&app, &signed.actor, &asked, lang),
        fields: field_choices(&app, &asked),
        services: service_choices(&app, &asked, lang),
        districts: district_choices(&app, &asked),
        of: looked_at(&app, w, &asked),
        all: line(w, String::new(), String::new(), seen.all),
        year_ago: percent(w, seen.year_ago.online_share()),
        change: points(w, seen.all.online_share(), seen.year_ago.online_share()),
        bars,
        scale,
        months: months.collect(),
        tiles: province_tiles(&app, w, &signed.actor, &asked, &seen),
        sides: sides(&app, w, &signed.actor, &asked, &seen),
        unused: seen.unused.iter().take(UNUSED).map(unused_line).collect(),
        unused_by_counter: seen.unused.iter().filter(|u| u.counter > 0).count(),
        shows_unused: !of_people,
        more: seen.unused.len().saturating_sub(UNUSED),
        offered: seen.offered,
        unused_csv: asked.narrower("", ""),
        concentration: seen.concentration,
        page,
    };
    Ok(Html(view.render()?))
}

/// The tiles of the whole province, or of what the reader answers for when that is more than one commune.
fn province_tiles(app: &AppState, w: Words, actor: &Actor, asked: &Asked, seen: &Adoption) -> Vec<Tile> {
    let whole = actor.role == Role::Monitor;
    let least = if whole { 1 } else { 2 };
    if !asked.district.is_empty() || !asked.commune.is_empty() || seen.communes.len() < least {
        return Vec::new();
    }
    let catalogue = app.office.catalogue();
    let mut districts = catalogue.districts_on_map();
    districts.retain(|d| whole || seen.districts.iter().any(|(own, _)| own == d));
    tiles(&districts, catalogue.registers(), &seen.communes, |s| percent(w, s))
}

fn sides(app: &AppState, w: Words, actor: &Actor, asked: &Asked, seen: &Adoption) -> Vec<Side> {
    let lang = w.0;
    let narrower = |name: &str, value: &str| {
        if value.is_empty() {
            String::new()
        } else {
            asked.narrower(name, value)
        }
    };
    let opens = opens(actor, asked, seen);
    let behind = |procedure: &ProcedureCode| {
        let agency = opens.as_ref()?;
        Some(["online", "post", "counter"].map(|channel| {
            let mut address = form_urlencoded::Serializer::new(String::new());
            address.append_pair("co-quan", &agency.0).append_pair("thu-tuc", &procedure.0);
            address
                .append_pair("kenh", channel)
                .append_pair("tu", &asked.tu)
                .append_pair("den", &asked.den);
            address.finish()
        }))
    };
    let services = seen.services.iter().map(|(s, i)| Line {
        behind: behind(s),
        ..line(w, service_name(app, s, lang), narrower("thu-tuc", &s.0), *i)
    });
    let agencies = seen
        .agencies
        .iter()
        .map(|(a, i)| line(w, agency_name(app, a, lang), narrower("co-quan", &a.0), *i));
    let fields = seen
        .fields
        .iter()
        .map(|(f, i)| line(w, f.clone(), narrower("linh-vuc", f), *i));
    let districts = seen
        .districts
        .iter()
        .map(|(d, i)| line(w, place_name(app, w, "districts", d), narrower("huyen", d), *i));
    let communes = seen
        .communes
        .iter()
        .map(|(c, i)| line(w, place_name(app, w, "communes", c), narrower("xa", c), *i));
    let mut sides = vec![Side {
        id: "thu-tuc-bang",
        title: w.board_by_service(),
        head: w.board_service(),
        lines: services.collect(),
    }];
    let mut add = |id, title, head, lines: Vec<Line>, least: usize| {
        if lines.len() >= least {
            sides.push(Side { id, title, head, lines });
        }
    };
    add(
        "linh-vuc-bang",
        w.adoption_by_field(),
        w.adoption_field(),
        fields.collect(),
        2,
    );
    add("co-quan-bang", w.board_by_agency(), w.common_agency(), agencies.collect(), 2);
    if asked.district.is_empty() {
        add(
            "huyen-bang",
            w.adoption_by_district(),
            w.adoption_district(),
            districts.collect(),
            2,
        );
    } else {
        add(
            "xa-bang",
            w.adoption_by_commune(),
            w.adoption_commune(),
            communes.collect(),
            1,
        );
    }
    sides
}

/// What is looked at, in words.
fn looked_at(app: &AppState, w: Words, asked: &Asked) -> String {
    let mut parts = Vec::new();
    if !asked.procedure.is_empty() {
        parts.push(service_name(app, &ProcedureCode(asked.procedure.clone()), w.0));
    }
    if !asked.field.is_empty() {
        parts.push(asked.field.clone());
    }
    if !asked.agency.is_empty() {
        parts.push(agency_name(app, &AgencyCode(asked.agency.clone()), w.0));
    }
    if !asked.commune.is_empty() {
        parts.push(place_name(app, w, "communes", &asked.commune));
    } else if !asked.district.is_empty() {
        parts.push(place_name(app, w, "districts", &asked.district));
    }
    parts.join(" · ")
}

pub(super) fn agency_choices(app: &AppState, actor: &Actor, asked: &Asked, lang: Lang) -> Choices {
    let own = app.office.answers_for(actor);
    let open = app.office.catalogue().agencies();
    open.filter(|a| a.kind != motcua_model::procedure::AgencyKind::PostOffice)
        .filter(|a| own.as_ref().is_none_or(|own| own.contains(&a.code.0)))
        .map(|a| (a.code.0.clone(), a.name.get(lang).to_owned(), a.code.0 == asked.agency))
        .collect()
}

fn field_choices(app: &AppState, asked: &Asked) -> Choices {
    let services = app.office.catalogue().services().iter().filter(|s| s.whole);
    let fields: BTreeSet<&str> = services.map(|s| s.sheet.field.as_str()).collect();
    let choice = |f: &str| (f.to_owned(), f.to_owned(), f == asked.field);
    fields.into_iter().map(choice).collect()
}

fn service_choices(app: &AppState, asked: &Asked, lang: Lang) -> Choices {
    let services = app.office.catalogue().services().iter().filter(|s| s.whole);
    services
        .map(|s| {
            (
                s.sheet.code.0.clone(),
                s.sheet.name.get(lang).to_owned(),
                s.sheet.code.0 == asked.procedure,
            )
        })
        .collect()
}

fn district_choices(app: &AppState, asked: &Asked) -> Choices {
    let districts = app.office.catalogue().registers().list("districts");
    districts
        .iter()
        .map(|d| (d.code.clone(), d.name.vi.clone(), d.code == asked.district))
        .collect()
}

/// The whole zero list as a table for a spreadsheet program.
pub async fn unused_csv(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Monitor, Role::Leader])?;
    let lang = signed.visitor.lang;
    let seen = app.office.adoption(&signed.actor, &asked.cut()).await?;
    let mut csv = csv::Writer::from_writer(Vec::from("\u{feff}"));
    let wrong = |_| WebError::Template;
    csv.write_record(["ma_co_quan", "co_quan", "ma_thu_tuc", "thu_tuc", "nop_tai_quay"])
        .map_err(wrong)?;
    for u in &seen.unused {
        let (agency, service) = (agency_name(&app, &u.agency, lang), service_name(&app, &u.procedure, lang));
        csv.write_record([
            u.agency.as_str(),
            &agency,
            u.procedure.as_str(),
            &service,
            &u.counter.to_string(),
        ])
        .map_err(wrong)?;
    }
    let bytes = csv.into_inner().map_err(|_| WebError::Template)?;
    let name = format!(
        "attachment; filename=\"chua-dung-{}-{}.csv\"",
        typed(seen.from),
        typed(seen.to)
    );
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes).into_response())
}
