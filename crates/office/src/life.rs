//! A life event led through: what its services ask alike is answered once, on a sheet that fills in the form of each; and
//! how far the person has come.

use crate::Office;
use crate::error::{OfficeError, Result};
use motcua_catalogue::LifeEvent;
use motcua_model::actor::{Actor, Role};
use motcua_model::clock::local;
use motcua_model::dossier::Refusal;
use motcua_model::form::{Answers, Form, Known, Prefilled, Problem, Raw, Taken, is_input_of};
use motcua_model::id::{DossierId, ProcedureCode};
use motcua_store::answer_sheet::AnswerSheet;
use motcua_store::dossier::LAST;
use std::collections::BTreeMap;

/// How many of the latest dossiers are looked through for how far a person has come.
const DOSSIERS: u32 = 50;

/// The sheet of a life event, as far as it is filled in.
#[derive(Debug)]
pub struct LifeSheet {
    /// What its services ask alike.
    pub form: Form,
    /// What is known already, each with where it is from; her own answers without.
    pub filled: Prefilled,
    /// Whether she saved it before.
    pub saved: bool,
}

/// What saving the sheet did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetSaved {
    /// What is wrong; the other answers are kept all the same.
    pub problems: Vec<Problem>,
    /// Open drafts that were filled in with it.
    pub drafts: usize,
}

/// How far a person has come with a service of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Filling it in.
    Draft(DossierId),
    /// Filed: which dossier, and where it stands.
    Filed(DossierId, String),
}

impl Office {
    fn life_event(&self, id: &str) -> Result<LifeEvent> {
        let events = self.catalogue().life_events();
        Ok(events.iter().find(|e| e.id == id).ok_or(Refusal::NotFound)?.clone())
    }

    /// The sheet of an event for a citizen; none where its services ask nothing alike.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for an unknown event; [`Refusal::NotPermitted`] for anybody but citizens.
    pub async fn life_sheet(&self, actor: &Actor, event: &str) -> Result<Option<LifeSheet>> {
        let event = self.life_event(event)?;
        citizen(actor)?;
        let Some(form) = self.catalogue().shared_form(&event) else {
            return Ok(None);
        };
        let sheets = self.store().answer_sheets(actor.account).await?;
        let own = sheets.iter().find(|s| s.event == event.id);
        let mut known = Known::default();
        if let Some(own) = own {
            self.learn_sheet(&mut known, own);
        }
        known.learn_all(&self.known(actor.account).await?);
        let mut filled = form.prefilled(&known, self.catalogue().registers(), self.today());
        // What she answered here is hers.
        let is_own = |taken: &Taken| matches!((taken, own), (Taken::Sheet { on, event: name }, Some(own)) if *name == event.name && *on == local(own.updated_at).date());
        filled.taken.retain(|_, taken| !is_own(taken));
        Ok(Some(LifeSheet {
            form,
            filled,
            saved: own.is_some(),
        }))
    }

    /// Saves the sheet and fills in the open drafts of the event's services, where nothing was answered yet.
    ///
    /// # Errors
    /// As [`Office::life_sheet`].
    pub async fn save_life_sheet(&self, actor: &Actor, event: &str, raw: &Raw) -> Result<SheetSaved> {
        let event = self.life_event(event)?;
        citizen(actor)?;
        let form = self.catalogue().shared_form(&event).ok_or(Refusal::NotFound)?;
        let (mut answers, mut saved) = (Answers::new(), SheetSaved::default());
        for step in &form.steps {
            let mut reading = form.read_step(step, raw, &answers, self.catalogue().registers(), self.today());
            answers.append(&mut reading.answers);
            saved.problems.append(&mut reading.problems);
        }
        let by_meaning = form
            .fields()
            .filter_map(|f| Some((f.meaning.clone()?, answers.get(&f.id)?.clone())));
        let sheet = AnswerSheet {
            event: event.id.clone(),
            answers: by_meaning.collect(),
            updated_at: self.now(),
        };
        self.store().save_answer_sheet(actor.account, &sheet).await?;
        saved.drafts = self.fill_drafts(actor, &event, &sheet).await?;
        Ok(saved)
    }

    async fn fill_drafts(&self, actor: &Actor, event: &LifeEvent, sheet: &AnswerSheet) -> Result<usize> {
        let mut known = Known::default();
        self.learn_sheet(&mut known, sheet);
        let mut filled = 0;
        for draft in self.store().drafts_of(actor.account).await? {
            if !event.steps.iter().any(|s| s.service == draft.procedure) {
                continue;
            }
            let open = self.open_draft(actor, draft.id).await?;
            let mut draft = open.draft;
            let found = open
                .procedure
                .form
                .prefilled(&known, self.catalogue().registers(), self.today());
            let body = &mut draft.body;
            let mut changed = false;
            for (field, answer) in found.answers {
                let untouched = !body.answers.contains_key(&field) || body.taken.contains_key(&field);
                let typed = body.typed.keys().any(|name| is_input_of(name, &field));
                if let Some(from) = found.taken.get(&field).filter(|_| untouched && !typed)
                    && body.answers.get(&field) != Some(&answer)
                {
                    body.answers.insert(field.clone(), answer);
                    body.taken.insert(field, from.clone());
                    changed = true;
                }
            }
            if changed {
                match self.save(&mut draft).await {
                    Ok(()) => filled += 1,
                    // She is typing there at this moment: what she types is newer than the sheet.
                    Err(OfficeError::DraftMoved) => {}
                    Err(e) => return Err(e),
                }
            }
        }
        Ok(filled)
    }

    /// Forgets the sheet of an event; drafts that it filled in stay as they are.
    ///
    /// # Errors
    /// The store.
    pub async fn forget_life_sheet(&self, actor: &Actor, event: &str) -> Result<()> {
        Ok(self.store().drop_answer_sheet(actor.account, event).await?)
    }

    /// What a sheet says, by meaning.
    pub(crate) fn learn_sheet(&self, known: &mut Known, sheet: &AnswerSheet) {
        let events = self.catalogue().life_events();
        // An event that is gone from the content has no name to tell by: what it said is not taken over.
        let Some(event) = events.iter().find(|e| e.id == sheet.event) else {
            return;
        };
        for (meaning, value) in &sheet.answers {
            let from = Taken::Sheet {
                event: event.name.clone(),
                on: local(sheet.updated_at).date(),
            };
            known.add(meaning, value.clone(), from);
        }
    }

    /// How far a citizen has come with the services of an event: a draft before a dossier, the latest of each.
    ///
    /// # Errors
    /// The store.
    pub async fn life_progress(&self, actor: &Actor, event: &LifeEvent) -> Result<BTreeMap<ProcedureCode, Progress>> {
        let mut progress = BTreeMap::new();
        if actor.role != Role::Citizen {
            return Ok(progress);
        }
        let is_of = |code: &ProcedureCode| event.steps.iter().any(|s| s.service == *code);
        for draft in self.store().drafts_of(actor.account).await? {
            if is_of(&draft.procedure) {
                progress.entry(draft.procedure).or_insert(Progress::Draft(draft.id));
            }
        }
        for line in self.store().dossiers_of(actor.account, LAST, DOSSIERS).await? {
            let code = ProcedureCode(line.procedure);
            if is_of(&code) {
                progress.entry(code).or_insert(Progress::Filed(line.id, line.status));
            }
        }
        Ok(progress)
    }
}

fn citizen(actor: &Actor) -> Result<()> {
    if actor.role == Role::Citizen {
        Ok(())
    } else {
        Err(Refusal::NotPermitted.into())
    }
}
