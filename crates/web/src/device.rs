//! What somebody holds in her hands, as far as her browser says: a phone or a computer, for the counts of the funnel.

use crate::AppState;
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use motcua_model::id::ProcedureCode;
use motcua_office::funnel::{Device, Stage, channel_of};
use std::convert::Infallible;

/// The device of a request; none for a robot, which is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen(pub Option<Device>);

/// What a browser's name for itself says.
fn device(agent: &str) -> Option<Device> {
    let agent = agent.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| agent.contains(w));
    if agent.is_empty() || has(&["bot", "spider", "crawl", "curl", "wget", "python", "monitor"]) {
        None
    } else if has(&["mobi", "android", "iphone", "ipad", "tablet"]) {
        Some(Device::Phone)
    } else {
        Some(Device::Computer)
    }
}

impl FromRequestParts<AppState> for Seen {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Infallible> {
        let agent = parts.headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok());
        Ok(Self(device(agent.unwrap_or(""))))
    }
}

impl Seen {
    /// Counts a step of a person's way; robots take none.
    pub fn note(self, app: &AppState, role: motcua_model::actor::Role, procedure: &ProcedureCode, stage: Stage<'_>) {
        if let Some(device) = self.0 {
            app.office.note_step(procedure, stage, channel_of(role), Some(device));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_is_told_from_a_computer_and_a_robot_from_both() {
        let phone = "Mozilla/5.0 (Linux; Android 9; SM-A105F) AppleWebKit/537.36 Chrome/80.0 Mobile Safari/537.36";
        assert_eq!(device(phone), Some(Device::Phone));
        assert_eq!(device("Mozilla/5.0 (Windows NT 6.1) Firefox/74.0"), Some(Device::Computer));
        for robot in ["Mozilla/5.0 (compatible; Googlebot/2.1)", "curl/7.68", ""] {
            assert_eq!(device(robot), None, "{robot}");
        }
    }
}
