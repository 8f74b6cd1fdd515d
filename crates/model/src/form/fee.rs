//! Fees by rule, in whole VND.

use super::{Answers, Condition};
use crate::dossier::{FeeKind, FeeShare};
use crate::procedure::Text;
use serde::{Deserialize, Serialize};

/// How the fee is computed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeRule {
    /// What is charged.
    #[serde(default, rename = "line")]
    pub lines: Vec<FeeLine>,
    /// Who pays nothing.
    #[serde(default, rename = "exempt")]
    pub exemptions: Vec<Exemption>,
    /// A remark on the source, shown beside the fee.
    #[serde(default)]
    pub note: Option<Text>,
}

/// One amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeLine {
    /// What for.
    pub label: Text,
    /// VND.
    pub amount: u64,
    /// Phí (`fee`) or lệ phí (`charge`).
    #[serde(default)]
    pub kind: FeeKind,
    /// Account of the state budget's index (tiểu mục); empty where it is not known.
    #[serde(default)]
    pub budget: String,
    /// Times the number in this field.
    #[serde(default)]
    pub per: Option<String>,
    /// How many of that number are not charged by this line: 2 where the third is the first that costs.
    #[serde(default)]
    pub beyond: u64,
    /// Charged only then.
    #[serde(default)]
    pub when: Option<Condition>,
}

/// A reason to pay nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exemption {
    /// Who.
    pub label: Text,
    /// When.
    pub when: Condition,
    /// The paper that proves it.
    #[serde(default)]
    pub proof: Option<String>,
}

/// What is to be paid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fee {
    /// What for, and VND.
    pub lines: Vec<(Text, u64)>,
    /// The same, added up by what is accounted for apart.
    pub shares: Vec<FeeShare>,
    /// VND in all.
    pub total: u64,
    /// Why nothing is to be paid.
    pub exempt: Option<Text>,
}

impl FeeRule {
    /// The fee for these answers. `has_paper` tells whether a paper was attached: an exemption counts with its proof only.
    #[must_use]
    pub fn fee(&self, answers: &Answers, has_paper: impl Fn(&str) -> bool) -> Fee {
        let exempt = self
            .exemptions
            .iter()
            .find(|e| e.when.holds(answers) && e.proof.as_deref().is_none_or(&has_paper));
        if let Some(e) = exempt {
            return Fee {
                lines: Vec::new(),
                shares: Vec::new(),
                total: 0,
                exempt: Some(e.label.clone()),
            };
        }
        let mut shares: Vec<FeeShare> = Vec::new();
        let lines: Vec<_> = self
            .lines
            .iter()
            .filter(|l| l.when.as_ref().is_none_or(|c| c.holds(answers)))
            .map(|l| {
                let times = match &l.per {
                    Some(field) => answers
                        .get(field)
                        .and_then(serde_json::Value::as_u64)
                        .unwrap_or(1)
                        .saturating_sub(l.beyond),
                    None => 1,
                };
                (l, l.amount.saturating_mul(times))
            })
            .filter(|(_, amount)| *amount > 0)
            .map(|(l, amount)| {
                match shares.iter_mut().find(|s| s.kind == l.kind && s.budget == l.budget) {
                    Some(share) => share.amount = share.amount.saturating_add(amount),
                    None => shares.push(FeeShare {
                        kind: l.kind,
                        budget: l.budget.clone(),
                        amount,
                    }),
                }
                (l.label.clone(), amount)
            })
            .collect();
        let total = lines.iter().fold(0u64, |sum, (_, amount)| sum.saturating_add(*amount));
        Fee {
            lines,
            shares,
            total,
            exempt: None,
        }
    }
}
