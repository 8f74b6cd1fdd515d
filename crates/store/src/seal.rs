//! Daily seals over the journal; what they cover and why is written in [`motcua_model::seal`].
//!
//! Exact under writers that write at the same time: every group of changes reads the head of the seals inside its own
//! transaction, and on PostgreSQL shares a lock on that row; who seals locks the row for herself. So a line is either
//! there before its day is sealed, or knows that it is late.

use crate::db::{Db, Result, StoreError, Tx, sql, transact};
use crate::many::Many;
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use jiff::civil::Date;
use motcua_model::id::DossierId;
use motcua_model::seal::{START, SealHash, Tip, day_of, end_of, hour_of, seal};
use sea_query::Value;
use std::collections::BTreeMap;

statements! {
    HEAD = "select number, day from seal_head where one = 1";
    LOCK_HEAD = "update seal_head set number = number where one = 1 returning number, day";
    SET_HEAD = "update seal_head set number = $1, day = $2 where one = 1";
    FIRST_HOUR = "select substr(body, 8, 13) as hour from event where substr(body, 8, 13) >= $1 order by substr(body, 8, 13) limit 1";
    LATE_WAITS = "select count(*) from (select 1 as one from late_line where after_seal = $1 limit 1) late";
    LINES = "select dossier, version, hash from event where substr(body, 8, 13) >= $1 and substr(body, 8, 13) < $2 \
             and not exists (select 1 from late_line l where l.dossier = event.dossier and l.version = event.version)";
    LATE_LINES = "select e.dossier, e.version, e.hash from late_line l join event e on e.dossier = l.dossier and e.version = l.version \
                  where l.after_seal = $1";
    INSERT = "insert into seal (number, day, dossiers, lines, hash, sealed_at) values ($1, $2, $3, $4, $5, $6)";
    BY_NUMBER = "select number, day, dossiers, lines, hash, sealed_at from seal where number = $1";
    AFTER = "select number, day, dossiers, lines, hash, sealed_at from seal where number > $1 order by number limit $2";
    LATEST = "select number, day, dossiers, lines, hash, sealed_at from seal where number < $1 order by number desc limit $2";
}

/// Only here and only for PostgreSQL: writers share the head, who seals has it alone.
const HEAD_SHARED: &str = "select number, day from seal_head where one = 1 for share";

static INSERT_LATE: Many = Many::rows("insert into late_line (dossier, version, after_seal) values ", 3, "");

pub(crate) static MANY: &[&Many] = &[&INSERT_LATE];

/// A seal as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// From 1, without gaps.
    pub number: u64,
    /// The day it closes.
    pub day: Date,
    /// How many dossiers changed.
    pub dossiers: u64,
    /// How many lines it covers.
    pub lines: u64,
    /// The seal.
    pub hash: SealHash,
    /// When it was made.
    pub sealed_at: Timestamp,
}

impl Seal {
    /// The seal as it is shown and printed.
    #[must_use]
    pub fn hex(&self) -> String {
        hex::encode(self.hash)
    }
}

/// What stands against the seals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BrokenSeal {
    /// The journal of this day is not what was sealed.
    Day(Date),
    /// A seal before this one is missing, or they are out of order.
    Gap(Date),
    /// The last seals are missing: there were so many.
    Ends(u64),
}

row! {
    /// The last seal, as writers need it.
    #[derive(Clone, Copy, Debug)]
    struct Head {
        number: i64,
        day: i64,
    }
}

impl Head {
    fn day(self) -> Result<Option<Date>> {
        (self.day != 0).then(|| date(self.day)).transpose()
    }
}

row! {
    struct Row {
        number: i64,
        day: i64,
        dossiers: i64,
        lines: i64,
        hash: Vec<u8>,
        sealed_at: i64,
    }
}

row! {
    struct TipRow {
        dossier: Vec<u8>,
        version: i64,
        hash: Vec<u8>,
    }
}

impl Row {
    fn seal(self) -> Result<Seal> {
        Ok(Seal {
            number: self.number.unsigned_abs(),
            day: date(self.day)?,
            dossiers: self.dossiers.unsigned_abs(),
            lines: self.lines.unsigned_abs(),
            hash: value::hash(&self.hash)?,
            sealed_at: value::time(self.sealed_at)?,
        })
    }
}

/// A day as the tables keep it: `YYYYMMDD`.
fn day_number(day: Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

fn date(number: i64) -> Result<Date> {
    let unreadable = || StoreError::inconsistent("day", number.to_string());
    let part = |n: i64| i8::try_from(n).map_err(|_| unreadable());
    let year = i16::try_from(number / 10_000).map_err(|_| unreadable())?;
    Date::new(year, part(number / 100 % 100)?, part(number % 100)?).map_err(|_| unreadable())
}

/// The hour with which the days after `day` begin; the beginning of time without one.
fn hour_after(day: Option<Date>) -> String {
    day.map_or_else(String::new, |d| hour_of(end_of(d)))
}

/// Notes which lines of a group come too late for the seal of their day.
pub(crate) async fn note_late(tx: &mut Tx, lines: &[(Timestamp, DossierId, u64)]) -> Result<()> {
    let text = if tx.locks_rows() { HEAD_SHARED } else { HEAD };
    let head = tx.all::<Head>(sql(text, [])).await?.into_iter().next();
    let Some(head) = head.filter(|h| h.day != 0) else {
        return Ok(());
    };
    let late = lines.iter().filter(|(at, ..)| day_number(day_of(*at)) <= head.day);
    let values = late.flat_map(|(_, dossier, version)| [value::id(dossier.0), version.cast_signed().into(), head.number.into()]);
    INSERT_LATE.run(tx, values.collect()).await
}

/// Where the statements run: inside the transaction that seals, or beside it.
enum At<'t> {
    Tx(&'t mut Tx),
    Db(&'t Db),
}

impl At<'_> {
    async fn all<T: crate::db::Record, const N: usize>(&mut self, text: &'static str, values: [Value; N]) -> Result<Vec<T>> {
        match self {
            Self::Tx(tx) => tx.all(sql(text, values)).await,
            Self::Db(db) => db.all(sql(text, values)).await,
        }
    }

    /// What the seal of `day` covers, which follows the one numbered `after` of the day `from`: the tips and the number of
    /// lines.
    async fn covered(&mut self, from: Option<Date>, day: Date, after: u64) -> Result<(Vec<Tip>, u64)> {
        let mut rows: Vec<TipRow> = self
            .all(LINES, [hour_after(from).into(), hour_after(Some(day)).into()])
            .await?;
        rows.extend(self.all::<TipRow, 1>(LATE_LINES, [after.cast_signed().into()]).await?);
        let lines = rows.len() as u64;
        let mut tips = BTreeMap::new();
        for row in rows {
            let (dossier, version) = (DossierId(value::uuid(&row.dossier)?), row.version.unsigned_abs());
            let hash = value::hash(&row.hash)?;
            let tip = tips.entry(dossier).or_insert(Tip { dossier, version, hash });
            if version > tip.version {
                (tip.version, tip.hash) = (version, hash);
            }
        }
        Ok((tips.into_values().collect(), lines))
    }

    /// The next day before `until` that can be sealed: the first with lines of its own, else the last one when only late
    /// lines wait.
    async fn next_day(&mut self, head: Head, until: Date) -> Result<Option<Date>> {
        let last = head.day()?;
        let hour: Option<(String,)> = self.all(FIRST_HOUR, [hour_after(last).into()]).await?.into_iter().next();
        if let Some((hour,)) = hour {
            let at: Timestamp = format!("{hour}:00:00Z")
                .parse()
                .map_err(|_| StoreError::inconsistent("hour", hour))?;
            let day = day_of(at);
            if day < until {
                return Ok(Some(day));
            }
        }
        let late: Vec<(i64,)> = self.all(LATE_WAITS, [head.number.into()]).await?;
        let yesterday = until.yesterday().ok().filter(|y| last.is_none_or(|l| *y > l));
        Ok(yesterday.filter(|_| late.iter().any(|l| l.0 > 0)))
    }
}

impl Store {
    /// Seals the next day that has lines and lies before `until`, which is today; none when all are sealed. Asked twice, a
    /// day is sealed once.
    ///
    /// # Errors
    /// What the database says.
    pub async fn seal_next_day(&self, until: Date, now: Timestamp) -> Result<Option<Seal>> {
        // A look beside the transaction, so that nobody waits when there is nothing to do.
        let Some(head) = self.db().one::<Head>(sql(HEAD, [])).await? else {
            return Err(StoreError::inconsistent("seal_head", "empty"));
        };
        if At::Db(self.db()).next_day(head, until).await?.is_none() {
            return Ok(None);
        }
        transact!(self.db(), "seal_next_day", |tx| {
            let Some(head) = tx.all::<Head>(sql(LOCK_HEAD, [])).await?.into_iter().next() else {
                return Err(StoreError::inconsistent("seal_head", "empty"));
            };
            let mut at = At::Tx(tx);
            let Some(day) = at.next_day(head, until).await? else {
                return Ok(None);
            };
            let after = head.number.unsigned_abs();
            let before = at.all::<Row, 1>(BY_NUMBER, [head.number.into()]).await?.into_iter().next();
            let before = before.map_or(Ok(START), |row| value::hash(&row.hash))?;
            let (tips, lines) = at.covered(head.day()?, day, after).await?;
            let made = Seal {
                number: after + 1,
                day,
                dossiers: tips.len() as u64,
                lines,
                hash: seal(&before, after + 1, day, &tips),
                sealed_at: now,
            };
            let values = [
                made.number.cast_signed().into(),
                day_number(day).into(),
                made.dossiers.cast_signed().into(),
                made.lines.cast_signed().into(),
                made.hash.to_vec().into(),
                value::micros(now).into(),
            ];
            tx.run(sql(INSERT, values)).await?;
            tx.run(sql(SET_HEAD, [made.number.cast_signed().into(), day_number(day).into()]))
                .await?;
            Ok(Some(made))
        })
    }

    /// Seals numbered after `number`, in order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn seals_after(&self, number: u64, limit: u32) -> Result<Vec<Seal>> {
        let rows: Vec<Row> = self
            .db()
            .all(sql(AFTER, [number.cast_signed().into(), i64::from(limit).into()]))
            .await?;
        rows.into_iter().map(Row::seal).collect()
    }

    /// Seals numbered before `number`, the latest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn seals_before(&self, number: u64, limit: u32) -> Result<Vec<Seal>> {
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        let rows: Vec<Row> = self.db().all(sql(LATEST, [number.into(), i64::from(limit).into()])).await?;
        rows.into_iter().map(Row::seal).collect()
    }

    /// Computes a seal again from the journal as it is now; `before` is the one that it follows.
    ///
    /// # Errors
    /// What the database says.
    pub async fn check_seal(&self, before: Option<&Seal>, made: &Seal) -> Result<std::result::Result<(), BrokenSeal>> {
        let after = before.map_or(0, |b| b.number);
        if made.number != after + 1 || before.is_some_and(|b| b.day >= made.day) {
            return Ok(Err(BrokenSeal::Gap(made.day)));
        }
        let (tips, lines) = At::Db(self.db()).covered(before.map(|b| b.day), made.day, after).await?;
        let hash = seal(&before.map_or(START, |b| b.hash), made.number, made.day, &tips);
        let same = hash == made.hash && (made.dossiers, made.lines) == (tips.len() as u64, lines);
        Ok(if same { Ok(()) } else { Err(BrokenSeal::Day(made.day)) })
    }

    /// Whether the seals end where the writers believe; `last` is the last one that was read.
    ///
    /// # Errors
    /// What the database says.
    pub async fn check_last_seal(&self, last: Option<&Seal>) -> Result<std::result::Result<(), BrokenSeal>> {
        let head = self.db().one::<Head>(sql(HEAD, [])).await?;
        let number = head.map_or(0, |h| h.number.unsigned_abs());
        let same = number == last.map_or(0, |l| l.number);
        Ok(if same { Ok(()) } else { Err(BrokenSeal::Ends(number)) })
    }
}
