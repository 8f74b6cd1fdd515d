//! Papers on their way between offices, with the real store.

use crate::proof::by_hand;
use crate::town::Town;
use motcua_model::actor::Actor;
use motcua_model::custody::{Bag, BagCommand, BagRefusal, BagState};
use motcua_model::id::{AgencyCode, DossierId};
use motcua_office::OfficeError;
use motcua_office::custody::AlarmKind;

async fn act(town: &Town, who: &Actor, bag: &Bag, command: BagCommand) -> Bag {
    town.office.bag_act(who, bag.code.as_str(), command).await.unwrap()
}

fn offer(to: &str) -> BagCommand {
    BagCommand::Offer {
        to: AgencyCode::from(to),
    }
}

/// Sealed by who packed it, taken and opened where it was to go.
async fn arrives(town: &Town, tiep: &Actor, mai: &Actor, bag: &Bag) {
    let (seal, weight_g) = ("NP-0007".to_owned(), 420);
    let sealed = BagCommand::Seal {
        seal: seal.clone(),
        weight_g,
    };
    act(town, tiep, bag, sealed).await;
    act(town, tiep, bag, offer("24.00")).await;
    act(town, mai, bag, BagCommand::Take { seal: seal.clone() }).await;
    act(town, mai, bag, BagCommand::Unseal { seal, weight_g }).await;
}

/// What is wrong with a dossier's papers, and whose the last hand was.
async fn alarms(town: &Town, id: DossierId) -> Vec<(AlarmKind, String)> {
    let found = town.office.custody_alarms(id).await.unwrap();
    found.into_iter().map(|a| (a.kind, a.last_hand)).collect()
}

fn due() -> jiff::Timestamp {
    "2020-03-31T17:00:00+07".parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_paper_that_is_missing_raises_an_alarm_with_the_last_hand_and_the_proof_holds() {
    let town = Town::new().await;
    let d = town.paid().await;
    let tiep = town.sign_in("motcua.sangmoc").await;
    let sen = town.sign_in("buudien.vonhai").await;
    let mai = town.sign_in("motcua.vonhai").await;
    let one = town.office.label_paper(&tiep, d.id, "Bản gốc căn cước").await.unwrap();
    let two = town.office.label_paper(&tiep, d.id, "Kết quả").await.unwrap();
    let bag = town.office.open_bag(&tiep, AgencyCode::from("24.00"), due()).await.unwrap();
    let scan = async |who: &Actor, code: &str| town.office.scan(who, bag.code.as_str(), code).await;
    scan(&tiep, one.code.as_str()).await.unwrap();
    scan(&tiep, two.code.as_str()).await.unwrap();
    let again = scan(&tiep, one.code.as_str()).await;
    assert!(matches!(again, Err(OfficeError::Bag(BagRefusal::Before(_)))));
    assert!(matches!(scan(&tiep, "rác").await, Err(OfficeError::Bag(BagRefusal::Code(_)))));
    let other = town.office.open_bag(&tiep, AgencyCode::from("24.00"), due()).await.unwrap();
    let second = town.office.scan(&tiep, other.code.as_str(), one.code.as_str()).await;
    assert!(matches!(second, Err(OfficeError::Bag(BagRefusal::OtherBag(..)))));
    let (seal, weight_g) = ("NP-0007".to_owned(), 420);
    act(
        &town,
        &tiep,
        &bag,
        BagCommand::Seal {
            seal: seal.clone(),
            weight_g,
        },
    )
    .await;
    act(&town, &tiep, &bag, offer("24.02")).await;
    act(&town, &sen, &bag, BagCommand::Take { seal: seal.clone() }).await;
    act(&town, &sen, &bag, offer("24.00")).await;
    act(&town, &mai, &bag, BagCommand::Take { seal: seal.clone() }).await;
    act(&town, &mai, &bag, BagCommand::Unseal { seal, weight_g }).await;
    scan(&mai, one.code.as_str()).await.unwrap();
    let note = "Thiếu bản kết quả.".to_owned();
    let closed = act(&town, &mai, &bag, BagCommand::Compare { note }).await;
    assert_eq!((closed.state, closed.missing().count()), (BagState::Closed, 1));
    let chain = town.office.chain(&tiep, d.id).await.unwrap();
    assert_eq!(chain.alarms.len(), 1);
    assert_eq!(chain.alarms[0].missing, std::slice::from_ref(&two.code));
    assert_eq!(chain.alarms[0].last_hand, "Dương Thị Mai");
    let hands: Vec<_> = chain.hands.iter().map(|h| h.kind.as_str()).collect();
    let expected = [
        "paper_in", "paper_in", "sealed", "taken", "taken", "unsealed", "found", "compared",
    ];
    assert_eq!(hands, expected);
    let place = BagCommand::TurnUp {
        paper: two.code,
        note: "rơi ở xe".into(),
    };
    act(&town, &tiep, &bag, place).await;
    assert_eq!(town.office.chain(&tiep, d.id).await.unwrap().alarms, []);
    assert!(town.office.verify(|_, _| {}).await.unwrap().damage.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bag_that_is_not_there_in_time_is_told_once_with_whose_hands_it_is_in() {
    let town = Town::new().await;
    let d = town.paid().await;
    let tiep = town.sign_in("motcua.sangmoc").await;
    let paper = town.office.label_paper(&tiep, d.id, "Kết quả").await.unwrap();
    let bag = town.office.open_bag(&tiep, AgencyCode::from("24.00"), due()).await.unwrap();
    town.office.scan(&tiep, bag.code.as_str(), paper.code.as_str()).await.unwrap();
    assert_eq!(town.office.remind_late_bags().await.unwrap(), 0);
    town.set_clock("2020-04-01T08:00:00+07");
    assert_eq!(town.office.remind_late_bags().await.unwrap(), 1);
    assert_eq!(town.office.remind_late_bags().await.unwrap(), 0);
    assert_eq!(alarms(&town, d.id).await, [(AlarmKind::Late, "Hoàng Văn Tiếp".to_owned())]);
    // Opened, it is there; whether it is whole nobody knows before the paper is found.
    let mai = town.sign_in("motcua.vonhai").await;
    arrives(&town, &tiep, &mai, &bag).await;
    assert_eq!(
        alarms(&town, d.id).await,
        [(AlarmKind::Uncompared, "Dương Thị Mai".to_owned())]
    );
    town.office.scan(&mai, bag.code.as_str(), paper.code.as_str()).await.unwrap();
    assert!(alarms(&town, d.id).await.is_empty());
    assert!(town.office.verify(|_, _| {}).await.unwrap().damage.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bag_that_is_opened_and_not_compared_in_time_is_told_with_who_opened_it() {
    let town = Town::new().await;
    let (d, whole) = (town.paid().await, town.paid().await);
    let tiep = town.sign_in("motcua.sangmoc").await;
    let mai = town.sign_in("motcua.vonhai").await;
    let bag = town.office.open_bag(&tiep, AgencyCode::from("24.00"), due()).await.unwrap();
    let mut papers = Vec::new();
    for (id, what) in [(d.id, "Bản gốc căn cước"), (d.id, "Kết quả"), (whole.id, "Kết quả")] {
        let paper = town.office.label_paper(&tiep, id, what).await.unwrap();
        town.office.scan(&tiep, bag.code.as_str(), paper.code.as_str()).await.unwrap();
        papers.push(paper);
    }
    arrives(&town, &tiep, &mai, &bag).await;
    for found in [&papers[0], &papers[2]] {
        town.office.scan(&mai, bag.code.as_str(), found.code.as_str()).await.unwrap();
    }
    assert_eq!(town.office.remind_late_bags().await.unwrap(), 0);
    assert!(alarms(&town, d.id).await.is_empty());
    town.set_clock("2020-04-01T08:00:00+07");
    assert_eq!(town.office.remind_late_bags().await.unwrap(), 1);
    assert_eq!(town.office.remind_late_bags().await.unwrap(), 0);
    assert_eq!(
        alarms(&town, d.id).await,
        [(AlarmKind::Uncompared, "Dương Thị Mai".to_owned())]
    );
    assert!(alarms(&town, whole.id).await.is_empty());
    let note = "Thiếu bản kết quả.".to_owned();
    act(&town, &mai, &bag, BagCommand::Compare { note }).await;
    assert_eq!(alarms(&town, d.id).await, [(AlarmKind::Missing, "Dương Thị Mai".to_owned())]);
    assert!(town.office.verify(|_, _| {}).await.unwrap().damage.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bag_of_others_and_a_dossier_of_others_are_not_there() {
    let town = Town::new().await;
    let d = town.paid().await;
    let tiep = town.sign_in("motcua.sangmoc").await;
    let bag = town.office.open_bag(&tiep, AgencyCode::from("24.00"), due()).await.unwrap();
    let thu = town.sign_in("motcua.gtvt").await;
    assert!(town.office.bag(&thu, bag.code.as_str()).await.is_err());
    assert!(town.office.label_paper(&thu, d.id, "Kết quả").await.is_err());
    assert!(town.office.chain(&thu, d.id).await.is_err());
    let hoa = town.sign_in("0912345678").await;
    assert!(town.office.bags(&hoa, None).await.is_err());
    let back = town.office.open_bag(&tiep, AgencyCode::from("24.12"), due()).await;
    assert!(matches!(back, Err(OfficeError::Bag(BagRefusal::NoWay))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_changed_by_hand_names_the_bag() {
    for sql in [
        "update bag_line set body = replace(body, 'Hoàng Văn Tiếp', 'Hoàng Văn Tiệp') where number = 1",
        "delete from bag_line where number = 2",
        "update bag set state = replace(state, 'Kết quả', 'Bản sao')",
        "update custody set actor = 'Ai đó' where kind = 'paper_in'",
        "update custody_paper set bag = ''",
        "delete from bag",
    ] {
        let town = Town::new().await;
        let d = town.paid().await;
        let tiep = town.sign_in("motcua.sangmoc").await;
        let paper = town.office.label_paper(&tiep, d.id, "Kết quả").await.unwrap();
        let bag = town.office.open_bag(&tiep, AgencyCode::from("24.00"), due()).await.unwrap();
        town.office.scan(&tiep, bag.code.as_str(), paper.code.as_str()).await.unwrap();
        let whole = town.office.verify(|_, _| {}).await.unwrap();
        assert_eq!((whole.bag_lines, whole.damage), (2, None));
        by_hand(&town, sql).await;
        let damage = town.office.verify(|_, _| {}).await.unwrap().damage;
        assert_eq!(damage.map(|d| d.code), Some(bag.code.0), "{sql}");
    }
}
