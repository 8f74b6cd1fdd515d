//! The zero list: services that are offered online at an agency, and that nobody filed online there.

use super::{Intake, Scope};
use crate::Office;
use motcua_model::id::{AgencyCode, ProcedureCode};
use motcua_store::figure::FigureRow;
use std::collections::HashMap;

/// A service that is offered online at an agency, and that nobody filed online there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unused {
    /// Where.
    pub agency: AgencyCode,
    /// Which.
    pub procedure: ProcedureCode,
    /// How many came by the counter all the same: the ones to move first.
    pub counter: i64,
}

impl Office {
    /// How many services × agencies are offered online in a scope, and those that nobody used online, the most counter
    /// visits first.
    pub(crate) fn unused(&self, scope: &Scope, pairs: &[FigureRow]) -> (usize, Vec<Unused>) {
        let came: HashMap<(&str, &str), Intake> = pairs
            .iter()
            .map(|r| ((r.place.as_str(), r.procedure.as_str()), Intake::of(&r.counts)))
            .collect();
        let among = |list: &Option<Vec<String>>, code: &str| list.as_ref().is_none_or(|l| l.iter().any(|c| c == code));
        let (mut offered, mut unused) = (0, Vec::new());
        let organisation = self.catalogue().organisation();
        for service in self.catalogue().services().iter().filter(|s| s.whole) {
            let code = &service.sheet.code;
            if !among(&scope.procedures, code.as_str()) {
                continue;
            }
            for agency in organisation.settlers(&service.sheet) {
                if !among(&scope.agencies, agency.code.as_str()) {
                    continue;
                }
                offered += 1;
                let intake = came.get(&(agency.code.as_str(), code.as_str())).copied().unwrap_or_default();
                if intake.all_online() == 0 {
                    unused.push(Unused {
                        agency: agency.code.clone(),
                        procedure: code.clone(),
                        counter: intake.counter,
                    });
                }
            }
        }
        unused.sort_by_key(|u| -u.counter);
        (offered, unused)
    }
}
