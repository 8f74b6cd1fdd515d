//! Fees by rule, in whole VND.

use super::formula::rows;
use super::{Answers, Condition};
use crate::dossier::{FeeKind, FeeShare};
use crate::procedure::Text;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::num::NonZeroU64;

/// How the fee is computed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FeeRule {
    /// What is charged.
    #[serde(default, rename = "line")]
    pub lines: Vec<FeeLine>,
    /// Who pays nothing, or less.
    #[serde(default, rename = "exempt")]
    pub exemptions: Vec<Exemption>,
    /// Least in all, where anything is charged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<u64>,
    /// Most in all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u64>,
    /// A remark on the source, shown beside the fee.
    #[serde(default)]
    pub note: Option<Text>,
}

/// One amount: `amount`, times what is counted, divided by `each`, rounded up; or the amount of the band.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FeeLine {
    /// What for.
    pub label: Text,
    /// VND.
    #[serde(default)]
    pub amount: u64,
    /// Phí (`fee`) or lệ phí (`charge`).
    #[serde(default)]
    pub kind: FeeKind,
    /// Account of the state budget's index (tiểu mục); empty where it is not known.
    #[serde(default)]
    pub budget: String,
    /// Times the number in this field; of a plot its area (`thua.area`), of a group its entries. Parts of a unit count
    /// as one.
    #[serde(default)]
    pub per: Option<String>,
    /// How many of that number are not charged by this line: 2 where the third is the first that costs.
    #[serde(default)]
    pub beyond: u64,
    /// How many of that number are charged at most: what is beyond is another line's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<u64>,
    /// Charged for each so many: 1000 where 5 VND are due on every thousand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<NonZeroU64>,
    /// Instead of `amount`: one amount for all of that number, by how large it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<Band>,
    /// Least of this line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<u64>,
    /// Most of this line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<u64>,
    /// Charged only then.
    #[serde(default)]
    pub when: Option<Condition>,
}

/// An amount for numbers up to a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// The largest number that it is for; the last band has no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<u64>,
    /// VND.
    pub amount: u64,
}

/// A reason to pay nothing, or less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exemption {
    /// Who.
    pub label: Text,
    /// When.
    pub when: Condition,
    /// The paper that proves it.
    #[serde(default)]
    pub proof: Option<String>,
    /// How much less, in percent of the fee; all of it where nothing is said.
    #[serde(default = "all")]
    pub percent: u8,
}

fn all() -> u8 {
    100
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
    /// Why nothing, or less, is to be paid.
    pub exempt: Option<Text>,
}

impl FeeRule {
    /// The fee for these answers. `has_paper` tells whether a paper was attached: an exemption counts with its proof only.
    /// Of several exemptions the largest counts.
    #[must_use]
    pub fn fee(&self, answers: &Answers, has_paper: impl Fn(&str) -> bool) -> Fee {
        let exempt = self
            .exemptions
            .iter()
            .filter(|e| e.when.holds(answers) && e.proof.as_deref().is_none_or(&has_paper))
            .max_by_key(|e| e.percent);
        let less = exempt.map_or(0, |e| u64::from(e.percent.min(100)));
        if less == 100 {
            return Fee {
                exempt: exempt.map(|e| e.label.clone()),
                ..Fee::default()
            };
        }
        let charged: Vec<(&FeeLine, u64)> = self
            .lines
            .iter()
            .filter(|l| l.when.as_ref().is_none_or(|c| c.holds(answers)))
            .map(|l| (l, l.due(answers)))
            .filter(|(_, amount)| *amount > 0)
            .collect();
        let sum = charged.iter().fold(0u64, |sum, (_, amount)| sum.saturating_add(*amount));
        let total = if sum == 0 { 0 } else { between(sum, self.min, self.max) };
        let total = total - percent(total, less);
        Fee {
            lines: charged.iter().map(|(l, amount)| (l.label.clone(), *amount)).collect(),
            shares: shares(charged, total),
            total,
            exempt: exempt.map(|e| e.label.clone()),
        }
    }
}

/// The total by what is accounted for apart. What is less than the sum of the lines is carried by the lines in order
/// from the largest; what is more, by the largest.
fn shares(charged: Vec<(&FeeLine, u64)>, total: u64) -> Vec<FeeShare> {
    let mut shares: Vec<FeeShare> = Vec::new();
    for (l, amount) in carried(charged, total) {
        match shares.iter_mut().find(|s| s.kind == l.kind && s.budget == l.budget) {
            Some(share) => share.amount = share.amount.saturating_add(amount),
            None => shares.push(FeeShare {
                kind: l.kind,
                budget: l.budget.clone(),
                amount,
            }),
        }
    }
    shares.retain(|s| s.amount > 0);
    shares
}

/// The lines, in their order, with what each carries of the total.
fn carried(mut charged: Vec<(&FeeLine, u64)>, total: u64) -> Vec<(&FeeLine, u64)> {
    let sum = charged.iter().fold(0u64, |sum, (_, amount)| sum.saturating_add(*amount));
    let mut largest_first: Vec<usize> = (0..charged.len()).collect();
    largest_first.sort_by_key(|i| std::cmp::Reverse(charged[*i].1));
    let (mut less, mut more) = (sum.saturating_sub(total), total.saturating_sub(sum));
    for i in largest_first {
        let amount = &mut charged[i].1;
        let off = less.min(*amount);
        *amount = amount.saturating_sub(off).saturating_add(more);
        (less, more) = (less - off, 0);
    }
    charged
}

impl FeeLine {
    /// What this line comes to.
    fn due(&self, answers: &Answers) -> u64 {
        // A number that was not asked counts once: the fee of who answers nothing is that of one.
        let number = self.per.as_ref().map_or(1, |path| quantity(answers, path).unwrap_or(1));
        if !self.bands.is_empty() {
            let band = self.bands.iter().find(|b| b.up_to.is_none_or(|most| number <= most));
            return band.map_or(0, |b| between(b.amount, self.min, self.max));
        }
        let times = number.min(self.up_to.unwrap_or(u64::MAX)).saturating_sub(self.beyond);
        let times = self.each.map_or(times, |each| times.div_ceil(each.get()));
        match self.amount.saturating_mul(times) {
            0 => 0,
            due => between(due, self.min, self.max),
        }
    }
}

/// The number at a path, parts of a unit as one; the entries of a group.
fn quantity(answers: &Answers, path: &str) -> Option<u64> {
    let mut parts = path.split('.');
    let mut value = answers.get(parts.next()?)?;
    for part in parts {
        value = value.get(part)?;
    }
    match value {
        Value::Array(_) => u64::try_from(rows(value)?.count()).ok(),
        // An area has at most two decimals.
        Value::Number(n) => n
            .as_u64()
            .or_else(|| n.as_f64().filter(|n| (0.0..1e15).contains(n)).map(|n| n.ceil() as u64)),
        _ => None,
    }
}

fn percent(amount: u64, percent: u64) -> u64 {
    u64::try_from(u128::from(amount) * u128::from(percent) / 100).unwrap_or(amount)
}

fn between(amount: u64, min: Option<u64>, max: Option<u64>) -> u64 {
    amount.max(min.unwrap_or(0)).min(max.unwrap_or(u64::MAX))
}
