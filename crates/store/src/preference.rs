//! How a person wants to be told: by which channels, of what.

use crate::db::{Result, sql, transact};
use crate::statement::statements;
use crate::{Store, value};
use motcua_model::id::AccountId;

statements! {
    OF = "select mail, sms, muted from preference where account = $1";
    PUT = "insert into preference (account, mail, sms, muted) values ($1, $2, $3, $4) on conflict (account) do update set \
           mail = excluded.mail, sms = excluded.sms, muted = excluded.muted";
    SET_LANGUAGE = "update account set language = $2 where id = $1";
}

/// How somebody wants to be told; everything by every channel where she chose nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preference {
    /// By mail.
    pub mail: bool,
    /// By SMS.
    pub sms: bool,
    /// Moments that she does not want to hear of.
    pub muted: Vec<String>,
}

impl Default for Preference {
    fn default() -> Self {
        Self {
            mail: true,
            sms: true,
            muted: Vec::new(),
        }
    }
}

impl Store {
    /// How somebody wants to be told.
    ///
    /// # Errors
    /// What the database says.
    pub async fn preference(&self, account: AccountId) -> Result<Preference> {
        let row: Option<(i64, i64, String)> = self.db().one(sql(OF, [value::id(account.0)])).await?;
        Ok(row.map_or_else(Preference::default, |(mail, sms, muted)| Preference {
            mail: mail != 0,
            sms: sms != 0,
            muted: muted.split(' ').filter(|m| !m.is_empty()).map(str::to_owned).collect(),
        }))
    }

    /// Keeps how somebody wants to be told, and in which language.
    ///
    /// # Errors
    /// What the database says.
    pub async fn put_preference(&self, account: AccountId, p: &Preference, language: &str) -> Result<()> {
        let values = [
            value::id(account.0),
            i64::from(p.mail).into(),
            i64::from(p.sms).into(),
            p.muted.join(" ").into(),
        ];
        transact!(self.db(), "put_preference", |tx| {
            tx.run(sql(PUT, values.clone())).await?;
            tx.run(sql(SET_LANGUAGE, [value::id(account.0), language.into()])).await?;
            Ok(())
        })
    }
}
