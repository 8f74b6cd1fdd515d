//! `/tai-khoan/bao-tin`: by which channels, of what and in which language a person wants to be told.

use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Signed;
use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};
use motcua_model::actor::Role;
use motcua_model::procedure::Lang;
use motcua_office::preference::{Moment, Preference};

#[derive(Template)]
#[template(path = "portal/tell.html")]
struct TellPage {
    page: Page,
    mail: bool,
    sms: bool,
    address: String,
    phone: String,
    moments: Vec<(&'static str, &'static str, bool, bool)>,
    english: bool,
    saved: bool,
}

fn render(signed: &Signed, p: &Preference, language: Lang, saved: bool) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, "portal");
    let w = page.w;
    let account = page.account.clone();
    let view = TellPage {
        mail: p.mail,
        sms: p.sms,
        address: account.as_ref().map_or_else(String::new, |a| a.email.clone()),
        phone: account.as_ref().map_or_else(String::new, |a| a.phone.clone()),
        moments: Moment::ALL
            .iter()
            .map(|m| {
                let label = w.by_key(&format!("tell-moment-{}", m.as_str())).unwrap_or(m.as_str());
                let wanted = m.is_always() || !p.muted.iter().any(|x| x == m.as_str());
                (m.as_str(), label, wanted, m.is_always())
            })
            .collect(),
        english: language == Lang::En,
        saved,
        page,
    };
    Ok(view.render()?)
}

pub async fn show(State(app): State<AppState>, signed: Signed) -> Result<Html<String>, WebError> {
    let signed = signed.only(&[Role::Citizen])?;
    let p = app.office.preference(&signed.actor).await?;
    let language = signed.visitor.account.as_ref().and_then(|a| Lang::parse(&a.language));
    Ok(Html(render(&signed, &p, language.unwrap_or(Lang::Vi), false)?))
}

pub async fn save(
    State(app): State<AppState>,
    signed: Signed,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let signed = signed.only(&[Role::Citizen])?;
    let chosen = |name: &str, value: &str| pairs.iter().any(|(n, v)| n == name && v == value);
    let p = Preference {
        mail: chosen("channel", "mail"),
        sms: chosen("channel", "sms"),
        muted: Moment::ALL
            .iter()
            .map(|m| m.as_str())
            .filter(|m| !chosen("moment", m))
            .map(str::to_owned)
            .collect(),
    };
    let language = if chosen("language", "en") { Lang::En } else { Lang::Vi };
    app.office.prefer(&signed.actor, p.clone(), language).await?;
    Ok(Html(render(&signed, &p, language, true)?).into_response())
}
