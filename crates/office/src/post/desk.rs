//! What people decide about parcels: the person who wants her papers fetched, the officer who asks the post anew, calls off,
//! and finds out what a difference was.

use super::order::TypedAddress;
use super::{BRING_BACK, PostProblem};
use crate::Office;
use crate::desk::officer_agency;
use crate::error::{OfficeError, Result};
use jiff::SignedDuration;
use motcua_model::actor::Actor;
use motcua_model::dossier::{Command, Dossier, ParcelCommand, ParcelKind, Refusal};
use motcua_model::form::Answers;
use motcua_model::id::{AgencyCode, DossierId};
use motcua_model::permission::Action;
use motcua_model::post::Payer;
use motcua_model::procedure::Procedure;
use motcua_store::parcel::{NEWEST, ParcelLine, ParcelPlace};
use serde_json::Value;

/// Parcels on a page.
pub const PAGE: u32 = 50;

/// What the way home would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Where to, on one line.
    pub address: String,
    /// What the commune was called when the address was written; none where the name is today's.
    pub was: Option<String>,
    /// VND of carriage.
    pub price: u64,
    /// Who pays it.
    pub payer: Payer,
    /// Whether the price is an estimate.
    pub estimate: bool,
}

/// Parcels of an agency.
#[derive(Clone, Debug, Default)]
pub struct Parcels {
    /// Those of which the post told something that does not fit.
    pub differing: Vec<ParcelLine>,
    /// The page's lines.
    pub lines: Vec<ParcelLine>,
    /// Where the next page begins.
    pub next: Option<ParcelPlace>,
}

impl Office {
    /// Whether results go by post without anybody's doing.
    #[must_use]
    pub fn sends_by_post(&self) -> bool {
        self.inner.gateways.post.is_some()
    }

    /// What bringing the result of a dossier home would be.
    ///
    /// # Errors
    /// [`PostProblem`].
    pub fn post_quote(&self, d: &Dossier) -> std::result::Result<Quote, PostProblem> {
        self.quote(self.place_of(d)?, &d.agency)
    }

    /// The same before a dossier is sent.
    ///
    /// # Errors
    /// [`PostProblem`].
    pub fn post_quote_for(
        &self,
        procedure: &Procedure,
        answers: &Answers,
        agency: &AgencyCode,
    ) -> std::result::Result<Quote, PostProblem> {
        let answer = answers.get(&procedure.form.applicant.address).ok_or(PostProblem::NoAddress)?;
        let part = |name: &str| answer.get(name).and_then(Value::as_str).unwrap_or("");
        self.quote(self.place(part("commune"), part("street"))?, agency)
    }

    fn quote(&self, place: super::order::Place, agency: &AgencyCode) -> std::result::Result<Quote, PostProblem> {
        let tariff = self.tariff()?;
        self.serves(&place.commune)?;
        let zone = self.zone(agency, &place.commune);
        let price = tariff.price(zone, tariff.usual_g).ok_or(PostProblem::TooHeavy {
            max_g: tariff.heaviest(zone),
        })?;
        Ok(Quote {
            address: place.text,
            was: place.was,
            price,
            payer: tariff.payer,
            estimate: tariff.estimate,
        })
    }

    /// Asks the post to carry something: an officer a result or papers, the person herself her papers to the one-stop.
    ///
    /// # Errors
    /// [`PostProblem`] where the address does not do; [`Refusal::ParcelUnderWay`].
    pub async fn send_parcel(
        &self,
        actor: &Actor,
        id: DossierId,
        kind: ParcelKind,
        typed: Option<&TypedAddress>,
        weight_g: Option<u32>,
    ) -> Result<Dossier> {
        if !self.sends_by_post() {
            return Err(PostProblem::NotSetUp.into());
        }
        let d = self.load(actor, id, Action::SendParcel).await?.dossier;
        let order = self.parcel_order(&d, kind, typed, weight_g)?;
        let command = Command::Parcel {
            parcel: 0,
            what: ParcelCommand::Order(Box::new(order)),
        };
        self.act(actor, id, Some(d.version), command).await
    }

    /// Calls a parcel off that the post does not have yet.
    ///
    /// # Errors
    /// [`Refusal::ParcelUnderWay`] once it has it; [`Refusal::ReasonMissing`].
    pub async fn cancel_parcel(&self, actor: &Actor, id: DossierId, parcel: u32, reason: String) -> Result<Dossier> {
        let what = ParcelCommand::Cancel { reason };
        self.act(actor, id, None, Command::Parcel { parcel, what }).await
    }

    /// Notes what a difference was.
    ///
    /// # Errors
    /// [`Refusal::Overtaken`] when somebody did before; [`Refusal::ReasonMissing`].
    pub async fn explain_difference(
        &self,
        actor: &Actor,
        id: DossierId,
        parcel: u32,
        seq: u32,
        reason: String,
    ) -> Result<Dossier> {
        let what = ParcelCommand::Explain { seq, reason };
        self.act(actor, id, None, Command::Parcel { parcel, what }).await
    }

    /// Asks the post to bring a parcel back to the one-stop; the post tells when it does.
    ///
    /// # Errors
    /// [`Refusal::ParcelElsewhere`] where the post does not have it.
    pub async fn bring_back(&self, actor: &Actor, id: DossierId, parcel: u32) -> Result<()> {
        let d = self.load(actor, id, Action::SendParcel).await?.dossier;
        let p = d.parcel(parcel).ok_or(Refusal::NotFound)?;
        if !p.is_open() || !p.is_sent() {
            return Err(Refusal::ParcelElsewhere.into());
        }
        let job = self.post_job(BRING_BACK, id, parcel, SignedDuration::ZERO);
        self.store().enqueue(&job).await?;
        self.inner.bell.notify_one();
        Ok(())
    }

    /// The person names who may take the result in her place.
    ///
    /// # Errors
    /// [`Refusal::ReceiverUnclear`].
    pub async fn name_receiver(&self, actor: &Actor, id: DossierId, name: String, id_last: String) -> Result<Dossier> {
        let what = ParcelCommand::NameReceiver { name, id_last };
        self.act(actor, id, None, Command::Parcel { parcel: 0, what }).await
    }

    /// Parcels of the officer's agency, under way or at their end.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no officer.
    pub async fn agency_parcels(&self, actor: &Actor, open: bool, before: Option<ParcelPlace>) -> Result<Parcels> {
        let agency = officer_agency(actor)?;
        let differing = if before.is_none() {
            self.store().parcels_differing(agency).await?
        } else {
            Vec::new()
        };
        let mut lines = self
            .store()
            .parcels_of(agency, open, before.unwrap_or(NEWEST), PAGE + 1)
            .await?;
        let more = lines.len() > PAGE as usize;
        lines.truncate(PAGE as usize);
        Ok(Parcels {
            differing,
            next: lines.last().filter(|_| more).map(ParcelLine::place),
            lines,
        })
    }
}

impl From<PostProblem> for OfficeError {
    fn from(e: PostProblem) -> Self {
        Self::Post(e)
    }
}
