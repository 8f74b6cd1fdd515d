//! Opinions that steps ask for, by the agency that was asked: its officers' queue. What an opinion is, its dossier says; one
//! row of it is no dossier more.

use crate::db::{Result, Tx, sql};
use crate::dossier::{DossierLine, LineRow};
use crate::many::Many;
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::actor::Role;
use motcua_model::dossier::{Dossier, Opinion};
use motcua_model::id::{AgencyCode, DossierId};
use sea_query::Value;

statements! {
    /// A stretch of the index, and for each of its rows the dossier by its key.
    ASKED = "select o.dossier as id, o.ask, o.name, o.due, d.code, d.procedure, d.status, o.due as deadline, d.applicant, \
             d.filed_at, d.updated_at, d.version, d.turn, d.holder, d.proposal from opinion o \
             join dossier d on d.id = o.dossier where o.agency = $1 and o.role = $2 and o.open = 1 and (o.due, o.dossier) > ($3, $4) order by o.due, o.dossier, o.ask limit $5";
    OF_DOSSIER = "select ask, agency, role, open, due from opinion where dossier = $1 order by ask";
}

static PUT: Many = Many::rows(
    "insert into opinion (dossier, ask, name, agency, role, open, due) values ",
    7,
    " on conflict (dossier, ask) do update set agency = excluded.agency, open = excluded.open, due = excluded.due",
);

pub(crate) static MANY: &[&Many] = &[&PUT];

/// A place in the queue: until when the answer is asked for, in microseconds, and which dossier.
pub type OpinionPlace = (i64, DossierId);

/// An opinion that is awaited, in its queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpinionLine {
    /// Which of the procedure's opinions.
    pub ask: String,
    /// What it is about.
    pub name: String,
    /// Until when.
    pub due: Timestamp,
    /// The dossier; its deadline is the answer's.
    pub dossier: DossierLine,
}

impl OpinionLine {
    /// Its place in the queue.
    #[must_use]
    pub fn place(&self) -> OpinionPlace {
        (value::micros(self.due), self.dossier.id)
    }
}

row! {
    /// The row of an opinion as `verify` compares it with the journal.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct OpinionRow {
        /// Which of the procedure's opinions.
        pub ask: String,
        /// Whom.
        pub agency: String,
        /// Which role there.
        pub role: String,
        /// 1 while it is awaited.
        pub open: i64,
        /// Until when, in microseconds.
        pub due: i64,
    }
}

impl OpinionRow {
    /// The rows that a dossier has, in order.
    #[must_use]
    pub fn all(d: &Dossier) -> Vec<Self> {
        let mut rows: Vec<Self> = d.opinions.iter().map(|o| Self::of(d, o)).collect();
        rows.sort_by(|a, b| a.ask.cmp(&b.ask));
        rows
    }

    fn of(d: &Dossier, o: &Opinion) -> Self {
        Self {
            ask: o.asked.id.clone(),
            agency: o.asked.agency.0.clone(),
            role: o.asked.role.as_str().to_owned(),
            open: i64::from(d.awaited_opinions().any(|open| open.asked.id == o.asked.id)),
            due: value::micros(o.asked.due),
        }
    }
}

row! {
    struct AskedRow {
        id: Vec<u8>,
        ask: String,
        name: String,
        due: i64,
        code: String,
        procedure: String,
        status: String,
        deadline: i64,
        applicant: String,
        filed_at: i64,
        updated_at: i64,
        version: i64,
        turn: String,
        holder: Option<String>,
        proposal: Option<String>,
    }
}

impl AskedRow {
    fn line(self) -> Result<OpinionLine> {
        Ok(OpinionLine {
            ask: self.ask,
            name: self.name,
            due: value::time(self.due)?,
            dossier: LineRow {
                id: self.id,
                code: self.code,
                procedure: self.procedure,
                status: self.status,
                deadline: self.deadline,
                applicant: self.applicant,
                filed_at: self.filed_at,
                updated_at: self.updated_at,
                version: self.version,
                turn: self.turn,
                holder: self.holder,
                proposal: self.proposal,
            }
            .line()?,
        })
    }
}

fn row(d: &Dossier, o: &Opinion) -> [Value; 7] {
    let row = OpinionRow::of(d, o);
    [
        value::id(d.id.0),
        row.ask.into(),
        o.asked.name.clone().into(),
        row.agency.into(),
        row.role.into(),
        row.open.into(),
        row.due.into(),
    ]
}

/// Writes the rows of dossiers that asked others.
pub(crate) async fn write(tx: &mut Tx, dossiers: &[Dossier]) -> Result<()> {
    let rows = dossiers.iter().flat_map(|d| d.opinions.iter().flat_map(move |o| row(d, o)));
    PUT.run(tx, rows.collect()).await
}

impl Store {
    /// What an agency's officers of a role were asked and have not answered, the most urgent first, after a place.
    ///
    /// # Errors
    /// What the database says.
    pub async fn opinions_asked(
        &self,
        agency: &AgencyCode,
        role: Role,
        after: Option<OpinionPlace>,
        limit: u32,
    ) -> Result<Vec<OpinionLine>> {
        let (due, id) = after.unwrap_or((i64::MIN, DossierId(uuid::Uuid::nil())));
        let values = [
            agency.as_str().into(),
            role.as_str().into(),
            due.into(),
            value::id(id.0),
            i64::from(limit).into(),
        ];
        let rows: Vec<AskedRow> = self.db().all(sql(ASKED, values)).await?;
        rows.into_iter().map(AskedRow::line).collect()
    }

    /// The rows of a dossier's opinions, in order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn opinion_rows(&self, dossier: DossierId) -> Result<Vec<OpinionRow>> {
        self.db().all(sql(OF_DOSSIER, [value::id(dossier.0)])).await
    }
}

/// The text of the queue, for the test of its plan.
#[must_use]
pub fn asked_text() -> &'static str {
    ASKED
}
