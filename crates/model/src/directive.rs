//! Directives: what the province charges its agencies with, and how far they are.

use crate::id::AgencyCode;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What is to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    /// Share of dossiers filed online.
    OnlineShare,
    /// Share of dossiers filed online at level 4.
    LevelFourShare,
    /// Share of dossiers settled by their due date.
    OnTimeShare,
    /// How many services offered online may still be used by nobody.
    Unused,
}

impl Goal {
    /// Every goal, in the order of the form.
    pub const ALL: [Self; 4] = [Self::OnlineShare, Self::LevelFourShare, Self::OnTimeShare, Self::Unused];

    /// The name used in storage and forms.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OnlineShare => "online_share",
            Self::LevelFourShare => "level_four_share",
            Self::OnTimeShare => "on_time_share",
            Self::Unused => "unused",
        }
    }

    /// Reads [`Goal::as_str`] back.
    #[must_use]
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|g| g.as_str() == s)
    }

    /// Whether more is better: not for what nobody uses.
    #[must_use]
    pub fn is_share(self) -> bool {
        self != Self::Unused
    }
}

/// A directive as it was issued; never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directive {
    /// Number of the decision, such as `612/QĐ-UBND`.
    pub number: String,
    /// What it is about, in a sentence.
    pub title: String,
    /// What is to be reached.
    pub goal: Goal,
    /// How much: tenths of a percent, or a number of services for [`Goal::Unused`].
    pub target: i64,
    /// Only services of this field; all when empty.
    pub field: String,
    /// First month that counts, `YYYYMM`.
    pub from: i64,
    /// Last month that counts.
    pub to: i64,
    /// The agencies that are charged.
    pub agencies: Vec<AgencyCode>,
    /// By when each has to answer with a plan.
    pub answer_by: Date,
}

/// What is wrong with a directive that somebody wants to issue: the field of the form, and what it lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DirectiveProblem {
    /// The number of the decision is missing or longer than 100 characters.
    Number,
    /// The title is missing or longer than 300 characters.
    Title,
    /// A share must be above 0 and at most 100 %; a number of services must not be negative.
    Target,
    /// A month is missing, the last is before the first, or they span more than three years.
    Period,
    /// No agency is named.
    Agencies,
    /// The day is missing or past.
    AnswerBy,
}

impl Directive {
    /// What is wrong with it; nothing when it may be issued.
    #[must_use]
    pub fn problems(&self, today: Date) -> Vec<DirectiveProblem> {
        let span = (self.to / 100 * 12 + self.to % 100) - (self.from / 100 * 12 + self.from % 100);
        let target = if self.goal.is_share() {
            (1..=1_000).contains(&self.target)
        } else {
            (0..10_000).contains(&self.target)
        };
        let month = |m: i64| (1..=12).contains(&(m % 100));
        [
            (DirectiveProblem::Number, is_text(&self.number, 100)),
            (DirectiveProblem::Title, is_text(&self.title, 300)),
            (DirectiveProblem::Target, target),
            (
                DirectiveProblem::Period,
                month(self.from) && month(self.to) && (0..36).contains(&span),
            ),
            (DirectiveProblem::Agencies, !self.agencies.is_empty()),
            (DirectiveProblem::AnswerBy, self.answer_by >= today),
        ]
        .into_iter()
        .filter_map(|(problem, right)| (!right).then_some(problem))
        .collect()
    }

    /// How an agency stands: `value` is what the figures say, `of` how many services it offers online.
    #[must_use]
    pub fn standing(&self, value: Option<i64>, of: i64) -> Standing {
        let Some(value) = value else {
            return Standing::NoFigures;
        };
        let (reached, near) = if self.goal.is_share() {
            // Near is four fifths of the target.
            (value >= self.target, value * 5 >= self.target * 4)
        } else {
            // Near is a fifth of the agency's services above the target.
            (value <= self.target, (value - self.target) * 5 <= of)
        };
        match (reached, near) {
            (true, _) => Standing::Reached,
            (_, true) => Standing::Near,
            _ => Standing::Far,
        }
    }
}

fn is_text(text: &str, most: usize) -> bool {
    (1..=most).contains(&text.trim().chars().count())
}

/// How an agency stands to a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// Far from it.
    Far,
    /// Near it.
    Near,
    /// Nothing came in yet.
    NoFigures,
    /// There.
    Reached,
}

/// An agency's answer: what it will do, who answers for it, by when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Measures.
    pub measures: String,
    /// Who answers for it.
    pub person: String,
    /// By when.
    pub by: Date,
}

/// What is wrong with a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanProblem {
    /// The measures are missing or longer than 4000 characters.
    Measures,
    /// The person is missing or longer than 100 characters.
    Person,
    /// The day is missing or past.
    By,
}

impl Plan {
    /// What is wrong with it; nothing when it may be sent.
    #[must_use]
    pub fn problems(&self, today: Date) -> Vec<PlanProblem> {
        [
            (PlanProblem::Measures, is_text(&self.measures, 4_000)),
            (PlanProblem::Person, is_text(&self.person, 100)),
            (PlanProblem::By, self.by >= today),
        ]
        .into_iter()
        .filter_map(|(problem, right)| (!right).then_some(problem))
        .collect()
    }
}
