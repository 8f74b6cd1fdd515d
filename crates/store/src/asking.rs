//! How often each officer asked for supplements, counted with every request in its own transaction: requests, things
//! that lacked, and reasons that the person had been given before on the same dossier.

use crate::Store;
use crate::db::{Result, sql};
use crate::intake::{Month, month_of};
use crate::many::Many;
use crate::row::row;
use crate::statement::statements;
use motcua_model::dossier::{Dossier, Event, Recorded};
use motcua_model::id::AgencyCode;
use motcua_model::text::fold;
use sea_query::Value;
use std::collections::BTreeMap;

statements! {
    OF_AGENCY = "select name, cast(sum(requests) as bigint) as requests, cast(sum(lacks) as bigint) as lacks, \
                 cast(sum(again) as bigint) as again from asking where agency = $1 and month between $2 and $3 \
                 group by account, name order by requests desc, name limit 200";
}

static COUNT: Many = Many::rows(
    "insert into asking (agency, month, account, name, requests, lacks, again) values ",
    7,
    " on conflict (agency, month, account) do update set name = excluded.name, \
     requests = asking.requests + excluded.requests, lacks = asking.lacks + excluded.lacks, again = asking.again + excluded.again",
);

pub(crate) static MANY: &[&Many] = &[&COUNT];

row! {
    /// What one officer asked for in some months.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Asking {
        /// Her name.
        pub name: String,
        /// Requests to supplement.
        pub requests: i64,
        /// Fields and papers that lacked in them.
        pub lacks: i64,
        /// Of these, asked for again with the same reason as before on the same dossier.
        pub again: i64,
    }
}

/// Agency, month, account; the name and the three counts.
#[derive(Default)]
pub(crate) struct Askings(BTreeMap<Asker, (String, [i64; 3])>);

/// Agency, month and account.
type Asker = (String, Month, Vec<u8>);

impl Askings {
    /// Takes in an event with the state that it meets.
    pub fn note(&mut self, before: Option<&Dossier>, recorded: &Recorded) {
        let (Some(d), Event::SupplementRequested { lacks, .. }) = (before, &recorded.event) else {
            return;
        };
        let said = |about: &str, reason: &str| (about.to_owned(), fold(reason));
        let earlier: Vec<_> = d
            .supplements
            .iter()
            .flat_map(|s| &s.lacks)
            .map(|l| said(&l.about, &l.reason))
            .collect();
        let again = lacks.iter().filter(|l| earlier.contains(&said(&l.about, &l.reason))).count();
        let actor = &recorded.actor;
        let key = (d.agency.0.clone(), month_of(recorded.at), actor.account.0.as_bytes().to_vec());
        let entry = self.0.entry(key).or_insert_with(|| (actor.name.clone(), [0; 3]));
        let counts = [1, lacks.len() as i64, again as i64];
        for (sum, n) in entry.1.iter_mut().zip(counts) {
            *sum += n;
        }
    }

    /// Writes them; nothing in most groups.
    pub async fn write(self, tx: &mut crate::db::Tx) -> Result<()> {
        let mut values: Vec<Value> = Vec::new();
        for ((agency, month, account), (name, counts)) in self.0 {
            values.extend([agency.into(), month.into(), account.into(), name.into()]);
            values.extend(counts.map(Value::from));
        }
        COUNT.run(tx, values).await
    }
}

impl Store {
    /// What each officer of an agency asked for, both months included, who asked most first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn asking(&self, agency: &AgencyCode, from: Month, to: Month) -> Result<Vec<Asking>> {
        self.db()
            .all(sql(OF_AGENCY, [agency.as_str().into(), from.into(), to.into()]))
            .await
    }
}
