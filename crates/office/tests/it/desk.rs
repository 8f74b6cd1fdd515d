//! What officers do, and what nobody may.

use crate::town::Town;
use motcua_model::dossier::Refusal;
use motcua_model::id::ProcedureCode;
use motcua_office::OfficeError;
use motcua_office::error::{AccountProblem, PaperProblem};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_button_pressed_twice_sends_one_dossier() {
    let town = Town::new().await;
    let citizen = town.sign_in("0912345678").await;
    let id = town.draft(&citizen).await;
    let (a, b) = tokio::join!(town.office.submit(&citizen, id, true), town.office.submit(&citizen, id, true));
    assert_eq!(a.unwrap().code, b.unwrap().code);
    assert_eq!(town.office.my_dossiers(&citizen, None).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_persons_dossier_is_as_unknown_as_one_that_does_not_exist() {
    let town = Town::new().await;
    let citizen = town.sign_in("0912345678").await;
    let dossier = town.filed(&citizen).await;
    for login in ["motcua.gtvt", "lanhdao.tuphap", "quantri", "giamsat", "buudien.vonhai"] {
        let other = town.sign_in(login).await;
        let seen = town.office.my_dossier(&other, dossier.id).await;
        assert!(matches!(seen, Err(OfficeError::Refused(Refusal::NotFound))), "{login}");
    }
    let tracked = |fact| town.office.track(dossier.code.as_str(), fact);
    assert!(tracked("5678").await.is_ok() && tracked("30/03/1985").await.is_ok());
    for fact in ["5679", "", "31/03/1985", "0912345678"] {
        assert!(
            matches!(tracked(fact).await, Err(OfficeError::Refused(Refusal::NotFound))),
            "{fact}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_officer_on_an_older_page_is_told_that_somebody_was_faster() {
    let town = Town::new().await;
    let citizen = town.sign_in("0912345678").await;
    let dossier = town.filed(&citizen).await;
    let reception = town.sign_in("motcua.sangmoc").await;
    town.office
        .refuse(&reception, dossier.id, 1, "Nộp sai nơi.".into())
        .await
        .unwrap();
    let late = town.office.refuse(&reception, dossier.id, 1, "Thiếu giấy.".into()).await;
    assert!(matches!(late, Err(OfficeError::Refused(Refusal::Overtaken))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_what_its_content_says() {
    let town = Town::new().await;
    let citizen = town.sign_in("0912345678").await;
    let id = town
        .office
        .begin_draft(&citizen, &ProcedureCode::from("1.004873"))
        .await
        .unwrap();
    let cases: [(&[u8], PaperProblem); 3] = [
        (b"", PaperProblem::Empty),
        (b"<script>", PaperProblem::WrongType),
        (b"%PDF-1.4 /Encrypt 5 0 R", PaperProblem::Encrypted),
    ];
    for (bytes, expected) in cases {
        let mut file = town.office.begin_upload().await.unwrap();
        file.write(bytes).await.unwrap();
        let said = town.office.attach(&citizen, id, "cccd", "a.pdf", file).await;
        assert!(matches!(said, Err(OfficeError::Paper(p)) if p == expected), "{expected:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happened_is_told_once_and_the_outbox_is_empty() {
    let town = Town::new().await;
    let citizen = town.sign_in("0912345678").await;
    let dossier = town.filed(&citizen).await;
    while town.office.run_due_jobs().await.unwrap() > 0 {}
    let told = town.office.demo_inbox().unwrap().latest();
    assert_eq!(told.len(), 1);
    assert!(told[0].text.contains(dossier.code.as_str()) && told[0].to == "+84912345678");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_and_an_unknown_login_are_answered_alike() {
    let town = Town::new().await;
    for login in ["0912345678", "0999999999", "quantri", "nobody"] {
        let said = town.office.sign_in(login, "not the password").await;
        assert!(
            matches!(said, Err(OfficeError::Account(AccountProblem::WrongPassword))),
            "{login}"
        );
    }
}
