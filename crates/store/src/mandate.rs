//! Mandates: who lets whom act for her. The holder is who is meant by her way to sign in until she accepts, and her account
//! from then on.

use crate::db::{Result, StoreError, sql};
use crate::statement::statements;
use crate::{Store, value};
use motcua_model::id::{AccountId, MandateId};
use motcua_model::mandate::{Mandate, MandateState};

statements! {
    INSERT = "insert into mandate (id, principal, holder, state, body) values ($1, $2, $3, $4, $5)";
    LOAD = "select body from mandate where id = $1";
    GIVEN = "select body from mandate where principal = $1 order by principal desc, id desc limit $2";
    HELD = "select body from mandate where holder = $1 order by holder desc, principal desc, id desc limit $2";
    HELD_OF = "select body from mandate where holder = $1 and principal = $2 and state = 'accepted' order by id limit $3";
    CHANGE = "update mandate set holder = $3, state = $4, body = $5 where id = $1 and state = $2";
}

/// Mandates read at once.
const MOST: i64 = 100;

fn json(m: &Mandate) -> Result<String> {
    serde_json::to_string(m).map_err(|e| StoreError::inconsistent("mandate.body", e.to_string()))
}

fn read(row: (String,)) -> Result<Mandate> {
    serde_json::from_str(&row.0).map_err(|e| StoreError::inconsistent("mandate.body", e.to_string()))
}

fn holder(m: &Mandate) -> String {
    m.authorised.map_or_else(|| m.to.login.clone(), |a| a.to_string())
}

impl Store {
    /// Keeps a mandate that was given.
    ///
    /// # Errors
    /// What the database says.
    pub async fn give_mandate(&self, m: &Mandate) -> Result<()> {
        let values = [
            value::id(m.id.0),
            value::id(m.principal.0),
            holder(m).into(),
            m.state.as_str().into(),
            json(m)?.into(),
        ];
        self.db().run(sql(INSERT, values)).await.map(drop)
    }

    /// A mandate.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mandate(&self, id: MandateId) -> Result<Option<Mandate>> {
        let row: Option<(String,)> = self.db().one(sql(LOAD, [value::id(id.0)])).await?;
        row.map(read).transpose()
    }

    /// The mandates that somebody gave, the latest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mandates_given(&self, principal: AccountId) -> Result<Vec<Mandate>> {
        let rows: Vec<(String,)> = self.db().all(sql(GIVEN, [value::id(principal.0), MOST.into()])).await?;
        rows.into_iter().map(read).collect()
    }

    /// The mandates that are meant for a way to sign in and not accepted.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mandates_meant_for(&self, login: &str) -> Result<Vec<Mandate>> {
        self.held(login).await
    }

    /// The mandates that an account accepted.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mandates_held(&self, account: AccountId) -> Result<Vec<Mandate>> {
        self.held(&account.to_string()).await
    }

    async fn held(&self, holder: &str) -> Result<Vec<Mandate>> {
        let rows: Vec<(String,)> = self.db().all(sql(HELD, [holder.into(), MOST.into()])).await?;
        rows.into_iter().map(read).collect()
    }

    /// The accepted mandates under which an account may act for a principal.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mandates_of(&self, account: AccountId, principal: AccountId) -> Result<Vec<Mandate>> {
        let values = [account.to_string().into(), value::id(principal.0), MOST.into()];
        let rows: Vec<(String,)> = self.db().all(sql(HELD_OF, values)).await?;
        rows.into_iter().map(read).collect()
    }

    /// Writes a mandate as it became.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is not as it was read any more.
    pub async fn change_mandate(&self, from: MandateState, to: &Mandate) -> Result<()> {
        let values = [
            value::id(to.id.0),
            from.as_str().into(),
            holder(to).into(),
            to.state.as_str().into(),
            json(to)?.into(),
        ];
        match self.db().run(sql(CHANGE, values)).await? {
            1 => Ok(()),
            _ => Err(StoreError::Conflict),
        }
    }
}
