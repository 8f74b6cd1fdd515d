//! Drafts: what a person typed and attached before she sends it, saved at every step.

use crate::db::{Result, StoreError, sql};
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::dossier::{Paper, ReturnWay};
use motcua_model::form::{Moved, Taken};
use motcua_model::id::{AccountId, DossierId, MandateId, ProcedureCode};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

statements! {
    INSERT = "insert into draft (id, owner, procedure, form_version, body, version, updated_at) values ($1,$2,$3,$4,$5,1,$6)";
    LOAD = "select id, owner, procedure, form_version, body, version, updated_at from draft where id = $1";
    SAVE = "update draft set body = $3, form_version = $4, version = version + 1, updated_at = $5 where id = $1 and version = $2";
    MINE = "select id, owner, procedure, form_version, body, version, updated_at from draft where owner = $1 \
            order by updated_at desc, id desc limit 50";
    DELETE = "delete from draft where id = $1 and owner = $2";
}

/// What a draft holds besides its keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftBody {
    /// Checked answers, field by field.
    pub answers: BTreeMap<String, serde_json::Value>,
    /// What was typed and is not (yet) right, by dotted name, kept to be shown again.
    pub typed: BTreeMap<String, String>,
    /// Papers attached so far.
    pub papers: Vec<Paper>,
    /// How the result is wanted, once chosen.
    pub return_way: Option<ReturnWay>,
    /// Steps of the form that were completed.
    pub done: Vec<String>,
    /// Answers that the person did not type and has not checked yet, with where they are from, by field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub taken: BTreeMap<String, Taken>,
    /// For whom somebody fills it in under a mandate; none for her own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf: Option<OnBehalf>,
    /// The link that brought the person, until she sends; empty for who came by herself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub campaign: String,
    /// What a new version of the form changed, until the person has seen it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved: Option<Moved>,
}

/// For whom a draft is filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnBehalf {
    /// The mandate.
    pub mandate: MandateId,
    /// Whose dossier it becomes.
    pub principal: AccountId,
    /// Her name, as shown.
    pub name: String,
}

/// A draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Identifier, which the dossier keeps.
    pub id: DossierId,
    /// Whose.
    pub owner: AccountId,
    /// Procedure.
    pub procedure: ProcedureCode,
    /// Version of the form it was last saved with.
    pub form_version: u32,
    /// What it holds.
    pub body: DraftBody,
    /// How often it was saved; the lock against two windows.
    pub version: u64,
    /// When it was last saved.
    pub updated_at: Timestamp,
}

row! {
    struct Row {
        id: Vec<u8>,
        owner: Vec<u8>,
        procedure: String,
        form_version: i64,
        body: String,
        version: i64,
        updated_at: i64,
    }
}

impl Row {
    fn draft(self) -> Result<Draft> {
        Ok(Draft {
            id: DossierId(value::uuid(&self.id)?),
            owner: AccountId(value::uuid(&self.owner)?),
            procedure: ProcedureCode(self.procedure),
            form_version: u32::try_from(self.form_version)
                .map_err(|_| StoreError::inconsistent("draft.form_version", self.form_version.to_string()))?,
            body: serde_json::from_str(&self.body).map_err(|e| StoreError::inconsistent("draft.body", e.to_string()))?,
            version: self.version.unsigned_abs(),
            updated_at: value::time(self.updated_at)?,
        })
    }
}

fn json(body: &DraftBody) -> Result<String> {
    serde_json::to_string(body).map_err(|e| StoreError::inconsistent("draft.body", e.to_string()))
}

impl Store {
    /// Begins a draft.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the identifier is taken.
    pub async fn create_draft(&self, d: &Draft) -> Result<()> {
        self.db()
            .run(sql(
                INSERT,
                [
                    value::id(d.id.0),
                    value::id(d.owner.0),
                    d.procedure.as_str().into(),
                    i64::from(d.form_version).into(),
                    json(&d.body)?.into(),
                    value::micros(d.updated_at).into(),
                ],
            ))
            .await
            .map(drop)
    }

    /// A draft, whoever owns it; who may see it is decided above.
    ///
    /// # Errors
    /// What the database says.
    pub async fn draft(&self, id: DossierId) -> Result<Option<Draft>> {
        self.db()
            .one::<Row>(sql(LOAD, [value::id(id.0)]))
            .await?
            .map(Row::draft)
            .transpose()
    }

    /// Saves a draft as it was loaded and changed: one statement.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it was saved from another window meanwhile, or sent.
    pub async fn save_draft(&self, d: &Draft) -> Result<()> {
        let changed = self
            .db()
            .run(sql(
                SAVE,
                [
                    value::id(d.id.0),
                    d.version.cast_signed().into(),
                    json(&d.body)?.into(),
                    i64::from(d.form_version).into(),
                    value::micros(d.updated_at).into(),
                ],
            ))
            .await?;
        if changed == 1 { Ok(()) } else { Err(StoreError::Conflict) }
    }

    /// A person's drafts, the latest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn drafts_of(&self, owner: AccountId) -> Result<Vec<Draft>> {
        self.db()
            .all::<Row>(sql(MINE, [value::id(owner.0)]))
            .await?
            .into_iter()
            .map(Row::draft)
            .collect()
    }

    /// Throws a draft away; returns whether it was there and hers.
    ///
    /// # Errors
    /// What the database says.
    pub async fn delete_draft(&self, id: DossierId, owner: AccountId) -> Result<bool> {
        Ok(self.db().run(sql(DELETE, [value::id(id.0), value::id(owner.0)])).await? == 1)
    }
}
