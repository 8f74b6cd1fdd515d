//! Notes among colleagues, and marks on a page of a paper: beside the dossier, never on the file.

use crate::Office;
use crate::error::Result;
use motcua_model::actor::Actor;
use motcua_model::dossier::{Dossier, Refusal};
use motcua_model::id::{DossierId, FileHash};
use motcua_model::permission::{Action, Relation};
use motcua_model::text::clean_text;
pub use motcua_store::remark::Remark;

/// Longest remark, in characters.
pub const REMARK_MAX: usize = 2_000;
/// Last page of a paper that can be marked.
pub const PAGE_MAX: i64 = 2_000;
/// The most remarks on one dossier.
const REMARKS: usize = 300;

/// The nine places of a page.
pub const PLACES: [&str; 9] = [
    "top-left",
    "top",
    "top-right",
    "left",
    "middle",
    "right",
    "bottom-left",
    "bottom",
    "bottom-right",
];

/// Where on which paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The paper.
    pub paper: FileHash,
    /// The page, from 1.
    pub page: i64,
    /// One of [`PLACES`].
    pub place: String,
}

/// Why a remark is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RemarkProblem {
    /// Nothing was written, or more than [`REMARK_MAX`] characters.
    Text,
    /// The dossier has no such paper, page or place.
    Mark,
    /// The dossier has as many remarks as it can.
    TooMany,
}

impl Office {
    /// The remarks on a dossier; none for who sees it without working in its agency.
    ///
    /// # Errors
    /// The store.
    pub async fn remarks(&self, actor: &Actor, d: &Dossier) -> Result<Vec<Remark>> {
        if actor.role.is_officer() && Relation::of(actor, d) == Relation::SameAgency {
            Ok(self.store().remarks(d.id).await?)
        } else {
            Ok(Vec::new())
        }
    }

    /// Writes a note, or a mark on a page.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for who may not view the dossier, [`Refusal::NotPermitted`] for who does not work in its
    /// agency; a problem with what was written is the inner answer.
    pub async fn remark(
        &self,
        actor: &Actor,
        id: DossierId,
        text: &str,
        mark: Option<Mark>,
    ) -> Result<std::result::Result<(), RemarkProblem>> {
        let d = self.load(actor, id, Action::View).await?.dossier;
        if !actor.role.is_officer() || Relation::of(actor, &d) != Relation::SameAgency {
            return Err(Refusal::NotPermitted.into());
        }
        let text = clean_text(text, REMARK_MAX).map(|t| t.trim().to_owned());
        let Some(text) = text.ok().filter(|t| !t.is_empty()) else {
            return Ok(Err(RemarkProblem::Text));
        };
        if let Some(m) = &mark {
            let known = d.papers.iter().any(|p| p.hash == m.paper);
            if !known || !(1..=PAGE_MAX).contains(&m.page) || !PLACES.contains(&&*m.place) {
                return Ok(Err(RemarkProblem::Mark));
            }
        }
        if self.store().remarks(id).await?.len() >= REMARKS {
            return Ok(Err(RemarkProblem::TooMany));
        }
        let (paper, page, place) = mark.map_or_else(
            || (String::new(), 0, String::new()),
            |m| (m.paper.to_string(), m.page, m.place),
        );
        let remark = Remark {
            id: self.new_remark_id(),
            dossier: id,
            author: actor.account,
            by_name: actor.name.clone(),
            text,
            paper,
            page,
            place,
            created_at: self.now(),
        };
        self.store().add_remark(&remark).await?;
        Ok(Ok(()))
    }
}
