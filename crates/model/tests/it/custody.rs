//! Bags from hand to hand: what can happen to them, and what cannot.

use jiff::Timestamp;
use motcua_model::actor::{Actor, Role};
use motcua_model::custody::{
    Bag, BagCode, BagCommand, BagContext, BagEvent, BagLine, BagRecorded, BagRefusal, BagState, Broken, CodeProblem, KnownPaper,
    PaperCode, decide, evolve, fold, read_bag, read_paper, signed_list,
};
use motcua_model::id::{AccountId, AgencyCode, DossierId};
use motcua_model::journal::START;

struct Way {
    code: BagCode,
    journal: Vec<BagRecorded>,
    now: Timestamp,
}

fn person(number: u128, name: &str, agency: &str) -> Actor {
    Actor {
        account: AccountId(uuid::Uuid::from_u128(number)),
        name: name.into(),
        role: Role::Receptionist,
        agency: Some(AgencyCode::from(agency)),
    }
}

fn tiep() -> Actor {
    person(1, "Hoàng Văn Tiếp", "24.12")
}

fn sen() -> Actor {
    person(2, "Lục Thị Sen", "24.02")
}

fn mai() -> Actor {
    person(3, "Dương Thị Mai", "24.00")
}

fn paper(number: u64) -> PaperCode {
    PaperCode::new(&AgencyCode::from("24.12"), 2020, number)
}

const DOSSIER: DossierId = DossierId(uuid::Uuid::from_u128(7));

impl Way {
    fn new() -> Self {
        let mut way = Self {
            code: BagCode::new(&AgencyCode::from("24.12"), 2020, 12),
            journal: Vec::new(),
            now: "2020-03-30T09:00:00+07".parse().unwrap(),
        };
        let due = "2020-03-31T17:00:00+07".parse().unwrap();
        let to = AgencyCode::from("24.00");
        way.does(&tiep(), BagCommand::Open { to, due }).unwrap();
        way
    }

    fn bag(&self) -> Option<Bag> {
        fold(&self.code, &self.journal)
    }

    fn does(&mut self, actor: &Actor, command: BagCommand) -> Result<Bag, BagRefusal> {
        let cx = BagContext {
            actor,
            now: self.now,
            signed: signed_list(&self.journal),
        };
        for event in decide(self.bag().as_ref(), command, &cx)? {
            self.journal.push(BagRecorded {
                at: self.now,
                actor: actor.clone(),
                event,
            });
        }
        Ok(self.bag().unwrap())
    }

    fn scan(&mut self, actor: &Actor, number: u64) -> Result<Bag, BagRefusal> {
        let typed = paper(number).0;
        let known = Some(KnownPaper {
            dossier: DOSSIER,
            what: "Kết quả".to_owned(),
            bag: None,
        });
        self.does(actor, BagCommand::Scan { typed, known })
    }

    /// Packed with three papers and sealed.
    fn sealed() -> Self {
        let mut way = Self::new();
        for number in 1..=3 {
            way.scan(&tiep(), number).unwrap();
        }
        way.does(&tiep(), seal("NP-0007", 420)).unwrap();
        way
    }

    /// In the hands of whom it was to go to, opened.
    fn arrived() -> Self {
        let mut way = Self::sealed();
        way.does(&tiep(), offer("24.02")).unwrap();
        way.does(&sen(), take("NP-0007")).unwrap();
        way.does(&sen(), offer("24.00")).unwrap();
        way.does(&mai(), take("NP-0007")).unwrap();
        let seal = "NP-0007".to_owned();
        way.does(&mai(), BagCommand::Unseal { seal, weight_g: 420 }).unwrap();
        way
    }
}

fn seal(seal: &str, weight_g: u32) -> BagCommand {
    BagCommand::Seal {
        seal: seal.into(),
        weight_g,
    }
}

fn offer(to: &str) -> BagCommand {
    BagCommand::Offer {
        to: AgencyCode::from(to),
    }
}

fn take(seal: &str) -> BagCommand {
    BagCommand::Take { seal: seal.into() }
}

fn compare(note: &str) -> BagCommand {
    BagCommand::Compare { note: note.into() }
}

#[test]
fn a_code_tells_a_misread_one_from_an_unknown_one() {
    let code = paper(345);
    assert_eq!(code.as_str(), "G2412-20-000345-2");
    assert_eq!(read_paper(" g2412 20 000345 2 "), Ok(code));
    assert_eq!(read_paper("G2412-20-000346-2"), Err(CodeProblem::CheckDigit));
    assert_eq!(read_paper("T2412-20-000012-1"), Err(CodeProblem::OtherKind));
    for rubbish in [
        "xin chào",
        "G",
        "000.24.12.H55-200330-0001",
        "G99999999999999999999999999999999999999999999",
    ] {
        assert_eq!(read_paper(rubbish), Err(CodeProblem::OtherKind), "{rubbish}");
    }
    assert_eq!(read_paper("  "), Err(CodeProblem::Empty));
    let bag = BagCode::new(&AgencyCode::from("24.12"), 2020, 12);
    assert_eq!(read_bag(bag.as_str()), Ok(bag));
}

#[test]
fn whole_on_the_way_and_compared() {
    let mut way = Way::arrived();
    for number in 1..=3 {
        way.scan(&mai(), number).unwrap();
    }
    let bag = way.does(&mai(), compare("")).unwrap();
    assert_eq!((bag.state, bag.missing().count(), bag.broken), (BagState::Closed, 0, None));
}

#[test]
fn a_missing_and_a_surplus_paper_are_known_by_their_codes_and_need_a_note() {
    let mut way = Way::arrived();
    way.scan(&mai(), 1).unwrap();
    way.scan(&mai(), 3).unwrap();
    way.scan(&mai(), 9).unwrap();
    assert_eq!(way.does(&mai(), compare(" ")), Err(BagRefusal::NoteMissing));
    let bag = way.does(&mai(), compare("Thiếu một, thừa một.")).unwrap();
    let missing: Vec<_> = bag.missing().map(|p| p.code.clone()).collect();
    assert_eq!((missing, bag.surplus.clone()), (vec![paper(2)], vec![paper(9).0]));
    let turn_up = |number, note: &str| BagCommand::TurnUp {
        paper: paper(number),
        note: note.into(),
    };
    assert_eq!(way.does(&mai(), turn_up(1, "đâu đó")), Err(BagRefusal::Before(paper(1))));
    let bag = way.does(&mai(), turn_up(2, "rơi trong ngăn kéo")).unwrap();
    assert_eq!(bag.missing().count(), 0);
}

#[test]
fn a_scan_that_comes_twice_is_harmless() {
    let mut way = Way::new();
    way.scan(&tiep(), 1).unwrap();
    let before = way.journal.len();
    assert_eq!(way.scan(&tiep(), 1), Err(BagRefusal::Before(paper(1))));
    let unknown = BagCommand::Scan {
        typed: paper(2).0,
        known: None,
    };
    assert_eq!(way.does(&tiep(), unknown), Err(BagRefusal::Unknown(paper(2))));
    let other = BagCode::new(&AgencyCode::from("24.02"), 2020, 1);
    let known = KnownPaper {
        dossier: DOSSIER,
        what: String::new(),
        bag: Some(other.clone()),
    };
    let elsewhere = BagCommand::Scan {
        typed: paper(2).0,
        known: Some(known),
    };
    assert_eq!(way.does(&tiep(), elsewhere), Err(BagRefusal::OtherBag(paper(2), other)));
    assert_eq!(way.journal.len(), before);
}

#[test]
fn two_sign_at_every_hand() {
    let mut way = Way::sealed();
    assert_eq!(way.does(&sen(), take("NP-0007")), Err(BagRefusal::NotOffered));
    way.does(&tiep(), offer("24.02")).unwrap();
    assert_eq!(way.does(&tiep(), take("NP-0007")), Err(BagRefusal::SamePerson));
    assert_eq!(way.does(&mai(), take("NP-0007")), Err(BagRefusal::NotOffered));
    let bag = way.does(&sen(), take("NP-0007")).unwrap();
    assert_eq!(bag.hand.name, "Lục Thị Sen");
    // Who gave it away has no say any more.
    assert_eq!(
        way.does(&tiep(), offer("24.00")),
        Err(BagRefusal::OtherHand("Lục Thị Sen".into()))
    );
}

#[test]
fn a_driver_signs_the_list_that_lies_before_both() {
    let mut way = Way::sealed();
    let older = way.bag().unwrap().list_code();
    let give = |code: &str| BagCommand::GiveOnPaper {
        name: "Ma Văn Tài".into(),
        list_code: code.into(),
    };
    assert_eq!(way.does(&tiep(), give("000000")), Err(BagRefusal::ListCode));
    let bag = way.does(&tiep(), give(&older)).unwrap();
    assert_eq!((bag.hand.name.as_str(), bag.hand.account), ("Ma Văn Tài", None));
    let claim = |list_code: &str| BagCommand::TakeFromPaper {
        seal: "NP-0007".into(),
        list_code: list_code.into(),
    };
    // Who read the number of the bag, or prints its list now, has not the list that the driver carries.
    for code in ["", "000000", bag.list_code().as_str()] {
        assert_eq!(way.does(&mai(), claim(code)), Err(BagRefusal::CarriedList), "{code}");
    }
    way.does(&mai(), claim(&format!(" {older} "))).unwrap();
    // The list of before is no proof for the next hand.
    assert_ne!(way.bag().unwrap().list_code(), older);
}

#[test]
fn a_bag_that_was_opened_on_the_way_shows() {
    let mut way = Way::sealed();
    way.does(&tiep(), offer("24.00")).unwrap();
    way.does(&mai(), take("NP-0007")).unwrap();
    let seal = "NP-0009".to_owned();
    let bag = way.does(&mai(), BagCommand::Unseal { seal, weight_g: 400 }).unwrap();
    let broken = Broken {
        seal: "NP-0009".into(),
        seen_by: "Dương Thị Mai".into(),
        last_hand: "Dương Thị Mai".into(),
    };
    assert_eq!(bag.broken, Some(broken));
    for number in 1..=3 {
        way.scan(&mai(), number).unwrap();
    }
    assert_eq!(way.does(&mai(), compare("")), Err(BagRefusal::NoteMissing));
}

#[test]
fn the_hand_that_broke_a_seal_is_the_last_before_it_was_seen() {
    let mut way = Way::sealed();
    way.does(&tiep(), offer("24.02")).unwrap();
    assert_eq!(way.does(&sen(), take(" ")), Err(BagRefusal::SealMissing));
    way.does(&sen(), take("NP-0007")).unwrap();
    way.does(&sen(), offer("24.00")).unwrap();
    // No seal is on it any more; who takes it next does not hide that.
    let bag = way.does(&mai(), take("0")).unwrap();
    let broken = bag.broken.clone().unwrap();
    assert_eq!((broken.seal.as_str(), broken.last_hand.as_str()), ("", "Lục Thị Sen"));
    let bag = way
        .does(
            &mai(),
            BagCommand::Unseal {
                seal: "0".into(),
                weight_g: 400,
            },
        )
        .unwrap();
    assert_eq!(bag.broken, Some(broken));
    // Every dossier hears how it ended, also those whose papers are there.
    let ended = BagEvent::Compared {
        missing: Vec::new(),
        surplus: Vec::new(),
        note: "x".into(),
    };
    assert_eq!(ended.concerns(Some(&bag)), [DOSSIER]);
}

#[test]
fn it_is_opened_where_it_was_to_go_and_nowhere_else() {
    let mut way = Way::sealed();
    way.does(&tiep(), offer("24.02")).unwrap();
    way.does(&sen(), take("NP-0007")).unwrap();
    let open = BagCommand::Unseal {
        seal: "NP-0007".into(),
        weight_g: 420,
    };
    assert_eq!(way.does(&sen(), open), Err(BagRefusal::OtherPlace(AgencyCode::from("24.00"))));
}

#[test]
fn it_is_late_once_and_not_before_its_time() {
    let mut way = Way::sealed();
    assert!(way.does(&Actor::system(), BagCommand::Remind).is_err());
    way.now = "2020-03-31T17:00:01+07".parse().unwrap();
    let bag = way.does(&Actor::system(), BagCommand::Remind).unwrap();
    assert!(bag.overdue_at.is_some());
    assert!(way.does(&Actor::system(), BagCommand::Remind).is_err());
}

#[test]
fn what_was_opened_and_not_compared_in_time_is_late_for_those_whose_papers_nobody_found() {
    let mut way = Way::arrived();
    way.scan(&mai(), 1).unwrap();
    assert!(way.does(&Actor::system(), BagCommand::Remind).is_err());
    way.now = "2020-03-31T17:00:01+07".parse().unwrap();
    let bag = way.does(&Actor::system(), BagCommand::Remind).unwrap();
    assert!(bag.overdue_at.is_some());
    assert_eq!(BagEvent::Overdue.concerns(Some(&bag)), [DOSSIER]);
    assert!(way.does(&Actor::system(), BagCommand::Remind).is_err());
    for number in 2..=3 {
        way.scan(&mai(), number).unwrap();
    }
    assert_eq!(BagEvent::Overdue.concerns(way.bag().as_ref()), []);
    way.does(&mai(), compare("")).unwrap();
    assert!(way.does(&Actor::system(), BagCommand::Remind).is_err());
    // Compared in time it is never late.
    let mut way = Way::arrived();
    way.does(&mai(), compare("Thiếu cả ba.")).unwrap();
    way.now = "2020-03-31T17:00:01+07".parse().unwrap();
    assert!(way.does(&Actor::system(), BagCommand::Remind).is_err());
}

#[test]
fn an_empty_bag_and_one_without_a_seal_are_not_closed() {
    let mut way = Way::new();
    assert_eq!(way.does(&tiep(), seal("NP-1", 100)), Err(BagRefusal::Empty));
    way.scan(&tiep(), 1).unwrap();
    assert_eq!(way.does(&tiep(), seal("", 100)), Err(BagRefusal::SealMissing));
    assert_eq!(way.does(&tiep(), seal("NP-1", 0)), Err(BagRefusal::SealMissing));
}

#[test]
fn a_changed_line_shows_in_the_chain() {
    let way = Way::sealed();
    let mut hash = START;
    let mut bag = None;
    for (number, recorded) in (1..).zip(&way.journal) {
        let line = BagLine::next(&hash, &way.code, number, recorded).unwrap();
        assert!(line.holds(&hash));
        assert_eq!(line.read().unwrap(), *recorded);
        let mut changed = line.clone();
        changed.body = changed.body.replace("Hoàng", "Hoang");
        assert!(!changed.holds(&hash));
        hash = line.hash;
        bag = evolve(bag, &way.code, recorded);
    }
    assert_eq!(bag, way.bag());
    assert!(matches!(way.journal[0].event, BagEvent::Opened { .. }));
}
