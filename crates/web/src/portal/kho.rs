//! `/kho`: the papers that a person keeps, and what each may be used for again.

use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use crate::sign::SignatureLine;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::clock::local;
use motcua_model::id::{DossierId, FileHash};
use motcua_office::error::OfficeError;
use motcua_office::kho::Kept;
use motcua_words::Words;
use serde::Deserialize;

/// A paper in a line.
pub(super) struct KeptLine {
    /// The dossier that it is from.
    pub dossier: DossierId,
    /// The paper of that dossier; empty for its result.
    pub paper: String,
    /// What it is.
    pub label: String,
    /// Where it is from and who answers for it.
    pub from: String,
    /// Until when it serves.
    pub until: String,
    /// Whether it serves no more.
    pub expired: bool,
    /// Where to see it.
    pub link: String,
    /// The digital signatures in it.
    pub signatures: Vec<SignatureLine>,
}

impl KeptLine {
    /// Puts it in words.
    pub fn new(w: Words, kept: &Kept, today: jiff::civil::Date) -> Self {
        let expired = kept.expired(today);
        Self {
            dossier: kept.dossier,
            paper: kept.paper.map_or_else(String::new, |p| p.to_string()),
            label: kept.label.get(w.0).to_owned(),
            from: match &kept.compared {
                Some(c) => w.kho_compared(view::date(local(c.at).date()), &c.by, &kept.code),
                None => w.kho_issued(&kept.code, view::date(local(kept.since).date())),
            },
            until: match kept.until {
                None => w.kho_no_end().to_owned(),
                Some(day) if expired => w.kho_expired(view::date(day)),
                Some(day) => w.kho_until(view::date(day)),
            },
            expired,
            link: match kept.paper {
                None => format!("/ho-so/{}/in/ket-qua.pdf", kept.dossier),
                Some(hash) => format!("/ho-so/{}/giay-to/{hash}", kept.dossier),
            },
            signatures: SignatureLine::all(w, &kept.signatures),
        }
    }
}

#[derive(Template)]
#[template(path = "portal/kho.html")]
struct KhoPage {
    page: Page,
    kept: Vec<KeptLine>,
}

pub async fn show(State(app): State<AppState>, signed: Signed) -> Result<Response, WebError> {
    let page = Page::new(&signed.visitor, "portal");
    let today = local(app.office.now()).date();
    let kept = app.office.kept(&signed.actor).await?;
    let kept = kept.iter().map(|k| KeptLine::new(page.w, k, today)).collect();
    Ok(Html(KhoPage { page, kept }.render()?).into_response())
}

#[derive(Deserialize)]
pub struct Reuse {
    kind: String,
    dossier: DossierId,
    /// Empty for a result.
    #[serde(default)]
    paper: String,
}

/// Attaches a kept paper to a draft.
pub async fn reuse(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    Form(f): Form<Reuse>,
) -> Result<Response, WebError> {
    let paper = if f.paper.is_empty() {
        None
    } else {
        Some(f.paper.parse::<FileHash>().map_err(|_| WebError::BadRequest)?)
    };
    match app.office.reuse(&signed.actor, id, &f.kind, f.dossier, paper).await {
        Ok(_) => Ok(Redirect::to(&format!("/ho-so/nhap/{id}/giay-to")).into_response()),
        Err(e @ OfficeError::Paper(_)) => {
            let html = super::draft::papers_refused(&app, &signed, id, &f.kind, &e).await?;
            Ok((WebError::from(e).status(), Html(html)).into_response())
        }
        Err(e) => Err(e.into()),
    }
}
