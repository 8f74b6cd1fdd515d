//! How every change of a dossier is made: authorise → load → decide → commit, with the jobs that follow from it.

use crate::Office;
use crate::error::{OfficeError, Result};
use motcua_model::actor::Actor;
use motcua_model::dossier::{Command, Context, Dossier, Event, Recorded, Refusal, decide};
use motcua_model::id::DossierId;
use motcua_model::permission::{Action, may};
use motcua_model::procedure::Procedure;
use motcua_store::{Change, Effect, Loaded, NewJob};
use std::sync::Arc;

/// The job that tells the person what happened.
pub(crate) const NOTIFY: &str = "notify";

impl Office {
    /// The procedure of a dossier or a draft.
    pub(crate) fn procedure(&self, code: &motcua_model::id::ProcedureCode) -> Result<Arc<Procedure>> {
        self.catalogue()
            .procedure(code)
            .ok_or(OfficeError::Refused(Refusal::NotFound))
    }

    /// Loads a dossier that the actor may take `action` on; who may not even view it is told there is none.
    pub(crate) async fn load(&self, actor: &Actor, id: DossierId, action: Action) -> Result<Loaded> {
        let loaded = self.store().dossier(id).await?.ok_or(Refusal::NotFound)?;
        let relation = self.relation(actor, &loaded.dossier);
        if may(actor.role, action, relation) || self.mandate_for(actor, &loaded.dossier, action).await?.is_some() {
            Ok(loaded)
        } else if may(actor.role, Action::View, relation)
            || self.mandate_for(actor, &loaded.dossier, Action::View).await?.is_some()
        {
            Err(Refusal::NotPermitted.into())
        } else {
            Err(Refusal::NotFound.into())
        }
    }

    /// Loads a dossier with the person who may take `action` on it: the actor, or the actor in the place of an absent
    /// colleague whose stand-in the head approved.
    pub(crate) async fn load_for(&self, actor: &Actor, id: DossierId, action: Action) -> Result<(Loaded, Actor)> {
        let loaded = self.store().dossier(id).await?.ok_or(Refusal::NotFound)?;
        let acting = self.acting_as(actor, &loaded.dossier, action).await?;
        Ok((loaded, acting))
    }

    /// Does `command` to a dossier. `seen` is the version that the page showed: whoever acts on an older page is told
    /// that somebody was faster.
    pub(crate) async fn act(&self, actor: &Actor, id: DossierId, seen: Option<u64>, command: Command) -> Result<Dossier> {
        self.act_with(actor, id, seen, command, Vec::new()).await
    }

    /// [`Office::act`], with rows outside the dossier that change in the same transaction.
    pub(crate) async fn act_with(
        &self,
        actor: &Actor,
        id: DossierId,
        seen: Option<u64>,
        command: Command,
        effects: Vec<Effect>,
    ) -> Result<Dossier> {
        let (loaded, actor) = self.load_for(actor, id, command.action()).await?;
        if seen.is_some_and(|v| v != loaded.dossier.version) {
            return Err(Refusal::Overtaken.into());
        }
        let procedure = self.procedure(&loaded.dossier.procedure)?;
        let mut events = self.decide(&actor, Some(&loaded.dossier), command, &procedure)?;
        self.name_assignees(&loaded.dossier.agency, &mut events).await?;
        self.commit(&actor, id, Some((loaded.dossier, loaded.hash)), events, effects)
            .await
    }

    pub(crate) fn decide(
        &self,
        actor: &Actor,
        dossier: Option<&Dossier>,
        command: Command,
        procedure: &Procedure,
    ) -> Result<Vec<Event>> {
        let answers = match (&command, dossier) {
            (Command::Submit(submission), _) => &submission.answers,
            (_, Some(dossier)) => &dossier.answers,
            (_, None) => &motcua_model::form::Answers::new(),
        };
        let rules = self.rules(procedure, answers);
        let agency = match (&command, dossier) {
            (Command::Submit(submission), _) => Some(&submission.agency),
            (_, Some(dossier)) => Some(&dossier.agency),
            (_, None) => None,
        };
        let calendar = match agency {
            Some(agency) => self.calendar_of(agency, procedure.code()),
            None => self.catalogue().calendar().clone(),
        };
        let context = Context {
            actor,
            now: self.now(),
            calendar: &calendar,
            rules: &rules,
        };
        Ok(decide(dossier, command, &context)?)
    }

    pub(crate) async fn commit(
        &self,
        actor: &Actor,
        id: DossierId,
        before: Option<(Dossier, motcua_model::journal::ChainHash)>,
        events: Vec<Event>,
        effects: Vec<Effect>,
    ) -> Result<Dossier> {
        let now = self.now();
        if let Some((d, _)) = &before {
            for event in &events {
                if let Event::SupplementRequested { lacks, .. } = event {
                    self.note_lacks(&d.procedure, d.channel, lacks);
                }
            }
        }
        let first = before.as_ref().map_or(0, |(d, _)| d.version);
        let jobs = events
            .iter()
            .zip(first + 1..)
            .filter(|(event, _)| crate::worker::tells(event))
            .map(|(_, version)| NewJob {
                id: self.new_job_id(),
                kind: NOTIFY,
                body: serde_json::json!({ "dossier": id, "version": version }).to_string(),
                run_at: now,
            })
            .chain(self.refund_jobs(before.as_ref().map(|(d, _)| d), &events))
            .chain(self.sign_jobs(id, &events))
            .chain(self.silence_jobs(id, &events))
            .chain(self.parcel_jobs(id, before.as_ref().map(|(d, _)| d), &events))
            .collect();
        let events = events
            .into_iter()
            .map(|event| Recorded {
                at: now,
                actor: actor.clone(),
                event,
            })
            .collect();
        let dossier = self
            .store()
            .commit(Change {
                dossier: id,
                before,
                events,
                jobs,
                effects,
            })
            .await?;
        self.inner.bell.notify_one();
        Ok(dossier)
    }
}
