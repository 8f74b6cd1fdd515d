//! Sending: the draft becomes a dossier, once, however often the button is pressed.

use crate::Office;
use crate::draft::OpenDraft;
use crate::error::{OfficeError, Result};
use motcua_catalogue::Agency;
use motcua_model::actor::{Actor, Role};
use motcua_model::clock::local;
use motcua_model::consent::ConsentState;
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
        let own = &form.applicant.person_id;
        let said = checked.answers.get(own).and_then(|v| v.as_str()).unwrap_or_default();
        if actor.role == Role::PostClerk && !said.is_empty() && !self.assisted(id).await?.bearer.is(said) {
            problems.push(Problem {
                field: own.clone(),
                reason: Reason::NotTheCard,
            });
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
        let behalf = review.draft.body.on_behalf;
        let campaign = review.draft.body.campaign;
        let mut owner = (actor.role == Role::Citizen).then_some(behalf.as_ref().map_or(actor.account, |b| b.principal));
        let acting = behalf.map_or_else(|| actor.clone(), |b| actor.on_behalf_of(&b.name));
        let (mut consent, mut effects) = (None, vec![Effect::DropDraft(id)]);
        if actor.role == Role::PostClerk {
            let mut assisted = self.assisted(id).await?;
            consent = Some(assisted.stands_for(actor.agency.as_ref())?.clone());
            owner = self.account_of(&assisted).await?;
            let from = assisted.state;
            assisted.state = ConsentState::Used;
            effects.push(Effect::Consent {
                from,
                to: Box::new(assisted),
            });
        }
        let submission = Submission {
            procedure: procedure.code().clone(),
            form_version: procedure.form.version,
            agency: agency.code.clone(),
            channel,
            owner,
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
            consent,
        };
        let events = self.decide(&acting, None, Command::Submit(Box::new(submission)), &procedure)?;
        match self.commit(&acting, id, None, events, effects).await {
            // The same button was pressed twice and the other press was faster.
            Err(OfficeError::Refused(Refusal::Overtaken)) => match self.my_dossier(actor, id).await {
                // The person took her consent back between two clicks.
                Err(_) if self.store().draft(id).await?.is_some() => {
                    self.may_go_on(actor, id).await?;
                    Err(Refusal::Overtaken.into())
                }
                seen => seen,
            },
            Ok(dossier) => {
                if !campaign.is_empty() {
                    self.note_reached(&campaign, motcua_model::campaign::Reached::Submitted);
                }
                Ok(dossier)
            }
            done => done,
        }
    }
}
