//! What the desk's list shows beside its lines: the counts of the queues, and what a line says of the folded dossier.

use crate::db::{Result, StoreError, built, sql};
use crate::dossier::Col;
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::actor::Role;
use motcua_model::dossier::Outcome;
use motcua_model::id::{AccountId, AgencyCode, DossierId};
use sea_query::{Expr, ExprTrait, Query};
use serde::Deserialize;

statements! {
    /// All counts in one journey: the queues as kept with every change, the others as stretches of an index, each counted
    /// up to $5.
    COUNTS = "select 'queue' as what, turn, status, n from tally where agency = $1 and n <> 0 \
              union all select 'late', '', '', (select count(*) from \
              (select 1 as one from dossier where agency = $1 and deadline < $3 limit $5) a) \
              union all select 'today', '', '', (select count(*) from \
              (select 1 as one from dossier where agency = $1 and deadline >= $3 and deadline < $4 limit $5) b) \
              union all select 'mine', '', '', (select count(*) from \
              (select 1 as one from dossier where assignee = $2 limit $5) c) \
              union all select 'talk', '', '', (select count(*) from \
              (select 1 as one from talk where agency = $1 and unanswered = 1 limit $5) d) \
              union all select 'asked', '', '', (select count(*) from \
              (select 1 as one from opinion where agency = $1 and role = $6 and open = 1 limit $5) e)";
}

/// What waits at an agency, in numbers that cost no counting of dossiers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The agency's queues.
    pub queues: Vec<Tally>,
    /// Past the deadline.
    pub late: i64,
    /// Due before the day ends.
    pub today: i64,
    /// Held by the officer herself.
    pub mine: i64,
    /// Messages that wait for an answer.
    pub talk: i64,
    /// Opinions that other agencies, or colleagues, asked of her role.
    pub asked: i64,
}

/// One count of the agency's queues, kept on commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Whose turn.
    pub turn: String,
    /// Which status.
    pub status: String,
    /// How many.
    pub n: i64,
}

/// What a line of the desk's list says beyond its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineDetail {
    /// The dossier.
    pub id: DossierId,
    /// Its version, which an action on several dossiers is decided on.
    pub version: u64,
    /// Whether the person has to pay before it can be accepted.
    pub awaits_payment: bool,
    /// Who holds it, as shown.
    pub holder: Option<String>,
    /// What a head is asked to decide on.
    pub proposal: Option<Outcome>,
}

row! {
    struct CountRow {
        what: String,
        turn: String,
        status: String,
        n: i64,
    }
}

row! {
    struct DetailRow {
        id: Vec<u8>,
        version: i64,
        turn: String,
        state: String,
    }
}

/// The part of a fold that a line shows; the rest of it is not even read.
#[derive(Deserialize)]
struct Shown {
    #[serde(default)]
    assignee: Option<Holder>,
    #[serde(default)]
    proposal: Option<Proposed>,
}

#[derive(Deserialize)]
struct Holder {
    name: String,
}

#[derive(Deserialize)]
struct Proposed {
    outcome: Outcome,
}

impl Store {
    /// The counts of an agency's queues for one officer: `now` and `day_end` (the next midnight) bound what is late and
    /// what is due today; all but the queues are counted up to `most`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn desk_counts(
        &self,
        agency: &AgencyCode,
        (officer, role): (AccountId, Role),
        now: Timestamp,
        day_end: Timestamp,
        most: i64,
    ) -> Result<Counts> {
        let values = [
            agency.as_str().into(),
            value::id(officer.0),
            value::micros(now).into(),
            value::micros(day_end).into(),
            most.into(),
            role.as_str().into(),
        ];
        let rows: Vec<CountRow> = self.db().all(sql(COUNTS, values)).await?;
        let mut counts = Counts::default();
        for CountRow { what, turn, status, n } in rows {
            match what.as_str() {
                "late" => counts.late = n,
                "today" => counts.today = n,
                "mine" => counts.mine = n,
                "talk" => counts.talk = n,
                "asked" => counts.asked = n,
                _ => counts.queues.push(Tally { turn, status, n }),
            }
        }
        Ok(counts)
    }

    /// What the lines of a list say of their dossiers, in no order; those that are not there are left out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn line_details(&self, ids: &[DossierId]) -> Result<Vec<LineDetail>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = Query::select();
        query
            .columns([Col::Id, Col::Version, Col::Turn, Col::State])
            .from(Col::Table)
            .and_where(Expr::col(Col::Id).is_in(ids.iter().map(|id| id.0.as_bytes().to_vec())));
        let rows: Vec<DetailRow> = self.db().all(built(query)).await?;
        rows.into_iter().map(DetailRow::detail).collect()
    }
}

impl DetailRow {
    fn detail(self) -> Result<LineDetail> {
        let shown: Shown =
            serde_json::from_str(&self.state).map_err(|e| StoreError::inconsistent("dossier.state", e.to_string()))?;
        Ok(LineDetail {
            id: DossierId(value::uuid(&self.id)?),
            version: self.version.unsigned_abs(),
            awaits_payment: self.turn == crate::writer::PAYER,
            holder: shown.assignee.map(|a| a.name),
            proposal: shown.proposal.map(|p| p.outcome),
        })
    }
}
