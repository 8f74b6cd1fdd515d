//! What officers do to a dossier's term: longer, with an apology, standing still for a payment.

use crate::Office;
use crate::error::Result;
use jiff::civil::Date;
use motcua_model::actor::Actor;
use motcua_model::clock::Due;
use motcua_model::dossier::{Command, Dossier};
use motcua_model::id::DossierId;

impl Office {
    /// Makes the term longer.
    ///
    /// # Errors
    /// A refusal with its reason, as for every function of this module.
    pub async fn extend(&self, actor: &Actor, id: DossierId, seen: u64, days: u32, reason: String) -> Result<Dossier> {
        self.act(actor, id, Some(seen), Command::Extend { days, reason }).await
    }

    /// Apologises for being late and promises a new date.
    ///
    /// # Errors
    /// A refusal with its reason.
    pub async fn apologise(&self, actor: &Actor, id: DossierId, seen: u64, date: Date, reason: String) -> Result<Dossier> {
        self.act(actor, id, Some(seen), Command::Apologise { date, reason }).await
    }

    /// Lets the person pay first; the clock stands still.
    ///
    /// # Errors
    /// A refusal with its reason.
    pub async fn ask_payment(&self, actor: &Actor, id: DossierId, seen: u64, amount: u64, what: String) -> Result<Dossier> {
        self.act(actor, id, Some(seen), Command::AskPayment { amount, what }).await
    }

    /// Notes that the person has paid; the clock runs again.
    ///
    /// # Errors
    /// A refusal with its reason.
    pub async fn confirm_payment(&self, actor: &Actor, id: DossierId, seen: u64, reference: String) -> Result<Dossier> {
        self.act(actor, id, Some(seen), Command::ConfirmPayment { reference }).await
    }

    /// The due date of a dossier, day by day; none before acceptance, or where a year is not known.
    #[must_use]
    pub fn due_account(&self, dossier: &Dossier) -> Option<Due> {
        let calendar = self.calendar_of(&dossier.agency, &dossier.procedure);
        dossier.due_account(&calendar).ok().flatten()
    }
}
