//! Papers as PDF, and the files that were attached.

use crate::AppState;
use crate::error::WebError;
use crate::session::Signed;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use motcua_model::dossier::Refusal;
use motcua_model::id::{DossierId, FileHash};
use motcua_office::OfficeError;
use tokio_util::io::ReaderStream;

/// Papers of one dossier by their name in the address.
pub async fn paper(
    State(app): State<AppState>,
    signed: Signed,
    Path((id, paper)): Path<(DossierId, String)>,
) -> Result<Response, WebError> {
    let (office, actor) = (&app.office, &signed.actor);
    let pdf = match paper.as_str() {
        "giay-hen.pdf" => office.receipt_slip(actor, id).await?,
        "bien-lai.pdf" => office.money_receipt(actor, id).await?,
        "to-khai.pdf" => office.filled_form(actor, id).await?,
        "yeu-cau-bo-sung.pdf" => office.supplement_slip(actor, id).await?,
        "tu-choi.pdf" => office.refusal_slip(actor, id).await?,
        "phieu-kiem-soat.pdf" => office.control_sheet(actor, id).await?,
        "ket-qua.pdf" => office.result_file(actor, id).await?,
        _ => return Err(WebError::NotFound),
    };
    Ok((headers("application/pdf", &paper), pdf).into_response())
}

pub(crate) fn headers(kind: &str, name: &str) -> [(header::HeaderName, HeaderValue); 3] {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') {
                c
            } else {
                '_'
            }
        })
        .collect();
    let value = |text: &str| HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    [
        (header::CONTENT_TYPE, value(kind)),
        (
            header::CONTENT_DISPOSITION,
            value(&format!(
                "inline; filename=\"{plain}\"; filename*=UTF-8''{}",
                crate::view::encode(name)
            )),
        ),
        // Whatever was sent in runs nothing here.
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"),
        ),
    ]
}

/// A file that was attached, streamed.
pub async fn file(
    State(app): State<AppState>,
    signed: Signed,
    Path((id, hash)): Path<(DossierId, FileHash)>,
) -> Result<Response, WebError> {
    let (paper, file) = match app.office.paper_file(&signed.actor, id, hash).await {
        Err(OfficeError::Refused(Refusal::NotFound)) => {
            let (media_type, picture) = app.office.proof_picture(&signed.actor, id, hash).await?;
            return Ok((headers(media_type, "giao-nhan"), picture).into_response());
        }
        found => found?,
    };
    Ok((
        headers(&paper.media_type, &paper.name),
        Body::from_stream(ReaderStream::new(file)),
    )
        .into_response())
}
