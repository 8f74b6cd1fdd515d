//! Dossiers as rows: the journal folded up, with the columns that lists need.

use crate::db::{Result, StoreError, built, sql};
use crate::dossier_row::{self, DossierRow, dossier_columns};
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::dossier::{Dossier, Outcome};
use motcua_model::id::{AccountId, AgencyCode, DossierCode, DossierId};
use motcua_model::journal::ChainHash;
use sea_query::{Cond, Expr, ExprTrait, Iden, Order, Query};

/// The columns of a [`DossierLine`].
macro_rules! dossier_line {
    () => {
        "id, code, procedure, status, deadline, applicant, filed_at, updated_at, version, turn, holder, proposal"
    };
}
pub(crate) use dossier_line;

statements! {
    LOAD = "select state, hash from dossier where id = $1";
    LOAD_BY_CODE = "select state, hash from dossier where code = $1";
    MINE = concat!(
        "select ",
        dossier_line!(),
        " from dossier where owner = $1 and id < $2 order by owner desc, id desc limit $3"
    );
    FILED_AT = concat!(
        "select ",
        dossier_line!(),
        " from dossier where filed_at_office = $1 and id < $2 order by filed_at_office desc, id desc limit \
         $3"
    );
    OF_PERSON = concat!(
        "select ",
        dossier_line!(),
        " from dossier where person_id = $1 and person_id <> '' order by id desc limit 20"
    );
    FILED_FOR = concat!(
        "select ",
        dossier_line!(),
        " from dossier where person_id = $1 and person_id <> '' and filed_at_office = $2 order by id desc \
         limit 50"
    );
    TALLY_ALL = "select agency, turn, status, n from tally where n <> 0 order by agency, turn, status";
    /// Counts, per queue of an agency, only the stretch of the index that is past its deadline.
    LATE = "select t.agency, t.turn, \
            (select count(*) from dossier d where d.agency = t.agency and d.turn = t.turn and d.deadline < $1) as n \
            from (select distinct agency, turn from tally where n <> 0) t order by t.agency, t.turn";
    COUNT = "select count(*) from dossier";
    IN_TURN = "select id, deadline from dossier where agency = $1 and turn = $2 and (deadline, id) > ($3, $4) \
               order by deadline, id limit $5";
    PAGE = concat!("select ", dossier_columns!(), " from dossier where id > $1 order by id limit $2");
}

/// A dossier as it is, with the hash of its last line: what the next change is decided on.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The fold.
    pub dossier: Dossier,
    /// Hash of the last line.
    pub hash: ChainHash,
}

/// One line of a list of dossiers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DossierLine {
    /// Identifier.
    pub id: DossierId,
    /// Code.
    pub code: DossierCode,
    /// Procedure's code.
    pub procedure: String,
    /// [`motcua_model::dossier::Status::as_str`].
    pub status: String,
    /// By when somebody has to act.
    pub deadline: Option<Timestamp>,
    /// Applicant's name.
    pub applicant: String,
    /// When filed.
    pub filed_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Its version, which an action on several dossiers is decided on.
    pub version: u64,
    /// Whether the person has to pay before it can be accepted.
    pub awaits_payment: bool,
    /// Who holds it, as shown.
    pub holder: Option<String>,
    /// What a head is asked to decide on.
    pub proposal: Option<Outcome>,
}

/// What the desk's inbox shows: a value, turned into a condition in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxFilter {
    /// The officer's agency.
    pub agency: AgencyCode,
    /// Whose turn it is; none for every dossier of the agency.
    pub turn: Option<String>,
    /// Only this status.
    pub status: Option<String>,
    /// Only this procedure.
    pub procedure: Option<String>,
    /// Only those with a deadline before this.
    pub due_before: Option<Timestamp>,
    /// After this line (keyset): deadline in microseconds and identifier.
    pub after: Option<(i64, DossierId)>,
    /// How many lines.
    pub limit: u64,
}

row! {
    /// How many dossiers of an agency wait for one role beyond their deadline.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AgencyLate {
        /// Agency.
        pub agency: String,
        /// Whose turn.
        pub turn: String,
        /// How many.
        pub n: i64,
    }
}

row! {
    /// One count over all agencies.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AgencyTally {
        /// Which agency.
        pub agency: String,
        /// Whose turn.
        pub turn: String,
        /// Which status.
        pub status: String,
        /// How many.
        pub n: i64,
    }
}

row! {
    pub(crate) struct StateRow {
        state: String,
        hash: Vec<u8>,
    }
}

impl StateRow {
    pub(crate) fn of(state: String, hash: Vec<u8>) -> Self {
        Self { state, hash }
    }

    pub(crate) fn loaded(self) -> Result<Loaded> {
        Ok(Loaded {
            dossier: serde_json::from_str(&self.state).map_err(|e| StoreError::inconsistent("dossier.state", e.to_string()))?,
            hash: value::hash(&self.hash)?,
        })
    }
}

row! {
    pub(crate) struct LineRow {
        pub(crate) id: Vec<u8>,
        pub(crate) code: String,
        pub(crate) procedure: String,
        pub(crate) status: String,
        pub(crate) deadline: i64,
        pub(crate) applicant: String,
        pub(crate) filed_at: i64,
        pub(crate) updated_at: i64,
        pub(crate) version: i64,
        pub(crate) turn: String,
        pub(crate) holder: Option<String>,
        pub(crate) proposal: Option<String>,
    }
}

impl LineRow {
    pub(crate) fn line(self) -> Result<DossierLine> {
        Ok(DossierLine {
            id: DossierId(value::uuid(&self.id)?),
            code: DossierCode(self.code),
            procedure: self.procedure,
            status: self.status,
            deadline: (self.deadline != i64::MAX).then(|| value::time(self.deadline)).transpose()?,
            applicant: self.applicant,
            filed_at: value::time(self.filed_at)?,
            updated_at: value::time(self.updated_at)?,
            version: self.version.unsigned_abs(),
            awaits_payment: self.turn == dossier_row::PAYER,
            holder: self.holder,
            proposal: dossier_row::proposed(self.proposal.as_deref()),
        })
    }
}

#[derive(Iden)]
pub(crate) enum Col {
    #[iden = "dossier"]
    Table,
    Id,
    Code,
    Procedure,
    Agency,
    Turn,
    Status,
    Deadline,
    Applicant,
    FiledAt,
    UpdatedAt,
    State,
    Hash,
    Version,
    Holder,
    Proposal,
}

/// The identifier after every other: where a list that goes backwards begins.
pub const LAST: DossierId = DossierId(uuid::Uuid::max());

impl Store {
    /// Loads a dossier.
    ///
    /// # Errors
    /// What the database says.
    pub async fn dossier(&self, id: DossierId) -> Result<Option<Loaded>> {
        self.db()
            .one::<StateRow>(sql(LOAD, [value::id(id.0)]))
            .await?
            .map(StateRow::loaded)
            .transpose()
    }

    /// Loads a dossier by the code on its slip.
    ///
    /// # Errors
    /// What the database says.
    pub async fn dossier_by_code(&self, code: &DossierCode) -> Result<Option<Loaded>> {
        self.db()
            .one::<StateRow>(sql(LOAD_BY_CODE, [code.as_str().into()]))
            .await?
            .map(StateRow::loaded)
            .transpose()
    }

    /// A person's own dossiers, newest first, those before `before`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn dossiers_of(&self, owner: AccountId, before: DossierId, limit: u32) -> Result<Vec<DossierLine>> {
        self.lines(sql(MINE, [value::id(owner.0), value::id(before.0), i64::from(limit).into()]))
            .await
    }

    /// Dossiers filed at a counter or a post office, newest first, those before `before`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn dossiers_filed_at(&self, office: &AgencyCode, before: DossierId, limit: u32) -> Result<Vec<DossierLine>> {
        self.lines(sql(
            FILED_AT,
            [office.as_str().into(), value::id(before.0), i64::from(limit).into()],
        ))
        .await
    }

    /// Earlier dossiers of the person with this identity number, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn dossiers_of_person(&self, person_id: &str) -> Result<Vec<DossierLine>> {
        self.lines(sql(OF_PERSON, [person_id.into()])).await
    }

    /// Dossiers filed at an office for the person with this identity number, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn dossiers_filed_for(&self, office: &AgencyCode, person_id: &str) -> Result<Vec<DossierLine>> {
        self.lines(sql(FILED_FOR, [person_id.into(), office.as_str().into()])).await
    }

    /// Several dossiers at once, in no order; those that are not there are left out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn dossiers(&self, ids: &[DossierId]) -> Result<Vec<Dossier>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = Query::select();
        query
            .columns([Col::State, Col::Hash])
            .from(Col::Table)
            .and_where(Expr::col(Col::Id).is_in(ids.iter().map(|id| id.0.as_bytes().to_vec())));
        let rows: Vec<StateRow> = self.db().all(built(query)).await?;
        rows.into_iter().map(|r| r.loaded().map(|l| l.dossier)).collect()
    }

    /// The desk's list, the most urgent first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn inbox(&self, filter: &InboxFilter) -> Result<Vec<DossierLine>> {
        self.lines(built(inbox_query(filter))).await
    }

    /// Every agency's queues in numbers.
    ///
    /// # Errors
    /// What the database says.
    pub async fn tally_all(&self) -> Result<Vec<AgencyTally>> {
        self.db().all(sql(TALLY_ALL, [])).await
    }

    /// How many dossiers of each agency and turn are past their deadline at `now`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn late(&self, now: Timestamp) -> Result<Vec<AgencyLate>> {
        self.db().all(sql(LATE, [value::micros(now).into()])).await
    }

    /// Dossiers of an agency that wait for one role, in the order of their deadlines, those after `after`: with the
    /// deadline as the row keeps it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn in_turn(&self, agency: &str, turn: &str, after: (i64, DossierId), limit: u32) -> Result<Vec<(i64, DossierId)>> {
        let values = [
            agency.into(),
            turn.into(),
            after.0.into(),
            value::id(after.1.0),
            i64::from(limit).into(),
        ];
        let rows: Vec<(Vec<u8>, i64)> = self.db().all(sql(IN_TURN, values)).await?;
        rows.into_iter()
            .map(|(id, deadline)| Ok((deadline, DossierId(value::uuid(&id)?))))
            .collect()
    }

    /// How many dossiers there are; counts them, for commands only.
    ///
    /// # Errors
    /// What the database says.
    pub async fn count_dossiers(&self) -> Result<u64> {
        let row: Option<(i64,)> = self.db().one(sql(COUNT, [])).await?;
        Ok(row.map_or(0, |r| r.0.unsigned_abs()))
    }

    /// The next rows after `after`, for a run that verifies all.
    ///
    /// # Errors
    /// What the database says.
    pub async fn dossier_rows_after(&self, after: DossierId, limit: u32) -> Result<Vec<DossierRow>> {
        self.db().all(sql(PAGE, [value::id(after.0), i64::from(limit).into()])).await
    }

    async fn lines(&self, statement: crate::db::Stmt) -> Result<Vec<DossierLine>> {
        self.db()
            .all::<LineRow>(statement)
            .await?
            .into_iter()
            .map(LineRow::line)
            .collect()
    }
}

pub(crate) fn line_columns(query: &mut sea_query::SelectStatement) -> &mut sea_query::SelectStatement {
    query
        .columns([
            Col::Id,
            Col::Code,
            Col::Procedure,
            Col::Status,
            Col::Deadline,
            Col::Applicant,
            Col::FiledAt,
            Col::UpdatedAt,
            Col::Version,
            Col::Turn,
            Col::Holder,
            Col::Proposal,
        ])
        .from(Col::Table)
}

/// The statement behind [`Store::inbox`]; public for the test that looks at its plan.
#[must_use]
pub fn inbox_query(filter: &InboxFilter) -> sea_query::SelectStatement {
    let condition = Cond::all()
        .add(Expr::col(Col::Agency).eq(filter.agency.as_str()))
        .add_option(filter.turn.as_deref().map(|turn| Expr::col(Col::Turn).eq(turn)))
        .add_option(filter.status.as_deref().map(|status| Expr::col(Col::Status).eq(status)))
        .add_option(filter.procedure.as_deref().map(|code| Expr::col(Col::Procedure).eq(code)))
        .add_option(filter.due_before.map(|at| Expr::col(Col::Deadline).lt(value::micros(at))))
        .add_option(filter.after.map(|(deadline, id)| {
            Expr::tuple([Expr::col(Col::Deadline), Expr::col(Col::Id)])
                .gt(Expr::tuple([Expr::val(deadline), Expr::val(id.0.as_bytes().to_vec())]))
        }));
    let mut query = Query::select();
    line_columns(&mut query)
        .cond_where(condition)
        .order_by(Col::Deadline, Order::Asc)
        .order_by(Col::Id, Order::Asc)
        .limit(filter.limit);
    query
}
