//! What people agreed to at a post office, from the moment they were asked; nothing that was agreed is ever deleted.

use crate::account::CodeTry;
use crate::db::{Result, Stmt, StoreError, Tx, sql, transact};
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::clock::local;
use motcua_model::consent::{Assisted, CODE_TRIES, CODES_SENT, ConsentState};
use motcua_model::id::{AgencyCode, DossierId};

statements! {
    DRAW = "insert into series (name, last) values ($1, 1) on conflict (name) do update set last = series.last + 1 returning last";
    INSERT = "insert into consent (id, number, office, phone, state, asked_at, body, code, code_expires, code_tries, codes_sent) \
              values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0)";
    LOAD = "select body from consent where id = $1";
    BY_NUMBER = "select body from consent where number = $1";
    OF_PHONE = "select body from consent where phone = $1 and phone <> '' and id < $2 order by phone desc, id desc limit $3";
    CHANGE = "update consent set state = $3, body = $4 where id = $1 and state = $2";
    UNASKED = "delete from consent where id = $1 and state = 'asked'";
    OPEN_CODE = "update consent set code = $2, code_expires = $3, codes_sent = codes_sent + 1 \
                 where id = $1 and state = 'asked' and codes_sent < $4 and code_tries < $5";
    TRY_CODE = "update consent set code_tries = code_tries + 1 where id = $1 and state = 'asked' and code_tries < $2 \
                and code_expires > $3 returning code, code_tries";
    CODE = "select codes_sent, code_tries from consent where id = $1";
    DENY = "insert into denied_look (office, id, clerk_name, kind, sought, at) values ($1, $2, $3, $4, $5, $6)";
    DENIED = "select clerk_name, kind, sought, at from denied_look where office = $1 order by office desc, id desc limit $2";
}

/// Where the one-time code of a filing stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodeStanding {
    /// How many were sent.
    pub sent: u32,
    /// How many wrong tries there were.
    pub tries: u32,
}

impl CodeStanding {
    /// Whether this way of agreeing is closed: tried wrongly too often.
    #[must_use]
    pub fn is_locked(self) -> bool {
        self.tries >= CODE_TRIES
    }
}

/// A search that was refused, as the head sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeniedLook {
    /// Who looked.
    pub clerk_name: String,
    /// By what: `code`, `person_id`, `phone` or `name`.
    pub kind: String,
    /// What was looked for, with all but its end hidden.
    pub sought: String,
    /// When.
    pub at: Timestamp,
}

/// The statement that writes a consent as it became, if it is still as it was read.
pub(crate) fn change(from: ConsentState, to: &Assisted) -> Result<Stmt> {
    let values = [
        value::id(to.id.0),
        from.as_str().into(),
        to.state.as_str().into(),
        json(to)?.into(),
    ];
    Ok(sql(CHANGE, values))
}

fn json(a: &Assisted) -> Result<String> {
    serde_json::to_string(a).map_err(|e| StoreError::inconsistent("consent.body", e.to_string()))
}

fn read(row: (String,)) -> Result<Assisted> {
    serde_json::from_str(&row.0).map_err(|e| StoreError::inconsistent("consent.body", e.to_string()))
}

/// Draws the next number of an office's series of this year, without gaps: `DY-24.02-2020-000001`.
pub(crate) async fn draw(tx: &mut Tx, symbol: &str, office: &AgencyCode, at: Timestamp) -> Result<String> {
    let year = local(at).year();
    let drawn: Vec<(i64,)> = tx.all(sql(DRAW, [format!("{symbol}/{office}/{year}").into()])).await?;
    let number = drawn.first().ok_or_else(|| StoreError::inconsistent("series", symbol))?.0;
    Ok(format!("{symbol}-{office}-{year}-{number:06}"))
}

impl Store {
    /// Keeps that somebody was asked; answers it with the number of its slip.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the identifier is taken.
    pub async fn ask_consent(&self, asked: &Assisted) -> Result<Assisted> {
        transact!(self.db(), "ask_consent", |tx| {
            let mut asked = asked.clone();
            asked.number = draw(tx, "DY", &asked.office, asked.asked_at).await?;
            let values = [
                value::id(asked.id.0),
                asked.number.clone().into(),
                asked.office.0.clone().into(),
                asked.phone.clone().into(),
                asked.state.as_str().into(),
                value::micros(asked.asked_at).into(),
                json(&asked)?.into(),
                Vec::<u8>::new().into(),
            ];
            tx.run(sql(INSERT, values)).await?;
            Ok(asked)
        })
    }

    /// What was asked and agreed for a filing.
    ///
    /// # Errors
    /// What the database says.
    pub async fn consent(&self, id: DossierId) -> Result<Option<Assisted>> {
        let row: Option<(String,)> = self.db().one(sql(LOAD, [value::id(id.0)])).await?;
        row.map(read).transpose()
    }

    /// The same by the number on its slip.
    ///
    /// # Errors
    /// What the database says.
    pub async fn consent_by_number(&self, number: &str) -> Result<Option<Assisted>> {
        let row: Option<(String,)> = self.db().one(sql(BY_NUMBER, [number.into()])).await?;
        row.map(read).transpose()
    }

    /// What the person with this phone was asked, newest first, before a place in the list.
    ///
    /// # Errors
    /// What the database says.
    pub async fn consents_of_phone(&self, phone: &str, before: DossierId, limit: u32) -> Result<Vec<Assisted>> {
        let values = [phone.into(), value::id(before.0), i64::from(limit).into()];
        let rows: Vec<(String,)> = self.db().all(sql(OF_PHONE, values)).await?;
        rows.into_iter().map(read).collect()
    }

    /// Writes a consent as it became.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it is not as it was read any more.
    pub async fn change_consent(&self, from: ConsentState, to: &Assisted) -> Result<()> {
        match self.db().run(change(from, to)?).await? {
            1 => Ok(()),
            _ => Err(StoreError::Conflict),
        }
    }

    /// Forgets a question that was never answered.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_unanswered(&self, id: DossierId) -> Result<()> {
        self.db().run(sql(UNASKED, [value::id(id.0)])).await.map(drop)
    }

    /// Opens a one-time code (its hash); the one before is void, its wrong tries count on.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when too many were sent or tried, or nothing is asked any more.
    pub async fn open_consent_code(&self, id: DossierId, code_hash: [u8; 32], expires: Timestamp) -> Result<()> {
        let values = [
            value::id(id.0),
            code_hash.to_vec().into(),
            value::micros(expires).into(),
            i64::from(CODES_SENT).into(),
            i64::from(CODE_TRIES).into(),
        ];
        match self.db().run(sql(OPEN_CODE, values)).await? {
            1 => Ok(()),
            _ => Err(StoreError::Conflict),
        }
    }

    /// Tries a one-time code that is still good. Each try counts, also a right one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn try_consent_code(&self, id: DossierId, code_hash: [u8; 32], now: Timestamp) -> Result<CodeTry> {
        let rows: Vec<(Vec<u8>, i64)> = transact!(self.db(), "try_consent_code", |tx| {
            let values = [value::id(id.0), i64::from(CODE_TRIES).into(), value::micros(now).into()];
            tx.all(sql(TRY_CODE, values)).await
        })?;
        Ok(match rows.first() {
            Some((code, _)) if code[..] == code_hash => CodeTry::Right,
            Some((_, tries)) if *tries < i64::from(CODE_TRIES) => CodeTry::Wrong,
            _ => CodeTry::Spent,
        })
    }

    /// How often a code was sent and tried.
    ///
    /// # Errors
    /// What the database says.
    pub async fn consent_code(&self, id: DossierId) -> Result<CodeStanding> {
        let row: Option<(i64, i64)> = self.db().one(sql(CODE, [value::id(id.0)])).await?;
        let number = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(row.map_or_else(CodeStanding::default, |(sent, tries)| CodeStanding {
            sent: number(sent),
            tries: number(tries),
        }))
    }

    /// Notes a search that was refused.
    ///
    /// # Errors
    /// What the database says.
    pub async fn note_denied_look(&self, office: &AgencyCode, id: DossierId, look: &DeniedLook) -> Result<()> {
        let values = [
            office.0.clone().into(),
            value::id(id.0),
            look.clerk_name.clone().into(),
            look.kind.clone().into(),
            look.sought.clone().into(),
            value::micros(look.at).into(),
        ];
        self.db().run(sql(DENY, values)).await.map(drop)
    }

    /// The searches of an office that were refused, the latest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn denied_looks(&self, office: &AgencyCode, limit: u32) -> Result<Vec<DeniedLook>> {
        let values = [office.0.clone().into(), i64::from(limit).into()];
        let rows: Vec<(String, String, String, i64)> = self.db().all(sql(DENIED, values)).await?;
        rows.into_iter()
            .map(|(clerk_name, kind, sought, at)| {
                Ok(DeniedLook {
                    clerk_name,
                    kind,
                    sought,
                    at: value::time(at)?,
                })
            })
            .collect()
    }
}
