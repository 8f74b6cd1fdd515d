//! Hand-overs inside an agency, day by day, as the daily list wants them; written with the events that hand over.

use crate::db::{Result, sql};
use crate::many::Many;
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use jiff::civil::Date;
use motcua_model::clock::local;
use motcua_model::dossier::{Event, Recorded};
use motcua_model::id::{AgencyCode, DossierId};
use sea_query::Value;

statements! {
    DAY = "select h.at, h.dossier, h.giver, h.giver_role, h.taker_role, h.note, d.code, d.procedure, d.applicant \
           from hand_over h join dossier d on d.id = h.dossier \
           where h.agency = $1 and h.day = $2 and (h.at, h.dossier) > ($3, $4) order by h.at, h.dossier limit $5";
}

pub(crate) static INSERT: Many = Many::rows(
    "insert into hand_over (agency, day, at, dossier, version, giver, giver_role, taker_role, note) values ",
    9,
    "",
);

/// One hand-over of a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOverLine {
    /// When.
    pub at: Timestamp,
    /// Which dossier.
    pub dossier: DossierId,
    /// Who gave.
    pub giver: String,
    /// In which role ([`motcua_model::actor::Role::as_str`]).
    pub giver_role: String,
    /// Which role took.
    pub taker_role: String,
    /// A word that went with it.
    pub note: String,
    /// Code of the dossier.
    pub code: String,
    /// Its procedure.
    pub procedure: String,
    /// Whose it is.
    pub applicant: String,
}

row! {
    struct Row {
        at: i64,
        dossier: Vec<u8>,
        giver: String,
        giver_role: String,
        taker_role: String,
        note: String,
        code: String,
        procedure: String,
        applicant: String,
    }
}

/// A day as the table keeps it: `20200330`.
fn day_number(day: Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

/// The row of an event that hands its dossier on.
pub(crate) fn row(agency: &AgencyCode, dossier: DossierId, version: u64, recorded: &Recorded) -> Option<Vec<Value>> {
    let taker = recorded.event.hands_to()?;
    let note = match &recorded.event {
        Event::Forwarded { note, .. } | Event::StepDone { note, .. } => note.clone(),
        Event::SentBack { reason, .. } => reason.clone(),
        _ => String::new(),
    };
    Some(vec![
        agency.as_str().into(),
        day_number(local(recorded.at).date()).into(),
        value::micros(recorded.at).into(),
        value::id(dossier.0),
        version.cast_signed().into(),
        recorded.actor.name.clone().into(),
        recorded.actor.role.as_str().into(),
        taker.as_str().into(),
        note.into(),
    ])
}

impl Store {
    /// Hand-overs of an agency on a day, in order, those after `after`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn hand_overs(
        &self,
        agency: &AgencyCode,
        day: Date,
        after: Option<(Timestamp, DossierId)>,
        limit: u32,
    ) -> Result<Vec<HandOverLine>> {
        let (at, id) = after.map_or((0, DossierId(uuid::Uuid::nil())), |(at, id)| (value::micros(at), id));
        let values = [
            agency.as_str().into(),
            day_number(day).into(),
            at.into(),
            value::id(id.0),
            i64::from(limit).into(),
        ];
        let rows: Vec<Row> = self.db().all(sql(DAY, values)).await?;
        rows.into_iter()
            .map(|r| {
                Ok(HandOverLine {
                    at: value::time(r.at)?,
                    dossier: DossierId(value::uuid(&r.dossier)?),
                    giver: r.giver,
                    giver_role: r.giver_role,
                    taker_role: r.taker_role,
                    note: r.note,
                    code: r.code,
                    procedure: r.procedure,
                    applicant: r.applicant,
                })
            })
            .collect()
    }
}
