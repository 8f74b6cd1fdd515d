//! Closing a service to new requests, and opening it again: a change of its sheet like any other, written and sent to the
//! second person in one go. It holds from today, so that people read of a day that is still to come.

use super::ChangedFile;
use crate::Office;
use crate::error::{OfficeError, PublicationProblem, Result};
use jiff::civil::Date;
use motcua_catalogue::edit;
use motcua_model::actor::Actor;
use motcua_model::dossier::Refusal;
use motcua_model::id::{ProcedureCode, PublicationId};
use motcua_model::procedure::Closed;
use motcua_model::publication::{Step, check};

impl Office {
    /// Refuses a new request for a service that takes none today.
    pub(crate) fn open_to_requests(&self, code: &ProcedureCode) -> Result<()> {
        let procedure = self.procedure(code)?;
        match procedure.sheet.closed_on(self.today()) {
            Some(closed) => Err(Refusal::ServiceClosed(Box::new(closed.clone())).into()),
            None => Ok(()),
        }
    }

    /// Writes and sends a change by which a service is closed to new requests; with none it is open again. `reason` is
    /// the one of the publication. Drafts are kept and dossiers go on: nothing but new requests is refused.
    ///
    /// # Errors
    /// [`PublicationProblem`] as for sending: nothing is begun then; [`Refusal::NotFound`] for a service that is not
    /// filed here.
    pub async fn close_service(
        &self,
        actor: &Actor,
        code: &ProcedureCode,
        closed: Option<&Closed>,
        reason: &str,
    ) -> Result<PublicationId> {
        let began = Step::Began {
            reason: reason.to_owned(),
        };
        check(None, &began, actor, self.today())?;
        let from = closed.map(|c| c.from).filter(|from| *from < self.today());
        if let Some(from) = from {
            let today = self.today();
            return Err(motcua_model::publication::PublicationRefusal::InThePast { from, today }.into());
        }
        let path = format!("procedures/{code}/sheet.toml");
        let planned = self.planned().await?;
        let base = planned.get(&path).ok_or(Refusal::NotFound)?.to_owned();
        let body = edit::close(&base, closed).ok_or_else(|| OfficeError::Internal(format!("{path} cannot be read")))?;
        if body == base {
            return Err(PublicationProblem::Empty.into());
        }
        let file = ChangedFile {
            path,
            body: Some(body),
            base: Some(base),
        };
        self.check_over(planned, std::slice::from_ref(&file)).await?;
        let id = self.begin_with(actor, reason, vec![file]).await?;
        self.send_publication(actor, id, self.today()).await?;
        Ok(id)
    }
}

/// The closing of a service that holds or is to come by everything that was approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// Which service.
    pub code: ProcedureCode,
    /// Its name, in Vietnamese.
    pub name: motcua_model::procedure::Text,
    /// Since when, until when, why.
    pub closed: Closed,
}

impl Office {
    /// The services that take no new requests today, or will not, by the content in force.
    #[must_use]
    pub fn closings(&self) -> Vec<Closing> {
        let today: Date = self.today();
        let services = self.catalogue().services().iter();
        let of = |s: &std::sync::Arc<motcua_catalogue::Service>| {
            let closed = s.sheet.closed.clone()?;
            (closed.holds_on(today) || closed.is_ahead(today)).then(|| Closing {
                code: s.sheet.code.clone(),
                name: s.sheet.name.clone(),
                closed,
            })
        };
        services.filter_map(of).collect()
    }
}
