//! The chain of custody: bags and the papers in them, from hand to hand (decision 0054).

mod alarm;
mod verify;

use crate::Office;
use crate::error::{OfficeError, Result};
pub use alarm::{Alarm, AlarmKind};
use motcua_model::actor::{Actor, Role};
use motcua_model::custody::{
    Bag, BagCode, BagCommand, BagContext, BagEvent, BagLine, BagRecorded, BagRefusal, BagState, KnownPaper, decide, read_bag,
    read_paper, signed_list,
};
use motcua_model::dossier::{Dossier, Refusal};
use motcua_model::id::{AgencyCode, DossierId};
use motcua_model::permission::Action;
use motcua_store::StoreError;
pub use motcua_store::bag::EndedPlace;
use motcua_store::bag::LoadedBag;
pub use motcua_store::custody::{CustodyPaper, HandLine};

/// Bags of a page of those that ended.
const ENDED_PAGE: u32 = 20;

/// Longest name of a paper, in characters.
const WHAT_MAX: usize = 100;

/// The bags that an office has to do with.
#[derive(Clone, Debug, Default)]
pub struct Bags {
    /// In its hands.
    pub here: Vec<Bag>,
    /// Offered to it.
    pub offered: Vec<Bag>,
    /// On their way to it, in other hands.
    pub coming: Vec<Bag>,
    /// Packed here, in other hands.
    pub gone: Vec<Bag>,
    /// Compared here, the latest first.
    pub ended: Vec<Bag>,
    /// Where the next page of those begins; none on the last.
    pub older: Option<EndedPlace>,
}

impl Bags {
    /// Whether a list holds as many as a page does: there may be more.
    #[must_use]
    pub fn is_full(list: &[Bag]) -> bool {
        list.len() >= motcua_store::Store::BAGS_PAGE
    }
}

/// The chain of custody of a dossier.
#[derive(Debug)]
pub struct Chain {
    /// The dossier.
    pub dossier: Dossier,
    /// Its papers that have codes.
    pub papers: Vec<CustodyPaper>,
    /// The hands that they went through, in order.
    pub hands: Vec<HandLine>,
    /// What is wrong; none when nothing is.
    pub alarms: Vec<Alarm>,
}

impl From<BagRefusal> for OfficeError {
    fn from(e: BagRefusal) -> Self {
        Self::Bag(e)
    }
}

/// Who works with bags.
fn office_of(actor: &Actor) -> Result<&AgencyCode> {
    let works = actor.role.is_officer() || actor.role == Role::PostClerk;
    actor
        .agency
        .as_ref()
        .filter(|_| works)
        .ok_or_else(|| Refusal::NotPermitted.into())
}

impl Office {
    /// The bags that the actor's office has to do with; of those that ended the page before a place.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who works with none, as for the functions below.
    pub async fn bags(&self, actor: &Actor, before: Option<EndedPlace>) -> Result<Bags> {
        let own = office_of(actor)?;
        let [here, offered, coming, gone] = self.store().bags_of(own).await?;
        let before = before.unwrap_or_else(|| (i64::MAX, String::new()));
        let mut ended = self.store().bags_ended(own, &before, ENDED_PAGE + 1).await?;
        let more = ended.len() > ENDED_PAGE as usize;
        ended.truncate(ENDED_PAGE as usize);
        let older = ended.last().filter(|_| more).map(|(_, place)| place.clone());
        let elsewhere = |b: &Bag| b.hand.agency.as_ref() != Some(own) && b.offer.as_ref().is_none_or(|o| o.to != *own);
        Ok(Bags {
            coming: coming.into_iter().filter(elsewhere).collect(),
            gone: gone.into_iter().filter(elsewhere).collect(),
            offered: offered.into_iter().filter(|b| b.hand.agency.as_ref() != Some(own)).collect(),
            here,
            ended: ended.into_iter().map(|(bag, _)| bag).collect(),
            older,
        })
    }

    /// Begins to pack a bag.
    ///
    /// # Errors
    /// [`BagRefusal::NoWay`] where it goes nowhere, or should have been there already.
    pub async fn open_bag(&self, actor: &Actor, to: AgencyCode, due: jiff::Timestamp) -> Result<Bag> {
        let own = office_of(actor)?;
        if !self.catalogue().organisation().is_open(&to) {
            return Err(BagRefusal::NoWay.into());
        }
        let events = decide(None, BagCommand::Open { to, due }, &self.bag_context(actor))?;
        let event = events.into_iter().next().ok_or(BagRefusal::NoWay)?;
        let year = motcua_model::clock::local(self.now()).year();
        let opened = self.bag_line(actor, event);
        Ok(self.store().open_bag(own, year, &opened).await?)
    }

    fn bag_context<'a>(&self, actor: &'a Actor) -> BagContext<'a> {
        BagContext {
            actor,
            now: self.now(),
            signed: None,
        }
    }

    fn bag_line(&self, actor: &Actor, event: BagEvent) -> BagRecorded {
        BagRecorded {
            at: self.now(),
            actor: actor.clone(),
            event,
        }
    }

    /// A bag that the actor's office packed, holds, is offered or is to get.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for any other.
    pub async fn bag(&self, actor: &Actor, typed: &str) -> Result<Bag> {
        Ok(self.load_bag(actor, typed).await?.0)
    }

    async fn load_bag(&self, actor: &Actor, typed: &str) -> Result<LoadedBag> {
        let own = office_of(actor)?;
        let code = read_bag(typed).map_err(|_| Refusal::NotFound)?;
        let loaded = self.store().bag(&code).await?.ok_or(Refusal::NotFound)?;
        let b = &loaded.0;
        // Whom a driver gives it to is not known before: who has it before her can read its number.
        let with_driver = b.hand.agency.is_none();
        let ours = [
            Some(&b.from),
            Some(&b.to),
            b.hand.agency.as_ref(),
            b.offer.as_ref().map(|o| &o.to),
        ];
        if ours.contains(&Some(own)) || with_driver {
            Ok(loaded)
        } else {
            Err(Refusal::NotFound.into())
        }
    }

    /// A paper was scanned at a bag: it goes in, or it is found.
    ///
    /// # Errors
    /// [`BagRefusal`] with what to do, such as [`BagRefusal::OtherBag`] or [`BagRefusal::Before`].
    pub async fn scan(&self, actor: &Actor, bag: &str, typed: &str) -> Result<Bag> {
        let loaded = self.load_bag(actor, bag).await?;
        let known = match read_paper(typed) {
            Ok(code) => self.store().custody_paper(&code).await?,
            Err(_) => None,
        };
        let command = BagCommand::Scan {
            typed: typed.to_owned(),
            known: known.map(|k| KnownPaper {
                dossier: k.dossier,
                what: k.what,
                bag: k.bag,
            }),
        };
        self.bag_events(actor, &loaded, command).await
    }

    /// Does something to a bag.
    ///
    /// # Errors
    /// [`BagRefusal`].
    pub async fn bag_act(&self, actor: &Actor, bag: &str, command: BagCommand) -> Result<Bag> {
        let loaded = self.load_bag(actor, bag).await?;
        if let BagCommand::Offer { to } = &command
            && !self.catalogue().organisation().is_open(to)
        {
            return Err(BagRefusal::NoWay.into());
        }
        self.bag_events(actor, &loaded, command).await
    }

    async fn bag_events(&self, actor: &Actor, loaded: &LoadedBag, command: BagCommand) -> Result<Bag> {
        let journal = match command {
            BagCommand::TakeFromPaper { .. } => self.bag_journal(&loaded.0.code).await?,
            _ => Vec::new(),
        };
        let cx = BagContext {
            signed: signed_list(&journal),
            ..self.bag_context(actor)
        };
        let events = decide(Some(&loaded.0), command, &cx)?;
        let events: Vec<BagRecorded> = events.into_iter().map(|e| self.bag_line(actor, e)).collect();
        match self.store().append_bag(loaded, &events).await {
            Ok(bag) => Ok(bag),
            // Somebody scanned at the same moment, perhaps the same paper into another bag.
            Err(StoreError::Conflict) => Err(BagRefusal::Overtaken.into()),
            Err(e) => Err(e.into()),
        }
    }

    async fn bag_journal(&self, code: &BagCode) -> Result<Vec<BagRecorded>> {
        let read = |line: BagLine| line.read().map_err(|e| OfficeError::Internal(format!("{}: {e}", line.bag)));
        self.store().bag_journal(code).await?.into_iter().map(read).collect()
    }

    /// The code on a bag's list as the actor prints it; none while it is not sealed. Of a bag that is carried on paper only
    /// the office that gave it may print the list again: others find the code on the list that goes with the bag.
    ///
    /// # Errors
    /// The store.
    pub async fn list_code(&self, actor: &Actor, bag: &Bag) -> Result<Option<String>> {
        if bag.state != BagState::Sealed {
            return Ok(None);
        }
        if bag.hand.account.is_some() {
            return Ok(Some(bag.list_code()));
        }
        let journal = self.bag_journal(&bag.code).await?;
        let given = journal.iter().rfind(|r| matches!(r.event, BagEvent::TakenOnPaper { .. }));
        let ours = given.is_some_and(|r| r.actor.agency == actor.agency);
        Ok(signed_list(&journal).filter(|_| ours).map(str::to_owned))
    }

    /// Gives a paper of a dossier a code to be stuck on it.
    ///
    /// # Errors
    /// [`Refusal::ReasonMissing`] when it is not said what it is; [`Refusal::NotFound`] for another agency's dossier.
    pub async fn label_paper(&self, actor: &Actor, id: DossierId, what: &str) -> Result<CustodyPaper> {
        let own = office_of(actor)?;
        self.load(actor, id, Action::View).await?;
        let what: String = what
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .chars()
            .take(WHAT_MAX)
            .collect();
        if what.is_empty() {
            return Err(Refusal::ReasonMissing.into());
        }
        let year = motcua_model::clock::local(self.now()).year();
        let made = self.store().make_custody_paper(own, year, id, &what, &actor.name, self.now());
        Ok(made.await?)
    }

    /// The chain of custody of a dossier.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for who may not read the dossier.
    pub async fn chain(&self, actor: &Actor, id: DossierId) -> Result<Chain> {
        office_of(actor)?;
        let dossier = self.load(actor, id, Action::View).await?.dossier;
        let hands = self.store().custody_of(id).await?;
        Ok(Chain {
            papers: self.store().custody_papers(id).await?,
            alarms: alarm::of(&hands),
            hands,
            dossier,
        })
    }

    /// What is wrong with a dossier's papers, for the page of the dossier: one indexed read.
    ///
    /// # Errors
    /// The store.
    pub async fn custody_alarms(&self, id: DossierId) -> Result<Vec<Alarm>> {
        Ok(alarm::of(&self.store().custody_of(id).await?))
    }

    /// Notes bags that should have been there and compared, each once.
    ///
    /// # Errors
    /// The store.
    pub async fn remind_late_bags(&self) -> Result<usize> {
        let late = self.store().late_bags(self.now()).await?;
        let system = Actor::system();
        let mut told = 0;
        for code in late {
            let Some(loaded) = self.store().bag(&code).await? else {
                continue;
            };
            match self.bag_events(&system, &loaded, BagCommand::Remind).await {
                Ok(_) => told += 1,
                Err(OfficeError::Bag(_)) => {}
                Err(e) => return Err(e),
            }
        }
        Ok(told)
    }
}
