//! A leaflet of a service for people, on A5 or A4, with a QR that leads to where it is done.

use serde::Serialize;

/// The sheet of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// For hands.
    A5,
    /// For walls.
    A4,
}

/// A question with its answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What people ask.
    pub label: String,
    /// What is so; a list where there are several.
    pub values: Vec<String>,
}

/// The leaflet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Leaflet {
    /// Which sheet of paper.
    pub size: Size,
    /// Language of its words.
    pub lang: String,
    /// The day it was made: year, month, day.
    pub date: [i16; 3],
    /// Who speaks: the commune's or the agency's name, or the province's.
    pub from: String,
    /// Above the service: that it can be done from home.
    pub above: String,
    /// The service.
    pub service: String,
    /// What to do, step by step.
    pub steps: Vec<String>,
    /// What people ask before they begin.
    pub facts: Vec<Fact>,
    /// What is said beside the QR.
    pub scan: String,
    /// Whom to call.
    pub call: String,
    /// The address of the QR, also written out.
    pub url: String,
}
