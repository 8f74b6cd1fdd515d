//! What people say of how their dossiers were settled: one answer for each dossier, counted in its own transaction.

use crate::db::{Result, sql, transact};
use crate::dossier::LAST;
use crate::intake::{Month, month_of};
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::id::{AgencyCode, DossierId};
use motcua_model::rating::Rating;

statements! {
    INSERT = "insert into rating (dossier, agency, procedure, score, reasons, said, at, way) values ($1,$2,$3,$4,$5,$6,$7,$8) \
              on conflict (dossier) do nothing";
    COUNT = "insert into rating_count (agency, way, month, score, reasons, n) values ($1, $2, $3, $4, $5, 1) \
             on conflict (agency, month, way, score, reasons) do update set n = rating_count.n + 1";
    IS_RATED = "select count(*) from rating where dossier = $1";
    TOTALS = "select agency, way, score, reasons, cast(sum(n) as bigint) as n from rating_count where month between $1 and $2 \
              group by agency, way, score, reasons order by agency, way, score, reasons";
    SAID = "select dossier, procedure, score, said, at from rating where agency = $1 and said <> '' \
            and (at, dossier) < ($2, $3) order by agency desc, at desc, dossier desc limit $4";
}

row! {
    /// How many answered what at an agency.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct RatingTotal {
        /// Code of the agency.
        pub agency: String,
        /// How they were asked, see [`Rated::way`].
        pub way: String,
        /// 1 to 3.
        pub score: i64,
        /// Reasons, joined by commas.
        pub reasons: String,
        /// How many.
        pub n: i64,
    }
}

/// What somebody said in her own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// About which dossier.
    pub dossier: DossierId,
    /// Of which procedure.
    pub procedure: String,
    /// 1 to 3.
    pub score: i64,
    /// The words.
    pub said: String,
    /// When.
    pub at: Timestamp,
}

row! {
    struct SaidRow {
        dossier: Vec<u8>,
        procedure: String,
        score: i64,
        said: String,
        at: i64,
    }
}

/// What was rated, when and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rated {
    /// The dossier.
    pub dossier: DossierId,
    /// The agency that settled it.
    pub agency: AgencyCode,
    /// Its procedure.
    pub procedure: String,
    /// When.
    pub at: Timestamp,
    /// `account`: in the person's account; `code`: without one, on the tablet at the counter or from the paper she took home.
    pub way: &'static str,
}

impl Store {
    /// Keeps an answer; answers whether it is the first about this dossier. A later one changes nothing.
    ///
    /// # Errors
    /// What the database says, as for the functions below.
    pub async fn rate(&self, rated: &Rated, rating: &Rating) -> Result<bool> {
        let reasons = rating.reasons.join(",");
        transact!(self.db(), "rate", |tx| {
            let values = [
                value::id(rated.dossier.0),
                rated.agency.as_str().into(),
                rated.procedure.clone().into(),
                rating.score.number().into(),
                reasons.clone().into(),
                rating.said.clone().into(),
                value::micros(rated.at).into(),
                rated.way.into(),
            ];
            if tx.run(sql(INSERT, values)).await? == 0 {
                return Ok(false);
            }
            let (month, score) = (month_of(rated.at), rating.score.number());
            let values = [
                rated.agency.as_str().into(),
                rated.way.into(),
                month.into(),
                score.into(),
                reasons.clone().into(),
            ];
            tx.run(sql(COUNT, values)).await?;
            Ok(true)
        })
    }

    /// Whether somebody answered about a dossier.
    ///
    /// # Errors
    /// See [`Store::rate`].
    pub async fn is_rated(&self, dossier: DossierId) -> Result<bool> {
        let row: Option<(i64,)> = self.db().one(sql(IS_RATED, [value::id(dossier.0)])).await?;
        Ok(row.is_some_and(|r| r.0 > 0))
    }

    /// How many answered what at each agency, both months included.
    ///
    /// # Errors
    /// See [`Store::rate`].
    pub async fn rating_totals(&self, from: Month, to: Month) -> Result<Vec<RatingTotal>> {
        self.db().all(sql(TOTALS, [from.into(), to.into()])).await
    }

    /// What people said of an agency in their own words, the latest first, before one of them.
    ///
    /// # Errors
    /// See [`Store::rate`].
    pub async fn said_of(&self, agency: &AgencyCode, before: Option<(Timestamp, DossierId)>, limit: u32) -> Result<Vec<Said>> {
        let (at, id) = before.unwrap_or((Timestamp::MAX, LAST));
        let values = [
            agency.as_str().into(),
            value::micros(at).into(),
            value::id(id.0),
            i64::from(limit).into(),
        ];
        let rows: Vec<SaidRow> = self.db().all(sql(SAID, values)).await?;
        rows.into_iter()
            .map(|r| {
                Ok(Said {
                    dossier: DossierId(value::uuid(&r.dossier)?),
                    procedure: r.procedure,
                    score: r.score,
                    said: r.said,
                    at: value::time(r.at)?,
                })
            })
            .collect()
    }
}
