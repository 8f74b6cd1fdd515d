//! The books balance whatever happens, and every order is paid at most once.

use jiff::{SignedDuration, Timestamp};
use motcua_model::actor::{Actor, Role};
use motcua_model::clock::{Calendar, OfficeHours, Term};
use motcua_model::dossier::{
    Applicant, Channel, Command, Context, Dossier, ExtensionRule, FeeKind, FeeShare, Level, Payment, PaymentMethod, Recorded,
    RefundReason, RefundState, RefundWay, Refusal, ReturnWay, Rules, Status, StepRule, Submission, cash, decide, evolve,
};
use motcua_model::id::{AccountId, AgencyCode, DossierId, OrderId, ProcedureCode};
use motcua_model::journal::START;
use motcua_model::ledger::{Account, BookEvent, BookLine, BookRecorded, Entry, post, post_book};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use uuid::Uuid;

static CALENDAR: LazyLock<Calendar> = LazyLock::new(|| {
    let days_off = include_str!("../../../../catalogue/calendars/days-off.tsv");
    Calendar::from_tsv(OfficeHours::default(), days_off).unwrap()
});
static RULES: LazyLock<Rules> = LazyLock::new(|| Rules {
    term: Term::WorkingDays(3),
    level: Level::Four,
    ways: vec![ReturnWay::Online],
    steps: vec![StepRule {
        role: Role::Leader,
        proposes: false,
        next: Vec::new(),
        asks: Vec::new(),
        answers: None,
    }],
    extension: ExtensionRule::default(),
});

/// One dossier with the entries that its events made.
#[derive(Default)]
struct Book {
    dossier: Option<Dossier>,
    entries: Vec<Entry>,
    number: u64,
    charged_back: bool,
}

impl Book {
    fn act(&mut self, role: Role, who: u128, agency: bool, command: Command) -> Result<(), Refusal> {
        let actor = Actor {
            account: AccountId(Uuid::from_u128(who)),
            name: format!("Người {who}"),
            role,
            agency: agency.then(|| AgencyCode::from("24.12")),
        };
        let now: Timestamp = "2020-03-23T02:00:00Z".parse().unwrap();
        let context = Context {
            actor: &actor,
            now,
            calendar: &CALENDAR,
            rules: &RULES,
        };
        for mut event in decide(self.dossier.as_ref(), command, &context)? {
            self.number += 1;
            event.set_number(now, self.number);
            let recorded = Recorded {
                at: now + SignedDuration::from_secs(self.number.cast_signed()),
                actor: actor.clone(),
                event,
            };
            self.entries.extend(post(self.dossier.as_ref(), &recorded));
            self.dossier = evolve(self.dossier.take(), DossierId(Uuid::from_u128(7)), &recorded);
        }
        Ok(())
    }

    fn file(fee: u64) -> Self {
        let mut book = Self::default();
        let share = |kind, budget: &str, amount| FeeShare {
            kind,
            budget: budget.into(),
            amount,
        };
        let shares = vec![
            share(FeeKind::Charge, "", fee / 3),
            share(FeeKind::Fee, "2106", fee - fee / 3),
        ];
        let submission = Submission {
            procedure: ProcedureCode::from("1.004873"),
            form_version: 1,
            agency: AgencyCode::from("24.12"),
            channel: Channel::Online,
            owner: None,
            filed_at_office: None,
            applicant: Applicant {
                name: "Nông Thị Hoa".into(),
                person_id: String::new(),
                birth_date: String::new(),
                phone: String::new(),
                email: String::new(),
                address: String::new(),
                commune: String::new(),
            },
            answers: BTreeMap::new(),
            papers: Vec::new(),
            return_way: ReturnWay::Online,
            fee,
            fee_shares: shares,
            consent: None,
        };
        book.act(Role::Citizen, 1, false, Command::Submit(Box::new(submission)))
            .unwrap();
        book
    }

    fn d(&self) -> &Dossier {
        self.dossier.as_ref().unwrap()
    }

    fn receive(&mut self, method: PaymentMethod, number: u64, amount: u64, ordered: u64) -> Result<(), Refusal> {
        let payment = Payment {
            method,
            amount,
            receipt: String::new(),
            order: (method == PaymentMethod::Vnpay).then(|| OrderId(Uuid::from_u128(u128::from(number)))),
            reference: format!("{}{number}", method.as_str()),
            at: "2020-03-23T02:00:00Z".parse().unwrap(),
        };
        let late = false;
        self.act(Role::System, 0, false, Command::ReceiveMoney { payment, ordered, late })
    }

    fn balance(&self, account: &Account) -> i64 {
        let lines = self.entries.iter().flat_map(|e| &e.postings);
        lines.filter(|p| p.account == *account).map(|p| p.amount).sum()
    }

    /// One step of a history; what is refused changes nothing.
    fn step(&mut self, what: u8, a: u64, b: u64) {
        let d = self.d();
        let (fee, due) = (d.fee, d.fee_due());
        let number = u32::try_from(b % 4 + 1).unwrap();
        let keys: Vec<String> = d
            .payments
            .iter()
            .chain(&d.surplus)
            .map(|p| motcua_model::dossier::key(p).to_owned())
            .collect();
        let key = keys
            .get(usize::try_from(a).unwrap() % keys.len().max(1))
            .cloned()
            .unwrap_or_default();
        let said = || "Theo đề nghị.".to_owned();
        let _ = match what {
            0 | 1 => self.receive(PaymentMethod::Vnpay, a % 5, fee, fee),
            2 => self.receive(
                PaymentMethod::Vietqr,
                a % 5,
                [fee, due, fee + 500, 700][usize::try_from(b % 4).unwrap()],
                fee,
            ),
            3 => self.act(
                Role::Receptionist,
                2,
                true,
                Command::RecordPayment(cash(due, Timestamp::UNIX_EPOCH)),
            ),
            4 => self.act(Role::Receptionist, 2, true, Command::Refuse { reason: said() }),
            5 => self.act(Role::Citizen, 1, false, Command::Withdraw { reason: String::new() }),
            6 => self.act(Role::Leader, 3, true, Command::Stop { reason: said() }),
            7 => {
                let shares = vec![FeeShare {
                    kind: FeeKind::Fee,
                    budget: String::new(),
                    amount: a % 40_000,
                }];
                self.act(Role::Accountant, 4, true, Command::ChangeFee { shares, reason: said() })
            }
            8 => {
                let (reference, amount) = (key, b % 30_000);
                self.act(
                    Role::Accountant,
                    4,
                    true,
                    Command::ProposeRefund {
                        reference,
                        amount,
                        note: said(),
                    },
                )
            }
            9 | 10 => self.act(Role::Leader, 3, true, Command::ApproveRefund { refund: number }),
            11 => self.act(
                Role::Leader,
                3,
                true,
                Command::RejectRefund {
                    refund: number,
                    reason: said(),
                },
            ),
            12 | 13 => {
                let way = [RefundWay::Same, RefundWay::Cash, RefundWay::Transfer][usize::try_from(a % 3).unwrap()];
                let reference = said();
                self.act(
                    Role::Accountant,
                    4,
                    true,
                    Command::PayRefund {
                        refund: number,
                        way,
                        reference,
                    },
                )
            }
            14 => self.act(
                Role::System,
                0,
                false,
                Command::FailRefund {
                    refund: number,
                    why: said(),
                },
            ),
            15 => self.act(Role::System, 0, false, Command::RetryRefund { refund: number }),
            _ => {
                let done = self.act(Role::System, 0, false, Command::ChargeBack { reference: key });
                self.charged_back |= done.is_ok();
                done
            }
        };
    }

    fn check(&self) {
        let d = self.d();
        for entry in &self.entries {
            assert!(entry.balanced(), "{}: {}", entry.kind, entry.lines());
        }
        let mut sums: BTreeMap<&Account, i64> = BTreeMap::new();
        for posting in self.entries.iter().flat_map(|e| &e.postings) {
            *sums.entry(&posting.account).or_default() += posting.amount;
        }
        assert_eq!(sums.values().sum::<i64>(), 0);
        let money = |a: &Account| matches!(a, Account::Held(_) | Account::Till(_) | Account::Post(_));
        let held: i64 = sums.iter().filter(|(a, _)| money(a)).map(|(_, n)| n).sum();
        assert_eq!(held, self.entries.iter().map(|e| e.moved).sum::<i64>());
        let mut orders: Vec<_> = d.payments.iter().chain(&d.surplus).filter_map(|p| p.order).collect();
        let all = orders.len();
        orders.sort();
        orders.dedup();
        assert_eq!(orders.len(), all, "an order was paid twice");
        for payment in d.payments.iter().chain(&d.surplus) {
            let key = motcua_model::dossier::key(payment);
            let back = d
                .refunds
                .iter()
                .filter(|r| r.reference == key && r.state != RefundState::Rejected);
            assert!(
                back.map(|r| r.amount).sum::<u64>() <= payment.amount,
                "more goes back than came"
            );
        }
        if self.charged_back {
            return;
        }
        let ended = matches!(d.status, Status::Refused | Status::Withdrawn | Status::Stopped);
        let due = if ended { 0 } else { d.fee_due() };
        assert_eq!(self.balance(&Account::Due), due.cast_signed());
        let over = d.paid().saturating_sub(d.fee) + d.surplus.iter().map(|p| p.amount).sum::<u64>();
        let in_state = |r: &&motcua_model::dossier::Refund, states: &[RefundState]| states.contains(&r.state);
        let given_up = |r: &&motcua_model::dossier::Refund| {
            !r.owed && in_state(r, &[RefundState::Approved, RefundState::Failed, RefundState::Paid])
        };
        let back: u64 = d.refunds.iter().filter(given_up).map(|r| r.amount).sum();
        let paid: u64 = d
            .refunds
            .iter()
            .filter(|r| in_state(r, &[RefundState::Paid]))
            .map(|r| r.amount)
            .sum();
        assert_eq!(
            -self.balance(&Account::Owed),
            (over + back).cast_signed() - paid.cast_signed()
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn after_any_history_the_trial_balance_is_zero_and_no_order_is_paid_twice(
        fee in 0_u64..30_000,
        steps in proptest::collection::vec((0_u8..18, any::<u64>(), any::<u64>()), 0..14),
    ) {
        let mut book = Book::file(fee);
        for (what, a, b) in steps {
            book.step(what, a, b);
            book.check();
        }
    }
}

#[test]
fn a_fee_is_due_then_held_then_owed_then_back() {
    let mut book = Book::file(15_000);
    assert_eq!(book.balance(&Account::Due), 15_000);
    assert_eq!(book.balance(&Account::Income(FeeKind::Charge, String::new())), -5_000);
    assert_eq!(book.balance(&Account::Income(FeeKind::Fee, "2106".into())), -10_000);
    book.receive(PaymentMethod::Vnpay, 1, 15_000, 15_000).unwrap();
    assert_eq!(book.balance(&Account::Held(PaymentMethod::Vnpay)), 15_000);
    book.act(
        Role::Receptionist,
        2,
        true,
        Command::Refuse {
            reason: "Sai nơi.".into(),
        },
    )
    .unwrap();
    let refund = &book.d().refunds[0];
    assert_eq!(
        (refund.reason, refund.amount, refund.owed),
        (RefundReason::NotAccepted, 15_000, false)
    );
    book.act(Role::Accountant, 4, true, Command::ApproveRefund { refund: 1 })
        .unwrap();
    assert_eq!(book.balance(&Account::Owed), -15_000);
    let (way, reference) = (RefundWay::Same, "R1".to_owned());
    book.act(
        Role::System,
        0,
        false,
        Command::PayRefund {
            refund: 1,
            way,
            reference,
        },
    )
    .unwrap();
    let mut left = book
        .entries
        .iter()
        .flat_map(|e| &e.postings)
        .map(|p| &p.account)
        .collect::<Vec<_>>();
    left.sort();
    left.dedup();
    assert!(left.into_iter().all(|a| book.balance(a) == 0));
}

#[test]
fn money_for_a_fee_that_is_paid_goes_back_and_the_same_money_is_known_again() {
    let mut book = Book::file(15_000);
    book.receive(PaymentMethod::Vnpay, 1, 15_000, 15_000).unwrap();
    assert_eq!(
        book.receive(PaymentMethod::Vnpay, 1, 15_000, 15_000),
        Err(Refusal::AlreadyPaid)
    );
    book.receive(PaymentMethod::Vietqr, 9, 15_000, 15_000).unwrap();
    assert_eq!(
        book.receive(PaymentMethod::Vietqr, 9, 15_000, 15_000),
        Err(Refusal::AlreadyPaid)
    );
    let d = book.d();
    assert_eq!(
        (d.payments.len(), d.surplus.len(), d.refunds[0].reason),
        (1, 1, RefundReason::PaidTwice)
    );
}

#[test]
fn who_proposes_a_refund_does_not_decide_on_it_and_a_large_one_needs_a_leader() {
    let mut book = Book::file(3_000_000);
    book.receive(PaymentMethod::Vnpay, 1, 3_000_000, 3_000_000).unwrap();
    let propose = |amount| Command::ProposeRefund {
        reference: "vnpay1".into(),
        amount,
        note: "Thu nhầm mức phí.".into(),
    };
    book.act(Role::Accountant, 4, true, propose(2_000_000)).unwrap();
    let too_much = book.act(Role::Accountant, 4, true, propose(1_000_001));
    assert_eq!(too_much, Err(Refusal::TooMuchBack { left: 1_000_000 }));
    let approve = || Command::ApproveRefund { refund: 1 };
    assert_eq!(book.act(Role::Accountant, 4, true, approve()), Err(Refusal::SamePerson));
    let over = Err(Refusal::OverLimit { limit: 1_000_000 });
    assert_eq!(book.act(Role::Accountant, 5, true, approve()), over);
    book.act(Role::Leader, 3, true, approve()).unwrap();
    assert_eq!(book.act(Role::Leader, 3, true, approve()), Err(Refusal::Overtaken));
}

#[test]
fn when_the_fee_was_raised_after_the_order_the_rest_stays_due_and_when_lowered_it_goes_back() {
    let shares = |amount| Command::ChangeFee {
        shares: vec![FeeShare {
            kind: FeeKind::Charge,
            budget: String::new(),
            amount,
        }],
        reason: "Sửa mức thu.".into(),
    };
    let mut raised = Book::file(15_000);
    raised.act(Role::Accountant, 4, true, shares(20_000)).unwrap();
    raised.receive(PaymentMethod::Vnpay, 1, 15_000, 15_000).unwrap();
    assert_eq!((raised.d().fee_due(), raised.d().refunds.len()), (5_000, 0));
    let mut lowered = Book::file(15_000);
    lowered.act(Role::Accountant, 4, true, shares(10_000)).unwrap();
    lowered.receive(PaymentMethod::Vnpay, 1, 15_000, 15_000).unwrap();
    let refund = &lowered.d().refunds[0];
    assert_eq!((refund.amount, refund.reason), (5_000, RefundReason::FeeLowered));
    lowered.check();
}

#[test]
fn the_names_of_accounts_are_read_back() {
    let office = AgencyCode::from("24.12");
    for account in [
        Account::Due,
        Account::Held(PaymentMethod::Vietqr),
        Account::Till(office.clone()),
        Account::Post(office),
        Account::Treasury,
        Account::Income(FeeKind::Fee, "2106".into()),
        Account::Income(FeeKind::Charge, String::new()),
        Account::Owed,
        Account::Unknown,
        Account::Cost,
        Account::Difference,
    ] {
        assert_eq!(Account::parse(&account.to_string()), Some(account));
    }
    assert_eq!(Account::parse("held:gold"), None);
}

#[test]
fn a_book_is_a_chain_and_its_entries_balance() {
    let recorded = |event| BookRecorded {
        at: Timestamp::UNIX_EPOCH,
        actor: Actor::system(),
        agency: AgencyCode::from("24.12"),
        event,
    };
    let till = recorded(BookEvent::TillClosed {
        till: "till:24.12".into(),
        expected: 30_000,
        counted: 29_000,
        note: "Thiếu một tờ.".into(),
    });
    let settled = recorded(BookEvent::Settled {
        method: PaymentMethod::Vnpay,
        amount: 14_500,
        cost: 500,
        reference: "S1".into(),
    });
    assert!(post_book(&till).balanced() && post_book(&settled).balanced());
    assert_eq!(post_book(&till).lines(), "treasury +29000;difference +1000;till:24.12 -30000");
    let first = BookLine::next(&START, 1, &till).unwrap();
    let second = BookLine::next(&first.hash, 2, &settled).unwrap();
    assert!(first.holds(&START) && second.holds(&first.hash) && !second.holds(&START));
    assert_eq!(second.read().unwrap(), settled);
}
