//! Changing the catalogue: an administrator drafts a change of its files, a second one approves it for a day, and on
//! that day it comes into force. See `docs/decisions/0020-publications.md`.

mod close;
mod form_version;
mod live;
mod proof;
mod review;

pub use close::Closing;
pub(crate) use live::Live;
pub use live::Unusable;
pub use motcua_store::publication::{ChangedFile, StoredPublication};
pub use proof::PublicationProof;
pub use review::Moved;

use crate::Office;
use crate::error::{OfficeError, PublicationProblem, Result};
use crate::worker::administrator;
use jiff::civil::Date;
use motcua_catalogue::{Change, FILE_MAX, Files, check_path};
use motcua_model::actor::Actor;
use motcua_model::clock::local;
use motcua_model::dossier::Refusal;
use motcua_model::id::{FileHash, PublicationId};
use motcua_model::publication::{Publication, PublicationState, Step, StepTaken, apply, check};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Publications on one page.
const PAGE: u32 = 30;
/// The identifier before which every publication was begun.
const LAST: PublicationId = PublicationId(uuid::Uuid::max());

/// A publication as its page shows it.
#[derive(Clone, Debug)]
pub struct OpenPublication {
    /// The publication.
    pub stored: StoredPublication,
    /// What it changes, by path.
    pub files: Vec<ChangedFile>,
    /// Its steps, in order.
    pub steps: Vec<StepTaken>,
}

impl OpenPublication {
    /// Its steps folded up.
    #[must_use]
    pub fn publication(&self) -> &Publication {
        &self.stored.publication
    }

    /// Whether `actor` may change its files now.
    #[must_use]
    pub fn is_editable(&self, actor: &Actor) -> bool {
        let p = self.publication();
        p.state == PublicationState::Draft && p.author == actor.account
    }
}

/// Hash over changed files: paths and texts in order, each with its length, so that nothing can be shifted between them.
#[must_use]
pub fn hash_of(files: &[ChangedFile]) -> FileHash {
    let mut h = Sha256::new();
    for file in files {
        for part in [Some(&file.path), file.body.as_ref()] {
            match part {
                Some(text) => {
                    h.update([1]);
                    h.update((text.len() as u64).to_be_bytes());
                    h.update(text.as_bytes());
                }
                None => h.update([0]),
            }
        }
    }
    FileHash(h.finalize().into())
}

impl Office {
    /// The civil day in the province.
    #[must_use]
    pub fn today(&self) -> Date {
        local(self.now()).date()
    }

    /// The administrator of a login; none where it is nobody's, or somebody else's.
    ///
    /// # Errors
    /// The store.
    pub async fn administrator_by_login(&self, login: &str) -> Result<Option<Actor>> {
        let account = self.store().account_by_login(login).await?;
        Ok(account.map(|a| a.actor()).filter(|a| administrator(a).is_ok()))
    }

    /// Begins a change of the catalogue.
    ///
    /// # Errors
    /// [`PublicationProblem::Refused`] for who may not, or without a reason; the store, as for every function here.
    pub async fn begin_publication(&self, actor: &Actor, reason: &str) -> Result<PublicationId> {
        self.begin_with(actor, reason, Vec::new()).await
    }

    /// Begins a change of the catalogue to what `files` hold: an import.
    ///
    /// # Errors
    /// As [`Office::begin_publication`]; [`PublicationProblem::Empty`] when nothing differs.
    pub async fn import_publication(&self, actor: &Actor, reason: &str, files: &Files) -> Result<PublicationId> {
        let now = self.planned().await?;
        let changes = now.changes_to(files);
        if changes.is_empty() {
            return Err(PublicationProblem::Empty.into());
        }
        let changed = changes
            .into_iter()
            .map(|(path, body)| ChangedFile {
                base: now.get(&path).map(str::to_owned),
                body: body.map(|text| text.to_string()),
                path,
            })
            .collect();
        let changed = form_version::with_versions(&now, changed);
        // Sent twice, it is one change.
        for p in self.store().publications_in(PublicationState::Draft).await? {
            let is_mine = p.publication.author == actor.account && p.publication.reason == reason.trim();
            if is_mine && self.store().publication_files(p.publication.id).await? == changed {
                return Ok(p.publication.id);
            }
        }
        self.begin_with(actor, reason, changed).await
    }

    async fn begin_with(&self, actor: &Actor, reason: &str, files: Vec<ChangedFile>) -> Result<PublicationId> {
        let id = self.new_publication_id();
        let step = Step::Began {
            reason: reason.to_owned(),
        };
        check(None, &step, actor, self.today())?;
        let taken = self.taken(actor, step);
        let begun = apply(None, id, &taken).ok_or(Refusal::NotFound)?;
        self.store().begin_publication(&begun, &taken, &files).await?;
        Ok(id)
    }

    fn taken(&self, actor: &Actor, step: Step) -> StepTaken {
        StepTaken {
            at: self.now(),
            actor: actor.clone(),
            step,
        }
    }

    /// The content with everything that was approved, also for later days: what a new change is made from.
    pub(super) async fn planned(&self) -> Result<Files> {
        self.content_on(Date::MAX).await
    }

    /// The latest publications, those begun before `before`.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for anybody but administrators.
    pub async fn publications(&self, actor: &Actor, before: Option<PublicationId>) -> Result<Vec<StoredPublication>> {
        administrator(actor)?;
        Ok(self.store().latest_publications(before.unwrap_or(LAST), PAGE).await?)
    }

    /// A publication with its files and steps.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`]; [`Refusal::NotFound`].
    pub async fn publication(&self, actor: &Actor, id: PublicationId) -> Result<OpenPublication> {
        administrator(actor)?;
        let stored = self.store().publication(id).await?.ok_or(Refusal::NotFound)?;
        let unreadable = |e: serde_json::Error| OfficeError::Internal(format!("journal of publications: {e}"));
        let mut steps = Vec::new();
        for line in self.store().publication_steps(id).await? {
            steps.push(line.read().map_err(unreadable)?);
        }
        Ok(OpenPublication {
            files: self.store().publication_files(id).await?,
            stored,
            steps,
        })
    }

    /// The whole content as it would be with this publication.
    ///
    /// # Errors
    /// As [`Office::publication`].
    pub async fn content_with(&self, actor: &Actor, open: &OpenPublication) -> Result<Files> {
        administrator(actor)?;
        let p = open.publication();
        let under = match (p.state, p.from) {
            // What holds since is that day's content; what else was approved for it was there when it was approved.
            (PublicationState::InForce, Some(from)) => self.content_on(from).await?,
            _ => self.planned().await?,
        };
        Ok(under.with(live::changes(open.files.clone())))
    }

    /// Saves the text of a file in a draft, or its removal. `saved` is what the page showed. A form that changes gets
    /// the next version, since answers are kept with the version that they were given to.
    ///
    /// # Errors
    /// [`PublicationProblem`] for a path or size that cannot be; [`Refusal::Overtaken`] when another window saved.
    pub async fn save_file(&self, actor: &Actor, id: PublicationId, saved: u64, path: &str, body: Option<&str>) -> Result<()> {
        check_path(path).map_err(|_| PublicationProblem::BadPath)?;
        if body.is_some_and(|text| text.len() > FILE_MAX) {
            let max_mb = FILE_MAX / 1024 / 1024;
            return Err(PublicationProblem::TooLarge { max_mb }.into());
        }
        let open = self.editable(actor, id).await?;
        let known = open.files.iter().find(|f| f.path == path);
        let planned = self.planned().await?;
        let base = match known {
            Some(file) => file.base.clone(),
            None => planned.get(path).map(str::to_owned),
        };
        // A browser sends lines as the network ends them.
        let body = body.map(|text| text.replace("\r\n", "\n"));
        let file = ChangedFile {
            path: path.to_owned(),
            body,
            base,
        };
        let (put, drop) = form_version::saved(&planned, &open.files, file);
        Ok(self.store().save_publication(id, saved, &put, &drop).await?)
    }

    /// Leaves a file as it is: takes it out of a draft.
    ///
    /// # Errors
    /// As [`Office::save_file`].
    pub async fn drop_file(&self, actor: &Actor, id: PublicationId, saved: u64, path: &str) -> Result<()> {
        let open = self.editable(actor, id).await?;
        let drop = form_version::dropped(&open.files, path);
        Ok(self.store().save_publication(id, saved, &[], &drop).await?)
    }

    /// Keeps the text of a draft although somebody else's change of the same file was approved: it is laid over theirs.
    ///
    /// # Errors
    /// As [`Office::save_file`].
    pub async fn keep_mine(&self, actor: &Actor, id: PublicationId, saved: u64, path: &str) -> Result<()> {
        let open = self.editable(actor, id).await?;
        let Some(file) = open.files.iter().find(|f| f.path == path).cloned() else {
            return Err(Refusal::NotFound.into());
        };
        let planned = self.planned().await?;
        let base = planned.get(path).map(str::to_owned);
        let (put, drop) = form_version::saved(&planned, &open.files, ChangedFile { base, ..file });
        Ok(self.store().save_publication(id, saved, &put, &drop).await?)
    }

    async fn editable(&self, actor: &Actor, id: PublicationId) -> Result<OpenPublication> {
        let open = self.publication(actor, id).await?;
        if open.is_editable(actor) {
            return Ok(open);
        }
        Err(match open.publication().state {
            PublicationState::Draft => motcua_model::publication::PublicationRefusal::NotAuthor,
            state => motcua_model::publication::PublicationRefusal::WrongState(state),
        }
        .into())
    }

    /// Takes a step that was decided on `stored`.
    pub(super) async fn take_step(&self, actor: &Actor, stored: &StoredPublication, step: Step) -> Result<Publication> {
        let seen = self.store().last_step().await?;
        self.take_seen(actor, stored, step, seen).await
    }

    pub(super) async fn take_seen(
        &self,
        actor: &Actor,
        stored: &StoredPublication,
        step: Step,
        seen: u64,
    ) -> Result<Publication> {
        check(Some(&stored.publication), &step, actor, self.today())?;
        let taken = self.taken(actor, step);
        let after = apply(Some(stored.publication.clone()), stored.publication.id, &taken).ok_or(Refusal::NotFound)?;
        self.store().take_step(&after, stored.saved, seen, &taken).await?;
        Ok(after)
    }
}

/// The changes of some files, for who reads a catalogue with them.
#[must_use]
pub fn as_changes(files: &[ChangedFile]) -> Vec<Change> {
    files
        .iter()
        .map(|f| (f.path.clone(), f.body.as_deref().map(Arc::from)))
        .collect()
}
