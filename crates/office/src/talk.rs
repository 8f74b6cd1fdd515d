//! The talk between the agency and the person about one dossier. What the agency says is told through the outbox.

use crate::Office;
use crate::error::Result;
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::{Dossier, Refusal};
use motcua_model::id::DossierId;
use motcua_model::permission::{Action, Relation};
use motcua_model::text::clean_text;
use motcua_store::NewJob;
pub use motcua_store::talk::Said;

/// The job that tells the person that the agency wrote.
pub(crate) const TALK: &str = "talk";
/// Longest message, in characters.
pub const SAID_MAX: usize = 2_000;
/// The most messages of one side without an answer of the other.
pub const IN_A_ROW: usize = 5;
/// The most messages about one dossier.
const TALK_MAX: usize = 300;

/// Why a message is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TalkProblem {
    /// Nothing was written, or more than [`SAID_MAX`] characters.
    Text,
    /// [`IN_A_ROW`] messages wait for an answer already.
    Wait,
}

impl Office {
    /// What was said about a dossier, for the person and the officers of its agency; nothing for who only filed it.
    ///
    /// # Errors
    /// The store.
    pub async fn talk(&self, actor: &Actor, d: &Dossier) -> Result<Vec<Said>> {
        match Relation::of(actor, d) {
            Relation::Owner => Ok(self.store().talk(d.id).await?),
            Relation::SameAgency if actor.role.is_officer() => Ok(self.store().talk(d.id).await?),
            _ => Ok(Vec::new()),
        }
    }

    /// Says something about a dossier: the person to the agency, or an officer of the agency to the person.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for who may not view the dossier, [`Refusal::NotPermitted`] for who has no part in the talk; a
    /// problem with what was written is the inner answer.
    pub async fn say(&self, actor: &Actor, id: DossierId, text: &str) -> Result<std::result::Result<(), TalkProblem>> {
        let d = self.load(actor, id, Action::View).await?.dossier;
        let from_person = match Relation::of(actor, &d) {
            Relation::Owner if actor.role == Role::Citizen => true,
            Relation::SameAgency if actor.role.is_officer() => false,
            _ => return Err(Refusal::NotPermitted.into()),
        };
        let text = clean_text(text, SAID_MAX).map(|t| t.trim().to_owned());
        let Some(text) = text.ok().filter(|t| !t.is_empty()) else {
            return Ok(Err(TalkProblem::Text));
        };
        let before = self.store().talk(id).await?;
        let in_a_row = if from_person {
            before.iter().filter(|s| s.waits).count()
        } else {
            before.iter().rev().take_while(|s| !s.from_person).count()
        };
        if in_a_row >= IN_A_ROW || before.len() >= TALK_MAX {
            return Ok(Err(TalkProblem::Wait));
        }
        let said = Said {
            id: self.new_remark_id(),
            by_name: actor.name.clone(),
            from_person,
            waits: from_person,
            text,
            created_at: self.now(),
        };
        let job = (!from_person).then(|| NewJob {
            id: self.new_job_id(),
            kind: TALK,
            body: serde_json::json!({ "dossier": id }).to_string(),
            run_at: said.created_at,
        });
        self.store().say(id, &d.agency, actor.account, &said, job.as_ref()).await?;
        self.inner.bell.notify_one();
        Ok(Ok(()))
    }
}
