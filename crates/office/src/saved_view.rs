//! Views of the inbox under an officer's own names.

use crate::Office;
use crate::desk::officer_agency;
use crate::error::Result;
use motcua_model::actor::Actor;
use motcua_model::text::clean_text;
pub use motcua_store::saved_view::SavedView;

/// Longest name of a view, in characters.
pub const NAME_MAX: usize = 60;
/// The most views of one officer.
pub const VIEWS_MAX: usize = 20;
/// Longest address of a view, in bytes.
const QUERY_MAX: usize = 500;

/// Why a view is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewProblem {
    /// It has no name, or a longer one than [`NAME_MAX`].
    Name,
    /// The officer has [`VIEWS_MAX`] already.
    TooMany,
}

impl Office {
    /// The officer's views, by name.
    ///
    /// # Errors
    /// [`motcua_model::dossier::Refusal::NotPermitted`] for who is no officer, as for the functions below.
    pub async fn saved_views(&self, actor: &Actor) -> Result<Vec<SavedView>> {
        officer_agency(actor)?;
        Ok(self.store().saved_views(actor.account).await?)
    }

    /// Keeps a view; one of the same name is replaced.
    ///
    /// # Errors
    /// The store; a problem with the name is the inner answer.
    pub async fn save_view(&self, actor: &Actor, name: &str, query: &str) -> Result<std::result::Result<(), ViewProblem>> {
        officer_agency(actor)?;
        let name = clean_text(name, NAME_MAX).map(|n| n.split_whitespace().collect::<Vec<_>>().join(" "));
        let Some(name) = name.ok().filter(|n| !n.is_empty()) else {
            return Ok(Err(ViewProblem::Name));
        };
        let views = self.store().saved_views(actor.account).await?;
        if views.len() >= VIEWS_MAX && !views.iter().any(|v| v.name == name) {
            return Ok(Err(ViewProblem::TooMany));
        }
        let query = query.chars().take(QUERY_MAX).collect();
        self.store().save_view(actor.account, &SavedView { name, query }).await?;
        Ok(Ok(()))
    }

    /// Forgets a view.
    ///
    /// # Errors
    /// The store.
    pub async fn drop_view(&self, actor: &Actor, name: &str) -> Result<()> {
        officer_agency(actor)?;
        Ok(self.store().drop_view(actor.account, name).await?)
    }
}
