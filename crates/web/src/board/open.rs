//! `/so-lieu`: the open figures, for everybody; small numbers hidden. Their files are beside, in `open_data`.

use super::adoption::{percent, shown};
use super::chart::{Pair, pairs};
use crate::AppState;
use crate::app::Page;
use crate::error::WebError;
use crate::session::Visitor;
use askama::Template;
use axum::extract::State;
use axum::response::Html;
use motcua_office::adoption::{Intake, months_before};

/// Counts below this are hidden in what everybody may read: nobody shall be found in a small number.
pub(super) const SMALL: i64 = 5;
/// Months on the page; the files hold five years.
const SHOWN: usize = 13;

/// A number as everybody may read it.
pub(super) fn open(n: i64) -> String {
    if (1..SMALL).contains(&n) {
        format!("<{SMALL}")
    } else {
        n.to_string()
    }
}

struct MonthLine {
    month: String,
    online: String,
    assisted: String,
    counter: String,
    share: String,
}

#[derive(Template)]
#[template(path = "portal/figures.html")]
struct FiguresPage {
    page: Page,
    bars: Vec<Pair>,
    scale: i64,
    lines: Vec<MonthLine>,
    small: i64,
}

pub async fn show(State(app): State<AppState>, visitor: Visitor) -> Result<Html<String>, WebError> {
    let page = Page::new(&visitor, "portal");
    let w = page.w;
    let all = app.office.open_intake().await?;
    let of = |month| {
        let found = all.iter().find(|(m, _)| *m == month);
        found.map_or_else(Intake::default, |(_, counts)| Intake::of(counts))
    };
    // A share of few says who they were.
    let share = |i: &Intake| {
        if i.total() < SMALL || (1..SMALL).contains(&i.all_online()) {
            None
        } else {
            i.online_share()
        }
    };
    let months: Vec<i64> = all.iter().rev().take(SHOWN).map(|(m, _)| *m).collect();
    let (bars, scale) = pairs(months.iter().rev().map(|m| {
        let (now, before) = (share(&of(*m)), share(&of(months_before(*m, 12))));
        (shown(*m), now, before, w.adoption_bar(percent(w, before), percent(w, now)))
    }));
    let lines = months.iter().map(|m| {
        let i = of(*m);
        MonthLine {
            month: shown(*m),
            online: open(i.online),
            assisted: open(i.assisted),
            counter: open(i.counter),
            share: percent(w, share(&i)),
        }
    });
    let view = FiguresPage {
        bars,
        scale,
        lines: lines.collect(),
        small: SMALL,
        page,
    };
    Ok(Html(view.render()?))
}
