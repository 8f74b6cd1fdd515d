//! Who holds a dossier, who takes it, who stands in.

use crate::town::Town;
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::{Dossier, Outcome, Refusal, Status};
use motcua_model::id::{AccountId, AgencyCode};
use motcua_office::OfficeError;
use motcua_office::stand_in::{StandInProblem, StandInState};
use motcua_store::Store;
use motcua_store::account::{Account, Password};

/// One more specialist in Sảng Mộc, whose account is younger than the demo's.
async fn second_specialist(town: &Town) -> Actor {
    let url = format!("sqlite:{}", town.folder.path().join("motcua.db").display());
    let store = Store::open(&url, &town.folder.path().join("files")).await.unwrap();
    let account = Account {
        id: AccountId(uuid::Uuid::max()),
        role: Role::Specialist,
        name: "Hà Văn Nhì".into(),
        agency: Some(AgencyCode::from("24.12")),
        phone: String::new(),
        email: String::new(),
        person_id: String::new(),
        birth_date: String::new(),
        address: String::new(),
        language: "vi".into(),
        password: Password("none".into()),
        verified: true,
        created_at: town.office.now(),
    };
    store.create_account(&account, &["chuyenvien2.sangmoc".into()]).await.unwrap();
    store.close().await;
    account.actor()
}

async fn forwarded(town: &Town) -> Dossier {
    let reception = town.sign_in("motcua.sangmoc").await;
    let d = town.paid().await;
    let d = town.office.accept(&reception, d.id, d.version).await.unwrap();
    town.office.forward(&reception, d.id, d.version, String::new()).await.unwrap()
}

fn holder(d: &Dossier) -> &str {
    d.assignee.as_ref().map_or("", |a| &a.name)
}

fn refused<T: std::fmt::Debug>(said: Result<T, OfficeError>) -> Refusal {
    match said {
        Err(OfficeError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dossier_goes_to_who_holds_the_fewest_and_of_two_alike_to_the_older_account() {
    let town = Town::new().await;
    let second = second_specialist(&town).await;
    let given: Vec<Dossier> = vec![forwarded(&town).await, forwarded(&town).await, forwarded(&town).await];
    let names: Vec<&str> = given.iter().map(holder).collect();
    assert_eq!(names, ["Triệu Thị Xuân", "Hà Văn Nhì", "Triệu Thị Xuân"]);
    let (mine, next) = town.office.held(&second, None).await.unwrap();
    assert_eq!((mine.len(), mine[0].id, next), (1, given[1].id, None));
    assert_eq!(town.office.count_held(&second).await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_one_holds_another_does_not_do_until_the_head_gives_it_to_her() {
    let town = Town::new().await;
    let second = second_specialist(&town).await;
    let d = forwarded(&town).await;
    let proposal = || Some((Outcome::Granted, "Chưa kết hôn.".to_owned()));
    let other = town
        .office
        .finish_step(&second, d.id, d.version, proposal(), String::new())
        .await;
    assert_eq!(
        refused(other),
        Refusal::HeldByOther {
            name: "Triệu Thị Xuân".into()
        }
    );
    assert!(matches!(
        refused(town.office.take(&second, d.id, d.version).await),
        Refusal::HeldByOther { .. }
    ));
    let head = town.sign_in("lanhdao.sangmoc").await;
    let silent = town
        .office
        .assign(&head, d.id, d.version, second.account, String::new())
        .await;
    assert_eq!(refused(silent), Refusal::ReasonMissing);
    let reception = town.sign_in("motcua.sangmoc").await;
    let wrong_role = town
        .office
        .assign(&head, d.id, d.version, reception.account, "Thử".into())
        .await;
    assert!(matches!(refused(wrong_role), Refusal::NotThatOfficer { .. }));
    let d = town
        .office
        .assign(&head, d.id, d.version, second.account, "Cân đối việc.".into())
        .await
        .unwrap();
    assert_eq!(holder(&d), "Hà Văn Nhì");
    let done = town
        .office
        .finish_step(&second, d.id, d.version, proposal(), String::new())
        .await
        .unwrap();
    // What the head sends back goes back to who did it.
    let back = town
        .office
        .send_back(&head, done.id, done.version, "Ghi rõ căn cứ.".into())
        .await
        .unwrap();
    assert_eq!(holder(&back), "Hà Văn Nhì");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_stands_in_acts_under_both_names_only_in_the_period_that_the_head_approved() {
    let town = Town::new().await;
    let (head, specialist) = (
        town.sign_in("lanhdao.sangmoc").await,
        town.sign_in("chuyenvien.sangmoc").await,
    );
    let d = forwarded(&town).await;
    let proposal = Some((Outcome::Granted, "Chưa kết hôn.".to_owned()));
    let d = town
        .office
        .finish_step(&specialist, d.id, d.version, proposal, String::new())
        .await
        .unwrap();
    let period = (town.office.now(), "2020-04-03T23:59:59+07".parse().unwrap());
    let people = (head.account, specialist.account);
    assert_eq!(
        town.office
            .ask_stand_in(&specialist, people, period, "Đi họp.")
            .await
            .unwrap(),
        Ok(())
    );
    // Asked for, not approved yet.
    assert_eq!(
        refused(town.office.approve(&specialist, d.id, d.version).await),
        Refusal::NotPermitted
    );
    let asked = town.office.stand_ins(&head).await.unwrap();
    assert!(matches!(
        refused(
            town.office
                .settle_stand_in(&specialist, asked[0].id, StandInState::Approved)
                .await
        ),
        Refusal::NotPermitted
    ));
    town.office
        .settle_stand_in(&head, asked[0].id, StandInState::Approved)
        .await
        .unwrap();
    let signed = town.office.approve(&specialist, d.id, d.version).await.unwrap();
    assert_eq!(signed.status, Status::Approved);
    assert_eq!(signed.result.unwrap().by, "Triệu Thị Xuân thay Lý Văn Thắng");
    assert_eq!(signed.moments.last().unwrap().by, "Triệu Thị Xuân thay Lý Văn Thắng");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stand_in_needs_two_officers_of_the_agency_a_period_and_a_reason() {
    let town = Town::new().await;
    let head = town.sign_in("lanhdao.sangmoc").await;
    let (ours, theirs) = (
        town.sign_in("chuyenvien.sangmoc").await,
        town.sign_in("chuyenvien.vonhai").await,
    );
    let day = |d: &str| format!("{d}T00:00:00+07").parse().unwrap();
    let good = (day("2020-04-01"), day("2020-04-03"));
    for (people, period, reason, problem) in [
        ((head.account, head.account), good, "Nghỉ.", StandInProblem::People),
        ((head.account, theirs.account), good, "Nghỉ.", StandInProblem::People),
        ((head.account, ours.account), good, " ", StandInProblem::Reason),
        (
            (head.account, ours.account),
            (day("2020-04-03"), day("2020-04-01")),
            "Nghỉ.",
            StandInProblem::Period,
        ),
        (
            (head.account, ours.account),
            (day("2020-03-01"), day("2020-03-03")),
            "Nghỉ.",
            StandInProblem::Period,
        ),
        (
            (head.account, ours.account),
            (day("2020-04-01"), day("2021-04-01")),
            "Nghỉ.",
            StandInProblem::Period,
        ),
    ] {
        let said = town.office.ask_stand_in(&head, people, period, reason).await.unwrap();
        assert_eq!(said, Err(problem));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_absent_officer_gets_nothing_and_all_she_holds_is_handed_over() {
    let town = Town::new().await;
    let second = second_specialist(&town).await;
    let (head, first) = (
        town.sign_in("lanhdao.sangmoc").await,
        town.sign_in("chuyenvien.sangmoc").await,
    );
    let one = forwarded(&town).await;
    assert_eq!(holder(&one), first.name);
    let period = (town.office.now(), "2020-04-03T23:59:59+07".parse().unwrap());
    let asked = town
        .office
        .ask_stand_in(&head, (first.account, second.account), period, "Ốm.")
        .await;
    assert_eq!(asked.unwrap(), Ok(()));
    for _ in 0..3 {
        assert_eq!(holder(&forwarded(&town).await), second.name);
    }
    assert!(matches!(
        refused(town.office.hand_over(&head, first.account, None, " ").await),
        Refusal::ReasonMissing
    ));
    assert!(matches!(
        refused(town.office.hand_over(&first, first.account, None, "Ốm.").await),
        Refusal::NotPermitted
    ));
    let done = town.office.hand_over(&head, first.account, None, "Ốm.").await.unwrap();
    assert_eq!((done.moved, done.left.len()), (1, 0));
    assert_eq!(town.office.count_held(&first).await.unwrap(), 0);
    assert_eq!(town.office.count_held(&second).await.unwrap(), 4);
}
