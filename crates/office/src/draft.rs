//! Drafts: filled in step by step, saved at each, with papers attached one by one.

use crate::Office;
use crate::error::{OfficeError, PaperProblem, Result};
use motcua_model::actor::{Actor, Role};
use motcua_model::campaign::Reached;
use motcua_model::clock::local;
use motcua_model::dossier::{Paper, Refusal, ReturnWay};
use motcua_model::form::{FileType, PaperRule, Prefill, Prefilled, Problem, Raw, Step, Taken, is_input_of};
use motcua_model::id::{DossierId, FileHash, ProcedureCode};
use motcua_model::permission::{Action, Relation, may};
use motcua_model::procedure::Procedure;
use motcua_store::StoreError;
use motcua_store::draft::{Draft, DraftBody, OnBehalf};
use motcua_store::file::Incoming;
use std::sync::Arc;

/// Largest paper, in bytes.
pub const PAPER_MAX: u64 = 20 * 1024 * 1024;
/// How often a draft is read again when a double click, or a page that saves by itself, saved it at the same moment.
const AGAIN: usize = 3;
/// Most characters of a file's name that are kept.
const NAME_MAX: usize = 120;

/// A draft with its procedure.
#[derive(Debug)]
pub struct OpenDraft {
    /// The draft.
    pub draft: Draft,
    /// Its procedure, in the version that is in force. A draft of an earlier version is carried over when it is opened
    /// and saved as such at the next step; `draft.body.moved` says what changed.
    pub procedure: Arc<Procedure>,
}

/// What saving a step gave.
#[derive(Debug)]
pub struct StepSaved {
    /// What is wrong; what was typed is kept all the same.
    pub problems: Vec<Problem>,
    /// The step that follows, if there is one.
    pub next: Option<String>,
    /// Whether the form has changed and the person has yet to see how.
    pub moved: bool,
    /// When it was saved.
    pub saved_at: jiff::Timestamp,
    /// The service.
    pub procedure: ProcedureCode,
    /// Whether the step was right for the first time.
    pub first: bool,
}

impl Office {
    /// Begins a draft, filled in with what is known of the person, each answer with where it is from; an open draft of
    /// the same procedure is given again. An officer files for somebody who stands there: hers is always new and empty.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for an unknown procedure; [`Refusal::ConsentMissing`] for a postal clerk, who begins with the
    /// person's card ([`Office::begin_assisted`]).
    pub async fn begin_draft(&self, actor: &Actor, code: &ProcedureCode) -> Result<DossierId> {
        self.begin_draft_by(actor, code, "").await
    }

    /// The same for who came by a link of a measure.
    ///
    /// # Errors
    /// As [`Office::begin_draft`].
    pub async fn begin_draft_by(&self, actor: &Actor, code: &ProcedureCode, campaign: &str) -> Result<DossierId> {
        let procedure = self.procedure(code)?;
        if actor.role == Role::PostClerk {
            return Err(Refusal::ConsentMissing.into());
        }
        self.open_to_requests(code)?;
        let mut filled = Prefilled::default();
        if actor.role == Role::Citizen {
            let open = self.store().drafts_of(actor.account).await?;
            if let Some(draft) = open.iter().find(|d| d.procedure == *code && d.body.on_behalf.is_none()) {
                return Ok(draft.id);
            }
            let known = self.known(actor.account).await?;
            let today = local(self.now()).date();
            filled = procedure.form.prefilled(&known, self.catalogue().registers(), today);
        }
        let campaign = match self.campaign_of(campaign, code).await? {
            Some(kept) if actor.role == Role::Citizen => {
                self.note_reached(&kept.code, Reached::Begun);
                kept.code
            }
            _ => String::new(),
        };
        self.create_draft(actor, &procedure, filled, None, campaign).await
    }

    /// Begins a draft with answers that are known already: what the scanner read from an identity card.
    ///
    /// # Errors
    /// As [`Office::begin_draft`].
    pub async fn begin_draft_with(&self, actor: &Actor, code: &ProcedureCode, known: &[(Prefill, String)]) -> Result<DossierId> {
        self.begin_known(actor, code, known, &Taken::Card, None).await
    }

    /// The same, with where the answers are from and for whom it is filled in.
    pub(crate) async fn begin_known(
        &self,
        actor: &Actor,
        code: &ProcedureCode,
        known: &[(Prefill, String)],
        from: &Taken,
        on_behalf: Option<OnBehalf>,
    ) -> Result<DossierId> {
        let procedure = self.procedure(code)?;
        self.open_to_requests(code)?;
        let mut filled = Prefilled::default();
        for field in procedure.form.steps.iter().flat_map(|s| &s.fields) {
            if let Some((_, value)) = known.iter().find(|(p, value)| Some(*p) == field.prefill && !value.is_empty()) {
                filled.answers.insert(field.id.clone(), value.clone().into());
                filled.taken.insert(field.id.clone(), from.clone());
            }
        }
        self.create_draft(actor, &procedure, filled, on_behalf, String::new()).await
    }

    async fn create_draft(
        &self,
        actor: &Actor,
        procedure: &Procedure,
        filled: Prefilled,
        on_behalf: Option<OnBehalf>,
        campaign: String,
    ) -> Result<DossierId> {
        let relation = if actor.role == Role::Citizen {
            Relation::Owner
        } else {
            Relation::FiledHere
        };
        if !may(actor.role, Action::Submit, relation) {
            return Err(Refusal::NotPermitted.into());
        }
        let draft = Draft {
            id: self.new_dossier_id(),
            owner: actor.account,
            procedure: procedure.code().clone(),
            form_version: procedure.form.version,
            body: DraftBody {
                answers: filled.answers,
                typed: filled.typed,
                taken: filled.taken,
                on_behalf,
                campaign,
                ..DraftBody::default()
            },
            version: 1,
            updated_at: self.now(),
        };
        self.store().create_draft(&draft).await?;
        Ok(draft.id)
    }

    /// The actor's drafts, the latest first.
    ///
    /// # Errors
    /// The store.
    pub async fn drafts(&self, actor: &Actor) -> Result<Vec<Draft>> {
        Ok(self.store().drafts_of(actor.account).await?)
    }

    /// A draft of the actor's.
    ///
    /// # Errors
    /// [`Refusal::AlreadySubmitted`] when it became a dossier; [`Refusal::NotFound`] when it is another's; for a postal
    /// clerk, that the person has not agreed, or took it back; [`Refusal::MandateOver`] for who fills it in for another.
    pub async fn open_draft(&self, actor: &Actor, id: DossierId) -> Result<OpenDraft> {
        match self.store().draft(id).await? {
            Some(mut draft) if draft.owner == actor.account => {
                self.may_go_on(actor, id).await?;
                self.mandate_still_holds(&draft).await?;
                let procedure = self.procedure(&draft.procedure)?;
                self.carry(&mut draft, &procedure);
                Ok(OpenDraft { draft, procedure })
            }
            Some(_) => Err(Refusal::NotFound.into()),
            None => {
                self.my_dossier(actor, id).await?;
                Err(Refusal::AlreadySubmitted.into())
            }
        }
    }

    /// Reads and saves one step: one statement. What is wrong is told, what was typed is kept.
    ///
    /// # Errors
    /// [`OfficeError::DraftMoved`] when another window saved meanwhile.
    pub async fn save_step(&self, actor: &Actor, id: DossierId, step: &str, raw: &Raw) -> Result<StepSaved> {
        for _ in 0..AGAIN {
            match self.save_step_once(actor, id, step, raw).await {
                Err(OfficeError::DraftMoved) => {}
                done => return done,
            }
        }
        self.save_step_once(actor, id, step, raw).await
    }

    async fn save_step_once(&self, actor: &Actor, id: DossierId, step: &str, raw: &Raw) -> Result<StepSaved> {
        let OpenDraft { mut draft, procedure } = self.open_draft(actor, id).await?;
        let form = &procedure.form;
        let done_before = draft.body.done.iter().any(|done| done == step);
        let problems = match crate::version::page_version(raw).filter(|v| *v != form.version) {
            Some(version) => self.read_old_page(&mut draft, &procedure, version, step, raw),
            None => {
                let step = form.step(step).ok_or(Refusal::NotFound)?;
                let problems = self.read_into(&mut draft, &procedure, step, raw);
                draft.body.done.retain(|done| *done != step.id);
                if problems.is_empty() {
                    draft.body.done.push(step.id.clone());
                }
                problems
            }
        };
        let next = form.next_step(step, &draft.body.answers).map(|s| s.id.clone());
        self.save(&mut draft).await?;
        Ok(StepSaved {
            first: problems.is_empty() && !done_before,
            procedure: procedure.code().clone(),
            problems,
            next,
            moved: draft.body.moved.is_some(),
            saved_at: draft.updated_at,
        })
    }

    /// Reads the fields of a step into a draft: right answers as answers, the others as they were typed.
    pub(crate) fn read_into(&self, draft: &mut Draft, procedure: &Procedure, step: &Step, raw: &Raw) -> Vec<Problem> {
        let (registers, today) = (self.catalogue().registers(), local(self.now()).date());
        let body = &mut draft.body;
        let reading = procedure.form.read_step(step, raw, &body.answers, registers, today);
        for field in &step.fields {
            body.answers.remove(&field.id);
            body.taken.remove(&field.id);
            body.typed.retain(|name, _| !is_input_of(name, &field.id));
            if reading.problems.iter().any(|p| is_input_of(&p.field, &field.id)) {
                body.typed.extend(raw.typed_of(&field.id));
            }
        }
        body.answers.extend(reading.answers);
        reading.problems
    }

    /// Chooses how the result shall come.
    ///
    /// # Errors
    /// [`Refusal::WayNotOffered`].
    pub async fn choose_return(&self, actor: &Actor, id: DossierId, way: ReturnWay) -> Result<()> {
        for _ in 0..AGAIN {
            match self.choose_return_once(actor, id, way).await {
                Err(OfficeError::DraftMoved) => {}
                done => return done,
            }
        }
        self.choose_return_once(actor, id, way).await
    }

    async fn choose_return_once(&self, actor: &Actor, id: DossierId, way: ReturnWay) -> Result<()> {
        let OpenDraft { mut draft, procedure } = self.open_draft(actor, id).await?;
        if !procedure.sheet.ways.contains(&way) {
            return Err(Refusal::WayNotOffered.into());
        }
        if draft.body.return_way == Some(way) {
            return Ok(());
        }
        draft.body.return_way = Some(way);
        self.save(&mut draft).await
    }

    /// Throws a draft away.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn discard_draft(&self, actor: &Actor, id: DossierId) -> Result<()> {
        if self.store().delete_draft(id, actor.account).await? {
            self.store().forget_unanswered(id).await?;
            Ok(())
        } else {
            Err(Refusal::NotFound.into())
        }
    }

    /// Begins to receive a file; nothing is kept of it before it is attached.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub async fn begin_upload(&self) -> Result<Incoming> {
        Ok(self.store().files().begin().await?)
    }

    /// Attaches a received file to a draft.
    ///
    /// # Errors
    /// [`PaperProblem`], decided by the content and not by the name.
    pub async fn attach(&self, actor: &Actor, id: DossierId, kind: &str, name: &str, file: Incoming) -> Result<Paper> {
        let OpenDraft { draft, procedure } = self.open_draft(actor, id).await?;
        let rule = procedure.form.paper(kind).ok_or(PaperProblem::Unknown)?;
        let rule = rule.clone();
        let paper = self.keep_paper(&rule, name, file).await?;
        self.add_paper(actor, draft, &rule, paper).await
    }

    /// Adds a paper to a draft, once.
    pub(crate) async fn add_paper(&self, actor: &Actor, mut draft: Draft, rule: &PaperRule, paper: Paper) -> Result<Paper> {
        let id = draft.id;
        let same = |p: &Paper| p.kind == paper.kind && p.hash == paper.hash;
        if !draft.body.papers.iter().any(same) {
            if draft.body.papers.iter().filter(|p| p.kind == rule.id).count() >= rule.max {
                return Err(PaperProblem::TooMany { max: rule.max }.into());
            }
            draft.body.papers.push(paper.clone());
            // Files sent side by side save the same draft: the later one takes the newer state and adds itself again.
            for _ in 0..5 {
                match self.save(&mut draft).await {
                    Err(OfficeError::DraftMoved) => {
                        draft = self.open_draft(actor, id).await?.draft;
                        if !draft.body.papers.iter().any(same) {
                            draft.body.papers.push(paper.clone());
                        }
                    }
                    done => return done.map(|()| paper),
                }
            }
            return Err(OfficeError::DraftMoved);
        }
        Ok(paper)
    }

    /// Takes a file off a draft.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn detach(&self, actor: &Actor, id: DossierId, kind: &str, hash: FileHash) -> Result<()> {
        let mut draft = self.open_draft(actor, id).await?.draft;
        let before = draft.body.papers.len();
        draft.body.papers.retain(|p| p.kind != kind || p.hash != hash);
        if draft.body.papers.len() == before {
            return Err(Refusal::NotFound.into());
        }
        self.save(&mut draft).await
    }

    /// Checks a received file and puts it in its place.
    pub(crate) async fn keep_paper(&self, rule: &PaperRule, name: &str, mut file: Incoming) -> Result<Paper> {
        let size = file.size();
        let own = rule.max_mb.unwrap_or(u64::MAX).saturating_mul(1024 * 1024);
        let max = PAPER_MAX.min(own);
        let problem = if size == 0 {
            Some(PaperProblem::Empty)
        } else if size > max {
            Some(PaperProblem::TooLarge {
                max_mb: max / 1024 / 1024,
            })
        } else {
            None
        };
        let mut content = Vec::new();
        let found = match problem {
            None => {
                content = file.bytes().await?;
                crate::paper::media_type(&content)
            }
            Some(problem) => Err(problem),
        };
        let found = found.and_then(|media_type| {
            let taken = rule.takes(media_type).then_some(media_type);
            taken.ok_or_else(|| PaperProblem::NotThisType {
                types: rule
                    .file_types()
                    .iter()
                    .map(|t: &FileType| t.name())
                    .collect::<Vec<_>>()
                    .join(", "),
            })
        });
        match found {
            Ok(media_type) => {
                let (hash, size) = file.keep().await?;
                let name: String = motcua_model::text::clean_text(name, 1_000).unwrap_or_default();
                let name: String = name
                    .chars()
                    .filter(|c| !matches!(c, '/' | '\\' | '\n'))
                    .take(NAME_MAX)
                    .collect();
                Ok(Paper {
                    kind: rule.id.clone(),
                    name,
                    hash,
                    size,
                    media_type: media_type.to_owned(),
                    signatures: if media_type == "application/pdf" {
                        let found = self.signatures_in(Arc::new(content)).await?;
                        found.into_iter().map(|(s, _)| s).collect()
                    } else {
                        Vec::new()
                    },
                    compared: None,
                    reused: None,
                })
            }
            Err(problem) => {
                file.discard().await?;
                Err(problem.into())
            }
        }
    }

    pub(crate) async fn save(&self, draft: &mut Draft) -> Result<()> {
        draft.updated_at = self.now();
        match self.store().save_draft(draft).await {
            Ok(()) => {
                draft.version += 1;
                Ok(())
            }
            Err(StoreError::Conflict) => Err(OfficeError::DraftMoved),
            Err(e) => Err(e.into()),
        }
    }
}
