//! Receiving files: written to disk as they come, never whole in memory, refused as soon as they are too large.

use crate::AppState;
use crate::error::WebError;
use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;
use motcua_model::form::Raw;
use motcua_office::Incoming;
use motcua_office::draft::PAPER_MAX;
use motcua_office::error::OfficeError;

/// One file that came, with the name of its input and its own name.
pub type Received = (String, String, Incoming);

/// Reads a form with files: texts into [`Raw`], files to disk. An input left empty is
/// no file; its name comes with the texts.
pub async fn read(app: &AppState, mut form: Multipart) -> Result<(Raw, Vec<Received>), WebError> {
    let (mut pairs, mut files) = (Vec::new(), Vec::new());
    while let Some(field) = form.next_field().await.map_err(cut)? {
        let name = field.name().unwrap_or("").to_owned();
        match field.file_name().map(str::to_owned) {
            Some(file_name) if file_name.is_empty() => pairs.push((name, String::new())),
            Some(file_name) => files.push((name, file_name, receive(app, field).await?)),
            None => pairs.push((name, field.text().await.map_err(cut)?)),
        }
    }
    Ok((Raw::from_pairs(pairs), files))
}

/// Reads only the texts of a form with files: nothing of a stranger's goes to disk.
pub async fn texts(mut form: Multipart) -> Result<Raw, WebError> {
    let mut pairs = Vec::new();
    while let Some(mut field) = form.next_field().await.map_err(cut)? {
        let name = field.name().unwrap_or("").to_owned();
        if field.file_name().is_none() {
            pairs.push((name, field.text().await.map_err(cut)?));
        } else {
            while field.chunk().await.map_err(cut)?.is_some() {}
        }
    }
    Ok(Raw::from_pairs(pairs))
}

/// What broke off: too much, or a line that went away.
pub fn cut(e: MultipartError) -> WebError {
    if e.status() == StatusCode::PAYLOAD_TOO_LARGE {
        WebError::too_large()
    } else {
        WebError::BadRequest
    }
}

async fn receive(app: &AppState, mut field: Field<'_>) -> Result<Incoming, WebError> {
    let mut file = app.office.begin_upload().await?;
    loop {
        match field.chunk().await {
            Ok(Some(chunk)) => file.write(&chunk).await.map_err(OfficeError::from)?,
            Ok(None) => return Ok(file),
            Err(e) => {
                file.discard().await.map_err(OfficeError::from)?;
                return Err(cut(e));
            }
        }
        if file.size() > PAPER_MAX {
            file.discard().await.map_err(OfficeError::from)?;
            return Err(WebError::too_large());
        }
    }
}
