//! Officers by agency, and moving them to another: for those whose agency closed.

use crate::db::{Result, StoreError, sql};
use crate::statement::statements;
use crate::{Store, value};
use motcua_model::actor::Role;
use motcua_model::id::{AccountId, AgencyCode};

statements! {
    /// Read from the index of officers alone; its length is their number.
    COUNTS = "select agency, count(*) from account where agency is not null group by agency order by agency";
    OFFICERS = "select id, role, name from account where agency = $1 order by agency, role, id limit 200";
    /// The agency that the page showed is the lock: who was moved meanwhile stays there.
    MOVE = "update account set agency = $3 where id = $1 and agency = $2";
}

/// An officer of an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    /// The account.
    pub account: AccountId,
    /// What she does.
    pub role: Role,
    /// Full name.
    pub name: String,
}

impl Store {
    /// How many officers each agency has.
    ///
    /// # Errors
    /// What the database says.
    pub async fn officers_by_agency(&self) -> Result<Vec<(AgencyCode, u64)>> {
        let rows: Vec<(String, i64)> = self.db().all(sql(COUNTS, [])).await?;
        Ok(rows
            .into_iter()
            .map(|(code, n)| (AgencyCode(code), n.unsigned_abs()))
            .collect())
    }

    /// The officers of an agency, the first two hundred.
    ///
    /// # Errors
    /// What the database says.
    pub async fn officers_of(&self, agency: &AgencyCode) -> Result<Vec<Officer>> {
        let rows: Vec<(Vec<u8>, String, String)> = self.db().all(sql(OFFICERS, [agency.as_str().into()])).await?;
        rows.into_iter()
            .map(|(id, role, name)| {
                Ok(Officer {
                    account: AccountId(value::uuid(&id)?),
                    role: Role::parse(&role).ok_or_else(|| StoreError::inconsistent("account.role", role))?,
                    name,
                })
            })
            .collect()
    }

    /// Moves an officer to another agency; returns whether she was still at the one that is named.
    ///
    /// # Errors
    /// What the database says.
    pub async fn move_officer(&self, officer: AccountId, from: &AgencyCode, to: &AgencyCode) -> Result<bool> {
        let values = [value::id(officer.0), from.as_str().into(), to.as_str().into()];
        Ok(self.db().run(sql(MOVE, values)).await? == 1)
    }
}
