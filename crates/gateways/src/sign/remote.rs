//! The signing service, which holds the keys: an interface after the Cloud Signature Consortium's (credentials,
//! `signHash`), and a time-stamp authority after RFC 3161. Calls block; make them from a blocking thread.

use super::cms::{assemble, signed_attributes, time_stamp_request, time_stamp_token};
use super::pdf::{Field, prepare};
use super::verify::{Verdict, signatures};
use super::{SignError, Trust};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How old lists of revocation may be when somebody signs.
const LISTS_FRESH: SignedDuration = SignedDuration::from_mins(10);
/// How long the service may take: a person may have to confirm on her phone.
const PATIENCE: Duration = Duration::from_secs(10);
/// The largest answer that is read.
const ANSWER_MAX: u64 = 4 * 1024 * 1024;

/// Where the services are.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Address of the signing service, such as `https://sign.example.vn/csc/v1`.
    pub service_url: String,
    /// Its token for this installation; may be empty.
    pub token: String,
    /// Address of the time-stamp authority; signatures carry no time-stamp where it is empty.
    pub time_stamp_url: String,
    /// Addresses of revocation lists.
    pub list_urls: Vec<String>,
}

/// Who signs: an officer or an agency's seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// The key's name at the service.
    pub credential: String,
    /// Name as shown.
    pub name: String,
    /// Agency as shown.
    pub organisation: String,
}

/// The signing service, with whom we trust.
#[derive(Clone)]
pub struct Remote {
    settings: Settings,
    trust: Trust,
    seen: Arc<Mutex<Seen>>,
}

/// When the lists were fetched, and the certificates that were seen since.
#[derive(Default)]
struct Seen {
    fetched: Option<Timestamp>,
    certificates: BTreeSet<[u8; 32]>,
}

impl Remote {
    /// Takes the settings; asks nobody yet.
    #[must_use]
    pub fn new(settings: Settings, trust: Trust) -> Self {
        Self {
            settings,
            trust,
            seen: Arc::default(),
        }
    }

    /// Whom we trust.
    #[must_use]
    pub fn trust(&self) -> &Trust {
        &self.trust
    }

    /// Signs a file by each signer in order: the place and the hash are made here, the signature there, and what comes
    /// back is examined before it is used. The file that was given stays at the front, byte for byte.
    ///
    /// # Errors
    /// [`SignError`].
    pub fn sign(&self, pdf: &[u8], signers: &[Signer], reason: &str, now: Timestamp) -> Result<Vec<u8>, SignError> {
        let mut file = pdf.to_vec();
        for signer in signers {
            file = self.sign_once(&file, signer, reason, now)?;
        }
        Ok(file)
    }

    fn sign_once(&self, pdf: &[u8], signer: &Signer, reason: &str, now: Timestamp) -> Result<Vec<u8>, SignError> {
        let local = jiff::tz::TimeZone::fixed(jiff::tz::offset(7)).to_datetime(now);
        let field = Field {
            name: signer.name.clone(),
            reason: reason.to_owned(),
            at: local.strftime("%Y%m%d%H%M%S+07'00'").to_string(),
        };
        let prepared = prepare(pdf, &field)?;
        let chain = self.chain(signer)?;
        let own = chain.first().ok_or(SignError::Answer("no certificate"))?;
        self.keep_lists_fresh(own, now)?;
        let attributes = signed_attributes(&prepared.digest, own);
        let signature = self.sign_hash(signer, &Sha256::digest(&attributes))?;
        let stamp = if self.settings.time_stamp_url.is_empty() {
            None
        } else {
            Some(self.time_stamp(&Sha256::digest(&signature))?)
        };
        let container = assemble(&attributes, &chain, &signature, stamp.as_deref()).ok_or(SignError::Answer("certificate"))?;
        let signed = prepared.complete(&container)?;
        match signatures(&signed, &self.trust, now).last() {
            Some(found) if found.verdict == Verdict::Valid && found.covers == signed.len() => {
                if stamp.is_some() && found.stamped_at.is_none() {
                    return Err(SignError::Answer("the time-stamp does not hold"));
                }
                Ok(signed)
            }
            found => Err(SignError::Worthless(found.map_or(Verdict::Unreadable, |f| f.verdict))),
        }
    }

    fn chain(&self, signer: &Signer) -> Result<Vec<Vec<u8>>, SignError> {
        let asked = json!({
            "credentialID": signer.credential, "certificates": "chain", "certInfo": false,
            "clientData": json!({ "name": signer.name, "organisation": signer.organisation }).to_string(),
        });
        let answer = self.ask("credentials/info", &asked)?;
        let list = answer["cert"]["certificates"]
            .as_array()
            .ok_or(SignError::Answer("no certificates"))?;
        list.iter()
            .map(|c| decode(c).ok_or(SignError::Answer("a certificate")))
            .collect()
    }

    fn sign_hash(&self, signer: &Signer, hash: &[u8]) -> Result<Vec<u8>, SignError> {
        let asked = json!({
            "credentialID": signer.credential, "hash": [BASE64.encode(hash)], "hashAlgo": "2.16.840.1.101.3.4.2.1",
        });
        let answer = self.ask("signatures/signHash", &asked)?;
        decode(&answer["signatures"][0]).ok_or(SignError::Answer("no signature"))
    }

    fn time_stamp(&self, hash: &[u8]) -> Result<Vec<u8>, SignError> {
        let request = ureq::post(&self.settings.time_stamp_url).header("content-type", "application/timestamp-query");
        let answer = read(
            request
                .config()
                .timeout_global(Some(PATIENCE))
                .build()
                .send(&time_stamp_request(hash)[..]),
        )?;
        time_stamp_token(&answer)
            .map(<[u8]>::to_vec)
            .ok_or(SignError::Answer("no time-stamp"))
    }

    fn ask(&self, path: &str, body: &Value) -> Result<Value, SignError> {
        let mut request = ureq::post(format!("{}/{path}", self.settings.service_url)).header("content-type", "application/json");
        if !self.settings.token.is_empty() {
            request = request.header("authorization", format!("Bearer {}", self.settings.token));
        }
        let answer = read(request.config().timeout_global(Some(PATIENCE)).build().send(body.to_string()))?;
        serde_json::from_slice(&answer).map_err(|_| SignError::Answer("no JSON"))
    }

    /// Fetches the revocation lists when they are old, or when a certificate is seen that was not there when they came.
    fn keep_lists_fresh(&self, own: &[u8], now: Timestamp) -> Result<(), SignError> {
        let name: [u8; 32] = Sha256::digest(own).into();
        let fresh = {
            let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.certificates.contains(&name) && seen.fetched.is_some_and(|at| now.duration_since(at) < LISTS_FRESH)
        };
        if fresh {
            return Ok(());
        }
        self.refresh_lists()?;
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.fetched.is_none_or(|at| now.duration_since(at) >= LISTS_FRESH) {
            seen.certificates.clear();
        }
        seen.fetched = Some(now);
        seen.certificates.insert(name);
        Ok(())
    }

    /// Fetches the revocation lists anew; keeps the old ones when one cannot be had.
    ///
    /// # Errors
    /// [`SignError::Away`]; [`SignError::Answer`] when one cannot be read.
    pub fn refresh_lists(&self) -> Result<usize, SignError> {
        let mut lists = Vec::new();
        for url in &self.settings.list_urls {
            lists.push(read(ureq::get(url).config().timeout_global(Some(PATIENCE)).build().call())?);
        }
        let taken = self.trust.take_lists(&lists);
        if taken < lists.len() {
            return Err(SignError::Answer("a revocation list"));
        }
        Ok(taken)
    }
}

fn decode(value: &Value) -> Option<Vec<u8>> {
    BASE64.decode(value.as_str()?).ok()
}

fn read(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Vec<u8>, SignError> {
    let away = |e: ureq::Error| SignError::Away(e.to_string());
    let mut answer = answer.map_err(away)?;
    answer.body_mut().with_config().limit(ANSWER_MAX).read_to_vec().map_err(away)
}
