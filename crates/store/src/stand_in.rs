//! Who stands in for an absent officer, and until when: asked for, approved by the head, ended.

use crate::db::{Result, StoreError, sql};
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::actor::{Actor, Role};
use motcua_model::id::{AccountId, AgencyCode, StandInId};

statements! {
    INSERT = "insert into stand_in (id, absent, substitute, agency, from_at, to_at, reason, state, asked_by, settled_by, \
              created_at) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)";
    SETTLE = "update stand_in set state = $3, settled_by = $4 where id = $1 and agency = $2 and state in ('asked', 'approved')";
    OF_AGENCY = "select s.id, s.absent, s.substitute, a.name as absent_name, b.name as substitute_name, s.from_at, s.to_at, \
                 s.reason, s.state, s.asked_by, s.settled_by from stand_in s join account a on a.id = s.absent \
                 join account b on b.id = s.substitute where s.agency = $1 and s.to_at >= $2 order by s.to_at, s.id limit 200";
    /// An account that moved to another agency is not stood in for at the old one.
    ABSENT = "select a.id, a.name, a.role from stand_in s join account a on a.id = s.absent where s.substitute = $1 \
              and s.state = 'approved' and s.agency = $2 and s.from_at <= $3 and s.to_at >= $3 and a.agency = $2 \
              order by a.id limit 20";
}

/// A substitution as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandIn {
    /// Identifier.
    pub id: StandInId,
    /// Who is away.
    pub absent: AccountId,
    /// Who acts in her place.
    pub substitute: AccountId,
    /// Name of who is away; empty when it is written.
    pub absent_name: String,
    /// Name of who acts; empty when it is written.
    pub substitute_name: String,
    /// From when, included.
    pub from: Timestamp,
    /// Until when, included.
    pub to: Timestamp,
    /// Why.
    pub reason: String,
    /// `asked`, `approved`, `refused` or `ended`.
    pub state: String,
    /// Who asked, as shown.
    pub asked_by: String,
    /// Which head approved, refused or ended it, as shown; empty before.
    pub settled_by: String,
}

row! {
    struct Row {
        id: Vec<u8>,
        absent: Vec<u8>,
        substitute: Vec<u8>,
        absent_name: String,
        substitute_name: String,
        from_at: i64,
        to_at: i64,
        reason: String,
        state: String,
        asked_by: String,
        settled_by: String,
    }
}

impl Store {
    /// Writes a substitution that was asked for, or approved at once.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_stand_in(&self, s: &StandIn, agency: &AgencyCode, now: Timestamp) -> Result<()> {
        let values = [
            value::id(s.id.0),
            value::id(s.absent.0),
            value::id(s.substitute.0),
            agency.as_str().into(),
            value::micros(s.from).into(),
            value::micros(s.to).into(),
            s.reason.clone().into(),
            s.state.clone().into(),
            s.asked_by.clone().into(),
            s.settled_by.clone().into(),
            value::micros(now).into(),
        ];
        self.db().run(sql(INSERT, values)).await.map(drop)
    }

    /// A head of the agency settles it: `approved`, `refused` or `ended`.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is not the agency's or settled for good already.
    pub async fn settle_stand_in(&self, id: StandInId, agency: &AgencyCode, state: &str, by: &str) -> Result<()> {
        let values = [value::id(id.0), agency.as_str().into(), state.into(), by.into()];
        match self.db().run(sql(SETTLE, values)).await? {
            1 => Ok(()),
            _ => Err(StoreError::Conflict),
        }
    }

    /// The substitutions of an agency that are not over.
    ///
    /// # Errors
    /// What the database says.
    pub async fn stand_ins(&self, agency: &AgencyCode, now: Timestamp) -> Result<Vec<StandIn>> {
        let rows: Vec<Row> = self
            .db()
            .all(sql(OF_AGENCY, [agency.as_str().into(), value::micros(now).into()]))
            .await?;
        rows.into_iter()
            .map(|r| {
                Ok(StandIn {
                    id: StandInId(value::uuid(&r.id)?),
                    absent: AccountId(value::uuid(&r.absent)?),
                    substitute: AccountId(value::uuid(&r.substitute)?),
                    absent_name: r.absent_name,
                    substitute_name: r.substitute_name,
                    from: value::time(r.from_at)?,
                    to: value::time(r.to_at)?,
                    reason: r.reason,
                    state: r.state,
                    asked_by: r.asked_by,
                    settled_by: r.settled_by,
                })
            })
            .collect()
    }

    /// The absent officers in whose place an officer may act now, as actors.
    ///
    /// # Errors
    /// What the database says.
    pub async fn absent_of(&self, substitute: AccountId, agency: &AgencyCode, now: Timestamp) -> Result<Vec<Actor>> {
        let rows: Vec<(Vec<u8>, String, String)> = self
            .db()
            .all(sql(
                ABSENT,
                [value::id(substitute.0), agency.as_str().into(), value::micros(now).into()],
            ))
            .await?;
        rows.into_iter()
            .map(|(id, name, role)| {
                Ok(Actor {
                    account: AccountId(value::uuid(&id)?),
                    name,
                    role: Role::parse(&role).ok_or_else(|| StoreError::inconsistent("account.role", role))?,
                    agency: Some(agency.clone()),
                })
            })
            .collect()
    }
}
