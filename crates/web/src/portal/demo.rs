//! `/demo`: who is there in a demo, and the mail and SMS that were sent. Not found elsewhere.

use crate::AppState;
use crate::app::{Page, role_name};
use crate::error::WebError;
use crate::session::Visitor;
use crate::view;
use askama::Template;
use axum::extract::State;
use axum::response::Html;
use motcua_model::id::AgencyCode;
use motcua_office::demo::{PASSWORD, PEOPLE};

#[derive(Template)]
#[template(path = "portal/demo.html")]
struct People {
    page: Page,
    people: Vec<(&'static str, &'static str, &'static str, String)>,
    password: &'static str,
}

pub async fn people(State(app): State<AppState>, visitor: Visitor) -> Result<Html<String>, WebError> {
    if !app.office.settings().demo {
        return Err(WebError::NotFound);
    }
    let page = Page::new(&visitor, "portal");
    let agency = |code: &str| {
        app.office
            .catalogue()
            .agency(&AgencyCode::from(code))
            .map(|a| a.name.get(page.w.0).to_owned())
    };
    let people = PEOPLE
        .iter()
        .map(|p| {
            (
                p.login,
                p.name,
                role_name(page.w, p.role),
                p.agency.and_then(agency).unwrap_or_default(),
            )
        })
        .collect();
    Ok(Html(
        People {
            people,
            password: PASSWORD,
            page,
        }
        .render()?,
    ))
}

#[derive(Template)]
#[template(path = "portal/mailbox.html")]
struct Mailbox {
    page: Page,
    messages: Vec<(String, String, String, String)>,
}

pub async fn mailbox(State(app): State<AppState>, visitor: Visitor) -> Result<Html<String>, WebError> {
    let inbox = app.office.demo_inbox().ok_or(WebError::NotFound)?;
    let messages = inbox
        .latest()
        .into_iter()
        .map(|m| (m.to, m.subject, m.text, view::short(m.at)))
        .collect();
    Ok(Html(
        Mailbox {
            page: Page::new(&visitor, "portal"),
            messages,
        }
        .render()?,
    ))
}
