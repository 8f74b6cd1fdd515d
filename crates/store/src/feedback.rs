//! Complaints and suggestions: who waits for which agency's answer until when, and the answers.

use crate::db::{Result, StoreError, sql, transact};
use crate::row::row;
use crate::statement::statements;
use crate::writer::NewJob;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::feedback::Kind;
use motcua_model::id::{AccountId, AgencyCode, FeedbackId};

statements! {
    ADD = "insert into feedback (id, code, agency, kind, about, body, account, name, phone, at, due, answer, answered_by) \
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', '') on conflict (id) do nothing";
    ONE = "select * from feedback where id = $1";
    BY_CODE = "select * from feedback where code = $1";
    /// Those that wait at an agency, the soonest due first.
    WAITING = "select * from feedback where agency = $1 and answered_at is null and (due, id) > ($2, $3) \
               order by agency, due, id limit $4";
    ANSWERED = "select * from feedback where agency = $1 and answered_at is not null and id < $2 \
                order by agency desc, id desc limit $3";
    OF_ACCOUNT = "select * from feedback where account = $1 order by account desc, id desc limit $2";
    ANSWER = "update feedback set answer = $2, answered_by = $3, answered_at = $4 where id = $1 and answered_at is null";
    /// Only what waits is in the index: a few at each agency.
    LATE = "select agency, count(*) as n from feedback where answered_at is null and due < $1 group by agency order by agency";
    HOW_MANY_WAIT = "select count(*) from (select 1 as one from feedback where agency = $1 and answered_at is null limit $2) n";
    HOW_MANY_STRANGERS = "select count(*) from (select 1 as one from feedback \
                          where agency = $1 and answered_at is null and account is null limit $2) n";
    HOW_MANY_OF_ACCOUNT = "select count(*) from (select 1 as one from feedback \
                           where account = $1 and answered_at is null limit $2) n";
}

/// The answer of an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What it says.
    pub text: String,
    /// Who, as shown.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A complaint or a suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// Identifier.
    pub id: FeedbackId,
    /// What its writer asks for the answer with.
    pub code: String,
    /// To which agency.
    pub agency: AgencyCode,
    /// Which of the two.
    pub kind: Kind,
    /// About which dossier: its code; may be empty.
    pub about: String,
    /// What.
    pub text: String,
    /// Whose; none for who wrote without an account.
    pub account: Option<AccountId>,
    /// Name; may be empty.
    pub name: String,
    /// Phone; may be empty.
    pub phone: String,
    /// When.
    pub at: Timestamp,
    /// Until when the agency answers.
    pub due: Timestamp,
    /// The answer.
    pub answer: Option<Answer>,
}

row! {
    struct Row {
        id: Vec<u8>,
        code: String,
        agency: String,
        kind: String,
        about: String,
        body: String,
        account: Option<Vec<u8>>,
        name: String,
        phone: String,
        at: i64,
        due: i64,
        answer: String,
        answered_by: String,
        answered_at: Option<i64>,
    }
}

impl Row {
    fn feedback(self) -> Result<Feedback> {
        let answered_at = self.answered_at.map(value::time).transpose()?;
        Ok(Feedback {
            id: FeedbackId(value::uuid(&self.id)?),
            code: self.code,
            agency: AgencyCode(self.agency),
            kind: Kind::parse(&self.kind).ok_or_else(|| StoreError::inconsistent("feedback.kind", self.kind.clone()))?,
            about: self.about,
            text: self.body,
            account: self.account.map(|a| value::uuid(&a).map(AccountId)).transpose()?,
            name: self.name,
            phone: self.phone,
            at: value::time(self.at)?,
            due: value::time(self.due)?,
            answer: answered_at.map(|at| Answer {
                text: self.answer,
                by: self.answered_by,
                at,
            }),
        })
    }
}

fn all(rows: Vec<Row>) -> Result<Vec<Feedback>> {
    rows.into_iter().map(Row::feedback).collect()
}

impl Store {
    /// Keeps what somebody wrote; sent twice, it is kept once.
    ///
    /// # Errors
    /// What the database says, as for the functions below.
    pub async fn add_feedback(&self, f: &Feedback) -> Result<()> {
        let values = [
            value::id(f.id.0),
            f.code.clone().into(),
            f.agency.as_str().into(),
            f.kind.as_str().into(),
            f.about.clone().into(),
            f.text.clone().into(),
            value::id_opt(f.account.map(|a| a.0)),
            f.name.clone().into(),
            f.phone.clone().into(),
            value::micros(f.at).into(),
            value::micros(f.due).into(),
        ];
        self.db().run(sql(ADD, values)).await.map(drop)
    }

    /// One of them.
    ///
    /// # Errors
    /// See [`Store::add_feedback`].
    pub async fn feedback(&self, id: FeedbackId) -> Result<Option<Feedback>> {
        let row: Option<Row> = self.db().one(sql(ONE, [value::id(id.0)])).await?;
        row.map(Row::feedback).transpose()
    }

    /// One of them by its code.
    ///
    /// # Errors
    /// See [`Store::add_feedback`].
    pub async fn feedback_by_code(&self, code: &str) -> Result<Option<Feedback>> {
        let row: Option<Row> = self.db().one(sql(BY_CODE, [code.into()])).await?;
        row.map(Row::feedback).transpose()
    }

    /// Those that wait for an agency's answer, the soonest due first, after one of them.
    ///
    /// # Errors
    /// See [`Store::add_feedback`].
    pub async fn feedback_waiting(
        &self,
        agency: &AgencyCode,
        (due, id): (Timestamp, FeedbackId),
        limit: u32,
    ) -> Result<Vec<Feedback>> {
        let values = [
            agency.as_str().into(),
            value::micros(due).into(),
            value::id(id.0),
            i64::from(limit).into(),
        ];
        all(self.db().all(sql(WAITING, values)).await?)
    }

    /// Those that an agency has answered, the latest first, before one of them.
    ///
    /// # Errors
    /// See [`Store::add_feedback`].
    pub async fn feedback_answered(&self, agency: &AgencyCode, before: FeedbackId, limit: u32) -> Result<Vec<Feedback>> {
        let values = [agency.as_str().into(), value::id(before.0), i64::from(limit).into()];
        all(self.db().all(sql(ANSWERED, values)).await?)
    }

    /// The latest of an account.
    ///
    /// # Errors
    /// See [`Store::add_feedback`].
    pub async fn feedback_of(&self, account: AccountId, limit: u32) -> Result<Vec<Feedback>> {
        all(self
            .db()
            .all(sql(OF_ACCOUNT, [value::id(account.0), i64::from(limit).into()]))
            .await?)
    }

    /// Keeps an answer with the job that tells of it; answers whether it is the first.
    ///
    /// # Errors
    /// See [`Store::add_feedback`].
    pub async fn answer_feedback(&self, id: FeedbackId, answer: &Answer, job: &NewJob) -> Result<bool> {
        transact!(self.db(), "answer feedback", |tx| {
            let values = [
                value::id(id.0),
                answer.text.clone().into(),
                answer.by.clone().into(),
                value::micros(answer.at).into(),
            ];
            if tx.run(sql(ANSWER, values)).await? == 0 {
                return Ok(false);
            }
            tx.run(crate::job::insert(job)).await?;
            Ok(true)
        })
    }

    /// How many wait at each agency past their time.
    ///
    /// # Errors
    /// See [`Store::add_feedback`].
    pub async fn feedback_late(&self, now: Timestamp) -> Result<Vec<(String, i64)>> {
        self.db().all(sql(LATE, [value::micros(now).into()])).await
    }

    /// How many wait at an agency, counted up to a limit.
    ///
    /// # Errors
    /// See [`Store::add_feedback`].
    pub async fn feedback_waiting_count(&self, agency: &AgencyCode, limit: u32) -> Result<i64> {
        let values = [agency.as_str().into(), i64::from(limit).into()];
        let row: Option<(i64,)> = self.db().one(sql(HOW_MANY_WAIT, values)).await?;
        Ok(row.map_or(0, |r| r.0))
    }

    /// How many that were written without an account wait at an agency, or how many of an account, counted up to a limit.
    ///
    /// # Errors
    /// See [`Store::add_feedback`].
    pub async fn feedback_open_of(&self, account: Option<AccountId>, agency: &AgencyCode, limit: u32) -> Result<i64> {
        let limit = i64::from(limit);
        let statement = match account {
            Some(account) => sql(HOW_MANY_OF_ACCOUNT, [value::id(account.0), limit.into()]),
            None => sql(HOW_MANY_STRANGERS, [agency.as_str().into(), limit.into()]),
        };
        let row: Option<(i64,)> = self.db().one(statement).await?;
        Ok(row.map_or(0, |r| r.0))
    }
}
