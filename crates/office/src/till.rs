//! The tills of a post office: opened in the morning, counted in the evening, a difference confirmed by the head.

use crate::Office;
use crate::assisted::post_office;
use crate::error::Result;
use jiff::civil::Date;
use motcua_model::actor::{Actor, Role};
use motcua_model::clock::local;
use motcua_model::dossier::Refusal;
use motcua_model::id::{AgencyCode, TillId};
use motcua_model::ledger::{Account, BookEvent, BookRecorded};
use motcua_model::till::{Till, TillProblem, TillState, shares};
use motcua_store::till::{LoadedTill, TillLine};
use motcua_store::{Effect, StoreError};

/// Tills shown of a clerk.
const OF_CLERK: u32 = 31;
/// Most tills of an office that are read for a period.
const OF_OFFICE: u32 = 500;
/// Largest amount that is typed, in VND.
pub const AMOUNT_MAX: u64 = 1_000_000_000;

/// What a use case about a till answers: done, or why not.
pub type TillResult<T> = Result<std::result::Result<T, TillProblem>>;

/// What the clerk sees of her tills.
#[derive(Debug)]
pub struct OwnTills {
    /// The open one, with its receipts.
    pub open: Option<(LoadedTill, Vec<TillLine>)>,
    /// The latest, the open one among them.
    pub latest: Vec<Till>,
}

impl Office {
    /// Opens a till for today with what is in it.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no postal clerk.
    pub async fn open_till(&self, actor: &Actor, opening: u64) -> TillResult<()> {
        let till = Till {
            id: self.new_till_id(),
            office: post_office(actor)?.clone(),
            clerk: actor.account,
            clerk_name: actor.name.clone(),
            day: local(self.now()).date(),
            opening,
            taken: 0,
            state: TillState::Open,
            count: None,
            confirmed: None,
            deposit: String::new(),
        };
        match self.store().open_till(&till).await {
            Ok(()) => Ok(Ok(())),
            Err(StoreError::Conflict) => Ok(Err(TillProblem::AlreadyOpen)),
            Err(e) => Err(e.into()),
        }
    }

    /// The clerk's own tills, also those of an office where she worked before.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no postal clerk.
    pub async fn own_tills(&self, actor: &Actor) -> Result<OwnTills> {
        post_office(actor)?;
        let open = match self.store().open_till_of(actor.account).await? {
            Some(loaded) => {
                let lines = self.store().till_lines(loaded.till.id).await?;
                Some((loaded, lines))
            }
            None => None,
        };
        Ok(OwnTills {
            open,
            latest: self.store().tills_of(actor.account, OF_CLERK).await?,
        })
    }

    /// A till whose cash may not be taken on with: the clerk moved to another office, or the day is over.
    ///
    /// # Errors
    /// The store.
    pub async fn till_left_open(&self, actor: &Actor) -> Result<Option<Till>> {
        let today = local(self.now()).date();
        let open = self.store().open_till_of(actor.account).await?;
        let office = actor.agency.clone().unwrap_or_else(|| AgencyCode::from(""));
        Ok(open.map(|l| l.till).filter(|t| t.takes(&office, today).is_err()))
    }

    /// Where cash that the actor takes lies: at a post office in her open till.
    pub(crate) async fn cash_to_till(&self, actor: &Actor) -> Result<Vec<Effect>> {
        if actor.role != Role::PostClerk {
            return Ok(Vec::new());
        }
        let office = post_office(actor)?;
        let open = self.store().open_till_of(actor.account).await?.ok_or(Refusal::NoTill)?;
        open.till.takes(office, local(self.now()).date())?;
        Ok(vec![Effect::TakeCash {
            till: open.till.id,
            office: open.till.office,
        }])
    }

    /// The clerk counts her open till. `expected` is what the page showed.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no postal clerk; [`Refusal::NotFound`] when none is open.
    pub async fn count_till(&self, actor: &Actor, expected: u64, counted: u64, reason: &str) -> TillResult<Till> {
        post_office(actor)?;
        let open = self.store().open_till_of(actor.account).await?.ok_or(Refusal::NotFound)?;
        if open.till.expected() != expected {
            return Ok(Err(TillProblem::Overtaken));
        }
        let mut till = open.till.clone();
        if let Err(problem) = till.count(actor.account, counted, reason, self.now()) {
            return Ok(Err(problem));
        }
        self.write_till(actor, &open, &till).await
    }

    /// The head confirms a difference: the till is closed and booked.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for an unknown till.
    pub async fn confirm_till(&self, head: &Actor, id: TillId) -> TillResult<Till> {
        let counted = self.store().till(id).await?.ok_or(Refusal::NotFound)?;
        let mut till = counted.till.clone();
        match till.confirm(head, self.now()) {
            Ok(()) => self.write_till(head, &counted, &till).await,
            Err(problem) => Ok(Err(problem)),
        }
    }

    /// The head lets a till be counted again.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for an unknown till; [`Refusal::Overtaken`] when the clerk opened another one meanwhile.
    pub async fn till_count_again(&self, head: &Actor, id: TillId) -> TillResult<Till> {
        let counted = self.store().till(id).await?.ok_or(Refusal::NotFound)?;
        let mut till = counted.till.clone();
        match till.count_again(head) {
            Ok(()) => self.write_till(head, &counted, &till).await,
            Err(problem) => Ok(Err(problem)),
        }
    }

    async fn write_till(&self, actor: &Actor, before: &LoadedTill, after: &Till) -> TillResult<Till> {
        let note = |t: &Till| {
            let reason = t.count.as_ref().map_or("", |c| c.reason.as_str());
            format!("{}, {}. {reason}", t.clerk_name, t.day.strftime("%-d/%-m/%Y"))
                .trim()
                .to_owned()
        };
        let books: Vec<BookRecorded> = shares(&before.taken, after.difference().unwrap_or(0))
            .into_iter()
            .map(|share| BookRecorded {
                at: self.now(),
                actor: actor.clone(),
                agency: share.agency,
                event: BookEvent::TillClosed {
                    till: Account::Post(after.office.clone()).to_string(),
                    expected: share.expected,
                    counted: share.counted,
                    note: note(after),
                },
            })
            .collect();
        match self.store().change_till(before, after, &books).await {
            Ok(till) => Ok(Ok(till)),
            Err(StoreError::Conflict) => Ok(Err(TillProblem::Overtaken)),
            Err(e) => Err(e.into()),
        }
    }

    /// A till with its receipts, for its clerk and for the head of its office.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for anybody else.
    pub async fn till(&self, actor: &Actor, id: TillId) -> Result<(LoadedTill, Vec<TillLine>)> {
        let loaded = self.store().till(id).await?.ok_or(Refusal::NotFound)?;
        let head = actor.role == Role::PostHead && actor.agency.as_ref() == Some(&loaded.till.office);
        if loaded.till.clerk != actor.account && !head {
            return Err(Refusal::NotFound.into());
        }
        let lines = self.store().till_lines(id).await?;
        Ok((loaded, lines))
    }

    /// The tills of the head's office over some days, both ends included, the latest first.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who heads no post office.
    pub async fn tills_of_office(&self, head: &Actor, from: Date, to: Date) -> Result<Vec<Till>> {
        Ok(self.store().tills_at(headed(head)?, from, to, OF_OFFICE).await?)
    }
}

/// The post office that the actor heads.
pub(crate) fn headed(actor: &Actor) -> Result<&AgencyCode> {
    match &actor.agency {
        Some(office) if actor.role == Role::PostHead => Ok(office),
        _ => Err(Refusal::NotPermitted.into()),
    }
}
