//! Bags and the chain of custody: each bag's journal with the row that it folds up to, the papers with the bag they are in,
//! and for each dossier the hands that its papers went through, in one indexed read.

use crate::db::{Result, StoreError, Tx, sql, transact};
use crate::many::Many;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::custody::{Bag, BagCode, BagEvent, BagLine, BagRecorded, BagState, PaperCode, evolve};
use motcua_model::id::{AgencyCode, DossierId};
use motcua_model::journal::{ChainHash, START};
use sea_query::Value;

statements! {
    DRAW = "insert into series (name, last) values ($1, 1) on conflict (name) do update set last = series.last + 1 returning last";
    BAG = "select state, hash from bag where code = $1";
    PUT_BAG = "insert into bag (code, version, stage, from_agency, to_agency, holder, offered, due, open, state, hash, updated_at) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict (code) do update set \
               version = excluded.version, stage = excluded.stage, holder = excluded.holder, offered = excluded.offered, \
               due = excluded.due, open = excluded.open, state = excluded.state, hash = excluded.hash, updated_at = excluded.updated_at \
               where bag.version = $13";
    INSERT_LINE = "insert into bag_line (bag, number, body, hash) values ($1, $2, $3, $4)";
    JOURNAL = "select bag, number, body, hash from bag_line where bag = $1 order by number";
    LINES = "select bag, number, body, hash from bag_line where (bag, number) > ($1, $2) order by bag, number limit $3";
    ROWS = "select code, state, hash from bag where code > $1 order by code limit $2";
    LATE = "select code from bag where open = 1 and due < $1 order by due, code limit 100";
    HELD = "select state from bag where holder = $1 and open = 1 order by code limit 100";
    OFFERED = "select state from bag where offered = $1 and open = 1 order by code limit 100";
    COMING = "select state from bag where to_agency = $1 and open = 1 order by due, code limit 100";
    GONE = "select state from bag where from_agency = $1 and open = 1 order by due, code limit 100";
    ENDED = "select state from bag where to_agency = $1 and open = 0 order by due desc, code desc limit 50";
    INSERT_PAPER = "insert into custody_paper (code, dossier, what, agency, bag, made_by, made_at) values ($1, $2, $3, $4, '', $5, $6)";
    PAPER = "select code, dossier, what, agency, bag, made_by, made_at from custody_paper where code = $1";
    PAPERS_OF = "select code, dossier, what, agency, bag, made_by, made_at from custody_paper where dossier = $1 order by code limit 200";
    PUT_IN = "update custody_paper set bag = $2 where code = $1 and bag = ''";
    TAKE_OUT = "update custody_paper set bag = '' where code = $1 and bag = $2";
    HANDS = "select dossier, at, bag, number, kind, actor, agency, note from custody where dossier = $1 order by at, bag, number limit 500";
    HANDS_OF_BAG = "select dossier, at, bag, number, kind, actor, agency, note from custody where bag = $1 order by number, dossier";
}

static PUT_HANDS: Many = Many::rows(
    "insert into custody (dossier, at, bag, number, kind, actor, agency, note) values ",
    8,
    "",
);

pub(crate) static MANY: &[&Many] = &[&PUT_HANDS];

/// A paper that travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustodyPaper {
    /// Its code.
    pub code: PaperCode,
    /// Whose it is.
    pub dossier: DossierId,
    /// What it is, in words.
    pub what: String,
    /// The agency or post office that gave it its code.
    pub agency: AgencyCode,
    /// The bag it is in; none while it is in none.
    pub bag: Option<BagCode>,
    /// Who gave it its code.
    pub made_by: String,
    /// When.
    pub made_at: Timestamp,
}

/// A hand that a dossier's papers went through, or something else that happened to their bag.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HandLine {
    /// Whose papers.
    pub dossier: DossierId,
    /// When.
    pub at: Timestamp,
    /// In which bag.
    pub bag: BagCode,
    /// The line of the bag's journal.
    pub number: u64,
    /// What happened ([`BagEvent::kind`]).
    pub kind: String,
    /// Who did it, or took it.
    pub actor: String,
    /// Her agency or post office; empty for a driver.
    pub agency: String,
    /// From whom, which seal and weight, what was missing.
    pub note: String,
}

#[derive(sqlx::FromRow)]
struct PaperRow {
    code: String,
    dossier: Vec<u8>,
    what: String,
    agency: String,
    bag: String,
    made_by: String,
    made_at: i64,
}

impl PaperRow {
    fn paper(self) -> Result<CustodyPaper> {
        Ok(CustodyPaper {
            code: PaperCode(self.code),
            dossier: DossierId(value::uuid(&self.dossier)?),
            what: self.what,
            agency: AgencyCode(self.agency),
            bag: (!self.bag.is_empty()).then_some(BagCode(self.bag)),
            made_by: self.made_by,
            made_at: value::time(self.made_at)?,
        })
    }
}

#[derive(sqlx::FromRow)]
struct HandRow {
    dossier: Vec<u8>,
    at: i64,
    bag: String,
    number: i64,
    kind: String,
    actor: String,
    agency: String,
    note: String,
}

impl HandRow {
    fn line(self) -> Result<HandLine> {
        Ok(HandLine {
            dossier: DossierId(value::uuid(&self.dossier)?),
            at: value::time(self.at)?,
            bag: BagCode(self.bag),
            number: self.number.unsigned_abs(),
            kind: self.kind,
            actor: self.actor,
            agency: self.agency,
            note: self.note,
        })
    }
}

#[derive(sqlx::FromRow)]
struct LineRow {
    bag: String,
    number: i64,
    body: String,
    hash: Vec<u8>,
}

impl LineRow {
    fn line(self) -> Result<BagLine> {
        Ok(BagLine {
            bag: BagCode(self.bag),
            number: self.number.unsigned_abs(),
            body: self.body,
            hash: value::hash(&self.hash)?,
        })
    }
}

/// A bag as it is loaded, with the hash of its last line.
pub type LoadedBag = (Bag, ChainHash);

fn read_bag(state: &str) -> Result<Bag> {
    serde_json::from_str(state).map_err(|e| StoreError::inconsistent("bag", e.to_string()))
}

/// The rows that an event makes for the dossiers that it concerns.
#[must_use]
pub fn hands(before: Option<&Bag>, bag: &BagCode, number: u64, recorded: &BagRecorded) -> Vec<HandLine> {
    let (actor, agency) = match &recorded.event {
        BagEvent::TakenOnPaper { name, .. } => (name.clone(), String::new()),
        _ => (
            recorded.actor.name.clone(),
            recorded.actor.agency.as_ref().map_or_else(String::new, |a| a.0.clone()),
        ),
    };
    let note = |dossier: DossierId| match &recorded.event {
        BagEvent::PaperIn { paper, what, .. } => format!("{paper} {what}"),
        BagEvent::PaperOut { paper } | BagEvent::Found { paper } => paper.0.clone(),
        BagEvent::Sealed { seal, weight_g } | BagEvent::Unsealed { seal, weight_g } => format!("{seal} · {weight_g} g"),
        BagEvent::Taken { from } | BagEvent::TakenOnPaper { from, .. } => from.clone(),
        BagEvent::Compared { missing, note, .. } => {
            let of = |code: &&PaperCode| before.and_then(|b| b.paper(code)).is_some_and(|p| p.dossier == dossier);
            let lost: Vec<&str> = missing.iter().filter(of).map(PaperCode::as_str).collect();
            format!("{} · {note}", lost.join(", "))
        }
        BagEvent::TurnedUp { paper, note } => format!("{paper} · {note}"),
        BagEvent::Overdue => before.map_or_else(String::new, |b| b.hand.name.clone()),
        BagEvent::Opened { .. } | BagEvent::Offered { .. } | BagEvent::Kept | BagEvent::Surplus { .. } => String::new(),
    };
    recorded
        .event
        .concerns(before)
        .into_iter()
        .map(|dossier| HandLine {
            dossier,
            at: recorded.at,
            bag: bag.clone(),
            number,
            kind: recorded.event.kind().to_owned(),
            actor: actor.clone(),
            agency: agency.clone(),
            note: note(dossier),
        })
        .collect()
}

fn hand_values(h: &HandLine) -> [Value; 8] {
    [
        value::id(h.dossier.0),
        value::micros(h.at).into(),
        h.bag.0.clone().into(),
        h.number.cast_signed().into(),
        h.kind.clone().into(),
        h.actor.clone().into(),
        h.agency.clone().into(),
        h.note.clone().into(),
    ]
}

async fn draw(tx: &mut Tx, series: String) -> Result<u64> {
    let drawn: Vec<(i64,)> = tx.all(sql(DRAW, [series.into()])).await?;
    drawn
        .first()
        .map(|d| d.0.unsigned_abs())
        .ok_or_else(|| StoreError::inconsistent("series", "none"))
}

/// Writes events of a bag; `before` is the state that they were decided on. A paper that is in another bag by now is a
/// conflict, and so is a bag that somebody else changed.
async fn append(tx: &mut Tx, before: Option<LoadedBag>, code: &BagCode, events: &[BagRecorded]) -> Result<Bag> {
    let (mut bag, mut hash) = match before {
        Some((bag, hash)) => (Some(bag), hash),
        None => (None, START),
    };
    let seen = bag.as_ref().map_or(0, |b| b.version);
    let mut told = Vec::new();
    let mut last = 0;
    for recorded in events {
        let number = bag.as_ref().map_or(0, |b| b.version) + 1;
        let line = BagLine::next(&hash, code, number, recorded).map_err(|e| StoreError::inconsistent("bag", e.to_string()))?;
        hash = line.hash;
        last = value::micros(recorded.at);
        tx.run(sql(
            INSERT_LINE,
            [
                code.as_str().into(),
                number.cast_signed().into(),
                line.body.into(),
                line.hash.to_vec().into(),
            ],
        ))
        .await?;
        let moved = match &recorded.event {
            BagEvent::PaperIn { paper, .. } => Some((PUT_IN, paper.as_str())),
            BagEvent::PaperOut { paper } | BagEvent::Found { paper } | BagEvent::TurnedUp { paper, .. } => {
                Some((TAKE_OUT, paper.as_str()))
            }
            _ => None,
        };
        if let Some((text, paper)) = moved
            && tx.run(sql(text, [paper.into(), code.as_str().into()])).await? != 1
        {
            return Err(StoreError::Conflict);
        }
        told.extend(hands(bag.as_ref(), code, number, recorded).iter().flat_map(hand_values));
        bag = Some(evolve(bag, code, recorded).ok_or_else(|| StoreError::inconsistent("bag", "does not begin with an opening"))?);
    }
    let bag = bag.ok_or_else(|| StoreError::inconsistent("bag", "no event"))?;
    PUT_HANDS.run(tx, told).await?;
    let state = serde_json::to_string(&bag).map_err(|e| StoreError::inconsistent("bag", e.to_string()))?;
    let put = tx
        .run(sql(
            PUT_BAG,
            [
                bag.code.as_str().into(),
                bag.version.cast_signed().into(),
                bag.state.as_str().into(),
                bag.from.as_str().into(),
                bag.to.as_str().into(),
                bag.hand.agency.as_ref().map_or("", AgencyCode::as_str).into(),
                bag.offer.as_ref().map_or("", |o| o.to.as_str()).into(),
                // Told once: after that it stands at the end of the list.
                (if can_be_late(&bag) { value::micros(bag.due) } else { i64::MAX }).into(),
                i64::from(bag.is_open()).into(),
                state.into(),
                hash.to_vec().into(),
                last.into(),
                seen.cast_signed().into(),
            ],
        ))
        .await?;
    // Nothing is changed where somebody else was first.
    if put == 1 { Ok(bag) } else { Err(StoreError::Conflict) }
}

impl Store {
    /// Opens a bag; its number is drawn in the same transaction.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_bag(&self, agency: &AgencyCode, year: i16, opened: &BagRecorded) -> Result<Bag> {
        transact!(self.db(), "open_bag", |tx| {
            let number = draw(tx, format!("bag/{agency}/{year}")).await?;
            let code = BagCode::new(agency, year, number);
            append(tx, None, &code, std::slice::from_ref(opened)).await
        })
    }

    /// Writes what happened to a bag.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the bag changed meanwhile, or a paper is in another one.
    pub async fn append_bag(&self, before: &LoadedBag, events: &[BagRecorded]) -> Result<Bag> {
        let mut tx = self.db().begin().await?;
        let done = append(&mut tx, Some(before.clone()), &before.0.code, events).await;
        tx.end(done).await
    }

    /// A bag with the hash of its last line.
    ///
    /// # Errors
    /// What the database says.
    pub async fn bag(&self, code: &BagCode) -> Result<Option<LoadedBag>> {
        let row: Option<(String, Vec<u8>)> = self.db().one(sql(BAG, [code.as_str().into()])).await?;
        row.map(|(state, hash)| Ok((read_bag(&state)?, value::hash(&hash)?)))
            .transpose()
    }

    /// Bags that are in the hands of an agency, that are offered to it, on their way to it, from it, and those that ended
    /// there, each at most a page.
    ///
    /// # Errors
    /// What the database says.
    pub async fn bags_of(&self, agency: &AgencyCode) -> Result<[Vec<Bag>; 5]> {
        let mut lists: [Vec<Bag>; 5] = Default::default();
        for (list, text) in lists.iter_mut().zip([HELD, OFFERED, COMING, GONE, ENDED]) {
            let rows: Vec<(String,)> = self.db().all(sql(text, [agency.as_str().into()])).await?;
            *list = rows.iter().map(|r| read_bag(&r.0)).collect::<Result<_>>()?;
        }
        Ok(lists)
    }

    /// Bags that should have been there and were not told to be late.
    ///
    /// # Errors
    /// What the database says.
    pub async fn late_bags(&self, now: Timestamp) -> Result<Vec<BagCode>> {
        let rows: Vec<(String,)> = self.db().all(sql(LATE, [value::micros(now).into()])).await?;
        Ok(rows.into_iter().map(|r| BagCode(r.0)).collect())
    }

    /// The journal of a bag, in order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn bag_journal(&self, code: &BagCode) -> Result<Vec<BagLine>> {
        let rows: Vec<LineRow> = self.db().all(sql(JOURNAL, [code.as_str().into()])).await?;
        rows.into_iter().map(LineRow::line).collect()
    }

    /// The next lines of all bags' journals after a place, for a run that verifies all.
    ///
    /// # Errors
    /// What the database says.
    pub async fn bag_lines_after(&self, after: (&str, u64), limit: u32) -> Result<Vec<BagLine>> {
        let values = [after.0.into(), after.1.cast_signed().into(), i64::from(limit).into()];
        let rows: Vec<LineRow> = self.db().all(sql(LINES, values)).await?;
        rows.into_iter().map(LineRow::line).collect()
    }

    /// The next rows of bags after a code: code, state as JSON, hash.
    ///
    /// # Errors
    /// What the database says.
    pub async fn bag_rows_after(&self, after: &str, limit: u32) -> Result<Vec<(String, String, ChainHash)>> {
        let rows: Vec<(String, String, Vec<u8>)> = self.db().all(sql(ROWS, [after.into(), i64::from(limit).into()])).await?;
        rows.into_iter().map(|(c, s, h)| Ok((c, s, value::hash(&h)?))).collect()
    }

    /// Gives a paper its code.
    ///
    /// # Errors
    /// What the database says.
    pub async fn make_custody_paper(
        &self,
        agency: &AgencyCode,
        year: i16,
        dossier: DossierId,
        what: &str,
        by: &str,
        now: Timestamp,
    ) -> Result<CustodyPaper> {
        transact!(self.db(), "make_custody_paper", |tx| {
            let number = draw(tx, format!("custody/{agency}/{year}")).await?;
            let code = PaperCode::new(agency, year, number);
            tx.run(sql(
                INSERT_PAPER,
                [
                    code.as_str().into(),
                    value::id(dossier.0),
                    what.into(),
                    agency.as_str().into(),
                    by.into(),
                    value::micros(now).into(),
                ],
            ))
            .await?;
            Ok(CustodyPaper {
                code,
                dossier,
                what: what.to_owned(),
                agency: agency.clone(),
                bag: None,
                made_by: by.to_owned(),
                made_at: now,
            })
        })
    }

    /// A paper by its code.
    ///
    /// # Errors
    /// What the database says.
    pub async fn custody_paper(&self, code: &PaperCode) -> Result<Option<CustodyPaper>> {
        let row: Option<PaperRow> = self.db().one(sql(PAPER, [code.as_str().into()])).await?;
        row.map(PaperRow::paper).transpose()
    }

    /// The papers of a dossier that have codes.
    ///
    /// # Errors
    /// What the database says.
    pub async fn custody_papers(&self, dossier: DossierId) -> Result<Vec<CustodyPaper>> {
        let rows: Vec<PaperRow> = self.db().all(sql(PAPERS_OF, [value::id(dossier.0)])).await?;
        rows.into_iter().map(PaperRow::paper).collect()
    }

    /// The hands that a dossier's papers went through, in order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn custody_of(&self, dossier: DossierId) -> Result<Vec<HandLine>> {
        let rows: Vec<HandRow> = self.db().all(sql(HANDS, [value::id(dossier.0)])).await?;
        rows.into_iter().map(HandRow::line).collect()
    }

    /// The same of a bag, for a run that verifies all.
    ///
    /// # Errors
    /// What the database says.
    pub async fn custody_of_bag(&self, bag: &BagCode) -> Result<Vec<HandLine>> {
        let rows: Vec<HandRow> = self.db().all(sql(HANDS_OF_BAG, [bag.as_str().into()])).await?;
        rows.into_iter().map(HandRow::line).collect()
    }
}

/// Whether a bag may still be told to be late.
fn can_be_late(bag: &Bag) -> bool {
    bag.overdue_at.is_none() && matches!(bag.state, BagState::Open | BagState::Sealed)
}
