//! Who holds which dossiers: the column `assignee` of a dossier's row, written with every change.

use crate::db::{Result, sql};
use crate::dossier::{DossierLine, LineRow};
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::actor::Role;
use motcua_model::id::{AccountId, AgencyCode, DossierId};

statements! {
    /// Counts, for each officer, her own stretch of the index: what she holds and has not ended.
    OFFICERS = "select a.id, a.name, (select count(*) from dossier d where d.assignee = a.id) as held, \
                (select count(*) from stand_in s where s.absent = a.id and s.state = 'approved' and s.agency = $1 \
                 and s.from_at <= $3 and s.to_at >= $3) as absent \
                from account a where a.agency = $1 and a.role = $2 order by held, a.id";
    HELD = concat!(
        "select ",
        crate::dossier::dossier_line!(),
        " from dossier where assignee = $1 and (deadline, id) > ($2, $3) order by assignee, deadline, id \
         limit $4"
    );
    HELD_COUNT = "select count(*) from dossier where assignee = $1";
}

/// An officer of an agency, with what she holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// The account.
    pub account: AccountId,
    /// Full name.
    pub name: String,
    /// How many dossiers she holds and has not ended.
    pub held: u64,
    /// Whether somebody stands in for her now.
    pub absent: bool,
}

row! {
    struct ColleagueRow {
        id: Vec<u8>,
        name: String,
        held: i64,
        absent: i64,
    }
}

impl Store {
    /// The officers of an agency in a role, who holds the fewest first; of two alike the older account.
    ///
    /// # Errors
    /// What the database says.
    pub async fn colleagues(&self, agency: &AgencyCode, role: Role, now: Timestamp) -> Result<Vec<Colleague>> {
        let values = [agency.as_str().into(), role.as_str().into(), value::micros(now).into()];
        let rows: Vec<ColleagueRow> = self.db().all(sql(OFFICERS, values)).await?;
        rows.into_iter()
            .map(|r| {
                Ok(Colleague {
                    account: AccountId(value::uuid(&r.id)?),
                    name: r.name,
                    held: r.held.unsigned_abs(),
                    absent: r.absent > 0,
                })
            })
            .collect()
    }

    /// What an officer holds, the most urgent first, after the line `after` (deadline in microseconds and identifier).
    ///
    /// # Errors
    /// What the database says.
    pub async fn dossiers_held(&self, by: AccountId, after: Option<(i64, DossierId)>, limit: u32) -> Result<Vec<DossierLine>> {
        let (deadline, id) = after.unwrap_or((i64::MIN, DossierId(uuid::Uuid::nil())));
        let values = [value::id(by.0), deadline.into(), value::id(id.0), i64::from(limit).into()];
        let rows: Vec<LineRow> = self.db().all(sql(HELD, values)).await?;
        rows.into_iter().map(LineRow::line).collect()
    }

    /// How many dossiers an officer holds and has not ended.
    ///
    /// # Errors
    /// What the database says.
    pub async fn count_held(&self, by: AccountId) -> Result<u64> {
        let row: Option<(i64,)> = self.db().one(sql(HELD_COUNT, [value::id(by.0)])).await?;
        Ok(row.map_or(0, |r| r.0.unsigned_abs()))
    }
}
