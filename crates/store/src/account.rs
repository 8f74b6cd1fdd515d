//! Accounts: citizens, officers and the rest, with their ways to sign in.

use crate::db::{Result, StoreError, Tx, sql, transact};
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::actor::{Actor, Role};
use motcua_model::id::{AccountId, AgencyCode};

statements! {
    INSERT = "insert into account (id, role, name, agency, phone, email, person_id, birth_date, address, language, password, \
              verified, created_at) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)";
    INSERT_LOGIN = "insert into login (login, account) values ($1, $2)";
    BY_LOGIN = "select a.id, a.role, a.name, a.agency, a.phone, a.email, a.person_id, a.birth_date, a.address, a.language, \
                a.password, a.verified, a.created_at from login l join account a on a.id = l.account where l.login = $1";
    BY_ID = "select id, role, name, agency, phone, email, person_id, birth_date, address, language, password, verified, \
             created_at from account where id = $1";
    SET_PASSWORD = "update account set password = $2 where id = $1";
    SET_VERIFIED = "update account set verified = 1 where id = $1";
    SET_PROFILE = "update account set name = $2, person_id = $3, birth_date = $4, address = $5, language = $6 where id = $1";
    SET_CODE = "insert into one_time_code (account, code, expires_at, tries) values ($1, $2, $3, 0) \
                on conflict (account) do update set code = excluded.code, expires_at = excluded.expires_at, tries = 0";
    TRY_CODE = "update one_time_code set tries = tries + 1 where account = $1 returning code, expires_at, tries";
    DROP_CODE = "delete from one_time_code where account = $1";
    REPLACE_UNVERIFIED = "delete from login where login = $1 and account in (select id from account where verified = 0)";
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Identifier.
    pub id: AccountId,
    /// Role.
    pub role: Role,
    /// Full name.
    pub name: String,
    /// Agency or post office.
    pub agency: Option<AgencyCode>,
    /// Phone in E.164, or empty.
    pub phone: String,
    /// Mail address, or empty.
    pub email: String,
    /// Identity number, or empty.
    pub person_id: String,
    /// Date of birth `dd/MM/yyyy`, or empty.
    pub birth_date: String,
    /// Address on one line, or empty.
    pub address: String,
    /// `vi` or `en`.
    pub language: String,
    /// Argon2id hash; never shown, never logged.
    pub password: Password,
    /// Whether the phone or mail address was proved by a one-time code.
    pub verified: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A password's hash; its debug form says nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(pub String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(..)")
    }
}

impl Account {
    /// The account as the journal names it.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor {
            account: self.id,
            name: self.name.clone(),
            role: self.role,
            agency: self.agency.clone(),
        }
    }
}

/// What came of trying a one-time code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeTry {
    /// It was right, and is used up.
    Right,
    /// It was wrong; some tries are left.
    Wrong,
    /// None is open, it is too old, or it was tried too often: ask for a new one.
    Spent,
}

/// How often a one-time code may be tried.
const CODE_TRIES: i64 = 5;

row! {
    pub(crate) struct AccountRow {
        id: Vec<u8>,
        role: String,
        name: String,
        agency: Option<String>,
        phone: String,
        email: String,
        person_id: String,
        birth_date: String,
        address: String,
        language: String,
        password: String,
        verified: i64,
        created_at: i64,
    }
}

impl AccountRow {
    pub(crate) fn account(self) -> Result<Account> {
        Ok(Account {
            id: AccountId(value::uuid(&self.id)?),
            role: Role::parse(&self.role).ok_or_else(|| StoreError::inconsistent("account.role", self.role))?,
            name: self.name,
            agency: self.agency.map(AgencyCode),
            phone: self.phone,
            email: self.email,
            person_id: self.person_id,
            birth_date: self.birth_date,
            address: self.address,
            language: self.language,
            password: Password(self.password),
            verified: self.verified != 0,
            created_at: value::time(self.created_at)?,
        })
    }
}

impl Store {
    /// Makes an account that signs in with each of `logins`. A login held by an account that was never verified is
    /// taken over: who cannot prove a phone does not keep it.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when a login belongs to a verified account.
    pub async fn create_account(&self, account: &Account, logins: &[String]) -> Result<()> {
        // Once: a conflict here is a login that is taken, not another writer.
        let mut tx = self.db().begin().await?;
        let done = insert_account(&mut tx, account, logins).await;
        tx.end(done).await
    }

    /// The account that signs in with `login` (a phone in E.164, a mail address in lower case, or a user name).
    ///
    /// # Errors
    /// What the database says.
    pub async fn account_by_login(&self, login: &str) -> Result<Option<Account>> {
        self.db()
            .one::<AccountRow>(sql(BY_LOGIN, [login.into()]))
            .await?
            .map(AccountRow::account)
            .transpose()
    }

    /// An account.
    ///
    /// # Errors
    /// What the database says.
    pub async fn account(&self, id: AccountId) -> Result<Option<Account>> {
        self.db()
            .one::<AccountRow>(sql(BY_ID, [value::id(id.0)]))
            .await?
            .map(AccountRow::account)
            .transpose()
    }

    /// Sets a new password hash.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_password(&self, id: AccountId, password: &Password) -> Result<()> {
        self.db()
            .run(sql(SET_PASSWORD, [value::id(id.0), password.0.clone().into()]))
            .await
            .map(drop)
    }

    /// Notes that the phone or mail address was proved.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_verified(&self, id: AccountId) -> Result<()> {
        self.db().run(sql(SET_VERIFIED, [value::id(id.0)])).await.map(drop)
    }

    /// Writes what a person says of herself.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_profile(&self, a: &Account) -> Result<()> {
        self.db()
            .run(sql(
                SET_PROFILE,
                [
                    value::id(a.id.0),
                    a.name.clone().into(),
                    a.person_id.clone().into(),
                    a.birth_date.clone().into(),
                    a.address.clone().into(),
                    a.language.clone().into(),
                ],
            ))
            .await
            .map(drop)
    }

    /// Opens a one-time code (its hash) for an account; the one before is void.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_code(&self, account: AccountId, code_hash: [u8; 32], expires: Timestamp) -> Result<()> {
        self.db()
            .run(sql(
                SET_CODE,
                [value::id(account.0), code_hash.to_vec().into(), value::micros(expires).into()],
            ))
            .await
            .map(drop)
    }

    /// Tries a one-time code; a right one is used up, a wrong one counts.
    ///
    /// # Errors
    /// What the database says.
    pub async fn try_code(&self, account: AccountId, code_hash: [u8; 32], now: Timestamp) -> Result<CodeTry> {
        transact!(self.db(), "try_code", |tx| {
            let rows: Vec<(Vec<u8>, i64, i64)> = tx.all(sql(TRY_CODE, [value::id(account.0)])).await?;
            Ok(match rows.first() {
                Some((code, expires, tries)) if *tries <= CODE_TRIES && *expires > value::micros(now) => {
                    if code[..] == code_hash {
                        tx.run(sql(DROP_CODE, [value::id(account.0)])).await?;
                        CodeTry::Right
                    } else {
                        CodeTry::Wrong
                    }
                }
                _ => CodeTry::Spent,
            })
        })
    }
}

async fn insert_account(tx: &mut Tx, a: &Account, logins: &[String]) -> Result<()> {
    tx.run(sql(
        INSERT,
        [
            value::id(a.id.0),
            a.role.as_str().into(),
            a.name.clone().into(),
            a.agency.as_ref().map(|c| c.0.clone()).into(),
            a.phone.clone().into(),
            a.email.clone().into(),
            a.person_id.clone().into(),
            a.birth_date.clone().into(),
            a.address.clone().into(),
            a.language.clone().into(),
            a.password.0.clone().into(),
            i64::from(a.verified).into(),
            value::micros(a.created_at).into(),
        ],
    ))
    .await?;
    for login in logins {
        tx.run(sql(REPLACE_UNVERIFIED, [login.clone().into()])).await?;
        tx.run(sql(INSERT_LOGIN, [login.clone().into(), value::id(a.id.0)])).await?;
    }
    Ok(())
}
