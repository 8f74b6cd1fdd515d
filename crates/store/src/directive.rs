//! Directives of the province, and each charged agency's reading and answer. A directive is never changed.

use crate::db::{Result, StoreError, sql, transact};
use crate::row::row;
use crate::statement::statements;
use crate::writer::NewJob;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::directive::{Directive, Plan};
use motcua_model::id::{AgencyCode, DirectiveId};

statements! {
    INSERT = "insert into directive (id, body, at, by_name) values ($1, $2, $3, $4)";
    INSERT_AGENCY = "insert into directive_agency (agency, directive, read_at, read_by, answered_at, answered_by, measures, \
                     person, plan_by) values ($1, $2, 0, '', 0, '', '', '', '')";
    ONE = "select id, body, at, by_name from directive where id = $1";
    LATEST = "select id, body, at, by_name from directive order by id desc limit $1";
    OF_AGENCY = "select d.id, d.body, d.at, d.by_name from directive_agency a join directive d on d.id = a.directive \
                 where a.agency = $1 order by a.agency desc, a.directive desc limit $2";
    ANSWERS = "select agency, read_at, read_by, answered_at, answered_by, measures, person, plan_by from directive_agency \
               where directive = $1 order by agency";
    ANSWER_OF = "select agency, read_at, read_by, answered_at, answered_by, measures, person, plan_by from directive_agency \
                 where directive = $1 and agency = $2";
    READ = "update directive_agency set read_at = $3, read_by = $4 where directive = $1 and agency = $2 and read_at = 0";
    ANSWER = "update directive_agency set answered_at = $3, answered_by = $4, measures = $5, person = $6, plan_by = $7 \
              where directive = $1 and agency = $2";
}

/// A directive as it was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// Identifier.
    pub id: DirectiveId,
    /// The directive.
    pub directive: Directive,
    /// When.
    pub at: Timestamp,
    /// By whom, as shown.
    pub by: String,
}

/// How far an agency has come with a directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The agency.
    pub agency: AgencyCode,
    /// When its head first read it, and who that was.
    pub read: Option<(Timestamp, String)>,
    /// When it answered, who did, and with what plan; the latest answer.
    pub plan: Option<(Timestamp, String, Plan)>,
}

row! {
    struct Row {
        id: Vec<u8>,
        body: String,
        at: i64,
        by_name: String,
    }
}

impl Row {
    fn issued(self) -> Result<Issued> {
        Ok(Issued {
            id: DirectiveId(value::uuid(&self.id)?),
            directive: serde_json::from_str(&self.body).map_err(|e| StoreError::inconsistent("directive.body", e.to_string()))?,
            at: value::time(self.at)?,
            by: self.by_name,
        })
    }
}

row! {
    struct AnswerRow {
        agency: String,
        read_at: i64,
        read_by: String,
        answered_at: i64,
        answered_by: String,
        measures: String,
        person: String,
        plan_by: String,
    }
}

impl AnswerRow {
    fn answer(self) -> Result<Answer> {
        let plan = if self.answered_at == 0 {
            None
        } else {
            let by = self.plan_by.parse();
            let by = by.map_err(|_| StoreError::inconsistent("directive_agency.plan_by", self.plan_by.clone()))?;
            let plan = Plan {
                measures: self.measures,
                person: self.person,
                by,
            };
            Some((value::time(self.answered_at)?, self.answered_by, plan))
        };
        let read = (self.read_at != 0).then(|| value::time(self.read_at)).transpose()?;
        Ok(Answer {
            agency: AgencyCode(self.agency),
            read: read.map(|at| (at, self.read_by)),
            plan,
        })
    }
}

impl Store {
    /// Writes a directive with a line for each agency, and the messages about it.
    ///
    /// # Errors
    /// What the database says, as for the functions below.
    pub async fn issue_directive(&self, issued: &Issued, jobs: &[NewJob]) -> Result<()> {
        let body = serde_json::to_string(&issued.directive);
        let body = body.map_err(|e| StoreError::inconsistent("directive.body", e.to_string()))?;
        transact!(self.db(), "issue directive", |tx| {
            let id = || value::id(issued.id.0);
            let values = [
                id(),
                body.clone().into(),
                value::micros(issued.at).into(),
                issued.by.clone().into(),
            ];
            tx.run(sql(INSERT, values)).await?;
            for agency in &issued.directive.agencies {
                tx.run(sql(INSERT_AGENCY, [agency.as_str().into(), id()])).await?;
            }
            for job in jobs {
                tx.run(crate::job::insert(job)).await?;
            }
            Ok(())
        })
    }

    /// A directive.
    ///
    /// # Errors
    /// See [`Store::issue_directive`].
    pub async fn directive(&self, id: DirectiveId) -> Result<Option<Issued>> {
        let row: Option<Row> = self.db().one(sql(ONE, [value::id(id.0)])).await?;
        row.map(Row::issued).transpose()
    }

    /// The latest directives; only those to an agency where one is given.
    ///
    /// # Errors
    /// See [`Store::issue_directive`].
    pub async fn directives(&self, agency: Option<&AgencyCode>, limit: u32) -> Result<Vec<Issued>> {
        let limit = i64::from(limit);
        let rows: Vec<Row> = match agency {
            Some(agency) => self.db().all(sql(OF_AGENCY, [agency.as_str().into(), limit.into()])).await?,
            None => self.db().all(sql(LATEST, [limit.into()])).await?,
        };
        rows.into_iter().map(Row::issued).collect()
    }

    /// How far each agency has come with a directive.
    ///
    /// # Errors
    /// See [`Store::issue_directive`].
    pub async fn answers(&self, id: DirectiveId) -> Result<Vec<Answer>> {
        let rows: Vec<AnswerRow> = self.db().all(sql(ANSWERS, [value::id(id.0)])).await?;
        rows.into_iter().map(AnswerRow::answer).collect()
    }

    /// How far one agency has come; none when it was not charged.
    ///
    /// # Errors
    /// See [`Store::issue_directive`].
    pub async fn answer_of(&self, id: DirectiveId, agency: &AgencyCode) -> Result<Option<Answer>> {
        let row: Option<AnswerRow> = self
            .db()
            .one(sql(ANSWER_OF, [value::id(id.0), agency.as_str().into()]))
            .await?;
        row.map(AnswerRow::answer).transpose()
    }

    /// Notes who of an agency read a directive first.
    ///
    /// # Errors
    /// See [`Store::issue_directive`].
    pub async fn read_directive(&self, id: DirectiveId, agency: &AgencyCode, by: &str, at: Timestamp) -> Result<()> {
        let values = [value::id(id.0), agency.as_str().into(), value::micros(at).into(), by.into()];
        self.db().run(sql(READ, values)).await.map(drop)
    }

    /// Keeps an agency's plan; it takes the place of the one before.
    ///
    /// # Errors
    /// See [`Store::issue_directive`].
    pub async fn answer_directive(
        &self,
        id: DirectiveId,
        agency: &AgencyCode,
        by: &str,
        at: Timestamp,
        plan: &Plan,
    ) -> Result<()> {
        let values = [
            value::id(id.0),
            agency.as_str().into(),
            value::micros(at).into(),
            by.into(),
            plan.measures.clone().into(),
            plan.person.clone().into(),
            plan.by.to_string().into(),
        ];
        self.db().run(sql(ANSWER, values)).await.map(drop)
    }
}
