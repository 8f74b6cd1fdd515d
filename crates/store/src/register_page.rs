//! The register of an agency: its dossiers in the order of their codes, which is the order of filing. A stretch of the
//! index of codes, so that a day costs what the day holds.

use crate::Store;
use crate::db::{Result, built};
use crate::dossier::{Col, StateRow};
use motcua_model::dossier::{Dossier, day_of_codes};
use motcua_model::id::AgencyCode;
use sea_query::{Cond, Expr, ExprTrait, Order, Query};

/// What of the register is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterFilter {
    /// Whose register.
    pub agency: AgencyCode,
    /// First day of filing.
    pub from: jiff::civil::Date,
    /// Last day of filing.
    pub to: jiff::civil::Date,
    /// Only these procedures; none for all.
    pub procedures: Option<Vec<String>>,
    /// After this code (keyset).
    pub after: Option<String>,
    /// How many lines.
    pub limit: u64,
}

/// The statement behind [`Store::register_page`]; public for the test that looks at its plan.
#[must_use]
pub fn register_query(filter: &RegisterFilter) -> sea_query::SelectStatement {
    let first = day_of_codes(&filter.agency, filter.from);
    let end = day_of_codes(&filter.agency, filter.to.saturating_add(jiff::Span::new().days(1)));
    let condition = Cond::all()
        .add(Expr::col(Col::Code).gt(filter.after.clone().filter(|a| *a > first).unwrap_or(first)))
        .add(Expr::col(Col::Code).lt(end))
        .add_option(
            filter
                .procedures
                .as_ref()
                .map(|all| Expr::col(Col::Procedure).is_in(all.iter().map(String::as_str))),
        );
    Query::select()
        .columns([Col::State, Col::Hash])
        .from(Col::Table)
        .cond_where(condition)
        .order_by(Col::Code, Order::Asc)
        .limit(filter.limit)
        .take()
}

impl Store {
    /// The dossiers of a register, in the order of filing.
    ///
    /// # Errors
    /// What the database says.
    pub async fn register_page(&self, filter: &RegisterFilter) -> Result<Vec<Dossier>> {
        let rows: Vec<StateRow> = self.db().all(built(register_query(filter))).await?;
        rows.into_iter().map(|r| r.loaded().map(|l| l.dossier)).collect()
    }
}
