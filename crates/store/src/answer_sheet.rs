//! Answer sheets of life events: what a person answered once for the services that an event needs.

use crate::db::{Result, StoreError, sql};
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::id::AccountId;
use std::collections::BTreeMap;

statements! {
    SAVE = "insert into answer_sheet (owner, event, body, updated_at) values ($1, $2, $3, $4) \
            on conflict (owner, event) do update set body = excluded.body, updated_at = excluded.updated_at";
    MINE = "select event, body, updated_at from answer_sheet where owner = $1 order by event limit 50";
    DROP = "delete from answer_sheet where owner = $1 and event = $2";
}

/// What a person answered for a life event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerSheet {
    /// The event's name in addresses.
    pub event: String,
    /// Answers by meaning, such as `plot.address`.
    pub answers: BTreeMap<String, serde_json::Value>,
    /// When it was last saved.
    pub updated_at: Timestamp,
}

row! {
    struct Row {
        event: String,
        body: String,
        updated_at: i64,
    }
}

impl Row {
    fn read(self) -> Result<AnswerSheet> {
        Ok(AnswerSheet {
            event: self.event,
            answers: serde_json::from_str(&self.body)
                .map_err(|e| StoreError::inconsistent("answer_sheet.body", e.to_string()))?,
            updated_at: value::time(self.updated_at)?,
        })
    }
}

impl Store {
    /// Keeps a sheet; the one before is replaced.
    ///
    /// # Errors
    /// What the database says.
    pub async fn save_answer_sheet(&self, owner: AccountId, sheet: &AnswerSheet) -> Result<()> {
        let unwritable = |e: serde_json::Error| StoreError::inconsistent("answer_sheet.body", e.to_string());
        let values = [
            value::id(owner.0),
            sheet.event.clone().into(),
            serde_json::to_string(&sheet.answers).map_err(unwritable)?.into(),
            value::micros(sheet.updated_at).into(),
        ];
        self.db().run(sql(SAVE, values)).await.map(drop)
    }

    /// The sheets of a person.
    ///
    /// # Errors
    /// What the database says.
    pub async fn answer_sheets(&self, owner: AccountId) -> Result<Vec<AnswerSheet>> {
        let rows: Vec<Row> = self.db().all(sql(MINE, [value::id(owner.0)])).await?;
        rows.into_iter().map(Row::read).collect()
    }

    /// Forgets a sheet.
    ///
    /// # Errors
    /// What the database says.
    pub async fn drop_answer_sheet(&self, owner: AccountId, event: &str) -> Result<()> {
        self.db().run(sql(DROP, [value::id(owner.0), event.into()])).await.map(drop)
    }
}
