//! `/di/CODE`: the link of a measure, on leaflets and in posts: short enough to be typed.

use crate::AppState;
use crate::error::WebError;
use axum::extract::{Path, State};
use axum::response::Redirect;

/// Leads to the sheet, with the code in the address: no cookie.
pub async fn follow(State(app): State<AppState>, Path(code): Path<String>) -> Result<Redirect, WebError> {
    let (code, procedure) = app.office.link(&code).await?;
    Ok(Redirect::to(&format!("/thu-tuc/{procedure}?qua={code}")))
}
