//! What can happen to a dossier, and what cannot.

use jiff::{SignedDuration, Timestamp};
use motcua_model::actor::{Actor, Role};
use motcua_model::clock::{Calendar, OfficeHours, TIME_ZONE, Term};
use motcua_model::dossier::{
    Applicant, Channel, Command, Context, Dossier, ExtensionRule, Lack, Level, Outcome, Payment, PaymentMethod, Proposal,
    Recorded, Refusal, ResultPaper, ReturnWay, Rules, StepRule, Submission, cash, decide, evolve, fold, parse_code,
};
use motcua_model::id::{AccountId, AgencyCode, DossierId, FileHash, OrderId, ProcedureCode};
use motcua_model::journal::{Line, START};

pub struct Desk {
    pub calendar: Calendar,
    pub rules: Rules,
    pub now: Timestamp,
    journal: Vec<Recorded>,
}

const ID: DossierId = DossierId(uuid::Uuid::from_u128(7));

impl Desk {
    pub fn new(level: Level) -> Self {
        let days_off = include_str!("../../../../catalogue/calendars/days-off.tsv");
        let step = |role, proposes, next: Option<usize>| StepRule {
            role,
            proposes,
            next: next.map(|to| (None, to)).into_iter().collect(),
            asks: Vec::new(),
            answers: None,
        };
        Self {
            calendar: Calendar::from_tsv(OfficeHours::default(), days_off).unwrap(),
            rules: Rules {
                term: Term::WorkingDays(3),
                level,
                ways: vec![ReturnWay::Online, ReturnWay::Counter],
                extension: ExtensionRule::default(),
                steps: vec![step(Role::Specialist, true, Some(1)), step(Role::Leader, false, None)],
            },
            now: TIME_ZONE.to_timestamp("2020-03-23T09:00".parse().unwrap()).unwrap(),
            journal: Vec::new(),
        }
    }

    pub fn journal(&self) -> &[Recorded] {
        &self.journal
    }

    pub fn dossier(&self) -> Option<Dossier> {
        fold(ID, &self.journal)
    }

    pub fn act(&mut self, role: Role, command: Command) -> Result<Dossier, Refusal> {
        self.act_of("24.12", role, command)
    }

    pub fn act_of(&mut self, agency: &str, role: Role, command: Command) -> Result<Dossier, Refusal> {
        let actor = Actor {
            account: AccountId::SYSTEM,
            name: "Ai đó".into(),
            role,
            agency: Some(AgencyCode::from(agency)),
        };
        let context = Context {
            actor: &actor,
            now: self.now,
            calendar: &self.calendar,
            rules: &self.rules,
        };
        for mut event in decide(self.dossier().as_ref(), command, &context)? {
            event.set_number(self.now, 1);
            self.journal.push(Recorded {
                at: self.now,
                actor: actor.clone(),
                event,
            });
        }
        Ok(self.dossier().unwrap())
    }

    pub fn file(&mut self, channel: Channel, fee: u64) -> Dossier {
        let submission = self.submission(channel, fee);
        self.act(Role::Citizen, Command::Submit(Box::new(submission))).unwrap()
    }

    pub fn submit_without_consent(&mut self) -> Result<Dossier, Refusal> {
        let submission = Submission {
            consent: None,
            ..self.submission(Channel::Post, 0)
        };
        self.act(Role::PostClerk, Command::Submit(Box::new(submission)))
    }

    fn submission(&self, channel: Channel, fee: u64) -> Submission {
        Submission {
            procedure: ProcedureCode::from("1.004873"),
            form_version: 1,
            agency: AgencyCode::from("24.12"),
            channel,
            owner: Some(AccountId::SYSTEM),
            filed_at_office: (channel == Channel::Post).then(|| AgencyCode::from("24.02")),
            applicant: Applicant {
                name: "Nông Thị Hoa".into(),
                person_id: "019185001234".into(),
                birth_date: "30/03/1985".into(),
                phone: "+84912345678".into(),
                email: String::new(),
                address: String::new(),
                commune: String::new(),
            },
            answers: [("dan_toc".to_owned(), "Tày".into())].into(),
            papers: Vec::new(),
            return_way: ReturnWay::Online,
            fee,
            fee_shares: Vec::new(),
            consent: (channel == Channel::Post).then(|| crate::consent::signed(self.now)),
        }
    }

    pub fn wait(&mut self, hours: i64) {
        self.now += SignedDuration::from_hours(hours);
    }
}

pub fn finish() -> Command {
    Command::FinishStep {
        proposal: proposal(Outcome::Granted),
        filled: std::collections::BTreeMap::new(),
        note: String::new(),
    }
}

fn lack() -> Vec<Lack> {
    vec![Lack {
        about: "dan_toc".into(),
        label: "Dân tộc".into(),
        reason: "Ghi rõ dân tộc.".into(),
    }]
}

fn result(outcome: Outcome, at: Timestamp) -> ResultPaper {
    ResultPaper {
        outcome,
        hash: FileHash([1; 32]),
        size: 1,
        by: "Lãnh đạo".into(),
        at,
        to_sign: Vec::new(),
        signatures: Vec::new(),
        revoked: None,
    }
}

fn proposal(outcome: Outcome) -> Option<Proposal> {
    Some(Proposal {
        outcome,
        text: "Chưa kết hôn.".into(),
        by: "Chuyên viên".into(),
    })
}

#[test]
fn the_code_says_agency_day_and_number() {
    let d = Desk::new(Level::Four).file(Channel::Online, 0);
    assert_eq!(d.code.as_str(), "000.24.12.H55-200323-0001");
    assert_eq!(parse_code(" 24.12.h55-200323-0001 "), Some(d.code));
    assert_eq!(parse_code("000.24.12.H55-2003-0001"), None);
}

#[test]
fn the_usual_path_ends_with_the_result_in_her_hands() {
    let mut desk = Desk::new(Level::Four);
    desk.file(Channel::Online, 0);
    let accepted = desk.act(Role::Receptionist, Command::Accept).unwrap();
    assert_eq!(
        accepted.due,
        Some(TIME_ZONE.to_timestamp("2020-03-26T17:00".parse().unwrap()).unwrap())
    );
    desk.act(Role::Receptionist, Command::Forward { note: String::new() })
        .unwrap();
    desk.act(
        Role::Specialist,
        Command::FinishStep {
            proposal: proposal(Outcome::Granted),
            filled: std::collections::BTreeMap::new(),
            note: String::new(),
        },
    )
    .unwrap();
    desk.act(
        Role::Leader,
        Command::Approve {
            result: result(Outcome::Granted, desk.now),
        },
    )
    .unwrap();
    let done = desk
        .act(
            Role::Receptionist,
            Command::Return {
                way: ReturnWay::Online,
                taken_by: String::new(),
                proof: None,
            },
        )
        .unwrap();
    assert_eq!((done.status.as_str(), done.turn(), done.version), ("returned", None, 6));
}

#[test]
fn at_level_4_the_fee_comes_before_acceptance() {
    let mut desk = Desk::new(Level::Four);
    desk.file(Channel::Online, 15_000);
    assert_eq!(
        desk.act(Role::Receptionist, Command::Accept),
        Err(Refusal::FeeUnpaid { due: 15_000 })
    );
    let order = OrderId(uuid::Uuid::from_u128(1));
    let payment = Payment {
        method: PaymentMethod::Vnpay,
        amount: 15_000,
        receipt: String::new(),
        order: Some(order),
        reference: "14".into(),
        at: desk.now,
    };
    let wrong = Payment {
        amount: 14_000,
        ..payment.clone()
    };
    assert_eq!(
        desk.act(Role::System, Command::RecordPayment(wrong)),
        Err(Refusal::WrongAmount { due: 15_000 })
    );
    let paid = desk.act(Role::System, Command::RecordPayment(payment.clone())).unwrap();
    assert_eq!(paid.payments[0].receipt, "BL-24.12-2020-000001");
    assert_eq!(
        desk.act(Role::System, Command::RecordPayment(payment)),
        Err(Refusal::NothingDue)
    );
    assert!(desk.act(Role::Receptionist, Command::Accept).is_ok());
}

#[test]
fn at_level_3_the_fee_comes_at_the_latest_with_the_result() {
    let mut desk = Desk::new(Level::Three);
    desk.file(Channel::Online, 28_000);
    desk.act(Role::Receptionist, Command::Accept).unwrap();
    desk.act(Role::Receptionist, Command::Forward { note: String::new() })
        .unwrap();
    desk.act(
        Role::Specialist,
        Command::FinishStep {
            proposal: proposal(Outcome::Granted),
            filled: std::collections::BTreeMap::new(),
            note: String::new(),
        },
    )
    .unwrap();
    desk.act(
        Role::Leader,
        Command::Approve {
            result: result(Outcome::Granted, desk.now),
        },
    )
    .unwrap();
    let give = || Command::Return {
        way: ReturnWay::Counter,
        taken_by: "Hoa 1234".into(),
        proof: None,
    };
    assert_eq!(desk.act(Role::Receptionist, give()), Err(Refusal::FeeUnpaid { due: 28_000 }));
    desk.act(Role::Receptionist, Command::RecordPayment(cash(28_000, desk.now)))
        .unwrap();
    assert!(desk.act(Role::Receptionist, give()).is_ok());
}

#[test]
fn a_supplement_stops_the_clock_and_moves_the_due_date_by_what_was_waited() {
    let mut desk = Desk::new(Level::Four);
    desk.file(Channel::Online, 0);
    desk.act(Role::Receptionist, Command::Accept).unwrap();
    let asked = desk
        .act(Role::Receptionist, Command::RequestSupplement { lacks: lack() })
        .unwrap();
    assert_eq!((asked.turn(), asked.deadline()), (Some(Role::Citizen), None));
    desk.wait(48);
    let empty = Command::Supplement {
        answers: [].into(),
        papers: Vec::new(),
    };
    assert_eq!(
        desk.act(Role::Citizen, empty),
        Err(Refusal::SupplementIncomplete {
            about: "Dân tộc".into()
        })
    );
    let answer = Command::Supplement {
        answers: [("dan_toc".to_owned(), "Nùng".into())].into(),
        papers: Vec::new(),
    };
    let answered = desk.act(Role::Citizen, answer).unwrap();
    // Two working days were waited: from Thursday 26/3 17:00 to Monday 30/3 17:00.
    assert_eq!(
        answered.due,
        Some(TIME_ZONE.to_timestamp("2020-03-30T17:00".parse().unwrap()).unwrap())
    );
    assert_eq!(answered.answers["dan_toc"], "Nùng");
    assert_eq!(
        desk.act(Role::Receptionist, Command::RequestSupplement { lacks: lack() }),
        Err(Refusal::AlreadyAsked)
    );
}

#[test]
fn a_reason_is_always_given() {
    let mut desk = Desk::new(Level::Four);
    desk.file(Channel::Online, 0);
    assert_eq!(
        desk.act(Role::Receptionist, Command::Refuse { reason: "  ".into() }),
        Err(Refusal::ReasonMissing)
    );
    assert_eq!(
        desk.act(Role::Receptionist, Command::RequestSupplement { lacks: Vec::new() }),
        Err(Refusal::NothingLacks)
    );
}

#[test]
fn the_leader_sends_back_and_does_not_do_the_specialists_step() {
    let mut desk = Desk::new(Level::Four);
    desk.file(Channel::Online, 0);
    desk.act(Role::Receptionist, Command::Accept).unwrap();
    desk.act(Role::Receptionist, Command::Forward { note: String::new() })
        .unwrap();
    let finish = || Command::FinishStep {
        proposal: proposal(Outcome::Granted),
        filled: std::collections::BTreeMap::new(),
        note: String::new(),
    };
    assert_eq!(desk.act(Role::Leader, finish()), Err(Refusal::NotYourStep));
    desk.act(Role::Specialist, finish()).unwrap();
    let back = desk
        .act(
            Role::Leader,
            Command::SendBack {
                reason: "Thiếu căn cứ.".into(),
            },
        )
        .unwrap();
    assert_eq!(back.turn(), Some(Role::Specialist));
}

#[test]
fn she_takes_it_back_freely_before_acceptance_and_not_after() {
    let mut desk = Desk::new(Level::Four);
    desk.file(Channel::Online, 0);
    let withdraw = || Command::Withdraw { reason: String::new() };
    let mut later = Desk {
        journal: desk.journal.clone(),
        ..Desk::new(Level::Four)
    };
    assert_eq!(desk.act(Role::Citizen, withdraw()).unwrap().status.as_str(), "withdrawn");
    later.act(Role::Receptionist, Command::Accept).unwrap();
    assert_eq!(
        later.act(Role::Citizen, withdraw()),
        Err(Refusal::WrongStatus { status: "accepted" })
    );
}

#[test]
fn a_changed_line_shows_and_so_does_every_line_after_it() {
    let mut desk = Desk::new(Level::Four);
    desk.file(Channel::Online, 0);
    desk.act(Role::Receptionist, Command::Accept).unwrap();
    let first = Line::next(&START, ID, 1, &desk.journal[0]).unwrap();
    let second = Line::next(&first.hash, ID, 2, &desk.journal[1]).unwrap();
    assert!(first.holds(&START) && second.holds(&first.hash));
    let changed = Line {
        body: first.body.replace("Hoa", "Hòa"),
        ..first.clone()
    };
    assert!(!changed.holds(&START));
    let redone = Line::next(&START, ID, 1, &changed.read().unwrap()).unwrap();
    assert!(!second.holds(&redone.hash));
    assert_eq!(second.read().unwrap(), desk.journal[1]);
    assert_eq!(evolve(None, ID, &desk.journal[1]), None);
}
