//! `/bang/chien-dich`: measures that lead people to file from home: what each link brought, and the share online before and
//! after.

use super::adoption::{percent, service_name};
use super::directive::day;
use super::open::open;
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use jiff::civil::Date;
use motcua_model::actor::Role;
use motcua_model::id::{AgencyCode, ProcedureCode};
use motcua_office::adoption::Intake;
use motcua_office::campaign::{Campaign, CampaignProblem, Followed, Means, PAGE};
use motcua_words::Words;
use serde::Deserialize;

/// A measure as it is shown.
pub(super) struct Line {
    pub code: String,
    pub title: String,
    pub means: &'static str,
    pub service: String,
    /// Whose people.
    pub whose: String,
    pub from: String,
    /// Read, begun, sent; few are hidden.
    pub reached: [String; 3],
    /// The share online before and since, each with its parts.
    pub before: String,
    pub after: String,
}

/// A measure as it is typed.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Typed {
    title: String,
    means: String,
    procedure: String,
    commune: String,
    from: String,
}

/// What can be chosen: value, name, whether it is.
type Choices = Vec<(String, String, bool)>;

#[derive(Template)]
#[template(path = "board/campaigns.html")]
struct CampaignsPage {
    page: Page,
    lines: Vec<Line>,
    next: String,
    typed: Typed,
    means: Choices,
    services: Choices,
    communes: Choices,
    problems: Vec<(&'static str, &'static str)>,
}

impl CampaignsPage {
    fn problem(&self, field: &str) -> Option<&'static str> {
        self.problems.iter().find(|(f, _)| *f == field).map(|(_, text)| *text)
    }
}

fn means_name(w: Words, means: Means) -> &'static str {
    match means {
        Means::Leaflet => w.campaign_leaflet(),
        Means::Loudspeaker => w.campaign_loudspeaker(),
        Means::Post => w.campaign_on_zalo(),
        Means::Meeting => w.campaign_meeting(),
        Means::Help => w.campaign_help(),
    }
}

/// The share online with its parts; few are hidden.
fn share(w: Words, intake: &Intake) -> String {
    let few = |n: i64| open(n).starts_with('<');
    let (part, whole) = (intake.all_online(), intake.total());
    if few(part) || few(whole) {
        return format!("{} / {}", open(part), open(whole));
    }
    format!("{} ({part} / {whole})", percent(w, intake.online_share()))
}

/// Whose measure it is and whose people it is for.
pub(super) fn whose(app: &AppState, w: Words, campaign: &Campaign) -> String {
    let registers = app.office.catalogue().registers();
    if let Some(commune) = registers.entry("communes", &campaign.commune) {
        return commune.name.vi.clone();
    }
    if campaign.agency.0.is_empty() {
        return w.campaign_province().to_owned();
    }
    agency_name(app, &campaign.agency, w.0)
}

pub(super) fn line(app: &AppState, w: Words, f: &Followed) -> Line {
    Line {
        code: f.code.clone(),
        title: f.campaign.title.clone(),
        means: means_name(w, f.campaign.means),
        service: service_name(app, &f.campaign.procedure, w.0),
        whose: whose(app, w, &f.campaign),
        from: f.campaign.from.strftime("%-d/%-m/%Y").to_string(),
        reached: [f.sheet, f.begun, f.submitted].map(open),
        before: share(w, &f.before),
        after: share(w, &f.after),
    }
}

fn problem(w: Words, problem: CampaignProblem) -> (&'static str, &'static str) {
    match problem {
        CampaignProblem::Means => ("means", w.campaign_wrong_means()),
        CampaignProblem::Procedure => ("procedure", w.campaign_wrong_procedure()),
        CampaignProblem::Commune => ("commune", w.campaign_wrong_commune()),
        CampaignProblem::Title => ("title", w.campaign_wrong_title()),
        CampaignProblem::From => ("from", w.campaign_wrong_from()),
    }
}

async fn render(
    app: &AppState,
    signed: &Signed,
    typed: Typed,
    problems: &[CampaignProblem],
    after: &str,
) -> Result<Html<String>, WebError> {
    let page = Page::new(&signed.visitor, "board");
    let w = page.w;
    let found = app.office.campaigns(&signed.actor, after).await?;
    let whole = app.office.catalogue().services().iter().filter(|s| s.whole);
    let view = CampaignsPage {
        next: found
            .last()
            .filter(|_| found.len() == PAGE)
            .map_or_else(String::new, |f| f.code.clone()),
        lines: found.iter().map(|f| line(app, w, f)).collect(),
        means: Means::ALL
            .into_iter()
            .map(|m| (m.as_str().to_owned(), means_name(w, m).to_owned(), typed.means == m.as_str()))
            .collect(),
        services: whole
            .map(|s| {
                let code = s.sheet.code.0.clone();
                let chosen = code == typed.procedure;
                (code, s.sheet.name.get(w.0).to_owned(), chosen)
            })
            .collect(),
        communes: app
            .office
            .campaign_communes(&signed.actor)
            .into_iter()
            .map(|(code, name)| {
                let chosen = code == typed.commune;
                (code, name, chosen)
            })
            .collect(),
        problems: problems.iter().map(|p| problem(w, *p)).collect(),
        typed,
        page,
    };
    Ok(Html(view.render()?))
}

/// After which measure.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    sau: String,
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Monitor, Role::Leader])?;
    let typed = Typed {
        from: app.office.today().to_string(),
        ..Typed::default()
    };
    render(&app, &signed, typed, &[], &asked.sau).await
}

pub async fn begin(State(app): State<AppState>, signed: Signed, Form(typed): Form<Typed>) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Monitor, Role::Leader])?;
    let means = Means::parse(&typed.means);
    let campaign = Campaign {
        means: means.unwrap_or(Means::Leaflet),
        procedure: ProcedureCode(typed.procedure.trim().to_owned()),
        commune: typed.commune.trim().to_owned(),
        agency: AgencyCode(String::new()),
        title: typed.title.trim().to_owned(),
        from: day(&typed.from).unwrap_or(Date::MIN),
    };
    let mut problems = match means {
        Some(_) => Vec::new(),
        None => vec![CampaignProblem::Means],
    };
    if problems.is_empty() {
        match app.office.begin_campaign(&signed.actor, campaign).await? {
            Ok(code) => return Ok(Redirect::to(&format!("/bang/chien-dich/{code}")).into_response()),
            Err(found) => problems = found,
        }
    }
    let html = render(&app, &signed, typed, &problems, "").await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}
