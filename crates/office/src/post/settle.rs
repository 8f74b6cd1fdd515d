//! What the post charges in a month: an invoice proposal with one line for each parcel, and each parcel once.

use crate::Office;
use crate::error::Result;
use crate::money::books_of;
use motcua_model::actor::Actor;
use motcua_model::id::AgencyCode;
use motcua_model::post::Payer;
use motcua_store::parcel::{ParcelLine, ParcelSum};

/// Lines read at once.
const PAGE: u32 = 500;

/// What an agency owes the post for a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthSum {
    /// The agency.
    pub agency: AgencyCode,
    /// Parcels.
    pub parcels: u64,
    /// VND of carriage.
    pub price: u64,
    /// VND of fees that the post collected.
    pub collected: u64,
    /// Differences that nobody explained.
    pub differs: u64,
}

/// An invoice proposal.
#[derive(Clone, Debug)]
pub struct Invoice {
    /// By agency.
    pub sums: Vec<MonthSum>,
    /// Who pays the post.
    pub payer: Option<Payer>,
    /// Whether the tariff is an estimate.
    pub estimate: bool,
}

impl Invoice {
    /// Parcels, VND of carriage, VND collected.
    #[must_use]
    pub fn total(&self) -> (u64, u64, u64) {
        self.sums
            .iter()
            .fold((0, 0, 0), |t, s| (t.0 + s.parcels, t.1 + s.price, t.2 + s.collected))
    }
}

impl Office {
    /// The invoice proposal of a month (`202003`): of the actor's agency, or of all for the province's accountant.
    ///
    /// # Errors
    /// [`motcua_model::dossier::Refusal::NotPermitted`] for who keeps no books.
    pub async fn post_invoice(&self, actor: &Actor, month: i64) -> Result<Invoice> {
        let own = books_of(actor, None)?;
        let mut sums = self.store().parcel_sums(month).await?;
        sums.retain(|s| own.as_ref().is_none_or(|a| a.as_str() == s.agency));
        let tariff = self.catalogue().tariff();
        Ok(Invoice {
            sums: sums.into_iter().map(sum).collect(),
            payer: tariff.map(|t| t.payer),
            estimate: tariff.is_some_and(|t| t.estimate),
        })
    }

    /// The next lines of the proposal after one, by agency and dossier; none when there are no more.
    ///
    /// # Errors
    /// As [`Office::post_invoice`].
    pub async fn post_invoice_lines(&self, actor: &Actor, month: i64, after: Option<&ParcelLine>) -> Result<Vec<ParcelLine>> {
        let own = books_of(actor, None)?;
        let after = after.map_or(("", "", 0), |l| (l.agency.as_str(), l.code.as_str(), l.number));
        Ok(self.store().parcels_of_month(month, own.as_ref(), after, PAGE).await?)
    }
}

fn sum(s: ParcelSum) -> MonthSum {
    MonthSum {
        agency: AgencyCode(s.agency),
        parcels: s.n.unsigned_abs(),
        price: s.price.unsigned_abs(),
        collected: s.collected.unsigned_abs(),
        differs: s.differs.unsigned_abs(),
    }
}
