//! `/ho-so/ID/thanh-toan`: pay by transfer, with the QR code, the account and the reference; or through the gateway.

use super::png;
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use motcua_model::dossier::{Dossier, Refusal};
use motcua_model::id::DossierId;
use motcua_office::OfficeError;
use motcua_office::money::bank::TransferOrder;

/// Width of one module of the code in points.
const MODULE: usize = 6;

#[derive(Template)]
#[template(path = "portal/pay.html")]
struct PayPage {
    page: Page,
    d: Dossier,
    due: String,
    vnpay: bool,
    transfer: Option<TransferOrder>,
    amount: String,
    until: String,
}

pub async fn show(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Html<String>, WebError> {
    let d = app.office.my_dossier(&signed.actor, id).await?;
    let page = Page::new(&signed.visitor, "portal");
    let w = page.w;
    let transfer = match app.office.transfer_order(&signed.actor, id).await {
        Ok(order) => Some(order),
        Err(OfficeError::Refused(Refusal::NothingDue | Refusal::WrongStatus { .. }) | OfficeError::NoOnlinePayment) => None,
        Err(e) => return Err(e.into()),
    };
    let open = d.fee_due() > 0 && !d.status.is_final();
    let view = PayPage {
        due: if open { view::money(w, d.fee_due()) } else { String::new() },
        vnpay: open && app.office.takes_vnpay(),
        amount: transfer.as_ref().map_or_else(String::new, |t| view::money(w, t.amount)),
        until: transfer.as_ref().map_or_else(String::new, |t| view::moment(w, t.expires)),
        transfer,
        page,
        d,
    };
    Ok(Html(view.render()?))
}

/// The QR code as a picture that a phone can keep and a banking app can open.
pub async fn picture(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Response, WebError> {
    let order = app.office.transfer_order(&signed.actor, id).await?;
    let code = qrcode::QrCode::with_error_correction_level(order.payload, qrcode::EcLevel::M)
        .map_err(|e| OfficeError::Internal(format!("QR: {e}")))?;
    let width = code.width();
    let dark: Vec<bool> = code.to_colors().into_iter().map(|c| c == qrcode::Color::Dark).collect();
    let bytes = png::of_modules(&dark, width, MODULE);
    let headers = [
        (header::CONTENT_TYPE, "image/png".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("inline; filename=\"vietqr-{}.png\"", order.reference),
        ),
    ];
    Ok((headers, bytes).into_response())
}
