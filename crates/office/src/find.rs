//! Finding dossiers by what an officer has at hand: code, name, identity number, phone, plot, tax code.

use crate::Office;
use crate::desk::officer_agency;
use crate::error::Result;
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::sought;
use motcua_model::id::DossierId;
use motcua_store::dossier::DossierLine;
use motcua_store::search::Place;

/// The most dossiers that a search shows; who sees so many types more.
pub const FOUND: u32 = 50;

impl Office {
    /// Finds the dossiers that the officer may view: those of her agency, and for a receptionist those filed at her
    /// counter. Every word that was typed must fit, each by its beginning; the rarest leads.
    ///
    /// # Errors
    /// [`motcua_model::dossier::Refusal::NotPermitted`] for who is no officer.
    pub async fn find(&self, actor: &Actor, typed: &str) -> Result<Vec<DossierLine>> {
        let agency = officer_agency(actor)?;
        let asked = sought(typed);
        if asked.terms.is_empty() {
            return Ok(Vec::new());
        }
        let mut places = vec![Place::Settled(agency)];
        if actor.role == Role::Receptionist {
            places.push(Place::FiledAt(agency));
        }
        // A name as it is spoken is one stretch of the index.
        if let Some(phrase) = asked.phrase {
            let found = self.find_in(&places, &[phrase]).await?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        let mut terms = Vec::with_capacity(asked.terms.len());
        for term in asked.terms {
            terms.push((self.store().how_many(places[0], &term).await?, term));
        }
        terms.sort();
        let terms: Vec<String> = terms.into_iter().map(|(_, term)| term).collect();
        self.find_in(&places, &terms).await
    }

    /// Writes the words of every dossier, for those filed before there were any; answers how many dossiers there are.
    /// May be run again, and beside a running program.
    ///
    /// # Errors
    /// The store.
    pub async fn reindex(&self, progress: impl Fn(u64)) -> Result<u64> {
        let (mut done, mut after) = (0, DossierId(uuid::Uuid::nil()));
        loop {
            let (count, last) = self.store().write_words(after, 200).await?;
            if count == 0 {
                return Ok(done);
            }
            done += count as u64;
            after = last;
            progress(done);
        }
    }

    async fn find_in(&self, places: &[Place<'_>], terms: &[String]) -> Result<Vec<DossierLine>> {
        let mut found = Vec::new();
        for place in places {
            found.extend(self.store().find(*place, terms, FOUND).await?);
        }
        found.truncate(FOUND as usize);
        Ok(found)
    }
}
