//! What other agencies were asked about a dossier and what they answered, as everybody who may see it reads it.

use crate::AppState;
use crate::app::{agency_name, role_name};
use crate::view;
use motcua_model::dossier::{Dossier, Opinion, Refusal};
use motcua_model::id::FileHash;
use motcua_model::procedure::{AgencyKind, Ask};
use motcua_words::Words;

/// One opinion.
pub struct OpinionLine {
    /// What it is about.
    pub name: String,
    /// Who was asked.
    pub of: String,
    /// Where it stands, in words.
    pub state: String,
    /// `done`, `now` or `late`.
    pub class: &'static str,
    /// Who answered, when; empty while it is awaited.
    pub by: String,
    /// What was answered; empty where it is not told.
    pub text: String,
    /// The paper that came with the answer: content and name.
    pub paper: Option<(FileHash, String)>,
}

/// The opinions of a dossier. What was answered, and by whom, is told to the person and to officers, not to who only tracks.
pub fn lines(app: &AppState, w: Words, d: &Dossier, whole: bool) -> Vec<OpinionLine> {
    d.opinions.iter().map(|o| line(app, w, o, whole)).collect()
}

fn line(app: &AppState, w: Words, o: &Opinion, whole: bool) -> OpinionLine {
    let late = o.is_late(app.office.now());
    let (state, class) = match (&o.given, o.silent) {
        (Some(given), _) if given.agrees => (w.opinion_agrees().to_owned(), "done"),
        (Some(_), _) => (w.opinion_objects().to_owned(), "done"),
        (None, Some(at)) => (w.opinion_silent(view::moment(w, at)), "done"),
        (None, None) if late => (w.opinion_overdue(view::moment(w, o.asked.due)), "late"),
        (None, None) => (w.opinion_awaited(view::moment(w, o.asked.due)), "now"),
    };
    let given = o.given.as_ref().filter(|_| whole);
    OpinionLine {
        name: o.asked.name.clone(),
        of: w.opinion_asked_of(agency_name(app, &o.asked.agency, w.0), role_name(w, o.asked.role)),
        state,
        class,
        by: given.map_or_else(String::new, |g| {
            let said = w.opinion_answered(&g.by, view::moment(w, g.at));
            if g.late {
                format!("{said} ({})", w.opinion_late())
            } else {
                said
            }
        }),
        text: given.map_or_else(String::new, |g| g.text.clone()),
        paper: given.and_then(|g| g.paper.as_ref()).map(|p| (p.hash, p.name.clone())),
    }
}

/// Who a step asks, in words: before a dossier comes there it is a kind of agency.
pub fn asked(app: &AppState, w: Words, ask: &Ask) -> String {
    match (&ask.agency, ask.agency_kind) {
        (Some(code), _) => agency_name(app, code, w.0),
        (None, Some(kind)) => match kind {
            AgencyKind::Department => w.opinion_kind_department(),
            AgencyKind::District => w.opinion_kind_district(),
            AgencyKind::Commune => w.opinion_kind_commune(),
            AgencyKind::LandBranch => w.opinion_kind_land(),
            AgencyKind::PostOffice => w.opinion_kind_post(),
            AgencyKind::TaxBranch => w.opinion_kind_tax(),
        }
        .to_owned(),
        (None, None) => w.opinion_kind_own().to_owned(),
    }
}

/// Why the rules say no to an answer, or to a step that waits for one.
pub fn refusal(w: Words, r: &Refusal) -> String {
    match r {
        Refusal::OpinionsAwaited { names } => w.opinion_refusal_awaited(names),
        Refusal::NotYourOpinion => w.opinion_refusal_not_yours().to_owned(),
        Refusal::OpinionGiven { by } => w.opinion_refusal_given(by),
        Refusal::PaperMissing { name } => w.opinion_refusal_paper(name),
        Refusal::NoPartner { name } => w.opinion_refusal_nobody(name),
        _ => w.opinion_refusal_not_late().to_owned(),
    }
}
