//! The portal: the citizen's door. One file a page.

mod account;
mod catalogue;
mod changed;
mod check;
mod consents;
mod demo;
pub(crate) mod dialogue;
pub(crate) mod dossier;
pub(crate) mod draft;
mod eligible;
pub(crate) mod feedback;
pub(crate) mod field;
mod home;
mod kho;
mod leaflet;
mod life;
mod link;
mod mandate;
mod mirror;
mod my;
mod parcel;
mod pay;
mod payment;
mod png;
pub(crate) mod print;
mod review;
mod supplement;
mod talk;
mod tell;
mod track;

use crate::AppState;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use motcua_office::draft::PAPER_MAX;

/// Largest form with files: several papers of the largest size and what stands around them.
const UPLOAD_MAX: usize = PAPER_MAX as usize * 4 + 1024 * 1024;

/// Largest step of a form: a hundred thousand letters with tone marks, each nine bytes in a form.
const STEP_MAX: usize = 1024 * 1024;

pub(crate) fn router() -> Router<AppState> {
    // A text that is far too long is told at its field, not by a page about the size of what was sent.
    let steps = Router::new()
        .route("/ho-so/nhap/{id}/{step}", get(draft::step).post(draft::save))
        .layer(DefaultBodyLimit::max(STEP_MAX));
    let uploads = Router::new()
        .route("/ho-so/nhap/{id}/giay-to", get(draft::papers).post(draft::attach))
        .route("/ho-so/{id}/bo-sung", get(supplement::show).post(supplement::send))
        .layer(DefaultBodyLimit::max(UPLOAD_MAX));
    let checks = Router::new()
        .route("/kiem-tra", get(check::ask).post(check::file))
        .layer(DefaultBodyLimit::max(PAPER_MAX as usize + 64 * 1024));
    Router::new()
        .route("/", get(home::show))
        .route("/thu-tuc", get(catalogue::list))
        .route("/thu-tuc/{code}", get(catalogue::sheet))
        .route("/thu-tuc/{code}/to-roi", get(leaflet::show))
        .route("/tim/goi-y", get(catalogue::suggest))
        .route("/thu-tuc/{code}/nop", post(draft::begin))
        .route("/thu-tuc/{code}/hoi", get(eligible::show))
        .route("/viec/{event}", get(life::show))
        .route("/viec/{event}/phieu", get(life::sheet).post(life::save))
        .route("/dang-ky", get(account::sign_up).post(account::do_sign_up))
        .route("/xac-nhan", get(account::confirm).post(account::do_confirm))
        .route("/xac-nhan/gui-lai", post(account::resend))
        .route("/dang-nhap", get(account::sign_in).post(account::do_sign_in))
        .route("/quen-mat-khau", get(account::forgot).post(account::do_forgot))
        .route("/dat-lai-mat-khau", get(account::reset).post(account::do_reset))
        .route("/dang-xuat", post(account::sign_out))
        .route("/tai-khoan", get(account::profile).post(account::save_profile))
        .route("/tai-khoan/nho-nop", get(consents::show))
        .route("/tai-khoan/nho-nop/{id}/rut", post(consents::revoke))
        .route("/tai-khoan/uy-quyen", get(mandate::show).post(mandate::give))
        .route("/tai-khoan/uy-quyen/{id}/nhan", post(mandate::accept))
        .route("/tai-khoan/uy-quyen/{id}/thoi", post(mandate::end))
        .route("/tai-khoan/uy-quyen/{id}/nop", post(mandate::file))
        .route("/ho-so/thay-mat", get(mandate::theirs))
        .route("/tai-khoan/bao-tin", get(tell::show).post(tell::save))
        .route("/ho-so", get(my::show))
        .route("/ho-so/nhap/{id}/giay-to/xoa", post(draft::detach))
        .route("/ho-so/nhap/{id}/dung-lai", post(kho::reuse))
        .route("/kho", get(kho::show))
        .route("/ho-so/nhap/{id}/kiem-tra", get(review::show).post(review::submit))
        .route("/ho-so/nhap/{id}/to-khai-moi", get(changed::show).post(changed::seen))
        .route("/ho-so/nhap/{id}/xoa", post(draft::discard))
        .route("/ho-so/{id}", get(dossier::show))
        .route("/ho-so/{id}/nhan", post(talk::say))
        .route("/phan-anh", get(feedback::ask).post(feedback::send))
        .route("/phan-anh/theo-doi", get(feedback::follow).post(feedback::show))
        .route("/di/{code}", get(link::follow))
        .route("/hai-long", get(crate::rating::ask).post(crate::rating::say))
        .route("/ho-so/{id}/hai-long", get(crate::rating::show).post(crate::rating::send))
        .route("/ho-so/{id}/rut", post(dossier::withdraw))
        .route("/ho-so/{id}/thanh-toan", get(pay::show).post(payment::begin))
        .route("/ho-so/{id}/ma-qr.png", get(pay::picture))
        .route("/ho-so/{id}/lay-giay-to", post(parcel::fetch))
        .route("/ho-so/{id}/nguoi-nhan", post(parcel::name_receiver))
        .route("/buu-gui/bao-tin", post(parcel::notified))
        .route("/thanh-toan/ket-qua", get(payment::returned))
        .route("/thanh-toan/vnpay-ipn", get(payment::notified))
        .route("/thanh-toan/ngan-hang", post(payment::bank_notified))
        .route("/ho-so/{id}/in/{paper}", get(print::paper))
        .route("/ho-so/{id}/giay-to/{hash}", get(print::file))
        .route("/tra-cuu", get(track::ask).post(track::show))
        .route("/kiem-tra/{code}", get(check::show))
        .route("/demo", get(demo::people))
        .route("/demo/hop-thu", get(demo::mailbox))
        .merge(steps)
        .merge(uploads)
        .merge(checks)
}
