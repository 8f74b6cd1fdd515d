//! Parcels as people see them: the person on her page, who tracks with a code, the officer at the desk.

use crate::view;
use motcua_model::dossier::{Dossier, Parcel, ParcelKind, ParcelState, PostNotice, Refusal};
use motcua_model::post::Payer;
use motcua_office::post::{ParcelPlace, PostProblem, Quote};
use motcua_words::Words;

/// A station of a parcel.
pub struct StationLine {
    /// What.
    pub what: &'static str,
    /// When, by the post's clock.
    pub when: String,
    /// Where, and why a try failed.
    pub note: String,
}

/// What the post told and does not fit.
pub struct DifferenceLine {
    /// The notice's running number.
    pub seq: u32,
    /// Why it does not fit.
    pub why: &'static str,
    /// What was told.
    pub told: String,
    /// When it was heard.
    pub heard: String,
    /// What it was; empty before an officer found out.
    pub explained: String,
}

/// A parcel.
pub struct ParcelView {
    /// Its number within the dossier.
    pub number: u32,
    /// Which way it goes.
    pub title: &'static str,
    /// Where it stands.
    pub state: &'static str,
    /// The same as the style sheet knows it.
    pub kind: &'static str,
    /// The post's number; empty until it answered.
    pub tracking: String,
    /// `to` or `from`, in words.
    pub towards: &'static str,
    /// The address; empty for who only tracks.
    pub address: String,
    /// Postage.
    pub price: String,
    /// What is collected on delivery; empty when nothing is.
    pub collect: String,
    /// The delivery code; empty where it is not told.
    pub code: String,
    /// Tries that failed, in words; empty when none did.
    pub tries: String,
    /// Who took it, and how that is proved; empty before.
    pub proof: String,
    /// Pictures of the delivery: what, and where to see it.
    pub pictures: Vec<(&'static str, String)>,
    /// Why it was called off; empty when it was not.
    pub cancelled: String,
    /// Where it was, the latest first.
    pub stations: Vec<StationLine>,
    /// What does not fit.
    pub differences: Vec<DifferenceLine>,
    /// Whether it can be called off.
    pub can_cancel: bool,
    /// Whether it can be asked back.
    pub can_bring_back: bool,
}

/// Who looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    /// The person, signed in.
    Herself,
    /// Somebody with the code of the dossier.
    Tracks,
    /// An officer of the agency.
    Officer,
}

/// The parcels of a dossier, the latest first.
pub fn parcels(w: Words, d: &Dossier, looks: Looks) -> Vec<ParcelView> {
    d.parcels.iter().rev().map(|p| parcel(w, d, p, looks)).collect()
}

/// Reads a place in a list of parcels back from an address.
pub fn read_place(text: &str) -> Option<ParcelPlace> {
    let mut parts = text.split('.');
    let place = (
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
    );
    parts.next().is_none().then_some(place)
}

fn pictures(w: Words, d: &Dossier, p: &Parcel) -> Vec<(&'static str, String)> {
    let Some(proof) = p.proof() else {
        return Vec::new();
    };
    let both = [(w.round_see_photo(), proof.photo), (w.round_see_signature(), proof.signature)];
    let link = |(what, hash): (&'static str, Option<_>)| hash.map(|h| (what, format!("/ho-so/{}/giay-to/{h}", d.id)));
    both.into_iter().filter_map(link).collect()
}

fn parcel(w: Words, d: &Dossier, p: &Parcel, looks: Looks) -> ParcelView {
    let knows = looks != Looks::Tracks;
    let deliver = p.order.kind == ParcelKind::Deliver;
    let open = p.is_open();
    let price = if p.registered_at.is_some() { p.price } else { p.order.price };
    ParcelView {
        number: p.number,
        title: if deliver { w.parcel_deliver() } else { w.parcel_collect() },
        state: state(w, p.state().as_str()),
        kind: p.state().as_str(),
        tracking: p.tracking.clone(),
        towards: if deliver { w.parcel_to() } else { w.parcel_from() },
        address: if knows { p.order.address.text.clone() } else { String::new() },
        price: if knows { view::money(w, price) } else { String::new() },
        collect: if knows && p.order.collect > 0 && open {
            view::money(w, p.order.collect)
        } else {
            String::new()
        },
        // Whoever should prove that it reached her must not read it here.
        code: if looks == Looks::Herself && deliver && open {
            p.order.code.clone()
        } else {
            String::new()
        },
        tries: match p.failures() {
            0 => String::new(),
            n => w.parcel_tries(n),
        },
        proof: if knows { proof(w, p) } else { String::new() },
        pictures: if knows { pictures(w, d, p) } else { Vec::new() },
        cancelled: p.cancelled.clone(),
        stations: p.stations.iter().rev().map(|s| station(w, s)).collect(),
        differences: if looks == Looks::Officer {
            p.differences
                .iter()
                .map(|x| DifferenceLine {
                    seq: x.notice.seq,
                    why: w
                        .by_key(&format!("parcel-difference-{}", x.why.as_str()))
                        .unwrap_or(x.why.as_str()),
                    told: said(w, &x.notice),
                    heard: view::short(x.heard_at),
                    explained: x.explained.clone(),
                })
                .collect()
        } else {
            Vec::new()
        },
        can_cancel: open && !p.is_sent(),
        can_bring_back: open && p.is_sent() && p.state() != ParcelState::Returning && deliver,
    }
}

fn station(w: Words, s: &PostNotice) -> StationLine {
    let parts = [&*s.place, &*s.reason];
    let parts: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    StationLine {
        what: state(w, s.state.as_str()),
        when: view::moment(w, s.at),
        note: parts.join(" · "),
    }
}

/// A notice on one line.
fn said(w: Words, n: &PostNotice) -> String {
    let line = station(w, n);
    let mut text = format!("{} · {}", line.what, line.when);
    for part in [line.note, money_or_nothing(w, n.collected)] {
        if !part.is_empty() {
            text.push_str(" · ");
            text.push_str(&part);
        }
    }
    text
}

fn money_or_nothing(w: Words, vnd: u64) -> String {
    if vnd == 0 { String::new() } else { view::money(w, vnd) }
}

fn proof(w: Words, p: &Parcel) -> String {
    let Some(proof) = p.proof() else {
        return String::new();
    };
    let id = if proof.id_last.is_empty() {
        String::new()
    } else {
        w.parcel_proof_id(&proof.id_last)
    };
    let say = |holds: bool, words: &'static str| if holds { words.to_owned() } else { String::new() };
    let parts = [
        proof.taken_by.clone(),
        id,
        say(proof.code, w.parcel_proof_code()),
        say(proof.signature.is_some(), w.parcel_proof_signed()),
        say(proof.photo.is_some(), w.parcel_proof_photo()),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    parts.join(" · ")
}

/// A state by its stored name.
pub fn state(w: Words, name: &str) -> &'static str {
    w.by_key(&format!("parcel-state-{}", name.replace('_', "-")))
        .unwrap_or(w.parcel_state_ordered())
}

/// An event of a parcel by its kind, as a sentence.
pub fn event(w: Words, kind: &str) -> &'static str {
    let key = kind.strip_prefix("parcel_").unwrap_or(kind).replace('_', "-");
    w.by_key(&format!("parcel-event-{key}")).unwrap_or(w.parcel_event_moved())
}

/// What the way home would be, on one line.
pub fn quote(w: Words, q: &Quote) -> String {
    let price = view::money(w, q.price);
    let price = if q.estimate { w.parcel_price_estimate(price) } else { price };
    let payer = match q.payer {
        Payer::Province => w.parcel_payer_province(),
        Payer::Person => w.parcel_payer_person(),
    };
    let line = w.parcel_quote(&q.address, payer, price);
    match &q.was {
        Some(was) => format!("{line} {}", w.parcel_was(was)),
        None => line,
    }
}

/// Why something cannot go by post.
pub fn problem(w: Words, p: &PostProblem) -> String {
    match p {
        PostProblem::NotSetUp => w.parcel_problem_not_set_up().to_owned(),
        PostProblem::NoAddress => w.parcel_problem_no_address().to_owned(),
        PostProblem::UnknownCommune => w.parcel_problem_unknown_commune().to_owned(),
        PostProblem::Divided { name, now } => w.parcel_problem_divided(name, now.join(", ")),
        PostProblem::NoOffice => w.parcel_problem_no_office().to_owned(),
        PostProblem::TooHeavy { max_g } => w.parcel_problem_too_heavy(max_g),
    }
}

/// Why a parcel's rules say no.
pub fn refusal(w: Words, r: &Refusal) -> &'static str {
    match r {
        Refusal::ParcelUnderWay => w.parcel_refusal_under_way(),
        Refusal::ParcelElsewhere => w.parcel_refusal_elsewhere(),
        Refusal::ReceiverUnclear => w.parcel_refusal_receiver(),
        Refusal::ReceiverNotNamed => w.parcel_refusal_not_named(),
        Refusal::ProofMissing => w.parcel_refusal_proof(),
        Refusal::CodeWrong => w.parcel_refusal_code(),
        Refusal::CodeSpent => w.parcel_refusal_code_spent(),
        _ => w.parcel_refusal_known(),
    }
}
