//! Whose figures are whose: the province's monitor sees all, a head what she answers for.

use super::Cut;
use crate::Office;
use crate::error::Result;
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::Refusal;
use motcua_model::id::{AgencyCode, ProcedureCode};
use motcua_model::procedure::AgencyKind;

/// A cut as the store is asked for it; none of a list means all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scope {
    /// Agencies that settle.
    pub agencies: Option<Vec<String>>,
    /// Procedures.
    pub procedures: Option<Vec<String>>,
    /// Communes where people live.
    pub communes: Option<Vec<String>>,
    /// Whether people of a place are looked at, whichever agency settles.
    pub of_people: bool,
    /// Whether what came in is shown by place beside.
    pub shows_places: bool,
}

impl Office {
    /// What of the cut the actor may see.
    pub(crate) fn scope(&self, actor: &Actor, cut: &Cut) -> Result<Scope> {
        let mut scope = Scope {
            procedures: self.procedures_of(cut),
            shows_places: cut.agency.is_none(),
            of_people: cut.district.is_some() || cut.commune.is_some(),
            ..Scope::default()
        };
        let own = self.own_agencies(actor)?;
        scope.agencies = match (&cut.agency, own.clone()) {
            (Some(one), Some(own)) if !own.contains(&one.0) => return Err(Refusal::NotPermitted.into()),
            (Some(one), _) => Some(vec![one.0.clone()]),
            (None, own) => own,
        };
        let asked: Option<Vec<String>> = match (&cut.commune, &cut.district) {
            (Some(commune), _) => Some(vec![commune.clone()]),
            (None, Some(district)) => Some(self.communes_of(district)),
            (None, None) => None,
        };
        scope.communes = match (asked, own.map(|_| self.own_communes(actor))) {
            (Some(asked), Some(own)) if !asked.iter().all(|c| own.contains(c)) => return Err(Refusal::NotPermitted.into()),
            (Some(asked), _) => Some(asked),
            (None, own) => own,
        };
        // A department has no people of its own: its figures are not shown by place to its head.
        scope.shows_places &= scope.communes.as_ref().is_none_or(|c| !c.is_empty());
        Ok(scope)
    }

    /// The agencies that the actor answers for; none for the whole province, an empty list for who answers for none.
    #[must_use]
    pub fn answers_for(&self, actor: &Actor) -> Option<Vec<String>> {
        self.own_agencies(actor).unwrap_or_else(|_| Some(Vec::new()))
    }

    /// The agencies that the actor answers for; none for the whole province.
    pub(crate) fn own_agencies(&self, actor: &Actor) -> Result<Option<Vec<String>>> {
        let own = match actor.role {
            Role::Monitor => return Ok(None),
            Role::Leader => actor.agency.as_ref().ok_or(Refusal::NotPermitted)?,
            _ => return Err(Refusal::NotPermitted.into()),
        };
        let communes = self.own_communes(actor);
        let mut agencies = vec![own.0.clone()];
        if self.is_district(own) {
            let below = self.catalogue().agencies().filter(|a| {
                a.code != *own && a.kind != AgencyKind::PostOffice && a.place.as_ref().is_some_and(|p| communes.contains(p))
            });
            agencies.extend(below.map(|a| a.code.0.clone()));
        }
        Ok(Some(agencies))
    }

    fn is_district(&self, agency: &AgencyCode) -> bool {
        self.catalogue()
            .agency(agency)
            .is_some_and(|a| a.kind == AgencyKind::District)
    }

    /// The communes whose people a head answers for.
    pub(crate) fn own_communes(&self, actor: &Actor) -> Vec<String> {
        let agency = actor.agency.as_ref().and_then(|code| self.catalogue().agency(code));
        match agency.map(|a| (a.kind, a.place.clone().unwrap_or_default())) {
            Some((AgencyKind::Commune, commune)) => vec![commune],
            Some((AgencyKind::District, district)) => self.communes_of(&district),
            _ => Vec::new(),
        }
    }

    fn communes_of(&self, district: &str) -> Vec<String> {
        let communes = self.catalogue().registers().list("communes");
        let inside = communes.iter().filter(|c| c.parent.as_deref() == Some(district));
        inside.map(|c| c.code.clone()).collect()
    }

    pub(crate) fn procedures_of(&self, cut: &Cut) -> Option<Vec<String>> {
        if let Some(ProcedureCode(one)) = &cut.procedure {
            return Some(vec![one.clone()]);
        }
        let field = cut.field.as_ref()?;
        let services = self.catalogue().services().iter();
        Some(
            services
                .filter(|s| s.sheet.field == *field)
                .map(|s| s.sheet.code.0.clone())
                .collect(),
        )
    }
}
