//! How many dossiers a post office filed, by the month in which it did and by where they stand: counted with every change,
//! in its own transaction, so that no figure counts dossiers.

use crate::Store;
use crate::db::{Result, Tx, sql};
use crate::intake::{Month, month_of};
use crate::many::Many;
use crate::row::row;
use crate::statement::statements;
use motcua_model::dossier::{Channel, Dossier, Status};
use motcua_model::id::AgencyCode;
use sea_query::Value;
use std::collections::BTreeMap;

statements! {
    OF_OFFICE = "select office, month, status, n from office_count where office = $1 and n <> 0 order by month, status";
    ALL = "select office, month, status, n from office_count where n <> 0 order by office, month, status";
}

static COUNT: Many = Many::rows(
    "insert into office_count (office, month, status, n) values ",
    4,
    " on conflict (office, month, status) do update set n = office_count.n + excluded.n",
);

pub(crate) static MANY: &[&Many] = &[&COUNT];

row! {
    /// One count.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct OfficeCount {
        /// The post office.
        pub office: String,
        /// The month of filing, `YYYYMM`.
        pub month: Month,
        /// [`motcua_model::dossier::Status::as_str`].
        pub status: String,
        /// How many.
        pub n: i64,
    }
}

/// What a group of changes moves.
#[derive(Debug, Default)]
pub(crate) struct Counts(BTreeMap<(String, Month, &'static str), i64>);

impl Counts {
    /// A dossier stands where it stands (`by` 1), or leaves there (`by` -1).
    pub fn note(&mut self, d: &Dossier, by: i64) {
        // What was annulled counts nowhere.
        if let (Channel::Post, Some(office)) = (d.channel, &d.filed_at_office)
            && d.status != Status::Annulled
        {
            let key = (office.0.clone(), month_of(d.filed_at), d.status.as_str());
            *self.0.entry(key).or_default() += by;
        }
    }

    /// Writes what moved.
    pub async fn write(self, tx: &mut Tx) -> Result<()> {
        let moved = self.0.into_iter().filter(|(_, n)| *n != 0);
        let rows = moved.flat_map(|((office, month, status), n)| [Value::from(office), month.into(), status.into(), n.into()]);
        COUNT.run(tx, rows.collect()).await
    }
}

impl Store {
    /// What a post office filed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn office_counts(&self, office: &AgencyCode) -> Result<Vec<OfficeCount>> {
        self.db().all(sql(OF_OFFICE, [office.as_str().into()])).await
    }

    /// What every post office filed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn all_office_counts(&self) -> Result<Vec<OfficeCount>> {
        self.db().all(sql(ALL, [])).await
    }
}
