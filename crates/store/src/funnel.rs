//! How far people come with a service: counts of steps, written in batches, with nothing of who took them.

use crate::Store;
use crate::db::{Result, sql, transact};
use crate::intake::Month;
use crate::many::Many;
use crate::row::row;
use crate::statement::statements;
use sea_query::Value;

statements! {
    OF_ALL = "select procedure, what, channel, device, cast(sum(n) as bigint) as n from funnel where month between $1 and $2 \
              and what in ('sheet', 'begun', 'submitted') group by procedure, what, channel, device \
              order by procedure, what, channel, device";
    OF_ONE = "select procedure, what, channel, device, cast(sum(n) as bigint) as n from funnel where month between $1 and $2 \
              and procedure = $3 group by procedure, what, channel, device order by procedure, what, channel, device";
}

static ADD: Many = Many::rows(
    "insert into funnel (month, procedure, what, channel, device, n) values ",
    6,
    " on conflict (month, procedure, what, channel, device) do update set n = funnel.n + excluded.n",
);

pub(crate) static MANY: &[&Many] = &[&ADD];

/// A step of a service as it was taken.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// `YYYYMM`.
    pub month: Month,
    /// Code of the procedure.
    pub procedure: String,
    /// Which step.
    pub what: String,
    /// `online`, `post` or `counter`.
    pub channel: &'static str,
    /// `phone`, `computer`, or empty where nobody knows.
    pub device: &'static str,
}

row! {
    /// How often a step was taken.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct StepCount {
        /// Code of the procedure.
        pub procedure: String,
        /// Which step.
        pub what: String,
        /// `online`, `post` or `counter`.
        pub channel: String,
        /// `phone`, `computer`, or empty.
        pub device: String,
        /// How often.
        pub n: i64,
    }
}

impl Store {
    /// Counts steps, each with how often it was taken; in the order of their keys.
    ///
    /// # Errors
    /// What the database says, as for the functions below.
    pub async fn add_steps(&self, steps: impl Iterator<Item = (Step, i64)>) -> Result<()> {
        let values: Vec<Value> = steps
            .flat_map(|(s, n)| {
                let text = [s.procedure, s.what, s.channel.to_owned(), s.device.to_owned()];
                std::iter::once(Value::from(s.month))
                    .chain(text.map(Value::from))
                    .chain([n.into()])
            })
            .collect();
        transact!(self.db(), "count steps", |tx| ADD.run(tx, values.clone()).await)
    }

    /// Sheets read, forms begun and sent, of every service.
    ///
    /// # Errors
    /// See [`Store::add_steps`].
    pub async fn steps_of_all(&self, from: Month, to: Month) -> Result<Vec<StepCount>> {
        self.db().all(sql(OF_ALL, [from.into(), to.into()])).await
    }

    /// Every step of one service.
    ///
    /// # Errors
    /// See [`Store::add_steps`].
    pub async fn steps_of(&self, procedure: &str, from: Month, to: Month) -> Result<Vec<StepCount>> {
        self.db().all(sql(OF_ONE, [from.into(), to.into(), procedure.into()])).await
    }
}
