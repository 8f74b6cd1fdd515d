//! Directives: told at once, reminded of before the answer is due, followed by the figures.

use crate::town::Town;
use jiff::civil::date;
use motcua_model::directive::{Directive, DirectiveProblem, Goal, Plan, Standing};
use motcua_model::dossier::Refusal;
use motcua_model::id::AgencyCode;
use motcua_office::OfficeError;

fn directive(goal: Goal, target: i64) -> Directive {
    Directive {
        number: "612/QĐ-UBND".into(),
        title: "Nâng tỷ lệ nộp trực tuyến".into(),
        goal,
        target,
        field: String::new(),
        from: 202001,
        to: 202012,
        agencies: ["24.12", "24.00"].map(AgencyCode::from).to_vec(),
        answer_by: date(2020, 4, 15),
    }
}

#[tokio::test]
async fn each_agency_stands_by_its_figures_the_farthest_first() {
    let town = Town::new().await;
    let monitor = town.sign_in("giamsat").await;
    let id = town
        .office
        .issue_directive(&monitor, directive(Goal::OnlineShare, 300))
        .await
        .unwrap()
        .unwrap();
    let stands = async || {
        let followed = town.office.directive(&monitor, id).await.unwrap();
        let line = |c: &motcua_office::directive::Charged| (c.answer.agency.0.clone(), c.progress.value, c.progress.standing);
        followed.agencies.iter().map(line).collect::<Vec<_>>()
    };
    assert!(
        stands()
            .await
            .iter()
            .all(|(_, value, standing)| value.is_none() && *standing == Standing::NoFigures)
    );
    town.paid().await;
    assert_eq!(stands().await[1], ("24.12".to_owned(), Some(1_000), Standing::Reached));
    let unused = town
        .office
        .issue_directive(&monitor, directive(Goal::Unused, 0))
        .await
        .unwrap()
        .unwrap();
    let followed = town.office.directive(&monitor, unused).await.unwrap();
    let commune = followed
        .agencies
        .iter()
        .find(|c| c.answer.agency.as_str() == "24.12")
        .unwrap();
    assert_eq!(commune.progress.value, Some(commune.progress.whole - 1));
}

#[tokio::test]
async fn a_head_is_told_and_reminded_until_she_has_answered() {
    let town = Town::new().await;
    let monitor = town.sign_in("giamsat").await;
    let id = town
        .office
        .issue_directive(&monitor, directive(Goal::OnlineShare, 300))
        .await
        .unwrap()
        .unwrap();
    // One message now and one reminder for the head of each of the two agencies.
    let administrator = town.sign_in("quantri").await;
    assert_eq!(town.office.job_counts(&administrator).await.unwrap(), (4, 0));
    assert_eq!(town.office.run_due_jobs().await.unwrap(), 2);
    let head = town.sign_in("lanhdao.sangmoc").await;
    let plan = Plan {
        measures: "Hướng dẫn tại nhà văn hóa".into(),
        person: "Triệu Thị Xuân".into(),
        by: date(2020, 5, 1),
    };
    assert_eq!(town.office.answer_directive(&head, id, &plan).await.unwrap(), []);
    town.set_clock("2020-04-12T08:00:00+07");
    assert_eq!(town.office.run_due_jobs().await.unwrap(), 2);
    assert_eq!(town.office.job_counts(&administrator).await.unwrap(), (0, 0));
    let followed = town.office.directive(&monitor, id).await.unwrap();
    let answers: Vec<_> = followed
        .agencies
        .iter()
        .map(|c| {
            (
                c.answer.agency.as_str(),
                c.answer.read.is_some(),
                c.answer.plan.as_ref().map(|(.., p)| p.clone()),
            )
        })
        .collect();
    assert!(answers.contains(&("24.12", true, Some(plan))));
    assert!(answers.contains(&("24.00", false, None)));
}

#[tokio::test]
async fn who_may_not_issue_read_or_answer_is_refused_and_a_closed_agency_cannot_be_charged() {
    let town = Town::new().await;
    let monitor = town.sign_in("giamsat").await;
    let unknown = Directive {
        agencies: vec![AgencyCode::from("99.99")],
        ..directive(Goal::OnlineShare, 300)
    };
    let said = town.office.issue_directive(&monitor, unknown).await.unwrap();
    assert_eq!(said, Err(vec![DirectiveProblem::Agencies]));
    let id = town
        .office
        .issue_directive(&monitor, directive(Goal::OnlineShare, 300))
        .await
        .unwrap()
        .unwrap();
    let head = town.sign_in("lanhdao.gtvt").await;
    let not_found = |e: OfficeError| matches!(e, OfficeError::Refused(Refusal::NotFound));
    assert!(not_found(town.office.directive(&head, id).await.unwrap_err()));
    let refused = |e: OfficeError| matches!(e, OfficeError::Refused(Refusal::NotPermitted));
    assert!(refused(
        town.office
            .issue_directive(&head, directive(Goal::OnlineShare, 1))
            .await
            .unwrap_err()
    ));
    let receptionist = town.sign_in("motcua.sangmoc").await;
    assert!(refused(town.office.directives(&receptionist).await.unwrap_err()));
}
