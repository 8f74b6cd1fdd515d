//! The organisation changes: running dossiers of an agency that closed, or lost a service, go to the one that took over.
//!
//! Each is handed over by an event in its own journal, with the decision as its reason: it stands where it stood, under
//! the same clock. What is finished keeps its agency, and the successor may read it.

use crate::Office;
use crate::error::{OfficeError, Result};
use motcua_model::actor::Actor;
use motcua_model::clock::local;
use motcua_model::dossier::{Command, Dossier, Refusal};
use motcua_model::id::{AgencyCode, DossierId};
use motcua_model::permission::{Action, Relation, may};
use std::collections::BTreeSet;

/// Dossiers looked at in one turn of the worker, so that messages do not wait for all of them.
const TURN: u32 = 200;

/// What was handed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reorganised {
    /// How many dossiers went to another agency.
    pub handed: u64,
    /// Codes of those that nobody takes: the administrator hears of them.
    pub left: Vec<String>,
    /// Whether more is left to look at.
    pub more: bool,
}

impl Office {
    /// The agency that a dossier belongs to in the organisation that holds; none where nobody took over.
    pub(crate) fn heir(&self, d: &Dossier) -> Option<AgencyCode> {
        let organisation = self.catalogue().organisation();
        if organisation.is_open(&d.agency) && !organisation.is_taken(&d.procedure) {
            return Some(d.agency.clone());
        }
        let settles = self
            .catalogue()
            .procedure(&d.procedure)
            .and_then(|p| organisation.agency_for(&p, &d.answers).map(|a| a.code.clone()));
        settles.or_else(|| organisation.heirs(&d.agency).first().map(|a| a.code.clone()))
    }

    /// How an actor stands to a dossier, also through the organisation.
    pub(crate) fn relation(&self, actor: &Actor, d: &Dossier) -> Relation {
        match Relation::of(actor, d) {
            Relation::Stranger
                if actor.role.is_officer()
                    && !self.catalogue().organisation().is_open(&d.agency)
                    && self.heir(d) == actor.agency =>
            {
                Relation::Successor
            }
            relation => relation,
        }
    }

    /// Hands running dossiers of agencies that closed or lost a service to those that took over, at most a few hundred at
    /// a time; again until nothing is left.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for anybody but the administrator and the program; the store.
    pub async fn reorganise(&self, actor: &Actor) -> Result<Reorganised> {
        if !may(actor.role, Action::HandOver, Relation::Stranger) {
            return Err(Refusal::NotPermitted.into());
        }
        let organisation = self.catalogue().organisation();
        let Some(reform) = organisation.reform() else {
            return Ok(Reorganised::default());
        };
        let mut done = Reorganised::default();
        let queues: BTreeSet<(String, String)> = self
            .store()
            .tally_all()
            .await?
            .into_iter()
            .filter(|t| t.n > 0 && t.turn != "nobody" && organisation.has_changed(&AgencyCode::from(t.agency.as_str())))
            .map(|t| (t.agency, t.turn))
            .collect();
        for (agency, turn) in queues {
            let mut after = (i64::MIN, DossierId(uuid::Uuid::nil()));
            loop {
                let page = self.store().in_turn(&agency, &turn, after, TURN).await?;
                let Some(last) = page.last() else { break };
                after = *last;
                for (_, id) in page {
                    self.pass_on(actor, id, &reform.decision, &mut done).await?;
                }
                if done.handed >= u64::from(TURN) {
                    done.more = true;
                    return Ok(done);
                }
            }
        }
        Ok(done)
    }

    async fn pass_on(&self, actor: &Actor, id: DossierId, decision: &str, done: &mut Reorganised) -> Result<()> {
        let Some(loaded) = self.store().dossier(id).await? else {
            return Ok(());
        };
        let to = match self.heir(&loaded.dossier) {
            Some(to) if to == loaded.dossier.agency => return Ok(()),
            Some(to) => to,
            None => {
                done.left.push(loaded.dossier.code.0);
                return Ok(());
            }
        };
        let reason = decision.to_owned();
        match self.act(actor, id, None, Command::HandOver { to, reason }).await {
            Ok(_) => done.handed += 1,
            // Somebody acts on it this moment: its turn comes again.
            Err(OfficeError::Refused(Refusal::Overtaken)) => done.more = true,
            // Its service is not in the catalogue any more.
            Err(OfficeError::Refused(Refusal::NotFound)) => done.left.push(loaded.dossier.code.0),
            Err(e) => return Err(e),
        }
        Ok(())
    }

    /// One turn of the worker: the day's organisation holds, and what has to move moves. Answers whether all has moved.
    pub(crate) async fn follow_organisation(&self, settled: bool) -> bool {
        let turned = self.catalogue().turn_to(local(self.now()).date());
        if settled && !turned {
            return true;
        }
        match self.reorganise(&Actor::system()).await {
            Ok(done) => {
                if done.handed > 0 || !done.left.is_empty() {
                    tracing::info!(handed = done.handed, left = done.left.len(), "the organisation changed");
                }
                !done.more
            }
            Err(error) => {
                tracing::warn!(%error, "dossiers could not be handed over; tried again shortly");
                false
            }
        }
    }
}
