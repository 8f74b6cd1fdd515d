//! What the desk's list shows beside its lines: the counts of the queues.

use crate::db::{Result, sql};
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::actor::Role;
use motcua_model::id::{AccountId, AgencyCode};

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

row! {
    struct CountRow {
        what: String,
        turn: String,
        status: String,
        n: i64,
    }
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
}
