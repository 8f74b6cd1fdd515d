//! Results signed by a service that holds the keys: the approval is noted first, the signatures follow through the
//! outbox, and nothing is given before they hold. Where no service is set up, results are not signed, and pages say so.

use crate::Office;
use crate::error::{OfficeError, Result};
use jiff::SignedDuration;
use motcua_gateways::sign::{self, Found, SignError, Verdict, signatures};
use motcua_model::actor::{Actor, Role};
use motcua_model::clock::local;
use motcua_model::dossier::{Command, Dossier, Event, Former, Refusal, ResultPaper, Signature, SignatureVerdict, Signer};
use motcua_model::id::{AgencyCode, DossierId};
use motcua_model::permission::Action;
use motcua_store::NewJob;
use motcua_words::Words;
use serde::Deserialize;
use std::sync::{Arc, PoisonError};

/// The job that has a result signed.
pub(crate) const SIGN: &str = "sign_result";
/// A service that did not answer is left alone so long, for every other result would wait for it in vain.
const REST: SignedDuration = SignedDuration::from_secs(5);
/// What stands in a signature as its reason.
const REASON: &str = "Ký kết quả giải quyết thủ tục hành chính";

#[derive(Deserialize)]
pub(crate) struct SignBody {
    pub(crate) dossier: DossierId,
}

/// A signature as the model keeps it.
fn kept(found: Found) -> Signature {
    Signature {
        name: found.signer,
        organisation: found.organisation,
        at: found.stamped_at,
        verdict: match found.verdict {
            Verdict::Valid => SignatureVerdict::Valid,
            Verdict::Changed => SignatureVerdict::Changed,
            Verdict::Revoked => SignatureVerdict::Revoked,
            Verdict::Expired => SignatureVerdict::Expired,
            Verdict::Unknown => SignatureVerdict::Untrusted,
            Verdict::Unreadable => SignatureVerdict::Unreadable,
        },
    }
}

/// What is told when a result is approved, signed, taken back or replaced; nothing while a signature is awaited.
pub(crate) fn told(words: &Words, d: &Dossier, event: &Event, link: &str) -> Option<String> {
    match event {
        Event::Approved { result } if !result.awaits_signature() => Some(words.mail_ready(&d.code, link)),
        Event::ResultSigned { .. } if d.returned.is_none() => Some(words.mail_ready(&d.code, link)),
        Event::ResultSigned { .. } => {
            let replaced = d.former_results.iter().rfind(|f| f.why == Former::Replaced)?;
            Some(words.sign_mail_replaced(&d.code, link, &replaced.reason))
        }
        Event::ResultReplaced { result, reason, .. } if !result.awaits_signature() => {
            Some(words.sign_mail_replaced(&d.code, link, reason))
        }
        Event::ResultRevoked { reason } => Some(words.sign_mail_revoked(&d.code, link, reason)),
        _ => None,
    }
}

impl Office {
    /// Whether results are signed here.
    #[must_use]
    pub fn signs(&self) -> bool {
        self.inner.gateways.sign.remote.is_some()
    }

    /// What the agency's digital signature shows: its name, and when, with the time zone as ISO 8601 has it.
    pub(crate) fn sign_mark(&self, agency: &AgencyCode) -> Vec<String> {
        if !self.signs() {
            return Vec::new();
        }
        let at = local(self.now()).strftime("Thời gian ký: %d-%m-%Y %H:%M:%S %:z").to_string();
        vec![self.agency_name(agency), at]
    }

    /// Who signs a result, in order: leaders who did a step before, who approves, and the agency with its seal.
    pub(crate) async fn signers(&self, d: &Dossier, leader: &Actor) -> Result<Vec<Signer>> {
        if !self.signs() {
            return Ok(Vec::new());
        }
        let procedure = self.procedure(&d.procedure)?;
        let organisation = self.agency_name(&d.agency);
        let of_leaders = |step: usize| procedure.process.get(step).is_some_and(|s| s.role == Role::Leader);
        let before = d.trail.iter().filter(|done| of_leaders(done.step));
        let mut signers: Vec<Signer> = Vec::new();
        for account in before.map(|done| done.by.account).chain([leader.account]) {
            let credential = format!("canbo-{account}");
            if signers.iter().any(|s| s.credential == credential) {
                continue;
            }
            // Her own name, also where she acts in another's place: the key is hers.
            let officer = self.store().account(account).await?;
            signers.push(Signer {
                credential,
                name: officer.map_or_else(|| leader.name.clone(), |a| a.name),
                organisation: organisation.clone(),
            });
        }
        signers.push(Signer {
            credential: format!("dau-{}", d.agency),
            name: organisation.clone(),
            organisation,
        });
        Ok(signers)
    }

    /// The jobs that follow from events which leave a result to be signed.
    pub(crate) fn sign_jobs<'a>(&'a self, id: DossierId, events: &'a [Event]) -> impl Iterator<Item = NewJob> + 'a {
        events.iter().filter_map(move |event| match event {
            Event::Approved { result } | Event::ResultReplaced { result, .. } if result.awaits_signature() => {
                Some(self.sign_job(id))
            }
            _ => None,
        })
    }

    fn sign_job(&self, id: DossierId) -> NewJob {
        NewJob {
            id: self.new_job_id(),
            kind: SIGN,
            body: serde_json::json!({ "dossier": id }).to_string(),
            run_at: self.now(),
        }
    }

    /// Has a result signed that waits for it; one that does not is left as it is.
    pub(crate) async fn sign_result(&self, id: DossierId) -> std::result::Result<(), (String, bool)> {
        let failed = |e: OfficeError| (e.to_string(), true);
        let now = self.now();
        let resting = *self.inner.sign_again.lock().unwrap_or_else(PoisonError::into_inner);
        if resting.is_some_and(|until| now < until) {
            return Err(("the signing service did not answer a moment ago".to_owned(), true));
        }
        let loaded = self.store().dossier(id).await.map_err(|e| failed(e.into()))?;
        let Some(d) = loaded.map(|l| l.dossier) else {
            return Ok(());
        };
        let Some(result) = d.result.as_ref().filter(|r| r.awaits_signature()) else {
            return Ok(());
        };
        let Some(remote) = self.inner.gateways.sign.remote.clone() else {
            return Err(("no signing service is set up".to_owned(), true));
        };
        let pdf = self.store().files().read(result.hash).await.map_err(|e| failed(e.into()))?;
        let signers: Vec<sign::Signer> = result
            .to_sign
            .iter()
            .map(|s| sign::Signer {
                credential: s.credential.clone(),
                name: s.name.clone(),
                organisation: s.organisation.clone(),
            })
            .collect();
        let work = tokio::task::spawn_blocking(move || {
            let signed = remote.sign(&pdf, &signers, REASON, now)?;
            let found = signatures(&signed, remote.trust(), now);
            Ok::<_, SignError>((signed, found))
        });
        let (signed, found) = match work.await.map_err(|e| (e.to_string(), true))? {
            Ok(done) => done,
            Err(e) => {
                if matches!(e, SignError::Away(_)) {
                    *self.inner.sign_again.lock().unwrap_or_else(PoisonError::into_inner) = Some(now + REST);
                }
                return Err((e.to_string(), e.temporary()));
            }
        };
        let (hash, size) = self.store().files().put(&signed).await.map_err(|e| failed(e.into()))?;
        let command = Command::SignResult {
            hash,
            size,
            signatures: found.into_iter().map(kept).collect(),
        };
        // Decided on the version whose file was signed: a result that was replaced meanwhile has a job of its own.
        match self.act(&Actor::system(), id, Some(d.version), command).await {
            Ok(_) => Ok(()),
            Err(e) => Err(failed(e)),
        }
    }

    /// Tries again to have a result signed, when the outbox has given up or somebody does not want to wait.
    ///
    /// # Errors
    /// A refusal: it waits for no signature, or the officer has nothing to do with it.
    pub async fn sign_again(&self, actor: &Actor, id: DossierId, seen: u64) -> Result<Dossier> {
        let d = self.load(actor, id, Action::View).await?.dossier;
        if !actor.role.is_officer() || actor.agency.as_ref() != Some(&d.agency) {
            return Err(Refusal::NotPermitted.into());
        }
        if d.version != seen || d.awaits_signature().is_none() {
            return Err(Refusal::Overtaken.into());
        }
        self.store().enqueue(&self.sign_job(id)).await?;
        self.inner.bell.notify_one();
        Ok(d)
    }

    /// Takes a result back that was given: whoever checks it learns so.
    ///
    /// # Errors
    /// A refusal with its reason.
    pub async fn revoke_result(&self, actor: &Actor, id: DossierId, seen: u64, reason: String) -> Result<Dossier> {
        self.act(actor, id, Some(seen), Command::RevokeResult { reason }).await
    }

    /// Makes another result in the place of one that was given, with another text.
    ///
    /// # Errors
    /// A refusal with its reason, or the paper could not be made.
    pub async fn replace_result(&self, actor: &Actor, id: DossierId, seen: u64, text: String, reason: String) -> Result<Dossier> {
        let (loaded, acting) = self.load_for(actor, id, Action::ReplaceResult).await?;
        let mut d = loaded.dossier;
        // Asked again by `decide`; here so that no paper is made for nothing.
        if d.version != seen {
            return Err(Refusal::Overtaken.into());
        }
        if reason.trim().is_empty() {
            return Err(Refusal::ReasonMissing.into());
        }
        if d.returned.is_none() || text.trim().is_empty() {
            return Err(Refusal::ProposalMissing.into());
        }
        let proposal = d.proposal.as_mut().ok_or(Refusal::ProposalMissing)?;
        proposal.text = text.trim().to_owned();
        let result = self.made_result(&d, &acting).await?;
        self.act(actor, id, Some(seen), Command::ReplaceResult { result, text, reason })
            .await
    }

    /// The result as proposed: its paper made and kept, with who has to sign it.
    pub(crate) async fn made_result(&self, d: &Dossier, acting: &Actor) -> Result<ResultPaper> {
        let outcome = d.proposal.as_ref().ok_or(Refusal::ProposalMissing)?.outcome;
        let pdf = self.result_paper(d, acting).await?;
        let (hash, size) = self.store().files().put(&pdf).await?;
        Ok(ResultPaper {
            outcome,
            hash,
            size,
            by: acting.name.clone(),
            at: self.now(),
            to_sign: self.signers(d, acting).await?,
            signatures: Vec::new(),
            revoked: None,
        })
    }

    /// The digital signatures in a PDF, each with what it is worth now and up to where it covers the file.
    pub(crate) async fn signatures_in(&self, pdf: Arc<Vec<u8>>) -> Result<Vec<(Signature, usize)>> {
        let (trust, now) = (self.inner.gateways.sign.trust.clone(), self.now());
        let read = move || -> Vec<(Signature, usize)> {
            let found = signatures(&pdf, &trust, now).into_iter();
            found.map(|f| (f.covers, kept(f))).map(|(covers, s)| (s, covers)).collect()
        };
        let found = tokio::task::spawn_blocking(read).await;
        found.map_err(|e| OfficeError::Internal(e.to_string()))
    }
}
