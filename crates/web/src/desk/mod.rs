//! The desk: the door of receptionists, specialists and leaders.

mod act;
mod asking;
mod beside;
mod books;
mod bulk;
mod can;
mod consent;
mod control;
mod counter;
mod dossier;
mod feedback;
mod fill;
mod give_back;
mod holding;
mod inbox;
mod opinion;
mod parcel;
mod queue;
mod register;
mod saved;
mod sign;
mod slip;
mod stand_in;
mod term;
mod typed;

use crate::AppState;
use axum::Router;
use axum::routing::{get, post};
use motcua_model::actor::Role;

/// Who works at the desk.
pub(crate) const OFFICERS: &[Role] = &[Role::Receptionist, Role::Specialist, Role::Leader];
/// The door's name in style sheets.
const DESK: &str = "desk";

pub(crate) fn router() -> Router<AppState> {
    Router::new()
        .route("/ban", get(inbox::show))
        .route("/ban/so-sach", get(books::show))
        .route("/ban/so-theo-doi.pdf", get(books::register))
        .route("/ban/ban-giao.pdf", get(books::hand_overs))
        .route("/ban/nhieu", post(bulk::act))
        .route("/ban/da-yeu-cau", get(asking::show))
        .route("/ban/so", get(register::show))
        .route("/ban/so.xlsx", get(register::table))
        .route("/ban/xem", post(saved::keep))
        .route("/ban/dong-y", get(consent::show))
        .route("/ban/dong-y/{id}/rut", post(consent::revoke))
        .route("/ban/nop-ho", get(counter::show).post(counter::begin))
        .route("/ban/thay-the", get(stand_in::show).post(stand_in::ask))
        .route("/ban/thay-the/{id}/{state}", post(stand_in::settle))
        .route("/ban/ban-giao", post(stand_in::hand_over))
        .route("/ban/ho-so/{id}", get(dossier::show))
        .route("/ban/ho-so/{id}/phieu-kiem-soat", get(control::show))
        .route("/ban/ho-so/{id}/phieu-hen", get(slip::show))
        .route("/ban/ho-so/{id}/ghi-chu", post(beside::remark))
        .route("/ban/ho-so/{id}/nhan", post(beside::say))
        .route("/ban/phan-anh", get(feedback::list))
        .route("/ban/phan-anh/{id}", get(feedback::show).post(feedback::answer))
        .route("/ban/ho-so/{id}/y-kien", post(opinion::give))
        .route("/ban/ho-so/{id}/tra-ket-qua", post(give_back::give))
        .route("/ban/ho-so/{id}/chu-ky", get(give_back::signature))
        .route("/ban/buu-gui", get(parcel::list))
        .route("/ban/ho-so/{id}/buu-gui", get(parcel::show))
        .route("/ban/ho-so/{id}/buu-gui/gui", post(parcel::send))
        .route("/ban/ho-so/{id}/buu-gui/huy", post(parcel::cancel))
        .route("/ban/ho-so/{id}/buu-gui/hoan-ve", post(parcel::bring_back))
        .route("/ban/ho-so/{id}/buu-gui/lam-ro", post(parcel::explain))
        .route("/ban/ho-so/{id}/{action}", post(act::act))
}
