//! The chain of custody beside the bags: papers with their codes and the bag that each is in, and for each dossier the hands
//! that its papers went through, in one indexed read.

use crate::db::{Result, StoreError, Tx, sql, transact};
use crate::many::Many;
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::custody::{Bag, BagCode, BagEvent, BagRecorded, BagState, PaperCode};
use motcua_model::id::{AgencyCode, DossierId};
use sea_query::Value;

statements! {
    DRAW = "insert into series (name, last) values ($1, 1) on conflict (name) do update set last = series.last + 1 returning last";
    INSERT_PAPER = "insert into custody_paper (code, dossier, what, agency, bag, made_by, made_at) values ($1, $2, $3, $4, '', $5, $6)";
    PAPER = "select code, dossier, what, agency, bag, made_by, made_at from custody_paper where code = $1";
    PAPERS_OF = "select code, dossier, what, agency, bag, made_by, made_at from custody_paper where dossier = $1 order by code limit 200";
    PAPERS_IN = "select code from custody_paper where bag = $1 order by code";
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
    /// What happened: [`BagEvent::kind`], with `_broken` where the seal was another, `_whole` where nothing of hers is missing,
    /// `_opened` where the bag was there and not compared.
    pub kind: String,
    /// Who did it, or took it.
    pub actor: String,
    /// Her agency or post office; empty for a driver.
    pub agency: String,
    /// From whom, which seal and weight, what was missing.
    pub note: String,
}

row! {
    struct PaperRow {
        code: String,
        dossier: Vec<u8>,
        what: String,
        agency: String,
        bag: String,
        made_by: String,
        made_at: i64,
    }
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

row! {
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
        BagEvent::Sealed { seal, weight_g } | BagEvent::Unsealed { seal, weight_g } => {
            format!("{} · {weight_g} g", seal_or_none(seal))
        }
        BagEvent::Taken { from, seal } => format!("{from} · {}", seal_or_none(seal)),
        BagEvent::TakenOnPaper { from, list_code, .. } => format!("{from} · {list_code}"),
        BagEvent::Compared { missing, note, .. } => {
            let lost: Vec<&str> = lost(before, missing, dossier).map(PaperCode::as_str).collect();
            format!("{} · {note}", lost.join(", "))
        }
        BagEvent::TurnedUp { paper, note } => format!("{paper} · {note}"),
        BagEvent::Overdue => before.map_or_else(String::new, |b| b.hand.name.clone()),
        BagEvent::Surplus { code, .. } => code.clone(),
        BagEvent::Opened { .. } | BagEvent::Offered { .. } | BagEvent::Kept => String::new(),
    };
    // What an inspector has to see at once has a name of its own.
    let kind = |dossier: DossierId| match &recorded.event {
        BagEvent::Taken { seal, .. } if before.is_some_and(|b| *seal != b.seal) => "taken_broken",
        BagEvent::Unsealed { seal, .. } if before.is_some_and(|b| *seal != b.seal) => "unsealed_broken",
        BagEvent::Compared { missing, .. } if lost(before, missing, dossier).next().is_none() => "compared_whole",
        BagEvent::Overdue if before.is_some_and(|b| b.state == BagState::Arrived) => "overdue_opened",
        event => event.kind(),
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
            kind: kind(dossier).to_owned(),
            actor: actor.clone(),
            agency: agency.clone(),
            note: note(dossier),
        })
        .collect()
}

/// Those of the missing papers that are a dossier's.
fn lost<'a>(before: Option<&'a Bag>, missing: &'a [PaperCode], dossier: DossierId) -> impl Iterator<Item = &'a PaperCode> {
    let of = move |code: &&PaperCode| before.and_then(|b| b.paper(code)).is_some_and(|p| p.dossier == dossier);
    missing.iter().filter(of)
}

fn seal_or_none(seal: &str) -> &str {
    if seal.is_empty() { "–" } else { seal }
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

/// Writes the hands that events make.
pub(crate) async fn write_hands(tx: &mut Tx, told: &[HandLine]) -> Result<()> {
    PUT_HANDS.run(tx, told.iter().flat_map(hand_values).collect()).await
}

/// Moves a paper into its bag or out of it; a conflict where it is not where the event takes it from.
pub(crate) async fn move_paper(tx: &mut Tx, bag: &BagCode, event: &BagEvent) -> Result<()> {
    let (text, paper) = match event {
        BagEvent::PaperIn { paper, .. } => (PUT_IN, paper),
        BagEvent::PaperOut { paper } | BagEvent::Found { paper } | BagEvent::TurnedUp { paper, .. } => (TAKE_OUT, paper),
        _ => return Ok(()),
    };
    match tx.run(sql(text, [paper.as_str().into(), bag.as_str().into()])).await? {
        1 => Ok(()),
        _ => Err(StoreError::Conflict),
    }
}

/// Draws the next number of a series.
pub(crate) async fn draw(tx: &mut Tx, series: String) -> Result<u64> {
    let drawn: Vec<(i64,)> = tx.all(sql(DRAW, [series.into()])).await?;
    drawn
        .first()
        .map(|d| d.0.unsigned_abs())
        .ok_or_else(|| StoreError::inconsistent("series", "none"))
}

impl Store {
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

    /// Codes of the papers that are in a bag, for a run that verifies all.
    ///
    /// # Errors
    /// What the database says.
    pub async fn papers_in(&self, bag: &BagCode) -> Result<Vec<PaperCode>> {
        let rows: Vec<(String,)> = self.db().all(sql(PAPERS_IN, [bag.as_str().into()])).await?;
        Ok(rows.into_iter().map(|r| PaperCode(r.0)).collect())
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
