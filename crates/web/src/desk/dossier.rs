//! `/ban/ho-so/ID`: the whole dossier at a glance, with what this officer may do now.

use super::OFFICERS;
use super::act::Typed;
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::portal::dossier::{Standing, papers, standing};
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use motcua_model::actor::Role;
use motcua_model::dossier::{Dossier, ReturnWay, Status};
use motcua_model::form::Section;
use motcua_model::id::{DossierId, FileHash};
use motcua_office::desk::Glance;

/// What may be done now, by this officer.
#[derive(Default)]
struct Can {
    accept: bool,
    refuse: bool,
    supplement: bool,
    forward: bool,
    propose: bool,
    finish: bool,
    approve: bool,
    send_back: bool,
    hand_over: bool,
    cash: bool,
    stop: bool,
}

#[derive(Template)]
#[template(path = "desk/dossier.html")]
struct DossierPage {
    page: Page,
    d: Dossier,
    standing: Standing,
    sections: Vec<Section>,
    papers: Vec<(String, String, FileHash)>,
    askable: Vec<(String, String)>,
    earlier: Vec<(DossierId, String, &'static str)>,
    notes: Vec<(String, String, String)>,
    can: Can,
    due_if_accepted: String,
    fee: String,
    fee_due: String,
    receipt: bool,
    refused: bool,
    supplemented: bool,
    proposal: Option<(&'static str, String, String)>,
    ways: Vec<(ReturnWay, &'static str, bool)>,
    typed: Typed,
    problem: String,
}

/// Draws the page, with what was typed and why it did not go through.
pub(super) async fn render(
    app: &AppState,
    signed: &Signed,
    id: DossierId,
    typed: Typed,
    problem: String,
) -> Result<String, WebError> {
    let Glance { dossier: d, earlier } = app.office.glance(&signed.actor, id).await?;
    let procedure = app.office.catalogue().procedure(&d.procedure).ok_or(WebError::NotFound)?;
    let page = Page::new(&signed.visitor, "desk");
    let (w, lang) = (page.w, page.w.0);
    let role = signed.actor.role;
    let (reception, steps) = (role == Role::Receptionist, procedure.process.len());
    let mut can = Can::default();
    let asked = |before: bool| d.supplements.iter().any(|s| s.before_acceptance == before);
    match d.status {
        Status::Filed if reception => {
            (can.accept, can.refuse, can.supplement) = (true, true, !asked(true));
        }
        Status::Accepted if reception => (can.forward, can.supplement) = (true, !asked(false)),
        Status::Approved if reception => can.hand_over = true,
        Status::InProcess(stage) if stage.role == role => {
            let last = stage.step + 1 == steps;
            can.propose = procedure.process.get(stage.step).is_some_and(|s| s.proposes) && !last;
            can.finish = !can.propose && !last;
            can.approve = last;
            can.send_back = stage.step > 0;
            can.supplement = role == Role::Specialist && !asked(false);
        }
        _ => {}
    }
    can.cash = reception && d.fee_due() > 0 && !matches!(d.status, Status::Refused | Status::Withdrawn | Status::Stopped);
    can.stop = role == Role::Leader && !d.status.is_final() && d.status != Status::Approved;
    let due = app
        .office
        .catalogue()
        .calendar()
        .due(app.office.now(), procedure.sheet.term)
        .ok();
    let fields = procedure
        .form
        .visible_steps(&d.answers)
        .flat_map(|s| s.visible_fields(&d.answers));
    let mut askable: Vec<(String, String)> = fields.map(|f| (f.id.clone(), f.label.get(lang).to_owned())).collect();
    askable.extend(
        procedure
            .form
            .visible_papers(&d.answers)
            .map(|p| (p.id.clone(), p.label.get(lang).to_owned())),
    );
    let view = DossierPage {
        standing: standing(app, w, &d, true),
        sections: procedure.form.display(&d.answers, app.office.catalogue().registers(), lang),
        papers: papers(&d, &procedure.form, lang),
        askable,
        earlier: earlier
            .into_iter()
            .map(|l| (l.id, l.code.0, view::status(w, &l.status)))
            .collect(),
        // Officers read every note, also the ones between colleagues.
        notes: d
            .moments
            .iter()
            .filter(|m| !m.note.is_empty())
            .map(|m| (view::short(m.at), m.by.clone(), m.note.clone()))
            .collect(),
        can,
        due_if_accepted: due.map_or_else(String::new, |d| view::moment(w, d.due)),
        fee: if d.fee == 0 {
            w.common_no_fee().to_owned()
        } else {
            view::money(w, d.fee)
        },
        fee_due: if d.fee_due() == 0 {
            String::new()
        } else {
            view::money(w, d.fee_due())
        },
        receipt: !d.payments.is_empty(),
        refused: d.status == Status::Refused,
        supplemented: !d.supplements.is_empty(),
        proposal: d
            .proposal
            .as_ref()
            .map(|p| (view::outcome(w, p.outcome), p.text.clone(), p.by.clone())),
        ways: procedure
            .sheet
            .ways
            .iter()
            .map(|way| (*way, view::way(w, *way), *way == d.return_way))
            .collect(),
        typed,
        problem,
        page,
        d,
    };
    Ok(view.render()?)
}

pub async fn show(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Html<String>, WebError> {
    let signed = signed.only(OFFICERS)?;
    Ok(Html(render(&app, &signed, id, Typed::default(), String::new()).await?))
}
