//! Answering a request to supplement, and taking a dossier back.

use crate::Office;
use crate::error::{OfficeError, Result};
use motcua_model::actor::Actor;
use motcua_model::clock::local;
use motcua_model::dossier::{Command, Dossier, Paper, Refusal};
use motcua_model::form::{Answers, Raw};
use motcua_model::id::DossierId;
use motcua_model::permission::Action;
use motcua_store::file::Incoming;

impl Office {
    /// Answers a request to supplement: only the fields and papers that were asked for are read.
    ///
    /// # Errors
    /// [`OfficeError::Problems`] when a field is wrong; a refusal when something asked for is left out.
    pub async fn answer_supplement(
        &self,
        actor: &Actor,
        id: DossierId,
        raw: &Raw,
        files: Vec<(String, String, Incoming)>,
    ) -> Result<Dossier> {
        let dossier = self.load(actor, id, Action::Supplement).await?.dossier;
        let procedure = self.procedure(&dossier.procedure)?;
        let asked: Vec<&str> = dossier
            .open_supplement()
            .map_or(Vec::new(), |s| s.lacks.iter().map(|l| l.about.as_str()).collect());
        let (today, registers) = (local(self.now()).date(), self.catalogue().registers());
        let (mut answers, mut problems) = (Answers::new(), Vec::new());
        // Asked about the form as it was filed, whatever was published since.
        let form = procedure.form_at(dossier.form_version);
        for step in &form.steps {
            let mut step = step.clone();
            step.fields.retain(|f| asked.contains(&f.id.as_str()));
            let mut reading = form.read_step(&step, raw, &dossier.answers, registers, today);
            answers.append(&mut reading.answers);
            problems.append(&mut reading.problems);
        }
        if !problems.is_empty() {
            return Err(OfficeError::Problems(problems));
        }
        // A field or paper that was not asked for is refused whole: nothing of it is read in silence.
        let of_form = |name: &str| form.field(name).is_some() || form.paper(name).is_some();
        let typed = raw.0.keys().map(|name| name.split('.').next().unwrap_or(name).to_owned());
        let mut sent: Vec<String> = typed.filter(|name| of_form(name)).collect();
        sent.extend(files.iter().map(|(kind, ..)| kind.clone()));
        if let Some(about) = sent.into_iter().find(|name| !asked.contains(&name.as_str())) {
            for (_, _, file) in files {
                file.discard().await?;
            }
            return Err(Refusal::NotAsked { about }.into());
        }
        let mut papers: Vec<Paper> = Vec::new();
        for (kind, name, file) in files {
            match form.paper(&kind) {
                Some(rule) => papers.push(self.keep_paper(rule, &name, file).await?),
                None => file.discard().await?,
            }
        }
        self.act(actor, id, None, Command::Supplement { answers, papers }).await
    }

    /// Takes a dossier back before it is accepted.
    ///
    /// # Errors
    /// A refusal with its reason.
    pub async fn withdraw(&self, actor: &Actor, id: DossierId, reason: String) -> Result<Dossier> {
        self.act(actor, id, None, Command::Withdraw { reason }).await
    }
}
