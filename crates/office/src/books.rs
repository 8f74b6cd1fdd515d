//! What an agency keeps and signs on paper: the register (paper 06 of Circular 01/2018) and the day's hand-over list.

use crate::Office;
use crate::control::party;
use crate::error::{OfficeError, Result};
use crate::letterhead::day_in_words;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use motcua_model::actor::{Actor, Role};
use motcua_model::clock::{TIME_ZONE, local};
use motcua_model::dossier::{Dossier, Refusal, ReturnWay, Status};
use motcua_model::id::{AgencyCode, ProcedureCode};
use motcua_model::identifier::Phone;
use motcua_papers::list::{HandOverGroup, HandOverRow};
use motcua_papers::paper::Head;
use motcua_papers::{HandOverList, RegisterHead, RegisterRow};
use motcua_store::hand_over::HandOverLine;
use std::io::Write;
use tokio::sync::mpsc;

/// Dossiers read at once.
const BATCH: u32 = 200;
/// Hand-overs of one day that a list takes; an agency has fewer.
const LIST_MAX: usize = 5_000;

/// Days that a register spans, both included, and the field it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterSpan {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Only this field, such as `Hộ tịch`; all when empty.
    pub field: String,
}

/// Takes the bytes of a paper and hands them on in pieces; who reads sets the pace.
struct Pipe(mpsc::Sender<Vec<u8>>);

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let gone = |_| std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        self.0.blocking_send(bytes.to_vec()).map_err(gone)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn begin(day: Date) -> Result<Timestamp> {
    let first = TIME_ZONE.to_timestamp(day.at(0, 0, 0, 0));
    first.map_err(|e| OfficeError::Internal(e.to_string()))
}

impl Office {
    /// The register of the actor's agency, in pieces as it is made: never whole in memory.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no officer; the receiver ends early when a page cannot be made, which is
    /// logged.
    pub fn register(&self, actor: &Actor, span: &RegisterSpan) -> Result<mpsc::Receiver<Vec<u8>>> {
        let agency = officer_agency(actor)?.clone();
        let (from, to) = (begin(span.from)?, begin(span.to.saturating_add(1.day()))?);
        let head = RegisterHead {
            head: Head {
                code: "Sổ theo dõi hồ sơ".to_owned(),
                ..self.one_stop_head(&agency, "", "", self.now())
            },
            span: span_in_words(span),
            check_url: format!("{}/kiem-tra", self.settings().public_url),
        };
        let (pieces, reader) = mpsc::channel(4);
        let (rows, mut waiting) = mpsc::channel::<RegisterRow>(BATCH as usize);
        let papers = self.inner.papers.clone();
        tokio::task::spawn_blocking(move || {
            let made = (|| {
                let out = std::io::BufWriter::with_capacity(64 * 1024, Pipe(pieces));
                let mut register = papers.register(head, out)?;
                while let Some(row) = waiting.blocking_recv() {
                    register.push(row)?;
                }
                register.finish().map(drop)
            })();
            if let Err(error) = made {
                tracing::warn!(%error, "a register ended early");
            }
        });
        let (office, field) = (self.clone(), span.field.clone());
        tokio::spawn(async move {
            if let Err(error) = office.feed(&agency, from, to, &field, rows).await {
                tracing::warn!(%error, "a register could not be read to its end");
            }
        });
        Ok(reader)
    }

    async fn feed(
        &self,
        agency: &AgencyCode,
        from: Timestamp,
        to: Timestamp,
        field: &str,
        rows: mpsc::Sender<RegisterRow>,
    ) -> Result<()> {
        let (mut after, mut number) = (None, 0u64);
        loop {
            let batch = self.store().register(agency, from, to, after, BATCH).await?;
            let Some(last) = batch.last() else { return Ok(()) };
            after = Some((last.filed_at, last.id));
            for d in &batch {
                let service = self.catalogue().service(&d.procedure);
                if !field.is_empty() && service.is_none_or(|s| s.sheet.field != field) {
                    continue;
                }
                number += 1;
                // Nobody reads any more: the page was closed.
                if rows.send(self.register_row(d, number)).await.is_err() {
                    return Ok(());
                }
            }
        }
    }

    fn register_row(&self, d: &Dossier, number: u64) -> RegisterRow {
        let short = |at: Timestamp| local(at).strftime("%-H:%M %d/%m/%Y").to_string();
        let phone = Phone::parse(&d.applicant.phone).map_or_else(|_| String::new(), |p| p.national());
        let address = [d.applicant.address.as_str(), &phone];
        RegisterRow {
            number: number.to_string(),
            code: d.code.0.clone(),
            service: self
                .catalogue()
                .service(&d.procedure)
                .map_or_else(|| d.procedure.0.clone(), |s| s.sheet.name.vi.clone()),
            sets: "1".to_owned(),
            person: d.applicant.name.clone(),
            address: address.into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("; "),
            agency: self.agency_name(&d.agency),
            received: short(d.accepted_at.unwrap_or(d.filed_at)),
            due: d.due.map_or_else(String::new, short),
            returned: d.returned.as_ref().map_or_else(String::new, |r| short(r.at)),
            way: match d.returned.as_ref().map_or(d.return_way, |r| r.way) {
                ReturnWay::Online => "trực tuyến",
                ReturnWay::Counter => "tại quầy",
                ReturnWay::Post => "bưu điện",
            }
            .to_owned(),
            note: match d.status {
                Status::Refused => "Không tiếp nhận".to_owned(),
                Status::Withdrawn => "Người nộp rút".to_owned(),
                Status::Stopped => "Dừng giải quyết".to_owned(),
                Status::Annulled => "Hủy bỏ".to_owned(),
                Status::AwaitingSupplement { .. } => "Chờ bổ sung".to_owned(),
                _ => d.returned.as_ref().map_or_else(String::new, |r| r.taken_by.clone()),
            },
        }
    }

    /// What was handed over inside the actor's agency on a day, in order.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no officer.
    pub async fn hand_overs_on(&self, actor: &Actor, day: Date) -> Result<Vec<HandOverLine>> {
        let agency = officer_agency(actor)?;
        let (mut after, mut found) = (None, Vec::new());
        while found.len() < LIST_MAX {
            let batch = self.store().hand_overs(agency, day, after, BATCH).await?;
            let Some(last) = batch.last() else { break };
            after = Some((last.at, last.dossier));
            found.extend(batch);
        }
        Ok(found)
    }

    /// The list of what was handed over inside the actor's agency on a day, to be signed by both sides.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no officer.
    pub async fn hand_over_list(&self, actor: &Actor, day: Date) -> Result<Vec<u8>> {
        let agency = officer_agency(actor)?;
        let mut groups: Vec<HandOverGroup> = Vec::new();
        for line in self.hand_overs_on(actor, day).await? {
            let role = |name: &str| Role::parse(name).map_or("", party);
            let giver = format!("{} ({})", role(&line.giver_role), line.giver);
            let taker = role(&line.taker_role);
            let row = HandOverRow {
                service: self
                    .catalogue()
                    .service(&ProcedureCode(line.procedure.clone()))
                    .map_or(line.procedure, |s| s.sheet.name.vi.clone()),
                code: line.code,
                person: line.applicant,
                at: local(line.at).strftime("%-H:%M").to_string(),
                note: line.note,
            };
            match groups.iter_mut().find(|g| g.giver == giver && g.taker == taker) {
                Some(group) => group.rows.push(row),
                None => groups.push(HandOverGroup {
                    giver,
                    taker: taker.to_owned(),
                    giver_name: line.giver,
                    taker_name: String::new(),
                    rows: vec![row],
                }),
            }
        }
        let said = day_in_words(day);
        let data = HandOverList {
            head: Head {
                code: format!("Danh sách bàn giao hồ sơ, {}", day.strftime("%-d/%-m/%Y")),
                ..self.agency_head(agency, "", "", self.now())
            },
            day: said[..1].to_uppercase() + &said[1..],
            groups,
            check_url: format!("{}/kiem-tra", self.settings().public_url),
        };
        self.print(move |papers| papers.hand_over_list(&data)).await
    }
}

fn span_in_words(span: &RegisterSpan) -> String {
    let day = |d: Date| d.strftime("%-d/%-m/%Y").to_string();
    let field = if span.field.is_empty() {
        String::new()
    } else {
        format!("; lĩnh vực {}", span.field)
    };
    format!("Từ ngày {} đến ngày {}{field}", day(span.from), day(span.to))
}

fn officer_agency(actor: &Actor) -> Result<&AgencyCode> {
    match &actor.agency {
        Some(agency) if actor.role.is_officer() => Ok(agency),
        _ => Err(Refusal::NotPermitted.into()),
    }
}
