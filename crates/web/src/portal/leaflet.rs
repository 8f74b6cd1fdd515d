//! `/thu-tuc/CODE/to-roi`: the sheet on one page of paper, with a QR code that leads back, for a village without a line.

use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::facts::Facts;
use crate::session::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Response};
use motcua_model::id::ProcedureCode;
use qrcode::QrCode;
use qrcode::render::svg;

#[derive(Template)]
#[template(path = "portal/leaflet.html")]
struct Leaflet {
    page: Page,
    facts: Facts,
    hotline: String,
    qr: String,
}

pub async fn show(State(app): State<AppState>, visitor: Visitor, Path(code): Path<String>) -> Result<Response, WebError> {
    let catalogue = app.office.catalogue();
    let code = ProcedureCode(code);
    if let Some(now) = catalogue.renamed(&code) {
        return Ok(super::catalogue::moved(&format!("/thu-tuc/{now}/to-roi")));
    }
    let service = catalogue.service(&code).ok_or(WebError::NotFound)?;
    let settings = app.office.settings();
    let page = Page::new(&visitor, "portal");
    let facts = Facts::of(catalogue, service, page.w, &settings.public_url, app.office.today());
    let qr = QrCode::new(&facts.url).map_or_else(
        // An address too long for a code is written out below it anyway.
        |_| String::new(),
        |code| code.render::<svg::Color<'_>>().min_dimensions(160, 160).build(),
    );
    let view = Leaflet {
        // The picture alone, without the heading of a file of its own.
        qr: qr.find("<svg").map_or("", |at| &qr[at..]).to_owned(),
        hotline: settings.hotline.clone(),
        facts,
        page,
    };
    Ok(Html(view.render()?).into_response())
}
