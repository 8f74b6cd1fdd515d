//! Who asks: the session's cookie, the language, and what a page needs to know of both.

use crate::AppState;
use crate::error::WebError;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use motcua_model::actor::{Actor, Role};
use motcua_office::account::Account;
use motcua_words::{Lang, Words};
use std::convert::Infallible;
use std::sync::Arc;

/// Cookie of the session where TLS is there: bound to this host, never sent in the clear.
const SECURE_COOKIE: &str = "__Host-phien";
/// Cookie of the session on a loopback demo without TLS.
const PLAIN_COOKIE: &str = "phien";

/// Somebody who looks at a page, signed in or not.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Language.
    pub lang: Lang,
    /// Whether the language was chosen by this request and must be remembered.
    pub lang_chosen: bool,
    /// Who is signed in.
    pub account: Option<Arc<Account>>,
    /// Whether a session could not be looked up because the store does not answer: then nobody is signed out.
    pub unknown: bool,
    /// The session's token.
    pub token: Option<String>,
    /// Path and query.
    pub path: String,
    /// Hotline of the installation.
    pub hotline: String,
    /// Whether this is a demo.
    pub demo: bool,
}

impl Visitor {
    /// The words of her language.
    pub fn words(&self) -> Words {
        Words(self.lang)
    }
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .filter_map(|c| c.trim().split_once('='))
        .find(|(n, _)| *n == name)
        .map(|(_, v)| v)
}

fn language(parts: &Parts) -> (Lang, bool) {
    let asked = parts
        .uri
        .query()
        .unwrap_or("")
        .split('&')
        .find_map(|p| Lang::parse(p.strip_prefix("lang=")?));
    match asked {
        Some(lang) => (lang, true),
        None => (
            cookie(&parts.headers, "lang").and_then(Lang::parse).unwrap_or_default(),
            false,
        ),
    }
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        if let Some(visitor) = parts.extensions.get::<Self>() {
            return Ok(visitor.clone());
        }
        let token = cookie(&parts.headers, SECURE_COOKIE)
            .or_else(|| cookie(&parts.headers, PLAIN_COOKIE))
            .map(str::to_owned);
        let (account, unknown) = match &token {
            Some(token) if token.len() == 64 => match state.office.session(token).await {
                Ok(account) => (account, false),
                Err(error) => {
                    tracing::warn!(%error, "the session could not be read");
                    (None, true)
                }
            },
            _ => (None, false),
        };
        let (lang, lang_chosen) = language(parts);
        let settings = state.office.settings();
        Ok(Self {
            lang,
            lang_chosen,
            account,
            unknown,
            token,
            path: parts.uri.path_and_query().map_or("/", |p| p.as_str()).to_owned(),
            hotline: settings.hotline.clone(),
            demo: settings.demo,
        })
    }
}

/// Somebody signed in, with the actor that the use cases are asked with.
#[derive(Clone, Debug)]
pub struct Signed {
    /// The visitor.
    pub visitor: Visitor,
    /// Who acts.
    pub actor: Actor,
}

impl Signed {
    /// Refuses whoever does not work at this door.
    pub fn only(self, roles: &[Role]) -> Result<Self, WebError> {
        if roles.contains(&self.actor.role) {
            Ok(self)
        } else {
            Err(WebError::Forbidden)
        }
    }
}

/// Most successors of a closed agency that are named.
const HEIRS: usize = 5;

/// Whether a page is a place of work: its own account stays open to who has nowhere to work.
fn works_at_a_door(path: &str) -> bool {
    ["/ban", "/buu-dien", "/ke-toan"].iter().any(|door| {
        path.strip_prefix(door)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

impl FromRequestParts<AppState> for Signed {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, WebError> {
        let Ok(visitor) = Visitor::from_request_parts(parts, state).await;
        match &visitor.account {
            Some(account) => {
                let actor = account.actor();
                if works_at_a_door(parts.uri.path())
                    && let Some((agency, heirs)) = state.office.closed_agency_of(&actor)
                {
                    let heirs: Vec<_> = heirs.iter().take(HEIRS).map(|h| h.name.get(visitor.lang)).collect();
                    return Err(WebError::AgencyClosed {
                        name: agency.name.get(visitor.lang).to_owned(),
                        until: agency.valid_to.map_or_else(String::new, crate::view::date),
                        heirs: heirs.join(", "),
                    });
                }
                Ok(Self { actor, visitor })
            }
            None if visitor.unknown => Err(WebError::Unavailable),
            None => Err(WebError::SignIn { back: visitor.path }),
        }
    }
}

/// The header that opens a session in the browser; an empty token closes it.
pub fn session_cookie(token: &str, public_url: &str) -> Option<HeaderValue> {
    let (name, secure) = if public_url.starts_with("https://") {
        (SECURE_COOKIE, "; Secure")
    } else {
        (PLAIN_COOKIE, "")
    };
    let age = if token.is_empty() { "; Max-Age=0" } else { "" };
    HeaderValue::from_str(&format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")).ok()
}
