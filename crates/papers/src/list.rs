//! Papers that are lists: the control sheet, the register, the daily hand-over list. Texts come ready to be printed.

use crate::paper::Head;
use serde::Serialize;

/// Paper 05 of Circular 01/2018: control sheet, travels with the dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ControlSheet {
    /// On top.
    pub head: Head,
    /// The person.
    pub person: String,
    /// The service.
    pub service: String,
    /// The agency that settles it.
    pub agency: String,
    /// When the result is due; empty before acceptance.
    pub due: String,
    /// The hand-overs, in order.
    pub rows: Vec<ControlRow>,
    /// Address of the check page.
    pub check_url: String,
}

/// One hand-over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ControlRow {
    /// Who gave.
    pub giver: String,
    /// Who took.
    pub taker: String,
    /// When.
    pub at: String,
    /// Early, on time or late; empty where no time is set.
    pub verdict: String,
    /// How long the giver had held it, and how long was planned.
    pub held: String,
    /// What happened.
    pub what: String,
    /// Note or reason; may be empty.
    pub note: String,
}

/// Paper 06: register of dossiers, of any length.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RegisterHead {
    /// On top.
    pub head: Head,
    /// What it holds: `Từ ngày 1/3/2020 đến ngày 31/3/2020`.
    pub span: String,
    /// Address of the check page.
    pub check_url: String,
}

/// One line of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RegisterRow {
    /// Running number.
    pub number: String,
    /// Code of the dossier.
    pub code: String,
    /// Service.
    pub service: String,
    /// How many sets.
    pub sets: String,
    /// The person.
    pub person: String,
    /// Her address and phone.
    pub address: String,
    /// The agency that settles it.
    pub agency: String,
    /// When received.
    pub received: String,
    /// When due.
    pub due: String,
    /// When returned; empty before.
    pub returned: String,
    /// How the result is given.
    pub way: String,
    /// Note: how it ended otherwise; may be empty.
    pub note: String,
}

/// A part of the register, as its template gets it.
#[derive(Serialize)]
pub(crate) struct RegisterPart<'a> {
    #[serde(flatten)]
    pub(crate) head: &'a RegisterHead,
    pub(crate) first_page: usize,
    pub(crate) rows: &'a [RegisterRow],
    /// Whether the register ends with it.
    pub(crate) last: bool,
    /// The closing line: how many dossiers.
    pub(crate) closing: String,
}

/// Daily list of who hands which dossiers to whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HandOverList {
    /// On top.
    pub head: Head,
    /// The day: `Ngày 30 tháng 3 năm 2020`.
    pub day: String,
    /// One table for each giver and taker.
    pub groups: Vec<HandOverGroup>,
    /// Address of the check page.
    pub check_url: String,
}

/// What one party handed to another on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HandOverGroup {
    /// Who gave, with the part of the house: `Bộ phận Một cửa (Hoàng Văn Tiếp)`.
    pub giver: String,
    /// Who took.
    pub taker: String,
    /// Name under the giver's signature; may be empty.
    pub giver_name: String,
    /// Name under the taker's signature; may be empty.
    pub taker_name: String,
    /// The dossiers.
    pub rows: Vec<HandOverRow>,
}

/// One dossier on a hand-over list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HandOverRow {
    /// Code.
    pub code: String,
    /// Service.
    pub service: String,
    /// The person.
    pub person: String,
    /// Time of day.
    pub at: String,
    /// Note; may be empty.
    pub note: String,
}
