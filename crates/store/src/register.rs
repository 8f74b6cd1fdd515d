//! The register: an agency's dossiers in the order in which they came in.

use crate::db::{Result, sql};
use crate::dossier::StateRow;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use motcua_model::dossier::Dossier;
use motcua_model::id::{AgencyCode, DossierId};

statements! {
    REGISTER = "select state, hash from dossier where agency = $1 and filed_at < $2 and (filed_at, id) > ($3, $4) \
                order by filed_at, id limit $5";
}

impl Store {
    /// Dossiers of an agency filed from `from` until before `to`, in order, those after `after`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn register(
        &self,
        agency: &AgencyCode,
        from: Timestamp,
        to: Timestamp,
        after: Option<(Timestamp, DossierId)>,
        limit: u32,
    ) -> Result<Vec<Dossier>> {
        // Before the first identifier of the first moment.
        let (at, id) = after.map_or((value::micros(from) - 1, crate::dossier::LAST), |(at, id)| {
            (value::micros(at), id)
        });
        let values = [
            agency.as_str().into(),
            value::micros(to).into(),
            at.into(),
            value::id(id.0),
            i64::from(limit).into(),
        ];
        let rows: Vec<StateRow> = self.db().all(sql(REGISTER, values)).await?;
        rows.into_iter().map(|row| Ok(row.loaded()?.dossier)).collect()
    }
}
