//! Delivery rounds of a post office: each clerk's stops in her order, and what happened at each.
//!
//! The order of stops is a plan, kept in the store; what happened is an event of the dossier.

use crate::Office;
use crate::error::Result;
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::{Command, Dossier, ParcelCommand, ParcelKind, ParcelState, Refusal, Visit};
use motcua_model::id::{AgencyCode, DossierId, FileHash};
use motcua_store::file::Incoming;
use motcua_store::parcel::{OLDEST, ParcelLine, ParcelPlace};
use motcua_store::round::PlannedStop;

/// Parcels that nobody has taken yet, on a page.
const PAGE: u32 = 20;
/// Largest picture of a delivery, in bytes.
pub const PICTURE_MAX: u64 = 5 * 1024 * 1024;

/// A stop: the parcel, with what the clerk needs at the door and nothing else of the dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The dossier.
    pub dossier: DossierId,
    /// The parcel within it.
    pub parcel: u32,
    /// The post's number.
    pub tracking: String,
    /// To whom.
    pub name: String,
    /// Her phone; empty where there is none.
    pub phone: String,
    /// Where.
    pub address: String,
    /// VND to collect.
    pub collect: u64,
    /// Where it stands.
    pub state: ParcelState,
    /// Tries that failed.
    pub failures: usize,
    /// Who may take it in her place; none where nobody may.
    pub receiver: Option<String>,
    /// Whether papers are fetched here.
    pub fetches: bool,
}

/// A clerk's round, and what nobody has taken yet.
#[derive(Clone, Debug, Default)]
pub struct Round {
    /// Her stops, in her order.
    pub stops: Vec<Stop>,
    /// Parcels of the office that are on nobody's round.
    pub waiting: Vec<Stop>,
    /// Where the next page of those begins; none on the last.
    pub next: Option<ParcelPlace>,
}

fn clerk(actor: &Actor) -> Result<&AgencyCode> {
    match (actor.role, &actor.agency) {
        (Role::PostClerk, Some(office)) => Ok(office),
        _ => Err(Refusal::NotPermitted.into()),
    }
}

impl Office {
    /// The clerk's round, with a page of what nobody has taken yet, after a place. What came to its end meanwhile, or belongs
    /// to the office where she was before, leaves her round.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no postal clerk, as for the functions below.
    pub async fn round(&self, actor: &Actor, after: Option<ParcelPlace>) -> Result<Round> {
        let office = clerk(actor)?;
        let mut round = Round {
            stops: self.stops(actor).await?,
            ..Round::default()
        };
        let mut waiting = self
            .store()
            .parcels_waiting(office, after.unwrap_or(OLDEST), PAGE + 1)
            .await?;
        let more = waiting.len() > PAGE as usize;
        waiting.truncate(PAGE as usize);
        round.next = waiting.last().filter(|_| more).map(ParcelLine::place);
        for line in waiting {
            round.waiting.extend(self.stop_of(line.dossier, line.number).await?);
        }
        Ok(round)
    }

    async fn stops(&self, actor: &Actor) -> Result<Vec<Stop>> {
        let office = clerk(actor)?;
        let mut stops = Vec::new();
        for planned in self.store().round_of(actor.account).await? {
            match self.stop_of(planned.dossier, planned.parcel).await? {
                Some(stop) if planned.office == *office => stops.push(stop),
                _ => {
                    let left = self.store().leave_stop(actor.account, planned.dossier, planned.parcel);
                    left.await?;
                }
            }
        }
        Ok(stops)
    }

    /// A parcel as a stop; none where it is not under way any more.
    async fn stop_of(&self, dossier: DossierId, parcel: u32) -> Result<Option<Stop>> {
        let Some(loaded) = self.store().dossier(dossier).await? else {
            return Ok(None);
        };
        let d = loaded.dossier;
        Ok(d.parcel(parcel).filter(|p| p.is_open()).map(|p| Stop {
            dossier,
            parcel,
            tracking: p.tracking.clone(),
            name: p.order.address.name.clone(),
            phone: p.order.address.phone.clone(),
            address: p.order.address.text.clone(),
            collect: p.order.collect.min(d.fee_due()),
            state: p.state(),
            failures: p.failures(),
            receiver: d.receiver.as_ref().map(|r| r.name.clone()),
            fetches: p.order.kind == ParcelKind::Collect,
        }))
    }

    /// The clerk takes a parcel on her round, at its end: she has it in her hands.
    ///
    /// # Errors
    /// [`Refusal::Overtaken`] when a colleague took it; [`Refusal::ParcelElsewhere`] when it is not under way any more;
    /// [`Refusal::NotFound`] for another office's.
    pub async fn take_stop(&self, actor: &Actor, id: DossierId, parcel: u32) -> Result<()> {
        let office = clerk(actor)?;
        let d = self.store().dossier(id).await?.ok_or(Refusal::NotFound)?.dossier;
        let p = d.parcel(parcel).filter(|p| p.order.office == *office);
        if !p.ok_or(Refusal::NotFound)?.is_open() {
            return Err(Refusal::ParcelElsewhere.into());
        }
        let planned = PlannedStop {
            dossier: id,
            parcel,
            office: office.clone(),
        };
        if !self.store().take_stop(actor.account, &planned).await? {
            return Err(Refusal::Overtaken.into());
        }
        Ok(())
    }

    /// Moves a stop up by one.
    ///
    /// # Errors
    /// The store.
    pub async fn raise_stop(&self, actor: &Actor, id: DossierId, parcel: u32) -> Result<()> {
        let stops = self.stops(actor).await?;
        let at = stops.iter().position(|s| s.dossier == id && s.parcel == parcel);
        let mut order: Vec<(DossierId, u32)> = stops.iter().map(|s| (s.dossier, s.parcel)).collect();
        if let Some(at) = at.filter(|at| *at > 0) {
            order.swap(at, at - 1);
        }
        Ok(self.store().order_stops(actor.account, &order).await?)
    }

    /// Takes a stop off the round.
    ///
    /// # Errors
    /// The store.
    pub async fn leave_stop(&self, actor: &Actor, id: DossierId, parcel: u32) -> Result<()> {
        clerk(actor)?;
        Ok(self.store().leave_stop(actor.account, id, parcel).await?)
    }

    /// Notes what happened at a stop: set out, delivered with a proof, failed with a reason, held at the office, sent back.
    ///
    /// # Errors
    /// [`Refusal::ReceiverNotNamed`] for a neighbour whom she did not name; [`Refusal::ProofMissing`];
    /// [`Refusal::CodeWrong`]; [`Refusal::WrongAmount`]; [`Refusal::NoTill`] for cash without an open till, as at the counter;
    /// those of [`Office::take_stop`].
    pub async fn visit(&self, actor: &Actor, id: DossierId, parcel: u32, visit: Visit) -> Result<Dossier> {
        // What a colleague has on her round is hers to note; what nobody has is hers now.
        self.take_stop(actor, id, parcel).await?;
        let state = visit.state;
        // The fee that she takes at the door lies in her own till; a visit that delivers nothing takes none.
        let effects = if state == ParcelState::Delivered && visit.collected > 0 {
            self.cash_to_till(actor).await?
        } else {
            Vec::new()
        };
        let what = ParcelCommand::Visit(Box::new(visit));
        let before = self.store().dossier(id).await?.ok_or(Refusal::NotFound)?.dossier;
        let wrong = before.parcel(parcel).map_or(0, |p| p.code_wrong);
        let d = self
            .act_with(actor, id, Some(before.version), Command::Parcel { parcel, what }, effects)
            .await?;
        let p = d.parcel(parcel).ok_or(Refusal::NotFound)?;
        if p.code_wrong > wrong {
            return Err(Refusal::CodeWrong.into());
        }
        if state != ParcelState::OutForDelivery {
            self.store().leave_stop(actor.account, id, parcel).await?;
        }
        Ok(d)
    }

    /// Keeps a picture of a delivery: JPEG or PNG, no larger than [`PICTURE_MAX`].
    ///
    /// # Errors
    /// [`crate::error::PaperProblem`] with the limit.
    pub async fn keep_picture(&self, mut file: Incoming) -> Result<Option<FileHash>> {
        use crate::error::PaperProblem;
        if file.size() == 0 {
            file.discard().await?;
            return Ok(None);
        }
        if file.size() > PICTURE_MAX {
            file.discard().await?;
            let max_mb = PICTURE_MAX / 1024 / 1024;
            return Err(PaperProblem::TooLarge { max_mb }.into());
        }
        let head = file.bytes().await?;
        if !head.starts_with(&[0xff, 0xd8, 0xff]) && !head.starts_with(b"\x89PNG\r\n\x1a\n") {
            file.discard().await?;
            return Err(PaperProblem::WrongType.into());
        }
        let (hash, _) = file.keep().await?;
        Ok(Some(hash))
    }
}

/// What a page of a round tells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// She sets out with it.
    Out,
    /// Delivered.
    Delivered,
    /// A try failed.
    Failed,
    /// Kept at the office.
    Held,
    /// Sent back.
    Back,
    /// Given to the one-stop again.
    Returned,
}

impl Outcome {
    /// The state that it brings the parcel to.
    #[must_use]
    pub fn state(self) -> ParcelState {
        match self {
            Self::Out => ParcelState::OutForDelivery,
            Self::Delivered => ParcelState::Delivered,
            Self::Failed => ParcelState::Failed,
            Self::Held => ParcelState::Held,
            Self::Back => ParcelState::Returning,
            Self::Returned => ParcelState::Returned,
        }
    }
}
