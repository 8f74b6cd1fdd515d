//! A parcel of a dossier: its result on the way to her home, or her papers on the way to the one-stop (Decision
//! 45/2016/QĐ-TTg, articles 3 and 5).
//!
//! What the post tells comes late, twice and in any order. So each notice carries the post's own running number within the
//! parcel ([`PostNotice::seq`]), and a notice that cannot be true yet is kept beside the stations until the missing one
//! comes: whatever the order of arrival, the same notices make the same parcel.

use super::state::Dossier;
use crate::id::{AgencyCode, FileHash};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// After how many failed tries a parcel goes back.
pub const TRIES: usize = 3;
/// Clocks differ: a notice may be this much older than the order.
const CLOCKS: SignedDuration = SignedDuration::from_mins(10);
/// How often a wrong delivery code may be typed.
pub const CODE_TRIES: u32 = 5;

/// Which way a parcel goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParcelKind {
    /// The result, from the one-stop to the person.
    Deliver,
    /// Papers, from the person to the one-stop.
    Collect,
}

impl ParcelKind {
    /// The name used in storage and at the post.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Deliver => "deliver",
            Self::Collect => "collect",
        }
    }
}

/// Where a parcel stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParcelState {
    /// We ask the post; it has not answered yet.
    Ordered,
    /// The post took the order.
    Accepted,
    /// The post has the parcel.
    Collected,
    /// Between two offices.
    InTransit,
    /// With the clerk who brings it.
    OutForDelivery,
    /// A try failed.
    Failed,
    /// Waits at the post office until she comes for it.
    Held,
    /// The receiver has it.
    Delivered,
    /// On the way back to the sender.
    Returning,
    /// The sender has it again.
    Returned,
    /// Called off before the post had it, or not taken by the post.
    Cancelled,
}

impl ParcelState {
    /// Every state.
    pub const ALL: [Self; 11] = [
        Self::Ordered,
        Self::Accepted,
        Self::Collected,
        Self::InTransit,
        Self::OutForDelivery,
        Self::Failed,
        Self::Held,
        Self::Delivered,
        Self::Returning,
        Self::Returned,
        Self::Cancelled,
    ];

    /// The name used in storage, at the post and in style sheets.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ordered => "ordered",
            Self::Accepted => "accepted",
            Self::Collected => "collected",
            Self::InTransit => "in_transit",
            Self::OutForDelivery => "out_for_delivery",
            Self::Failed => "failed",
            Self::Held => "held",
            Self::Delivered => "delivered",
            Self::Returning => "returning",
            Self::Returned => "returned",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads [`ParcelState::as_str`] back.
    #[must_use]
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == s)
    }

    /// Whether the parcel goes nowhere any more.
    #[must_use]
    pub fn is_end(self) -> bool {
        matches!(self, Self::Delivered | Self::Returned | Self::Cancelled)
    }

    /// Whether the post must have had the parcel before this can be true.
    fn needs_parcel(self) -> bool {
        matches!(
            self,
            Self::Failed | Self::Held | Self::Delivered | Self::Returning | Self::Returned
        )
    }

    /// Whether the post has the parcel with this.
    fn has_parcel(self) -> bool {
        matches!(self, Self::Collected | Self::InTransit | Self::OutForDelivery)
    }
}

/// Whom and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostAddress {
    /// Full name.
    pub name: String,
    /// Phone in E.164; empty where there is none.
    pub phone: String,
    /// Code of the commune, as it is called on the day of the order.
    pub commune: String,
    /// The whole address on one line.
    pub text: String,
}

/// What the post is asked to carry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParcelOrder {
    /// Which way.
    pub kind: ParcelKind,
    /// Ours, the same however often the order is sent: the post makes one parcel of it.
    pub reference: String,
    /// The person's side of the way.
    pub address: PostAddress,
    /// Weight in grams.
    pub weight_g: u32,
    /// Price of the carriage in VND, by the tariff.
    pub price: u64,
    /// VND of the fee to collect when it is delivered; zero when nothing is due.
    pub collect: u64,
    /// The post office that serves the address.
    pub office: AgencyCode,
    /// Four digits that only the receiver is told: who says them proves that it reached her.
    pub code: String,
}

/// How a delivery is proved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Who took it.
    pub taken_by: String,
    /// Last four digits of the identity card that was shown; empty when none was.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id_last: String,
    /// Whether the receiver's code was said.
    #[serde(default)]
    pub code: bool,
    /// Photograph of the delivery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<FileHash>,
    /// Picture of the signature.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<FileHash>,
}

impl Proof {
    /// Whether there is anything besides a name.
    #[must_use]
    pub fn proves(&self) -> bool {
        !self.id_last.is_empty() || self.code || self.photo.is_some() || self.signature.is_some()
    }
}

/// What the post tells of a parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostNotice {
    /// The post's running number within the parcel, from 1.
    pub seq: u32,
    /// Where it stands.
    pub state: ParcelState,
    /// When, by the post's clock.
    pub at: Timestamp,
    /// Where: a post office or a place.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// Why, when a try failed or it goes back.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// VND that were collected with the delivery.
    #[serde(default)]
    pub collected: u64,
    /// Proof of a delivery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
}

/// Why what the post tells cannot be taken for true, or does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParcelDifference {
    /// Delivered, failed or returned, and nobody told that the post had it.
    NotSent,
    /// Older than the order.
    BeforeOrder,
    /// After the parcel had come to its end.
    AfterEnd,
    /// The same running number was told with something else, or two ends were told.
    Contradicts,
    /// Another amount was collected than what was asked for.
    OtherAmount,
    /// The post's price is not the tariff's.
    OtherPrice,
}

impl ParcelDifference {
    /// The name used in storage and to find its words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotSent => "not-sent",
            Self::BeforeOrder => "before-order",
            Self::AfterEnd => "after-end",
            Self::Contradicts => "contradicts",
            Self::OtherAmount => "other-amount",
            Self::OtherPrice => "other-price",
        }
    }
}

/// Something that happened to a parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ParcelEvent {
    /// The post is asked to carry it.
    Ordered {
        /// What is asked.
        order: ParcelOrder,
    },
    /// The post took the order.
    Registered {
        /// The post's own number.
        tracking: String,
        /// What the post charges, in VND.
        price: u64,
    },
    /// The post told where it is.
    Moved {
        /// What it told.
        notice: PostNotice,
    },
    /// What the post told does not fit; it is kept and changes nothing.
    Differs {
        /// What it told.
        notice: PostNotice,
        /// Why it does not fit.
        why: ParcelDifference,
    },
    /// An officer found out what a difference was.
    Explained {
        /// The notice's running number.
        seq: u32,
        /// What it was.
        reason: String,
    },
    /// Called off by us, or not taken by the post.
    Cancelled {
        /// Why.
        reason: String,
    },
    /// The person named somebody who may take it for her.
    ReceiverNamed {
        /// Who.
        name: String,
        /// Last four digits of that person's identity card.
        id_last: String,
    },
    /// A wrong delivery code was typed.
    CodeWrong,
}

impl ParcelEvent {
    /// The name under which it is shown.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Ordered { .. } => "parcel_ordered",
            Self::Registered { .. } => "parcel_registered",
            Self::Moved { notice } => match notice.state {
                ParcelState::Failed => "parcel_failed",
                ParcelState::Delivered => "parcel_delivered",
                ParcelState::Returning => "parcel_returning",
                ParcelState::Returned => "parcel_returned",
                _ => "parcel_moved",
            },
            Self::Differs { .. } => "parcel_differs",
            Self::Explained { .. } => "parcel_explained",
            Self::Cancelled { .. } => "parcel_cancelled",
            Self::ReceiverNamed { .. } => "parcel_receiver",
            Self::CodeWrong => "parcel_code_wrong",
        }
    }
}

/// A notice that does not fit, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What was told.
    pub notice: PostNotice,
    /// Why it does not fit.
    pub why: ParcelDifference,
    /// When we heard it.
    pub heard_at: Timestamp,
    /// What it was, once an officer found out; empty before.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub explained: String,
}

/// Somebody who may take the parcel in her place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedReceiver {
    /// Full name.
    pub name: String,
    /// Last four digits of the identity card.
    pub id_last: String,
}

/// A parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// Its number within the dossier, from 1.
    pub number: u32,
    /// What was asked for.
    pub order: ParcelOrder,
    /// When.
    pub ordered_at: Timestamp,
    /// The post's own number; empty until it answered.
    pub tracking: String,
    /// When the post took the order.
    pub registered_at: Option<Timestamp>,
    /// What the post charges, in VND.
    pub price: u64,
    /// Where it was, in the post's order.
    pub stations: Vec<PostNotice>,
    /// What did not fit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Difference>,
    /// Why it was called off; empty when it was not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cancelled: String,
    /// Wrong delivery codes that were typed.
    #[serde(default)]
    pub code_wrong: u32,
}

impl Parcel {
    pub(super) fn new(number: u32, order: ParcelOrder, at: Timestamp) -> Self {
        Self {
            number,
            order,
            ordered_at: at,
            tracking: String::new(),
            registered_at: None,
            price: 0,
            stations: Vec::new(),
            differences: Vec::new(),
            cancelled: String::new(),
            code_wrong: 0,
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> ParcelState {
        if !self.cancelled.is_empty() {
            return ParcelState::Cancelled;
        }
        let told = self.stations.last().map(|s| s.state);
        let ours = if self.tracking.is_empty() {
            ParcelState::Ordered
        } else {
            ParcelState::Accepted
        };
        told.unwrap_or(ours)
    }

    /// Whether it is under way, or will be.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.cancelled.is_empty() && !self.stations.iter().any(|s| s.state.is_end())
    }

    /// Whether the post has had it in its hands.
    #[must_use]
    pub fn is_sent(&self) -> bool {
        self.stations.iter().any(|s| s.state.has_parcel())
    }

    /// How many tries failed.
    #[must_use]
    pub fn failures(&self) -> usize {
        self.stations.iter().filter(|s| s.state == ParcelState::Failed).count()
    }

    /// Differences that nobody explained yet.
    pub fn open_differences(&self) -> impl Iterator<Item = &Difference> {
        self.differences.iter().filter(|d| d.explained.is_empty())
    }

    /// The proof of its delivery.
    #[must_use]
    pub fn proof(&self) -> Option<&Proof> {
        self.stations.iter().find_map(|s| s.proof.as_ref())
    }

    /// The station or difference with this running number.
    pub(super) fn heard(&self, seq: u32) -> Option<&PostNotice> {
        let stations = self.stations.iter();
        stations
            .chain(self.differences.iter().map(|d| &d.notice))
            .find(|n| n.seq == seq)
    }

    /// Why a notice cannot be taken for true as things stand; none when it can.
    pub(super) fn objection(&self, notice: &PostNotice) -> Option<ParcelDifference> {
        let end = self.stations.iter().find(|s| s.state.is_end());
        if notice.at + CLOCKS < self.ordered_at {
            Some(ParcelDifference::BeforeOrder)
        } else if end.is_some() && notice.state.is_end() {
            Some(ParcelDifference::Contradicts)
        } else if !self.cancelled.is_empty() || end.is_some_and(|end| end.seq < notice.seq) {
            Some(ParcelDifference::AfterEnd)
        } else if notice.state.needs_parcel() && !self.stations.iter().any(|s| s.state.has_parcel() && s.seq < notice.seq) {
            Some(ParcelDifference::NotSent)
        } else {
            None
        }
    }

    /// Takes a notice among the stations, at its place in the post's order.
    pub(super) fn take(&mut self, notice: &PostNotice) {
        self.differences
            .retain(|d| d.notice != *notice || matches!(d.why, ParcelDifference::OtherAmount | ParcelDifference::OtherPrice));
        let place = self.stations.partition_point(|s| s.seq < notice.seq);
        self.stations.insert(place, notice.clone());
    }
}

impl Dossier {
    /// The parcel with this number.
    #[must_use]
    pub fn parcel(&self, number: u32) -> Option<&Parcel> {
        self.parcels.iter().find(|p| p.number == number)
    }

    /// The parcel that brings the result and is not at its end.
    #[must_use]
    pub fn delivery(&self) -> Option<&Parcel> {
        self.parcels
            .iter()
            .find(|p| p.order.kind == ParcelKind::Deliver && p.is_open())
    }
}
