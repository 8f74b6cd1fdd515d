//! The talk between an agency and the person about one dossier: short messages, each with who and when, kept for good.

use crate::db::{Result, sql, transact};
use crate::row::row;
use crate::statement::statements;
use crate::writer::NewJob;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::id::{AccountId, AgencyCode, DossierId, RemarkId};

statements! {
    ADD = "insert into talk (id, dossier, agency, author, by_name, from_person, unanswered, text, created_at) \
           values ($1, $2, $3, $4, $5, $6, $6, $7, $8)";
    ANSWERED = "update talk set unanswered = 0 where dossier = $1 and unanswered = 1";
    OF_DOSSIER = "select id, by_name, from_person, unanswered, text, created_at from talk where dossier = $1 order by id limit 300";
    /// The dossiers of an agency whose person waits for an answer, who waits longest first.
    WAITING = "select d.id, d.code, d.procedure, d.status, d.deadline, d.applicant, d.filed_at, d.updated_at, d.version, d.turn, d.holder, d.proposal \
               from (select dossier, id from talk where agency = $1 and unanswered = 1 order by id limit 200) t \
               join dossier d on d.id = t.dossier order by t.id";
    HOW_MANY_WAIT = "select count(*) from (select 1 as one from talk where agency = $1 and unanswered = 1 limit 1000) n";
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Identifier.
    pub id: RemarkId,
    /// Who, as shown.
    pub by_name: String,
    /// Whether the person said it, else the agency.
    pub from_person: bool,
    /// Whether the person said it and has no answer yet.
    pub waits: bool,
    /// What.
    pub text: String,
    /// When.
    pub created_at: Timestamp,
}

row! {
    struct Row {
        id: Vec<u8>,
        by_name: String,
        from_person: i64,
        unanswered: i64,
        text: String,
        created_at: i64,
    }
}

impl Store {
    /// Keeps a message. What the agency says answers all that the person asked; `job` tells her.
    ///
    /// # Errors
    /// What the database says.
    pub async fn say(
        &self,
        dossier: DossierId,
        agency: &AgencyCode,
        author: AccountId,
        said: &Said,
        job: Option<&NewJob>,
    ) -> Result<()> {
        let values = || {
            [
                value::id(said.id.0),
                value::id(dossier.0),
                agency.as_str().into(),
                value::id(author.0),
                said.by_name.clone().into(),
                i64::from(said.from_person).into(),
                said.text.clone().into(),
                value::micros(said.created_at).into(),
            ]
        };
        transact!(self.db(), "say", |tx| {
            if !said.from_person {
                tx.run(sql(ANSWERED, [value::id(dossier.0)])).await?;
            }
            tx.run(sql(ADD, values())).await?;
            if let Some(job) = job {
                tx.run(crate::job::insert(job)).await?;
            }
            Ok(())
        })
    }

    /// What was said about a dossier, the oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn talk(&self, dossier: DossierId) -> Result<Vec<Said>> {
        let rows: Vec<Row> = self.db().all(sql(OF_DOSSIER, [value::id(dossier.0)])).await?;
        rows.into_iter()
            .map(|r| {
                Ok(Said {
                    id: RemarkId(value::uuid(&r.id)?),
                    by_name: r.by_name,
                    from_person: r.from_person == 1,
                    waits: r.unanswered == 1,
                    text: r.text,
                    created_at: value::time(r.created_at)?,
                })
            })
            .collect()
    }

    /// The dossiers of an agency whose person waits for an answer.
    ///
    /// # Errors
    /// What the database says.
    pub async fn talk_waiting(&self, agency: &AgencyCode) -> Result<Vec<crate::dossier::DossierLine>> {
        let rows: Vec<crate::dossier::LineRow> = self.db().all(sql(WAITING, [agency.as_str().into()])).await?;
        let mut lines: Vec<crate::dossier::DossierLine> = Vec::new();
        for row in rows {
            let line = row.line()?;
            if !lines.iter().any(|l| l.id == line.id) {
                lines.push(line);
            }
        }
        Ok(lines)
    }

    /// How many messages of persons wait for an answer, counted up to 1 000.
    ///
    /// # Errors
    /// What the database says.
    pub async fn talk_waiting_count(&self, agency: &AgencyCode) -> Result<i64> {
        let row: Option<(i64,)> = self.db().one(sql(HOW_MANY_WAIT, [agency.as_str().into()])).await?;
        Ok(row.map_or(0, |r| r.0))
    }
}
