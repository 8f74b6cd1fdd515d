//! Whom an installation trusts: authorities' own certificates, and the lists of what they took back.

use super::cms::Certificate;
use super::oid;
use jiff::Timestamp;
use rustls_pki_types::{CertificateDer, TrustAnchor, UnixTime};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use webpki::{
    CertRevocationList, EndEntityCert, Error, KeyUsage, OwnedCertRevocationList, RevocationOptionsBuilder, UnknownStatusPolicy,
    anchor_from_trusted_cert,
};

/// Authorities and their lists. Cheap to clone; the lists are replaced while it is used.
#[derive(Clone, Default)]
pub struct Trust {
    anchors: Arc<Vec<TrustAnchor<'static>>>,
    lists: Arc<RwLock<Vec<OwnedCertRevocationList>>>,
}

/// How a certificate stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Good,
    Revoked,
    NotInForce,
    Unknown,
}

impl Trust {
    /// Trusts these authorities (certificates in DER); what is no certificate is left out.
    #[must_use]
    pub fn new(roots: &[Vec<u8>]) -> Self {
        let anchor = |der: &Vec<u8>| {
            let der = CertificateDer::from(der.as_slice());
            anchor_from_trusted_cert(&der).ok().map(|a| a.to_owned())
        };
        Self {
            anchors: Arc::new(roots.iter().filter_map(anchor).collect()),
            lists: Arc::default(),
        }
    }

    /// Whether these bytes are a certificate (DER) that can be trusted.
    #[must_use]
    pub fn is_certificate(der: &[u8]) -> bool {
        anchor_from_trusted_cert(&CertificateDer::from(der)).is_ok()
    }

    /// Takes fresh lists of revocation (DER) instead of the old ones; answers how many could be read.
    pub fn take_lists(&self, lists: &[Vec<u8>]) -> usize {
        let read: Vec<_> = lists
            .iter()
            .filter_map(|der| OwnedCertRevocationList::from_der(der).ok())
            .collect();
        let count = read.len();
        *self.lists.write().unwrap_or_else(PoisonError::into_inner) = read;
        count
    }

    /// How a signer's certificate stood at `at`.
    pub(crate) fn standing(&self, own: &[u8], others: &[&[u8]], at: Timestamp) -> Standing {
        let mut worst = Standing::Unknown;
        for usage in [oid::DOCUMENT_SIGNING, oid::MAIL_PROTECTION] {
            let usage = KeyUsage::required_if_present(usage);
            match self.path(own, others, at, usage, true) {
                Ok(()) => return Standing::Good,
                // What was taken back later was good then, if nothing else is wrong with it.
                Err(Error::CertRevoked) if self.was_good(own, at) => {
                    if self.path(own, others, at, usage, false).is_ok() {
                        return Standing::Good;
                    }
                }
                Err(Error::CertRevoked) => worst = Standing::Revoked,
                Err(Error::CertExpired { .. } | Error::CertNotValidYet { .. }) if worst == Standing::Unknown => {
                    worst = Standing::NotInForce;
                }
                Err(_) => {}
            }
        }
        worst
    }

    /// Whether a time-stamp's certificate is one, and trusted.
    pub(crate) fn stamps(&self, own: &[u8], others: &[&[u8]], at: Timestamp) -> bool {
        self.path(own, others, at, KeyUsage::required(oid::TIME_STAMPING), true)
            .is_ok()
    }

    fn path(&self, own: &[u8], others: &[&[u8]], at: Timestamp, usage: KeyUsage, lists_count: bool) -> Result<(), Error> {
        let der = CertificateDer::from(own);
        let certificate = EndEntityCert::try_from(&der)?;
        let between: Vec<CertificateDer<'_>> = others
            .iter()
            .filter(|o| **o != own)
            .map(|o| CertificateDer::from(*o))
            .collect();
        let seconds = u64::try_from(at.as_second()).unwrap_or(0);
        let time = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        let owned = self.lists.read().unwrap_or_else(PoisonError::into_inner);
        let lists: Vec<CertRevocationList<'_>> = owned.iter().cloned().map(CertRevocationList::from).collect();
        let lists: Vec<&CertRevocationList<'_>> = lists.iter().collect();
        let revocation = RevocationOptionsBuilder::new(&lists)
            .ok()
            .filter(|_| lists_count)
            .map(|b| b.with_status_policy(UnknownStatusPolicy::Allow).build());
        certificate
            .verify_for_usage(
                webpki::ALL_VERIFICATION_ALGS,
                &self.anchors,
                &between,
                time,
                usage,
                revocation,
                None,
            )
            .map(drop)
    }

    /// Whether the signer's own certificate was taken back only after `at`; an authority's that was taken back counts at
    /// once, for nobody knows since when its keys were another's.
    fn was_good(&self, own: &[u8], at: Timestamp) -> bool {
        let Some(certificate) = Certificate::read(own) else {
            return false;
        };
        let seconds = u64::try_from(at.as_second()).unwrap_or(u64::MAX);
        let lists = self.lists.read().unwrap_or_else(PoisonError::into_inner);
        let taken_back = lists.iter().filter_map(|list| {
            let list = CertRevocationList::from(list.clone());
            let entry = list.find_serial(certificate.serial_number).ok()??;
            Some(entry.revocation_date.as_secs())
        });
        taken_back.min().is_some_and(|since| since > seconds)
    }
}
