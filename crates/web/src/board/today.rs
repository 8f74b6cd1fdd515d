//! `/bang/hom-nay`: the page that a head opens first in the morning: what is late, what is asked of her, what to do now.

use super::adoption::service_name;
use super::directive::{ChargedLine, charged_line, target_words};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::State;
use axum::response::Html;
use motcua_model::actor::Role;
use motcua_model::id::{AgencyCode, ProcedureCode};
use motcua_words::Lang;

/// Agencies with late dossiers that are named.
const SHOWN: usize = 10;
/// Agencies of a directive that are named to the province.
const NAMED: usize = 5;

struct LateLine {
    agency: String,
    code: String,
    n: i64,
}

struct DossierLine {
    id: String,
    code: String,
    service: String,
    due: String,
}

struct AskedLine {
    id: String,
    number: String,
    title: String,
    target: String,
    answer_by: String,
    /// Whether an answer is still due.
    open: bool,
    agencies: Vec<ChargedLine>,
    more: usize,
}

struct MoveLine {
    agency: String,
    code: String,
    service: String,
    counter: i64,
}

#[derive(Template)]
#[template(path = "board/today.html")]
struct TodayPage {
    page: Page,
    day: String,
    /// Whether the reader speaks for the province.
    whole: bool,
    late_sum: i64,
    late: Vec<LateLine>,
    longest: Vec<DossierLine>,
    due_today: i64,
    /// Complaints and suggestions past their time.
    feedback_late: Vec<LateLine>,
    feedback_sum: i64,
    feedback_waiting: i64,
    asked: Vec<AskedLine>,
    to_move: Vec<MoveLine>,
}

fn late_lines(app: &AppState, lang: Lang, late: &[(AgencyCode, i64)]) -> Vec<LateLine> {
    late.iter()
        .take(SHOWN)
        .map(|(agency, n)| LateLine {
            agency: agency_name(app, agency, lang),
            code: agency.0.clone(),
            n: *n,
        })
        .collect()
}

pub async fn show(State(app): State<AppState>, signed: Signed) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Monitor, Role::Leader])?;
    let page = Page::new(&signed.visitor, "board");
    let (w, lang) = (page.w, page.w.0);
    let today = app.office.morning(&signed.actor).await?;
    let asked = today.asked.iter().map(|a| {
        let d = &a.issued.directive;
        AskedLine {
            id: a.issued.id.to_string(),
            number: d.number.clone(),
            title: d.title.clone(),
            target: target_words(w, d),
            answer_by: d.answer_by.strftime("%-d/%-m/%Y").to_string(),
            open: a.agencies.iter().any(|c| c.answer.plan.is_none()),
            agencies: a
                .agencies
                .iter()
                .take(NAMED)
                .map(|c| charged_line(&app, w, d.goal, c))
                .collect(),
            more: a.agencies.len().saturating_sub(NAMED),
        }
    });
    let view = TodayPage {
        day: view::day(w, app.office.now()),
        whole: signed.actor.role == Role::Monitor,
        late_sum: today.late.iter().map(|(_, n)| n).sum(),
        late: late_lines(&app, lang, &today.late),
        longest: today
            .longest
            .iter()
            .map(|d| DossierLine {
                id: d.id.to_string(),
                code: d.code.0.clone(),
                service: service_name(&app, &ProcedureCode(d.procedure.clone()), lang),
                due: d.deadline.map_or_else(String::new, |at| view::moment(w, at)),
            })
            .collect(),
        due_today: today.due_today.unwrap_or(0),
        feedback_sum: today.feedback_late.iter().map(|(_, n)| n).sum(),
        feedback_late: late_lines(&app, lang, &today.feedback_late),
        feedback_waiting: today.feedback_waiting,
        asked: asked.collect(),
        to_move: today
            .to_move
            .iter()
            .map(|u| MoveLine {
                agency: agency_name(&app, &u.agency, lang),
                code: u.procedure.0.clone(),
                service: service_name(&app, &u.procedure, lang),
                counter: u.counter,
            })
            .collect(),
        page,
    };
    Ok(Html(view.render()?))
}
