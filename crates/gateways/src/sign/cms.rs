//! The signature's container: CMS `SignedData` (RFC 5652) as `PAdES` baseline wants it (ETSI EN 319 142-1).

use super::der::{CONTEXT_0, CONTEXT_1, INTEGER, OCTETS, OID, Reader, SEQUENCE, SET, TIME, Value, list, set_of, value};
use super::oid;
use sha2::{Digest, Sha256};

/// What is signed: attributes over the hash of the file and the certificate. The service signs the SHA-256 of this.
pub(crate) fn signed_attributes(file: &[u8; 32], certificate: &[u8]) -> Vec<u8> {
    let attribute = |name: &[u8], inside: &[u8]| list(SEQUENCE, &[&value(OID, name), &value(SET, inside)]);
    let hash = value(OCTETS, &Sha256::digest(certificate));
    // SigningCertificateV2 → certs → ESSCertIDv2 → certHash; SHA-256 is the default and so left out.
    let certificate = value(SEQUENCE, &value(SEQUENCE, &value(SEQUENCE, &hash)));
    set_of(
        SET,
        vec![
            attribute(oid::CONTENT_TYPE, &value(OID, oid::DATA)),
            attribute(oid::MESSAGE_DIGEST, &value(OCTETS, file)),
            attribute(oid::SIGNING_CERTIFICATE, &certificate),
        ],
    )
}

/// Puts the container together. `chain` begins with the signer's own certificate.
pub(crate) fn assemble(attributes: &[u8], chain: &[Vec<u8>], signature: &[u8], time_stamp: Option<&[u8]>) -> Option<Vec<u8>> {
    let own = Certificate::read(chain.first()?)?;
    let sha256 = list(SEQUENCE, &[&value(OID, oid::SHA256)]);
    let algorithm = if own.is_rsa {
        list(SEQUENCE, &[&value(OID, oid::RSA), &[0x05, 0x00]])
    } else {
        list(SEQUENCE, &[&value(OID, oid::ECDSA_SHA256)])
    };
    let inside = Reader(attributes).take(SET)?.inside;
    let mut signer = [
        value(INTEGER, &[1]),
        list(SEQUENCE, &[own.issuer, own.serial]),
        sha256.clone(),
        value(CONTEXT_0, inside),
        algorithm,
        value(OCTETS, signature),
    ]
    .concat();
    if let Some(token) = time_stamp {
        let attribute = list(SEQUENCE, &[&value(OID, oid::TIME_STAMP), &value(SET, token)]);
        signer.extend(value(CONTEXT_1, &attribute));
    }
    let data = list(
        SEQUENCE,
        &[
            &value(INTEGER, &[1]),
            &value(SET, &sha256),
            &value(SEQUENCE, &value(OID, oid::DATA)),
            &set_of(CONTEXT_0, chain.to_vec()),
            &value(SET, &value(SEQUENCE, &signer)),
        ],
    );
    Some(list(SEQUENCE, &[&value(OID, oid::SIGNED_DATA), &value(CONTEXT_0, &data)]))
}

/// What a signature says of a certificate.
pub(crate) struct Certificate<'a> {
    pub(crate) serial: &'a [u8],
    pub(crate) serial_number: &'a [u8],
    pub(crate) issuer: &'a [u8],
    pub(crate) subject: &'a [u8],
    pub(crate) is_rsa: bool,
}

impl<'a> Certificate<'a> {
    pub(crate) fn read(der: &'a [u8]) -> Option<Self> {
        let mut tbs = Reader(der).take(SEQUENCE)?.reader().take(SEQUENCE)?.reader();
        tbs.maybe(CONTEXT_0);
        let serial = tbs.take(INTEGER)?;
        tbs.take(SEQUENCE)?;
        let issuer = tbs.take(SEQUENCE)?;
        tbs.take(SEQUENCE)?;
        let subject = tbs.take(SEQUENCE)?;
        let mut key = tbs.take(SEQUENCE)?.reader();
        let algorithm = key.take(SEQUENCE)?.reader().take(OID)?;
        Some(Self {
            serial: serial.whole,
            serial_number: serial.inside,
            issuer: issuer.whole,
            subject: subject.inside,
            is_rsa: algorithm.inside == oid::RSA,
        })
    }

    /// A part of the subject's name; empty where there is none.
    pub(crate) fn name(&self, wanted: &[u8]) -> String {
        let mut parts = Reader(self.subject);
        while let Some(set) = parts.take(SET) {
            let Some(mut pair) = set.reader().take(SEQUENCE).map(|v| v.reader()) else {
                continue;
            };
            if pair.take(OID).is_some_and(|v| v.inside == wanted)
                && let Some(text) = pair.any()
            {
                return String::from_utf8_lossy(text.inside).into_owned();
            }
        }
        String::new()
    }
}

/// A container that was read.
pub(crate) struct Signed<'a> {
    /// The certificates that came with it.
    pub(crate) certificates: Vec<&'a [u8]>,
    /// The kind of what is signed: `id-data` for a file, `id-ct-TSTInfo` for a time-stamp.
    pub(crate) content_type: &'a [u8],
    /// What is inside it: for a time-stamp, its `TSTInfo`; for a file's signature, nothing.
    pub(crate) content: Option<&'a [u8]>,
    /// The signer's certificate, found by issuer and number.
    pub(crate) own: Option<&'a [u8]>,
    /// The signed attributes as they are hashed: with the tag of a SET.
    pub(crate) attributes: Vec<u8>,
    /// The hash that the attributes promise.
    pub(crate) digest: &'a [u8],
    /// Which hash.
    pub(crate) hash: &'a [u8],
    /// How it was signed.
    pub(crate) algorithm: &'a [u8],
    /// The value of the signature.
    pub(crate) signature: &'a [u8],
    /// The time-stamp token, if any.
    pub(crate) time_stamp: Option<&'a [u8]>,
    /// The hash of its certificate that the signer signed, if any.
    pub(crate) certificate_hash: Option<&'a [u8]>,
}

impl<'a> Signed<'a> {
    pub(crate) fn read(der: &'a [u8]) -> Option<Self> {
        let mut outer = Reader(der).take(SEQUENCE)?.reader();
        if outer.take(OID)?.inside != oid::SIGNED_DATA {
            return None;
        }
        let mut data = outer.take(CONTEXT_0)?.reader().take(SEQUENCE)?.reader();
        data.take(INTEGER)?;
        data.take(SET)?;
        let mut content = data.take(SEQUENCE)?.reader();
        let content_type = content.take(OID)?.inside;
        let content = content
            .maybe(CONTEXT_0)
            .and_then(|v| v.reader().take(OCTETS))
            .map(|v| v.inside);
        let mut certificates = Vec::new();
        if let Some(set) = data.maybe(CONTEXT_0) {
            let mut reader = set.reader();
            while let Some(certificate) = reader.any() {
                certificates.push(certificate.whole);
            }
        }
        data.maybe(CONTEXT_1);
        let mut signer = data.take(SET)?.reader().take(SEQUENCE)?.reader();
        signer.take(INTEGER)?;
        let id = signer.any()?;
        let hash = signer.take(SEQUENCE)?.reader().take(OID)?.inside;
        let signed = signer.take(CONTEXT_0)?;
        let algorithm = signer.take(SEQUENCE)?.reader().take(OID)?.inside;
        let signature = signer.take(OCTETS)?.inside;
        let unsigned = signer.maybe(CONTEXT_1);
        // RFC 5652, 5.3: the attribute says the same kind as the container.
        if attribute(signed, oid::CONTENT_TYPE)?.reader().take(OID)?.inside != content_type {
            return None;
        }
        let digest = attribute(signed, oid::MESSAGE_DIGEST)?.reader().take(OCTETS)?.inside;
        let certificate_hash = attribute(signed, oid::SIGNING_CERTIFICATE).and_then(|v| {
            let mut first = v
                .reader()
                .take(SEQUENCE)?
                .reader()
                .take(SEQUENCE)?
                .reader()
                .take(SEQUENCE)?
                .reader();
            // Another hash than SHA-256 names itself first; it is left to the digest then.
            if first.maybe(SEQUENCE).is_some() {
                return None;
            }
            Some(first.take(OCTETS)?.inside)
        });
        let own = certificates
            .iter()
            .copied()
            .find(|der| Certificate::read(der).is_some_and(|c| id.tag == SEQUENCE && id.inside == [c.issuer, c.serial].concat()));
        Some(Self {
            certificates,
            content_type,
            content,
            own,
            attributes: value(SET, signed.inside),
            digest,
            hash,
            algorithm,
            signature,
            time_stamp: unsigned.and_then(|u| attribute(u, oid::TIME_STAMP)).map(|v| v.inside),
            certificate_hash,
        })
    }
}

/// The values of an attribute.
fn attribute<'a>(attributes: Value<'a>, name: &[u8]) -> Option<Value<'a>> {
    let mut reader = attributes.reader();
    while let Some(each) = reader.take(SEQUENCE) {
        let mut pair = each.reader();
        if pair.take(OID)?.inside == name {
            return pair.take(SET);
        }
    }
    None
}

/// What a time-stamp says: the hash it was given, which hash, and when (`YYYYMMDDhhmmss[.f]Z`).
pub(crate) fn time_stamp_info(content: &[u8]) -> Option<(&[u8], &[u8], &str)> {
    let mut info = Reader(content).take(SEQUENCE)?.reader();
    info.take(INTEGER)?;
    info.take(OID)?;
    let mut imprint = info.take(SEQUENCE)?.reader();
    let hash = imprint.take(SEQUENCE)?.reader().take(OID)?.inside;
    let digest = imprint.take(OCTETS)?.inside;
    info.take(INTEGER)?;
    let at = std::str::from_utf8(info.take(TIME)?.inside).ok()?;
    Some((digest, hash, at))
}

/// A request for a time-stamp over a SHA-256 (RFC 3161), with the certificate in the answer.
pub(crate) fn time_stamp_request(digest: &[u8]) -> Vec<u8> {
    let algorithm = list(SEQUENCE, &[&value(OID, oid::SHA256), &[0x05, 0x00]]);
    let imprint = list(SEQUENCE, &[&algorithm, &value(OCTETS, digest)]);
    list(SEQUENCE, &[&value(INTEGER, &[1]), &imprint, &[0x01, 0x01, 0xff]])
}

/// The token in an answer; none when it was refused.
pub(crate) fn time_stamp_token(answer: &[u8]) -> Option<&[u8]> {
    let mut answer = Reader(answer).take(SEQUENCE)?.reader();
    let status = answer.take(SEQUENCE)?.reader().take(INTEGER)?;
    // Granted, or granted with changes.
    if !matches!(status.inside, [0 | 1]) {
        return None;
    }
    Some(answer.take(SEQUENCE)?.whole)
}
