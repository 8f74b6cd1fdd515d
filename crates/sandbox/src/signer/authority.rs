//! The authority with its keys.

use super::control::Mischief;
use p256::ecdsa::signature::hazmat::PrehashSigner;
use p256::ecdsa::{Signature, SigningKey};
use p256::pkcs8::DecodePrivateKey;
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    IsCa, Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose, RevocationReason, RevokedCertParams, SerialNumber,
};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use time::{Date, Month, OffsetDateTime, Time};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// A key with its certificate.
pub(super) struct Credential {
    pub(super) certificate: Vec<u8>,
    pub(super) key: SigningKey,
    serial: Vec<u8>,
}

pub(super) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    root: Vec<u8>,
    /// Another authority, which nobody trusts.
    stranger: Issuer<'static, KeyPair>,
    pub(super) clock: Credential,
    credentials: BTreeMap<String, Credential>,
    revoked: Vec<(Vec<u8>, OffsetDateTime)>,
    next: u64,
}

fn day(year: i32) -> OffsetDateTime {
    Date::from_calendar_date(year, Month::January, 1)
        .unwrap_or(Date::MIN)
        .with_time(Time::MIDNIGHT)
        .assume_utc()
}

fn params(name: &str, organisation: &str, from: i32, to: i32) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CountryName, "VN");
    params.distinguished_name.push(DnType::OrganizationName, organisation);
    params.distinguished_name.push(DnType::CommonName, name);
    (params.not_before, params.not_after) = (day(from), day(to));
    params
}

fn root_params(name: &str) -> CertificateParams {
    let mut root = params(name, "Thử nghiệm, không có giá trị pháp lý", 2018, 2045);
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    root.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    root
}

impl Authority {
    /// Opens the authority whose key is in `folder`, or makes one there.
    pub(super) fn open(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let (key_file, root_file) = (folder.join("root.key"), folder.join("root.der"));
        let name = "Chứng thực thử nghiệm Một Cửa";
        let (key, root) = if key_file.exists() && root_file.exists() {
            let key = KeyPair::try_from(std::fs::read(&key_file)?)?;
            (key, std::fs::read(&root_file)?)
        } else {
            let key = KeyPair::generate()?;
            let root = root_params(name).self_signed(&key)?.der().to_vec();
            std::fs::write(&key_file, key.serialize_der())?;
            std::fs::write(&root_file, &root)?;
            (key, root)
        };
        let issuer = Issuer::new(root_params(name), key);
        let stranger = Issuer::new(root_params("Không ai biết"), KeyPair::generate()?);
        // Numbers of a start do not meet those of another.
        let next = u64::try_from(super::control::now().unix_timestamp_nanos() / 1000).unwrap_or(1);
        let mut clock = params("Đồng hồ thử nghiệm Một Cửa", "Thử nghiệm", 2018, 2045);
        clock.extended_key_usages = vec![ExtendedKeyUsagePurpose::TimeStamping];
        clock.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        let clock = make(clock, &issuer, next)?;
        Ok(Self {
            issuer,
            root,
            stranger,
            clock,
            credentials: BTreeMap::new(),
            revoked: Vec::new(),
            next,
        })
    }

    pub(super) fn root(&self) -> &[u8] {
        &self.root
    }

    /// The chain of a key; made when it is asked for first, and anew for mischief.
    pub(super) fn credential(&mut self, id: &str, name: &str, organisation: &str, mischief: Mischief) -> Result<Vec<Vec<u8>>> {
        let special = matches!(mischief, Mischief::Expired | Mischief::Revoked | Mischief::Stranger);
        let spoilt = self
            .credentials
            .get(id)
            .is_none_or(|c| self.revoked.iter().any(|(s, _)| *s == c.serial));
        if special || spoilt || self.credentials.contains_key(&format!("{id}!")) {
            self.next += 1;
            let to = if mischief == Mischief::Expired { 2019 } else { 2045 };
            let mut params = params(name, organisation, 2018, to);
            params.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::ContentCommitment];
            let issuer = if mischief == Mischief::Stranger {
                &self.stranger
            } else {
                &self.issuer
            };
            let made = make(params, issuer, self.next)?;
            if mischief == Mischief::Revoked {
                self.revoked.push((made.serial.clone(), day(2019)));
            }
            self.credentials.insert(id.to_owned(), made);
            // What was made for mischief is made anew the next time.
            let mark = format!("{id}!");
            if special {
                let stand_in = KeyPair::generate()?;
                self.credentials.insert(mark, from_key(&stand_in, Vec::new(), Vec::new())?);
            } else {
                self.credentials.remove(&mark);
            }
        }
        let own = self.credentials.get(id).ok_or("no such credential")?;
        Ok(vec![own.certificate.clone(), self.root.clone()])
    }

    /// Signs a hash as it comes.
    pub(super) fn sign(&self, id: &str, hash: &[u8]) -> Result<Vec<u8>> {
        let credential = self.credentials.get(id).ok_or("no such credential")?;
        let signature: Signature = credential.key.sign_prehash(hash)?;
        Ok(signature.to_der().as_bytes().to_vec())
    }

    /// Takes back the certificate of a key from so many seconds after now.
    pub(super) fn revoke(&mut self, id: &str, seconds: i64) {
        if let Some(credential) = self.credentials.get(id) {
            let since = super::control::now() + time::Duration::seconds(seconds.clamp(-86_400, 86_400));
            self.revoked.push((credential.serial.clone(), since));
        }
    }

    /// The revocation list.
    pub(super) fn list(&self) -> Result<Vec<u8>> {
        let now = super::control::now();
        let revoked_certs = self
            .revoked
            .iter()
            .map(|(serial, at)| RevokedCertParams {
                serial_number: SerialNumber::from_slice(serial),
                revocation_time: *at,
                reason_code: Some(RevocationReason::KeyCompromise),
                invalidity_date: None,
            })
            .collect();
        let list = CertificateRevocationListParams {
            this_update: now,
            next_update: now + time::Duration::days(7),
            crl_number: SerialNumber::from(u64::try_from(now.unix_timestamp()).unwrap_or(1)),
            issuing_distribution_point: None,
            revoked_certs,
            key_identifier_method: KeyIdMethod::Sha256,
        };
        Ok(list.signed_by(&self.issuer)?.der().to_vec())
    }

    /// Keys that were asked for.
    pub(super) fn known(&self) -> Vec<String> {
        self.credentials.keys().filter(|k| !k.ends_with('!')).cloned().collect()
    }
}

fn make(mut params: CertificateParams, issuer: &Issuer<'static, KeyPair>, number: u64) -> Result<Credential> {
    let serial = number.to_be_bytes().to_vec();
    params.serial_number = Some(SerialNumber::from_slice(&serial));
    let key = KeyPair::generate()?;
    let certificate = params.signed_by(&key, issuer)?.der().to_vec();
    from_key(&key, certificate, serial)
}

fn from_key(key: &KeyPair, certificate: Vec<u8>, serial: Vec<u8>) -> Result<Credential> {
    Ok(Credential {
        certificate,
        key: SigningKey::from_pkcs8_der(&key.serialize_der())?,
        serial,
    })
}
