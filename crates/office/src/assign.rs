//! Who holds a dossier at its step: named by load, taken, given to another by the head, handed over whole.

use crate::Office;
use crate::error::Result;
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::{Assignee, Command, Dossier, Event, Refusal, Status};
use motcua_model::id::{AccountId, AgencyCode, DossierId};
use motcua_model::permission::Action;
use motcua_store::assignment::Colleague;
use motcua_store::dossier::DossierLine;

/// Dossiers handed over in one go: more than any officer holds; who holds more is handed over again.
const HAND_OVER: u32 = 500;
/// Lines on a page of what an officer holds.
const PAGE: u32 = 50;

/// What came of a hand-over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandedOver {
    /// How many dossiers changed hands.
    pub moved: u64,
    /// Codes of those that did not: they stand at a step of another role, or somebody acted on them meanwhile.
    pub left: Vec<String>,
}

impl Office {
    /// Who can hold a dossier at the step where it stands, who holds the fewest first.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for who may not see the dossier.
    pub async fn colleagues(&self, actor: &Actor, dossier: &Dossier) -> Result<Vec<Colleague>> {
        match (dossier.status.clone(), &actor.agency) {
            (Status::InProcess(stage), Some(agency)) if *agency == dossier.agency && actor.role.is_officer() => {
                Ok(self.store().colleagues(agency, stage.role, self.now()).await?)
            }
            _ => Ok(Vec::new()),
        }
    }

    /// Every officer of the actor's own agency in a role, with what each holds.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who works in no agency.
    pub async fn officers(&self, actor: &Actor, role: Role) -> Result<Vec<Colleague>> {
        match &actor.agency {
            Some(agency) if actor.role.is_officer() => Ok(self.store().colleagues(agency, role, self.now()).await?),
            _ => Err(Refusal::NotPermitted.into()),
        }
    }

    /// Names who holds the dossier at its step: a head names anybody of the step's role, an officer takes what nobody holds.
    ///
    /// # Errors
    /// A refusal with its reason; [`Refusal::NotThatOfficer`] when the account is not of this agency and role any more.
    pub async fn assign(&self, actor: &Actor, id: DossierId, seen: u64, to: AccountId, reason: String) -> Result<Dossier> {
        let to = self.store().account(to).await?.ok_or(Refusal::NotFound)?.actor();
        self.act(actor, id, Some(seen), Command::Assign { to, reason }).await
    }

    /// Takes a dossier that nobody holds.
    ///
    /// # Errors
    /// A refusal with its reason; [`Refusal::HeldByOther`].
    pub async fn take(&self, actor: &Actor, id: DossierId, seen: u64) -> Result<Dossier> {
        self.assign(actor, id, seen, actor.account, String::new()).await
    }

    /// What the officer holds, the most urgent first, and where the next page begins.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no officer.
    pub async fn held(
        &self,
        actor: &Actor,
        after: Option<(i64, DossierId)>,
    ) -> Result<(Vec<DossierLine>, Option<(i64, DossierId)>)> {
        if !actor.role.is_officer() {
            return Err(Refusal::NotPermitted.into());
        }
        let mut lines = self.store().dossiers_held(actor.account, after, PAGE + 1).await?;
        let more = lines.len() > PAGE as usize;
        lines.truncate(PAGE as usize);
        let next = lines
            .last()
            .filter(|_| more)
            .map(|l| (l.deadline.map_or(i64::MAX, jiff::Timestamp::as_microsecond), l.id));
        Ok((lines, next))
    }

    /// How many dossiers the officer holds and has not ended.
    ///
    /// # Errors
    /// The store.
    pub async fn count_held(&self, actor: &Actor) -> Result<u64> {
        Ok(self.store().count_held(actor.account).await?)
    }

    /// A head gives everything that an officer of the agency holds to one colleague, or to those who hold the fewest.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no head of the officer's agency; [`Refusal::ReasonMissing`].
    pub async fn hand_over(&self, head: &Actor, from: AccountId, to: Option<AccountId>, reason: &str) -> Result<HandedOver> {
        let absent = self.store().account(from).await?.ok_or(Refusal::NotFound)?;
        let agency = match &head.agency {
            Some(agency) if head.role == Role::Leader && absent.agency.as_ref() == Some(agency) => agency,
            _ => return Err(Refusal::NotPermitted.into()),
        };
        if reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing.into());
        }
        let mut done = HandedOver::default();
        for line in self.store().dossiers_held(from, None, HAND_OVER).await? {
            let to = match to {
                Some(to) => Some(to),
                None => self.lightest(agency, absent.role, Some(from)).await?.map(|a| a.account),
            };
            let Some(to) = to else {
                done.left.push(line.code.0);
                continue;
            };
            let account = self.store().account(to).await?.ok_or(Refusal::NotFound)?.actor();
            let command = Command::Assign {
                to: account,
                reason: reason.to_owned(),
            };
            match self.act(head, line.id, None, command).await {
                Ok(_) => done.moved += 1,
                Err(crate::OfficeError::Refused(_)) => done.left.push(line.code.0),
                Err(e) => return Err(e),
            }
        }
        Ok(done)
    }

    /// Names who holds the dossier where its new step is a specialist's: the one present who holds the fewest, of two
    /// alike the older account. Nobody where the agency has none.
    pub(crate) async fn name_assignees(&self, agency: &AgencyCode, events: &mut [Event]) -> Result<()> {
        for event in events {
            if let Some(stage) = event.unheld_stage()
                && stage.role == Role::Specialist
                && let Some(who) = self.lightest(agency, stage.role, None).await?
            {
                event.name_assignee(who);
            }
        }
        Ok(())
    }

    async fn lightest(&self, agency: &AgencyCode, role: Role, without: Option<AccountId>) -> Result<Option<Assignee>> {
        let all = self.store().colleagues(agency, role, self.now()).await?;
        let others = || all.iter().filter(|c| Some(c.account) != without);
        let who = others().find(|c| !c.absent).or_else(|| others().next());
        Ok(who.map(|c| Assignee {
            account: c.account,
            name: c.name.clone(),
        }))
    }

    /// The actor as she may take `action` on the dossier: herself, or in the place of an absent colleague.
    pub(crate) async fn acting_as(&self, actor: &Actor, dossier: &Dossier, action: Action) -> Result<Actor> {
        use motcua_model::permission::{Relation, held_by_other, may, step_is_of};
        let relation = self.relation(actor, dossier);
        let allowed = may(actor.role, action, relation);
        let holder = held_by_other(dossier, action, actor.account);
        if allowed && holder.is_none() && step_is_of(dossier, action, actor.role) {
            return Ok(actor.clone());
        }
        if !allowed && let Some(mandate) = self.mandate_for(actor, dossier, action).await? {
            return Ok(actor.on_behalf_of(&self.name_of(mandate.principal).await?));
        }
        if actor.role.is_officer()
            && matches!(relation, Relation::SameAgency | Relation::Asked)
            && let Some(agency) = &actor.agency
        {
            for absent in self.store().absent_of(actor.account, agency, self.now()).await? {
                if may(absent.role, action, relation)
                    && held_by_other(dossier, action, absent.account).is_none()
                    && step_is_of(dossier, action, absent.role)
                {
                    return Ok(actor.in_place_of(&absent));
                }
            }
        }
        Err(match holder {
            // `decide` says what else is wrong, as where the step is another role's.
            None if allowed => return Ok(actor.clone()),
            Some(holder) if allowed => Refusal::HeldByOther {
                name: holder.name.clone(),
            },
            _ if may(actor.role, Action::View, relation) => Refusal::NotPermitted,
            _ if self.mandate_for(actor, dossier, Action::View).await?.is_some() => Refusal::NotPermitted,
            _ => Refusal::NotFound,
        }
        .into())
    }
}
