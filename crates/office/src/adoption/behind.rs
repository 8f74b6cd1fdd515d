//! The dossiers behind a figure, for who may see them.

use super::Month;
use crate::Office;
use crate::error::{OfficeError, Result};
use jiff::Timestamp;
use motcua_model::actor::Actor;
use motcua_model::clock::TIME_ZONE;
use motcua_model::dossier::{Channel, Refusal};
use motcua_model::id::{AgencyCode, DossierId, ProcedureCode};
use motcua_store::dossier::DossierLine;
use motcua_store::figure::Cell;
use motcua_store::intake::months_before;

/// Which figure: what came in at an agency for a service, one way, in some months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    /// The agency that settles.
    pub agency: AgencyCode,
    /// The service.
    pub procedure: ProcedureCode,
    /// The way they came.
    pub channel: Channel,
    /// First month.
    pub from: Month,
    /// Last month.
    pub to: Month,
}

impl Behind {
    /// Lines of one page.
    pub const PAGE: usize = 50;
}

/// The first moment of a month.
pub(crate) fn begins(month: Month) -> Result<Timestamp> {
    let wrong = || OfficeError::Refused(Refusal::NotFound);
    let year = i16::try_from(month / 100).map_err(|_| wrong())?;
    let number = i8::try_from(month % 100).map_err(|_| wrong())?;
    let first = jiff::civil::Date::new(year, number, 1).map_err(|_| wrong())?;
    TIME_ZONE.to_timestamp(first.at(0, 0, 0, 0)).map_err(|_| wrong())
}

impl Office {
    /// A page of the dossiers behind a figure, in the order of filing, after a line of the page before.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no officer of that agency: figures are for heads and the province, people's
    /// dossiers for who settles them.
    pub async fn behind(&self, actor: &Actor, of: &Behind, after: Option<(Timestamp, DossierId)>) -> Result<Vec<DossierLine>> {
        if !actor.role.is_officer() || actor.agency.as_ref() != Some(&of.agency) {
            return Err(Refusal::NotPermitted.into());
        }
        let cell = Cell {
            agency: of.agency.clone(),
            procedure: of.procedure.clone(),
            channel: of.channel.as_str(),
            from: begins(of.from)?,
            before: begins(months_before(of.to, -1))?,
        };
        Ok(self.store().dossiers_of_cell(&cell, after, Behind::PAGE as u64).await?)
    }
}
