//! Earlier years' figures, brought in from a table.

use crate::town::Town;
use motcua_model::dossier::Refusal;
use motcua_office::OfficeError;
use motcua_office::history::{ImportError, LineProblem, Wrong};

const HEADING: &str = "nam,thang,co_quan,linh_vuc,thu_tuc,kenh,muc_do,so_ho_so\n";

#[tokio::test]
async fn the_articles_2018_stands_on_the_board_to_the_decimal_and_is_marked_as_brought_in() {
    let town = Town::new().await;
    let monitor = town.sign_in("giamsat").await;
    let years = town.office.years(&monitor).await.unwrap();
    let y2018 = years.iter().find(|y| y.year == 2018).unwrap();
    assert_eq!(
        (y2018.intake.total(), y2018.intake.all_online(), y2018.intake.level_four),
        (33_680, 3_500, 900)
    );
    // Tenths of a percent: 10.4 % and 2.7 %.
    assert_eq!(
        (y2018.intake.online_share(), y2018.intake.level_four_share()),
        (Some(104), Some(27))
    );
    assert!(y2018.source.as_deref().is_some_and(|s| s.contains("2020")));
}

#[tokio::test]
async fn a_file_brought_in_twice_changes_nothing_and_a_later_one_replaces_its_years() {
    let town = Town::new().await;
    let monitor = town.sign_in("giamsat").await;
    let first = format!("{HEADING}2017,,,,,quay,,900\n2017,,,,,truc_tuyen,3,100\n2016,,,,,quay,,50\n");
    let take = |bytes: String| {
        let (office, monitor) = (town.office.clone(), monitor.clone());
        async move { office.import_history(&monitor, "cu.csv", "Sổ của Sở", bytes.as_bytes()).await }
    };
    assert!(matches!(take(first.clone()).await, Ok(Some(3))));
    assert!(matches!(take(first).await, Ok(None)));
    assert!(matches!(
        take(format!("{HEADING}2017;;;;;quay;;800\n").replace(',', ";")).await,
        Ok(Some(1))
    ));
    let years = town.office.years(&monitor).await.unwrap();
    let total = |year| years.iter().find(|y| y.year == year).map(|y| y.intake.total());
    assert_eq!((total(2016), total(2017)), (Some(50), Some(800)));
    let imports = town.office.history_imports(&monitor).await.unwrap();
    let held: Vec<_> = imports.iter().map(|i| (i.lines, i.held)).collect();
    // The latest first: the correction, the first file of which one line still holds, the article's.
    assert_eq!(held.len(), 3);
    assert!(held.contains(&(1, 1)) && held.contains(&(3, 1)), "{held:?}");
}

#[tokio::test]
async fn every_line_that_is_wrong_is_named_and_nothing_is_taken() {
    let town = Town::new().await;
    let monitor = town.sign_in("giamsat").await;
    let wrong = |lines: &'static str| {
        let (office, monitor) = (town.office.clone(), monitor.clone());
        async move {
            let bytes = format!("{HEADING}{lines}");
            match office.import_history(&monitor, "a.csv", "Sổ", bytes.as_bytes()).await {
                Err(ImportError::Problems(p)) => {
                    let said = p.into_iter().map(|LineProblem { line, what, .. }| (line, what));
                    said.collect::<Vec<(usize, Wrong)>>()
                }
                other => panic!("{other:?}"),
            }
        }
    };
    let is = |line, what| vec![(line, what)];
    assert_eq!(wrong("2018,,,,,quay,,-5\n").await, is(2, Wrong::NotANumber("-5".into())));
    assert_eq!(wrong("2018,,,,,quay,,1\n2018,,,,,quay,,2\n").await, is(3, Wrong::Doubled(2)));
    let sum = Wrong::Sum { said: 4, counted: 3 };
    assert_eq!(wrong("2018,,,,,quay,,3\n2018,,,,,tong,,4\n").await, is(3, sum));
    assert_eq!(wrong("2018,13,,,,quay,,3\n").await, is(2, Wrong::Month("13".into())));
    assert_eq!(wrong("18,,,,,quay,,3\n").await, is(2, Wrong::Year("18".into())));
    assert_eq!(wrong("2018,,Sở Mây,,,quay,,3\n").await, is(2, Wrong::Agency("Sở Mây".into())));
    assert_eq!(wrong("2018,,,,,bo_cau,,3\n").await, is(2, Wrong::Channel("bo_cau".into())));
    assert_eq!(wrong("2018,,,,,quay,5,3\n").await, is(2, Wrong::Level("5".into())));
    assert_eq!(
        wrong("2018,,,,9.999999,quay,,3\n").await,
        is(2, Wrong::Procedure("9.999999".into()))
    );
    assert_eq!(wrong("").await, is(0, Wrong::Empty));
    assert_eq!(
        town.office.years(&monitor).await.unwrap().len(),
        1,
        "only the article's year is there"
    );
}

#[tokio::test]
async fn an_agency_is_known_by_its_code_and_by_its_name_however_it_is_spelt() {
    let town = Town::new().await;
    let monitor = town.sign_in("giamsat").await;
    let lines = format!("{HEADING}2019,,02.00,,,quay,,1\n2019,1,SỞ TƯ PHÁP,,,quay,,2\n2019,2,so tu phap,,,quay,,3\n");
    let taken = town.office.import_history(&monitor, "a.csv", "Sổ", lines.as_bytes()).await;
    assert!(matches!(taken, Ok(Some(3))), "{taken:?}");
}

#[tokio::test]
async fn only_the_monitor_brings_figures_in_and_says_from_where() {
    let town = Town::new().await;
    let (monitor, leader) = (town.sign_in("giamsat").await, town.sign_in("lanhdao.gtvt").await);
    let bytes = format!("{HEADING}2017,,,,,quay,,1\n");
    let by_leader = town.office.import_history(&leader, "a.csv", "Sổ", bytes.as_bytes()).await;
    assert!(matches!(
        by_leader,
        Err(ImportError::Office(OfficeError::Refused(Refusal::NotPermitted)))
    ));
    let unsaid = town.office.import_history(&monitor, "a.csv", " ", bytes.as_bytes()).await;
    assert!(matches!(
        unsaid,
        Err(ImportError::Office(OfficeError::Refused(Refusal::ReasonMissing)))
    ));
    let receptionist = town.sign_in("motcua.gtvt").await;
    assert!(town.office.years(&receptionist).await.is_err());
}
