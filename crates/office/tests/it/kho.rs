//! The citizen's own store: what she was given and what was compared, used again by nobody but herself.

use crate::town::Town;
use motcua_model::actor::Actor;
use motcua_model::dossier::{Dossier, Refusal, ReturnWay};
use motcua_model::id::ProcedureCode;
use motcua_model::procedure::Lang;
use motcua_office::OfficeError;
use motcua_office::account::SignUp;
use motcua_office::error::PaperProblem;

/// A certificate of marital status that was given to its owner.
async fn given(town: &Town) -> Dossier {
    let d = town.decided(town.paid().await).await;
    let desk = town.sign_in("motcua.sangmoc").await;
    let done = town
        .office
        .return_result(&desk, d.id, d.version, ReturnWay::Online, String::new());
    done.await.unwrap()
}

/// A draft for a marriage, which asks for an identity card and may ask for the certificate.
async fn marriage(town: &Town, citizen: &Actor) -> motcua_model::id::DossierId {
    town.office
        .begin_draft(citizen, &ProcedureCode::from("1.000894"))
        .await
        .unwrap()
}

/// Another citizen.
async fn stranger(town: &Town) -> Actor {
    let login = "ban@example.vn";
    let new = SignUp {
        login: login.into(),
        name: "Hoàng Văn Bạn".into(),
        password: "mot-mat-khau-dai".into(),
        language: Lang::Vi,
    };
    town.office.sign_up(new).await.unwrap();
    town.office.run_due_jobs().await.unwrap();
    let inbox = town.office.demo_inbox().unwrap().latest();
    let mail = inbox.iter().find(|m| m.to == login).unwrap();
    let code: String = mail.text.chars().skip_while(|c| !c.is_ascii_digit()).take(6).collect();
    let token = town.office.confirm(login, &code).await.unwrap();
    town.office.session(&token).await.unwrap().unwrap().actor()
}

fn refused<T: std::fmt::Debug>(said: Result<T, OfficeError>) -> Refusal {
    match said {
        Err(OfficeError::Refused(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn a_result_that_was_given_serves_in_the_next_form_for_six_months() {
    let town = Town::new().await;
    let office = &town.office;
    let citizen = town.sign_in("0912345678").await;
    assert!(office.kept(&citizen).await.unwrap().is_empty());
    let d = given(&town).await;
    let kept = office.kept(&citizen).await.unwrap();
    assert_eq!(kept.len(), 1);
    assert_eq!(
        kept[0].until,
        Some("2020-09-30".parse().unwrap()),
        "Decree 123/2015, article 23"
    );

    let draft = marriage(&town, &citizen).await;
    let paper = office.reuse(&citizen, draft, "tinh-trang", d.id, None).await.unwrap();
    let from = paper.reused.unwrap();
    assert_eq!((from.code, from.result), (d.code.clone(), true));
    assert_eq!(paper.hash, d.result.as_ref().unwrap().hash);
    // Pressed twice, it is there once.
    office.reuse(&citizen, draft, "tinh-trang", d.id, None).await.unwrap();
    assert_eq!(office.open_draft(&citizen, draft).await.unwrap().draft.body.papers.len(), 1);
    let other_paper = office.reuse(&citizen, draft, "cccd", d.id, None).await;
    assert!(matches!(other_paper, Err(OfficeError::Paper(PaperProblem::NotReusable))));

    let second = marriage(&town, &citizen).await;
    town.set_clock("2020-10-01T09:00:00+07:00");
    let late = office.reuse(&citizen, second, "tinh-trang", d.id, None).await;
    assert!(matches!(late, Err(OfficeError::Paper(PaperProblem::NotReusable))));
}

#[tokio::test]
async fn a_paper_that_was_compared_serves_again_and_is_counted() {
    let town = Town::new().await;
    let office = &town.office;
    let citizen = town.sign_in("0912345678").await;
    let d = town.filed(&citizen).await;
    let card = d.papers[0].hash;
    let draft = town.draft(&citizen).await;
    office.detach(&citizen, draft, "cccd", card).await.unwrap();
    assert_eq!(
        refused(office.reuse(&citizen, draft, "cccd", d.id, Some(card)).await),
        Refusal::NotFound,
        "nobody compared it yet"
    );
    let leader = town.sign_in("lanhdao.sangmoc").await;
    assert_eq!(
        refused(office.compare_paper(&leader, d.id, d.version, card).await),
        Refusal::NotPermitted
    );
    let desk = town.sign_in("motcua.sangmoc").await;
    let d = office.compare_paper(&desk, d.id, d.version, card).await.unwrap();
    assert_eq!(
        refused(office.compare_paper(&desk, d.id, d.version, card).await),
        Refusal::Overtaken
    );

    let open = office.open_draft(&citizen, draft).await.unwrap();
    let offered = office.reusable(&citizen, &open).await.unwrap();
    assert_eq!(offered["cccd"].len(), 1);
    let paper = office.reuse(&citizen, draft, "cccd", d.id, Some(card)).await.unwrap();
    assert_eq!(paper.compared.unwrap().by, desk.name, "who answers for it is still named");
    office.submit(&citizen, draft, true).await.unwrap();
    let monitor = town.sign_in("giamsat").await;
    let counted = office.reused_papers(&monitor, 202_003, 202_003).await.unwrap();
    assert_eq!((counted[0].papers, counted[0].reused), (2, 1));
}

#[tokio::test]
async fn anothers_paper_is_as_unknown_as_one_that_does_not_exist() {
    let town = Town::new().await;
    let office = &town.office;
    let d = given(&town).await;
    let other = stranger(&town).await;
    let draft = marriage(&town, &other).await;
    assert_eq!(
        refused(office.reuse(&other, draft, "tinh-trang", d.id, None).await),
        Refusal::NotFound
    );
    assert!(office.kept(&other).await.unwrap().is_empty());
    let desk = town.sign_in("motcua.sangmoc").await;
    assert_eq!(refused(office.kept(&desk).await), Refusal::NotPermitted);
}

#[tokio::test]
async fn a_result_that_was_taken_back_serves_no_more() {
    let town = Town::new().await;
    let office = &town.office;
    let d = given(&town).await;
    let leader = town.sign_in("lanhdao.sangmoc").await;
    office
        .revoke_result(&leader, d.id, d.version, "Cấp trái thẩm quyền".into())
        .await
        .unwrap();
    let citizen = town.sign_in("0912345678").await;
    assert!(office.kept(&citizen).await.unwrap().is_empty());
    let draft = marriage(&town, &citizen).await;
    let used = office.reuse(&citizen, draft, "tinh-trang", d.id, None).await;
    assert!(matches!(used, Err(OfficeError::Paper(PaperProblem::NotReusable))));
}
