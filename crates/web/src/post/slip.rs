//! `/buu-dien/ho-so/ID/phieu`: the slip for the printer at the post office, with a PIN to ask by SMS. Each print draws a new
//! PIN: it is kept nowhere in the open.

use super::{CLERKS, POST, mask};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use motcua_model::dossier::Dossier;
use motcua_model::id::DossierId;

#[derive(Template)]
#[template(path = "post/slip.html")]
struct SlipPage {
    page: Page,
    office: String,
    rows: Vec<(&'static str, String)>,
    pin: String,
    sms: String,
    track: String,
    d: Dossier,
}

pub async fn print(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Html<String>, WebError> {
    let signed = signed.only(CLERKS)?;
    let (d, pin) = app.office.issue_pin(&signed.actor, id).await?;
    let page = Page::new(&signed.visitor, POST);
    let w = page.w;
    let service = app.office.catalogue().service(&d.procedure);
    let mut rows = vec![
        (w.common_code(), d.code.0.clone()),
        (w.common_applicant(), mask::name(&d.applicant.name)),
        (
            w.common_service(),
            service.map_or_else(|| d.procedure.0.clone(), |s| s.sheet.name.get(w.0).to_owned()),
        ),
        (w.common_agency(), agency_name(&app, &d.agency, w.0)),
        (w.common_filed_at(), view::moment(w, d.filed_at)),
        match d.due {
            Some(due) => (w.common_deadline(), view::moment(w, due)),
            None => (w.register_slip_ack(), view::moment(w, d.acknowledge_by)),
        },
    ];
    if d.fee > 0 {
        rows.push((w.common_fee(), view::money(w, d.fee)));
        let paid: Vec<&str> = d.payments.iter().map(|p| p.receipt.as_str()).collect();
        let paid = if paid.is_empty() {
            w.common_unpaid().to_owned()
        } else {
            paid.join(", ")
        };
        rows.push((w.desk_paid(), paid));
    }
    if let Some(consent) = &d.consent {
        rows.push((w.assisted_number(), consent.number.clone()));
    }
    let office = signed.actor.agency.as_ref();
    let view = SlipPage {
        office: office.map_or_else(String::new, |a| agency_name(&app, a, w.0)),
        sms: format!("HS {} {pin}", d.code),
        track: w.register_slip_track(format!("{}/tra-cuu", app.office.settings().public_url)),
        rows,
        pin,
        page,
        d,
    };
    Ok(Html(view.render()?))
}
