//! What of a parcel is told to the person, and how.

use motcua_model::dossier::{Dossier, Event, ParcelEvent, ParcelKind, ParcelState, TRIES};
use motcua_words::Words;

/// Whether an event of a parcel is told.
pub(crate) fn tells(event: &Event) -> bool {
    let Event::Parcel { what, .. } = event else {
        return false;
    };
    match what {
        ParcelEvent::Registered { .. } => true,
        ParcelEvent::Moved { notice } => matches!(
            notice.state,
            ParcelState::OutForDelivery
                | ParcelState::Failed
                | ParcelState::Held
                | ParcelState::Returning
                | ParcelState::Returned
        ),
        _ => false,
    }
}

/// The message; none where nothing is told. The address is never repeated.
pub(crate) fn text_of(words: &Words, d: &Dossier, parcel: u32, what: &ParcelEvent, link: &str) -> Option<String> {
    let p = d.parcel(parcel)?;
    let code = &d.code;
    let deliver = p.order.kind == ParcelKind::Deliver;
    Some(match what {
        ParcelEvent::Registered { tracking, .. } if deliver => words.parcel_mail_sent(code, link, tracking),
        ParcelEvent::Registered { tracking, .. } => words.parcel_mail_collect(code, link, tracking),
        ParcelEvent::Moved { notice } if deliver => match notice.state {
            ParcelState::OutForDelivery => words.parcel_mail_out(code, link, &p.order.code),
            ParcelState::Failed if p.failures() >= TRIES => words.parcel_mail_last_try(code, link, &notice.reason),
            ParcelState::Failed => words.parcel_mail_failed(code, link, &notice.reason),
            ParcelState::Held => words.parcel_mail_held(code, link, &notice.place),
            ParcelState::Returning => words.parcel_mail_returning(code, link),
            ParcelState::Returned => words.parcel_mail_returned(code, link),
            _ => return None,
        },
        _ => return None,
    })
}
