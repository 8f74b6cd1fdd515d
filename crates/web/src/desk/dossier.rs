//! `/ban/ho-so/ID`: the whole dossier at a glance, with what this officer may do now.

use super::beside::Beside;
use super::can::Can;
use super::fill::{fill, filled};
use super::holding::Holding;
use super::opinion::Opinions;
use super::sign::SignBox;
use super::term::TermBoxes;
use super::typed::{OTHER, Typed};
use super::{DESK, OFFICERS};
use crate::AppState;
use crate::app::{Page, agency_name, role_name};
use crate::error::WebError;
use crate::portal::dossier::{MomentLine, Standing, standing};
use crate::portal::field::Control;
use crate::process::{ProcessView, picture};
use crate::session::Signed;
use crate::sign::SignatureLine;
use crate::term::TermView;
use crate::view;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::Html;
use jiff::SignedDuration;
use motcua_model::actor::Actor;
use motcua_model::dossier::{Channel, Dossier, Moment, ReturnWay, Status};
use motcua_model::form::Section;
use motcua_model::id::{DossierId, FileHash};
use motcua_model::identifier::Phone;
use motcua_model::permission::{Action, Relation, may};
use motcua_model::procedure::Procedure;
use motcua_office::DossierLine;
use motcua_office::desk::Glance;
use motcua_words::Words;

/// Something that did not go through.
pub(super) struct Failed {
    /// Why, and what would be right.
    pub said: String,
    /// What was to be done.
    pub action: String,
    /// What was typed.
    pub typed: Typed,
    /// Version that the page had shown.
    pub seen: u64,
    /// What is wrong at the fields of the step.
    pub problems: Vec<motcua_model::form::Problem>,
}

/// A paper as it is seen in the page.
struct Seen {
    label: String,
    name: String,
    hash: FileHash,
    image: bool,
    /// The digital signatures that it came with.
    signatures: Vec<SignatureLine>,
    /// Who compared it with the original, and where it is from; empty for most.
    vouched: Vec<String>,
    /// Whether this officer may note that she compared it.
    compare: bool,
}

/// Another dossier of the same person.
struct Earlier {
    /// Where to see it; none for another agency's.
    link: Option<DossierId>,
    code: String,
    service: String,
    status: &'static str,
    filed: String,
}

#[derive(Template)]
#[template(path = "desk/dossier.html")]
struct DossierPage {
    page: Page,
    d: Dossier,
    standing: Standing,
    sections: Vec<Section>,
    papers: Vec<Seen>,
    ask_fields: Vec<(String, String)>,
    ask_papers: Vec<(String, String)>,
    earlier: Vec<Earlier>,
    /// Those of the same service, filed lately: perhaps the same request twice.
    doubles: Vec<Earlier>,
    /// What is wrong with papers on their way: what, in which bag, in whose hands last.
    alarms: Vec<(&'static str, String, String)>,
    beside: Beside,
    keys: Vec<(&'static str, &'static str)>,
    moments: Vec<MomentLine>,
    people: Vec<(&'static str, String)>,
    can: Can,
    holding: Holding,
    process: ProcessView,
    fill: Vec<Control>,
    filled: Vec<Section>,
    term: TermView,
    boxes: TermBoxes,
    sign: SignBox,
    opinions: Opinions,
    /// Whether the taker's signature is kept as a picture.
    signed_for: bool,
    whose: &'static str,
    due_if_accepted: String,
    days: Vec<(String, String)>,
    fee_due: String,
    proposal: Option<(&'static str, String, String)>,
    ways: Vec<(ReturnWay, &'static str, bool)>,
    lack_reasons: Vec<&'static str>,
    refusal_reasons: Vec<&'static str>,
    typed: Typed,
    /// What was tried; opens its box again.
    tried: String,
    problem: String,
    /// What somebody else did since the page was shown.
    faster: Vec<MomentLine>,
    kept: Vec<(&'static str, String)>,
    other: &'static str,
}

/// Draws the page, with what was typed and why it did not go through.
pub(super) async fn render(app: &AppState, signed: &Signed, id: DossierId, failed: Option<Failed>) -> Result<String, WebError> {
    let Glance {
        dossier: d,
        earlier,
        acting,
    } = app.office.glance(&signed.actor, id).await?;
    let catalogue = app.office.catalogue();
    let procedure = catalogue.procedure(&d.procedure).ok_or(WebError::NotFound)?;
    let page = Page::new(&signed.visitor, DESK);
    let (w, lang) = (page.w, page.w.0);
    let due = (d.status == Status::Filed)
        .then(|| {
            let calendar = app.office.calendar_of(&d.agency, &d.procedure);
            calendar.due(app.office.now(), procedure.sheet.term).ok()
        })
        .flatten();
    let Failed {
        said,
        action,
        typed,
        seen,
        problems,
    } = failed.unwrap_or_else(|| Failed {
        said: String::new(),
        action: String::new(),
        typed: Typed::default(),
        seen: d.version,
        problems: Vec::new(),
    });
    let since = usize::try_from(seen).unwrap_or(usize::MAX);
    let faster: Vec<MomentLine> = d.moments.iter().skip(since).map(|m| moment(w, d.channel, m)).collect();
    // Read as it was filed, whatever version of the form is in force now.
    let form = procedure.form_at(d.form_version);
    let fields = form.visible_steps(&d.answers).flat_map(|s| s.visible_fields(&d.answers));
    let rules = form.visible_papers(&d.answers);
    let view = DossierPage {
        standing: standing(app, w, &d, true),
        sections: form.display(&d.answers, catalogue.registers(), lang),
        papers: papers(&d, &procedure, w, &signed.actor),
        ask_fields: fields.map(|f| (f.id.clone(), f.label.get(lang).to_owned())).collect(),
        ask_papers: rules.map(|p| (p.id.clone(), p.label.get(lang).to_owned())).collect(),
        doubles: doubles(&d, &earlier).map(|l| earlier_line(app, w, &d, l.clone())).collect(),
        earlier: earlier.into_iter().map(|l| earlier_line(app, w, &d, l)).collect(),
        alarms: crate::custody::alarms(app, w, id).await?,
        beside: Beside::of(app, w, &signed.actor, &d).await?,
        keys: super::inbox::keys(w),
        // Officers read every note, also the ones between colleagues.
        moments: d.moments.iter().rev().map(|m| moment(w, d.channel, m)).collect(),
        people: people(app, w, &d),
        can: Can::now(&d, &procedure, &signed.actor, acting.as_ref()),
        holding: Holding::of(app, w, &signed.actor, acting.as_ref(), &d).await?,
        whose: d.turn().map_or("", |role| role_name(w, role)),
        days: due
            .as_ref()
            .map_or_else(Vec::new, |due| crate::term::days(w, due))
            .into_iter()
            .map(|d| (d.day, d.why))
            .collect(),
        term: TermView::of(app, w, &d),
        process: picture(app, w, &procedure, Some(&d)),
        signed_for: d
            .returned
            .as_ref()
            .is_some_and(|r| r.proof.as_ref().is_some_and(|p| p.signature.is_some())),
        opinions: Opinions::of(app, w, &procedure, &signed.actor, &d, (&typed, &problems)),
        fill: fill(app, w, &procedure, &d, &typed, &problems),
        filled: filled(app, w, &procedure, &d),
        sign: SignBox::now(w, &signed.actor, &d),
        boxes: TermBoxes::now(app, w, &signed.actor, acting.as_ref(), &d),
        due_if_accepted: due.map_or_else(String::new, |d| view::moment(w, d.due)),
        fee_due: if d.fee_due() == 0 {
            String::new()
        } else {
            view::money(w, d.fee_due())
        },
        proposal: d
            .proposal
            .as_ref()
            .map(|p| (view::outcome(w, p.outcome), p.text.clone(), p.by.clone())),
        ways: procedure
            .sheet
            .ways
            .iter()
            .map(|way| {
                let chosen = if typed.way.is_empty() {
                    *way == d.return_way
                } else {
                    way.as_str() == typed.way
                };
                (*way, view::way(w, *way), chosen)
            })
            .collect(),
        lack_reasons: vec![
            w.desk_lack_blurred(),
            w.desk_lack_page(),
            w.desk_lack_expired(),
            w.desk_lack_differs(),
            w.desk_lack_uncertified(),
        ],
        refusal_reasons: vec![
            w.desk_reason_not_ours(),
            w.desk_reason_not_entitled(),
            w.desk_reason_doubled(),
        ],
        kept: if faster.is_empty() { Vec::new() } else { typed.kept(w) },
        faster,
        typed,
        tried: action,
        problem: said,
        other: OTHER,
        page,
        d,
    };
    Ok(view.render()?)
}

fn moment(w: Words, channel: Channel, m: &Moment) -> MomentLine {
    MomentLine {
        when: view::moment(w, m.at),
        what: view::happened(w, channel, &m.kind),
        by: m.by.clone(),
        note: m.note.clone(),
    }
}

/// Who answers for a paper, in words.
fn vouched(w: Words, p: &motcua_model::dossier::Paper) -> Vec<String> {
    let reused = p.reused.as_ref().map(|r| view::reused(w, r));
    let compared = p.compared.as_ref().map(|c| w.kho_was_compared(view::moment(w, c.at), &c.by));
    reused.into_iter().chain(compared).collect()
}

fn papers(d: &Dossier, procedure: &Procedure, w: Words, actor: &Actor) -> Vec<Seen> {
    let dropped = matches!(
        d.status,
        Status::Refused | Status::Withdrawn | Status::Stopped | Status::Annulled
    );
    let compare = !dropped && may(actor.role, Action::ComparePaper, Relation::of(actor, d));
    let lang = w.0;
    let label = |kind: &str| {
        procedure
            .form_at(d.form_version)
            .paper(kind)
            .map_or(kind, |r| r.label.get(lang))
            .to_owned()
    };
    let seen = |p: &motcua_model::dossier::Paper| Seen {
        label: label(&p.kind),
        name: p.name.clone(),
        hash: p.hash,
        image: p.media_type.starts_with("image/"),
        signatures: SignatureLine::all(w, &p.signatures),
        vouched: vouched(w, p),
        compare: compare && p.compared.is_none() && p.reused.is_none(),
    };
    d.papers.iter().map(seen).collect()
}

/// How long after a dossier another of the same person and service is taken for the same request.
const DOUBLE: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Before acceptance: the person's other dossiers of the same service that were filed lately and not dropped.
fn doubles<'a>(d: &'a Dossier, earlier: &'a [DossierLine]) -> impl Iterator<Item = &'a DossierLine> {
    earlier.iter().filter(move |l| {
        d.status == Status::Filed
            && l.procedure == d.procedure.0
            && !matches!(l.status.as_str(), "refused" | "withdrawn" | "stopped" | "annulled")
            && d.filed_at.duration_since(l.filed_at).abs() <= DOUBLE
    })
}

fn earlier_line(app: &AppState, w: Words, d: &Dossier, l: DossierLine) -> Earlier {
    let ours = l
        .code
        .0
        .strip_prefix("000.")
        .and_then(|c| c.strip_prefix(d.agency.as_str()))
        .is_some_and(|c| c.starts_with('.'));
    let service = app
        .office
        .catalogue()
        .service(&motcua_model::id::ProcedureCode(l.procedure.clone()));
    Earlier {
        link: ours.then_some(l.id),
        code: l.code.0,
        service: service.map_or(l.procedure, |s| s.sheet.name.get(w.0).to_owned()),
        status: view::status(w, &l.status),
        filed: view::short(l.filed_at),
    }
}

/// Who the dossier is for and how it came; what is not known is left out.
fn people(app: &AppState, w: Words, d: &Dossier) -> Vec<(&'static str, String)> {
    let (a, lang) = (&d.applicant, w.0);
    let channel = match d.channel {
        Channel::Online => w.desk_channel_online(),
        Channel::Post => w.desk_channel_post(),
        Channel::Counter => w.desk_channel_counter(),
    };
    let paid: Vec<String> = d
        .payments
        .iter()
        .map(|p| format!("{} · {} · {}", view::money(w, p.amount), view::method(w, p.method), p.receipt))
        .collect();
    let mut rows = vec![
        (w.common_applicant(), a.name.clone()),
        (w.desk_person_id(), a.person_id.clone()),
        (w.desk_born(), a.birth_date.clone()),
        (
            w.desk_phone(),
            Phone::parse(&a.phone).map_or_else(|_| a.phone.clone(), |p| p.national()),
        ),
        (w.desk_email(), a.email.clone()),
        (w.desk_address(), a.address.clone()),
        (w.desk_channel(), channel.to_owned()),
        (
            w.desk_filed_at(),
            d.filed_at_office
                .as_ref()
                .map_or_else(String::new, |o| agency_name(app, o, lang)),
        ),
        (w.common_agency(), agency_name(app, &d.agency, lang)),
        (w.common_filed_at(), view::moment(w, d.filed_at)),
        (w.desk_return_way(), view::way(w, d.return_way).to_owned()),
        (
            w.common_fee(),
            if d.fee == 0 {
                w.common_no_fee().to_owned()
            } else {
                view::money(w, d.fee)
            },
        ),
        (w.desk_paid(), paid.join("\n")),
        (
            w.common_unpaid(),
            if d.fee_due() == 0 {
                String::new()
            } else {
                view::money(w, d.fee_due())
            },
        ),
        (w.desk_taken_by(), taken(w, d)),
    ];
    rows.retain(|(_, value)| !value.is_empty());
    rows
}

/// Who took the result, and what proves it.
fn taken(w: Words, d: &Dossier) -> String {
    let Some(r) = &d.returned else { return String::new() };
    let mut said = vec![r.taken_by.clone()];
    if let Some(p) = &r.proof {
        let last = p.id_digits.len().saturating_sub(4);
        said.push(
            p.id_digits
                .get(last..)
                .filter(|t| !t.is_empty())
                .map_or_else(String::new, |t| w.taken_digits_line(t)),
        );
        if !p.paper_number.is_empty() {
            said.push(w.taken_paper_line(&p.paper_number));
        }
    }
    said.retain(|s| !s.is_empty());
    said.join(" · ")
}

pub async fn show(State(app): State<AppState>, signed: Signed, Path(id): Path<DossierId>) -> Result<Html<String>, WebError> {
    let signed = signed.only(OFFICERS)?;
    Ok(Html(render(&app, &signed, id, None).await?))
}
