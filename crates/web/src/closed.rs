//! What is said of a service that takes no new requests.

use crate::view;
use jiff::civil::Date;
use motcua_model::procedure::Closed;
use motcua_words::Words;

fn sentence(w: Words, closed: &Closed, is_ahead: bool) -> String {
    let (from, why) = (view::date(closed.from), closed.reason.get(w.0));
    match (is_ahead, closed.until.map(view::date)) {
        (false, None) => w.closed_since(from, why),
        (false, Some(until)) => w.closed_between(from, until, why),
        (true, None) => w.closed_from(from, why),
        (true, Some(until)) => w.closed_soon_between(from, until, why),
    }
}

/// Since when, until when, why, and what happens to what was begun; none once it is over.
pub fn said(w: Words, closed: &Closed, today: Date) -> Option<String> {
    let ahead = closed.is_ahead(today);
    (ahead || closed.holds_on(today)).then(|| sentence(w, closed, ahead))
}

/// The refusal of a new request.
pub fn refused(w: Words, closed: &Closed) -> String {
    format!("{} {}", sentence(w, closed, false), w.closed_kept())
}
