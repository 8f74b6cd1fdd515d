//! `/tui-thu/ho-so/ID`: the chain of custody of a dossier, on one page that an inspector understands; codes for its papers.

use super::{HANDS, alarm, door, event};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::actor::Role;
use motcua_model::dossier::Refusal;
use motcua_model::id::{AgencyCode, DossierId};
use motcua_office::OfficeError;
use motcua_office::custody::{Chain, HandLine};
use serde::Deserialize;

struct Line {
    number: usize,
    when: String,
    what: &'static str,
    who: String,
    note: String,
    bag: String,
    wrong: bool,
}

#[derive(Template)]
#[template(path = "custody/chain.html")]
struct ChainPage {
    page: Page,
    id: DossierId,
    back: String,
    code: String,
    applicant: String,
    service: String,
    papers: Vec<(String, String, String)>,
    alarms: Vec<(&'static str, String, String, String)>,
    lines: Vec<Line>,
    printed: String,
    kinds: Vec<String>,
    problem: String,
}

async fn render(app: &AppState, signed: &Signed, id: DossierId, problem: String) -> Result<String, WebError> {
    let Chain {
        dossier: d,
        papers,
        hands,
        alarms,
    } = app.office.chain(&signed.actor, id).await?;
    let page = Page::new(&signed.visitor, door(signed.actor.role));
    let (w, lang) = (page.w, page.w.0);
    let procedure = app.office.catalogue().procedure(&d.procedure);
    let labels = procedure.as_ref().map_or_else(Vec::new, |p| {
        let form = p.form_at(d.form_version);
        form.visible_papers(&d.answers)
            .map(|r| r.label.get(lang).to_owned())
            .collect()
    });
    // Until somebody took it over, the code of the list is known to who gave the bag and to who has the list.
    let carried = |at: usize, h: &HandLine| {
        let taken = |next: &HandLine| next.bag == h.bag && next.kind.starts_with("taken");
        h.kind == "taken_on_paper" && !hands.iter().skip(at + 1).any(taken)
    };
    let view = ChainPage {
        id,
        back: if signed.actor.role == Role::PostClerk {
            format!("/buu-dien/ho-so/{id}")
        } else {
            format!("/ban/ho-so/{id}")
        },
        code: d.code.0.clone(),
        applicant: if signed.actor.role == Role::PostClerk {
            crate::post::mask::name(&d.applicant.name)
        } else {
            d.applicant.name.clone()
        },
        service: app
            .office
            .catalogue()
            .service(&d.procedure)
            .map_or_else(|| d.procedure.0.clone(), |s| s.sheet.name.get(lang).to_owned()),
        papers: papers
            .into_iter()
            .map(|p| {
                let bag = p.bag.map_or_else(String::new, |b| b.0);
                (p.code.0, p.what, bag)
            })
            .collect(),
        alarms: alarms
            .into_iter()
            .map(|a| {
                let what = alarm(w, a.kind);
                let missing: Vec<String> = a.missing.into_iter().map(|m| m.0).collect();
                let parts: Vec<String> = [missing.join(", "), a.note].into_iter().filter(|p| !p.is_empty()).collect();
                (what, a.bag.0, a.last_hand, parts.join(" · "))
            })
            .collect(),
        lines: hands
            .iter()
            .enumerate()
            .map(|(i, h)| Line {
                number: i + 1,
                when: view::moment(w, h.at),
                what: event(w, &h.kind),
                who: if h.agency.is_empty() {
                    h.actor.clone()
                } else {
                    format!("{}, {}", h.actor, agency_name(app, &AgencyCode(h.agency.clone()), lang))
                },
                wrong: matches!(
                    h.kind.as_str(),
                    "overdue" | "overdue_opened" | "compared" | "surplus" | "taken_broken" | "unsealed_broken"
                ),
                note: match h.note.rsplit_once(" · ") {
                    Some((from, _)) if carried(i, h) => from.to_owned(),
                    _ => h.note.clone(),
                },
                bag: h.bag.0.clone(),
            })
            .collect(),
        printed: view::moment(w, app.office.now()),
        kinds: [vec![w.custody_kind_result().to_owned()], labels].concat(),
        problem,
        page,
    };
    Ok(view.render()?)
}

pub async fn show(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Html<String>, WebError> {
    let signed = signed.only(HANDS)?;
    Ok(Html(render(&app, &signed, id, String::new()).await?))
}

/// What a paper is.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    what: String,
}

pub async fn label(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(typed): Form<Typed>,
) -> Result<Response, WebError> {
    let signed = signed.only(HANDS)?;
    match app.office.label_paper(&signed.actor, id, &typed.what).await {
        Ok(_) => Ok(Redirect::to(&format!("/tui-thu/ho-so/{id}#papers")).into_response()),
        Err(OfficeError::Refused(Refusal::ReasonMissing)) => {
            let said = signed.visitor.words().custody_no_what().to_owned();
            let html = render(&app, &signed, id, said).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
        }
        Err(e) => Err(e.into()),
    }
}
