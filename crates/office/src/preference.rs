//! How a person wants to be told: the moments that she may do without, and the one that she may not.

use crate::Office;
use crate::error::Result;
use motcua_model::actor::Actor;
use motcua_model::dossier::{Dossier, Event, Level, Refusal};
use motcua_model::procedure::Lang;
use motcua_store::account::Account;
pub use motcua_store::preference::Preference;

/// A moment that is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    /// Sent, accepted, not accepted.
    Received,
    /// Money is due, came, or goes back.
    Pay,
    /// Something is missing, or to be paid first: the clock stands still until she acts; or her result was revoked. Always
    /// told.
    Missing,
    /// The result is there, or the dossier ended.
    Ready,
    /// It takes longer.
    Late,
    /// Where a parcel is.
    Parcel,
}

impl Moment {
    /// Every moment, in the order of the page.
    pub const ALL: [Self; 6] = [
        Self::Received,
        Self::Pay,
        Self::Missing,
        Self::Ready,
        Self::Late,
        Self::Parcel,
    ];

    /// The name used in storage, in forms and to find its words.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Pay => "pay",
            Self::Missing => "missing",
            Self::Ready => "ready",
            Self::Late => "late",
            Self::Parcel => "parcel",
        }
    }

    /// Whether she cannot do without: the dossier would wait for her and she would not know.
    #[must_use]
    pub fn is_always(self) -> bool {
        self == Self::Missing
    }

    /// The moment of an event.
    #[must_use]
    pub fn of(event: &Event) -> Self {
        match event {
            // Level 4 waits for the payment.
            Event::Submitted {
                level: Level::Four, fee, ..
            } if *fee > 0 => Self::Missing,
            // What she holds is worth nothing any more: nobody may miss that.
            Event::SupplementRequested { .. } | Event::PaymentAsked { .. } | Event::ResultRevoked { .. } => Self::Missing,
            Event::Submitted { .. } | Event::Accepted { .. } | Event::Refused { .. } => Self::Received,
            Event::Approved { .. }
            | Event::ResultSigned { .. }
            | Event::ResultReplaced { .. }
            | Event::ResultReturned { .. }
            | Event::Stopped { .. } => Self::Ready,
            Event::Extended { .. } | Event::Apologised { .. } | Event::DueRecomputed { .. } => Self::Late,
            Event::Parcel { .. } => Self::Parcel,
            _ => Self::Pay,
        }
    }
}

impl Office {
    /// Where an event of a dossier is told: phone and mail, each empty where there is none or she does not want it. What the
    /// dossier names goes before what the account does.
    pub(crate) async fn addresses(&self, owner: Option<&Account>, d: &Dossier, event: &Event) -> Result<(String, String)> {
        let pick = |of_dossier: &str, of_owner: Option<&str>| match of_dossier {
            "" => of_owner.unwrap_or("").to_owned(),
            named => named.to_owned(),
        };
        let phone = pick(&d.applicant.phone, owner.map(|o| o.phone.as_str()));
        let mail = pick(&d.applicant.email, owner.map(|o| o.email.as_str()));
        match owner {
            Some(owner) => {
                let chosen = self.store().preference(owner.id).await?;
                Ok(wanted(&chosen, Moment::of(event), phone, mail))
            }
            None => Ok((phone, mail)),
        }
    }
}

/// Which addresses a moment goes to: phone and mail, each empty where she does not want it. What she cannot do without goes
/// out even when she wants neither.
pub(crate) fn wanted(p: &Preference, moment: Moment, phone: String, mail: String) -> (String, String) {
    if moment.is_always() && !p.mail && !p.sms {
        return (phone, mail);
    }
    if !moment.is_always() && p.muted.iter().any(|m| m == moment.as_str()) {
        return (String::new(), String::new());
    }
    let keep = |wants: bool, address: String| if wants { address } else { String::new() };
    (keep(p.sms, phone), keep(p.mail, mail))
}

impl Office {
    /// How the person wants to be told.
    ///
    /// # Errors
    /// The store.
    pub async fn preference(&self, actor: &Actor) -> Result<Preference> {
        Ok(self.store().preference(actor.account).await?)
    }

    /// Keeps how the person wants to be told, and in which language.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no citizen: officers are not told of dossiers.
    pub async fn prefer(&self, actor: &Actor, mut wanted: Preference, language: Lang) -> Result<()> {
        if actor.role != motcua_model::actor::Role::Citizen {
            return Err(Refusal::NotPermitted.into());
        }
        wanted
            .muted
            .retain(|m| Moment::ALL.iter().any(|k| k.as_str() == m && !k.is_always()));
        self.store().put_preference(actor.account, &wanted, language.as_str()).await?;
        self.inner.sessions.forget(|_, a| a.id != actor.account);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Moment, Preference, wanted};

    #[test]
    fn what_she_mutes_is_not_told_and_what_is_missing_always_is() {
        let both = |p: &Preference, m| wanted(p, m, "0912".to_owned(), "a@b".to_owned());
        let quiet = Preference {
            mail: false,
            sms: false,
            muted: vec!["ready".to_owned()],
        };
        assert_eq!(both(&quiet, Moment::Ready), (String::new(), String::new()));
        assert_eq!(both(&quiet, Moment::Missing), ("0912".to_owned(), "a@b".to_owned()));
        let sms = Preference {
            mail: false,
            ..Preference::default()
        };
        assert_eq!(both(&sms, Moment::Late), ("0912".to_owned(), String::new()));
    }
}
