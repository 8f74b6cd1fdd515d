//! What an officer does to a dossier: each posts the version that the page showed; what does not go through keeps what
//! was typed.

use super::OFFICERS;
use super::dossier::render;
use crate::AppState;
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::dossier::{Lack, Outcome, Refusal, ReturnWay};
use motcua_model::form::Raw;
use motcua_model::id::DossierId;
use motcua_office::error::OfficeError;

/// What was typed, to be shown again.
#[derive(Default)]
pub struct Typed {
    /// A reason.
    pub reason: String,
    /// A note to a colleague.
    pub note: String,
    /// Text of the result.
    pub text: String,
    /// Who took the result.
    pub taken_by: String,
    /// What lacks, with why.
    pub lacks: Vec<(String, String)>,
}

impl Typed {
    /// Why this field or paper was said to lack, before.
    pub fn lack(&self, about: &str) -> &str {
        self.lacks.iter().find(|(a, _)| a == about).map_or("", |(_, why)| why)
    }
}

pub async fn act(
    State(app): State<AppState>,
    signed: Signed,
    Path((id, action)): Path<(DossierId, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let signed = signed.only(OFFICERS)?;
    let raw = Raw::from_pairs(pairs);
    let seen: u64 = raw.get("seen").parse().map_err(|_| WebError::BadRequest)?;
    let text = |name: &str| raw.get(name).to_owned();
    let lacks: Vec<(String, String)> = raw
        .0
        .iter()
        .filter_map(|(name, values)| Some((name.strip_prefix("thieu.")?.to_owned(), values.last()?.trim().to_owned())))
        .filter(|(_, why)| !why.is_empty())
        .collect();
    let (office, actor) = (&app.office, &signed.actor);
    let done = match action.as_str() {
        "tiep-nhan" => office.accept(actor, id, seen).await,
        "tu-choi" => office.refuse(actor, id, seen, text("reason")).await,
        "bo-sung" => {
            let named = named(&app, &signed, id, &lacks).await?;
            office.request_supplement(actor, id, seen, named).await
        }
        "chuyen" => office.forward(actor, id, seen, text("note")).await,
        "xu-ly" => {
            let outcome = match raw.get("outcome") {
                "granted" => Some(Outcome::Granted),
                "denied" => Some(Outcome::Denied),
                _ => None,
            };
            office
                .finish_step(actor, id, seen, outcome.map(|o| (o, text("text"))), text("note"))
                .await
        }
        "tra-lai" => office.send_back(actor, id, seen, text("reason")).await,
        "duyet" => office.approve(actor, id, seen).await,
        "tra-ket-qua" => {
            let way = ReturnWay::parse(raw.get("way")).ok_or(WebError::BadRequest)?;
            office.return_result(actor, id, seen, way, text("taken_by")).await
        }
        "thu-tien" => office.take_cash(actor, id, seen).await,
        "dung" => office.stop(actor, id, seen, text("reason")).await,
        _ => return Err(WebError::NotFound),
    };
    match done {
        Ok(_) => Ok(Redirect::to(&format!("/ban/ho-so/{id}")).into_response()),
        Err(e @ OfficeError::Refused(Refusal::NotFound | Refusal::NotPermitted)) => Err(e.into()),
        Err(e @ OfficeError::Refused(_)) => {
            let said = view::office_error(signed.visitor.words(), &e);
            let typed = Typed {
                reason: text("reason"),
                note: text("note"),
                text: text("text"),
                taken_by: text("taken_by"),
                lacks,
            };
            let html = render(&app, &signed, id, typed, said).await?;
            Ok((WebError::from(e).status(), Html(html)).into_response())
        }
        Err(e) => Err(e.into()),
    }
}

/// What lacks, with the names that the person reads.
async fn named(app: &AppState, signed: &Signed, id: DossierId, lacks: &[(String, String)]) -> Result<Vec<Lack>, WebError> {
    let dossier = app.office.glance(&signed.actor, id).await?.dossier;
    let procedure = app
        .office
        .catalogue()
        .procedure(&dossier.procedure)
        .ok_or(WebError::NotFound)?;
    let label = |about: &str| {
        let field = procedure.form.field(about).map(|f| f.label.vi.clone());
        field.or_else(|| procedure.form.paper(about).map(|p| p.label.vi.clone()))
    };
    Ok(lacks
        .iter()
        .filter_map(|(about, reason)| {
            Some(Lack {
                label: label(about)?,
                about: about.clone(),
                reason: reason.clone(),
            })
        })
        .collect())
}
