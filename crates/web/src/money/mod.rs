//! The accountants' door: the books of an agency, or of the whole province. Money is seen here, no dossier.

mod dossier;
mod ledger;
mod overview;
mod reconcile;
mod refunds;
mod report;
mod settlement;
mod till;
mod unknown;
pub(crate) mod words;

use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use askama::Template;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use motcua_model::actor::Role;
use motcua_model::id::AgencyCode;

/// Who keeps books; a leader decides on refunds beside them.
const KEEPERS: &[Role] = &[Role::Accountant, Role::Leader];
/// The door's name in style sheets.
const MONEY: &str = "money";

pub(crate) fn router() -> Router<AppState> {
    let statements = Router::new()
        .route("/ke-toan/doi-soat", get(reconcile::show).post(reconcile::bring))
        .layer(DefaultBodyLimit::max(motcua_office::money::reconcile::FILE_MAX));
    Router::new()
        .route("/ke-toan", get(overview::show))
        .route("/ke-toan/so", get(ledger::show))
        .route("/ke-toan/hoan-tien", get(refunds::show))
        .route("/ke-toan/ho-so", get(dossier::find))
        .route("/ke-toan/ho-so/{id}", get(dossier::show))
        .route("/ke-toan/ho-so/{id}/de-nghi", post(dossier::propose))
        .route("/ke-toan/ho-so/{id}/duyet", post(dossier::approve))
        .route("/ke-toan/ho-so/{id}/khong-tra", post(dossier::reject))
        .route("/ke-toan/ho-so/{id}/da-tra", post(dossier::paid))
        .route("/ke-toan/ho-so/{id}/thu-lai", post(dossier::retry))
        .route("/ke-toan/ho-so/{id}/muc-thu", post(dossier::change_fee))
        .route("/ke-toan/quy", get(till::show).post(till::close))
        .route("/ke-toan/buu-dien", get(settlement::show))
        .route("/ke-toan/buu-dien.csv", get(settlement::csv))
        .route("/ke-toan/bao-cao", get(report::show))
        .route("/ke-toan/bao-cao.csv", get(report::csv))
        .route("/ke-toan/tien-la", get(unknown::show).post(unknown::clear))
        .route("/ke-toan/doi-soat/dong", post(reconcile::close))
        .merge(statements)
}

/// The agency whose book a page shows: the actor's own, or the one that the province's accountant asked for.
fn chosen(signed: &Signed, asked: &str) -> Option<AgencyCode> {
    signed.actor.agency.clone().or_else(|| {
        let asked = asked.trim();
        (!asked.is_empty()).then(|| AgencyCode::from(asked))
    })
}

#[derive(Template)]
#[template(path = "money/choose.html")]
struct Choose {
    page: Page,
    title: &'static str,
    path: &'static str,
    agencies: Vec<(String, String)>,
}

/// For the province's accountant: which agency's book?
async fn choose(app: &AppState, signed: &Signed, title: &'static str, path: &'static str) -> Result<Response, WebError> {
    let page = Page::new(&signed.visitor, MONEY);
    let mut codes: Vec<AgencyCode> = app.office.agencies_with_money(&signed.actor).await?;
    codes.dedup();
    let agencies = codes.into_iter().map(|c| (agency_name(app, &c, page.w.0), c.0)).collect();
    let view = Choose {
        page,
        title,
        path,
        agencies,
    };
    Ok(Html(view.render()?).into_response())
}

/// An amount as people type it: digits, with dots, commas or spaces between them.
pub(crate) fn typed_amount(text: &str) -> Option<u64> {
    let digits: String = text.chars().filter(|c| !matches!(c, '.' | ',' | ' ' | '\u{a0}')).collect();
    let digits = digits.trim_end_matches(['đ', '₫']);
    if digits.is_empty() || digits.len() > 15 {
        return None;
    }
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::typed_amount;

    #[test]
    fn an_amount_is_read_as_people_write_it() {
        for text in ["15000", "15.000", " 15,000 ", "15 000", "15.000đ"] {
            assert_eq!(typed_amount(text), Some(15_000), "{text}");
        }
        for text in ["", "x", "-5", "15k", "1e9", "99999999999999999999"] {
            assert_eq!(typed_amount(text), None, "{text}");
        }
    }
}
