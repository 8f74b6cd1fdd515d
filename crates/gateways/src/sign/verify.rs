//! What the signatures of a PDF are worth: ours, or of a file that somebody brought.
//!
//! A signature is found by its `ByteRange`; it counts only if what it leaves out is exactly its own container.

use super::cms::{Certificate, Signed, time_stamp_info};
use super::oid;
use super::pdf::find;
use super::trust::{Standing, Trust};
use jiff::Timestamp;
use ring::digest::{SHA256, SHA384, SHA512, digest};
use rustls_pki_types::CertificateDer;
use webpki::EndEntityCert;

/// Signatures that are looked at in one file.
const MOST: usize = 16;

/// What a signature is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It fits, and an authority that is trusted here vouches for the signer.
    Valid,
    /// What was signed is not what is there.
    Changed,
    /// It fits, but the signer's certificate had been taken back before.
    Revoked,
    /// It fits, but the certificate was not in force when it was made.
    Expired,
    /// It fits, but no authority that is trusted here vouches for the signer.
    Unknown,
    /// It cannot be read.
    Unreadable,
}

/// A signature that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The signer as her certificate names her; empty when it cannot be read.
    pub signer: String,
    /// Her organisation; may be empty.
    pub organisation: String,
    /// When: by a time-stamp, if that holds.
    pub stamped_at: Option<Timestamp>,
    /// What it is worth.
    pub verdict: Verdict,
    /// How many bytes of the file it covers, from the first: what stands behind was added later.
    pub covers: usize,
}

/// Every signature of a file, in the order in which they stand. `now` counts where no time-stamp says when.
#[must_use]
pub fn signatures(pdf: &[u8], trust: &Trust, now: Timestamp) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = find(&pdf[at..], b"/ByteRange").filter(|_| found.len() < MOST) {
        at += next + 10;
        if let Some(range) = Range::read(pdf, at) {
            found.push(examine(pdf, &range, trust, now));
        }
    }
    found.sort_by_key(|f| f.covers);
    found
}

/// The two stretches that were signed; between them stands the container.
struct Range {
    before: usize,
    behind: usize,
    end: usize,
}

impl Range {
    fn read(pdf: &[u8], at: usize) -> Option<Self> {
        let text = pdf.get(at..)?.iter().take(80).copied().collect::<Vec<u8>>();
        let text = std::str::from_utf8(&text[..text.iter().position(|b| *b == b']')?]).ok()?;
        let numbers: Vec<usize> = text
            .trim_start()
            .strip_prefix('[')?
            .split_whitespace()
            .map(|n| n.parse().ok())
            .collect::<Option<_>>()?;
        let [0, before, behind, rest] = numbers[..] else {
            return None;
        };
        let end = behind.checked_add(rest)?;
        (before < behind && end <= pdf.len()).then_some(Self { before, behind, end })
    }

    fn container(&self, pdf: &[u8]) -> Option<Vec<u8>> {
        let gap = pdf.get(self.before..self.behind)?;
        let inside = gap.strip_prefix(b"<")?.strip_suffix(b">")?;
        hex::decode(inside).ok()
    }
}

fn unreadable(covers: usize) -> Found {
    Found {
        signer: String::new(),
        organisation: String::new(),
        stamped_at: None,
        verdict: Verdict::Unreadable,
        covers,
    }
}

fn examine(pdf: &[u8], range: &Range, trust: &Trust, now: Timestamp) -> Found {
    let Some(container) = range.container(pdf) else {
        return unreadable(range.end);
    };
    let Some(signed) = Signed::read(&container) else {
        return unreadable(range.end);
    };
    let Some((own, names)) = signed.own.and_then(|der| Some((der, Certificate::read(der)?))) else {
        return unreadable(range.end);
    };
    let mut found = Found {
        signer: names.name(oid::COMMON_NAME),
        organisation: names.name(oid::ORGANISATION),
        stamped_at: None,
        verdict: Verdict::Changed,
        covers: range.end,
    };
    let content = [&pdf[..range.before], &pdf[range.behind..range.end]].concat();
    let bound = signed
        .certificate_hash
        .is_none_or(|hash| digest(&SHA256, own).as_ref() == hash);
    match fits(&signed, own, &content) {
        Fit::Holds if bound => {}
        Fit::Holds | Fit::Broken => return found,
        Fit::Unsupported => {
            return Found {
                verdict: Verdict::Unreadable,
                ..found
            };
        }
    }
    found.stamped_at = signed.time_stamp.and_then(|token| stamped(token, signed.signature, trust));
    let at = found.stamped_at.unwrap_or(now);
    found.verdict = match trust.standing(own, &signed.certificates, at) {
        Standing::Good => Verdict::Valid,
        Standing::Revoked => Verdict::Revoked,
        Standing::NotInForce => Verdict::Expired,
        Standing::Unknown => Verdict::Unknown,
    };
    found
}

/// Whether a container holds what it promises.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    Holds,
    Broken,
    /// Its kinds of hash or key are not known here, so nothing can be said.
    Unsupported,
}

/// Whether a container's signature fits its certificate, and its digest the content.
fn fits(signed: &Signed<'_>, own: &[u8], content: &[u8]) -> Fit {
    let (algorithm, methods): (_, &[&dyn rustls_pki_types::SignatureVerificationAlgorithm]) = match signed.hash {
        oid::SHA256 => (
            &SHA256,
            &[
                webpki::ring::ECDSA_P256_SHA256,
                webpki::ring::ECDSA_P384_SHA256,
                webpki::ring::RSA_PKCS1_2048_8192_SHA256,
            ],
        ),
        oid::SHA384 => (
            &SHA384,
            &[
                webpki::ring::ECDSA_P384_SHA384,
                webpki::ring::ECDSA_P256_SHA384,
                webpki::ring::RSA_PKCS1_2048_8192_SHA384,
            ],
        ),
        oid::SHA512 => (&SHA512, &[webpki::ring::RSA_PKCS1_2048_8192_SHA512]),
        _ => return Fit::Unsupported,
    };
    if digest(algorithm, content).as_ref() != signed.digest {
        return Fit::Broken;
    }
    let known = [
        oid::RSA,
        oid::RSA_SHA256,
        oid::RSA_SHA384,
        oid::RSA_SHA512,
        oid::ECDSA_SHA256,
        oid::ECDSA_SHA384,
    ];
    let der = CertificateDer::from(own);
    let (true, Ok(certificate)) = (known.contains(&signed.algorithm), EndEntityCert::try_from(&der)) else {
        return Fit::Unsupported;
    };
    let holds = methods
        .iter()
        .any(|m| certificate.verify_signature(*m, &signed.attributes, signed.signature).is_ok());
    if holds { Fit::Holds } else { Fit::Broken }
}

/// When a time-stamp says that a signature was there, if the stamp holds.
fn stamped(token: &[u8], signature: &[u8], trust: &Trust) -> Option<Timestamp> {
    let stamp = Signed::read(token)?;
    // A signature over anything else is no time-stamp, whatever its bytes can be read as.
    if stamp.content_type != oid::TST_INFO {
        return None;
    }
    let (own, content) = (stamp.own?, stamp.content?);
    let (imprint, hash, at) = time_stamp_info(content)?;
    let algorithm = match hash {
        oid::SHA256 => &SHA256,
        oid::SHA384 => &SHA384,
        oid::SHA512 => &SHA512,
        _ => return None,
    };
    if digest(algorithm, signature).as_ref() != imprint || fits(&stamp, own, content) != Fit::Holds {
        return None;
    }
    let at = jiff::civil::DateTime::strptime("%Y%m%d%H%M%S", at.get(..14)?).ok()?;
    let at = jiff::tz::TimeZone::UTC.to_timestamp(at).ok()?;
    trust.stamps(own, &stamp.certificates, at).then_some(at)
}
