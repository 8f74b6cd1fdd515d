//! How a dossier ends: the result in somebody's hands, or annulled.

use super::decide::{Context, needed, only, short};
use super::decide_money::give_back_all;
use super::event::Event;
use super::filing::ReturnWay;
use super::money::RefundReason;
use super::refusal::Refusal;
use super::state::{Dossier, Status, TakenProof};

/// Fewest and most digits of an identity number that are noted of who takes a result.
const ID_DIGITS: std::ops::RangeInclusive<usize> = 4..=12;

/// The result is given to the person, with who took it.
pub(super) fn give_back(
    d: &Dossier,
    way: ReturnWay,
    taken_by: String,
    proof: Option<TakenProof>,
    cx: &Context<'_>,
) -> Result<Vec<Event>, Refusal> {
    only(d, d.status == Status::Approved)?;
    if d.awaits_signature().is_some() {
        return Err(Refusal::SignaturePending);
    }
    if d.fee_due() > 0 {
        return Err(Refusal::FeeUnpaid { due: d.fee_due() });
    }
    // What is with the post is not at the counter.
    if d.delivery().is_some() {
        return Err(Refusal::ParcelUnderWay);
    }
    if !cx.rules.ways.contains(&way) {
        return Err(Refusal::WayNotOffered);
    }
    let taken_by = short(taken_by)?;
    if way != ReturnWay::Online && taken_by.is_empty() {
        return Err(Refusal::TakerMissing);
    }
    let proof = proof.filter(|_| way != ReturnWay::Online).map(whole).transpose()?.flatten();
    Ok(vec![Event::ResultReturned { way, taken_by, proof }])
}

/// A proof as it is kept; none where nothing of it was noted.
fn whole(proof: TakenProof) -> Result<Option<TakenProof>, Refusal> {
    let id_digits: String = proof.id_digits.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
    let digits = id_digits.bytes().all(|b| b.is_ascii_digit());
    if !id_digits.is_empty() && (!digits || !ID_DIGITS.contains(&id_digits.len())) {
        return Err(Refusal::TakerDigits);
    }
    let proof = TakenProof {
        id_digits,
        signature: proof.signature,
        paper_number: short(proof.paper_number)?,
    };
    Ok((proof != TakenProof::default()).then_some(proof))
}

/// Annuls a dossier that should never have been there: filed twice, filed by mistake. Nothing of it is removed; what was
/// paid goes back. A result that somebody holds is not annulled with its dossier.
pub(super) fn annul(d: &Dossier, reason: String) -> Result<Vec<Event>, Refusal> {
    only(d, !matches!(d.status, Status::Returned | Status::Annulled))?;
    let annulled = Event::Annulled { reason: needed(reason)? };
    Ok([vec![annulled], give_back_all(d, RefundReason::Annulled)].concat())
}
