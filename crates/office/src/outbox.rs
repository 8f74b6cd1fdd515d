//! The outbox as the administrator sees it: what was given up, what was sent.

use crate::Office;
use crate::error::Result;
use crate::worker::administrator;
use motcua_model::actor::Actor;
use motcua_model::id::JobId;
use motcua_store::job::Job;
use motcua_store::message::MessageRow;

impl Office {
    /// Jobs that were given up, for the administrator.
    ///
    /// # Errors
    /// [`motcua_model::dossier::Refusal::NotPermitted`] for anybody else, as for the functions below.
    pub async fn dead_jobs(&self, actor: &Actor) -> Result<Vec<Job>> {
        administrator(actor)?;
        Ok(self.store().dead_jobs().await?)
    }

    /// Tries a job that was given up once more.
    ///
    /// # Errors
    /// [`motcua_model::dossier::Refusal::NotPermitted`]; [`motcua_model::dossier::Refusal::Overtaken`] when it is not in the list any more.
    pub async fn replay_job(&self, actor: &Actor, id: JobId) -> Result<()> {
        administrator(actor)?;
        self.store().replay_job(id, self.now()).await?;
        self.inner.bell.notify_one();
        Ok(())
    }

    /// Throws a job away that was given up.
    ///
    /// # Errors
    /// [`motcua_model::dossier::Refusal::NotPermitted`]; [`motcua_model::dossier::Refusal::Overtaken`] when it is not in the list any more.
    pub async fn discard_job(&self, actor: &Actor, id: JobId) -> Result<()> {
        administrator(actor)?;
        Ok(self.store().discard_job(id).await?)
    }

    /// The latest messages, sent and failed.
    ///
    /// # Errors
    /// [`motcua_model::dossier::Refusal::NotPermitted`].
    pub async fn messages(&self, actor: &Actor) -> Result<Vec<MessageRow>> {
        administrator(actor)?;
        Ok(self.store().latest_messages(100).await?)
    }

    /// How many jobs wait and how many were given up.
    ///
    /// # Errors
    /// [`motcua_model::dossier::Refusal::NotPermitted`].
    pub async fn job_counts(&self, actor: &Actor) -> Result<(u64, u64)> {
        administrator(actor)?;
        Ok((self.store().jobs_waiting().await?, self.store().jobs_dead().await?))
    }
}
