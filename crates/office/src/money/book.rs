//! The books: totals, where money moved, closing a till.

use crate::Office;
use crate::error::Result;
use motcua_model::actor::Actor;
use motcua_model::dossier::Refusal;
use motcua_model::id::AgencyCode;
use motcua_model::ledger::{Account, BookEvent, BookRecorded};
use motcua_store::intake::{Month, month_of};
pub use motcua_store::ledger::{AccountTotal, EntryRow};

/// Entries on a page.
pub const PAGE: u32 = 50;
/// Longest note of a closed till, in characters.
const NOTE: usize = 500;
/// From the first month on that a ledger can have.
const BEGINNING: Month = 200_001;

/// A till with what the book says is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Till {
    /// The account's name.
    pub account: String,
    /// Whose counter or post office.
    pub office: AgencyCode,
    /// Whether it is a post office's.
    pub post: bool,
    /// VND.
    pub balance: i64,
}

impl Office {
    /// Debits and credits by agency and account over some months, both ends included. An accountant of an agency, and a
    /// leader, see their own; the province's accountant sees all.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who keeps no books.
    pub async fn ledger_totals(
        &self,
        actor: &Actor,
        agency: Option<&AgencyCode>,
        from: Month,
        to: Month,
    ) -> Result<Vec<AccountTotal>> {
        let agency = super::books_of(actor, agency)?;
        Ok(self.store().ledger_totals(from.min(to), to, agency.as_ref()).await?)
    }

    /// Where money moved in an agency's book, the latest first.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`].
    pub async fn ledger_moves(
        &self,
        actor: &Actor,
        agency: &AgencyCode,
        before: Option<(i64, Vec<u8>, i64)>,
    ) -> Result<Vec<EntryRow>> {
        super::books_of(actor, Some(agency))?;
        let before = before.unwrap_or((i64::MAX, Vec::new(), i64::MAX));
        Ok(self.store().ledger_moves(agency, before, PAGE).await?)
    }

    /// The tills that hold an agency's cash; of a post office, what lies in no clerk's own till.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`].
    pub async fn tills(&self, actor: &Actor, agency: &AgencyCode) -> Result<Vec<Till>> {
        super::books_of(actor, Some(agency))?;
        let now = month_of(self.now());
        let totals = self.store().ledger_totals(BEGINNING, now, Some(agency)).await?;
        // What lies in clerks' own tills is counted and closed there.
        let theirs = self.store().in_open_tills(agency).await?;
        let till = |t: &AccountTotal| {
            let (office, post) = match Account::parse(&t.account)? {
                Account::Till(office) => (office, false),
                Account::Post(office) => (office, true),
                _ => return None,
            };
            let with_clerks = theirs.iter().find(|(o, _)| post && *o == office).map_or(0, |(_, sum)| *sum);
            Some(Till {
                account: t.account.clone(),
                office,
                post,
                balance: t.debit - t.credit - with_clerks,
            })
        };
        Ok(totals.iter().filter_map(till).collect())
    }

    /// Closes a till: what was counted goes to the treasury, a difference is booked as one. `expected` is what the page
    /// showed.
    ///
    /// # Errors
    /// [`Refusal::Overtaken`] when money came or went since; [`Refusal::ReasonMissing`] when the count differs and nobody
    /// says why; [`Refusal::NothingDue`] when the till is empty.
    pub async fn close_till(
        &self,
        actor: &Actor,
        agency: &AgencyCode,
        account: &str,
        expected: i64,
        counted: u64,
        note: &str,
    ) -> Result<()> {
        let tills = self.tills(actor, agency).await?;
        let till = tills.into_iter().find(|t| t.account == account).ok_or(Refusal::NotFound)?;
        if till.balance != expected {
            return Err(Refusal::Overtaken.into());
        }
        let Ok(expected) = u64::try_from(till.balance) else {
            return Err(Refusal::NothingDue.into());
        };
        if expected == 0 && counted == 0 {
            return Err(Refusal::NothingDue.into());
        }
        let note = motcua_model::text::clean_text(note, NOTE).map_err(|_| Refusal::TextTooLong { max: NOTE })?;
        let note = note.trim().to_owned();
        if counted != expected && note.is_empty() {
            return Err(Refusal::ReasonMissing.into());
        }
        self.store()
            .post_to_book(&BookRecorded {
                at: self.now(),
                actor: actor.clone(),
                agency: agency.clone(),
                event: BookEvent::TillClosed {
                    till: account.to_owned(),
                    expected,
                    counted,
                    note,
                },
            })
            .await?;
        Ok(())
    }
}

/// What matters of a trial balance, in VND.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Still due from people.
    pub due: i64,
    /// Held by gateways, banks, tills and post offices.
    pub held: i64,
    /// Reached the treasury.
    pub settled: i64,
    /// Has to go back to people.
    pub owed: i64,
    /// Went back to people.
    pub refunded: i64,
    /// Earned, less what was taken back.
    pub earned: i64,
}

impl Sums {
    /// Adds up accounts.
    pub fn of<'a>(totals: impl Iterator<Item = &'a AccountTotal>) -> Self {
        let mut sums = Self::default();
        for t in totals {
            let balance = t.debit - t.credit;
            match Account::parse(&t.account) {
                Some(Account::Due) => sums.due += balance,
                Some(Account::Held(_) | Account::Till(_) | Account::Post(_)) => sums.held += balance,
                Some(Account::Treasury) => sums.settled += balance,
                Some(Account::Owed) => {
                    sums.owed -= balance;
                    sums.refunded += t.debit;
                }
                Some(Account::Income(..)) => sums.earned -= balance,
                Some(Account::Unknown | Account::Cost | Account::Difference) | None => {}
            }
        }
        sums
    }
}

impl Office {
    /// The first month of this year and this month.
    #[must_use]
    pub fn this_year(&self) -> (Month, Month) {
        let now = month_of(self.now());
        (now / 100 * 100 + 1, now)
    }

    /// The agencies that ever had money in their books.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`].
    pub async fn agencies_with_money(&self, actor: &Actor) -> Result<Vec<AgencyCode>> {
        let totals = self.ledger_totals(actor, None, BEGINNING, month_of(self.now())).await?;
        let mut codes: Vec<AgencyCode> = totals.into_iter().map(|t| AgencyCode(t.agency)).collect();
        codes.dedup();
        Ok(codes)
    }
}
