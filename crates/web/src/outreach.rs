//! What is said of a service outside the website, from its facts: the leaflet, the text for a commune's loudspeakers, a post.

use crate::facts::Facts;
use motcua_office::campaign::{Fact, Leaflet, Size};
use motcua_words::Words;

/// Where and by whom it is said.
pub struct Told<'a> {
    /// The commune's or the agency's name, or the province's.
    pub from: String,
    /// The link.
    pub url: String,
    /// Whom to call.
    pub hotline: &'a str,
    /// The day it is made.
    pub date: [i16; 3],
}

/// The leaflet.
pub fn leaflet(w: Words, facts: &Facts, told: &Told<'_>, size: Size) -> Leaflet {
    let fact = |label: &str, values: Vec<String>| Fact {
        label: label.to_owned(),
        values,
    };
    let mut list = Vec::new();
    if !facts.needs.is_empty() {
        list.push(fact(w.sheet_needs(), facts.needs.clone()));
    }
    list.push(fact(w.portal_how_long(), vec![facts.term.clone()]));
    list.push(fact(w.portal_how_much(), facts.fees.clone()));
    if !facts.result.is_empty() {
        list.push(fact(w.portal_what_you_get(), vec![facts.result.clone()]));
    }
    Leaflet {
        size,
        lang: w.0.as_str().to_owned(),
        date: told.date,
        from: told.from.clone(),
        above: w.campaign_leaflet_above().to_owned(),
        service: facts.name.clone(),
        steps: [w.campaign_step_1(), w.campaign_step_2(), w.campaign_step_3()]
            .map(str::to_owned)
            .to_vec(),
        facts: list,
        scan: w.campaign_scan().to_owned(),
        call: w.campaign_call(told.hotline),
        url: told.url.clone(),
    }
}

/// A list as it is spoken.
fn spoken(list: &[String]) -> String {
    list.join("; ")
}

/// The text for loudspeakers: short sentences, to be read out twice.
pub fn loudspeaker(w: Words, facts: &Facts, told: &Told<'_>) -> String {
    let needs = if facts.needs.is_empty() {
        String::new()
    } else {
        w.campaign_speaker_needs(spoken(&facts.needs))
    };
    let said = w.campaign_speaker(
        spoken(&facts.fees),
        &told.from,
        told.hotline,
        &told.url,
        &facts.name,
        &facts.term,
    );
    [said, needs, w.campaign_speaker_help().to_owned()]
        .into_iter()
        .filter(|t| !t.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The post.
pub fn post(w: Words, facts: &Facts, told: &Told<'_>) -> String {
    let mut lines = vec![w.campaign_post(&facts.name), String::new()];
    if !facts.needs.is_empty() {
        lines.push(w.campaign_post_needs().to_owned());
        lines.extend(facts.needs.iter().map(|n| format!("- {n}")));
    }
    lines.push(w.campaign_post_facts(spoken(&facts.fees), &facts.term));
    lines.push(w.campaign_post_link(told.hotline, &told.url));
    lines.join("\n")
}
