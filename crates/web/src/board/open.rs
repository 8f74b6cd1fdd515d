//! `/du-lieu/…`: the open figures, for everybody and every machine; small numbers hidden.

use super::adoption::typed;
use crate::AppState;
use crate::error::WebError;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use motcua_model::figure::Measure;

/// Counts below this are hidden in what everybody may read: nobody shall be found in a small number.
pub(super) const SMALL: i64 = 5;

/// A number as everybody may read it.
pub(super) fn open(n: i64) -> String {
    if (1..SMALL).contains(&n) {
        format!("<{SMALL}")
    } else {
        n.to_string()
    }
}

/// Month, level, channel, number.
pub async fn by_month(State(app): State<AppState>) -> Result<Response, WebError> {
    let mut csv = String::from("thang,muc_do,kenh,so_ho_so\n");
    for (month, counts) in app.office.open_intake().await? {
        for (level, channel, measure) in [
            (3, "online", Measure::OnlineThree),
            (3, "post", Measure::PostThree),
            (3, "counter", Measure::CounterThree),
            (4, "online", Measure::OnlineFour),
            (4, "post", Measure::PostFour),
            (4, "counter", Measure::CounterFour),
        ] {
            csv.push_str(&format!("{},{level},{channel},{}\n", typed(month), open(counts.get(measure))));
        }
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    Ok((headers, csv).into_response())
}
