//! Results that are taken at the counter, with what proves who took them; and dossiers that are annulled.

use crate::Office;
use crate::error::{OfficeError, Result};
use motcua_model::actor::Actor;
use motcua_model::dossier::{Command, Dossier, Refusal, ReturnWay, TakenProof};
use motcua_model::form::{FileType, PaperRule};
use motcua_model::id::DossierId;
use motcua_model::permission::{Action, Relation};
use motcua_model::procedure::Text;
use motcua_store::file::Incoming;

/// Largest picture of a signature, in MB.
const SIGNATURE_MB: u64 = 1;

/// What proves who takes a result, as it was typed.
#[derive(Debug, Default)]
pub struct TypedProof {
    /// Last digits of the identity card, or all of them.
    pub id_digits: String,
    /// Number of the paper that was signed.
    pub paper_number: String,
    /// Picture of the signature.
    pub signature: Option<Incoming>,
}

impl Office {
    /// Gives the result to the person, with what proves who took it.
    ///
    /// # Errors
    /// A refusal with its reason; [`crate::error::PaperProblem`] for a picture that is none.
    pub async fn return_with_proof(
        &self,
        actor: &Actor,
        id: DossierId,
        seen: u64,
        (way, taken_by): (ReturnWay, String),
        typed: TypedProof,
    ) -> Result<Dossier> {
        // Before anything is kept.
        if let Err(e) = self.load_for(actor, id, Action::Return).await {
            if let Some(file) = typed.signature {
                file.discard().await?;
            }
            return Err(e);
        }
        let signature = match typed.signature {
            Some(file) => Some(self.keep_paper(&signature_rule(), "chu-ky", file).await?.hash),
            None => None,
        };
        let proof = Some(TakenProof {
            id_digits: typed.id_digits,
            signature,
            paper_number: typed.paper_number,
        });
        self.act(actor, id, Some(seen), Command::Return { way, taken_by, proof })
            .await
    }

    /// The picture of the signature with which a result was taken: its media type and its bytes.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] where there is none, and for who is neither the person nor an officer of the agency.
    pub async fn taken_signature(&self, actor: &Actor, id: DossierId) -> Result<(String, Vec<u8>)> {
        let d = self.load(actor, id, Action::View).await?.dossier;
        if !matches!(Relation::of(actor, &d), Relation::Owner | Relation::SameAgency) {
            return Err(Refusal::NotFound.into());
        }
        let proof = d.returned.and_then(|r| r.proof).and_then(|p| p.signature);
        let bytes = self.store().files().read(proof.ok_or(Refusal::NotFound)?).await?;
        let kind = crate::paper::media_type(&bytes).map_err(OfficeError::from)?;
        Ok((kind.to_owned(), bytes))
    }

    /// Annuls a dossier that should never have been there. Nothing of it is removed, nothing of it is counted.
    ///
    /// # Errors
    /// A refusal with its reason.
    pub async fn annul(&self, actor: &Actor, id: DossierId, seen: u64, reason: String) -> Result<Dossier> {
        self.act(actor, id, Some(seen), Command::Annul { reason }).await
    }
}

fn signature_rule() -> PaperRule {
    PaperRule {
        id: "chu-ky".to_owned(),
        label: Text::default(),
        hint: None,
        required: false,
        required_when: None,
        when: None,
        max: 1,
        types: vec![FileType::Png, FileType::Jpeg],
        max_mb: Some(SIGNATURE_MB),
        was: Vec::new(),
    }
}
