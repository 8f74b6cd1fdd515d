//! What was told to whom: one row for each mail and SMS, sent or failed.

use crate::db::{Result, sql};
use crate::many::Many;
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::id::{DossierId, JobId};
use sea_query::Value;

statements! {
    LATEST = "select id, dossier, channel, recipient, subject, body, state, error, created_at from message \
              order by created_at desc, id desc limit $1";
    SENT = "select count(*) from message where id = $1 and state = 'sent'";
}

/// A message, named after the job that sent it, so that a job that runs twice writes one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRow {
    /// The job's identifier.
    pub id: JobId,
    /// About which dossier.
    pub dossier: Option<DossierId>,
    /// `mail` or `sms`.
    pub channel: String,
    /// Address or phone.
    pub recipient: String,
    /// Subject; empty for SMS.
    pub subject: String,
    /// Text.
    pub body: String,
    /// `sent`, `failed`, or `off` where the channel is not set up.
    pub state: String,
    /// What went wrong.
    pub error: String,
    /// When.
    pub created_at: Timestamp,
}

row! {
    struct Row {
        id: Vec<u8>,
        dossier: Option<Vec<u8>>,
        channel: String,
        recipient: String,
        subject: String,
        body: String,
        state: String,
        error: String,
        created_at: i64,
    }
}

pub(crate) static NOTE: Many = Many::rows(
    "insert into message (id, dossier, channel, recipient, subject, body, state, error, created_at) values ",
    9,
    " on conflict (id) do update set state = excluded.state, error = excluded.error",
);

pub(crate) static MANY: &[&Many] = &[&NOTE];

pub(crate) fn row(m: &MessageRow) -> [Value; 9] {
    [
        value::id(m.id.0),
        value::id_opt(m.dossier.map(|d| d.0)),
        m.channel.clone().into(),
        m.recipient.clone().into(),
        m.subject.clone().into(),
        m.body.clone().into(),
        m.state.clone().into(),
        m.error.clone().into(),
        value::micros(m.created_at).into(),
    ]
}

impl Store {
    /// Notes a message.
    ///
    /// # Errors
    /// What the database says.
    pub async fn note_message(&self, m: &MessageRow) -> Result<()> {
        for statement in NOTE.statements(row(m).into()) {
            self.db().run(statement).await?;
        }
        Ok(())
    }

    /// Whether the message of this job was sent before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn message_sent(&self, id: JobId) -> Result<bool> {
        let row: Option<(i64,)> = self.db().one(sql(SENT, [value::id(id.0)])).await?;
        Ok(row.is_some_and(|r| r.0 > 0))
    }

    /// The latest messages.
    ///
    /// # Errors
    /// What the database says.
    pub async fn latest_messages(&self, limit: u32) -> Result<Vec<MessageRow>> {
        let rows: Vec<Row> = self.db().all(sql(LATEST, [i64::from(limit).into()])).await?;
        rows.into_iter()
            .map(|r| {
                Ok(MessageRow {
                    id: JobId(value::uuid(&r.id)?),
                    dossier: r.dossier.map(|d| value::uuid(&d)).transpose()?.map(DossierId),
                    channel: r.channel,
                    recipient: r.recipient,
                    subject: r.subject,
                    body: r.body,
                    state: r.state,
                    error: r.error,
                    created_at: value::time(r.created_at)?,
                })
            })
            .collect()
    }
}
