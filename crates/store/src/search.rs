//! Finding dossiers by the words that officers know: a stretch of one index for each word, never a scan.
//!
//! The words of a dossier stand in `search_word`, once for each place that may look: its agency, and (as `@office`) the
//! counter or post office where it was filed. They are written with its submission and again with its supplement.

use crate::db::{Result, Stmt, sql, transact};
use crate::dossier::{DossierLine, LineRow};
use crate::many::Many;
use crate::statement::statements;
use crate::writer::Change;
use crate::{Store, value};
use motcua_model::dossier::{Dossier, Event, search_words};
use motcua_model::id::{AgencyCode, DossierId};
use sea_query::Value;

/// How many rows of the index one term looks at, at most.
pub const LOOKED_AT: i64 = 2_000;

statements! {
    HOW_MANY = "select count(*) from (select 1 as one from search_word where place = $1 and word >= $2 and word < $3 limit $4) n";
    /// The first term leads and is bounded; the others are looked up dossier by dossier. A term that is not needed is
    /// the empty one, which every dossier has.
    FIND = "select d.id, d.code, d.procedure, d.status, d.deadline, d.applicant, d.filed_at, d.updated_at, d.version, d.turn, d.holder, d.proposal from \
            (select word, dossier from search_word where place = $1 and word >= $2 and word < $3 \
            order by word, dossier limit $4) a join dossier d on d.id = a.dossier \
            where exists (select 1 from search_word b where b.dossier = a.dossier and b.word >= $5 and b.word < $6) \
            and exists (select 1 from search_word c where c.dossier = a.dossier and c.word >= $7 and c.word < $8) \
            and exists (select 1 from search_word e where e.dossier = a.dossier and e.word >= $9 and e.word < $10) \
            order by a.word, a.dossier limit $11";
    FORGET = "delete from search_word where dossier = $1";
}

static WRITE: Many = Many::rows(
    "insert into search_word (dossier, word, place) values ",
    3,
    " on conflict (dossier, word, place) do nothing",
);

pub(crate) static MANY: &[&Many] = &[&WRITE];

/// Where somebody looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// Among the dossiers that an agency settles.
    Settled(&'a AgencyCode),
    /// Among those filed at an office for another agency.
    FiledAt(&'a AgencyCode),
}

impl Place<'_> {
    fn key(self) -> String {
        match self {
            Self::Settled(agency) => agency.0.clone(),
            Self::FiledAt(office) => format!("@{office}"),
        }
    }
}

/// The stretch of the index whose words begin with `prefix`.
fn stretch(prefix: &str) -> (String, String) {
    (prefix.to_owned(), format!("{prefix}\u{10ffff}"))
}

/// The rows of a dossier.
fn rows(d: &Dossier) -> Vec<Value> {
    let office = d.filed_at_office.as_ref().filter(|office| **office != d.agency);
    let places: Vec<String> = [Some(Place::Settled(&d.agency)), office.map(Place::FiledAt)]
        .into_iter()
        .flatten()
        .map(Place::key)
        .collect();
    let words = search_words(d);
    places
        .iter()
        .flat_map(|place| {
            words
                .iter()
                .flat_map(|word| [value::id(d.id.0), word.clone().into(), place.clone().into()])
        })
        .collect()
}

/// What a group of changes writes: the rows of new and of supplemented dossiers, and whose old ones go first.
#[derive(Default)]
pub(crate) struct NewWords {
    rows: Vec<Value>,
    old: Vec<DossierId>,
}

impl NewWords {
    /// Takes in a change with the state it led to.
    pub fn note(&mut self, change: &Change, after: &Dossier) {
        let supplemented = change.events.iter().any(|e| matches!(e.event, Event::Supplemented { .. }));
        match &change.before {
            None => {}
            // Another agency took it over: it is looked for there.
            Some((before, _)) if supplemented || before.agency != after.agency => self.old.push(after.id),
            Some(_) => return,
        }
        self.rows.extend(rows(after));
    }

    /// Writes them.
    pub async fn write(self, tx: &mut crate::db::Tx) -> Result<()> {
        for id in self.old {
            tx.run(sql(FORGET, [value::id(id.0)])).await?;
        }
        WRITE.run(tx, self.rows).await
    }
}

/// The statement behind [`Store::find`]; public for the test that looks at its plan.
#[must_use]
pub const fn find_text() -> &'static str {
    FIND
}

impl Store {
    /// How many rows of the index begin with `term`, counted up to [`LOOKED_AT`].
    ///
    /// # Errors
    /// What the database says.
    pub async fn how_many(&self, place: Place<'_>, term: &str) -> Result<i64> {
        let (from, to) = stretch(term);
        let row: Option<(i64,)> = self
            .db()
            .one(sql(HOW_MANY, [place.key().into(), from.into(), to.into(), LOOKED_AT.into()]))
            .await?;
        Ok(row.map_or(0, |r| r.0))
    }

    /// The dossiers of a place that have a word beginning with each of the terms, at most four; the first should be the
    /// rarest. Each dossier once, in the order of the words of the first term.
    ///
    /// # Errors
    /// What the database says.
    pub async fn find(&self, place: Place<'_>, terms: &[String], limit: u32) -> Result<Vec<DossierLine>> {
        let term = |n: usize| stretch(terms.get(n).map_or("", String::as_str));
        let (a, b, c, d) = (term(0), term(1), term(2), term(3));
        let statement: Stmt = sql(
            FIND,
            [
                place.key().into(),
                a.0.into(),
                a.1.into(),
                LOOKED_AT.into(),
                b.0.into(),
                b.1.into(),
                c.0.into(),
                c.1.into(),
                d.0.into(),
                d.1.into(),
                i64::from(limit).into(),
            ],
        );
        let mut lines: Vec<DossierLine> = Vec::new();
        for row in self.db().all::<LineRow>(statement).await? {
            let line = row.line()?;
            if !lines.iter().any(|l| l.id == line.id) {
                lines.push(line);
            }
        }
        Ok(lines)
    }

    /// Writes the words of dossiers that came before there were any: those after `after`, in the order of identifiers.
    /// Answers how many there were and the last one; may be run again.
    ///
    /// # Errors
    /// What the database says.
    pub async fn write_words(&self, after: DossierId, limit: u32) -> Result<(usize, DossierId)> {
        let stored = self.dossier_rows_after(after, limit).await?;
        let count = stored.len();
        let last = stored.last().map_or(Ok(after), |r| r.id())?;
        let mut words = Vec::new();
        for row in stored {
            words.extend(rows(&row.dossier()?));
        }
        transact!(self.db(), "write words", |tx| WRITE.run(tx, words.clone()).await)?;
        Ok((count, last))
    }
}
