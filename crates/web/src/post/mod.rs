//! The post office: files for people who stand there, and sees what it filed (Decision 45/2016/QĐ-TTg).

mod assist;
pub(crate) mod consent;
mod dossier;
mod find;
mod lead;
mod list;
pub(crate) mod mask;
mod slip;
mod till;

use crate::AppState;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use motcua_model::actor::Role;

/// Who works here.
const CLERKS: &[Role] = &[Role::PostClerk];
/// The door's name in style sheets.
const POST: &str = "post";
/// Largest form with a signature or the picture of a slip.
const PROOF_MAX: usize = 6 * 1024 * 1024;

pub(crate) fn router() -> Router<AppState> {
    let proofs = Router::new()
        .route("/buu-dien/dong-y/{id}", get(consent::show).post(consent::give))
        .layer(DefaultBodyLimit::max(PROOF_MAX));
    Router::new()
        .route("/buu-dien", get(list::show))
        .route("/buu-dien/tim", get(find::show))
        .route("/buu-dien/nop-ho", get(assist::show).post(assist::begin))
        .route("/buu-dien/dong-y/{id}/ma", post(consent::send_code))
        .route("/buu-dien/dong-y/{id}/rut", post(consent::revoke))
        .route("/buu-dien/dong-y/{id}/phieu", get(consent::slip))
        .route("/buu-dien/dong-y/{id}/bang-chung", get(consent::proof))
        .route("/buu-dien/ho-so/{id}", get(dossier::show))
        .route("/buu-dien/ho-so/{id}/thu-tien", post(dossier::take_cash))
        .route("/buu-dien/ho-so/{id}/phieu", post(slip::print))
        .route("/buu-dien/quy", get(till::show).post(till::open))
        .route("/buu-dien/quy/dem", post(till::count))
        .route("/buu-dien/quy/{id}/phieu-nop", get(till::deposit))
        .route("/buu-dien/quan-ly", get(lead::show))
        .route("/buu-dien/quan-ly/quy/{id}/xac-nhan", post(lead::confirm))
        .route("/buu-dien/quan-ly/quy/{id}/dem-lai", post(lead::count_again))
        .merge(proofs)
}
