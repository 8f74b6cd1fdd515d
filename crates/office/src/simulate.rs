//! A province's year in a moment: dossiers made from the catalogue's examples and taken through the same decisions as
//! real ones, for trying out, for benchmarks, and to see the board full. Each dossier is one durable commit.

use crate::Office;
use crate::error::{OfficeError, Result};
use jiff::{SignedDuration, Timestamp};
use motcua_catalogue::{Examples, fill};
use motcua_model::actor::{Actor, Role};
use motcua_model::clock::local;
use motcua_model::consent::{Consent, ConsentWay};
use motcua_model::dossier::{
    Answer, Channel, Command, Context, Dossier, Lack, Level, Outcome, Paper, Payment, PaymentMethod, Proposal, Recorded,
    ResultPaper, ReturnWay, Status, Submission, decide, evolve,
};
use motcua_model::form::Registers;
use motcua_model::id::{AccountId, AgencyCode, DossierId, FileHash};
use motcua_model::procedure::Procedure;
use motcua_store::Change;
use motcua_store::draft::{Draft, DraftBody};
use rand::{Rng, RngExt, SeedableRng};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many dossiers are made side by side; the writer groups their commits.
const SIDE_BY_SIDE: u64 = 64;
/// One dossier in so many online belongs to the demo's citizen, when she is there.
const OWNED: u32 = 500;
/// A picture of one white point, attached where a paper must be.
const PICTURE: &[u8] = include_bytes!("../assets/white-point.png");

const FAMILY: &[&str] = &[
    "Nguyễn", "Trần", "Hoàng", "Nông", "Lý", "Ma", "Triệu", "Dương", "Lường", "Đặng", "Phạm", "Bế", "Hà", "Chu", "Đào", "Vi",
];
const MIDDLE: &[&str] = &["Văn", "Thị", "Quang", "Minh", "Thu", "Đức", "Hồng", "Ngọc", "Xuân", "Thanh"];
const GIVEN: &[&str] = &[
    "An", "Bình", "Cường", "Dung", "Giang", "Hà", "Hạnh", "Hoa", "Hùng", "Huyền", "Khánh", "Lan", "Liên", "Linh", "Mai", "Nam",
    "Nga", "Oanh", "Phúc", "Quỳnh", "Sơn", "Thảo", "Tuấn", "Vân", "Yến",
];

/// What a simulation needs of the whole.
struct Town {
    services: Vec<(Arc<Procedure>, Examples)>,
    communes: Vec<String>,
    citizen: Option<AccountId>,
    picture: (FileHash, u64),
    now: Timestamp,
    days: u32,
}

impl Office {
    /// Makes `count` dossiers filed in the last `days` days; `progress` hears how many are done. The same `seed` makes
    /// the same people. The days that are over are sealed at the end.
    ///
    /// # Errors
    /// The store, or an example of the catalogue that cannot be read.
    pub async fn simulate(&self, count: u64, days: u32, seed: u64, progress: impl Fn(u64)) -> Result<()> {
        let town = Arc::new(self.town(days).await?);
        let (next, done) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..SIDE_BY_SIDE.min(count) {
            let (office, town, next, done) = (self.clone(), town.clone(), next.clone(), done.clone());
            tasks.spawn(async move {
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    if i >= count {
                        return Ok::<(), OfficeError>(());
                    }
                    let mut random = rand::rngs::StdRng::seed_from_u64(seed.wrapping_add(i));
                    let change = life(&office, &town, &mut random);
                    office.store().commit(change?).await?;
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        loop {
            match tokio::time::timeout(std::time::Duration::from_millis(200), tasks.join_next()).await {
                Ok(None) => break,
                Ok(Some(task)) => task.map_err(|e| OfficeError::Internal(e.to_string()))??,
                Err(_) => progress(done.load(Ordering::Relaxed)),
            }
        }
        progress(count);
        self.seal_days().await?;
        Ok(())
    }

    /// Makes `count` drafts of an account, filled in and ready to be sent; answers their identifiers.
    ///
    /// # Errors
    /// As [`Office::simulate`]; [`motcua_model::dossier::Refusal::NotFound`] when nobody has this login.
    pub async fn simulate_drafts(&self, login: &str, count: u64, seed: u64) -> Result<Vec<DossierId>> {
        let town = self.town(1).await?;
        let owner = self.store().account_by_login(login).await?;
        let owner = owner.ok_or(motcua_model::dossier::Refusal::NotFound)?.id;
        let today = local(town.now).date();
        let mut ids = Vec::new();
        for i in 0..count.saturating_mul(100) {
            if ids.len() as u64 == count {
                break;
            }
            let mut random = rand::rngs::StdRng::seed_from_u64(seed.wrapping_add(i));
            let (procedure, submission) = filled(self, &town, &mut random)?;
            // An example that plans for a day after its own is late today, and could not be sent.
            let checked = procedure.form.check(&submission.answers, self.catalogue().registers(), today);
            if !checked.problems.is_empty() {
                continue;
            }
            let id = self.new_dossier_id();
            let body = DraftBody {
                answers: submission.answers,
                papers: submission.papers,
                return_way: Some(submission.return_way),
                done: procedure.form.steps.iter().map(|s| s.id.clone()).collect(),
                ..DraftBody::default()
            };
            let draft = Draft {
                id,
                owner,
                procedure: procedure.code().clone(),
                form_version: procedure.form.version,
                body,
                version: 1,
                updated_at: town.now,
            };
            self.store().create_draft(&draft).await?;
            ids.push(id);
        }
        Ok(ids)
    }

    async fn town(&self, days: u32) -> Result<Town> {
        let services = self.catalogue().examples().map_err(|mistakes| {
            let first = mistakes.first().map(ToString::to_string);
            OfficeError::Internal(first.unwrap_or_default())
        })?;
        let registers: &Registers = self.catalogue().registers();
        let citizen = self.store().account_by_login(crate::demo::CITIZEN).await?;
        Ok(Town {
            services,
            communes: registers.list("communes").iter().map(|c| c.code.clone()).collect(),
            citizen: citizen.map(|a| a.id),
            picture: self.store().files().put(PICTURE).await?,
            now: self.now(),
            days,
        })
    }
}

fn one_of<'a, T>(random: &mut impl Rng, list: &'a [T]) -> Option<&'a T> {
    list.get(random.random_range(0..list.len().max(1)))
}

fn name(random: &mut impl Rng) -> String {
    let mut part = |list: &[&'static str]| one_of(random, list).copied().unwrap_or_default();
    [part(FAMILY), part(MIDDLE), part(GIVEN)].join(" ")
}

/// A form filled in by somebody of the province.
fn filled(office: &Office, town: &Town, random: &mut impl Rng) -> Result<(Arc<Procedure>, Submission)> {
    let catalogue = office.catalogue();
    let wrong = |what: &str| OfficeError::Internal(format!("an example cannot be filled in: {what}"));
    let (procedure, example) = one_of(random, &town.services).ok_or_else(|| wrong("no service"))?;
    let fields = &procedure.form.applicant;
    let mut typed = example.right.clone();
    typed.insert(fields.name.clone(), name(random));
    if !fields.address.is_empty()
        && let Some(commune) = one_of(random, &town.communes)
    {
        typed.remove(&format!("{}.district", fields.address));
        typed.insert(format!("{}.commune", fields.address), commune.clone());
    }
    // The last six digits of an identity number say nothing about the person: they may be anybody's.
    if let Some(number) = typed.get_mut(&fields.person_id).filter(|n| n.len() == 12) {
        number.replace_range(6.., &format!("{:06}", random.random_range(0..1_000_000u32)));
    }
    let (answers, problems) = fill(&procedure.form, &typed, catalogue.registers());
    if let Some(problem) = problems.first() {
        return Err(wrong(&format!("{}: {}", procedure.code(), problem.field)));
    }
    let papers: Vec<Paper> = procedure
        .form
        .visible_papers(&answers)
        .filter(|p| p.is_required(&answers))
        .map(|p| Paper {
            kind: p.id.clone(),
            name: "anh.png".to_owned(),
            hash: town.picture.0,
            size: town.picture.1,
            media_type: "image/png".to_owned(),
            signatures: Vec::new(),
            compared: None,
            reused: None,
        })
        .collect();
    let fee = procedure
        .sheet
        .fee
        .fee(&answers, |p| papers.iter().any(|have| have.kind == p));
    let agency = catalogue.agency_for(procedure, &answers).ok_or_else(|| wrong("no agency"))?;
    let ways = &procedure.sheet.ways;
    let submission = Submission {
        procedure: procedure.code().clone(),
        form_version: procedure.form.version,
        agency: agency.code.clone(),
        channel: Channel::Online,
        owner: None,
        filed_at_office: None,
        applicant: procedure.form.applicant(&answers, catalogue.registers()),
        answers,
        papers,
        return_way: one_of(random, ways).copied().unwrap_or(ReturnWay::Counter),
        fee: fee.total,
        fee_shares: fee.shares,
        consent: None,
    };
    Ok((procedure.clone(), submission))
}

/// A dossier from its filing to where it stands today.
fn life(office: &Office, town: &Town, random: &mut impl Rng) -> Result<Change> {
    let (procedure, mut submission) = filled(office, town, random)?;
    let span = i64::from(town.days.max(1)) * 24 * 60;
    let mut at = town.now - SignedDuration::from_mins(random.random_range(1..span));
    let id = DossierId::new(at.as_millisecond().unsigned_abs(), random.random());
    // One in nine online, some through the post, the rest still at the counter: the province's figures of 2018, a
    // little better.
    let agency = submission.agency.clone();
    submission.channel = match random.random_range(0..100) {
        0..11 => Channel::Online,
        11..17 => Channel::Post,
        _ => Channel::Counter,
    };
    let filer = match submission.channel {
        Channel::Online => {
            if let Some(citizen) = town.citizen.filter(|_| random.random_ratio(1, OWNED)) {
                submission.owner = Some(citizen);
            }
            person(Role::Citizen, &submission.applicant.name, None)
        }
        Channel::Post => {
            let office = AgencyCode::from("24.02");
            submission.filed_at_office = Some(office.clone());
            submission.consent = Some(Consent {
                number: format!("DY-{office}-{}", id.0.simple()),
                way: ConsentWay::Paper,
                office: office.clone(),
                clerk: "Nhân viên bưu điện".to_owned(),
                at,
                proof: None,
                witness: None,
            });
            person(Role::PostClerk, "Nhân viên bưu điện", Some(office))
        }
        Channel::Counter => {
            submission.filed_at_office = Some(agency.clone());
            person(Role::Receptionist, "Bộ phận Một cửa", Some(agency.clone()))
        }
    };
    let rules = office.rules(&procedure, &submission.answers);
    let (mut state, mut events): (Option<Dossier>, Vec<Recorded>) = (None, Vec::new());
    let mut play = |state: &mut Option<Dossier>, at: Timestamp, actor: &Actor, command: Command| -> bool {
        let context = Context {
            actor,
            now: at,
            calendar: office.catalogue().calendar(),
            rules: &rules,
        };
        let Ok(decided) = decide(state.as_ref(), command, &context) else {
            return false;
        };
        for event in decided {
            let recorded = Recorded {
                at,
                actor: actor.clone(),
                event,
            };
            *state = evolve(state.take(), id, &recorded);
            events.push(recorded);
        }
        true
    };
    let desk = person(Role::Receptionist, "Bộ phận Một cửa", Some(agency.clone()));
    let specialist = person(Role::Specialist, "Chuyên viên", Some(agency.clone()));
    let leader = person(Role::Leader, "Lãnh đạo", Some(agency));
    let online = submission.channel == Channel::Online;
    play(&mut state, at, &filer, Command::Submit(Box::new(submission)));
    // Most are done in time, some drag on.
    let pace = if random.random_range(0..100) < 7 { 40 } else { 4 };
    loop {
        at += SignedDuration::from_mins(random.random_range(20..600) * pace / 4);
        let Some(d) = state.as_ref().filter(|_| at < town.now) else {
            break;
        };
        let due = d.fee_due();
        let moved = match d.status {
            Status::Filed if due > 0 && online && d.level == Level::Four => {
                let payment = pay(PaymentMethod::Vnpay, due, at);
                play(&mut state, at, &Actor::system(), Command::RecordPayment(payment))
            }
            Status::Filed => {
                let command = match random.random_range(0..100) {
                    0..3 => Command::Refuse {
                        reason: "Hồ sơ không thuộc thẩm quyền giải quyết.".to_owned(),
                    },
                    3..11 if d.supplements.is_empty() => Command::RequestSupplement {
                        lacks: vec![Lack {
                            about: "paper".to_owned(),
                            label: "Ảnh giấy tờ".to_owned(),
                            reason: "Ảnh mờ, không đọc được số; chụp lại đủ bốn góc, nơi sáng.".to_owned(),
                        }],
                    },
                    _ => Command::Accept,
                };
                play(&mut state, at, &desk, command)
            }
            Status::AwaitingSupplement { .. } => {
                let papers = d.papers.clone();
                let answers = std::collections::BTreeMap::new();
                play(&mut state, at, &filer, Command::Supplement { answers, papers })
            }
            Status::Accepted if due > 0 => {
                let payment = pay(PaymentMethod::Cash, due, at);
                play(&mut state, at, &desk, Command::RecordPayment(payment))
            }
            Status::Accepted => play(&mut state, at, &desk, Command::Forward { note: String::new() }),
            Status::InProcess(_) | Status::AwaitingPayment { .. } if d.open_opinions().next().is_some() => {
                let Some(asked) = d.open_opinions().next().map(|o| o.asked.clone()) else {
                    break;
                };
                let actor = person(asked.role, "Cán bộ được hỏi", Some(asked.agency));
                let payment = rules
                    .ask(&asked.id)
                    .map(|rule| rule.payment.clone())
                    .filter(|p| !p.is_empty());
                let answer = Answer {
                    agrees: true,
                    text: "Không có ý kiến khác.".to_owned(),
                    filled: payment.map(|field| (field, 3_500_000_u64.into())).into_iter().collect(),
                    paper: None,
                };
                play(&mut state, at, &actor, Command::GiveOpinion { ask: asked.id, answer })
            }
            Status::AwaitingPayment { .. } => {
                let reference = "mô phỏng".to_owned();
                play(&mut state, at, &specialist, Command::ConfirmPayment { reference })
            }
            Status::InProcess(stage) if !rules.ends(stage.step) => {
                let proposes = rules.steps.get(stage.step).is_some_and(|s| s.proposes);
                let proposal = proposes.then(|| Proposal {
                    outcome: Outcome::Granted,
                    text: "Hồ sơ đủ điều kiện.".to_owned(),
                    by: specialist.name.clone(),
                });
                let actor = if stage.role == Role::Leader { &leader } else { &specialist };
                let command = Command::FinishStep {
                    proposal,
                    filled: std::collections::BTreeMap::new(),
                    note: String::new(),
                };
                play(&mut state, at, actor, command)
            }
            Status::InProcess(_) => {
                let result = ResultPaper {
                    outcome: Outcome::Granted,
                    hash: town.picture.0,
                    size: town.picture.1,
                    by: leader.name.clone(),
                    at,
                    to_sign: Vec::new(),
                    signatures: Vec::new(),
                    revoked: None,
                };
                play(&mut state, at, &leader, Command::Approve { result })
            }
            Status::Approved => {
                let (way, taken_by) = (d.return_way, d.applicant.name.clone());
                let proof = None;
                play(&mut state, at, &desk, Command::Return { way, taken_by, proof })
            }
            _ => false,
        };
        if !moved {
            break;
        }
    }
    Ok(Change {
        dossier: id,
        before: None,
        events,
        jobs: Vec::new(),
        effects: Vec::new(),
    })
}

fn person(role: Role, name: &str, agency: Option<AgencyCode>) -> Actor {
    Actor {
        account: AccountId::SYSTEM,
        name: name.to_owned(),
        role,
        agency,
    }
}

fn pay(method: PaymentMethod, amount: u64, at: Timestamp) -> Payment {
    Payment {
        method,
        amount,
        receipt: String::new(),
        order: None,
        reference: "mô phỏng".to_owned(),
        at,
    }
}
