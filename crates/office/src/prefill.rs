//! What is known of a person already: her answer sheets, her account, her earlier dossiers, in that order.

use crate::Office;
use crate::error::Result;
use motcua_model::clock::local;
use motcua_model::form::{Known, Taken};
use motcua_model::id::AccountId;
use motcua_store::dossier::LAST;

/// How many of the latest dossiers are looked through.
const DOSSIERS: u32 = 5;
/// For how many days answers about other people and things than herself are taken over: long enough for the services of
/// one event, short enough that another event is not filled in with the last one.
const DAYS: i64 = 180;

impl Office {
    /// What is known for a draft of hers.
    pub(crate) async fn known(&self, account: AccountId) -> Result<Known> {
        let mut known = Known::default();
        let Some(person) = self.store().account(account).await? else {
            return Ok(known);
        };
        let (today, mut sheets) = (local(self.now()).date(), self.store().answer_sheets(account).await?);
        sheets.sort_by_key(|s| std::cmp::Reverse(s.updated_at));
        for sheet in sheets {
            if local(sheet.updated_at).date().duration_until(today).as_hours() < DAYS * 24 {
                self.learn_sheet(&mut known, &sheet);
            }
        }
        for (meaning, value) in [
            ("applicant.name", &person.name),
            ("applicant.person_id", &person.person_id),
            ("applicant.birth_date", &person.birth_date),
            ("applicant.phone", &person.phone),
            ("applicant.email", &person.email),
        ] {
            if !value.is_empty() {
                known.add(meaning, value.clone().into(), Taken::Account);
            }
        }
        for line in self.store().dossiers_of(account, LAST, DOSSIERS).await? {
            let Some(loaded) = self.store().dossier(line.id).await? else {
                continue;
            };
            let d = loaded.dossier;
            let other = !person.person_id.is_empty() && d.applicant.person_id != person.person_id;
            let Some(procedure) = self.catalogue().procedure(&d.procedure) else {
                continue;
            };
            let Some(form) = procedure.form_of(d.form_version).filter(|_| !other) else {
                continue;
            };
            let filed = local(d.filed_at).date();
            let recent = filed.duration_until(today).as_hours() < DAYS * 24;
            let from = Taken::Dossier {
                code: d.code.0.clone(),
                on: filed,
            };
            known.learn(form, &d.answers, &from, |meaning| recent || meaning.starts_with("applicant."));
        }
        Ok(known)
    }
}
