//! Parcels: what the post tells comes in any order, more than once, and is not always true.

use crate::dossier::Desk;
use jiff::SignedDuration;
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::{
    Channel, Command, Context, Dossier, Event, Level, Outcome, Parcel, ParcelCommand, ParcelDifference, ParcelEvent, ParcelKind,
    ParcelOrder, ParcelState, PostAddress, PostNotice, Proof, Proposal, Recorded, Refusal, ResultPaper, ReturnWay, Status, Visit,
    decide, evolve,
};
use motcua_model::id::{AccountId, AgencyCode, FileHash};
use proptest::prelude::*;

const OFFICE: &str = "24.02";

/// A dossier whose result is there and ordered to go home, with the fee still due when `fee` says so.
struct Way {
    desk: Desk,
    d: Dossier,
}

impl Way {
    fn new(fee: u64) -> Self {
        let mut desk = Desk::new(Level::Three);
        desk.file(Channel::Counter, fee);
        desk.act(Role::Receptionist, Command::Accept).unwrap();
        desk.act(Role::Receptionist, Command::Forward { note: String::new() })
            .unwrap();
        let proposal = Some(Proposal {
            outcome: Outcome::Granted,
            text: "Chưa kết hôn.".into(),
            by: "Chuyên viên".into(),
        });
        let finish = Command::FinishStep {
            proposal,
            filled: [].into(),
            note: String::new(),
        };
        desk.act(Role::Specialist, finish).unwrap();
        let result = ResultPaper {
            outcome: Outcome::Granted,
            hash: FileHash([1; 32]),
            size: 1,
            by: "Lãnh đạo".into(),
            at: desk.now,
            to_sign: Vec::new(),
            signatures: Vec::new(),
            revoked: None,
        };
        desk.act(Role::Leader, Command::Approve { result }).unwrap();
        let order = ParcelOrder {
            kind: ParcelKind::Deliver,
            reference: "24.12.H55-200323-0001-P1".into(),
            address: PostAddress {
                name: "Nông Thị Hoa".into(),
                phone: "+84912345678".into(),
                commune: "170-02".into(),
                text: "Xóm Khuổi Mèo, Xã Sảng Mộc".into(),
            },
            weight_g: 60,
            price: 20_000,
            collect: fee,
            office: AgencyCode::from(OFFICE),
            code: "4821".into(),
        };
        let order = ParcelCommand::Order(Box::new(order));
        let d = desk.act(Role::System, Command::Parcel { parcel: 0, what: order }).unwrap();
        Self { desk, d }
    }

    fn decide(&self, what: ParcelCommand) -> Result<Vec<Event>, Refusal> {
        decide(Some(&self.d), Command::Parcel { parcel: 1, what }, &self.context(&clerk()))
    }

    fn context<'a>(&'a self, actor: &'a Actor) -> Context<'a> {
        Context {
            actor,
            now: self.desk.now,
            calendar: &self.desk.calendar,
            rules: &self.desk.rules,
        }
    }

    fn does(&mut self, what: ParcelCommand) -> Result<Vec<Event>, Refusal> {
        let mut events = self.decide(what)?;
        for event in &mut events {
            event.set_number(self.desk.now, 1);
            let recorded = Recorded {
                at: self.desk.now,
                actor: clerk(),
                event: event.clone(),
            };
            self.d = evolve(Some(self.d.clone()), self.d.id, &recorded).unwrap();
        }
        Ok(events)
    }

    fn told(&mut self, notice: &PostNotice) -> Result<Vec<Event>, Refusal> {
        self.does(ParcelCommand::Notice(Box::new(notice.clone())))
    }

    fn parcel(&self) -> &Parcel {
        self.d.parcel(1).unwrap()
    }

    /// What the post tells, in its own order, one hour apart.
    fn notices(&self, states: &[ParcelState]) -> Vec<PostNotice> {
        (1..)
            .zip(states)
            .map(|(seq, state)| PostNotice {
                seq,
                state: *state,
                at: self.desk.now + SignedDuration::from_hours(seq.into()),
                place: "Bưu điện huyện Võ Nhai".into(),
                reason: if *state == ParcelState::Failed {
                    "vắng nhà".into()
                } else {
                    String::new()
                },
                collected: if *state == ParcelState::Delivered {
                    self.parcel().order.collect
                } else {
                    0
                },
                proof: (*state == ParcelState::Delivered).then(|| Proof {
                    taken_by: "Nông Thị Hoa".into(),
                    id_last: "1234".into(),
                    ..Proof::default()
                }),
            })
            .collect()
    }
}

fn clerk() -> Actor {
    Actor {
        account: AccountId::SYSTEM,
        name: "Lục Thị Sen".into(),
        role: Role::PostClerk,
        agency: Some(AgencyCode::from(OFFICE)),
    }
}

use ParcelState::{Collected, Delivered, Failed, InTransit, OutForDelivery, Returned, Returning};

const HOME: [ParcelState; 6] = [Collected, InTransit, OutForDelivery, Failed, OutForDelivery, Delivered];
const BACK: [ParcelState; 9] = [
    Collected,
    OutForDelivery,
    Failed,
    OutForDelivery,
    Failed,
    OutForDelivery,
    Failed,
    Returning,
    Returned,
];

#[test]
fn a_delivered_parcel_is_the_result_returned_with_who_took_it() {
    let mut way = Way::new(0);
    for notice in way.notices(&HOME) {
        way.told(&notice).unwrap();
    }
    assert_eq!(way.d.status, Status::Returned);
    let returned = way.d.returned.clone().unwrap();
    assert_eq!(
        (returned.way, returned.taken_by.as_str()),
        (ReturnWay::Post, "Nông Thị Hoa (…1234)")
    );
    assert_eq!((way.parcel().failures(), way.parcel().state()), (1, Delivered));
}

#[test]
fn the_fee_that_the_post_collects_is_cash_of_its_office_and_gets_a_receipt() {
    let mut way = Way::new(15_000);
    for notice in way.notices(&HOME) {
        way.told(&notice).unwrap();
    }
    assert_eq!((way.d.fee_due(), way.d.status.clone()), (0, Status::Returned));
    assert_eq!(way.d.payments.len(), 1);
    assert!(way.d.payments[0].receipt.starts_with("BL-24.12-2020-"));
}

#[test]
fn another_amount_than_was_due_is_booked_as_it_came_and_shown_as_a_difference() {
    let mut way = Way::new(15_000);
    let mut notices = way.notices(&[Collected, Delivered]);
    notices[1].collected = 10_000;
    for notice in notices {
        way.told(&notice).unwrap();
    }
    assert_eq!(way.d.status, Status::Returned);
    let why: Vec<_> = way.parcel().open_differences().map(|x| x.why).collect();
    assert_eq!(why, [ParcelDifference::OtherAmount]);
}

#[test]
fn delivered_before_sent_changes_nothing_and_is_shown() {
    let mut way = Way::new(0);
    let delivered = way.notices(&[Delivered]).remove(0);
    let events = way.told(&delivered).unwrap();
    assert!(matches!(
        &events[..],
        [Event::Parcel {
            what: ParcelEvent::Differs {
                why: ParcelDifference::NotSent,
                ..
            },
            ..
        }]
    ));
    assert_eq!(way.d.status, Status::Approved);
    assert_eq!(way.told(&delivered), Err(Refusal::AlreadyKnown));
}

#[test]
fn what_is_older_than_the_order_or_comes_after_the_end_is_a_difference() {
    let mut way = Way::new(0);
    let mut old = way.notices(&[Collected]).remove(0);
    old.at = way.desk.now - SignedDuration::from_hours(3);
    way.told(&old).unwrap();
    let mut way_home = way.notices(&HOME);
    way_home.iter_mut().for_each(|n| n.seq += 1);
    for notice in &way_home {
        way.told(notice).unwrap();
    }
    let mut after = way_home[1].clone();
    after.seq = 20;
    way.told(&after).unwrap();
    let why: Vec<_> = way.parcel().open_differences().map(|x| x.why).collect();
    assert_eq!(why, [ParcelDifference::BeforeOrder, ParcelDifference::AfterEnd]);
    assert_eq!(way.d.status, Status::Returned);
}

#[test]
fn the_same_number_with_something_else_contradicts() {
    let mut way = Way::new(0);
    let mut notice = way.notices(&[Collected]).remove(0);
    way.told(&notice).unwrap();
    notice.state = InTransit;
    way.told(&notice).unwrap();
    assert_eq!(way.parcel().state(), Collected);
    assert_eq!(
        way.parcel().open_differences().next().unwrap().why,
        ParcelDifference::Contradicts
    );
}

#[test]
fn after_three_tries_it_waits_at_the_counter_again() {
    let mut way = Way::new(0);
    for notice in way.notices(&BACK) {
        way.told(&notice).unwrap();
    }
    assert_eq!(
        (way.d.status.clone(), way.d.return_way),
        (Status::Approved, ReturnWay::Counter)
    );
    assert_eq!(way.parcel().failures(), 3);
    let d = way.d.clone();
    let back = Command::Return {
        proof: None,
        way: ReturnWay::Counter,
        taken_by: "Nông Thị Hoa, …1234".into(),
    };
    assert!(decide(Some(&d), back, &way.context(&clerk())).is_ok());
}

#[test]
fn what_is_with_the_post_is_not_handed_over_at_the_counter() {
    let way = Way::new(0);
    let back = Command::Return {
        proof: None,
        way: ReturnWay::Counter,
        taken_by: "Ai đó".into(),
    };
    assert_eq!(
        decide(Some(&way.d), back, &way.context(&clerk())),
        Err(Refusal::ParcelUnderWay)
    );
}

#[test]
fn it_is_called_off_until_the_post_has_it() {
    let mut way = Way::new(0);
    let cancel = |reason: &str| ParcelCommand::Cancel { reason: reason.into() };
    assert_eq!(way.decide(cancel(" ")), Err(Refusal::ReasonMissing));
    assert!(way.decide(cancel("người dân đến lấy")).is_ok());
    let collected = way.notices(&[Collected]).remove(0);
    way.told(&collected).unwrap();
    assert_eq!(way.decide(cancel("người dân đến lấy")), Err(Refusal::ParcelUnderWay));
}

fn visit(state: ParcelState, herself: bool, id_last: &str, code: &str) -> ParcelCommand {
    ParcelCommand::Visit(Box::new(Visit {
        state,
        place: "Bưu điện huyện Võ Nhai".into(),
        reason: "vắng nhà".into(),
        herself,
        code: code.into(),
        collected: 0,
        proof: Proof {
            taken_by: "Nông Thị Hoa".into(),
            id_last: id_last.into(),
            ..Proof::default()
        },
    }))
}

#[test]
fn a_clerk_delivers_what_is_on_her_round_with_a_proof() {
    let mut way = Way::new(0);
    assert_eq!(way.decide(visit(Delivered, true, "1234", "")), Err(Refusal::ParcelElsewhere));
    way.does(visit(OutForDelivery, true, "", "")).unwrap();
    assert_eq!(way.decide(visit(Delivered, true, "", "")), Err(Refusal::ProofMissing));
    assert_eq!(way.decide(visit(Delivered, true, "12a4", "")), Err(Refusal::ReceiverUnclear));
    way.does(visit(Delivered, true, "", "4821")).unwrap();
    assert_eq!(way.d.status, Status::Returned);
    assert!(way.parcel().proof().unwrap().code);
}

#[test]
fn a_neighbour_takes_it_only_when_she_named_him() {
    let mut way = Way::new(0);
    way.does(visit(OutForDelivery, true, "", "")).unwrap();
    assert_eq!(
        way.decide(visit(Delivered, false, "9876", "")),
        Err(Refusal::ReceiverNotNamed)
    );
    let name = ParcelCommand::NameReceiver {
        name: "Ma Văn Lực".into(),
        id_last: "9876".into(),
    };
    way.does(name).unwrap();
    assert_eq!(
        way.decide(visit(Delivered, false, "1111", "")),
        Err(Refusal::ReceiverNotNamed)
    );
    way.does(visit(Delivered, false, "9876", "")).unwrap();
    assert_eq!(way.d.status, Status::Returned);
}

#[test]
fn a_delivery_code_can_be_guessed_five_times() {
    let mut way = Way::new(0);
    way.does(visit(OutForDelivery, true, "", "")).unwrap();
    for _ in 0..5 {
        way.does(visit(Delivered, true, "", "0000")).unwrap();
        assert_eq!(way.d.status, Status::Approved);
    }
    assert_eq!(way.decide(visit(Delivered, true, "", "4821")), Err(Refusal::CodeSpent));
}

#[test]
fn a_clerk_of_another_office_does_not_deliver_it() {
    let way = Way::new(0);
    let other = Actor {
        agency: Some(AgencyCode::from("20.02")),
        ..clerk()
    };
    let command = Command::Parcel {
        parcel: 1,
        what: visit(OutForDelivery, true, "", ""),
    };
    assert_eq!(
        decide(Some(&way.d), command, &way.context(&other)),
        Err(Refusal::NotPermitted)
    );
}

fn shuffled(states: &'static [ParcelState]) -> impl Strategy<Value = Vec<usize>> {
    let once: Vec<usize> = (0..states.len()).collect();
    (Just(once).prop_shuffle(), prop::collection::vec(0..states.len(), 0..6)).prop_map(|(mut order, again)| {
        order.extend(again);
        order
    })
}

/// Tells in this order; answers the parcel and the dossier without their histories.
fn told_in(states: &[ParcelState], order: &[usize], fee: u64) -> (Parcel, Status, ReturnWay, u64) {
    let mut way = Way::new(fee);
    let notices = way.notices(states);
    for at in order {
        match way.told(&notices[*at]) {
            Ok(_) | Err(Refusal::AlreadyKnown) => {}
            Err(e) => panic!("{e}"),
        }
    }
    (way.parcel().clone(), way.d.status.clone(), way.d.return_way, way.d.paid())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_the_order_and_however_often_the_same_notices_make_the_same_parcel(
        home in shuffled(&HOME), back in shuffled(&BACK)
    ) {
        let straight: Vec<usize> = (0..HOME.len()).collect();
        prop_assert_eq!(told_in(&HOME, &home, 15_000), told_in(&HOME, &straight, 15_000));
        let straight: Vec<usize> = (0..BACK.len()).collect();
        prop_assert_eq!(told_in(&BACK, &back, 0), told_in(&BACK, &straight, 0));
    }
}
