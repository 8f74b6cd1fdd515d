//! `/bang/pheu`: how far people come with each service, and where they give up.

use super::adoption::{month, percent, service_name, shown, typed};
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use motcua_model::actor::Role;
use motcua_model::dossier::Channel;
use motcua_model::id::ProcedureCode;
use motcua_model::procedure::Procedure;
use motcua_office::funnel::{SMALL, Shown, StageCount};
use motcua_words::Words;
use serde::Deserialize;

/// What is asked for, as the address says it.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Asked {
    tu: String,
    den: String,
    #[serde(rename = "thu-tuc")]
    procedure: String,
    kenh: String,
}

struct ServiceLine {
    code: String,
    name: String,
    sheet: String,
    begun: String,
    submitted: String,
    through: String,
}

struct StageLine {
    label: String,
    all: String,
    phone: String,
    computer: String,
    /// Width of the bar, of 1000.
    width: i64,
    /// How many of those at the stage before came here.
    kept: String,
    /// Whether most people give up here.
    worst: bool,
}

#[derive(Template)]
#[template(path = "board/funnel.html")]
struct FunnelPage {
    page: Page,
    from: String,
    to: String,
    service: String,
    code: String,
    channels: Vec<(&'static str, &'static str, bool)>,
    lines: Vec<ServiceLine>,
    stages: Vec<StageLine>,
    wrong: Vec<(String, String)>,
    lacks: Vec<(String, String)>,
}

pub(super) fn say(n: Shown) -> String {
    match n {
        Shown::Times(n) => n.to_string(),
        Shown::Few => format!("<{SMALL}"),
    }
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Monitor, Role::Leader])?;
    let page = Page::new(&signed.visitor, "board");
    let w = page.w;
    let (from, to) = (month(&asked.tu), month(&asked.den));
    let channel = match asked.kenh.as_str() {
        "online" => Some(Channel::Online),
        "post" => Some(Channel::Post),
        "counter" => Some(Channel::Counter),
        _ => None,
    };
    let channels = vec![
        ("", w.adoption_all(), channel.is_none()),
        ("online", w.board_online_self(), channel == Some(Channel::Online)),
        ("post", w.board_online_assisted(), channel == Some(Channel::Post)),
        ("counter", w.board_at_counter(), channel == Some(Channel::Counter)),
    ];
    let mut view = FunnelPage {
        from: from.map_or_else(String::new, typed),
        to: to.map_or_else(String::new, typed),
        service: String::new(),
        code: asked.procedure.clone(),
        channels,
        lines: Vec::new(),
        stages: Vec::new(),
        wrong: Vec::new(),
        lacks: Vec::new(),
        page,
    };
    if asked.procedure.is_empty() {
        let all = app.office.funnels(&signed.actor, from, to).await?;
        view.lines = all
            .into_iter()
            .map(|l| ServiceLine {
                name: service_name(&app, &l.procedure, w.0),
                code: l.procedure.0,
                sheet: say(l.sheet),
                begun: say(l.begun),
                submitted: say(l.submitted),
                through: percent(w, l.through),
            })
            .collect();
        return Ok(Html(view.render()?));
    }
    let code = ProcedureCode(asked.procedure);
    let procedure = app.office.catalogue().procedure(&code).ok_or(WebError::NotFound)?;
    let funnel = app.office.funnel(&signed.actor, &code, channel, from, to).await?;
    view.service = format!(
        "{} · {}",
        service_name(&app, &code, w.0),
        w.adoption_span(shown(funnel.from), shown(funnel.to))
    );
    view.stages = stage_lines(w, &procedure, &funnel.stages);
    let said = |list: Vec<(String, Shown)>| {
        list.into_iter()
            .map(|(about, n)| (label(w, &procedure, &about), say(n)))
            .collect()
    };
    view.wrong = said(funnel.wrong);
    view.lacks = said(funnel.lacks);
    Ok(Html(view.render()?))
}

/// The name of a field or paper; what is not in the form any more keeps its identifier.
fn label(w: Words, procedure: &Procedure, about: &str) -> String {
    let about = about.strip_prefix("paper.").unwrap_or(about);
    let form = &procedure.form;
    let field = form
        .field(about)
        .map(|f| &f.label)
        .or_else(|| form.paper(about).map(|p| &p.label));
    field.map_or_else(|| about.to_owned(), |text| text.get(w.0).to_owned())
}

fn stage_lines(w: Words, procedure: &Procedure, stages: &[StageCount]) -> Vec<StageLine> {
    let most = stages.iter().map(|s| s.all.number()).max().unwrap_or(0).max(1);
    let mut lines: Vec<StageLine> = Vec::with_capacity(stages.len());
    let mut before = None;
    let mut worst: Option<(i64, usize)> = None;
    for stage in stages {
        let n = stage.all.number();
        // Nobody has to attach or pay where nothing is asked for: these are no part of the way that everybody goes.
        let on_the_way = !matches!(stage.what.as_str(), "papers" | "pay");
        let mut kept = String::new();
        if let (Some(before), Shown::Times(n), true) = (before, stage.all, on_the_way && stage.what != "sheet") {
            kept = percent(w, motcua_office::adoption::share(n.min(before), before));
            if before - n > worst.map_or(0, |(lost, _)| lost) && stage.what != "begun" {
                worst = Some((before - n, lines.len()));
            }
        }
        if on_the_way {
            before = Some(n).filter(|n| *n > 0);
        }
        lines.push(StageLine {
            label: stage_name(w, procedure, &stage.what),
            all: say(stage.all),
            phone: say(stage.phone),
            computer: say(stage.computer),
            width: n * 1000 / most,
            kept,
            worst: false,
        });
    }
    if let Some((_, at)) = worst {
        lines[at].worst = true;
    }
    lines
}

fn stage_name(w: Words, procedure: &Procedure, what: &str) -> String {
    if let Some(id) = what.strip_prefix("step:") {
        let step = procedure.form.step(id);
        return step.map_or_else(|| id.to_owned(), |s| s.title.get(w.0).to_owned());
    }
    match what {
        "sheet" => w.funnel_sheet(),
        "begun" => w.funnel_begun(),
        "papers" => w.funnel_papers(),
        "submitted" => w.funnel_submitted(),
        "pay" => w.funnel_pay(),
        "accepted" => w.funnel_accepted(),
        _ => w.funnel_first_try(),
    }
    .to_owned()
}
