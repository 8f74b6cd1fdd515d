//! Numbered papers, the control sheet, the register and the hand-over list, from a real store.

use crate::town::Town;
use motcua_model::dossier::Outcome;
use motcua_office::books::RegisterSpan;
use motcua_office::control::Verdict;

#[tokio::test]
async fn slips_are_numbered_by_agency_and_year_without_gaps() {
    let town = Town::new().await;
    let (citizen, desk) = (town.sign_in("0912345678").await, town.sign_in("motcua.sangmoc").await);
    for n in 1..=3 {
        let d = town.filed(&citizen).await;
        let d = town.office.take_cash(&desk, d.id, d.version).await.unwrap();
        let accepted = town.office.accept(&desk, d.id, d.version).await.unwrap();
        let slip = accepted.moments.iter().find(|m| m.kind == "accepted").unwrap();
        assert_eq!(slip.paper, format!("{n}/TNHS"));
    }
    let d = town.filed(&citizen).await;
    let refused = town
        .office
        .refuse(&desk, d.id, d.version, "Không thuộc thẩm quyền".into())
        .await
        .unwrap();
    assert_eq!(refused.moments.last().unwrap().paper, "1/TCHS");
}

#[tokio::test]
async fn the_control_sheet_says_who_gave_to_whom_and_whether_in_time() {
    let town = Town::new().await;
    let office = &town.office;
    let (citizen, desk, clerk) = (
        town.sign_in("0912345678").await,
        town.sign_in("motcua.sangmoc").await,
        town.sign_in("chuyenvien.sangmoc").await,
    );
    let d = town.filed(&citizen).await;
    let d = office.take_cash(&desk, d.id, d.version).await.unwrap();
    let d = office.accept(&desk, d.id, d.version).await.unwrap();
    let d = office.forward(&desk, d.id, d.version, "Xem nơi cư trú".into()).await.unwrap();
    // The specialist's step has a day or two; a fortnight later it is late.
    town.clock.set("2020-04-13T09:00:00+07".parse().unwrap());
    let proposal = Some((Outcome::Granted, "Chưa đăng ký kết hôn với ai".into()));
    office
        .finish_step(&clerk, d.id, d.version, proposal, String::new())
        .await
        .unwrap();
    let (_, found) = office.control(&desk, d.id).await.unwrap();
    let kinds: Vec<_> = found.iter().map(|h| h.kind).collect();
    assert_eq!(kinds, ["submitted", "accepted", "forwarded", "step_done"]);
    assert_eq!(
        found[1].verdict,
        Some(Verdict::Early),
        "accepted in the same hour; due at nine the next day"
    );
    assert_eq!(found[3].verdict, Some(Verdict::Late));
    assert_eq!(found[2].note, "Xem nơi cư trú");
    assert!(office.control_sheet(&desk, d.id).await.unwrap().starts_with(b"%PDF"));
    assert!(
        office.control_sheet(&citizen, d.id).await.is_err(),
        "the sheet is the officers'"
    );
}

#[tokio::test]
async fn the_books_hold_what_happened_on_their_days() {
    let town = Town::new().await;
    let office = &town.office;
    let (citizen, desk) = (town.sign_in("0912345678").await, town.sign_in("motcua.sangmoc").await);
    let d = town.filed(&citizen).await;
    let d = office.take_cash(&desk, d.id, d.version).await.unwrap();
    let d = office.accept(&desk, d.id, d.version).await.unwrap();
    office.forward(&desk, d.id, d.version, String::new()).await.unwrap();
    let lines = office.hand_overs_on(&desk, "2020-03-30".parse().unwrap()).await.unwrap();
    assert_eq!(lines.len(), 1);
    assert_eq!(
        (lines[0].code.as_str(), lines[0].taker_role.as_str()),
        (d.code.as_str(), "specialist")
    );
    assert!(
        office
            .hand_overs_on(&desk, "2020-03-31".parse().unwrap())
            .await
            .unwrap()
            .is_empty()
    );
    let span = |from: &str, to: &str| RegisterSpan {
        from: from.parse().unwrap(),
        to: to.parse().unwrap(),
        field: String::new(),
    };
    let mut sizes = Vec::new();
    for (from, to) in [("2020-03-30", "2020-03-30"), ("2020-03-31", "2020-04-30")] {
        let mut pieces = office.register(&desk, &span(from, to)).unwrap();
        let mut pdf = Vec::new();
        while let Some(piece) = pieces.recv().await {
            pdf.extend(piece);
        }
        assert!(pdf.starts_with(b"%PDF-1.7") && pdf.ends_with(b"%%EOF"));
        sizes.push(pdf.len());
    }
    assert!(sizes[0] > sizes[1], "the day of filing has a row, the next month has none");
    assert!(office.register(&citizen, &span("2020-03-30", "2020-03-30")).is_err());
}
