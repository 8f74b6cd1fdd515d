//! A dossier's row, made from its fold in one place: written with every change, and made again by who verifies.

use crate::db::{Result, StoreError};
use crate::row::row;
use crate::value;
use jiff::Timestamp;
use motcua_model::actor::Role;
use motcua_model::dossier::{Dossier, Outcome};
use motcua_model::id::DossierId;
use motcua_model::journal::ChainHash;
use motcua_model::text::fold;
use sea_query::Value;

/// The columns, in the order of [`DossierRow::values`].
macro_rules! dossier_columns {
    () => {
        "id, version, code, procedure, agency, level, channel, status, turn, deadline, owner, filed_at_office, applicant, \
         name, person_id, filed_at, updated_at, state, hash, assignee, holder, proposal"
    };
}
pub(crate) use dossier_columns;

/// How many columns there are.
pub(crate) const COLUMNS: usize = 22;

row! {
    /// The row as it is stored.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct DossierRow {
        id: Vec<u8>,
        version: i64,
        code: String,
        procedure: String,
        agency: String,
        level: i64,
        channel: String,
        status: String,
        turn: String,
        deadline: i64,
        owner: Option<Vec<u8>>,
        filed_at_office: Option<String>,
        applicant: String,
        name: String,
        person_id: String,
        filed_at: i64,
        updated_at: i64,
        state: String,
        hash: Vec<u8>,
        assignee: Option<Vec<u8>>,
        holder: Option<String>,
        proposal: Option<String>,
    }
}

impl DossierRow {
    /// The row of a dossier whose last line is `hash`, written at `at`.
    ///
    /// # Errors
    /// When the fold cannot be written as JSON.
    pub fn of(d: &Dossier, hash: &ChainHash, at: Timestamp) -> Result<Self> {
        let bytes = |id: uuid::Uuid| id.as_bytes().to_vec();
        Ok(Self {
            id: bytes(d.id.0),
            version: d.version.cast_signed(),
            code: d.code.0.clone(),
            procedure: d.procedure.0.clone(),
            agency: d.agency.0.clone(),
            level: i64::from(u8::from(d.level)),
            channel: d.channel.as_str().to_owned(),
            status: d.status.as_str().to_owned(),
            turn: turn(d).to_owned(),
            deadline: d.deadline().map_or(i64::MAX, value::micros),
            owner: d.owner.map(|o| bytes(o.0)),
            filed_at_office: d.filed_at_office.as_ref().map(|a| a.0.clone()),
            applicant: d.applicant.name.clone(),
            name: fold(&d.applicant.name),
            person_id: d.applicant.person_id.clone(),
            filed_at: value::micros(d.filed_at),
            updated_at: value::micros(at),
            state: serde_json::to_string(d).map_err(|e| StoreError::inconsistent("dossier", e.to_string()))?,
            hash: hash.to_vec(),
            assignee: d.assignee.as_ref().map(|a| bytes(a.account.0)),
            holder: d.assignee.as_ref().map(|a| a.name.clone()),
            proposal: d.proposal.as_ref().map(|p| p.outcome.as_str().to_owned()),
        })
    }

    /// The values of [`dossier_columns`].
    pub(crate) fn values(self) -> [Value; COLUMNS] {
        [
            self.id.into(),
            self.version.into(),
            self.code.into(),
            self.procedure.into(),
            self.agency.into(),
            self.level.into(),
            self.channel.into(),
            self.status.into(),
            self.turn.into(),
            self.deadline.into(),
            self.owner.into(),
            self.filed_at_office.into(),
            self.applicant.into(),
            self.name.into(),
            self.person_id.into(),
            self.filed_at.into(),
            self.updated_at.into(),
            self.state.into(),
            self.hash.into(),
            self.assignee.into(),
            self.holder.into(),
            self.proposal.into(),
        ]
    }

    /// Identifier.
    ///
    /// # Errors
    /// When it is none.
    pub fn id(&self) -> Result<DossierId> {
        Ok(DossierId(value::uuid(&self.id)?))
    }

    /// Code.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The fold.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn dossier(&self) -> Result<Dossier> {
        serde_json::from_str(&self.state).map_err(|e| StoreError::inconsistent("dossier.state", e.to_string()))
    }

    /// What differs from the row that the journal makes; none where they are alike.
    #[must_use]
    pub fn difference(&self, made: &Self) -> Option<&'static str> {
        if self.hash != made.hash {
            Some("the journal's last line is missing, or the row's hash was changed")
        } else if self.state != made.state {
            Some("the row differs from its journal")
        } else if self != made {
            Some("a column of the row differs from its journal")
        } else {
            None
        }
    }
}

/// The turn of who has to pay before her dossier can be accepted.
pub(crate) const PAYER: &str = "payer";

/// Whose turn it is, as the row keeps it: who has to pay before the dossier can be accepted has a queue of her own.
pub(crate) fn turn(d: &Dossier) -> &'static str {
    if d.awaits_payment() {
        return PAYER;
    }
    d.turn().map_or("nobody", Role::as_str)
}

/// What a head is asked to decide on, as the row keeps it.
pub(crate) fn proposed(column: Option<&str>) -> Option<Outcome> {
    [Outcome::Granted, Outcome::Denied]
        .into_iter()
        .find(|o| Some(o.as_str()) == column)
}
