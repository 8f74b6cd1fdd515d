//! What a person agrees to at a post office, and takes back.

use super::command::Submission;
use super::decide::short;
use super::event::Event;
use super::filing::Channel;
use super::refusal::Refusal;
use super::state::Dossier;

/// What a submission says of the person's agreement; a post office files for nobody without it.
pub(super) fn given(s: &Submission) -> Result<Option<Event>, Refusal> {
    match &s.consent {
        Some(consent) if Some(&consent.office) != s.filed_at_office.as_ref() => Err(Refusal::ConsentElsewhere),
        Some(consent) => Ok(Some(Event::ConsentGiven {
            consent: consent.clone(),
        })),
        None if s.channel == Channel::Post => Err(Refusal::ConsentMissing),
        None => Ok(None),
    }
}

/// She takes it back: what was filed stays filed, and the post office sees it no more.
pub(super) fn revoke(d: &Dossier, reason: String) -> Result<Vec<Event>, Refusal> {
    match (&d.consent, &d.consent_revoked) {
        (None, _) => Err(Refusal::ConsentMissing),
        (_, Some(_)) => Err(Refusal::ConsentRevoked),
        (Some(_), None) => Ok(vec![Event::ConsentRevoked { reason: short(reason)? }]),
    }
}
