//! `/tui-thu`: the bags that this office has to do with; a scanned number opens one.

use super::{HANDS, door, state};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::term::read_day;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::clock::TIME_ZONE;
use motcua_model::custody::{Bag, BagState, read_bag};
use motcua_model::id::AgencyCode;
use motcua_office::OfficeError;
use motcua_office::custody::{Bags, EndedPlace};
use serde::Deserialize;

struct Line {
    code: String,
    way: String,
    state: &'static str,
    papers: usize,
    hand: String,
    due: String,
    /// What is wrong with its time; empty where nothing is.
    late: &'static str,
}

#[derive(Template)]
#[template(path = "custody/list.html")]
struct ListPage {
    page: Page,
    lists: Vec<(&'static str, Vec<Line>, bool)>,
    /// The next page of those that ended: address; empty on the last.
    older: String,
    offices: Vec<(String, String, bool)>,
    typed: Typed,
    problem: String,
}

/// What is typed to open a bag.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    to: String,
    date: String,
}

/// What was scanned.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    so: String,
    /// The last of the page before, of bags that ended.
    truoc: String,
    luc: i64,
}

async fn render(
    app: &AppState,
    signed: &Signed,
    before: Option<EndedPlace>,
    typed: Typed,
    problem: String,
) -> Result<String, WebError> {
    let page = Page::new(&signed.visitor, door(signed.actor.role));
    let (w, lang) = (page.w, page.w.0);
    let bags = app.office.bags(&signed.actor, before).await?;
    let line = |b: Bag| Line {
        way: format!("{} → {}", agency_name(app, &b.from, lang), agency_name(app, &b.to, lang)),
        state: state(w, b.state),
        papers: b.papers.len(),
        hand: b.hand.name.clone(),
        due: view::short(b.due),
        late: match b.state {
            _ if b.overdue_at.is_none() => "",
            BagState::Open | BagState::Sealed => w.custody_alarm_late(),
            BagState::Arrived => w.custody_alarm_uncompared(),
            BagState::Closed => "",
        },
        code: b.code.0,
    };
    let lines = |title: &'static str, list: Vec<Bag>| {
        let full = Bags::is_full(&list);
        (title, list.into_iter().map(line).collect::<Vec<_>>(), full)
    };
    let own = signed.actor.agency.as_ref();
    let mut offices: Vec<(String, String, bool)> = app
        .office
        .catalogue()
        .agencies()
        .filter(|a| Some(&a.code) != own)
        .map(|a| (a.code.0.clone(), a.name.get(lang).to_owned(), a.code.as_str() == typed.to))
        .collect();
    // Those of the same district first: nearly every bag goes there.
    let near = own.map_or(String::new(), |o| o.as_str().chars().take(2).collect::<String>());
    offices.sort_by_key(|(code, name, _)| (!code.starts_with(&near), name.clone()));
    let view = ListPage {
        lists: vec![
            lines(w.custody_offered(), bags.offered),
            lines(w.custody_here(), bags.here),
            lines(w.custody_coming(), bags.coming),
            lines(w.custody_gone(), bags.gone),
            lines(w.custody_ended(), bags.ended),
        ],
        older: bags
            .older
            .map_or_else(String::new, |(at, code)| format!("/tui-thu?luc={at}&truoc={code}")),
        offices,
        typed,
        problem,
        page,
    };
    Ok(view.render()?)
}

pub async fn show(State(app): State<AppState>, signed: Signed, Query(asked): Query<Asked>) -> Result<Response, WebError> {
    let signed = signed.only(HANDS)?;
    if asked.so.trim().is_empty() {
        let before = read_bag(&asked.truoc).ok().map(|code| (asked.luc, code.0));
        let html = render(&app, &signed, before, Typed::default(), String::new()).await?;
        return Ok(Html(html).into_response());
    }
    if let Ok(code) = read_bag(&asked.so) {
        return Ok(Redirect::to(&format!("/tui-thu/{code}")).into_response());
    }
    let said = signed.visitor.words().custody_no_bag_code().to_owned();
    let html = render(&app, &signed, None, Typed::default(), said).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
}

pub async fn open(State(app): State<AppState>, signed: Signed, Form(typed): Form<Typed>) -> Result<Response, WebError> {
    let signed = signed.only(HANDS)?;
    let w = signed.visitor.words();
    // There at the end of the office hours of that day.
    let due = read_day(&typed.date).and_then(|day| TIME_ZONE.to_timestamp(day.at(17, 0, 0, 0)).ok());
    let Some(due) = due else {
        let html = render(&app, &signed, None, typed, w.clock_bad_date().to_owned()).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response());
    };
    match app.office.open_bag(&signed.actor, AgencyCode(typed.to.clone()), due).await {
        Ok(bag) => Ok(Redirect::to(&format!("/tui-thu/{}", bag.code)).into_response()),
        Err(e @ OfficeError::Bag(_)) => {
            let said = view::office_error(w, &e);
            let html = render(&app, &signed, None, typed, said).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
        }
        Err(e) => Err(e.into()),
    }
}
