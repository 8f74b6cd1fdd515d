//! The price of carriage by distance and weight. The amounts are the catalogue's.

use crate::procedure::Text;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

/// How far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    /// Within one district.
    District,
    /// Between two districts of the province.
    Province,
    /// To another province.
    Country,
}

impl Zone {
    /// The name used in files and to find its words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::District => "district",
            Self::Province => "province",
            Self::Country => "country",
        }
    }
}

/// Who pays the post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Payer {
    /// The province, by a monthly invoice.
    Province,
    /// The person, at her door.
    Person,
}

/// A step of the tariff.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// How far.
    pub zone: Zone,
    /// Up to this weight in grams, included.
    pub up_to_g: u32,
    /// VND.
    pub vnd: u64,
}

/// The prices that hold from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tariff {
    /// First day.
    #[schemars(with = "String", extend("format" = "date"))]
    pub since: Date,
    /// By which decision, or where the figures are from.
    pub source: Text,
    /// Whether the figures are estimates, to be replaced by the post's own.
    #[serde(default)]
    pub estimate: bool,
    /// Who pays.
    pub payer: Payer,
    /// Grams of a result with its envelope, where nobody weighed it.
    pub usual_g: u32,
    /// The steps.
    #[serde(rename = "price")]
    pub prices: Vec<Price>,
}

impl Tariff {
    /// What a parcel costs in VND; none when it is heavier than the post takes.
    #[must_use]
    pub fn price(&self, zone: Zone, weight_g: u32) -> Option<u64> {
        let fits = self.prices.iter().filter(|p| p.zone == zone && weight_g <= p.up_to_g);
        fits.min_by_key(|p| p.up_to_g).map(|p| p.vnd)
    }

    /// The heaviest parcel that it prices for a distance, in grams.
    #[must_use]
    pub fn heaviest(&self, zone: Zone) -> u32 {
        self.prices
            .iter()
            .filter(|p| p.zone == zone)
            .map(|p| p.up_to_g)
            .max()
            .unwrap_or(0)
    }
}
