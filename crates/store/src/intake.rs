//! How many dossiers came in, by month, agency, procedure, level and channel: counted with every submission, in its own
//! transaction, so that no figure of the board counts dossiers.

use crate::Store;
use crate::db::{Result, sql};
use crate::row::row;
use crate::statement::statements;

statements! {
    MONTHS = "select month, level, channel, cast(sum(n) as bigint) as n from intake where month between $1 and $2 \
              group by month, level, channel order by month, level, channel";
    SERVICES = "select agency, procedure, level, channel, cast(sum(n) as bigint) as n from intake \
                where month between $1 and $2 group by agency, procedure, level, channel \
                order by agency, procedure, level, channel";
}

/// A month of the civil calendar as `YYYYMM`, in the province's time.
pub type Month = i64;

row! {
    /// The intake of a month over the whole province.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct MonthIntake {
        /// `YYYYMM`.
        pub month: Month,
        /// 3 or 4.
        pub level: i64,
        /// `online`, `post` or `counter`.
        pub channel: String,
        /// How many dossiers.
        pub n: i64,
    }
}

row! {
    /// The intake of a service at an agency over some months.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ServiceIntake {
        /// Which agency.
        pub agency: String,
        /// Which procedure.
        pub procedure: String,
        /// 3 or 4.
        pub level: i64,
        /// `online`, `post` or `counter`.
        pub channel: String,
        /// How many dossiers.
        pub n: i64,
    }
}

/// The month in which something happened.
#[must_use]
pub fn month_of(at: jiff::Timestamp) -> Month {
    let day = motcua_model::clock::local(at).date();
    i64::from(day.year()) * 100 + i64::from(day.month())
}

impl Store {
    /// The intake month by month, both ends included.
    ///
    /// # Errors
    /// What the database says.
    pub async fn intake_by_month(&self, from: Month, to: Month) -> Result<Vec<MonthIntake>> {
        self.db().all(sql(MONTHS, [from.into(), to.into()])).await
    }

    /// The intake of every service at every agency, both ends included.
    ///
    /// # Errors
    /// What the database says.
    pub async fn intake_by_service(&self, from: Month, to: Month) -> Result<Vec<ServiceIntake>> {
        self.db().all(sql(SERVICES, [from.into(), to.into()])).await
    }
}
