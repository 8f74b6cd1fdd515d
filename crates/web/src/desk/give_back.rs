//! `/ban/ho-so/ID/tra-ket-qua`: the result is given at the counter, with what proves who took it.

use super::OFFICERS;
use super::act::answer;
use super::typed::Typed;
use crate::AppState;
use crate::error::WebError;
use crate::portal::print::headers;
use crate::session::Signed;
use crate::{limit, upload};
use axum::Form;
use axum::extract::{FromRequest, Multipart, Path, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use motcua_model::dossier::ReturnWay;
use motcua_model::form::Raw;
use motcua_model::id::DossierId;
use motcua_office::error::OfficeError;
use motcua_office::taken::TypedProof;

/// A browser sends the form with its picture; a form without one is taken as well.
pub async fn give(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    request: Request,
) -> Result<Response, WebError> {
    let signed = signed.only(OFFICERS)?;
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
    let with_files = kind.is_some_and(|k| k.starts_with("multipart/form-data"));
    let (raw, files) = if with_files {
        limit::check(&app.limits.upload, &signed.actor.account.to_string())?;
        // Asked before anything is received.
        app.office.glance(&signed.actor, id).await?;
        let form = Multipart::from_request(request, &())
            .await
            .map_err(|_| WebError::BadRequest)?;
        upload::read(&app, form).await?
    } else {
        let pairs = Form::<Vec<(String, String)>>::from_request(request, &()).await;
        let Form(pairs) = pairs.map_err(|_| WebError::BadRequest)?;
        (Raw::from_pairs(pairs), Vec::new())
    };
    let mut signature = None;
    for (name, _, file) in files {
        // An empty canvas is sent as nothing.
        if name == "signature" && signature.is_none() && file.size() > 0 {
            signature = Some(file);
        } else {
            file.discard().await.map_err(OfficeError::from)?;
        }
    }
    let typed = Typed::read(&raw);
    let (Ok(seen), Some(way)) = (raw.get("seen").parse(), ReturnWay::parse(&typed.way)) else {
        if let Some(file) = signature {
            file.discard().await.map_err(OfficeError::from)?;
        }
        return Err(WebError::BadRequest);
    };
    let proof = TypedProof {
        id_digits: raw.get("id_digits").to_owned(),
        paper_number: raw.get("paper_number").to_owned(),
        signature,
    };
    let taken_by = (way, typed.taken_by.clone());
    let done = app.office.return_with_proof(&signed.actor, id, seen, taken_by, proof).await;
    answer(&app, &signed, id, ("tra-ket-qua".to_owned(), typed, seen), done).await
}

/// The signature with which a result was taken.
pub async fn signature(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Response, WebError> {
    let signed = signed.only(OFFICERS)?;
    let (kind, bytes) = app.office.taken_signature(&signed.actor, id).await?;
    Ok((headers(&kind, "chu-ky"), bytes).into_response())
}
