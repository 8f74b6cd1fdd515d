//! Sending: the draft becomes a dossier, once, however often the button is pressed.

use crate::Office;
use crate::draft::OpenDraft;
use crate::error::{OfficeError, Result};
use motcua_catalogue::Agency;
use motcua_model::actor::{Actor, Role};
use motcua_model::clock::local;
use motcua_model::dossier::{Channel, Command, Dossier, Refusal, Submission};
use motcua_model::form::{Fee, Problem, Reason, is_input_of};
use motcua_model::id::DossierId;
use motcua_model::permission::{Action, Relation, may};
use motcua_model::procedure::Procedure;
use motcua_store::Effect;
use motcua_store::draft::Draft;
use std::sync::Arc;

/// What the review page shows.
#[derive(Debug)]
pub struct Review {
    /// The draft.
    pub draft: Draft,
    /// Its procedure.
    pub procedure: Arc<Procedure>,
    /// What is to be paid.
    pub fee: Fee,
    /// What is still wrong or missing; papers by `paper.ID`.
    pub problems: Vec<Problem>,
    /// The agency that will settle it, once the address says.
    pub agency: Option<Arc<Agency>>,
}

impl Office {
    /// Reads the whole draft once more.
    ///
    /// # Errors
    /// As [`Office::open_draft`].
    pub async fn review(&self, actor: &Actor, id: DossierId) -> Result<Review> {
        let OpenDraft { mut draft, procedure } = self.open_draft(actor, id).await?;
        let form = &procedure.form;
        let checked = form.check(&draft.body.answers, self.catalogue().registers(), local(self.now()).date());
        let mut problems = checked.problems;
        // What was typed wrong was not taken as an answer; it must not vanish silently.
        for step in form.visible_steps(&checked.answers) {
            let wrong = step
                .fields
                .iter()
                .find(|f| draft.body.typed.keys().any(|t| is_input_of(t, &f.id)));
            if let Some(field) = wrong
                && !problems.iter().any(|p| p.field.starts_with(&field.id))
            {
                problems.push(Problem {
                    field: field.id.clone(),
                    reason: Reason::Unreadable,
                });
            }
        }
        for rule in form.visible_papers(&checked.answers) {
            if rule.is_required(&checked.answers) && !draft.body.papers.iter().any(|p| p.kind == rule.id) {
                problems.push(Problem {
                    field: format!("paper.{}", rule.id),
                    reason: Reason::PaperRequired,
                });
            }
        }
        draft
            .body
            .papers
            .retain(|p| form.visible_papers(&checked.answers).any(|rule| rule.id == p.kind));
        draft.body.answers = checked.answers;
        let has = |paper: &str| draft.body.papers.iter().any(|p| p.kind == paper);
        let fee = procedure.sheet.fee.fee(&draft.body.answers, has);
        let agency = self.catalogue().agency_for(&procedure, &draft.body.answers).cloned();
        Ok(Review {
            draft,
            procedure,
            fee,
            problems,
            agency,
        })
    }

    /// Sends a draft. Sent twice, it answers the same dossier.
    ///
    /// # Errors
    /// [`OfficeError::Problems`] when something is wrong or missing; [`OfficeError::FormChanged`] while the person has not
    /// seen what a new version of the form changed.
    pub async fn submit(&self, actor: &Actor, id: DossierId, declared: bool) -> Result<Dossier> {
        let review = match self.review(actor, id).await {
            Err(OfficeError::Refused(Refusal::AlreadySubmitted)) => return self.my_dossier(actor, id).await,
            review => review?,
        };
        self.open_to_requests(review.procedure.code())?;
        if review.draft.body.moved.is_some() {
            return Err(OfficeError::FormChanged);
        }
        let mut problems = review.problems;
        if !declared {
            problems.push(Problem {
                field: "declared".to_owned(),
                reason: Reason::Required,
            });
        }
        let procedure = review.procedure;
        let way = review.draft.body.return_way.or(match procedure.sheet.ways[..] {
            [only] => Some(only),
            _ => None,
        });
        if way.is_none() {
            problems.push(Problem {
                field: "return_way".to_owned(),
                reason: Reason::Required,
            });
        }
        let (Some(way), Some(agency), true) = (way, review.agency, problems.is_empty()) else {
            return Err(OfficeError::Problems(problems));
        };
        let channel = match actor.role {
            Role::PostClerk => Channel::Post,
            Role::Citizen => Channel::Online,
            _ => Channel::Counter,
        };
        let relation = if actor.role == Role::Citizen {
            Relation::Owner
        } else {
            Relation::FiledHere
        };
        if !may(actor.role, Action::Submit, relation) {
            return Err(Refusal::NotPermitted.into());
        }
        let answers = review.draft.body.answers;
        let submission = Submission {
            procedure: procedure.code().clone(),
            form_version: procedure.form.version,
            agency: agency.code.clone(),
            channel,
            owner: (actor.role == Role::Citizen).then_some(actor.account),
            filed_at_office: if actor.role == Role::Citizen {
                None
            } else {
                actor.agency.clone()
            },
            applicant: procedure.form.applicant(&answers, self.catalogue().registers()),
            answers,
            papers: review.draft.body.papers,
            return_way: way,
            fee: review.fee.total,
            fee_shares: review.fee.shares,
        };
        let events = self.decide(actor, None, Command::Submit(Box::new(submission)), &procedure)?;
        match self.commit(actor, id, None, events, vec![Effect::DropDraft(id)]).await {
            // The same button was pressed twice and the other press was faster.
            Err(OfficeError::Refused(Refusal::Overtaken)) => self.my_dossier(actor, id).await,
            done => done,
        }
    }
}
