//! `/bang/chi-dao`: the province's directives; the monitor issues one, each head sees those to her agency.

use super::adoption::{month, percent, shown};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use jiff::civil::Date;
use motcua_model::actor::Role;
use motcua_model::directive::{Directive, DirectiveProblem, Goal, Standing};
use motcua_model::form::Raw;
use motcua_model::id::AgencyCode;
use motcua_model::procedure::AgencyKind;
use motcua_office::directive::{Charged, Followed, Progress};
use motcua_words::Words;

pub(super) struct Line {
    pub id: String,
    pub number: String,
    pub title: String,
    pub target: String,
    pub period: String,
    pub answer_by: String,
    /// How many agencies there are, have read, have answered, are there.
    pub counts: [usize; 4],
    /// The reader's own agency.
    pub own: Option<ChargedLine>,
}

pub(super) struct ChargedLine {
    pub code: String,
    pub agency: String,
    pub read: String,
    pub answered: String,
    pub measures: String,
    pub person: String,
    pub by: String,
    pub value: String,
    pub parts: String,
    pub standing: &'static str,
    /// `far`, `near`, `none` or `reached`, for the mark beside the word.
    pub mark: &'static str,
}

/// What can be ticked: value, name, whether it is.
type Ticks = Vec<(String, String, bool)>;

#[derive(Template)]
#[template(path = "board/directives.html")]
struct DirectivesPage {
    page: Page,
    lines: Vec<Line>,
    may_issue: bool,
    typed: Typed,
    goals: Vec<(&'static str, &'static str, bool)>,
    fields: Vec<(String, String, bool)>,
    groups: Ticks,
    agencies: Ticks,
    problems: Vec<(&'static str, &'static str)>,
}

/// What was typed, for the form that is shown again.
#[derive(Default)]
struct Typed {
    number: String,
    title: String,
    target: String,
    from: String,
    to: String,
    answer_by: String,
}

impl DirectivesPage {
    fn problem(&self, field: &str) -> Option<&'static str> {
        self.problems.iter().find(|(f, _)| *f == field).map(|(_, text)| *text)
    }
}

/// A day as a date input sends it, or as people type it where there is none.
pub(super) fn day(typed: &str) -> Option<Date> {
    let typed = typed.trim();
    typed.parse().ok().or_else(|| Date::strptime("%d/%m/%Y", typed).ok())
}

/// `30` or `30,5` percent as tenths; a whole number where no share is meant.
fn target(goal: Goal, typed: &str) -> Option<i64> {
    let typed = typed.trim().trim_end_matches('%').trim_end().replace(',', ".");
    if !goal.is_share() {
        return typed.parse().ok();
    }
    let (whole, tenths) = typed.split_once('.').unwrap_or((&typed, "0"));
    let (whole, tenths): (i64, i64) = (whole.parse().ok()?, tenths.parse().ok()?);
    (whole <= 100 && (0..10).contains(&tenths)).then_some(whole * 10 + tenths)
}

pub(super) fn goal_name(w: Words, goal: Goal) -> &'static str {
    match goal {
        Goal::OnlineShare => w.directive_goal_online(),
        Goal::LevelFourShare => w.directive_goal_level_four(),
        Goal::OnTimeShare => w.directive_goal_on_time(),
        Goal::Unused => w.directive_goal_unused(),
    }
}

pub(super) fn target_words(w: Words, d: &Directive) -> String {
    let amount = if d.goal.is_share() {
        format!("≥ {}", percent(w, Some(d.target)))
    } else {
        format!("≤ {}", d.target)
    };
    let name = goal_name(w, d.goal);
    if d.field.is_empty() {
        format!("{name} {amount}")
    } else {
        format!("{name} {amount} ({})", d.field)
    }
}

fn standing(w: Words, standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Far => (w.directive_far(), "far"),
        Standing::Near => (w.directive_near(), "near"),
        Standing::NoFigures => (w.directive_no_figures(), "none"),
        Standing::Reached => (w.directive_reached(), "reached"),
    }
}

fn value(w: Words, goal: Goal, p: &Progress) -> String {
    match p.value {
        Some(n) if !goal.is_share() => n.to_string(),
        value => percent(w, value),
    }
}

pub(super) fn charged_line(app: &AppState, w: Words, goal: Goal, c: &Charged) -> ChargedLine {
    let (said, mark) = standing(w, c.progress.standing);
    let plan = c.answer.plan.as_ref();
    ChargedLine {
        code: c.answer.agency.0.clone(),
        agency: agency_name(app, &c.answer.agency, w.0),
        read: c
            .answer
            .read
            .as_ref()
            .map_or_else(String::new, |(at, by)| format!("{} · {by}", view::short(*at))),
        answered: plan.map_or_else(String::new, |(at, by, _)| format!("{} · {by}", view::short(*at))),
        measures: plan.map_or_else(String::new, |(.., p)| p.measures.clone()),
        person: plan.map_or_else(String::new, |(.., p)| p.person.clone()),
        by: plan.map_or_else(String::new, |(.., p)| p.by.strftime("%-d/%-m/%Y").to_string()),
        value: value(w, goal, &c.progress),
        parts: format!("{} / {}", c.progress.part, c.progress.whole),
        standing: said,
        mark,
    }
}

pub(super) fn line(app: &AppState, w: Words, own: bool, f: &Followed) -> Line {
    let d = &f.issued.directive;
    let count = |is: &dyn Fn(&Charged) -> bool| f.agencies.iter().filter(|c| is(c)).count();
    Line {
        id: f.issued.id.to_string(),
        number: d.number.clone(),
        title: d.title.clone(),
        target: target_words(w, d),
        period: w.adoption_span(shown(d.from), shown(d.to)),
        answer_by: d.answer_by.strftime("%-d/%-m/%Y").to_string(),
        counts: [
            f.agencies.len(),
            count(&|c| c.answer.read.is_some()),
            count(&|c| c.answer.plan.is_some()),
            count(&|c| c.progress.standing == Standing::Reached),
        ],
        own: f.agencies.first().filter(|_| own).map(|c| charged_line(app, w, d.goal, c)),
    }
}

async fn render(app: &AppState, signed: &Signed, raw: &Raw, problems: Vec<DirectiveProblem>) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, "board");
    let w = page.w;
    let may_issue = signed.actor.role == Role::Monitor;
    let list = app.office.directives(&signed.actor).await?;
    let ticked = |value: &str| raw.0.get("agency").is_some_and(|list| list.iter().any(|v| v == value));
    let text = |name: &str| raw.get(name).to_owned();
    let catalogue = app.office.catalogue();
    let fields: std::collections::BTreeSet<&str> = catalogue
        .services()
        .iter()
        .filter(|s| s.whole)
        .map(|s| s.sheet.field.as_str())
        .collect();
    let mut groups: Ticks = [
        ("nhom:department", w.directive_departments()),
        ("nhom:district", w.directive_districts()),
        ("nhom:land_branch", w.directive_land_branches()),
        ("nhom:commune", w.directive_communes()),
    ]
    .into_iter()
    .map(|(value, name)| (value.to_owned(), name.to_owned(), ticked(value)))
    .collect();
    for district in catalogue.registers().list("districts") {
        let value = format!("xa:{}", district.code);
        groups.push((value.clone(), w.directive_communes_of(&district.name.vi), ticked(&value)));
    }
    let single = |a: &&std::sync::Arc<motcua_catalogue::Agency>| {
        !matches!(a.kind, AgencyKind::Commune | AgencyKind::PostOffice | AgencyKind::TaxBranch)
    };
    let view = DirectivesPage {
        lines: list.iter().map(|f| line(app, w, !may_issue, f)).collect(),
        may_issue,
        typed: Typed {
            number: text("number"),
            title: text("title"),
            target: text("target"),
            from: text("from"),
            to: text("to"),
            answer_by: text("answer_by"),
        },
        goals: Goal::ALL
            .into_iter()
            .map(|g| (g.as_str(), goal_name(w, g), raw.get("goal") == g.as_str()))
            .collect(),
        fields: fields
            .into_iter()
            .map(|f| (f.to_owned(), f.to_owned(), raw.get("field") == f))
            .collect(),
        groups,
        agencies: catalogue
            .agencies()
            .filter(single)
            .map(|a| (a.code.0.clone(), a.name.get(w.0).to_owned(), ticked(&a.code.0)))
            .collect(),
        problems: problems.into_iter().map(|p| problem(w, p)).collect(),
        page,
    };
    Ok(view.render()?)
}

/// The field that a problem stands at, and what would be right.
fn problem(w: Words, problem: DirectiveProblem) -> (&'static str, &'static str) {
    match problem {
        DirectiveProblem::Number => ("number", w.directive_wrong_number()),
        DirectiveProblem::Title => ("title", w.directive_wrong_title()),
        DirectiveProblem::Target => ("target", w.directive_wrong_target()),
        DirectiveProblem::Period => ("from", w.directive_wrong_period()),
        DirectiveProblem::Agencies => ("agency", w.directive_wrong_agencies()),
        DirectiveProblem::AnswerBy => ("answer_by", w.directive_wrong_answer_by()),
    }
}

pub async fn show(State(app): State<AppState>, signed: Signed) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Monitor, Role::Leader])?;
    let nothing = Raw::from_pairs(Vec::<(String, String)>::new());
    Ok(Html(render(&app, &signed, &nothing, Vec::new()).await?))
}

/// The agencies that were ticked, each once, in the order of their codes.
fn ticked_agencies(app: &AppState, raw: &Raw) -> Vec<AgencyCode> {
    let ticked: Vec<&str> = raw.0.get("agency").into_iter().flatten().map(String::as_str).collect();
    let registers = app.office.catalogue().registers();
    let is_in = |a: &motcua_catalogue::Agency| {
        let group = match a.kind {
            AgencyKind::Department => "nhom:department",
            AgencyKind::District => "nhom:district",
            AgencyKind::LandBranch => "nhom:land_branch",
            AgencyKind::Commune => "nhom:commune",
            // Neither is the province's to direct.
            AgencyKind::PostOffice | AgencyKind::TaxBranch => return false,
        };
        let commune = a.place.as_ref().filter(|_| a.kind == AgencyKind::Commune);
        let district = commune
            .and_then(|c| registers.entry("communes", c))
            .and_then(|c| c.parent.clone());
        ticked.iter().any(|t| {
            *t == a.code.as_str() || *t == group || t.strip_prefix("xa:").is_some_and(|d| Some(d) == district.as_deref())
        })
    };
    let open = app.office.catalogue().agencies();
    open.filter(|a| is_in(a)).map(|a| a.code.clone()).collect()
}

pub async fn issue(
    State(app): State<AppState>,
    signed: Signed,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Monitor])?;
    let raw = Raw::from_pairs(pairs);
    let goal = Goal::parse(raw.get("goal")).unwrap_or(Goal::OnlineShare);
    let directive = Directive {
        number: raw.get("number").trim().to_owned(),
        title: raw.get("title").trim().to_owned(),
        goal,
        target: target(goal, raw.get("target")).unwrap_or(-1),
        field: raw.get("field").to_owned(),
        from: month(raw.get("from")).unwrap_or(0),
        to: month(raw.get("to")).unwrap_or(0),
        agencies: ticked_agencies(&app, &raw),
        answer_by: day(raw.get("answer_by")).unwrap_or(Date::MIN),
    };
    match app.office.issue_directive(&signed.actor, directive).await? {
        Ok(id) => Ok(Redirect::to(&format!("/bang/chi-dao/{id}")).into_response()),
        Err(problems) => {
            let html = render(&app, &signed, &raw, problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_read_as_people_write_it() {
        let share = |typed| target(Goal::OnlineShare, typed);
        assert_eq!(
            [
                share("30"),
                share(" 30,5 %"),
                share("100"),
                share("101"),
                share("a"),
                share("")
            ]
            .map(|t| t.unwrap_or(-1)),
            [300, 305, 1000, -1, -1, -1]
        );
        assert_eq!(target(Goal::Unused, "0"), Some(0));
    }
}
