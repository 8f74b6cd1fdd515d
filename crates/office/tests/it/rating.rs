//! Satisfaction: one answer for each dossier, by who has to do with it, when it is over.

use crate::town::Town;
use motcua_model::dossier::{Dossier, Outcome, ReturnWay};
use motcua_office::rating::{Rating, Score};

fn rating(score: Score) -> Rating {
    Rating {
        score,
        reasons: vec!["time", "trips"],
        said: "Đi lại ba lần.".into(),
    }
}

async fn returned(town: &Town, d: Dossier) -> Dossier {
    let office = &town.office;
    let reception = town.sign_in("motcua.sangmoc").await;
    let d = office.accept(&reception, d.id, d.version).await.unwrap();
    let d = office.forward(&reception, d.id, d.version, String::new()).await.unwrap();
    let specialist = town.sign_in("chuyenvien.sangmoc").await;
    let proposal = Some((Outcome::Granted, "Chưa kết hôn với ai.".to_owned()));
    let d = office
        .finish_step(&specialist, d.id, d.version, proposal, String::new())
        .await
        .unwrap();
    let head = town.sign_in("lanhdao.sangmoc").await;
    let d = office.approve(&head, d.id, d.version).await.unwrap();
    let way = (ReturnWay::Online, String::new());
    office.return_result(&reception, d.id, d.version, way.0, way.1).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_answers_before_the_result_and_nobody_twice() {
    let town = Town::new().await;
    let citizen = town.sign_in("0912345678").await;
    let d = town.paid().await;
    assert!(town.office.rate(&citizen, d.id, &rating(Score::Good)).await.is_err());
    let d = returned(&town, d).await;
    assert!(town.office.rate(&citizen, d.id, &rating(Score::Bad)).await.unwrap());
    for _ in 0..3 {
        assert!(!town.office.rate(&citizen, d.id, &rating(Score::Good)).await.unwrap());
    }
    let monitor = town.sign_in("giamsat").await;
    let seen = town.office.satisfaction(&monitor, None, None).await.unwrap();
    assert_eq!((seen.len(), seen[0].0.as_str(), seen[0].1.counts), (1, "24.12", [0, 0, 1]));
    assert_eq!(seen[0].1.reasons, [1, 0, 0, 0, 1, 0]);
    let head = town.sign_in("lanhdao.sangmoc").await;
    assert_eq!(town.office.said(&head, None).await.unwrap()[0].said, "Đi lại ba lần.");
    assert!(town.office.said(&monitor, None).await.unwrap().is_empty());
    for other in ["motcua.gtvt", "chuyenvien.sangmoc", "giamsat", "buudien.vonhai"] {
        let stranger = town.sign_in(other).await;
        assert!(
            town.office.rate(&stranger, d.id, &rating(Score::Good)).await.is_err(),
            "{other}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_index_has_its_part_and_its_whole() {
    let town = Town::new().await;
    let citizen = town.sign_in("0912345678").await;
    let d = town.paid().await;
    let d = returned(&town, d).await;
    town.office.rate(&citizen, d.id, &rating(Score::Good)).await.unwrap();
    let monitor = town.sign_in("giamsat").await;
    let seen = town.office.indices(&monitor, None, None).await.unwrap();
    let all: Vec<(i64, i64)> = seen.all.iter().map(|i| (i.part, i.whole)).collect();
    // In time, online, paid online (she paid in cash), result online, papers as files, at first try, content.
    assert_eq!(all, [(1, 1), (1, 1), (0, 1), (1, 1), (1, 1), (1, 1), (1, 1)]);
    assert_eq!(seen.agencies.len(), 1);
    assert_eq!(seen.trips, 2);
    assert!(seen.open.part > 0 && seen.open.part <= seen.open.whole);
}
