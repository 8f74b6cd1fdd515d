//! Filing for a person who stands at a post office: begun with her card, gone on with while she agrees.

use crate::error::Result;
use crate::{Office, random};
use jiff::SignedDuration;
use motcua_model::actor::{Actor, Role};
use motcua_model::consent::{Assisted, Bearer, ConsentState, ConsentWay, Witness};
use motcua_model::dossier::{Command, Refusal};
use motcua_model::form::Prefill;
use motcua_model::id::{AccountId, AgencyCode, DossierId, FileHash, ProcedureCode};
use motcua_model::identifier::{PersonId, Phone};
use motcua_model::permission::{Action, may};
use motcua_model::procedure::Lang;
use motcua_model::text::{clean_name, clean_text};
use motcua_store::account::CodeTry;
use motcua_store::consent::CodeStanding;
use motcua_store::file::Incoming;
use motcua_store::{Effect, NewJob};
use motcua_words::Words;
use sha2::{Digest, Sha256};

/// The job that sends a one-time code to who stands at a post office.
pub(crate) const SEND_CONSENT_CODE: &str = "send_consent_code";
/// How long such a code is good.
const CODE: SignedDuration = SignedDuration::from_mins(10);
/// Largest picture of a signature or of a thumbprinted slip, in bytes.
const PROOF_MAX: u64 = 5 * 1024 * 1024;
/// Longest reason, in characters.
const REASON: usize = 500;
/// Lines of a person's own list.
const PAGE: u32 = 50;

/// What the clerk brings of the person's agreement.
#[derive(Debug, Default)]
pub struct Agreed {
    /// How, by [`ConsentWay::as_str`].
    pub way: String,
    /// The number that stands on the slip she signed.
    pub number: String,
    /// The code that she said.
    pub code: String,
    /// Name of the witness.
    pub witness_name: String,
    /// Identity number of the witness.
    pub witness_id: String,
    /// The signature, or the picture of the thumbprinted slip.
    pub proof: Option<Incoming>,
}

/// Why an agreement is not one yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsentProblem {
    /// No way was chosen.
    Way,
    /// Nothing was signed on the screen.
    NoSignature,
    /// What was sent is neither a picture nor a PDF, or too large.
    Proof,
    /// The number is not the one on this slip.
    Number,
    /// The code is wrong.
    Code,
    /// The code is too old, or none was sent.
    CodeOld,
    /// Tried wrongly too often: another way is needed.
    CodeLocked,
    /// There is no phone to send a code to.
    NoPhone,
    /// The name of the witness.
    WitnessName,
    /// The identity number of the witness.
    WitnessId,
    /// Nobody is her own witness.
    WitnessIsHer,
    /// The picture of the thumbprinted slip is missing.
    NoThumbprint,
}

impl Office {
    /// Begins to file for somebody who stands there: the draft is filled in with what her card says, and she is asked.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no postal clerk; [`Refusal::NotFound`] for an unknown procedure.
    pub async fn begin_assisted(
        &self,
        actor: &Actor,
        code: &ProcedureCode,
        bearer: Bearer,
        phone: Option<Phone>,
    ) -> Result<DossierId> {
        let office = post_office(actor)?.clone();
        let phone = phone.map_or_else(String::new, |p| p.e164().to_owned());
        let known = [
            (Prefill::Name, bearer.name.clone()),
            (Prefill::PersonId, bearer.person_id.clone()),
            (Prefill::BirthDate, bearer.birth_date.clone()),
            (Prefill::Phone, phone.clone()),
        ];
        let id = self.begin_draft_with(actor, code, &known).await?;
        let asked = Assisted {
            id,
            procedure: code.clone(),
            office,
            clerk: actor.account,
            clerk_name: actor.name.clone(),
            bearer,
            phone,
            number: String::new(),
            asked_at: self.now(),
            state: ConsentState::Asked,
            consent: None,
            revoked: None,
        };
        self.store().ask_consent(&asked).await?;
        Ok(id)
    }

    /// What was asked and agreed for a filing, whoever looks.
    pub(crate) async fn assisted(&self, id: DossierId) -> Result<Assisted> {
        Ok(self.store().consent(id).await?.ok_or(Refusal::ConsentMissing)?)
    }

    /// Whether the actor may go on with a draft of hers: a postal clerk only while the person agrees.
    pub(crate) async fn may_go_on(&self, actor: &Actor, id: DossierId) -> Result<()> {
        if actor.role == Role::PostClerk {
            self.assisted(id).await?.stands_for(actor.agency.as_ref())?;
        }
        Ok(())
    }

    /// The account of the person, where her phone was proved and she wrote the number of her card there: then the dossier
    /// is in it.
    pub(crate) async fn account_of(&self, a: &Assisted) -> Result<Option<AccountId>> {
        if a.phone.is_empty() {
            return Ok(None);
        }
        let account = self.store().account_by_login(&a.phone).await?;
        let hers = account.filter(|c| c.role == Role::Citizen && c.verified && a.bearer.is(&c.person_id));
        Ok(hers.map(|c| c.id))
    }

    /// What was asked and agreed for a filing of the actor's office, or of her own at another office before.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for anybody else.
    pub async fn consent(&self, actor: &Actor, id: DossierId) -> Result<(Assisted, CodeStanding)> {
        let office = post_office(actor)?;
        let found = self.store().consent(id).await?;
        let ours = found.filter(|a| a.office == *office || a.clerk == actor.account);
        Ok((ours.ok_or(Refusal::NotFound)?, self.store().consent_code(id).await?))
    }

    /// Sends a one-time code to the person's phone.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for who does not file it.
    pub async fn send_consent_code(&self, actor: &Actor, id: DossierId) -> Result<std::result::Result<(), ConsentProblem>> {
        let (asked, code) = self.consent(actor, id).await?;
        if asked.phone.is_empty() {
            return Ok(Err(ConsentProblem::NoPhone));
        }
        if code.is_locked() || code.sent >= motcua_model::consent::CODES_SENT {
            return Ok(Err(ConsentProblem::CodeLocked));
        }
        if asked.state != ConsentState::Asked {
            return Err(Refusal::Overtaken.into());
        }
        let job = NewJob {
            id: self.new_job_id(),
            kind: SEND_CONSENT_CODE,
            body: serde_json::json!({ "dossier": id }).to_string(),
            run_at: self.now(),
        };
        self.store().enqueue(&job).await?;
        self.inner.bell.notify_one();
        Ok(Ok(()))
    }

    /// Draws the code right before it is sent; answers phone and text, nothing when it is not asked for any more.
    pub(crate) async fn consent_code_message(&self, id: DossierId) -> Result<Option<(String, String)>> {
        let Some(asked) = self.store().consent(id).await? else {
            return Ok(None);
        };
        let code = random::six_digits();
        match self.store().open_consent_code(id, hash(id, &code), self.now() + CODE).await {
            Ok(()) => {}
            Err(motcua_store::StoreError::Conflict) => return Ok(None),
            Err(e) => return Err(e.into()),
        }
        let service = self.catalogue().service(&asked.procedure);
        let service = service.map_or_else(|| asked.procedure.0.clone(), |s| s.sheet.name.vi.clone());
        let office = self.catalogue().agency(&asked.office).map(|a| a.name.vi.clone());
        let text = Words(Lang::Vi).assisted_code_sms(code, office.unwrap_or_default(), service);
        Ok(Some((asked.phone, text)))
    }

    /// Notes that the person agreed.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for who does not file it; [`Refusal::ConsentElsewhere`] at another office by now;
    /// [`Refusal::Overtaken`] when she agreed already; [`Refusal::ConsentRevoked`].
    pub async fn give_consent(
        &self,
        actor: &Actor,
        id: DossierId,
        mut agreed: Agreed,
    ) -> Result<std::result::Result<(), ConsentProblem>> {
        let (mut asked, code) = self.consent(actor, id).await?;
        match asked.stands_for(actor.agency.as_ref()) {
            Err(Refusal::ConsentMissing) => {}
            Err(no) => return Err(no.into()),
            Ok(_) => return Err(Refusal::Overtaken.into()),
        }
        let proof = agreed.proof.take().filter(|f| f.size() > 0);
        let Some(way) = ConsentWay::parse(&agreed.way) else {
            return Ok(Err(ConsentProblem::Way));
        };
        let mut witness = None;
        let problem = match way {
            ConsentWay::Signature => proof.is_none().then_some(ConsentProblem::NoSignature),
            ConsentWay::Paper => (!same_number(&agreed.number, &asked.number)).then_some(ConsentProblem::Number),
            ConsentWay::Code if code.is_locked() => Some(ConsentProblem::CodeLocked),
            ConsentWay::Code => self.try_code(id, &agreed.code).await?,
            ConsentWay::Witness => match read_witness(&agreed, &asked.bearer) {
                Err(problem) => Some(problem),
                Ok(_) if proof.is_none() => Some(ConsentProblem::NoThumbprint),
                Ok(seen) => {
                    witness = Some(seen);
                    None
                }
            },
        };
        if let Some(problem) = problem {
            return Ok(Err(problem));
        }
        let proof = match proof {
            Some(file) => match keep_proof(file).await? {
                Some(hash) => Some(hash),
                None => return Ok(Err(ConsentProblem::Proof)),
            },
            None => None,
        };
        let from = asked.state;
        asked.give(way, proof, witness, self.now())?;
        self.store().change_consent(from, &asked).await?;
        Ok(Ok(()))
    }

    async fn try_code(&self, id: DossierId, typed: &str) -> Result<Option<ConsentProblem>> {
        let code: String = typed.chars().filter(char::is_ascii_digit).take(12).collect();
        let tried = self.store().try_consent_code(id, hash(id, &code), self.now()).await?;
        Ok(match tried {
            CodeTry::Right => None,
            CodeTry::Wrong => Some(ConsentProblem::Code),
            CodeTry::Spent if self.store().consent_code(id).await?.is_locked() => Some(ConsentProblem::CodeLocked),
            CodeTry::Spent => Some(ConsentProblem::CodeOld),
        })
    }

    /// What the signed-in person was asked at post offices: by the phone that she proved.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no citizen.
    pub async fn my_consents(&self, actor: &Actor) -> Result<Vec<Assisted>> {
        let phone = self.proved_phone(actor).await?;
        let all = self
            .store()
            .consents_of_phone(&phone, motcua_store::dossier::LAST, PAGE)
            .await?;
        Ok(all.into_iter().filter(|a| a.consent.is_some()).collect())
    }

    /// A consent by the number on its slip, for a receptionist to whom the person shows it.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for anybody else; [`Refusal::NotFound`].
    pub async fn consent_by_number(&self, actor: &Actor, number: &str) -> Result<Assisted> {
        if actor.role != Role::Receptionist {
            return Err(Refusal::NotPermitted.into());
        }
        let number = number.trim().to_uppercase();
        let found = self.store().consent_by_number(&number).await?;
        Ok(found.filter(|a| a.consent.is_some()).ok_or(Refusal::NotFound)?)
    }

    /// Takes an agreement back: from the person's account, at a one-stop, or by the post office because she says so. A
    /// filing that is under way stops there; a dossier that was filed goes on, and the post office sees it no more.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for who may not; [`Refusal::Overtaken`] when it was taken back already.
    pub async fn revoke_consent(&self, actor: &Actor, id: DossierId, reason: &str) -> Result<()> {
        let mut given = self.store().consent(id).await?.ok_or(Refusal::NotFound)?;
        let hers = actor.role == Role::Citizen && !given.phone.is_empty() && self.proved_phone(actor).await? == given.phone;
        let loaded = self.store().dossier(id).await?;
        let by_office = match (&loaded, actor.role) {
            (Some(l), role) => may(role, Action::RevokeConsent, self.relation(actor, &l.dossier)),
            (None, Role::PostClerk) => actor.agency.as_ref() == Some(&given.office) || actor.account == given.clerk,
            (None, _) => false,
        };
        // Whoever shows the slip at any one-stop may take it back there.
        if !hers && !by_office && actor.role != Role::Receptionist {
            return Err(Refusal::NotFound.into());
        }
        let reason = clean_text(reason, REASON).map_err(|_| Refusal::TextTooLong { max: REASON })?;
        let from = given.state;
        given.revoke(self.now(), &actor.name, reason.trim())?;
        let Some(loaded) = loaded else {
            self.store().change_consent(from, &given).await?;
            return Ok(());
        };
        let procedure = self.procedure(&loaded.dossier.procedure)?;
        let command = Command::RevokeConsent {
            reason: reason.trim().to_owned(),
        };
        let events = self.decide(actor, Some(&loaded.dossier), command, &procedure)?;
        let effect = Effect::Consent {
            from,
            to: Box::new(given),
        };
        self.commit(actor, id, Some((loaded.dossier, loaded.hash)), events, vec![effect])
            .await?;
        Ok(())
    }

    /// The signature or the picture of the slip, for the office that took it, until the dossier is filed: the slip tells the
    /// whole number of her card, and after filing a post office sees no personal number any more.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where there is none; [`Refusal::NotPermitted`] once the dossier is filed;
    /// [`Refusal::ConsentRevoked`].
    pub async fn consent_proof(&self, actor: &Actor, id: DossierId) -> Result<(String, Vec<u8>)> {
        let (given, _) = self.consent(actor, id).await?;
        match given.state {
            ConsentState::Asked | ConsentState::Given => {}
            ConsentState::Used => return Err(Refusal::NotPermitted.into()),
            ConsentState::Revoked => return Err(Refusal::ConsentRevoked.into()),
        }
        let hash = given.consent.and_then(|c| c.proof).ok_or(Refusal::NotFound)?;
        let bytes = self.store().files().read(hash).await?;
        let kind = crate::paper::media_type(&bytes).unwrap_or("application/octet-stream");
        Ok((kind.to_owned(), bytes))
    }

    /// The phone that the signed-in person proved; empty where it was a mail address.
    async fn proved_phone(&self, actor: &Actor) -> Result<String> {
        if actor.role != Role::Citizen {
            return Err(Refusal::NotPermitted.into());
        }
        let account = self.store().account(actor.account).await?;
        Ok(account.filter(|a| a.verified).map_or_else(String::new, |a| a.phone))
    }
}

/// The post office that the actor works at as a clerk.
pub(crate) fn post_office(actor: &Actor) -> Result<&AgencyCode> {
    match &actor.agency {
        Some(office) if actor.role == Role::PostClerk => Ok(office),
        _ => Err(Refusal::NotPermitted.into()),
    }
}

/// A code's hash, bound to its filing.
fn hash(id: DossierId, code: &str) -> [u8; 32] {
    Sha256::digest(format!("{id}/{code}").as_bytes()).into()
}

/// Whether a number is typed as it stands on the slip; its last six digits do.
fn same_number(typed: &str, number: &str) -> bool {
    let typed = typed.trim().to_uppercase();
    typed == number || (typed.len() == 6 && number.rsplit('-').next() == Some(&typed))
}

fn read_witness(agreed: &Agreed, bearer: &Bearer) -> std::result::Result<Witness, ConsentProblem> {
    let name = clean_name(&agreed.witness_name).map_err(|_| ConsentProblem::WitnessName)?;
    let id = PersonId::parse(&agreed.witness_id).map_err(|_| ConsentProblem::WitnessId)?;
    if bearer.is(id.as_str()) {
        return Err(ConsentProblem::WitnessIsHer);
    }
    Ok(Witness {
        name,
        person_id: id.as_str().to_owned(),
    })
}

/// Keeps the signature or the picture; nothing for what is no picture, or too large.
async fn keep_proof(mut file: Incoming) -> Result<Option<FileHash>> {
    if file.size() > PROOF_MAX || crate::paper::media_type(&file.bytes().await?).is_err() {
        file.discard().await?;
        return Ok(None);
    }
    Ok(Some(file.keep().await?.0))
}
