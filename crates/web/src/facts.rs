//! What is said of a service, worked out once: the sheet, its leaflet, search engines and machines tell the same.

use crate::view;
use motcua_catalogue::{Catalogue, Service};
use motcua_model::dossier::Level;
use motcua_model::form::FeeLine;
use motcua_model::procedure::{Fact, Origin, Sheet, Source};
use motcua_words::Words;
use serde::Serialize;

/// A service as everybody is told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Field.
    pub field: String,
    /// Who settles it in the organisation that holds.
    pub agency: String,
    /// 3 or 4.
    pub level: u8,
    /// Whether it can be filed here.
    pub whole: bool,
    /// Whether it can be done from home, in a sentence.
    pub from_home: &'static str,
    /// Since when it takes no new requests, until when, and why; none while it does.
    pub closed: Option<String>,
    /// How long; an estimate says so.
    pub term: String,
    /// What it costs, one line each; never empty. An estimate says so.
    pub fees: Vec<String>,
    /// What must be in hand; empty where no source says it.
    pub needs: Vec<String>,
    /// What comes out.
    pub result: String,
    /// Who may ask.
    pub who: Option<String>,
    /// How the result can be given.
    pub ways: Vec<&'static str>,
    /// Articles of law.
    pub legal_basis: Vec<String>,
    /// Whether the facts were read in a public source; else they are estimated.
    pub sourced: bool,
    /// Address of the source.
    pub source: Option<String>,
    /// Who says it, in words: a state agency, others, or nobody yet.
    pub source_said: String,
    /// Address of its page.
    pub url: String,
}

impl Facts {
    /// The facts of a service in the words of a language.
    pub fn of(catalogue: &Catalogue, service: &Service, w: Words, base: &str, today: jiff::civil::Date) -> Self {
        let (sheet, lang) = (&service.sheet, w.0);
        let mut fees: Vec<String> = sheet
            .fee
            .lines
            .iter()
            .map(|l| format!("{}: {}", l.label.get(lang), charge(w, l)))
            .collect();
        if fees.is_empty() {
            fees.push(sheet.fee_text.clone().unwrap_or_else(|| w.common_no_fee().to_owned()));
        }
        let mut fees: Vec<String> = fees.into_iter().map(|fee| marked(w, sheet, Fact::Fee, fee)).collect();
        fees.extend(sheet.fee.note.iter().map(|note| note.get(lang).to_owned()));
        let texts = |list: &[motcua_model::procedure::Text]| list.iter().map(|t| t.get(lang).to_owned()).collect();
        Self {
            code: sheet.code.0.clone(),
            name: sheet.name.get(lang).to_owned(),
            field: sheet.field.clone(),
            agency: catalogue.organisation().settles(sheet),
            level: sheet.level.into(),
            whole: service.whole,
            from_home: match (service.whole, sheet.level) {
                (false, _) => w.portal_from_home_not_yet(),
                (true, Level::Four) => w.portal_from_home_four(),
                (true, _) => w.portal_from_home_three(),
            },
            closed: sheet.closed.as_ref().and_then(|c| crate::closed::said(w, c, today)),
            term: match &sheet.term_note {
                Some(note) => format!("{}. {}", term(w, sheet), note.get(lang)),
                None => term(w, sheet),
            },
            fees,
            needs: texts(&sheet.needs),
            result: sheet.result.get(lang).to_owned(),
            who: sheet.who.as_ref().map(|who| who.get(lang).to_owned()),
            ways: sheet.ways.iter().map(|way| view::way(w, *way)).collect(),
            legal_basis: sheet.legal_basis.clone(),
            sourced: sheet.source.origin == Origin::Sourced,
            source: sheet.source.url.clone(),
            source_said: source_said(w, &sheet.source),
            url: format!("{base}/thu-tuc/{}", sheet.code),
        }
    }

    /// As search engines read it (schema.org `GovernmentService`), safe to stand in a page.
    pub fn linked_data(&self) -> String {
        let mut facts = serde_json::json!({
            "@context": "https://schema.org",
            "@type": "GovernmentService",
            "name": self.name,
            "identifier": self.code,
            "serviceType": self.field,
            "url": self.url,
            "areaServed": "Thái Nguyên, Việt Nam",
            "serviceOutput": self.result,
            "provider": { "@type": "GovernmentOrganization", "name": self.agency },
            "availableLanguage": ["vi", "en"],
            "termsOfService": self.term,
            "offers": { "@type": "Offer", "description": self.fees.join("; ") },
        });
        if let (Some(who), Some(map)) = (&self.who, facts.as_object_mut()) {
            let audience = serde_json::json!({ "@type": "Audience", "audienceType": who });
            map.insert("audience".to_owned(), audience);
        }
        // What closes the element must not stand in it.
        facts.to_string().replace('<', "\\u003c")
    }
}

/// How long a service takes; an estimate says so.
pub(crate) fn term(w: Words, sheet: &Sheet) -> String {
    marked(w, sheet, Fact::Term, view::term(w, sheet.term))
}

/// A fact as it is said: behind an estimate stands that it is one.
fn marked(w: Words, sheet: &Sheet, fact: Fact, said: String) -> String {
    if sheet.source.estimates(fact) {
        format!("{said} {}", w.portal_estimated_mark())
    } else {
        said
    }
}

/// Where the facts are from, in words.
fn source_said(w: Words, source: &Source) -> String {
    if source.origin == Origin::Estimated {
        return w.portal_estimated().to_owned();
    }
    let said = match &source.url {
        Some(url) if !of_an_authority(url) => w.portal_compiled(),
        _ => w.portal_sourced(),
    };
    if source.estimated.is_empty() {
        said.to_owned()
    } else {
        format!("{said} {}", w.portal_estimated_partly())
    }
}

/// Whether an address is a page of a state agency: they all are under `gov.vn`.
fn of_an_authority(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or("");
    host.ends_with(".gov.vn")
}

/// What a line of the fee charges: an amount, or from the smallest to the largest of its bands.
fn charge(w: Words, line: &FeeLine) -> String {
    let amounts = || line.bands.iter().map(|b| b.amount);
    match (amounts().min(), amounts().max()) {
        (Some(least), Some(most)) => w.answer_fee_between(view::money(w, least), view::money(w, most)),
        _ => view::money(w, line.amount),
    }
}
