//! The board's figures, kept with every change in its own transaction: by agency, procedure and half of a month, and what
//! came in also by the commune where people live. Half months, because the board counts months, and the reports of the
//! law close on the 14th (Decree 09/2019/NĐ-CP, article 12). No page of the board counts dossiers; what is kept is what the journal says
//! ([`motcua_model::figure`]), and can be counted again.

use crate::db::{Result, Tx, built, sql, transact};
use crate::dossier::{Col as DossierCol, DossierLine, LineRow, line_columns};
use crate::intake::{Half, Month, half_of};
use crate::many::Many;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::figure::{Counts, Figure, Measure};
use motcua_model::id::{AgencyCode, DossierId, ProcedureCode};
use sea_query::{Alias, Cond, Expr, ExprTrait, Iden, Order, Query, SelectStatement, Value};
use sqlx::{ColumnIndex, Decode, FromRow, Row, Type};
use std::collections::BTreeMap;

statements! {
    IS_BUILT = "select count(*) from migration where name = 'figures built'";
    MARK_BUILT = "insert into migration (name) values ('figures built') on conflict (name) do nothing";
    /// Those filed before one of them, the last first.
    FILED_BEFORE = concat!(
        "select ",
        crate::dossier::dossier_line!(),
        " from dossier where agency = $1 and (filed_at, id) < ($2, $3) order by agency desc, filed_at \
         desc, id desc limit $4"
    );
    /// Only the stretch of the index that is past its deadline.
    LATE_OF = "select procedure, count(*) as n from dossier where agency = $1 and deadline < $2 \
               and status in ('accepted', 'in_process') group by procedure order by procedure";
    CLEAR = "delete from figure";
    CLEAR_PLACES = "delete from intake_place";
    AFTER = "select * from figure where (agency, procedure, half) > ($1, $2, $3) order by agency, procedure, half limit $4";
    PLACES_AFTER = "select * from intake_place where (commune, procedure, half) > ($1, $2, $3) \
                    order by commune, procedure, half limit $4";
}

static COUNT: Many = Many::rows(
    "insert into figure (agency, procedure, half, \
     online_three, online_four, post_three, post_four, counter_three, counter_four, taken_online, \
     taken_other, first_try, refused, early, on_time, late, went_back, handed_in, handed_out, \
     supplements, charged, charged_online, returned, returned_online, with_files) values ",
    25,
    " on conflict (agency, procedure, half) do update set \
     online_three = figure.online_three + excluded.online_three, \
     online_four = figure.online_four + excluded.online_four, \
     post_three = figure.post_three + excluded.post_three, \
     post_four = figure.post_four + excluded.post_four, \
     counter_three = figure.counter_three + excluded.counter_three, \
     counter_four = figure.counter_four + excluded.counter_four, \
     taken_online = figure.taken_online + excluded.taken_online, \
     taken_other = figure.taken_other + excluded.taken_other, \
     first_try = figure.first_try + excluded.first_try, refused = figure.refused + excluded.refused, \
     early = figure.early + excluded.early, on_time = figure.on_time + excluded.on_time, \
     late = figure.late + excluded.late, went_back = figure.went_back + excluded.went_back, \
     handed_in = figure.handed_in + excluded.handed_in, \
     handed_out = figure.handed_out + excluded.handed_out, \
     supplements = figure.supplements + excluded.supplements, \
     charged = figure.charged + excluded.charged, \
     charged_online = figure.charged_online + excluded.charged_online, \
     returned = figure.returned + excluded.returned, \
     returned_online = figure.returned_online + excluded.returned_online, \
     with_files = figure.with_files + excluded.with_files",
);
static COUNT_PLACE: Many = Many::rows(
    "insert into intake_place (commune, procedure, half, \
     online_three, online_four, post_three, post_four, counter_three, counter_four) values ",
    9,
    " on conflict (commune, procedure, half) do update set \
     online_three = intake_place.online_three + excluded.online_three, \
     online_four = intake_place.online_four + excluded.online_four, \
     post_three = intake_place.post_three + excluded.post_three, \
     post_four = intake_place.post_four + excluded.post_four, \
     counter_three = intake_place.counter_three + excluded.counter_three, \
     counter_four = intake_place.counter_four + excluded.counter_four",
);

pub(crate) static MANY: &[&Many] = &[&COUNT, &COUNT_PLACE];

#[derive(Iden)]
enum Col {
    Agency,
    Procedure,
    Half,
    Month,
    Commune,
}

/// Which table: by agency, or by where people live.
#[derive(Iden, Clone, Copy)]
enum Table {
    Figure,
    IntakePlace,
}

/// What is asked for. Both halves are included; none of a list means all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureFilter {
    /// First half of a month.
    pub from: Half,
    /// Last half of a month.
    pub to: Half,
    /// Only these agencies; for figures by place, only these communes.
    pub places: Option<Vec<String>>,
    /// Only these procedures.
    pub procedures: Option<Vec<String>>,
    /// What is counted; the others stay zero.
    pub measures: &'static [Measure],
}

/// By what the figures are added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Each agency's service.
    Pair,
    /// Each agency, or each commune.
    Place,
    /// Each month.
    Month,
}

/// Figures of an agency's service, or of a commune's people; parts that were added up are empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureRow {
    /// Agency, or commune.
    pub place: String,
    /// Procedure.
    pub procedure: String,
    /// Month, where each is counted by itself.
    pub month: Month,
    /// Half of a month, as it is kept.
    pub half: Half,
    /// How much of what.
    pub counts: Counts,
}

impl FigureRow {
    fn read<'r, R>(row: &'r R, place: &str) -> sqlx::Result<Self>
    where
        R: Row,
        for<'i> &'i str: ColumnIndex<R>,
        i64: Decode<'r, R::Database> + Type<R::Database>,
        String: Decode<'r, R::Database> + Type<R::Database>,
    {
        let text = |name: &str| or_empty(row.try_get::<String, _>(name));
        let number = |name: &str| or_empty(row.try_get::<i64, _>(name));
        let mut counts = Counts::default();
        for measure in Measure::ALL {
            counts.add(measure, number(measure.as_str())?);
        }
        Ok(Self {
            place: text(place)?,
            procedure: text("procedure")?,
            month: number("month")?,
            half: number("half")?,
            counts,
        })
    }
}

/// A column that was not asked for is empty.
fn or_empty<T: Default>(read: sqlx::Result<T>) -> sqlx::Result<T> {
    match read {
        Err(sqlx::Error::ColumnNotFound(_)) => Ok(T::default()),
        read => read,
    }
}

/// A row of the table by agency.
struct OfAgency(FigureRow);
/// A row of the table by commune.
struct OfCommune(FigureRow);

impl<'r, R> FromRow<'r, R> for OfAgency
where
    R: Row,
    for<'i> &'i str: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        FigureRow::read(row, "agency").map(Self)
    }
}

impl<'r, R> FromRow<'r, R> for OfCommune
where
    R: Row,
    for<'i> &'i str: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        FigureRow::read(row, "commune").map(Self)
    }
}

/// The dossiers that one figure of what came in is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The agency that settles.
    pub agency: AgencyCode,
    /// The procedure.
    pub procedure: ProcedureCode,
    /// `online`, `post` or `counter`.
    pub channel: &'static str,
    /// Filed from then on.
    pub from: Timestamp,
    /// Filed before then.
    pub before: Timestamp,
}

/// The statement behind [`Store::dossiers_of_cell`]; public for the test that looks at its plan.
#[must_use]
pub fn cell_query(cell: &Cell, after: Option<(Timestamp, DossierId)>, limit: u64) -> SelectStatement {
    let filed = || Expr::col(DossierCol::FiledAt);
    let condition = Cond::all()
        .add(Expr::col(DossierCol::Agency).eq(cell.agency.as_str()))
        .add(Expr::col(DossierCol::Procedure).eq(cell.procedure.as_str()))
        .add(Expr::col(Alias::new("channel")).eq(cell.channel))
        .add(filed().gte(value::micros(cell.from)))
        .add(filed().lt(value::micros(cell.before)))
        .add_option(after.map(|(at, id)| {
            Expr::tuple([filed(), Expr::col(DossierCol::Id)]).gt(Expr::tuple([
                Expr::val(value::micros(at)),
                Expr::val(id.0.as_bytes().to_vec()),
            ]))
        }));
    let mut query = Query::select();
    line_columns(&mut query)
        .cond_where(condition)
        .order_by(DossierCol::FiledAt, Order::Asc)
        .order_by(DossierCol::Id, Order::Asc)
        .limit(limit);
    query
}

/// The key of a kept row: agency or commune, procedure, half of a month.
pub type Key = (String, String, Half);

/// Figures that were added up in memory: what a group of changes writes, or what the whole journal says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// By agency, procedure and half of a month.
    pub by_agency: BTreeMap<Key, Counts>,
    /// By commune, procedure and half of a month.
    pub by_commune: BTreeMap<Key, Counts>,
}

impl Figures {
    /// Takes a figure in.
    pub fn add(&mut self, figure: &Figure) {
        let (procedure, half) = (&figure.procedure.0, half_of(figure.at));
        let key = (figure.agency.0.clone(), procedure.clone(), half);
        *self.by_agency.entry(key).or_default() += figure.counts;
        if figure.counts.sum(&Measure::FILED) != 0 {
            let key = (figure.commune.clone(), procedure.clone(), half);
            *self.by_commune.entry(key).or_default() += figure.counts;
        }
    }

    /// Writes them, in the order of their keys, so that two writers on PostgreSQL never wait for each other crosswise.
    pub(crate) async fn write(&self, tx: &mut Tx) -> Result<()> {
        let row = |key: &Key, numbers: &[i64]| -> Vec<Value> {
            let (place, procedure, half) = key.clone();
            let key = [place.into(), procedure.into(), half.into()];
            key.into_iter().chain(numbers.iter().map(|n| (*n).into())).collect()
        };
        let all = self.by_agency.iter().flat_map(|(k, c)| row(k, &c.numbers()));
        COUNT.run(tx, all.collect()).await?;
        let filed = self
            .by_commune
            .iter()
            .flat_map(|(k, c)| row(k, &c.numbers()[..Measure::FILED.len()]));
        COUNT_PLACE.run(tx, filed.collect()).await
    }
}

fn query(table: Table, place: fn() -> Col, filter: &FigureFilter, by: By) -> SelectStatement {
    let among = |col: Col, list: &Option<Vec<String>>| list.clone().map(|list| Expr::col(col).is_in(list));
    let mut query = Query::select();
    query.from(table).cond_where(
        Cond::all()
            .add(Expr::col(Col::Half).between(filter.from, filter.to))
            .add_option(among(place(), &filter.places))
            .add_option(among(Col::Procedure, &filter.procedures)),
    );
    match by {
        By::Pair => {
            query
                .columns([place(), Col::Procedure])
                .group_by_columns([place(), Col::Procedure]);
            query.order_by(place(), Order::Asc).order_by(Col::Procedure, Order::Asc);
        }
        By::Place => {
            query.column(place()).group_by_col(place()).order_by(place(), Order::Asc);
        }
        By::Month => {
            let month = || Expr::col(Col::Half).div(10i64);
            query
                .expr_as(month(), Col::Month)
                .add_group_by([month()])
                .order_by_expr(month(), Order::Asc);
        }
    }
    for measure in filter.measures {
        let sum = Expr::col(Alias::new(measure.as_str())).sum();
        query.expr_as(sum.cast_as(Alias::new("bigint")), Alias::new(measure.as_str()));
    }
    query
}

impl Store {
    /// Figures by agency, in the order of what they are added up by.
    ///
    /// # Errors
    /// What the database says, as for the functions below.
    pub async fn figures(&self, filter: &FigureFilter, by: By) -> Result<Vec<FigureRow>> {
        let rows: Vec<OfAgency> = self.db().all(built(query(Table::Figure, || Col::Agency, filter, by))).await?;
        Ok(rows.into_iter().map(|r| r.0).collect())
    }

    /// What came in, by the commune where people live; the empty one for those whose form does not ask.
    ///
    /// # Errors
    /// See [`Store::figures`].
    pub async fn intake_of_places(&self, filter: &FigureFilter, by: By) -> Result<Vec<FigureRow>> {
        let rows: Vec<OfCommune> = self
            .db()
            .all(built(query(Table::IntakePlace, || Col::Commune, filter, by)))
            .await?;
        Ok(rows.into_iter().map(|r| r.0).collect())
    }

    /// The dossiers behind a figure of what came in, in the order of filing, after one of them.
    ///
    /// # Errors
    /// See [`Store::figures`].
    pub async fn dossiers_of_cell(
        &self,
        cell: &Cell,
        after: Option<(Timestamp, DossierId)>,
        limit: u64,
    ) -> Result<Vec<DossierLine>> {
        let rows: Vec<LineRow> = self.db().all(built(cell_query(cell, after, limit))).await?;
        rows.into_iter().map(LineRow::line).collect()
    }

    /// The dossiers of an agency that were filed before one of them, the last first.
    ///
    /// # Errors
    /// See [`Store::figures`].
    pub async fn filed_before(
        &self,
        agency: &AgencyCode,
        (at, id): (Timestamp, DossierId),
        limit: u32,
    ) -> Result<Vec<DossierLine>> {
        let values = [
            agency.as_str().into(),
            value::micros(at).into(),
            value::id(id.0),
            i64::from(limit).into(),
        ];
        let rows: Vec<LineRow> = self.db().all(sql(FILED_BEFORE, values)).await?;
        rows.into_iter().map(LineRow::line).collect()
    }

    /// How many running dossiers of an agency are past their due date at a time, by procedure.
    ///
    /// # Errors
    /// See [`Store::figures`].
    pub async fn late_of(&self, agency: &str, at: Timestamp) -> Result<Vec<(String, i64)>> {
        self.db().all(sql(LATE_OF, [agency.into(), value::micros(at).into()])).await
    }

    /// The next rows as they are kept by agency, after a key, for a recount.
    ///
    /// # Errors
    /// See [`Store::figures`].
    pub async fn figures_after(&self, after: &Key, limit: u32) -> Result<Vec<FigureRow>> {
        let (place, procedure, half) = after.clone();
        let values = [place.into(), procedure.into(), half.into(), i64::from(limit).into()];
        let rows: Vec<OfAgency> = self.db().all(sql(AFTER, values)).await?;
        Ok(rows.into_iter().map(|r| r.0).collect())
    }

    /// The same by commune.
    ///
    /// # Errors
    /// See [`Store::figures`].
    pub async fn places_after(&self, after: &Key, limit: u32) -> Result<Vec<FigureRow>> {
        let (place, procedure, half) = after.clone();
        let values = [place.into(), procedure.into(), half.into(), i64::from(limit).into()];
        let rows: Vec<OfCommune> = self.db().all(sql(PLACES_AFTER, values)).await?;
        Ok(rows.into_iter().map(|r| r.0).collect())
    }

    /// Whether the figures of what was there before them have been counted.
    ///
    /// # Errors
    /// See [`Store::figures`].
    pub async fn figures_are_built(&self) -> Result<bool> {
        let row: Option<(i64,)> = self.db().one(sql(IS_BUILT, [])).await?;
        Ok(row.is_some_and(|r| r.0 > 0))
    }

    /// Puts counted figures in the place of all that are kept. Nobody may write changes meanwhile.
    ///
    /// # Errors
    /// See [`Store::figures`].
    pub async fn replace_figures(&self, figures: &Figures) -> Result<()> {
        transact!(self.db(), "replace figures", |tx| {
            tx.run(sql(CLEAR, [])).await?;
            tx.run(sql(CLEAR_PLACES, [])).await?;
            figures.write(tx).await?;
            tx.run(sql(MARK_BUILT, [])).await.map(drop)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{COUNT, COUNT_PLACE};
    use motcua_model::figure::Measure;

    #[test]
    fn the_columns_are_the_measures_in_their_order() {
        let names = |measures: &[Measure]| measures.iter().map(|m| m.as_str()).collect::<Vec<_>>().join(", ");
        let text = COUNT.example();
        assert!(text.contains(&format!("half, {}) values", names(&Measure::ALL))), "{text}");
        let text = COUNT_PLACE.example();
        assert!(text.contains(&format!("half, {}) values", names(&Measure::FILED))), "{text}");
    }
}
