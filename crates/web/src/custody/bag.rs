//! `/tui-thu/NUMBER`: one bag: one field for the scanner, its list, who has it, what can be done now.

use super::{HANDS, door, refusal, state};
use crate::AppState;
use crate::app::{Page, agency_name};
use crate::error::WebError;
use crate::session::Signed;
use crate::view;
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use motcua_model::custody::{Bag, BagCommand, BagRefusal, BagState, read_paper};
use motcua_model::id::AgencyCode;
use motcua_office::OfficeError;
use serde::Deserialize;

struct Paper {
    code: String,
    what: String,
    /// `found`, `missing`, or nothing while it is on its way.
    mark: &'static str,
    said: &'static str,
}

#[derive(Template)]
#[template(path = "custody/bag.html")]
struct BagPage {
    page: Page,
    b: Bag,
    state: &'static str,
    from: String,
    to: String,
    due: String,
    hand: String,
    offered: String,
    papers: Vec<Paper>,
    found: usize,
    late: bool,
    uncompared: bool,
    broken: String,
    scans: bool,
    packing: bool,
    can_seal: bool,
    can_give: bool,
    can_keep: bool,
    can_take: bool,
    can_take_back: bool,
    can_open: bool,
    can_compare: bool,
    can_turn_up: bool,
    offices: Vec<(String, String)>,
    said: String,
    problem: String,
    typed: Typed,
}

/// What was typed or scanned.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Typed {
    scan: String,
    paper: String,
    seal: String,
    weight: String,
    to: String,
    name: String,
    list_code: String,
    note: String,
}

fn page_of(app: &AppState, signed: &Signed, b: Bag, typed: Typed, said: String, problem: String) -> BagPage {
    let page = Page::new(&signed.visitor, door(signed.actor.role));
    let (w, lang) = (page.w, page.w.0);
    let (me, own) = (signed.actor.account, signed.actor.agency.as_ref());
    let mine = b.hand.account == Some(me);
    let together = b.hand.agency.is_some() && b.hand.agency.as_ref() == own;
    let sealed = b.state == BagState::Sealed;
    let opened = matches!(b.state, BagState::Arrived | BagState::Closed);
    // What was scanned last stands first.
    let papers: Vec<Paper> = b
        .papers
        .iter()
        .rev()
        .map(|p| Paper {
            code: p.code.0.clone(),
            what: p.what.clone(),
            mark: match (opened, p.found) {
                (false, _) => "",
                (true, true) => "found",
                (true, false) => "missing",
            },
            said: match (opened, p.found) {
                (false, _) => "",
                (true, true) => w.custody_found(),
                (true, false) => w.custody_missing(),
            },
        })
        .collect();
    let mut offices: Vec<(String, String)> = if sealed && mine {
        let all = app.office.catalogue().agencies();
        all.map(|a| (a.code.0.clone(), a.name.get(lang).to_owned())).collect()
    } else {
        Vec::new()
    };
    // The destination first, then one's own office (a colleague), then those near.
    let near = own.map_or(String::new(), |o| o.as_str().chars().take(2).collect::<String>());
    offices.sort_by_key(|(code, name)| {
        let first = *code != b.to.0;
        (
            first,
            Some(code.as_str()) != own.map(AgencyCode::as_str),
            !code.starts_with(&near),
            name.clone(),
        )
    });
    BagPage {
        state: state(w, b.state),
        from: agency_name(app, &b.from, lang),
        to: agency_name(app, &b.to, lang),
        due: view::moment(w, b.due),
        hand: match &b.hand.agency {
            Some(agency) => format!("{}, {}", b.hand.name, agency_name(app, agency, lang)),
            None => b.hand.name.clone(),
        },
        offered: b.offer.as_ref().map_or_else(String::new, |o| agency_name(app, &o.to, lang)),
        late: b.overdue_at.is_some() && !opened,
        uncompared: b.overdue_at.is_some() && b.state == BagState::Arrived,
        broken: b.broken.as_ref().map_or_else(String::new, |x| {
            let seal = if x.seal.is_empty() {
                w.custody_no_seal_found()
            } else {
                &x.seal
            };
            w.custody_broken(&x.last_hand, &x.seen_by, seal)
        }),
        found: b.papers.iter().filter(|p| p.found).count(),
        papers,
        scans: (mine || together) && matches!(b.state, BagState::Open | BagState::Arrived),
        packing: (mine || together) && b.state == BagState::Open,
        can_seal: (mine || together) && b.state == BagState::Open && !b.papers.is_empty(),
        can_give: mine && sealed && b.offer.is_none(),
        can_keep: mine && b.offer.is_some(),
        can_take: sealed && !mine && b.offer.as_ref().is_some_and(|o| Some(&o.to) == own),
        can_take_back: sealed && b.hand.account.is_none(),
        can_open: mine && sealed && own == Some(&b.to),
        can_compare: (mine || together) && b.state == BagState::Arrived,
        can_turn_up: b.state == BagState::Closed && b.missing().next().is_some(),
        offices,
        said,
        problem,
        typed,
        page,
        b,
    }
}

pub async fn show(State(app): State<AppState>, signed: Signed, Path(bag): Path<String>) -> Result<Html<String>, WebError> {
    let signed = signed.only(HANDS)?;
    let b = app.office.bag(&signed.actor, &bag).await?;
    let page = page_of(&app, &signed, b, Typed::default(), String::new(), String::new());
    Ok(Html(page.render()?))
}

#[derive(Template)]
#[template(path = "custody/bag_list.html")]
struct ListPage {
    page: Page,
    b: Bag,
    from: String,
    to: String,
    due: String,
    list_code: String,
    printed: String,
}

/// The list as it is printed and signed by who gives and who takes.
pub async fn list(State(app): State<AppState>, signed: Signed, Path(bag): Path<String>) -> Result<Html<String>, WebError> {
    let signed = signed.only(HANDS)?;
    let b = app.office.bag(&signed.actor, &bag).await?;
    let list_code = app.office.list_code(&signed.actor, &b).await?.unwrap_or_default();
    let page = Page::new(&signed.visitor, door(signed.actor.role));
    let (w, lang) = (page.w, page.w.0);
    let view = ListPage {
        from: agency_name(&app, &b.from, lang),
        to: agency_name(&app, &b.to, lang),
        due: view::moment(w, b.due),
        list_code,
        printed: view::moment(w, app.office.now()),
        page,
        b,
    };
    Ok(Html(view.render()?))
}

/// A scan is answered with the page itself: one journey for each beep.
pub async fn act(
    State(app): State<AppState>,
    signed: Signed,
    Path((bag, what)): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Result<Response, WebError> {
    let signed = signed.only(HANDS)?;
    let w = signed.visitor.words();
    let (office, actor) = (&app.office, &signed.actor);
    let weight = || typed.weight.trim().replace(['.', ' '], "").parse().unwrap_or(0);
    let paper = || read_paper(&typed.paper).map_err(|e| OfficeError::from(BagRefusal::from(e)));
    let command = match what.as_str() {
        "quet" => Ok(None),
        "bo" => paper().map(|paper| Some(BagCommand::TakeOut { paper })),
        "niem-phong" => Ok(Some(BagCommand::Seal {
            seal: typed.seal.clone(),
            weight_g: weight(),
        })),
        "giao" => Ok(Some(BagCommand::Offer {
            to: AgencyCode(typed.to.clone()),
        })),
        "giu" => Ok(Some(BagCommand::Keep)),
        "nhan" => Ok(Some(BagCommand::Take {
            seal: typed.seal.clone(),
        })),
        "giao-giay" => Ok(Some(BagCommand::GiveOnPaper {
            name: typed.name.clone(),
            list_code: typed.list_code.clone(),
        })),
        "nhan-lai" => Ok(Some(BagCommand::TakeFromPaper {
            seal: typed.seal.clone(),
            list_code: typed.list_code.clone(),
        })),
        "mo" => Ok(Some(BagCommand::Unseal {
            seal: typed.seal.clone(),
            weight_g: weight(),
        })),
        "doi-chieu" => Ok(Some(BagCommand::Compare {
            note: typed.note.clone(),
        })),
        "tim-thay" => paper().map(|paper| {
            Some(BagCommand::TurnUp {
                paper,
                note: typed.note.clone(),
            })
        }),
        _ => return Err(WebError::NotFound),
    };
    let done = match command {
        Ok(None) => office.scan(actor, &bag, &typed.scan).await,
        Ok(Some(command)) => office.bag_act(actor, &bag, command).await,
        Err(e) => Err(e),
    };
    match done {
        Ok(b) if what == "quet" => {
            let code = read_paper(&typed.scan).map_or_else(|_| typed.scan.clone(), |c| c.0);
            let said = match b.state {
                BagState::Arrived if b.surplus.contains(&code) => w.custody_said_surplus(&code),
                BagState::Arrived => w.custody_said_found(&code),
                _ => w.custody_said_in(&code),
            };
            let page = page_of(&app, &signed, b, Typed::default(), said, String::new());
            Ok(Html(page.render()?).into_response())
        }
        Ok(b) => Ok(Redirect::to(&format!("/tui-thu/{}", b.code)).into_response()),
        // Scanned twice: harmless, and said.
        Err(OfficeError::Bag(ref r @ BagRefusal::Before(_))) if what == "quet" => {
            let b = office.bag(actor, &bag).await?;
            let page = page_of(&app, &signed, b, Typed::default(), refusal(w, r), String::new());
            Ok(Html(page.render()?).into_response())
        }
        Err(e @ OfficeError::Bag(_)) => {
            let b = office.bag(actor, &bag).await?;
            let said = view::office_error(w, &e);
            // What the scanner read is gone with the next beep; what a hand typed is kept.
            let page = page_of(&app, &signed, b, typed, String::new(), said);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
        Err(e) => Err(e.into()),
    }
}
