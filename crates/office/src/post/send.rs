//! What the outbox asks the post.

use super::{CALL_OFF, SILENCE, TRACK};
use crate::Office;
use crate::error::{OfficeError, Result};
use crate::worker::Failure;
use jiff::SignedDuration;
use motcua_gateways::GatewayError;
use motcua_gateways::post::{Declined, Post, PostOrder};
use motcua_model::actor::Actor;
use motcua_model::dossier::{Command, Dossier, Parcel, ParcelCommand, ParcelKind, Refusal, ReturnWay, Status};
use motcua_model::id::DossierId;

/// How often a change is decided again when others change the dossier meanwhile.
pub(super) const AGAIN: usize = 8;

type Done<T = ()> = std::result::Result<T, Failure>;

fn outside(e: GatewayError) -> Failure {
    Failure {
        why: e.what,
        again: e.temporary,
        note: None,
    }
}

impl Office {
    /// Orders the post for a result that is there and wanted by post, once. An address that cannot be is no failure to be
    /// tried again: the desk's page says so, and an officer asks the person.
    pub(super) async fn order_result(&self, id: DossierId) -> Done {
        let Some(loaded) = self.store().dossier(id).await? else {
            return Ok(());
        };
        let d = loaded.dossier;
        if d.status != Status::Approved || d.return_way != ReturnWay::Post || d.delivery().is_some() {
            return Ok(());
        }
        let order = match self.parcel_order(&d, ParcelKind::Deliver, None, None) {
            Ok(order) => order,
            Err(error) => {
                tracing::warn!(%error, dossier = %id, "a result cannot go by post");
                return Ok(());
            }
        };
        let command = Command::Parcel {
            parcel: 0,
            what: ParcelCommand::Order(Box::new(order)),
        };
        match self.act(&Actor::system(), id, Some(d.version), command).await {
            Ok(_) | Err(OfficeError::Refused(Refusal::ParcelUnderWay | Refusal::WrongStatus { .. })) => Ok(()),
            Err(e) => Err(e.into()),
        }
    }

    /// The parcel with the post that carries it; none where there is nothing to ask.
    async fn at_post(&self, id: DossierId, parcel: u32) -> Done<Option<(Post, Dossier, Parcel)>> {
        let Some(post) = self.inner.gateways.post.clone() else {
            return Ok(None);
        };
        let Some(loaded) = self.store().dossier(id).await? else {
            return Ok(None);
        };
        let found = loaded.dossier.parcel(parcel).cloned();
        Ok(found.map(|p| (post, loaded.dossier, p)))
    }

    /// Tells the post of an order; sent again, it is the same parcel there.
    pub(super) async fn send_order(&self, id: DossierId, parcel: u32) -> Done {
        let Some((post, d, p)) = self.at_post(id, parcel).await? else {
            return Ok(());
        };
        if !p.is_open() || !p.tracking.is_empty() {
            return Ok(());
        }
        let agency = self.catalogue().agency(&d.agency);
        let order = PostOrder {
            reference: p.order.reference.clone(),
            kind: p.order.kind.as_str().to_owned(),
            dossier: d.code.0.clone(),
            agency_name: agency.map_or_else(|| d.agency.0.clone(), |a| a.name.vi.clone()),
            agency_address: agency.map_or_else(String::new, |a| a.address.clone()),
            person_name: p.order.address.name.clone(),
            person_phone: p.order.address.phone.clone(),
            person_address: p.order.address.text.clone(),
            commune: p.order.address.commune.clone(),
            zone: self.zone(&d.agency, &p.order.address.commune).as_str().to_owned(),
            weight_g: p.order.weight_g,
            collect: p.order.collect,
        };
        let what = match post.create(&order, self.now()).await.map_err(outside)? {
            Ok(created) => ParcelCommand::Register {
                tracking: created.tracking,
                price: created.price,
            },
            Err(no) => ParcelCommand::Decline { why: said(&no) },
        };
        self.note_of_post(id, parcel, what).await.map_err(Failure::from)
    }

    /// Asks the post where a parcel is: notices get lost. Asked again after a day for as long as it is under way.
    pub(super) async fn track_parcel(&self, id: DossierId, parcel: u32) -> Done {
        let Some((post, _, p)) = self.at_post(id, parcel).await? else {
            return Ok(());
        };
        let told = match post.track(&p.order.reference, self.now()).await.map_err(outside)? {
            Ok(told) => told,
            Err(no) => {
                tracing::warn!(
                    reference = p.order.reference,
                    code = no.code,
                    "the post does not know a parcel of ours"
                );
                return Ok(());
            }
        };
        if p.tracking.is_empty() && p.is_open() {
            let what = ParcelCommand::Register {
                tracking: told.tracking,
                price: told.price,
            };
            self.note_of_post(id, parcel, what).await?;
        }
        for notice in told.notices {
            self.take_notice(id, parcel, notice).await?;
        }
        let loaded = self.store().dossier(id).await?;
        if loaded.is_some_and(|l| l.dossier.parcel(parcel).is_some_and(Parcel::is_open)) {
            self.store().enqueue(&self.post_job(TRACK, id, parcel, SILENCE)).await?;
        }
        Ok(())
    }

    /// Calls a parcel off at the post. Where the post has it already, that shows when it tells of it.
    pub(super) async fn call_off(&self, id: DossierId, parcel: u32) -> Done {
        let Some((post, _, p)) = self.at_post(id, parcel).await? else {
            return Ok(());
        };
        if p.tracking.is_empty() {
            return Ok(());
        }
        if let Err(no) = post.cancel(&p.order.reference, self.now()).await.map_err(outside)? {
            tracing::warn!(
                reference = p.order.reference,
                code = no.code,
                job = CALL_OFF,
                "the post goes on with a parcel"
            );
        }
        Ok(())
    }

    /// Lets a parcel come back.
    pub(super) async fn bring_back_now(&self, id: DossierId, parcel: u32) -> Done {
        let Some((post, _, p)) = self.at_post(id, parcel).await? else {
            return Ok(());
        };
        if let Err(no) = post.bring_back(&p.order.reference, self.now()).await.map_err(outside)? {
            tracing::warn!(
                reference = p.order.reference,
                code = no.code,
                "the post does not bring a parcel back"
            );
        }
        // What it tells of the way back may be lost.
        self.store()
            .enqueue(&self.post_job(TRACK, id, parcel, SignedDuration::from_mins(1)))
            .await?;
        Ok(())
    }

    /// Notes what the post answered; what is known already is done.
    pub(super) async fn note_of_post(&self, id: DossierId, parcel: u32, what: ParcelCommand) -> Result<()> {
        for _ in 0..AGAIN {
            let command = Command::Parcel {
                parcel,
                what: what.clone(),
            };
            match self.act(&Actor::system(), id, None, command).await {
                Ok(_) | Err(OfficeError::Refused(Refusal::AlreadyKnown)) => return Ok(()),
                Err(OfficeError::Refused(Refusal::Overtaken)) => {}
                Err(e) => return Err(e),
            }
        }
        Err(Refusal::Overtaken.into())
    }
}

fn said(no: &Declined) -> String {
    if no.message.is_empty() {
        no.code.clone()
    } else {
        no.message.clone()
    }
}
