//! The lists of parcels: which are under way, where; which do not fit what the post told; which the post charges for in a
//! month. What a parcel is, its dossier says.

use crate::db::{Result, Tx, sql};
use crate::many::Many;
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::clock::local;
use motcua_model::dossier::{Dossier, Parcel};
use motcua_model::id::{AgencyCode, DossierId};
use sea_query::Value;

statements! {
    BY_REFERENCE = "select dossier, number from parcel where reference = $1";
    OF_AGENCY = "select dossier, number, agency, code, reference, tracking, kind, state, office, price, collect, collected, differs, \
                 failures, ordered_at from parcel where agency = $1 and open = $2 and (ordered_at, dossier, number) < ($3, $4, $5) \
                 order by ordered_at desc, dossier desc, number desc limit $6";
    DIFFERING = "select dossier, number, agency, code, reference, tracking, kind, state, office, price, collect, collected, differs, \
                 failures, ordered_at from parcel where agency = $1 and differs > 0 order by ordered_at, dossier, number limit 200";
    OF_MONTH = "select dossier, number, agency, code, reference, tracking, kind, state, office, price, collect, collected, differs, \
                failures, ordered_at from parcel where month = $1 and month > 0 and (agency, code, number) > ($2, $3, $4) \
                order by agency, code, number limit $5";
    OF_MONTH_AGENCY = "select dossier, number, agency, code, reference, tracking, kind, state, office, price, collect, collected, \
                       differs, failures, ordered_at from parcel where month = $1 and month > 0 and agency = $2 and (code, number) > ($3, $4) \
                       order by code, number limit $5";
    SUMS = "select agency, count(*) as n, cast(sum(price) as bigint) as price, cast(sum(collected) as bigint) as collected, \
            cast(sum(differs) as bigint) as differs from parcel where month = $1 and month > 0 group by agency order by agency";
}

static PUT: Many = Many::rows(
    "insert into parcel (dossier, number, agency, code, reference, tracking, kind, state, open, office, price, collect, collected, \
     differs, failures, ordered_at, month) values ",
    17,
    " on conflict (dossier, number) do update set agency = excluded.agency, tracking = excluded.tracking, state = excluded.state, \
     open = excluded.open, price = excluded.price, collected = excluded.collected, differs = excluded.differs, \
     failures = excluded.failures, month = excluded.month",
);

pub(crate) static MANY: &[&Many] = &[&PUT];

/// A parcel in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParcelLine {
    /// The dossier.
    pub dossier: DossierId,
    /// Number within it.
    pub number: u32,
    /// Whose dossier it is.
    pub agency: AgencyCode,
    /// Code of the dossier.
    pub code: String,
    /// Our reference at the post.
    pub reference: String,
    /// The post's number; empty until it answered.
    pub tracking: String,
    /// Which way ([`motcua_model::dossier::ParcelKind::as_str`]).
    pub kind: String,
    /// Where it stands ([`motcua_model::dossier::ParcelState::as_str`]).
    pub state: String,
    /// The post office that serves the address.
    pub office: AgencyCode,
    /// What the post charges, in VND.
    pub price: u64,
    /// VND to collect.
    pub collect: u64,
    /// VND that were collected.
    pub collected: u64,
    /// Differences that nobody explained.
    pub differs: u64,
    /// Tries that failed.
    pub failures: u64,
    /// When it was ordered.
    pub ordered_at: Timestamp,
}

row! {
    struct Row {
        dossier: Vec<u8>,
        number: i64,
        agency: String,
        code: String,
        reference: String,
        tracking: String,
        kind: String,
        state: String,
        office: String,
        price: i64,
        collect: i64,
        collected: i64,
        differs: i64,
        failures: i64,
        ordered_at: i64,
    }
}

impl Row {
    fn line(self) -> Result<ParcelLine> {
        Ok(ParcelLine {
            dossier: DossierId(value::uuid(&self.dossier)?),
            number: u32::try_from(self.number).unwrap_or(0),
            agency: AgencyCode(self.agency),
            code: self.code,
            reference: self.reference,
            tracking: self.tracking,
            kind: self.kind,
            state: self.state,
            office: AgencyCode(self.office),
            price: self.price.unsigned_abs(),
            collect: self.collect.unsigned_abs(),
            collected: self.collected.unsigned_abs(),
            differs: self.differs.unsigned_abs(),
            failures: self.failures.unsigned_abs(),
            ordered_at: value::time(self.ordered_at)?,
        })
    }
}

row! {
    /// What the post charges an agency for in a month.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ParcelSum {
        /// The agency.
        pub agency: String,
        /// Parcels.
        pub n: i64,
        /// VND of carriage.
        pub price: i64,
        /// VND of fees that were collected.
        pub collected: i64,
        /// Differences that nobody explained.
        pub differs: i64,
    }
}

/// A place in a list of parcels: when ordered, which dossier, which number.
pub type ParcelPlace = (i64, DossierId, u32);

/// Before the first of a list that begins with the newest.
pub const NEWEST: ParcelPlace = (i64::MAX, DossierId(uuid::Uuid::max()), u32::MAX);
/// Before the first of a list that begins with the oldest.
pub const OLDEST: ParcelPlace = (0, DossierId(uuid::Uuid::nil()), 0);

impl ParcelLine {
    /// Its place in a list.
    #[must_use]
    pub fn place(&self) -> ParcelPlace {
        (value::micros(self.ordered_at), self.dossier, self.number)
    }
}

/// A month as the table keeps it, `202003`: the one in which the post took the order; 0 before, and for what was called off
/// before the post had it, which costs nothing.
fn month(p: &Parcel) -> i64 {
    match p.registered_at {
        Some(at) if p.cancelled.is_empty() => month_of(at),
        _ => 0,
    }
}

/// The month of an instant in the province: `202003`.
#[must_use]
pub fn month_of(at: Timestamp) -> i64 {
    let at = local(at);
    i64::from(at.year()) * 100 + i64::from(at.month())
}

fn row(d: &Dossier, p: &Parcel) -> [Value; 17] {
    let collected: u64 = p.stations.iter().map(|s| s.collected).sum();
    [
        value::id(d.id.0),
        i64::from(p.number).into(),
        d.agency.0.clone().into(),
        d.code.0.clone().into(),
        p.order.reference.clone().into(),
        p.tracking.clone().into(),
        p.order.kind.as_str().into(),
        p.state().as_str().into(),
        i64::from(p.is_open()).into(),
        p.order.office.0.clone().into(),
        (if p.registered_at.is_some() { p.price } else { p.order.price })
            .cast_signed()
            .into(),
        p.order.collect.cast_signed().into(),
        collected.cast_signed().into(),
        i64::try_from(p.open_differences().count()).unwrap_or(i64::MAX).into(),
        i64::try_from(p.failures()).unwrap_or(i64::MAX).into(),
        value::micros(p.ordered_at).into(),
        month(p).into(),
    ]
}

/// Writes the rows of dossiers that have parcels.
pub(crate) async fn write(tx: &mut Tx, dossiers: &[Dossier]) -> Result<()> {
    let rows = dossiers.iter().flat_map(|d| d.parcels.iter().flat_map(move |p| row(d, p)));
    PUT.run(tx, rows.collect()).await
}

impl Store {
    /// The parcel with this reference of ours.
    ///
    /// # Errors
    /// What the database says.
    pub async fn parcel_by_reference(&self, reference: &str) -> Result<Option<(DossierId, u32)>> {
        let found: Option<(Vec<u8>, i64)> = self.db().one(sql(BY_REFERENCE, [reference.into()])).await?;
        let read = |(id, number): (Vec<u8>, i64)| Ok((DossierId(value::uuid(&id)?), u32::try_from(number).unwrap_or(0)));
        found.map(read).transpose()
    }

    /// Parcels of an agency that are under way, or that came to their end, the newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn parcels_of(&self, agency: &AgencyCode, open: bool, before: ParcelPlace, limit: u32) -> Result<Vec<ParcelLine>> {
        let values = [
            agency.as_str().into(),
            i64::from(open).into(),
            before.0.into(),
            value::id(before.1.0),
            i64::from(before.2).into(),
            i64::from(limit).into(),
        ];
        self.parcel_lines(sql(OF_AGENCY, values)).await
    }

    /// Parcels of an agency of which the post told something that nobody explained yet.
    ///
    /// # Errors
    /// What the database says.
    pub async fn parcels_differing(&self, agency: &AgencyCode) -> Result<Vec<ParcelLine>> {
        self.parcel_lines(sql(DIFFERING, [agency.as_str().into()])).await
    }

    /// Parcels that the post charges for in a month (`202003`), by agency and code, after a place; of one agency or of all.
    ///
    /// # Errors
    /// What the database says.
    pub async fn parcels_of_month(
        &self,
        month: i64,
        agency: Option<&AgencyCode>,
        after: (&str, &str, u32),
        limit: u32,
    ) -> Result<Vec<ParcelLine>> {
        let (number, limit) = (i64::from(after.2).into(), i64::from(limit).into());
        let statement = match agency {
            Some(agency) => sql(
                OF_MONTH_AGENCY,
                [month.into(), agency.as_str().into(), after.1.into(), number, limit],
            ),
            None => sql(OF_MONTH, [month.into(), after.0.into(), after.1.into(), number, limit]),
        };
        self.parcel_lines(statement).await
    }

    /// What the post charges in a month, by agency.
    ///
    /// # Errors
    /// What the database says.
    pub async fn parcel_sums(&self, month: i64) -> Result<Vec<ParcelSum>> {
        self.db().all(sql(SUMS, [month.into()])).await
    }

    pub(crate) async fn parcel_lines(&self, statement: crate::db::Stmt) -> Result<Vec<ParcelLine>> {
        self.db().all::<Row>(statement).await?.into_iter().map(Row::line).collect()
    }
}
