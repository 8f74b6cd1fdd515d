//! The citizen's own store of papers (kho): results that she was given and papers that an officer compared with the
//! original, to be used in the next form by nobody but herself (Decree 61/2018: what the state has is asked for no more).

use crate::Office;
use crate::draft::OpenDraft;
use crate::error::{OfficeError, PaperProblem, Result};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use motcua_catalogue::KeptKind;
use motcua_model::actor::{Actor, Role};
use motcua_model::clock::local;
use motcua_model::dossier::{Command, Compared, Dossier, Paper, Refusal, Reused, Signature};
use motcua_model::form::PaperRule;
use motcua_model::id::{DossierCode, DossierId, FileHash, ProcedureCode};
use motcua_model::procedure::Text;
use motcua_store::intake::Month;
use motcua_store::kept_paper::KeptRow;
pub use motcua_store::kept_paper::PaperUse;
use std::collections::BTreeMap;

/// A paper that somebody keeps.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The dossier that it is from.
    pub dossier: DossierId,
    /// Its code.
    pub code: DossierCode,
    /// Its procedure.
    pub procedure: ProcedureCode,
    /// The paper of the dossier that was compared; none for its result.
    pub paper: Option<FileHash>,
    /// Which paper of the form it was; empty for a result.
    pub asked_as: String,
    /// What it is called.
    pub label: Text,
    /// Name of its file.
    pub name: String,
    /// The file.
    pub file: FileHash,
    /// Size in bytes.
    pub size: u64,
    /// Media type.
    pub media_type: String,
    /// When it was issued or compared.
    pub since: Timestamp,
    /// Who compared it; none for a result.
    pub compared: Option<Compared>,
    /// The digital signatures in it.
    pub signatures: Vec<Signature>,
    /// Last day on which it serves again; none without end.
    pub until: Option<Date>,
}

impl Kept {
    /// Whether it serves no more.
    #[must_use]
    pub fn expired(&self, today: Date) -> bool {
        self.until.is_some_and(|until| today > until)
    }
}

/// The last day of a validity of months.
fn until(since: Timestamp, months: Option<u32>) -> Option<Date> {
    local(since).date().checked_add(i64::from(months?).months()).ok()
}

impl Office {
    /// What the person keeps, the latest first.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for anybody but a citizen.
    pub async fn kept(&self, actor: &Actor) -> Result<Vec<Kept>> {
        if actor.role != Role::Citizen {
            return Err(Refusal::NotPermitted.into());
        }
        let rows = self.store().kept_papers(actor.account).await?;
        Ok(rows.into_iter().filter_map(|row| self.kept_of(row)).collect())
    }

    /// What serves as the papers that a draft asks for, by the form's names of the papers.
    ///
    /// # Errors
    /// The store.
    pub async fn reusable(&self, actor: &Actor, open: &OpenDraft) -> Result<BTreeMap<String, Vec<Kept>>> {
        let mut found: BTreeMap<String, Vec<Kept>> = BTreeMap::new();
        if actor.role != Role::Citizen {
            return Ok(found);
        }
        let kept = self.kept(actor).await?;
        let today = local(self.now()).date();
        let body = &open.draft.body;
        for rule in open.procedure.form.visible_papers(&body.answers) {
            let have = |k: &Kept| body.papers.iter().any(|p| p.kind == rule.id && p.hash == k.file);
            let fits = |k: &&Kept| !have(k) && rule.takes(&k.media_type);
            let serve = kept
                .iter()
                .filter(fits)
                .filter_map(|k| self.serving(k, open.procedure.code(), rule));
            let serve: Vec<Kept> = serve.filter(|k| !k.expired(today)).collect();
            if !serve.is_empty() {
                found.insert(rule.id.clone(), serve);
            }
        }
        Ok(found)
    }

    /// Attaches what the person keeps to her draft.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for what is somebody else's, as for what does not exist; [`PaperProblem`] for what does not
    /// serve as this paper.
    pub async fn reuse(
        &self,
        actor: &Actor,
        id: DossierId,
        kind: &str,
        from: DossierId,
        paper: Option<FileHash>,
    ) -> Result<Paper> {
        let open = self.open_draft(actor, id).await?;
        if actor.role != Role::Citizen {
            return Err(Refusal::NotPermitted.into());
        }
        let rule = open.procedure.form.paper(kind).ok_or(PaperProblem::Unknown)?.clone();
        let Some(row) = self.store().kept_paper(actor.account, from, paper).await? else {
            tracing::warn!(account = %actor.account, dossier = %from, "asked to use a paper that is not hers");
            return Err(Refusal::NotFound.into());
        };
        let kept = self.kept_of(row).ok_or(PaperProblem::NotReusable)?;
        let serves = self.serving(&kept, open.procedure.code(), &rule);
        let kept = serves
            .filter(|k| !k.expired(local(self.now()).date()))
            .ok_or(PaperProblem::NotReusable)?;
        if !rule.takes(&kept.media_type) {
            return Err(PaperProblem::NotReusable.into());
        }
        let attached = Paper {
            kind: rule.id.clone(),
            name: kept.name,
            hash: kept.file,
            size: kept.size,
            media_type: kept.media_type,
            signatures: kept.signatures,
            compared: kept.compared,
            reused: Some(Reused {
                dossier: kept.dossier,
                code: kept.code,
                result: kept.paper.is_none(),
            }),
        };
        self.add_paper(actor, open.draft, &rule, attached).await
    }

    /// Notes that a paper was compared with its original.
    ///
    /// # Errors
    /// A refusal with its reason.
    pub async fn compare_paper(&self, actor: &Actor, id: DossierId, seen: u64, paper: FileHash) -> Result<Dossier> {
        self.act(actor, id, Some(seen), Command::ComparePaper { paper }).await
    }

    /// Papers of new dossiers by agency, and how many of them were used again; months as `YYYYMM`, both included.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who sees no figures.
    pub async fn reused_papers(&self, actor: &Actor, from: Month, to: Month) -> Result<Vec<PaperUse>> {
        let mut rows = self.store().paper_use(from, to).await?;
        match actor.role {
            Role::Monitor => {}
            // A leader sees her own agency.
            Role::Leader => rows.retain(|r| actor.agency.as_ref().is_some_and(|a| a.as_str() == r.agency)),
            _ => return Err(OfficeError::Refused(Refusal::NotPermitted)),
        }
        Ok(rows)
    }

    /// A row as it stands now; none for what may not be used: a result that was taken back or is not signed yet.
    fn kept_of(&self, row: KeptRow) -> Option<Kept> {
        let KeptRow { paper, dossier: d } = row;
        let procedure = self.catalogue().procedure(&d.procedure)?;
        match paper {
            None => {
                let r = d.result.filter(|r| r.revoked.is_none() && !r.awaits_signature())?;
                d.returned.as_ref()?;
                let kind = self
                    .catalogue()
                    .kept_kinds()
                    .iter()
                    .find(|k| k.issued_by.contains(&d.procedure));
                let label = procedure.sheet.result.clone();
                Some(Kept {
                    dossier: d.id,
                    procedure: d.procedure,
                    paper: None,
                    asked_as: String::new(),
                    name: format!("{} {}.pdf", label.vi, d.code),
                    code: d.code,
                    label,
                    file: r.hash,
                    size: r.size,
                    media_type: "application/pdf".to_owned(),
                    since: r.at,
                    compared: None,
                    signatures: r.signatures,
                    until: until(r.at, kind.and_then(|k| k.months)),
                })
            }
            Some(hash) => {
                let p = d.papers.into_iter().find(|p| p.hash == hash)?;
                let compared = p.compared?;
                let rule = procedure.form_at(d.form_version).paper(&p.kind);
                let kinds = self.catalogue().kept_kinds();
                let kind = kinds.iter().find(|k| k.serves(&d.procedure, &p.kind));
                Some(Kept {
                    dossier: d.id,
                    code: d.code,
                    label: rule.map_or_else(|| kind.map(|k| k.name.clone()), |r| Some(r.label.clone()))?,
                    procedure: d.procedure,
                    paper: Some(hash),
                    asked_as: p.kind,
                    name: p.name,
                    file: hash,
                    size: p.size,
                    media_type: p.media_type,
                    since: compared.at,
                    until: until(compared.at, kind.and_then(|k| k.months)),
                    compared: Some(compared),
                    signatures: p.signatures,
                })
            }
        }
    }

    /// The paper as it serves here, with the last day on which it does; none when it serves not.
    fn serving(&self, kept: &Kept, procedure: &ProcedureCode, rule: &PaperRule) -> Option<Kept> {
        let is = |k: &&KeptKind| match kept.paper {
            None => k.issued_by.contains(&kept.procedure),
            Some(_) => k.serves(&kept.procedure, &kept.asked_as),
        };
        let mut kinds = self.catalogue().kept_kinds().iter().filter(is);
        let kind = kinds.find(|k| k.serves(procedure, &rule.id));
        // The very paper of the same form needs no kind.
        let same = kept.paper.is_some() && kept.procedure == *procedure && kept.asked_as == rule.id;
        match kind {
            Some(k) => Some(Kept {
                until: until(kept.since, k.months),
                ..kept.clone()
            }),
            None => same.then(|| kept.clone()),
        }
    }
}
