//! The share filed online, from counts kept with every submission.

use crate::town::Town;
use motcua_model::dossier::{Channel, Refusal};
use motcua_model::id::{AgencyCode, ProcedureCode};
use motcua_office::OfficeError;
use motcua_office::adoption::{Behind, Cut, Intake, months_before};

const COUNT: u64 = 300;

fn sum<K>(list: &[(K, Intake)]) -> i64 {
    list.iter().map(|(_, i)| i.total()).sum()
}

async fn busy_town() -> Town {
    let town = Town::new().await;
    town.office.simulate(COUNT, 300, 7, |_| {}).await.unwrap();
    town
}

fn refused<T>(answer: &Result<T, OfficeError>) -> bool {
    matches!(answer, Err(OfficeError::Refused(Refusal::NotPermitted)))
}

#[tokio::test]
async fn every_dossier_counts_once_from_every_side() {
    let town = busy_town().await;
    let monitor = town.sign_in("giamsat").await;
    let seen = town.office.adoption(&monitor, &Cut::default()).await.unwrap();
    assert_eq!((seen.from, seen.to), (201904, 202003));
    assert_eq!(seen.all.total(), 300);
    assert_eq!(seen.months.iter().map(|m| m.now.total()).sum::<i64>(), 300);
    assert_eq!(seen.months.len(), 12);
    assert_eq!(
        [
            sum(&seen.agencies),
            sum(&seen.services),
            sum(&seen.fields),
            sum(&seen.districts),
            sum(&seen.communes)
        ],
        [300; 5]
    );
    assert!(seen.all.online > 0 && seen.all.counter > seen.all.online, "{:?}", seen.all);
    assert!(seen.all.level_four <= seen.all.all_online());
    assert!((1..=seen.services.len()).contains(&seen.concentration));
    assert!(seen.unused.is_sorted_by_key(|u| -u.counter));
    assert!(seen.unused.len() < seen.offered);
    let checked = town.office.verify(|_, _| {}).await.unwrap();
    assert_eq!((checked.dossiers, checked.damage.is_none()), (COUNT, true));
}

#[tokio::test]
async fn what_is_offered_and_used_by_nobody_is_on_the_zero_list_until_somebody_files_online() {
    let town = Town::new().await;
    let monitor = town.sign_in("giamsat").await;
    let unused = async || {
        let seen = town.office.adoption(&monitor, &Cut::default()).await.unwrap();
        let of = |u: &&motcua_office::adoption::Unused| u.agency.as_str() == "24.12" && u.procedure.as_str() == "1.004873";
        (
            seen.unused.iter().find(of).map(|u| u.counter),
            seen.offered - seen.unused.len(),
        )
    };
    assert_eq!(unused().await, (Some(0), 0));
    let citizen = town.sign_in("0912345678").await;
    town.filed(&citizen).await;
    assert_eq!(unused().await, (None, 1));
}

#[tokio::test]
async fn the_same_months_of_last_year_stand_beside() {
    let town = Town::new().await;
    let citizen = town.sign_in("0912345678").await;
    town.set_clock("2019-03-20T09:00:00+07");
    town.filed(&citizen).await;
    town.set_clock("2020-03-30T09:00:00+07");
    town.filed(&citizen).await;
    town.filed(&citizen).await;
    let monitor = town.sign_in("giamsat").await;
    let cut = Cut {
        from: Some(202003),
        ..Cut::default()
    };
    let seen = town.office.adoption(&monitor, &cut).await.unwrap();
    assert_eq!((seen.all.online, seen.year_ago.online), (2, 1));
    assert_eq!((seen.months[0].now.online, seen.months[0].year_ago.online), (2, 1));
    let empty = Cut {
        from: Some(201701),
        to: Some(201702),
        ..Cut::default()
    };
    let seen = town.office.adoption(&monitor, &empty).await.unwrap();
    assert_eq!((seen.all.total(), seen.all.online_share(), seen.months.len()), (0, None, 2));
}

#[tokio::test]
async fn each_cut_shows_its_part_of_the_whole() {
    let town = busy_town().await;
    let monitor = town.sign_in("giamsat").await;
    let whole = town.office.adoption(&monitor, &Cut::default()).await.unwrap();
    for (field, intake) in &whole.fields {
        let cut = Cut {
            field: Some(field.clone()),
            ..Cut::default()
        };
        assert_eq!(town.office.adoption(&monitor, &cut).await.unwrap().all, *intake, "{field}");
    }
    for (district, intake) in whole.districts.iter().filter(|(d, _)| !d.is_empty()) {
        let cut = Cut {
            district: Some(district.clone()),
            ..Cut::default()
        };
        let part = town.office.adoption(&monitor, &cut).await.unwrap();
        assert_eq!((part.all, sum(&part.communes)), (*intake, intake.total()), "{district}");
    }
    let (agency, intake) = &whole.agencies[0];
    let cut = Cut {
        agency: Some(agency.clone()),
        ..Cut::default()
    };
    assert_eq!(town.office.adoption(&monitor, &cut).await.unwrap().all, *intake);
}

#[tokio::test]
async fn a_head_sees_what_she_answers_for_and_a_receptionist_nothing() {
    let town = busy_town().await;
    let department = town.sign_in("lanhdao.gtvt").await;
    let seen = town.office.adoption(&department, &Cut::default()).await.unwrap();
    assert_eq!(seen.agencies.iter().map(|a| a.0.as_str()).collect::<Vec<_>>(), ["03.00"]);
    assert!(seen.all.total() > 0 && seen.communes.is_empty());
    let district = town.sign_in("lanhdao.vonhai").await;
    let seen = town.office.adoption(&district, &Cut::default()).await.unwrap();
    assert!(seen.agencies.iter().all(|(a, _)| a.as_str().starts_with("24.")));
    assert!(seen.agencies.iter().any(|(a, _)| a.as_str() != "24.00"));
    assert!(seen.districts.iter().all(|(d, _)| d == "170"));
    let other = Cut {
        agency: Some(AgencyCode::from("20.00")),
        ..Cut::default()
    };
    assert!(refused(&town.office.adoption(&district, &other).await));
    let elsewhere = Cut {
        district: Some("164".into()),
        ..Cut::default()
    };
    assert!(refused(&town.office.adoption(&district, &elsewhere).await));
    assert!(refused(&town.office.adoption(&department, &elsewhere).await));
    let receptionist = town.sign_in("motcua.gtvt").await;
    assert!(refused(&town.office.adoption(&receptionist, &Cut::default()).await));
}

#[tokio::test]
async fn behind_a_figure_stand_its_dossiers_for_the_officers_of_the_agency_alone() {
    let town = Town::new().await;
    let citizen = town.sign_in("0912345678").await;
    let first = town.filed(&citizen).await;
    town.set_clock("2020-03-30T09:01:00+07");
    let second = town.filed(&citizen).await;
    let of = Behind {
        agency: AgencyCode::from("24.12"),
        procedure: ProcedureCode::from("1.004873"),
        channel: Channel::Online,
        from: 202003,
        to: 202003,
    };
    let leader = town.sign_in("lanhdao.sangmoc").await;
    let codes = |lines: Vec<motcua_office::DossierLine>| lines.into_iter().map(|l| l.code).collect::<Vec<_>>();
    let found = town.office.behind(&leader, &of, None).await.unwrap();
    assert_eq!(codes(found), [first.code.clone(), second.code.clone()]);
    let rest = town
        .office
        .behind(&leader, &of, Some((first.filed_at, first.id)))
        .await
        .unwrap();
    assert_eq!(codes(rest), [second.code]);
    let counter = Behind {
        channel: Channel::Counter,
        ..of.clone()
    };
    assert!(town.office.behind(&leader, &counter, None).await.unwrap().is_empty());
    for other in ["giamsat", "lanhdao.vonhai", "motcua.gtvt", "quantri", "0912345678"] {
        let actor = town.sign_in(other).await;
        assert!(refused(&town.office.behind(&actor, &of, None).await), "{other}");
    }
}

#[test]
fn months_are_counted_across_years() {
    assert_eq!(
        [
            months_before(202003, 11),
            months_before(202003, 3),
            months_before(202001, 0),
            months_before(201912, -1)
        ],
        [201904, 201912, 202001, 202001]
    );
}
