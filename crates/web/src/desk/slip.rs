//! `/ban/ho-so/ID/phieu-hen`: the slip for the printer at the counter, 80 mm wide; on A4 there is the official paper.

use super::{DESK, OFFICERS};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use motcua_model::dossier::{Channel, Dossier};
use motcua_model::id::DossierId;
use qrcode::QrCode;
use qrcode::render::svg;

#[derive(Template)]
#[template(path = "desk/slip.html")]
struct SlipPage {
    page: Page,
    agency: String,
    rows: Vec<(&'static str, String)>,
    track: String,
    /// How she files the same from home next time; empty for who filed online.
    home: String,
    /// The QR that leads there.
    qr: String,
    d: Dossier,
}

pub async fn show(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Html<String>, WebError> {
    let signed = signed.only(OFFICERS)?;
    let d = app.office.glance(&signed.actor, id).await?.dossier;
    let page = Page::new(&signed.visitor, DESK);
    let (w, url) = (page.w, &app.office.settings().public_url);
    let service = app.office.catalogue().service(&d.procedure);
    let mut rows = vec![
        (w.common_code(), d.code.0.clone()),
        (w.common_applicant(), d.applicant.name.clone()),
        (
            w.common_service(),
            service.map_or_else(|| d.procedure.0.clone(), |s| s.sheet.name.get(w.0).to_owned()),
        ),
        (w.common_filed_at(), view::moment(w, d.filed_at)),
        match d.due {
            Some(due) => (w.common_deadline(), view::moment(w, due)),
            None => (w.register_slip_ack(), view::moment(w, d.acknowledge_by)),
        },
    ];
    if d.fee > 0 {
        rows.push((w.common_fee(), view::money(w, d.fee)));
        let paid: Vec<&str> = d.payments.iter().map(|p| p.receipt.as_str()).collect();
        if !paid.is_empty() {
            rows.push((w.desk_paid(), paid.join(", ")));
        }
    }
    let sheet = format!("{url}/thu-tuc/{}", d.procedure);
    let from_home = d.channel != Channel::Online;
    // An address too long for a code is written out beside it anyway.
    let qr = QrCode::new(&sheet)
        .ok()
        .filter(|_| from_home)
        .map_or_else(String::new, |code| {
            code.render::<svg::Color<'_>>().min_dimensions(96, 96).build()
        });
    let view = SlipPage {
        agency: agency_name(&app, &d.agency, w.0),
        rows,
        track: w.register_slip_track(format!("{url}/tra-cuu")),
        home: if from_home {
            w.register_slip_home(sheet)
        } else {
            String::new()
        },
        qr: qr.find("<svg").map_or("", |at| &qr[at..]).to_owned(),
        page,
        d,
    };
    Ok(Html(view.render()?))
}
