//! Joint procedures (liên thông): what a step asks of other agencies, answered by their officers from a queue of their own.
//! The dossier stays one, with one code and one clock, and is counted where it is settled.

use crate::Office;
use crate::desk::{Inbox, officer_agency};
use crate::error::{OfficeError, Result};
use motcua_model::actor::Actor;
use motcua_model::dossier::{Answer, Command, Dossier, Event, Partner, Refusal, Rules};
use motcua_model::form::{Answers, PaperRule, Raw};
use motcua_model::id::DossierId;
use motcua_model::permission::{Action, Relation};
use motcua_model::procedure::Procedure;
use motcua_store::NewJob;
use motcua_store::file::Incoming;
use serde::Deserialize;

/// The job that notes silence when an answer's time is up.
pub(crate) const SILENCE: &str = "silence";
/// Lines on a page of the queue.
const PAGE: u32 = 50;

/// What the job needs to know.
#[derive(Deserialize)]
struct SilenceBody {
    dossier: DossierId,
    ask: String,
}

/// An answer as it was typed.
#[derive(Debug, Default)]
pub struct TypedAnswer {
    /// Which of the procedure's opinions.
    pub ask: String,
    /// Whether there is nothing against it.
    pub agrees: bool,
    /// In words.
    pub text: String,
    /// The fields of the answer's form, by their names.
    pub raw: Raw,
    /// The paper that comes with it, and its name.
    pub paper: Option<(String, Incoming)>,
}

impl Office {
    /// What a procedure rules about a dossier with these answers: the agencies that its steps ask are named, as the
    /// organisation is now.
    pub(crate) fn rules(&self, procedure: &Procedure, answers: &Answers) -> Rules {
        let mut rules = procedure.rules();
        let catalogue = self.catalogue();
        let organisation = catalogue.organisation();
        rules.name_partners(|partner| {
            let agency = match partner {
                Partner::Own => None,
                Partner::Agency(code) => organisation.heirs(code).first().copied(),
                Partner::Kind(kind) => organisation.seat_for(*kind, procedure, answers),
            };
            agency.map(|a| a.code.clone())
        });
        rules
    }

    /// What the officer's agency and role were asked and have not answered, the most urgent first, as an inbox.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no officer.
    pub async fn inbox_asked(&self, actor: &Actor, after: Option<(i64, DossierId)>) -> Result<Inbox> {
        let agency = officer_agency(actor)?;
        let mut asked = self.store().opinions_asked(agency, actor.role, after, PAGE + 1).await?;
        let more = asked.len() > PAGE as usize;
        asked.truncate(PAGE as usize);
        let next = asked.last().filter(|_| more).map(motcua_store::opinion::OpinionLine::place);
        let mut lines: Vec<_> = asked.into_iter().map(|o| o.dossier).collect();
        // A dossier about which she was asked twice is one line.
        lines.dedup_by_key(|l| l.id);
        self.with_counts(actor, lines, next).await
    }

    /// Answers what the officer's agency and role were asked about a dossier.
    ///
    /// # Errors
    /// A refusal with its reason; [`OfficeError::Problems`] at the fields that are wrong; [`crate::error::PaperProblem`].
    pub async fn give_opinion(&self, actor: &Actor, id: DossierId, seen: u64, typed: TypedAnswer) -> Result<Dossier> {
        let TypedAnswer {
            ask,
            agrees,
            text,
            raw,
            paper,
        } = typed;
        let (loaded, acting) = self.load_for(actor, id, Action::GiveOpinion).await?;
        let d = loaded.dossier;
        let procedure = self.procedure(&d.procedure)?;
        // Asked again by `decide`; here so that nothing of a stranger's goes to disk.
        let ours = d.open_opinions().any(|o| o.asked.id == ask && o.is_of(&acting));
        let rule = procedure.ask(&ask).filter(|_| ours);
        let mut filled = Answers::new();
        if let Some(form) = rule.and_then(motcua_model::procedure::Ask::form) {
            let today = motcua_model::clock::local(self.now()).date();
            let registers = self.catalogue().registers();
            let reading = procedure.form.read_step(&form, &raw, &d.known(), registers, today);
            if !reading.problems.is_empty() {
                discard(paper).await?;
                return Err(OfficeError::Problems(reading.problems));
            }
            filled = reading.answers;
        }
        let paper = match (paper, rule) {
            (Some((name, file)), Some(rule)) => Some(self.keep_paper(&paper_rule(rule), &name, file).await?),
            (paper, _) => {
                discard(paper).await?;
                None
            }
        };
        let answer = Answer {
            agrees,
            text,
            filled,
            paper,
        };
        self.act(actor, id, Some(seen), Command::GiveOpinion { ask, answer }).await
    }

    /// The head of the agency that settles the dossier goes on without an answer that is late.
    ///
    /// # Errors
    /// A refusal with its reason; [`Refusal::NotLate`].
    pub async fn go_on_without(&self, actor: &Actor, id: DossierId, seen: u64, ask: String, reason: String) -> Result<Dossier> {
        self.act(actor, id, Some(seen), Command::NoteSilence { ask, reason }).await
    }

    /// Whether the officer only answers about the dossier: another agency settles it.
    #[must_use]
    pub fn only_asked(&self, actor: &Actor, d: &Dossier) -> bool {
        self.relation(actor, d) == Relation::Asked
    }

    /// The jobs that follow from opinions that were asked for, where silence agrees.
    pub(crate) fn silence_jobs<'a>(&'a self, id: DossierId, events: &'a [Event]) -> impl Iterator<Item = NewJob> + 'a {
        let asked = events.iter().flat_map(|event| match event {
            Event::OpinionsAsked { asked, .. } => &asked[..],
            _ => &[],
        });
        asked
            .filter(|a| a.silence == motcua_model::dossier::Silence::Agrees)
            .map(move |a| self.silence_job(id, &a.id, a.due))
    }

    fn silence_job(&self, id: DossierId, ask: &str, due: jiff::Timestamp) -> NewJob {
        NewJob {
            id: self.new_job_id(),
            kind: SILENCE,
            body: serde_json::json!({ "dossier": id, "ask": ask }).to_string(),
            // In its last second an answer is in time.
            run_at: due + jiff::SignedDuration::from_secs(1),
        }
    }

    /// Notes that nothing was said in time; where the time was moved meanwhile, it is looked at again then.
    pub(crate) async fn note_silence(&self, body: &str) -> Result<()> {
        let body: SilenceBody = serde_json::from_str(body).map_err(|e| OfficeError::Internal(format!("body: {e}")))?;
        let Some(loaded) = self.store().dossier(body.dossier).await? else {
            return Ok(());
        };
        let Some(opinion) = loaded.dossier.awaited_opinions().find(|o| o.asked.id == body.ask) else {
            return Ok(());
        };
        if self.now() <= opinion.asked.due {
            let later = self.silence_job(body.dossier, &body.ask, opinion.asked.due);
            return Ok(self.store().enqueue(&later).await?);
        }
        let command = Command::NoteSilence {
            ask: body.ask,
            reason: String::new(),
        };
        match self.act(&Actor::system(), body.dossier, None, command).await {
            // Its service left the catalogue: who settles it decides.
            Ok(_) | Err(OfficeError::Refused(Refusal::NotFound | Refusal::NotLate)) => Ok(()),
            Err(e) => Err(e),
        }
    }
}

/// What may come with an answer: any paper, once.
fn paper_rule(ask: &motcua_model::procedure::Ask) -> PaperRule {
    PaperRule {
        id: ask.id.clone(),
        label: ask.name.clone(),
        hint: None,
        required: ask.paper,
        required_when: None,
        when: None,
        max: 1,
        types: Vec::new(),
        max_mb: None,
        was: Vec::new(),
    }
}

async fn discard(paper: Option<(String, Incoming)>) -> Result<()> {
    match paper {
        Some((_, file)) => Ok(file.discard().await?),
        None => Ok(()),
    }
}
