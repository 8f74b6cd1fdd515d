//! `/ban/ho-so/ID/y-kien`: an officer answers what her agency was asked.

use super::OFFICERS;
use super::dossier::{Failed, render};
use super::fill::controls;
use super::typed::Typed;
use crate::AppState;
use crate::app::agency_name;
use crate::error::WebError;
use crate::opinion::{OpinionLine, lines};
use crate::portal::field::Control;
use crate::session::Signed;
use crate::{limit, upload, view};
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use motcua_model::actor::Actor;
use motcua_model::dossier::Dossier;
use motcua_model::form::Problem;
use motcua_model::id::DossierId;
use motcua_model::permission::{Action, Relation, may};
use motcua_model::procedure::Procedure;
use motcua_office::error::OfficeError;
use motcua_office::opinion::TypedAnswer;
use motcua_words::Words;

/// The name of the action, in addresses.
pub(super) const ANSWER: &str = "y-kien";
/// The name of the action by which a head goes on without a late answer.
pub(super) const GO_ON: &str = "di-tiep";

/// What this officer was asked.
pub(super) struct AnswerForm {
    pub ask: String,
    pub title: String,
    pub until: String,
    pub fill: Vec<Control>,
    pub paper: &'static str,
    /// What was chosen and written, when it did not go through.
    pub agrees: String,
    pub text: String,
}

/// What stands on the dossier's page about opinions.
pub(super) struct Opinions {
    pub lines: Vec<OpinionLine>,
    pub forms: Vec<AnswerForm>,
    /// Late ones that this head may go on without: name in files, and what the box is called.
    pub late: Vec<(String, String)>,
    /// That another agency settles the dossier; empty where hers does.
    pub only: String,
    /// The one that was typed.
    pub typed: String,
}

impl Opinions {
    /// Makes it for an officer who sees the dossier.
    pub fn of(
        app: &AppState,
        w: Words,
        procedure: &Procedure,
        actor: &Actor,
        d: &Dossier,
        (typed, problems): (&Typed, &[Problem]),
    ) -> Self {
        let now = app.office.now();
        let typed_ask = typed.raw.get("ask").to_owned();
        let form = |o: &motcua_model::dossier::Opinion| {
            let ask = procedure.ask(&o.asked.id)?;
            let again = typed_ask == o.asked.id;
            let none = Typed::default();
            let (typed, problems) = if again { (typed, problems) } else { (&none, &[][..]) };
            Some(AnswerForm {
                ask: o.asked.id.clone(),
                title: w.opinion_answer(&o.asked.name),
                until: w.opinion_until(view::moment(w, o.asked.due)),
                fill: ask
                    .form()
                    .map_or_else(Vec::new, |step| controls(app, w, &step, d, typed, problems)),
                paper: if ask.paper {
                    w.opinion_paper_needed()
                } else {
                    w.opinion_paper()
                },
                agrees: typed.raw.get("agrees").to_owned(),
                text: typed.text.clone(),
            })
        };
        let head = may(actor.role, Action::NoteSilence, Relation::of(actor, d));
        Self {
            lines: lines(app, w, d, true),
            forms: d.open_opinions().filter(|o| o.is_of(actor)).filter_map(form).collect(),
            late: d
                .awaited_opinions()
                .filter(|o| head && o.is_late(now))
                .map(|o| (o.asked.id.clone(), w.opinion_go_on(&o.asked.name)))
                .collect(),
            only: if app.office.only_asked(actor, d) {
                w.opinion_only(agency_name(app, &d.agency, w.0))
            } else {
                String::new()
            },
            typed: typed_ask,
        }
    }

    /// Whether there is nothing to show.
    pub fn nothing(&self) -> bool {
        self.lines.is_empty()
    }
}

pub async fn give(
    State(app): State<AppState>,
    signed: Signed,
    Path(id): Path<DossierId>,
    form: Multipart,
) -> Result<Response, WebError> {
    let signed = signed.only(OFFICERS)?;
    limit::check(&app.limits.upload, &signed.actor.account.to_string())?;
    // Asked before anything is received.
    app.office.glance(&signed.actor, id).await?;
    let (raw, files) = upload::read(&app, form).await?;
    let mut paper = None;
    for (kind, name, file) in files {
        if kind == "paper" && paper.is_none() {
            paper = Some((name, file));
        } else {
            file.discard().await.map_err(OfficeError::from)?;
        }
    }
    let w = signed.visitor.words();
    let seen: Option<u64> = raw.get("seen").parse().ok();
    let agrees = match raw.get("agrees") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let (typed, text, ask) = (Typed::read(&raw), raw.get("text").to_owned(), raw.get("ask").to_owned());
    let (Some(seen), Some(agrees)) = (seen, agrees) else {
        if let Some((_, file)) = paper {
            file.discard().await.map_err(OfficeError::from)?;
        }
        let seen = seen.ok_or(WebError::BadRequest)?;
        let failed = Failed {
            said: w.opinion_choose().to_owned(),
            action: ANSWER.to_owned(),
            typed,
            seen,
            problems: Vec::new(),
        };
        let html = render(&app, &signed, id, Some(failed)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response());
    };
    let answer = TypedAnswer {
        ask,
        agrees,
        text,
        raw,
        paper,
    };
    let done = app.office.give_opinion(&signed.actor, id, seen, answer).await;
    super::act::answer(&app, &signed, id, (ANSWER.to_owned(), typed, seen), done).await
}
