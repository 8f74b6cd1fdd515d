//! The control sheet (paper 05 of Circular 01/2018): who gave the dossier to whom, when, and whether in time.

use crate::Office;
use crate::error::{OfficeError, Result};
use crate::letterhead::moment;
use jiff::Timestamp;
use motcua_model::actor::{Actor, Role};
use motcua_model::clock::{Calendar, Term, local};
use motcua_model::dossier::{Dossier, Event, Recorded, Refusal, Status, evolve};
use motcua_model::id::DossierId;
use motcua_model::permission::Action;
use motcua_model::procedure::Procedure;
use motcua_papers::ControlSheet;
use motcua_papers::list::ControlRow;

/// Working hours in which an online dossier is answered (Decree 61/2018).
const ANSWER_HOURS: u32 = 8;

/// Whether a hand-over was in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// On a day before the planned one.
    Early,
    /// On the planned day, before its hour.
    OnTime,
    /// After it.
    Late,
}

/// One hand-over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandOver {
    /// When.
    pub at: Timestamp,
    /// Which event ([`Event::kind`]).
    pub kind: &'static str,
    /// Role of who gave.
    pub giver_role: Role,
    /// Name of who gave.
    pub giver: String,
    /// Role of who took; none when the dossier ends.
    pub taker_role: Option<Role>,
    /// Working seconds for which the giver had held it.
    pub held: i64,
    /// Working hours planned for it; none where no time is set.
    pub planned: Option<u32>,
    /// Whether it was in time; none where no time is set.
    pub verdict: Option<Verdict>,
    /// Note or reason.
    pub note: String,
}

/// The hand-overs that a journal tells of: each event after which it is another's turn.
fn hand_overs(id: DossierId, journal: &[Recorded], procedure: &Procedure, calendar: &Calendar) -> Vec<HandOver> {
    let mut dossier: Option<Dossier> = None;
    let mut since = None;
    let mut found = Vec::new();
    for recorded in journal {
        let before = dossier.as_ref().map(|d| (d.status.clone(), d.turn()));
        let Some(after) = evolve(dossier.take(), id, recorded) else {
            return found;
        };
        let at = recorded.at;
        let moved = before
            .as_ref()
            .is_none_or(|(status, turn)| *turn != after.turn() || *status != after.status);
        if moved {
            let began: Timestamp = since.replace(at).unwrap_or(at);
            let planned = before.as_ref().and_then(|(status, _)| planned_hours(status, procedure));
            found.push(HandOver {
                at,
                kind: recorded.event.kind(),
                giver_role: recorded.actor.role,
                giver: recorded.actor.name.clone(),
                taker_role: after.turn(),
                held: calendar.working_seconds(began, at).unwrap_or(0),
                planned,
                verdict: planned.and_then(|hours| verdict(calendar, began, at, hours)),
                note: note_of(&recorded.event),
            });
        }
        dossier = Some(after);
    }
    found
}

fn planned_hours(status: &Status, procedure: &Procedure) -> Option<u32> {
    match status {
        Status::Filed => Some(ANSWER_HOURS),
        Status::InProcess(stage) => procedure.process.get(stage.step).map(|s| s.hours),
        _ => None,
    }
}

fn verdict(calendar: &Calendar, began: Timestamp, at: Timestamp, hours: u32) -> Option<Verdict> {
    let due = calendar.due(began, Term::WorkingHours(hours)).ok()?.due;
    Some(if at > due {
        Verdict::Late
    } else if local(at).date() == local(due).date() {
        Verdict::OnTime
    } else {
        Verdict::Early
    })
}

fn note_of(event: &Event) -> String {
    match event {
        Event::Forwarded { note, .. } | Event::StepDone { note, .. } => note.clone(),
        Event::Refused { reason, .. }
        | Event::Withdrawn { reason }
        | Event::SentBack { reason, .. }
        | Event::HandedOver { reason, .. }
        | Event::Stopped { reason } => reason.clone(),
        _ => String::new(),
    }
}

/// What an event is called on the sheet.
fn said(kind: &str) -> &'static str {
    match kind {
        "submitted" => "Nộp hồ sơ",
        "accepted" => "Tiếp nhận hồ sơ",
        "refused" => "Từ chối tiếp nhận",
        "supplement_requested" => "Yêu cầu bổ sung",
        "supplemented" => "Đã bổ sung",
        "withdrawn" => "Rút hồ sơ",
        "handed_over" => "Chuyển cơ quan kế thừa",
        "forwarded" => "Chuyển phòng chuyên môn",
        "step_done" => "Xử lý xong bước",
        "sent_back" => "Trả lại bước trước",
        "approved" => "Phê duyệt kết quả",
        "result_returned" => "Trả kết quả",
        "stopped" => "Dừng giải quyết",
        "annulled" => "Hủy bỏ hồ sơ",
        "opinions_asked" => "Hỏi ý kiến",
        "opinion_given" => "Trả lời ý kiến",
        "opinion_silent" => "Hết hạn trả lời, đi tiếp",
        _ => "Thay đổi",
    }
}

/// A role as a party of a hand-over.
pub(crate) fn party(role: Role) -> &'static str {
    match role {
        Role::Citizen => "Người nộp hồ sơ",
        Role::Receptionist => "Bộ phận Một cửa",
        Role::Specialist => "Chuyên viên",
        Role::Leader => "Lãnh đạo",
        Role::PostClerk | Role::PostHead => "Bưu điện",
        _ => "Hệ thống",
    }
}

fn hours(seconds: i64) -> String {
    format!("{} giờ {:02} phút", seconds / 3600, seconds % 3600 / 60)
}

impl Office {
    /// The hand-overs of a dossier, in order, for officers.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for who may not view it; [`Refusal::NotPermitted`] for who is no officer.
    pub async fn control(&self, actor: &Actor, id: DossierId) -> Result<(Dossier, Vec<HandOver>)> {
        let d = self.load(actor, id, Action::View).await?.dossier;
        if !actor.role.is_officer() {
            return Err(Refusal::NotPermitted.into());
        }
        let mut journal = Vec::new();
        for line in self.store().journal(id).await? {
            let read = line.read();
            journal.push(read.map_err(|e| OfficeError::Internal(format!("line {} of a journal: {e}", line.version)))?);
        }
        let procedure = self.procedure(&d.procedure)?;
        let found = hand_overs(id, &journal, &procedure, self.catalogue().calendar());
        Ok((d, found))
    }

    /// Paper 05: the control sheet.
    ///
    /// # Errors
    /// As [`Office::control`].
    pub async fn control_sheet(&self, actor: &Actor, id: DossierId) -> Result<Vec<u8>> {
        let (d, found) = self.control(actor, id).await?;
        let rows = found.iter().map(|h| ControlRow {
            giver: format!("{} ({})", party(h.giver_role), h.giver),
            taker: h.taker_role.map_or("(hồ sơ kết thúc)", party).to_owned(),
            at: moment(h.at),
            verdict: match h.verdict {
                Some(Verdict::Early) => "Trước hạn",
                Some(Verdict::OnTime) => "Đúng hạn",
                Some(Verdict::Late) => "Quá hạn",
                None => "",
            }
            .to_owned(),
            held: match h.planned {
                Some(planned) => format!("giữ {}, quy định {planned} giờ", hours(h.held)),
                None => String::new(),
            },
            what: said(h.kind).to_owned(),
            note: h.note.clone(),
        });
        let data = ControlSheet {
            head: self.one_stop_head(&d.agency, d.code.as_str(), "", d.filed_at),
            person: d.applicant.name.clone(),
            service: self.procedure(&d.procedure)?.sheet.name.vi.clone(),
            agency: self.agency_name(&d.agency),
            due: d.due.map_or_else(String::new, moment),
            rows: rows.collect(),
            check_url: self.check_url(&d),
        };
        self.print(move |papers| papers.control_sheet(&data)).await
    }
}
