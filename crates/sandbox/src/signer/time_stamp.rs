//! The time-stamp authority (RFC 3161).

use super::Service;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use p256::ecdsa::Signature;
use p256::ecdsa::signature::Signer;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use yasna::models::ObjectIdentifier;
use yasna::tags::TAG_GENERALIZEDTIME;
use yasna::{DERWriter, Tag, construct_der, parse_der};

const SIGNED_DATA: &[u64] = &[1, 2, 840, 113_549, 1, 7, 2];
const TST_INFO: &[u64] = &[1, 2, 840, 113_549, 1, 9, 16, 1, 4];
const SHA256: &[u64] = &[2, 16, 840, 1, 101, 3, 4, 2, 1];
const ECDSA_SHA256: &[u64] = &[1, 2, 840, 10045, 4, 3, 2];
const CONTENT_TYPE: &[u64] = &[1, 2, 840, 113_549, 1, 9, 3];
const MESSAGE_DIGEST: &[u64] = &[1, 2, 840, 113_549, 1, 9, 4];
const SIGNING_CERTIFICATE: &[u64] = &[1, 2, 840, 113_549, 1, 9, 16, 2, 47];
/// A policy for trying, below the private arc of nobody in particular (RFC 6963's example arc).
const POLICY: &[u64] = &[2, 999, 1];

fn oid(writer: DERWriter<'_>, parts: &[u64]) {
    writer.write_oid(&ObjectIdentifier::from_slice(parts));
}

fn algorithm(writer: DERWriter<'_>, parts: &[u64]) {
    writer.write_sequence(|w| oid(w.next(), parts));
}

pub(super) async fn answer(State(service): State<Arc<Service>>, body: Bytes) -> Response {
    let Some((imprint, nonce)) = request(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let memory = service.memory();
    let clock = &memory.authority.clock;
    let now = super::control::now();
    let at = format!(
        "{:04}{:02}{:02}{:02}{:02}{:02}Z",
        now.year(),
        u8::from(now.month()),
        now.day(),
        now.hour(),
        now.minute(),
        now.second()
    );
    let number = i64::try_from(now.unix_timestamp_nanos() / 1000).unwrap_or(1);
    let info = construct_der(|w| {
        w.write_sequence(|w| {
            w.next().write_i8(1);
            oid(w.next(), POLICY);
            w.next().write_der(&imprint);
            w.next().write_i64(number);
            w.next()
                .write_tagged_implicit(TAG_GENERALIZEDTIME, |w| w.write_bytes(at.as_bytes()));
            if let Some(nonce) = &nonce {
                w.next().write_der(nonce);
            }
        });
    });
    let attributes = construct_der(|w| attributes(w, &info, &clock.certificate));
    let signature: Signature = clock.key.sign(&attributes);
    let token = construct_der(|w| token(w, &info, &clock.certificate, &attributes, signature.to_der().as_bytes()));
    let answer = construct_der(|w| {
        w.write_sequence(|w| {
            w.next().write_sequence(|w| w.next().write_i8(0));
            w.next().write_der(&token);
        });
    });
    ([(header::CONTENT_TYPE, "application/timestamp-reply")], answer).into_response()
}

/// The imprint and the nonce of a request, as they come.
fn request(der: &[u8]) -> Option<(Vec<u8>, Option<Vec<u8>>)> {
    parse_der(der, |r| {
        r.read_sequence(|r| {
            r.next().read_i64()?;
            let imprint = r.next().read_der()?;
            let mut nonce = None;
            while let Some(rest) = r.read_optional(|r| r.read_der())? {
                if rest.first() == Some(&2) {
                    nonce = Some(rest);
                }
            }
            Ok((imprint, nonce))
        })
    })
    .ok()
}

fn attributes(writer: DERWriter<'_>, info: &[u8], certificate: &[u8]) {
    writer.write_set_of(|w| {
        w.next().write_sequence(|w| {
            oid(w.next(), CONTENT_TYPE);
            w.next().write_set_of(|w| oid(w.next(), TST_INFO));
        });
        w.next().write_sequence(|w| {
            oid(w.next(), MESSAGE_DIGEST);
            w.next().write_set_of(|w| w.next().write_bytes(&Sha256::digest(info)));
        });
        w.next().write_sequence(|w| {
            oid(w.next(), SIGNING_CERTIFICATE);
            w.next().write_set_of(|w| {
                w.next().write_sequence(|w| {
                    w.next().write_sequence(|w| {
                        w.next()
                            .write_sequence(|w| w.next().write_bytes(&Sha256::digest(certificate)));
                    });
                });
            });
        });
    });
}

fn token(writer: DERWriter<'_>, info: &[u8], certificate: &[u8], attributes: &[u8], signature: &[u8]) {
    // Attributes stand in the token under the tag [0] instead of SET's.
    let mut inside = attributes.to_vec();
    inside[0] = 0xa0;
    let (issuer, serial) = issuer_and_serial(certificate);
    writer.write_sequence(|w| {
        oid(w.next(), SIGNED_DATA);
        w.next().write_tagged(Tag::context(0), |w| {
            w.write_sequence(|w| {
                w.next().write_i8(3);
                w.next().write_set_of(|w| algorithm(w.next(), SHA256));
                w.next().write_sequence(|w| {
                    oid(w.next(), TST_INFO);
                    w.next().write_tagged(Tag::context(0), |w| w.write_bytes(info));
                });
                w.next()
                    .write_tagged_implicit(Tag::context(0), |w| w.write_set_of(|w| w.next().write_der(certificate)));
                w.next().write_set_of(|w| {
                    w.next().write_sequence(|w| {
                        w.next().write_i8(1);
                        w.next().write_sequence(|w| {
                            w.next().write_der(&issuer);
                            w.next().write_der(&serial);
                        });
                        algorithm(w.next(), SHA256);
                        w.next().write_der(&inside);
                        algorithm(w.next(), ECDSA_SHA256);
                        w.next().write_bytes(signature);
                    });
                });
            });
        });
    });
}

fn issuer_and_serial(certificate: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let read = parse_der(certificate, |r| {
        r.read_sequence(|r| {
            let found = r.next().read_sequence(|r| {
                r.next().read_der()?;
                let serial = r.next().read_der()?;
                r.next().read_der()?;
                let issuer = r.next().read_der()?;
                while r.read_optional(|r| r.read_der())?.is_some() {}
                Ok((issuer, serial))
            })?;
            r.next().read_der()?;
            r.next().read_der()?;
            Ok(found)
        })
    });
    read.unwrap_or_default()
}
