//! Bags: each one's journal with the row that it folds up to. What it makes of papers and dossiers, `custody` keeps.

use crate::custody::{draw, hands, move_paper, write_hands};
use crate::db::{Result, StoreError, Tx, sql, transact};
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::custody::{Bag, BagCode, BagLine, BagRecorded, evolve};
use motcua_model::id::AgencyCode;
use motcua_model::journal::{ChainHash, START};

statements! {
    BAG = "select state, hash from bag where code = $1";
    PUT_BAG = "insert into bag (code, version, stage, from_agency, to_agency, holder, offered, due, remind_at, open, state, hash, updated_at) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (code) do update set \
               version = excluded.version, stage = excluded.stage, holder = excluded.holder, offered = excluded.offered, \
               remind_at = excluded.remind_at, open = excluded.open, state = excluded.state, hash = excluded.hash, updated_at = excluded.updated_at \
               where bag.version = $14";
    INSERT_LINE = "insert into bag_line (bag, number, body, hash) values ($1, $2, $3, $4)";
    JOURNAL = "select bag, number, body, hash from bag_line where bag = $1 order by number";
    LINES = "select bag, number, body, hash from bag_line where (bag, number) > ($1, $2) order by bag, number limit $3";
    ROWS = "select code, state, hash from bag where code > $1 order by code limit $2";
    LATE = "select code from bag where remind_at < $1 order by remind_at, code limit 100";
    HELD = "select state from bag where holder = $1 and open = 1 order by due, code limit 100";
    OFFERED = "select state from bag where offered = $1 and open = 1 order by due, code limit 100";
    COMING = "select state from bag where to_agency = $1 and open = 1 order by due, code limit 100";
    GONE = "select state from bag where from_agency = $1 and open = 1 order by due, code limit 100";
    ENDED = "select state, updated_at from bag where to_agency = $1 and open = 0 and (updated_at, code) < ($2, $3) \
             order by updated_at desc, code desc limit $4";
}

row! {
    struct LineRow {
        bag: String,
        number: i64,
        body: String,
        hash: Vec<u8>,
    }
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

/// When a bag is told to be late that is compared, or was told already.
const NEVER: i64 = i64::MAX;

/// A place in the list of bags that ended: when something happened to it last, its code.
pub type EndedPlace = (i64, String);

/// A bag as it is loaded, with the hash of its last line.
pub type LoadedBag = (Bag, ChainHash);

fn read_bag(state: &str) -> Result<Bag> {
    serde_json::from_str(state).map_err(|e| StoreError::inconsistent("bag", e.to_string()))
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
        move_paper(tx, code, &recorded.event).await?;
        told.extend(hands(bag.as_ref(), code, number, recorded));
        bag = Some(evolve(bag, code, recorded).ok_or_else(|| StoreError::inconsistent("bag", "does not begin with an opening"))?);
    }
    let bag = bag.ok_or_else(|| StoreError::inconsistent("bag", "no event"))?;
    write_hands(tx, &told).await?;
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
                value::micros(bag.due).into(),
                (if can_be_late(&bag) { value::micros(bag.due) } else { NEVER }).into(),
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
    /// The most bags of a list of [`Store::bags_of`].
    pub const BAGS_PAGE: usize = 100;

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

    /// Bags that are in the hands of an agency, that are offered to it, on their way to it and from it, those first that are
    /// to be there first, each list at most [`Store::BAGS_PAGE`].
    ///
    /// # Errors
    /// What the database says.
    pub async fn bags_of(&self, agency: &AgencyCode) -> Result<[Vec<Bag>; 4]> {
        let mut lists: [Vec<Bag>; 4] = Default::default();
        for (list, text) in lists.iter_mut().zip([HELD, OFFERED, COMING, GONE]) {
            let rows: Vec<(String,)> = self.db().all(sql(text, [agency.as_str().into()])).await?;
            *list = rows.iter().map(|r| read_bag(&r.0)).collect::<Result<_>>()?;
        }
        Ok(lists)
    }

    /// Bags that were compared at an agency, the latest first, before a place; with the place of each.
    ///
    /// # Errors
    /// What the database says.
    pub async fn bags_ended(&self, agency: &AgencyCode, before: &EndedPlace, limit: u32) -> Result<Vec<(Bag, EndedPlace)>> {
        let values = [
            agency.as_str().into(),
            before.0.into(),
            before.1.clone().into(),
            i64::from(limit).into(),
        ];
        let rows: Vec<(String, i64)> = self.db().all(sql(ENDED, values)).await?;
        let read = |(state, at): (String, i64)| {
            let bag = read_bag(&state)?;
            let place = (at, bag.code.0.clone());
            Ok((bag, place))
        };
        rows.into_iter().map(read).collect()
    }

    /// Bags that should have been there and compared, and were not told to be late.
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
}

/// Whether a bag may still be told to be late.
fn can_be_late(bag: &Bag) -> bool {
    bag.overdue_at.is_none() && bag.is_open()
}
