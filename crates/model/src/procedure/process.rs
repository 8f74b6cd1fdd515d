//! The process inside an agency, as data: steps that branch by condition and come together again.

use super::{AgencyKind, Procedure, Text};
use crate::actor::Role;
use crate::dossier::{AskRule, Partner, Rules, Silence, StepRule};
use crate::form::{Condition, Field, Step};
use crate::id::AgencyCode;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One step of the process inside the agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProcessStep {
    /// Name in files.
    pub id: String,
    /// What is shown.
    pub name: Text,
    /// Who does it.
    pub role: Role,
    /// Working hours planned for it.
    pub hours: u32,
    /// Whether it makes the proposal that the leader decides on.
    #[serde(default)]
    pub proposes: bool,
    /// What the officer fills in here; branches may look at it.
    #[serde(default, rename = "field")]
    pub fields: Vec<Field>,
    /// Papers that come out of it, by name.
    #[serde(default)]
    pub issues: Vec<Text>,
    /// Where it goes on: the first branch that holds. None: to the step that follows in the file, and the last one ends.
    #[serde(default, rename = "next")]
    pub branches: Vec<Branch>,
    /// Whether the process ends here with the leader's approval, though other steps follow in the file.
    #[serde(default)]
    pub ends: bool,
    /// Others who are asked when a dossier comes to this step, all at the same time.
    #[serde(default, rename = "ask")]
    pub asks: Vec<Ask>,
    /// With how many answers the step goes on; none for all.
    #[serde(default)]
    pub answers: Option<u32>,
}

/// Somebody whom a step asks: another agency, or a role of the own one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// Name in files; no two of a procedure are alike.
    pub id: String,
    /// What it is about.
    pub name: Text,
    /// The agency of this kind where the dossier belongs.
    #[serde(default)]
    pub agency_kind: Option<AgencyKind>,
    /// This very agency. With neither, a role of the agency that settles the dossier.
    #[serde(default)]
    pub agency: Option<AgencyCode>,
    /// Who answers there.
    pub role: Role,
    /// Working hours for the answer.
    pub hours: u32,
    /// When it is asked, over the answers and what officers filled in; none for always.
    #[serde(default)]
    pub when: Option<Condition>,
    /// The condition in words, for the picture.
    #[serde(default)]
    pub say: Text,
    /// What it means when nothing is said in time.
    #[serde(default)]
    pub silence: Silence,
    /// The money field of the answer that the person has to pay first; empty for none.
    #[serde(default)]
    pub payment: String,
    /// Whether a paper must come with the answer.
    #[serde(default)]
    pub paper: bool,
    /// What is filled in with the answer.
    #[serde(default, rename = "field")]
    pub fields: Vec<Field>,
}

/// One way on from a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// When this way is taken, over the answers and what officers filled in; none for every other case.
    #[serde(default)]
    pub when: Option<Condition>,
    /// The condition in words, for the picture.
    #[serde(default)]
    pub say: Text,
    /// The step it leads to.
    pub to: String,
}

impl Procedure {
    /// The ways on from a step: the branch, where one is written, and the step it leads to. None where the process ends,
    /// or where a branch names no step (`motcua catalogue check` says so).
    #[must_use]
    pub fn ways_on(&self, step: usize) -> Vec<(Option<&Branch>, usize)> {
        let Some(own) = self.process.get(step) else {
            return Vec::new();
        };
        if own.ends {
            return Vec::new();
        }
        if own.branches.is_empty() {
            return (step + 1 < self.process.len())
                .then_some((None, step + 1))
                .into_iter()
                .collect();
        }
        own.branches
            .iter()
            .filter_map(|b| Some((Some(b), self.process.iter().position(|s| s.id == b.to)?)))
            .collect()
    }

    /// The small form that an officer fills in at a step; none where there is nothing to fill in.
    #[must_use]
    pub fn officer_form(&self, step: usize) -> Option<Step> {
        let own = self.process.get(step).filter(|s| !s.fields.is_empty())?;
        Some(Step {
            id: own.id.clone(),
            title: own.name.clone(),
            intro: None,
            when: None,
            fields: own.fields.clone(),
        })
    }

    /// An opinion that its steps ask for, by its name in files.
    #[must_use]
    pub fn ask(&self, id: &str) -> Option<&Ask> {
        self.process.iter().flat_map(|s| &s.asks).find(|a| a.id == id)
    }

    /// What it rules about its dossiers.
    #[must_use]
    pub fn rules(&self) -> Rules {
        let steps = self.process.iter().enumerate().map(|(i, s)| StepRule {
            role: s.role,
            proposes: s.proposes,
            next: self
                .ways_on(i)
                .into_iter()
                .map(|(branch, to)| (branch.and_then(|b| b.when.clone()), to))
                .collect(),
            asks: s.asks.iter().map(Ask::rule).collect(),
            answers: s.answers,
        });
        Rules {
            term: self.sheet.term,
            level: self.sheet.level,
            ways: self.sheet.ways.clone(),
            extension: self.extension.clone(),
            steps: steps.collect(),
        }
    }
}

impl Ask {
    /// The small form that is filled in with the answer; none where there is nothing to fill in.
    #[must_use]
    pub fn form(&self) -> Option<Step> {
        (!self.fields.is_empty()).then(|| Step {
            id: self.id.clone(),
            title: self.name.clone(),
            intro: None,
            when: None,
            fields: self.fields.clone(),
        })
    }

    fn rule(&self) -> AskRule {
        let partner = match (&self.agency, self.agency_kind) {
            (Some(code), _) => Partner::Agency(code.clone()),
            (None, Some(kind)) => Partner::Kind(kind),
            (None, None) => Partner::Own,
        };
        AskRule {
            id: self.id.clone(),
            name: self.name.vi.clone(),
            partner,
            role: self.role,
            hours: self.hours,
            when: self.when.clone(),
            silence: self.silence,
            payment: self.payment.clone(),
            paper: self.paper,
        }
    }
}
