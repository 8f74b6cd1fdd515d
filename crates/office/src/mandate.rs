//! Acting for another: a mandate given, accepted, used and ended. It is looked up with every action, so that its end holds
//! at once.

use crate::Office;
use crate::account::{Account, login_of};
use crate::error::Result;
use jiff::civil::Date;
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::{Dossier, Refusal};
use motcua_model::form::{Prefill, Taken};
use motcua_model::id::{AccountId, DossierId, MandateId, ProcedureCode};
use motcua_model::identifier::PersonId;
use motcua_model::mandate::{Mandate, MandateProblem, MandateState, Named, PURPOSE_MAX, Party, Scope};
use motcua_model::permission::Action;
use motcua_model::procedure::Lang;
use motcua_model::text::{clean_name, clean_text};
use motcua_store::NewJob;
use motcua_store::dossier::{DossierLine, LAST};
use motcua_store::draft::{Draft, OnBehalf};
use motcua_words::Words;

/// The job that tells who is to act.
pub(crate) const TELL_MANDATE: &str = "tell_mandate";
/// Dossiers shown of each principal.
const SHOWN: u32 = 20;

/// What a use case about a mandate answers: done, or why not.
pub type MandateResult<T> = Result<std::result::Result<T, MandateProblem>>;

/// What a person types to let another act for her.
#[derive(Clone, Debug)]
pub struct Giving {
    /// Phone or mail address of who is to act.
    pub to: String,
    /// Her name.
    pub name: String,
    /// Her identity number; may be empty.
    pub person_id: String,
    /// What it is for.
    pub scope: Option<Scope>,
    /// Its last day; none where what was typed is no day.
    pub until: Option<Date>,
    /// Why; may be empty.
    pub purpose: String,
}

/// The mandates of a person.
#[derive(Debug, Default)]
pub struct Mandates {
    /// Which she gave.
    pub given: Vec<Mandate>,
    /// Which are meant for her, or she accepted.
    pub received: Vec<Mandate>,
}

/// What somebody may see of a principal under a mandate.
#[derive(Debug)]
pub struct ForPrincipal {
    /// The mandate.
    pub mandate: Mandate,
    /// The principal's dossiers that it reaches, newest first.
    pub dossiers: Vec<DossierLine>,
}

fn party(a: &Account) -> Party<'_> {
    let proved = |s| if a.verified { s } else { "" };
    Party {
        account: a.id,
        name: &a.name,
        phone: proved(a.phone.as_str()),
        email: proved(a.email.as_str()),
        person_id: &a.person_id,
    }
}

impl Office {
    async fn citizen(&self, actor: &Actor) -> Result<Account> {
        if actor.role != Role::Citizen {
            return Err(Refusal::NotPermitted.into());
        }
        Ok(self.store().account(actor.account).await?.ok_or(Refusal::NotPermitted)?)
    }

    /// Lets another act for the actor. The answer is the same whether the other has an account; she is told by SMS or mail.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no citizen.
    pub async fn give_mandate(&self, actor: &Actor, giving: Giving) -> MandateResult<()> {
        let own = self.citizen(actor).await?;
        let Ok(login) = login_of(&giving.to) else {
            return Ok(Err(MandateProblem::Login));
        };
        let Ok(name) = clean_name(&giving.name) else {
            return Ok(Err(MandateProblem::Name));
        };
        let person_id = match PersonId::parse(&giving.person_id) {
            _ if giving.person_id.trim().is_empty() => String::new(),
            Ok(id) => id.as_str().to_owned(),
            Err(_) => return Ok(Err(MandateProblem::PersonId)),
        };
        let scope = match giving.scope {
            Some(Scope::Dossier { id }) => {
                let hers = self.my_dossier(actor, id).await.is_ok_and(|d| d.owner == Some(actor.account));
                hers.then_some(Scope::Dossier { id })
            }
            Some(Scope::Service { code }) if self.catalogue().procedure(&code).is_none() => None,
            scope => scope,
        };
        let (Some(scope), Some(until)) = (scope, giving.until) else {
            return Ok(Err(if giving.until.is_none() {
                MandateProblem::Until
            } else {
                MandateProblem::Scope
            }));
        };
        let Ok(purpose) = clean_text(&giving.purpose, PURPOSE_MAX) else {
            return Ok(Err(MandateProblem::Purpose));
        };
        let mandate = Mandate {
            id: self.new_mandate_id(),
            principal: actor.account,
            principal_name: own.name.clone(),
            to: Named { name, login, person_id },
            authorised: None,
            authorised_name: String::new(),
            scope,
            purpose: purpose.trim().to_owned(),
            given_at: self.now(),
            until,
            state: MandateState::Asked,
            ended: None,
        };
        if let Err(problem) = mandate.check(&party(&own), self.today()) {
            return Ok(Err(problem));
        }
        self.store().give_mandate(&mandate).await?;
        let job = NewJob {
            id: self.new_job_id(),
            kind: TELL_MANDATE,
            body: serde_json::json!({ "mandate": mandate.id }).to_string(),
            run_at: self.now(),
        };
        self.store().enqueue(&job).await?;
        self.inner.bell.notify_one();
        Ok(Ok(()))
    }

    /// To whom and what is told of a mandate: way to sign in, subject, text.
    pub(crate) async fn mandate_message(&self, id: MandateId) -> Result<Option<(String, String, String)>> {
        let w = Words(Lang::Vi);
        let found = self.store().mandate(id).await?;
        Ok(found.filter(|m| m.state == MandateState::Asked).map(|m| {
            let link = format!("{}/tai-khoan/uy-quyen", self.settings().public_url);
            let text = w.mandate_message(link, &m.principal_name);
            (m.to.login, w.mandate_subject().to_owned(), text)
        }))
    }

    /// The mandates that the actor gave, and those meant for her.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no citizen.
    pub async fn mandates(&self, actor: &Actor) -> Result<Mandates> {
        let own = self.citizen(actor).await?;
        let mut received = self.store().mandates_held(actor.account).await?;
        for login in [party(&own).phone, party(&own).email] {
            if !login.is_empty() {
                received.extend(self.store().mandates_meant_for(login).await?);
            }
        }
        received.sort_by_key(|m| std::cmp::Reverse(m.id));
        Ok(Mandates {
            given: self.store().mandates_given(actor.account).await?,
            received,
        })
    }

    /// Accepts a mandate that is meant for the actor.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for one that is not; [`Refusal::Overtaken`] when it changed at this moment.
    pub async fn accept_mandate(&self, actor: &Actor, id: MandateId) -> MandateResult<()> {
        let own = self.citizen(actor).await?;
        let mut mandate = self.store().mandate(id).await?.ok_or(Refusal::NotFound)?;
        if !mandate.is_for(&party(&own)) {
            return Err(Refusal::NotFound.into());
        }
        let from = mandate.state;
        if let Err(problem) = mandate.accept(&party(&own)) {
            return Ok(Err(problem));
        }
        self.store().change_mandate(from, &mandate).await?;
        Ok(Ok(()))
    }

    /// Ends a mandate at once, or declines it: by who gave it, or whom it is for.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for anybody else; [`Refusal::Overtaken`] when it changed at this moment.
    pub async fn end_mandate(&self, actor: &Actor, id: MandateId) -> MandateResult<()> {
        let own = self.citizen(actor).await?;
        let mut mandate = self.store().mandate(id).await?.ok_or(Refusal::NotFound)?;
        let theirs = match mandate.authorised {
            Some(account) => account == actor.account,
            None => mandate.is_for(&party(&own)),
        };
        if mandate.principal != actor.account && !theirs {
            return Err(Refusal::NotFound.into());
        }
        let from = mandate.state;
        if let Err(problem) = mandate.end(actor, self.now()) {
            return Ok(Err(problem));
        }
        self.store().change_mandate(from, &mandate).await?;
        Ok(Ok(()))
    }

    /// The mandate under which the actor may take an action on somebody else's dossier, if there is one today.
    ///
    /// # Errors
    /// The store.
    pub async fn mandate_for(&self, actor: &Actor, d: &Dossier, action: Action) -> Result<Option<Mandate>> {
        let Some(owner) = d.owner.filter(|o| actor.role == Role::Citizen && *o != actor.account) else {
            return Ok(None);
        };
        let all = self.store().mandates_of(actor.account, owner).await?;
        Ok(all.into_iter().find(|m| m.lets(action, d, self.today())))
    }

    /// The requests of others that the actor may see under mandates that hold today.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no citizen.
    pub async fn for_principals(&self, actor: &Actor) -> Result<Vec<ForPrincipal>> {
        self.citizen(actor).await?;
        let mut found = Vec::new();
        for mandate in self.store().mandates_held(actor.account).await? {
            if !mandate.holds_on(self.today()) {
                continue;
            }
            let mut dossiers = self.store().dossiers_of(mandate.principal, LAST, SHOWN).await?;
            match &mandate.scope {
                Scope::Dossier { id } => {
                    // The list is of those before a place in it: right behind this one.
                    let behind = DossierId(uuid::Uuid::from_u128(id.0.as_u128().saturating_add(1)));
                    dossiers = self.store().dossiers_of(mandate.principal, behind, 1).await?;
                    dossiers.retain(|l| l.id == *id);
                }
                Scope::Service { code } => dossiers.retain(|l| l.procedure == code.as_str()),
                Scope::All => {}
            }
            found.push(ForPrincipal { mandate, dossiers });
        }
        Ok(found)
    }

    /// Begins a draft for who gave a mandate, filled in with what her account says of her.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for a mandate that is not the actor's; [`Refusal::MandateOver`] when it does not let her file
    /// this service today.
    pub async fn begin_on_behalf(&self, actor: &Actor, id: MandateId, code: &ProcedureCode) -> Result<DossierId> {
        let mandate = self.store().mandate(id).await?.ok_or(Refusal::NotFound)?;
        if mandate.authorised != Some(actor.account) {
            return Err(Refusal::NotFound.into());
        }
        if !mandate.lets_file(code, self.today()) {
            return Err(Refusal::MandateOver.into());
        }
        let drafts = self.store().drafts_of(actor.account).await?;
        let same = |d: &&Draft| d.procedure == *code && d.body.on_behalf.as_ref().is_some_and(|b| b.mandate == id);
        if let Some(draft) = drafts.iter().find(same) {
            return Ok(draft.id);
        }
        let principal = self.store().account(mandate.principal).await?.ok_or(Refusal::NotFound)?;
        let known = [
            (Prefill::Name, principal.name.clone()),
            (Prefill::PersonId, principal.person_id.clone()),
            (Prefill::BirthDate, principal.birth_date.clone()),
            (Prefill::Phone, principal.phone.clone()),
        ];
        let on_behalf = OnBehalf {
            mandate: id,
            principal: mandate.principal,
            name: principal.name,
        };
        self.begin_known(actor, code, &known, &Taken::Account, Some(on_behalf)).await
    }

    /// Whether a draft for another may still be gone on with.
    pub(crate) async fn mandate_still_holds(&self, draft: &Draft) -> Result<()> {
        let Some(behalf) = &draft.body.on_behalf else {
            return Ok(());
        };
        let mandate = self.store().mandate(behalf.mandate).await?.ok_or(Refusal::MandateOver)?;
        if mandate.authorised == Some(draft.owner) && mandate.lets_file(&draft.procedure, self.today()) {
            Ok(())
        } else {
            Err(Refusal::MandateOver.into())
        }
    }

    /// Full name of an account, for a banner.
    pub(crate) async fn name_of(&self, account: AccountId) -> Result<String> {
        Ok(self.store().account(account).await?.map_or_else(String::new, |a| a.name))
    }
}
