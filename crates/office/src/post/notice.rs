//! What the post tells by itself.

use super::postal;
use super::send::AGAIN;
use crate::Office;
use crate::error::{OfficeError, Result};
use motcua_gateways::post::{Notice, NoticeError};
use motcua_model::dossier::{Command, ParcelCommand, ParcelState, PostNotice, Proof, Refusal};
use motcua_model::id::DossierId;

/// What the post is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostAnswer {
    /// Taken, now or before; also what does not fit and is kept as a difference.
    Taken,
    /// Not signed rightly, or a copy of an old notice.
    WrongSignature,
    /// Cannot be read.
    Unreadable,
    /// No parcel of ours.
    Unknown,
    /// Try again.
    Busy,
}

impl Office {
    /// Takes what the post tells, each once, however often and in which order it comes. `path` is where it came to.
    pub async fn post_notified(&self, path: &str, time: &str, body: &[u8], signature: &str) -> PostAnswer {
        let Some(post) = &self.inner.gateways.post else {
            return PostAnswer::WrongSignature;
        };
        let notice = match post.verify(path, time, body, signature, self.now()) {
            Ok(notice) => notice,
            Err(error) => {
                tracing::warn!(%error, "a notice of the post is refused");
                return match error {
                    NoticeError::BadSignature | NoticeError::Stale => PostAnswer::WrongSignature,
                    NoticeError::Unreadable => PostAnswer::Unreadable,
                };
            }
        };
        if ParcelState::parse(&notice.state).is_none() {
            tracing::warn!(state = notice.state, "the post tells a state that nobody knows");
            return PostAnswer::Unreadable;
        }
        match self.take_named(notice).await {
            Ok(true) => PostAnswer::Taken,
            Ok(false) => PostAnswer::Unknown,
            Err(error) => {
                tracing::error!(%error, "a notice of the post could not be noted");
                PostAnswer::Busy
            }
        }
    }

    async fn take_named(&self, notice: Notice) -> Result<bool> {
        let Some((id, parcel)) = self.store().parcel_by_reference(&notice.reference).await? else {
            tracing::warn!(reference = notice.reference, "the post tells of a parcel that is not ours");
            return Ok(false);
        };
        self.take_notice(id, parcel, notice).await?;
        Ok(true)
    }

    /// Notes what the post told of a parcel: decided again when somebody else changed the dossier meanwhile.
    pub(super) async fn take_notice(&self, id: DossierId, parcel: u32, notice: Notice) -> Result<()> {
        let Some(state) = ParcelState::parse(&notice.state) else {
            return Ok(());
        };
        let told = PostNotice {
            seq: notice.seq,
            state,
            at: notice.at,
            place: notice.place,
            reason: notice.reason,
            collected: notice.collected,
            proof: notice.proof.map(|p| Proof {
                taken_by: p.taken_by,
                id_last: p.id_last,
                ..Proof::default()
            }),
        };
        for _ in 0..AGAIN {
            match self.take_once(id, parcel, &told).await {
                Err(OfficeError::Refused(Refusal::Overtaken)) => {}
                Ok(()) | Err(OfficeError::Refused(Refusal::AlreadyKnown)) => return Ok(()),
                Err(e) => return Err(e),
            }
        }
        Err(Refusal::Overtaken.into())
    }

    async fn take_once(&self, id: DossierId, parcel: u32, told: &PostNotice) -> Result<()> {
        let loaded = self.store().dossier(id).await?.ok_or(Refusal::NotFound)?;
        let office = &loaded.dossier.parcel(parcel).ok_or(Refusal::NotFound)?.order.office;
        let actor = postal(office);
        let procedure = self.procedure(&loaded.dossier.procedure)?;
        let command = Command::Parcel {
            parcel,
            what: ParcelCommand::Notice(Box::new(told.clone())),
        };
        // As with a gateway's money: a fact from outside, not an act of somebody who needs a permission.
        let events = self.decide(&actor, Some(&loaded.dossier), command, &procedure)?;
        self.commit(&actor, id, Some((loaded.dossier, loaded.hash)), events, Vec::new())
            .await?;
        Ok(())
    }
}
