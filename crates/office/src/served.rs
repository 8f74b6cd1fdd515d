//! What a post office may find: the people it filed for, and nobody else. A search for somebody else is refused and noted.

use crate::Office;
use crate::assisted::post_office;
use crate::error::Result;
use motcua_model::actor::Actor;
use motcua_model::consent::ConsentState;
use motcua_model::dossier::{Dossier, parse_code};
use motcua_model::id::{DossierId, ProcedureCode};
use motcua_model::identifier::{PersonId, Phone};
use motcua_model::permission::Relation;
use motcua_store::consent::DeniedLook;
use motcua_store::dossier::LAST;

/// Filings looked at for one phone: more than any family files at one office.
const LOOKED_AT: u32 = 200;
/// Refused searches that are shown.
const DENIED: u32 = 50;
/// Characters of what was looked for that the log shows.
const SHOWN: usize = 4;

/// What a search at a post office came to.
#[derive(Debug)]
pub enum Served {
    /// Dossiers that this office filed, newest first.
    Found(Vec<Dossier>),
    /// This office filed nothing for that person: refused, and noted.
    NotServed,
    /// Neither a code, nor an identity number, nor a phone.
    Unreadable,
}

/// A filing that the clerk began and has not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderWay {
    /// The draft.
    pub id: DossierId,
    /// The service.
    pub procedure: ProcedureCode,
    /// Name on the card.
    pub name: String,
    /// Whether the person agreed, or took it back.
    pub state: ConsentState,
    /// When it was last saved.
    pub at: jiff::Timestamp,
}

impl Office {
    /// Finds a dossier that the actor's office filed, by its code, the person's identity number or her phone.
    ///
    /// # Errors
    /// [`motcua_model::dossier::Refusal::NotPermitted`] for who is no postal clerk.
    pub async fn find_served(&self, actor: &Actor, typed: &str) -> Result<Served> {
        let office = post_office(actor)?;
        let typed = typed.trim();
        let (kind, found) = if let Some(code) = parse_code(typed) {
            let loaded = self.store().dossier_by_code(&code).await?;
            ("code", loaded.into_iter().map(|l| l.dossier).collect())
        } else if let Ok(phone) = Phone::parse(typed) {
            let all = self.store().consents_of_phone(phone.e164(), LAST, LOOKED_AT).await?;
            let ids: Vec<_> = all.iter().filter(|a| a.office == *office).map(|a| a.id).collect();
            ("phone", self.store().dossiers(&ids).await?)
        } else if let Ok(id) = PersonId::parse(typed) {
            let lines = self.store().dossiers_filed_for(office, id.as_str()).await?;
            let ids: Vec<_> = lines.iter().map(|l| l.id).collect();
            ("person_id", self.store().dossiers(&ids).await?)
        } else {
            return Ok(Served::Unreadable);
        };
        let mut ours: Vec<Dossier> = found;
        ours.retain(|d| Relation::of(actor, d) == Relation::FiledHere);
        ours.sort_by_key(|d| std::cmp::Reverse(d.id));
        if !ours.is_empty() {
            return Ok(Served::Found(ours));
        }
        let look = DeniedLook {
            clerk_name: actor.name.clone(),
            kind: kind.to_owned(),
            sought: hidden(typed),
            at: self.now(),
        };
        self.store().note_denied_look(office, self.new_dossier_id(), &look).await?;
        tracing::warn!(office = %office, account = %actor.account, kind, "a search for a person who was not served is refused");
        Ok(Served::NotServed)
    }

    /// The searches of the actor's own office that were refused, the latest first.
    ///
    /// # Errors
    /// [`motcua_model::dossier::Refusal::NotPermitted`] for who heads no post office.
    pub async fn denied_looks(&self, head: &Actor) -> Result<Vec<DeniedLook>> {
        Ok(self.store().denied_looks(crate::till::headed(head)?, DENIED).await?)
    }

    /// What the clerk began and has not sent, the latest first.
    ///
    /// # Errors
    /// The store.
    pub async fn under_way(&self, actor: &Actor) -> Result<Vec<UnderWay>> {
        let mut found = Vec::new();
        for draft in self.store().drafts_of(actor.account).await? {
            if let Some(a) = self.store().consent(draft.id).await? {
                found.push(UnderWay {
                    id: draft.id,
                    procedure: draft.procedure,
                    name: a.bearer.name,
                    state: a.state,
                    at: draft.updated_at,
                });
            }
        }
        Ok(found)
    }
}

/// The end of what was looked for; the rest is hidden.
fn hidden(typed: &str) -> String {
    let chars: Vec<char> = typed.chars().collect();
    let end: String = chars[chars.len().saturating_sub(SHOWN)..].iter().collect();
    format!("…{end}")
}
