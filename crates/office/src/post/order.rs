//! What the post is asked to carry: whose address, how far, how heavy, what it costs.

use super::PostProblem;
use crate::Office;
use crate::error::Result;
use motcua_model::dossier::{Dossier, ParcelKind, ParcelOrder, PostAddress};
use motcua_model::form::Register;
use motcua_model::id::AgencyCode;
use motcua_model::post::{Tariff, Zone};
use serde_json::Value;

/// An address that an officer wrote down, where the one of the form does not do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedAddress {
    /// Code of the commune.
    pub commune: String,
    /// House, street, hamlet.
    pub street: String,
}

/// A place as the post needs it.
pub(crate) struct Place {
    pub commune: String,
    pub text: String,
    /// What the commune was called before, where the address is older than its end.
    pub was: Option<String>,
}

impl Office {
    /// The address that a dossier's form names, as its commune is called today.
    pub(crate) fn place_of(&self, d: &Dossier) -> std::result::Result<Place, PostProblem> {
        let procedure = self.catalogue().procedure(&d.procedure).ok_or(PostProblem::NoAddress)?;
        let form = procedure.form_at(d.form_version);
        let answer = d.answers.get(&form.applicant.address).ok_or(PostProblem::NoAddress)?;
        let part = |name: &str| answer.get(name).and_then(Value::as_str).unwrap_or("");
        self.place(part("commune"), part("street"))
    }

    /// A commune and what stands before it, as the commune is called today.
    pub(crate) fn place(&self, commune: &str, street: &str) -> std::result::Result<Place, PostProblem> {
        let registers = self.catalogue().registers();
        let known = registers.known("communes", commune).ok_or(PostProblem::UnknownCommune)?;
        let name = |r: &Register| r.name.vi.clone();
        let now = registers.now("communes", commune);
        let here = match now[..] {
            [one] => one,
            _ => {
                return Err(PostProblem::Divided {
                    name: name(known),
                    now: now.into_iter().map(name).collect(),
                });
            }
        };
        let district = here.parent.as_deref().and_then(|p| registers.known("districts", p)).map(name);
        let parts = [Some(street.trim().to_owned()), Some(name(here)), district];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|p| !p.is_empty()).collect();
        Ok(Place {
            commune: here.code.clone(),
            text: format!("{}, Thái Nguyên", parts.join(", ")),
            was: (here.code != known.code).then(|| name(known)),
        })
    }

    /// How far it is from an agency to a commune.
    pub(crate) fn zone(&self, agency: &AgencyCode, commune: &str) -> Zone {
        let organisation = self.catalogue().organisation();
        let place = self.catalogue().agency(agency).and_then(|a| a.place.clone());
        let ours = place.as_deref().map(|p| organisation.district_of(p).unwrap_or(p));
        if ours.is_some() && (ours == organisation.district_of(commune) || place.as_deref() == Some(commune)) {
            Zone::District
        } else {
            Zone::Province
        }
    }

    pub(crate) fn tariff(&self) -> std::result::Result<&Tariff, PostProblem> {
        self.catalogue().tariff().ok_or(PostProblem::NotSetUp)
    }

    /// The post office that serves a commune.
    pub(crate) fn serves(&self, commune: &str) -> std::result::Result<AgencyCode, PostProblem> {
        let office = self.catalogue().organisation().post_office(commune);
        office.map(|a| a.code.clone()).ok_or(PostProblem::NoOffice)
    }

    /// The whole order; `typed` takes the place of the form's address, `weight_g` of the usual weight.
    pub(crate) fn parcel_order(
        &self,
        d: &Dossier,
        kind: ParcelKind,
        typed: Option<&TypedAddress>,
        weight_g: Option<u32>,
    ) -> Result<ParcelOrder> {
        let place = match typed {
            Some(typed) => self.place(&typed.commune, &typed.street)?,
            None => self.place_of(d)?,
        };
        let tariff = self.tariff()?;
        let zone = self.zone(&d.agency, &place.commune);
        let weight_g = weight_g.unwrap_or(tariff.usual_g);
        let price = tariff.price(zone, weight_g).ok_or(PostProblem::TooHeavy {
            max_g: tariff.heaviest(zone),
        })?;
        // The running number tells a second try from the first.
        let code = d.code.0.strip_prefix("000.").unwrap_or(&d.code.0);
        Ok(ParcelOrder {
            kind,
            reference: format!("{code}-P{}", d.parcels.len() + 1),
            address: PostAddress {
                name: d.applicant.name.clone(),
                phone: d.applicant.phone.clone(),
                commune: place.commune.clone(),
                text: place.text,
            },
            weight_g,
            price,
            collect: if kind == ParcelKind::Deliver { d.fee_due() } else { 0 },
            office: self.serves(&place.commune)?,
            code: crate::random::six_digits()[2..].to_owned(),
        })
    }
}
