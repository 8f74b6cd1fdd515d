//! `/du-lieu/…`: the open figures as files, CSV and JSON, for every machine; small numbers hidden. What is long is sent as
//! it is read.

use super::adoption::{month, typed};
use super::open::{SMALL, open};
use crate::AppState;
use crate::client::ClientAddress;
use crate::error::WebError;
use crate::limit;
use axum::Json;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use motcua_model::figure::Measure;
use motcua_office::adoption::Intake;
use motcua_office::open::{OpenRow, OpenServices};
use serde::Deserialize;
use std::fmt::Write as _;

/// What a line of the province's figures is of.
const LINES: [(i64, &str, Measure); 6] = [
    (3, "online", Measure::OnlineThree),
    (3, "post", Measure::PostThree),
    (3, "counter", Measure::CounterThree),
    (4, "online", Measure::OnlineFour),
    (4, "post", Measure::PostFour),
    (4, "counter", Measure::CounterFour),
];

/// Only one month.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Asked {
    thang: String,
}

fn kept(kind: &'static str) -> [(header::HeaderName, &'static str); 2] {
    [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=3600")]
}

const CSV: &str = "text/csv; charset=utf-8";

/// A number as machines read it: a hidden one is none.
fn number(n: i64) -> Option<i64> {
    (!(1..SMALL).contains(&n)).then_some(n)
}

/// Month, level, channel, number.
pub async fn by_month(State(app): State<AppState>) -> Result<Response, WebError> {
    let mut csv = String::from("thang,muc_do,kenh,so_ho_so\n");
    for (month, counts) in app.office.open_intake().await? {
        for (level, channel, measure) in LINES {
            let _ = writeln!(csv, "{},{level},{channel},{}", typed(month), open(counts.get(measure)));
        }
    }
    Ok((kept(CSV), csv).into_response())
}

/// The same for machines; a hidden number is null.
pub async fn by_month_json(State(app): State<AppState>) -> Result<Response, WebError> {
    let lines: Vec<_> = app
        .office
        .open_intake()
        .await?
        .into_iter()
        .flat_map(|(month, counts)| {
            LINES.map(|(level, channel, measure)| {
                let n = number(counts.get(measure));
                serde_json::json!({ "thang": typed(month), "muc_do": level, "kenh": channel, "so_ho_so": n })
            })
        })
        .collect();
    let body = Json(serde_json::json!({ "an_duoi": SMALL, "dong": lines }));
    Ok(([(header::CACHE_CONTROL, "public, max-age=3600")], body).into_response())
}

/// The numbers of a line, in the order of its columns.
fn numbers((.., counts): &OpenRow) -> [i64; 4] {
    let intake = Intake::of(counts);
    [intake.online, intake.assisted, intake.counter, counts.settled()]
}

fn csv_line(row: &OpenRow) -> String {
    let (place, procedure, month, _) = row;
    let [online, post, counter, settled] = numbers(row).map(open);
    format!("{},{place},{procedure},{online},{post},{counter},{settled}\n", typed(*month))
}

fn json_line(row: &OpenRow, first: bool) -> String {
    let (place, procedure, month, _) = row;
    let [online, post, counter, settled] = numbers(row).map(number);
    let line = serde_json::json!({
        "thang": typed(*month), "co_quan": place, "thu_tuc": procedure,
        "truc_tuyen": online, "buu_dien": post, "quay": counter, "da_giai_quyet": settled,
    });
    format!("{}{line}", if first { "" } else { ",\n" })
}

/// What is being sent.
struct Sending {
    rows: OpenServices,
    only: Option<i64>,
    json: bool,
    /// Whether the head was sent, and a line.
    begun: bool,
    a_line: bool,
    ended: bool,
}

impl Sending {
    /// The next piece; none after the last. A failure breaks the answer off, so that nobody takes a part for all.
    async fn next(mut self) -> Option<(Result<String, std::io::Error>, Self)> {
        if self.ended {
            return None;
        }
        let mut text = String::new();
        if !self.begun {
            self.begun = true;
            if self.json {
                let _ = writeln!(text, "{{\"an_duoi\":{SMALL},\"dong\":[");
            } else {
                text.push_str("thang,co_quan,thu_tuc,truc_tuyen,buu_dien,quay,da_giai_quyet\n");
            }
        }
        match self.rows.next().await {
            Ok(Some(rows)) => {
                for row in rows.iter().filter(|r| self.only.is_none_or(|m| m == r.2)) {
                    if self.json {
                        text.push_str(&json_line(row, !self.a_line));
                    } else {
                        text.push_str(&csv_line(row));
                    }
                    self.a_line = true;
                }
            }
            Ok(None) => {
                self.ended = true;
                if self.json {
                    text.push_str("\n]}\n");
                }
            }
            Err(error) => {
                self.ended = true;
                tracing::warn!(%error, "open figures could not be read to their end");
                return Some((Err(std::io::Error::other("not all could be read")), self));
            }
        }
        Some((Ok(text), self))
    }
}

fn send(app: &AppState, client: ClientAddress, asked: &Asked, json: bool) -> Result<Response, WebError> {
    limit::check(&app.limits.open, &client.0.to_string())?;
    let only = match asked.thang.trim() {
        "" => None,
        typed => Some(month(typed).ok_or(WebError::BadRequest)?),
    };
    let sending = Sending {
        rows: app.office.open_services(),
        only,
        json,
        begun: false,
        a_line: false,
        ended: false,
    };
    let body = Body::from_stream(futures_util::stream::unfold(sending, Sending::next));
    let kind = if json { "application/json" } else { CSV };
    Ok((kept(kind), body).into_response())
}

/// Every agency's service in each month, or in one.
pub async fn by_service(
    State(app): State<AppState>,
    client: ClientAddress,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    send(&app, client, &asked, false)
}

/// The same for machines.
pub async fn by_service_json(
    State(app): State<AppState>,
    client: ClientAddress,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    send(&app, client, &asked, true)
}

/// What people say of each agency in the last twelve months; agencies with few answers are left out.
pub async fn satisfaction(State(app): State<AppState>) -> Result<Response, WebError> {
    let mut csv = String::from("co_quan,so_tra_loi,phan_nghin_hai_long,tu,den\n");
    let mut all = app.office.satisfaction_of_all(None, None).await?;
    all.sort_by(|a, b| a.0.cmp(&b.0));
    for (agency, said) in all {
        let (total, content) = (said.total(), said.counts[0]);
        // Nor a share that says how few the others were.
        let few = |n| (1..SMALL).contains(&n);
        if total < SMALL || few(content) || few(total - content) {
            continue;
        }
        if let (Some(share), Some((from, to))) = (said.share(), said.between()) {
            let _ = writeln!(csv, "{agency},{total},{share},{from},{to}");
        }
    }
    Ok((kept(CSV), csv).into_response())
}
