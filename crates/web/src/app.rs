//! What every page shares: who reads it, in which language, at which door.

use crate::session::Visitor;
use motcua_model::actor::Role;
use motcua_office::account::Account;
use motcua_words::Words;
use std::sync::Arc;

/// The frame of a page.
#[derive(Clone, Debug)]
pub struct Page {
    /// The words of the reader's language.
    pub w: Words,
    /// The door: `portal`, `desk`, `post`, `money`, `board`, `admin`.
    pub door: &'static str,
    /// Who is signed in.
    pub account: Option<Arc<Account>>,
    /// Path and query of this page, for the language switch.
    pub path: String,
    /// Hotline at the foot.
    pub hotline: String,
    /// Whether this is a demo.
    pub demo: bool,
}

impl Page {
    /// The frame for a visitor.
    pub fn new(visitor: &Visitor, door: &'static str) -> Self {
        Self {
            w: visitor.words(),
            door,
            account: visitor.account.clone(),
            path: visitor.path.clone(),
            hotline: visitor.hotline.clone(),
            demo: visitor.demo,
        }
    }

    /// Language of the page.
    pub fn lang(&self) -> &'static str {
        self.w.0.as_str()
    }

    /// The same page in the other language.
    pub fn switch(&self) -> String {
        let (path, query) = self.path.split_once('?').unwrap_or((&self.path, ""));
        let kept: Vec<&str> = query
            .split('&')
            .filter(|p| !p.is_empty() && !p.starts_with("lang="))
            .collect();
        let lang = format!("lang={}", self.w.0.other().as_str());
        let query: Vec<&str> = kept.into_iter().chain([lang.as_str()]).collect();
        format!("{path}?{}", query.join("&"))
    }

    /// Name of the other language, in itself.
    pub fn other_language(&self) -> &'static str {
        self.w.0.other().own_name()
    }

    /// Code of the other language.
    pub fn other_lang(&self) -> &'static str {
        self.w.0.other().as_str()
    }

    /// The door that the signed-in person works at, with its name; none for citizens and visitors.
    pub fn own_door(&self) -> Option<(&'static str, &'static str)> {
        self.account
            .as_ref()
            .and_then(|a| door_of(a.role).map(|(path, _)| (path, role_name(self.w, a.role))))
    }

    /// The short menu of the door that the signed-in person works at; whether each entry is where this page belongs.
    pub fn menu(&self) -> Vec<(crate::menu::Entry, bool)> {
        let entries = self
            .account
            .as_ref()
            .map_or_else(Vec::new, |a| crate::menu::of(a.role, self.w));
        let here = crate::menu::current(&entries, &self.path).copied();
        entries.into_iter().map(|e| (e, Some(e) == here)).collect()
    }

    /// Whether a citizen is signed in.
    pub fn is_citizen(&self) -> bool {
        self.account.as_ref().is_some_and(|a| a.role == Role::Citizen)
    }

    /// Addresses of style sheet and scripts.
    pub fn asset(&self, name: &str) -> &'static str {
        crate::assets::path(name)
    }
}

/// Where a role works: path and door.
pub fn door_of(role: Role) -> Option<(&'static str, &'static str)> {
    Some(match role {
        Role::Receptionist | Role::Specialist | Role::Leader => ("/ban", "desk"),
        Role::PostClerk => ("/buu-dien", "post"),
        Role::PostHead => ("/buu-dien/quan-ly", "post"),
        Role::Accountant => ("/ke-toan", "money"),
        Role::Monitor => ("/bang", "board"),
        Role::Administrator => ("/quan-tri", "admin"),
        Role::Citizen | Role::System => return None,
    })
}

/// Name of a role.
pub fn role_name(w: Words, role: Role) -> &'static str {
    match role {
        Role::Citizen => w.role_citizen(),
        Role::Receptionist => w.role_receptionist(),
        Role::Specialist => w.role_specialist(),
        Role::Leader => w.role_leader(),
        Role::PostClerk => w.role_post_clerk(),
        Role::PostHead => w.till_role_head(),
        Role::Accountant => w.role_accountant(),
        Role::Monitor => w.role_monitor(),
        Role::Administrator => w.role_administrator(),
        Role::System => w.role_system(),
    }
}

/// Name of an agency in a language; its code where the catalogue does not know it any more.
pub fn agency_name(app: &crate::AppState, code: &motcua_model::id::AgencyCode, lang: motcua_words::Lang) -> String {
    app.office
        .catalogue()
        .agency(code)
        .map_or_else(|| code.0.clone(), |a| a.name.get(lang).to_owned())
}
