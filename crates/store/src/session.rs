//! Sessions: a random token in a cookie, its hash here.

use crate::account::{Account, AccountRow};
use crate::db::{Result, sql};
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::id::AccountId;

statements! {
    INSERT = "insert into session (token, account, created_at, expires_at) values ($1, $2, $3, $4)";
    LOAD = "select a.id, a.role, a.name, a.agency, a.phone, a.email, a.person_id, a.birth_date, a.address, a.language, \
            a.password, a.verified, a.created_at from session s join account a on a.id = s.account \
            where s.token = $1 and s.expires_at > $2";
    DELETE = "delete from session where token = $1";
    DELETE_OF_ACCOUNT = "delete from session where account = $1";
    DELETE_OLD = "delete from session where expires_at <= $1";
}

/// SHA-256 of a session's token: who reads the table cannot sign in with it.
pub type TokenHash = [u8; 32];

impl Store {
    /// Opens a session.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_session(&self, token: TokenHash, account: AccountId, now: Timestamp, expires: Timestamp) -> Result<()> {
        let times = [value::micros(now).into(), value::micros(expires).into()];
        let [created, expires] = times;
        self.db()
            .run(sql(INSERT, [token.to_vec().into(), value::id(account.0), created, expires]))
            .await
            .map(drop)
    }

    /// The account of a session that is still open.
    ///
    /// # Errors
    /// What the database says.
    pub async fn session(&self, token: TokenHash, now: Timestamp) -> Result<Option<Account>> {
        let row: Option<AccountRow> = self
            .db()
            .one(sql(LOAD, [token.to_vec().into(), value::micros(now).into()]))
            .await?;
        row.map(AccountRow::account).transpose()
    }

    /// Closes a session.
    ///
    /// # Errors
    /// What the database says.
    pub async fn close_session(&self, token: TokenHash) -> Result<()> {
        self.db().run(sql(DELETE, [token.to_vec().into()])).await.map(drop)
    }

    /// Closes every session of an account, after its password changed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn close_sessions_of(&self, account: AccountId) -> Result<()> {
        self.db().run(sql(DELETE_OF_ACCOUNT, [value::id(account.0)])).await.map(drop)
    }

    /// Removes sessions that ended; returns how many.
    ///
    /// # Errors
    /// What the database says.
    pub async fn sweep_sessions(&self, now: Timestamp) -> Result<u64> {
        self.db().run(sql(DELETE_OLD, [value::micros(now).into()])).await
    }
}
