//! A decision holds at once, and what runs is computed anew through its journal.

use crate::town::Town;
use motcua_model::clock::{ClockDecision, DecisionKind, local};
use motcua_model::dossier::{Dossier, Refusal};
use motcua_office::OfficeError;
use motcua_office::working_time::DecisionProblem;

fn off(number: &str, day: &str) -> ClockDecision {
    ClockDecision {
        number: number.into(),
        kind: DecisionKind::Off,
        from: day.parse().unwrap(),
        to: day.parse().unwrap(),
        why: "Lễ hội của xã".into(),
        agencies: vec!["24.12".into()],
        procedures: Vec::new(),
        fields: Vec::new(),
    }
}

fn due(d: &Dossier) -> String {
    local(d.due.unwrap()).strftime("%Y-%m-%d %H:%M").to_string()
}

async fn run_jobs(town: &Town) {
    while town.office.run_due_jobs().await.unwrap() > 0 {}
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_off_moves_the_running_dossiers_tells_the_people_and_the_journal_proves_it() {
    let town = Town::new().await;
    let (reception, admin) = (town.sign_in("motcua.sangmoc").await, town.sign_in("quantri").await);
    let d = town.paid().await;
    let accepted = town.office.accept(&reception, d.id, d.version).await.unwrap();
    let waiting = town.paid().await;
    run_jobs(&town).await;
    let day = local(accepted.due.unwrap()).date().to_string();
    let told = town.office.demo_inbox().unwrap().latest().len();
    let published = town.office.publish_decision(&admin, off("5/QĐ-UBND", &day)).await.unwrap();
    assert!(published.is_ok());
    run_jobs(&town).await;
    let moved = town.office.my_dossier(&reception, d.id).await.unwrap();
    assert!(moved.due > accepted.due);
    assert_eq!(moved.recomputed[0].why, "Lễ hội của xã, 5/QĐ-UBND");
    assert_eq!(moved.moments.last().unwrap().kind, "due_recomputed");
    let list = town.office.clock_decisions(&admin).await.unwrap();
    assert_eq!((list[0].checked, list[0].changed, list[0].finished), (2, 1, true));
    let mails = town.office.demo_inbox().unwrap().latest();
    assert_eq!(mails.len(), told + 1);
    assert!(
        mails
            .iter()
            .any(|m| m.text.contains("5/QĐ-UBND") && m.text.contains(d.code.as_str()))
    );
    // What is accepted from now on knows it, the account names it, and everything can still be proved.
    let later = town.office.accept(&reception, waiting.id, waiting.version).await.unwrap();
    assert_eq!(due(&later), due(&moved));
    let account = town.office.due_account(&later).unwrap();
    assert!(account.days.iter().any(|x| x.date.to_string() == day && !x.counted));
    assert_eq!(account.due, later.due.unwrap());
    assert_eq!(town.office.verify(|_, _| {}).await.unwrap().damage, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_decision_of_another_agency_moves_nothing_here() {
    let town = Town::new().await;
    let (reception, admin) = (town.sign_in("motcua.sangmoc").await, town.sign_in("quantri").await);
    let d = town.paid().await;
    let accepted = town.office.accept(&reception, d.id, d.version).await.unwrap();
    let mut elsewhere = off("6/QĐ-UBND", &local(accepted.due.unwrap()).date().to_string());
    elsewhere.agencies = vec!["03.00".into()];
    assert!(town.office.publish_decision(&admin, elsewhere).await.unwrap().is_ok());
    run_jobs(&town).await;
    assert_eq!(
        town.office.my_dossier(&reception, d.id).await.unwrap().version,
        accepted.version
    );
    let list = town.office.clock_decisions(&admin).await.unwrap();
    assert_eq!((list[0].checked, list[0].changed, list[0].finished), (0, 0, true));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_in_a_decision_is_named_and_nothing_is_published() {
    let town = Town::new().await;
    let admin = town.sign_in("quantri").await;
    let good = || off("7/QĐ-UBND", "2020-04-08");
    let with = |change: fn(&mut ClockDecision)| {
        let mut d = good();
        change(&mut d);
        d
    };
    for (wrong, problem) in [
        (with(|d| d.number = " ".into()), DecisionProblem::Number),
        (with(|d| d.why = String::new()), DecisionProblem::Why),
        (with(|d| d.to = "2020-04-01".parse().unwrap()), DecisionProblem::Period),
        (with(|d| d.to = "2022-04-01".parse().unwrap()), DecisionProblem::Period),
        (
            with(|d| (d.from, d.to) = ("2031-01-02".parse().unwrap(), "2031-01-02".parse().unwrap())),
            DecisionProblem::Year,
        ),
        (
            with(|d| d.agencies = vec!["99.99".into()]),
            DecisionProblem::Agency("99.99".into()),
        ),
        (
            with(|d| d.procedures = vec!["9.999999".into()]),
            DecisionProblem::Procedure("9.999999".into()),
        ),
        (
            with(|d| d.fields = vec!["Phép thuật".into()]),
            DecisionProblem::Field("Phép thuật".into()),
        ),
    ] {
        assert_eq!(town.office.publish_decision(&admin, wrong).await.unwrap(), Err(problem));
    }
    assert!(town.office.publish_decision(&admin, good()).await.unwrap().is_ok());
    assert_eq!(
        town.office.publish_decision(&admin, good()).await.unwrap(),
        Err(DecisionProblem::Twice)
    );
    let officer = town.sign_in("lanhdao.sangmoc").await;
    assert!(matches!(
        town.office.publish_decision(&officer, good()).await,
        Err(OfficeError::Refused(Refusal::NotPermitted))
    ));
    assert_eq!(town.office.clock_decisions(&admin).await.unwrap().len(), 1);
}
