//! The whole content as one ZIP: out, and in as a new change.

use super::{ADMINISTRATORS, begun_or_told, told};
use crate::AppState;
use crate::error::WebError;
use crate::session::Signed;
use axum::extract::{Multipart, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use motcua_catalogue::Files;
use motcua_office::error::OfficeError;

pub async fn export(State(app): State<AppState>, signed: Signed) -> Result<Response, WebError> {
    signed.only(ADMINISTRATORS)?;
    let files = app.office.catalogue().files().clone();
    let zipped = tokio::task::spawn_blocking(move || files.to_zip()).await;
    let bytes = zipped
        .map_err(std::io::Error::other)
        .and_then(|zip| zip)
        .map_err(|e| WebError::from(OfficeError::Internal(format!("zip: {e}"))))?;
    let name = format!("attachment; filename=\"danh-muc-{}.zip\"", app.office.today());
    Ok((
        [
            (header::CONTENT_TYPE, "application/zip".to_owned()),
            (header::CONTENT_DISPOSITION, name),
        ],
        bytes,
    )
        .into_response())
}

pub async fn import(State(app): State<AppState>, signed: Signed, mut form: Multipart) -> Result<Response, WebError> {
    let signed = signed.only(ADMINISTRATORS)?;
    let (mut reason, mut bytes) = (String::new(), Vec::new());
    loop {
        let read = match form.next_field().await {
            Ok(None) => break,
            Ok(Some(field)) => {
                let is_zip = field.name() == Some("zip");
                field.bytes().await.map(|read| (is_zip, read))
            }
            Err(e) => Err(e),
        };
        match read {
            Ok((true, read)) => bytes = read.to_vec(),
            Ok((false, read)) => reason = String::from_utf8_lossy(&read).chars().take(1000).collect(),
            Err(e) if e.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                let max_mb = super::ZIP_MAX / 1024 / 1024;
                let problem = signed.visitor.words().publication_zip_too_large(max_mb);
                return told(&app, &signed, reason, problem, &[]).await;
            }
            Err(_) => return Err(WebError::BadRequest),
        }
    }
    let read = tokio::task::spawn_blocking(move || Files::from_zip(&bytes)).await;
    match read.map_err(|e| WebError::from(OfficeError::Internal(e.to_string())))? {
        Ok(files) => {
            let begun = app.office.import_publication(&signed.actor, &reason, &files).await;
            begun_or_told(&app, &signed, reason, begun).await
        }
        Err(mistakes) => {
            let problem = signed.visitor.words().publication_bad_zip().to_owned();
            told(&app, &signed, reason, problem, &mistakes).await
        }
    }
}
