//! `/ho-so/ID/nhan`: the person writes to the agency about her dossier.

use super::dossier::render;
use crate::AppState;
use crate::error::WebError;
use crate::session::Signed;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::actor::Role;
use motcua_model::id::DossierId;
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Message {
    said: String,
}

pub async fn say(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(message): Form<Message>,
) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Citizen])?;
    match app.office.say(&signed.actor, id, &message.said).await? {
        Ok(()) => Ok(Redirect::to(&format!("/ho-so/{id}#talk")).into_response()),
        Err(problem) => {
            let said = crate::talk::problem(signed.visitor.words(), problem);
            let d = app.office.my_dossier(&signed.actor, id).await?;
            let html = render(&app, &signed, d, message.said, said).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
        }
    }
}
