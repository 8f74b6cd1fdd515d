//! The catalogue in force, and how another takes its place: computed aside, then swapped in one move. Who works holds
//! the one she began with; nothing waits and no request is dropped.

use crate::Office;
use crate::error::{OfficeError, Result};
use jiff::civil::Date;
use motcua_catalogue::{Catalogue, Change, Files, Mistake};
use motcua_model::actor::Actor;
use motcua_model::clock::local;
use motcua_model::id::PublicationId;
use motcua_model::publication::{PublicationState, Step};
use motcua_store::publication::{ChangedFile, StoredPublication};
use std::sync::{Arc, PoisonError, RwLock};

/// A publication that holds by its day and cannot be used with the content that it lies over: what the program brings
/// has changed since.
#[derive(Clone, Debug)]
pub struct Unusable {
    /// Which.
    pub id: PublicationId,
    /// What is wrong with it now.
    pub mistakes: Vec<Mistake>,
}

struct InForce {
    base: Arc<Catalogue>,
    catalogue: Arc<Catalogue>,
    /// Where the journal ended when it was computed; none before the first time.
    seq: Option<u64>,
    /// The next day on which something comes into force.
    next: Option<Date>,
    unusable: Arc<Vec<Unusable>>,
}

/// What is in force.
pub(crate) struct Live {
    now: RwLock<InForce>,
    /// One computes at a time.
    turn: tokio::sync::Mutex<()>,
}

impl Live {
    pub(crate) fn new(base: Arc<Catalogue>) -> Self {
        Self {
            now: RwLock::new(InForce {
                catalogue: base.clone(),
                base,
                seq: None,
                next: None,
                unusable: Arc::default(),
            }),
            turn: tokio::sync::Mutex::default(),
        }
    }

    pub(crate) fn catalogue(&self) -> Arc<Catalogue> {
        self.read(|now| now.catalogue.clone())
    }

    fn read<T>(&self, look: impl FnOnce(&InForce) -> T) -> T {
        look(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn write(&self, change: impl FnOnce(&mut InForce)) {
        change(&mut self.now.write().unwrap_or_else(PoisonError::into_inner));
    }
}

/// The files of a publication as a change.
pub(super) fn changes(files: Vec<ChangedFile>) -> Vec<Change> {
    files.into_iter().map(|f| (f.path, f.body.map(Arc::from))).collect()
}

impl Office {
    /// Publications that hold by their day and cannot be used; the content goes on without them.
    #[must_use]
    pub fn unusable_publications(&self) -> Arc<Vec<Unusable>> {
        self.inner.live.read(|now| now.unusable.clone())
    }

    /// What the program brings, or reads from its folder, before anything published is laid over it.
    pub(super) fn base(&self) -> Arc<Catalogue> {
        self.inner.live.read(|now| now.base.clone())
    }

    /// Puts other content under the publications: the folder was read again.
    ///
    /// # Errors
    /// The store.
    pub async fn replace_base(&self, base: Catalogue) -> Result<()> {
        self.inner.live.write(|now| {
            now.base = Arc::new(base.holding_as(&now.catalogue));
            now.seq = None;
        });
        self.refresh_catalogue().await.map(drop)
    }

    /// Every publication that was approved, by the day from which it holds and the order of approval.
    pub(super) async fn approved(&self) -> Result<Vec<StoredPublication>> {
        let mut list = self.store().publications_in(PublicationState::InForce).await?;
        list.extend(self.store().publications_in(PublicationState::Approved).await?);
        list.sort_by_key(|p| (p.publication.from, p.approved_at));
        Ok(list)
    }

    /// The content as it stands on a day by what was approved until now.
    ///
    /// # Errors
    /// The store.
    pub async fn content_on(&self, day: Date) -> Result<Files> {
        let mut files = Files::clone(self.base().files());
        for p in self.approved().await? {
            if p.publication.from.is_some_and(|from| from <= day) {
                files = files.with(changes(self.store().publication_files(p.publication.id).await?));
            }
        }
        Ok(files)
    }

    /// Looks whether a step was taken or a day has come, and if so puts the content in force that holds now; answers
    /// whether it did. Two statements where nothing happened.
    ///
    /// # Errors
    /// The store.
    pub async fn refresh_catalogue(&self) -> Result<bool> {
        let today = local(self.now()).date();
        let is_fresh = |seq| {
            let fresh = |now: &InForce| now.seq == Some(seq) && now.next.is_none_or(|next| next > today);
            self.inner.live.read(fresh)
        };
        if is_fresh(self.store().last_step().await?) {
            return Ok(false);
        }
        let _turn = self.inner.live.turn.lock().await;
        self.note_in_force(today).await?;
        // What is decided after this line is seen the next time: the journal has grown then.
        let seq = self.store().last_step().await?;
        if is_fresh(seq) {
            return Ok(false);
        }
        let approved = self.approved().await?;
        let next = approved
            .iter()
            .filter_map(|p| p.publication.from)
            .filter(|from| *from > today)
            .min();
        let mut due = Vec::new();
        for p in approved
            .iter()
            .filter(|p| p.publication.from.is_some_and(|from| from <= today))
        {
            let files = self.store().publication_files(p.publication.id).await?;
            due.push((p.publication.id, changes(files)));
        }
        let (base, before) = (self.base(), self.inner.live.catalogue());
        let read = tokio::task::spawn_blocking(move || lay_over(base, due, &before));
        let (catalogue, unusable) = read.await.map_err(|e| OfficeError::Internal(e.to_string()))?;
        for u in &unusable {
            tracing::error!(publication = %u.id, mistakes = u.mistakes.len(), "a publication cannot be used and is left out");
        }
        let unusable = Arc::new(unusable);
        self.inner.live.write(|now| {
            (now.catalogue, now.seq, now.next, now.unusable) = (catalogue, Some(seq), next, unusable);
        });
        Ok(true)
    }

    /// Writes into the journal what comes into force; another process may have done it before.
    async fn note_in_force(&self, today: Date) -> Result<()> {
        for p in self.store().publications_in(PublicationState::Approved).await? {
            if p.publication.from.is_some_and(|from| from <= today) {
                match self.take_step(&Actor::system(), &p, Step::InForce).await {
                    Ok(_) | Err(OfficeError::Refused(_)) => {}
                    Err(e) => return Err(e),
                }
            }
        }
        Ok(())
    }
}

/// The base with publications laid over it. Normally all at once; where that does not read, one by one, and those that
/// do not read are left out: a province without its content is worse than one with yesterday's.
fn lay_over(base: Arc<Catalogue>, due: Vec<(PublicationId, Vec<Change>)>, before: &Catalogue) -> (Arc<Catalogue>, Vec<Unusable>) {
    if due.is_empty() {
        return (base, Vec::new());
    }
    let all = base.files().with(due.iter().flat_map(|(_, changes)| changes.clone()));
    if let Ok(catalogue) = Catalogue::from_files(&all) {
        return (Arc::new(catalogue.holding_as(before)), Vec::new());
    }
    let (mut catalogue, mut unusable) = (base, Vec::new());
    for (id, changes) in due {
        match Catalogue::from_files(&catalogue.files().with(changes)) {
            Ok(read) => catalogue = Arc::new(read.holding_as(before)),
            Err(mistakes) => unusable.push(Unusable { id, mistakes }),
        }
    }
    (catalogue, unusable)
}
