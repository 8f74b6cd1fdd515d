//! One action on several dossiers: each is decided and written by itself, so each is done whole or not at all, and each
//! has its own line of what came of it.

use crate::Office;
use crate::error::{OfficeError, Result};
use motcua_model::actor::Actor;
use motcua_model::dossier::{Dossier, Outcome, Refusal, ReturnWay};
use motcua_model::id::{AccountId, DossierId};
use motcua_model::permission::Action;

/// The most dossiers of one press: what fits on a page, and what is done while the officer looks on.
pub const BULK_MAX: usize = 100;

/// What is done to each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bulk {
    /// Accept.
    Accept,
    /// Hand to the department.
    Forward,
    /// Name who holds it.
    Assign {
        /// Who.
        to: AccountId,
        /// Why; needed where somebody held it before.
        reason: String,
    },
    /// Approve where exactly this is proposed.
    Approve(Outcome),
    /// Give the result online to who wants it so; on paper each needs the name of who took it.
    ReturnOnline,
}

/// Why one of them was left as it was.
#[derive(Debug)]
pub enum Left {
    /// As when it is done alone.
    Office(OfficeError),
    /// Something else is proposed than what is to be approved.
    OtherProposal,
    /// Wanted on paper: who takes it must be noted.
    OnPaper,
}

/// What came of one dossier.
#[derive(Debug)]
pub struct BulkLine {
    /// Which.
    pub id: DossierId,
    /// The dossier as it was before; none when the officer may not see it.
    pub before: Option<Dossier>,
    /// As it is now, or why it was left.
    pub done: std::result::Result<Dossier, Left>,
}

impl From<OfficeError> for Left {
    fn from(e: OfficeError) -> Self {
        Self::Office(e)
    }
}

impl From<Refusal> for Left {
    fn from(e: Refusal) -> Self {
        Self::Office(e.into())
    }
}

impl Office {
    /// Does `what` to each of the dossiers, at most [`BULK_MAX`], in order, with the version that the page showed.
    ///
    /// # Errors
    /// The store, when it does not answer; what is refused stands in the dossier's own line.
    pub async fn bulk(&self, actor: &Actor, chosen: &[(DossierId, u64)], what: &Bulk) -> Result<Vec<BulkLine>> {
        let mut lines: Vec<BulkLine> = Vec::new();
        for (id, seen) in chosen.iter().take(BULK_MAX) {
            if lines.iter().any(|l| l.id == *id) {
                continue;
            }
            let before = match self.load(actor, *id, Action::View).await {
                Ok(loaded) => loaded.dossier,
                Err(e @ OfficeError::Store(_)) => return Err(e),
                Err(e) => {
                    lines.push(BulkLine {
                        id: *id,
                        before: None,
                        done: Err(e.into()),
                    });
                    continue;
                }
            };
            let done = match self.bulk_one(actor, &before, *seen, what).await {
                Err(Left::Office(e @ OfficeError::Store(_))) => return Err(e),
                done => done,
            };
            lines.push(BulkLine {
                id: *id,
                before: Some(before),
                done,
            });
        }
        Ok(lines)
    }

    async fn bulk_one(&self, actor: &Actor, d: &Dossier, seen: u64, what: &Bulk) -> std::result::Result<Dossier, Left> {
        if d.version != seen {
            return Err(Refusal::Overtaken.into());
        }
        Ok(match what {
            Bulk::Accept => self.accept(actor, d.id, seen).await?,
            Bulk::Forward => self.forward(actor, d.id, seen, String::new()).await?,
            Bulk::Assign { to, reason } => self.assign(actor, d.id, seen, *to, reason.clone()).await?,
            Bulk::Approve(outcome) => match &d.proposal {
                Some(p) if p.outcome != *outcome => return Err(Left::OtherProposal),
                _ => self.approve(actor, d.id, seen).await?,
            },
            Bulk::ReturnOnline if d.return_way != ReturnWay::Online => return Err(Left::OnPaper),
            Bulk::ReturnOnline => {
                self.return_result(actor, d.id, seen, ReturnWay::Online, String::new())
                    .await?
            }
        })
    }
}
