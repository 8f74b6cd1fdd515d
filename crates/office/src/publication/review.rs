//! The way of a publication into force: looked at by the whole check, sent, approved by a second person, or taken back.

use super::{ChangedFile, OpenPublication, hash_of, live};
use crate::error::{OfficeError, PublicationProblem, Result};
use crate::{Office, template};
use jiff::civil::Date;
use motcua_catalogue::{Catalogue, Files, Mistake};
use motcua_model::actor::Actor;
use motcua_model::id::PublicationId;
use motcua_model::publication::Step;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A file of a draft that somebody else changed since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Which file.
    pub path: String,
    /// The text that now stands, or will stand, where the draft began; none where the file is gone.
    pub now: Option<Arc<str>>,
    /// Whose change did it: her name, her reason, and the day from which it holds; none where the program itself
    /// brings another text.
    pub by: Option<(String, String, Date)>,
}

impl Office {
    /// The catalogue as it would be with a publication, checked whole, examples and changed result papers included.
    ///
    /// # Errors
    /// [`PublicationProblem::Mistakes`] with every mistake; the store.
    pub async fn check_publication(&self, open: &OpenPublication) -> Result<Arc<Catalogue>> {
        let under = self.planned().await?;
        self.check_over(under, &open.files).await
    }

    pub(super) async fn check_over(&self, under: Files, files: &[ChangedFile]) -> Result<Arc<Catalogue>> {
        let content = under.with(super::as_changes(files));
        // The templates that it does not change were tried when they came.
        let changed: BTreeSet<String> = files.iter().map(|f| f.path.clone()).collect();
        let papers = self.inner.papers.clone();
        let read = tokio::task::spawn_blocking(move || {
            let catalogue = Catalogue::check_files(&content)?;
            let mistakes = template::mistakes(&papers, &catalogue, |path| changed.contains(path));
            if mistakes.is_empty() { Ok(catalogue) } else { Err(mistakes) }
        })
        .await;
        let read = read.map_err(|e| OfficeError::Internal(e.to_string()))?;
        let catalogue = read.map_err(PublicationProblem::Mistakes)?;
        let gone = self.gone_though_used(&catalogue).await?;
        if gone.is_empty() {
            Ok(Arc::new(catalogue))
        } else {
            Err(PublicationProblem::Mistakes(gone).into())
        }
    }

    /// Services that would go although drafts or dossiers need their forms.
    async fn gone_though_used(&self, after: &Catalogue) -> Result<Vec<Mistake>> {
        let now = self.current();
        let mut mistakes = Vec::new();
        for service in now.catalogue().services().iter().filter(|s| s.whole) {
            let code = &service.sheet.code;
            if after.procedure(code).is_none() && self.store().procedure_is_used(code).await? {
                mistakes.push(Mistake {
                    file: format!("procedures/{code}/sheet.toml"),
                    line: 0,
                    field: code.0.clone(),
                    what: "đã có tờ khai hoặc hồ sơ của thủ tục này: bỏ đi thì không đọc được chúng".to_owned(),
                    remedy: "giữ thư mục của thủ tục: còn bản nháp hoặc hồ sơ cần đọc theo nó".to_owned(),
                });
            }
        }
        Ok(mistakes)
    }

    /// The files of a publication that somebody else changed since it was begun, for a day from which it is to hold.
    /// Without a day: against everything that was approved.
    ///
    /// # Errors
    /// The store.
    pub async fn moved(&self, open: &OpenPublication, from: Option<Date>) -> Result<Vec<Moved>> {
        let planned = self.planned().await?;
        let on_day = match from {
            Some(from) => self.content_on(from).await?,
            None => planned.clone(),
        };
        let mut moved = Vec::new();
        for file in &open.files {
            let base = file.base.as_deref();
            if on_day.get(&file.path) != base || planned.get(&file.path) != base {
                moved.push(Moved {
                    path: file.path.clone(),
                    now: planned.shared(&file.path),
                    by: self.who_changed(&file.path).await?,
                });
            }
        }
        Ok(moved)
    }

    async fn who_changed(&self, path: &str) -> Result<Option<(String, String, Date)>> {
        for p in self.approved().await?.into_iter().rev() {
            let files = self.store().publication_files(p.publication.id).await?;
            if files.iter().any(|f| f.path == path) {
                let p = p.publication;
                return Ok(p.from.map(|from| (p.author_name, p.reason, from)));
            }
        }
        Ok(None)
    }

    /// Whether a publication can come into force on a day: it changes something, nobody was there before, and the
    /// catalogue of that day reads without a mistake.
    async fn fit(&self, open: &OpenPublication, from: Date) -> Result<()> {
        if open.files.is_empty() {
            return Err(PublicationProblem::Empty.into());
        }
        let moved = self.moved(open, Some(from)).await?;
        if !moved.is_empty() {
            return Err(PublicationProblem::Moved(moved.into_iter().map(|m| m.path).collect()).into());
        }
        let under = self.content_on(from).await?;
        self.check_over(under, &open.files).await.map(drop)
    }

    /// Sends a draft to a second person, to hold from a day on.
    ///
    /// # Errors
    /// [`PublicationProblem`]: a day that is over, mistakes, somebody else's change of the same files.
    pub async fn send_publication(&self, actor: &Actor, id: PublicationId, from: Date) -> Result<()> {
        let seen = self.store().last_step().await?;
        let open = self.publication(actor, id).await?;
        let step = Step::Sent {
            from,
            hash: hash_of(&open.files),
        };
        motcua_model::publication::check(Some(open.publication()), &step, actor, self.today())?;
        self.fit(&open, from).await?;
        self.take_seen(actor, &open.stored, step, seen).await.map(drop)
    }

    /// Takes a publication back to change it again, before anybody approved.
    ///
    /// # Errors
    /// [`PublicationProblem::Refused`].
    pub async fn recall_publication(&self, actor: &Actor, id: PublicationId) -> Result<()> {
        let open = self.publication(actor, id).await?;
        self.take_step(actor, &open.stored, Step::Recalled).await.map(drop)
    }

    /// Sends a publication back to its author.
    ///
    /// # Errors
    /// [`PublicationProblem::Refused`].
    pub async fn send_back_publication(&self, actor: &Actor, id: PublicationId, why: &str) -> Result<()> {
        let open = self.publication(actor, id).await?;
        let why = why.trim().to_owned();
        self.take_step(actor, &open.stored, Step::SentBack { why }).await.map(drop)
    }

    /// Approves a publication as the second person. One that holds from today is in force when this returns.
    ///
    /// # Errors
    /// [`PublicationProblem`], as for sending: the world may have moved since.
    pub async fn approve_publication(&self, actor: &Actor, id: PublicationId) -> Result<()> {
        // Read first: whoever approves something else meanwhile makes this one look again.
        let seen = self.store().last_step().await?;
        let open = self.publication(actor, id).await?;
        let p = open.publication();
        motcua_model::publication::check(Some(p), &Step::Approved, actor, self.today())?;
        if p.hash != Some(hash_of(&open.files)) {
            return Err(OfficeError::Internal(format!(
                "the files of publication {id} are not those that were sent"
            )));
        }
        self.fit(&open, p.from.unwrap_or(self.today())).await?;
        self.take_seen(actor, &open.stored, Step::Approved, seen).await?;
        self.refresh_catalogue().await.map(drop)
    }

    /// Withdraws a publication that does not hold yet.
    ///
    /// # Errors
    /// [`PublicationProblem::Refused`] when it is in force: then a new one puts the old text back.
    pub async fn withdraw_publication(&self, actor: &Actor, id: PublicationId, why: &str) -> Result<()> {
        let open = self.publication(actor, id).await?;
        let why = why.trim().to_owned();
        self.take_step(actor, &open.stored, Step::Withdrawn { why }).await?;
        self.refresh_catalogue().await.map(drop)
    }

    /// The catalogue as a citizen would see it with this publication, to look at.
    ///
    /// # Errors
    /// As [`Office::check_publication`], without the examples.
    pub async fn preview(&self, actor: &Actor, open: &OpenPublication) -> Result<Arc<Catalogue>> {
        let content = self.content_with(actor, open).await?;
        let read = tokio::task::spawn_blocking(move || Catalogue::from_files(&content)).await;
        let read = read.map_err(|e| OfficeError::Internal(e.to_string()))?;
        Ok(Arc::new(read.map_err(PublicationProblem::Mistakes)?))
    }

    /// Everything that is in force now, as files: to carry away.
    #[must_use]
    pub fn files_in_force(&self) -> Arc<Files> {
        self.inner.live.catalogue().files().clone()
    }

    /// The files of a publication over what it was made from: what was and what will be.
    #[must_use]
    pub fn before_and_after(files: &[ChangedFile]) -> (Files, Files) {
        let before = files
            .iter()
            .filter_map(|f| Some((f.path.clone(), Some(Arc::from(f.base.as_deref()?)))));
        let after = live::changes(files.to_vec());
        (Files::default().with(before), Files::default().with(after))
    }
}
