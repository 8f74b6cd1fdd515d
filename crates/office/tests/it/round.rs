//! A postal clerk's round, and what the post charges for it in a month.

use crate::post::{approved, now, settle, town};
use crate::town::{PNG, Town};
use motcua_model::actor::Actor;
use motcua_model::dossier::{Dossier, ParcelState, Proof, Refusal, ReturnWay, Status, Visit};
use motcua_model::id::{AgencyCode, FileHash};
use motcua_model::till::TillState;
use motcua_office::OfficeError;
use motcua_office::error::PaperProblem;
use motcua_office::post::{Outcome, PICTURE_MAX};
use std::collections::BTreeSet;

fn visit(outcome: Outcome) -> Visit {
    Visit {
        state: outcome.state(),
        place: "Bưu điện huyện Võ Nhai".into(),
        reason: "vắng nhà".into(),
        herself: true,
        code: String::new(),
        collected: 0,
        proof: Proof {
            taken_by: "Nông Thị Hoa".into(),
            ..Proof::default()
        },
    }
}

async fn notes(town: &Town, sen: &Actor, d: &Dossier, outcome: Outcome) -> Dossier {
    town.office.visit(sen, d.id, 1, visit(outcome)).await.unwrap()
}

async fn refused(town: &Town, sen: &Actor, d: &Dossier, visit: Visit) -> Refusal {
    match town.office.visit(sen, d.id, 1, visit).await {
        Err(OfficeError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

async fn picture(town: &Town) -> FileHash {
    let mut file = town.office.begin_upload().await.unwrap();
    file.write(PNG).await.unwrap();
    town.office.keep_picture(file).await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_result_is_brought_home_on_a_round_after_tries_that_failed() {
    let town = town().await;
    let (d, other) = (approved(&town).await, approved(&town).await);
    let sen = town.sign_in("buudien.vonhai").await;
    let round = town.office.round(&sen, None).await.unwrap();
    assert_eq!((round.stops.len(), round.waiting.len()), (0, 2));
    assert_eq!(
        round.waiting[0].address,
        "Xóm Khuổi Mèo, Xã Sảng Mộc, Huyện Võ Nhai, Thái Nguyên"
    );
    for d in [&d, &other] {
        town.office.take_stop(&sen, d.id, 1).await.unwrap();
        // A second press changes nothing.
        town.office.take_stop(&sen, d.id, 1).await.unwrap();
    }
    let order = async || -> Vec<_> {
        let round = town.office.round(&sen, None).await.unwrap();
        assert_eq!(round.waiting, []);
        round.stops.into_iter().map(|s| s.dossier).collect()
    };
    assert_eq!(order().await, [d.id, other.id]);
    town.office.raise_stop(&sen, other.id, 1).await.unwrap();
    assert_eq!(order().await, [other.id, d.id]);
    // Nothing is delivered that she did not set out with.
    let early = refused(&town, &sen, &d, visit(Outcome::Failed)).await;
    assert_eq!(early, Refusal::ParcelElsewhere);
    notes(&town, &sen, &d, Outcome::Out).await;
    let reasonless = Visit {
        reason: "  ".into(),
        ..visit(Outcome::Failed)
    };
    assert_eq!(refused(&town, &sen, &d, reasonless).await, Refusal::ReasonMissing);
    let failed = notes(&town, &sen, &d, Outcome::Failed).await;
    assert_eq!(
        (failed.parcels[0].failures(), failed.parcels[0].state()),
        (1, ParcelState::Failed)
    );
    // It waits for the next round; held at the office, she can come for it.
    let round = town.office.round(&sen, None).await.unwrap();
    assert_eq!((round.stops.len(), round.waiting.len(), round.waiting[0].failures), (1, 1, 1));
    notes(&town, &sen, &d, Outcome::Held).await;
    notes(&town, &sen, &d, Outcome::Out).await;
    assert_eq!(
        refused(&town, &sen, &d, visit(Outcome::Delivered)).await,
        Refusal::ProofMissing
    );
    let neighbour = Visit {
        herself: false,
        ..visit(Outcome::Delivered)
    };
    assert_eq!(refused(&town, &sen, &d, neighbour).await, Refusal::ReceiverNotNamed);
    let guessed = Visit {
        code: "0000".into(),
        ..visit(Outcome::Delivered)
    };
    // The code has four digits of its own, so that this one is wrong for nearly every parcel.
    if d.parcels[0].order.code != "0000" {
        assert_eq!(refused(&town, &sen, &d, guessed).await, Refusal::CodeWrong);
    }
    let photo = picture(&town).await;
    let mut delivered = visit(Outcome::Delivered);
    delivered.proof.photo = Some(photo);
    let d = town.office.visit(&sen, d.id, 1, delivered).await.unwrap();
    assert_eq!((&d.status, d.parcels[0].state()), (&Status::Returned, ParcelState::Delivered));
    assert_eq!(order().await, [other.id]);
    let reception = town.sign_in("motcua.sangmoc").await;
    let (kind, bytes) = town.office.proof_picture(&reception, d.id, photo).await.unwrap();
    assert_eq!((kind, bytes.as_slice()), ("image/png", PNG));
    let strange = town.office.proof_picture(&reception, other.id, photo).await;
    assert!(matches!(strange, Err(OfficeError::Refused(Refusal::NotFound))));
    let proof = town.office.verify(|_, _| {}).await.unwrap();
    assert_eq!(proof.damage, None);
}

/// A dossier whose fee was raised when its result was there: 5,000 VND are collected at the door.
async fn approved_with_a_rest(town: &Town) -> Dossier {
    let d = crate::post::decided(town).await;
    let keeper = town.sign_in("ketoan.sangmoc").await;
    let why = "Lúc nộp tính thiếu một bản.".to_owned();
    let d = town.office.change_fee(&keeper, d.id, 20_000, why).await.unwrap();
    settle(town).await;
    now(town, &d).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cash_of_the_door_lies_in_the_till_of_who_took_it() {
    let town = town().await;
    let d = approved_with_a_rest(&town).await;
    let order = &d.parcels[0].order;
    assert_eq!((d.fee_due(), order.collect), (5_000, 5_000));
    let sen = town.sign_in("buudien.vonhai").await;
    // The page sends the amount with whatever happened; only who delivers takes it.
    let out = Visit {
        collected: 5_000,
        ..visit(Outcome::Out)
    };
    town.office.visit(&sen, d.id, 1, out).await.unwrap();
    let delivered = || Visit {
        code: order.code.clone(),
        collected: 5_000,
        ..visit(Outcome::Delivered)
    };
    assert_eq!(refused(&town, &sen, &d, delivered()).await, Refusal::NoTill);
    assert_eq!(now(&town, &d).await.status, Status::Approved);
    town.office.open_till(&sen, 200_000).await.unwrap().unwrap();
    let d = town.office.visit(&sen, d.id, 1, delivered()).await.unwrap();
    assert_eq!((&d.status, d.fee_due()), (&Status::Returned, 0));
    let (till, lines) = town.office.own_tills(&sen).await.unwrap().open.unwrap();
    assert_eq!(till.till.taken, 5_000);
    let taken: Vec<_> = lines.iter().map(|l| (l.dossier, l.receipt.as_str(), l.amount)).collect();
    assert_eq!(taken, [(d.id, d.payments[1].receipt.as_str(), 5_000)]);
    // It is hers to count, not the accountant's to close.
    let keeper = town.sign_in("ketoan.sangmoc").await;
    let tills = town.office.tills(&keeper, &AgencyCode::from("24.12")).await.unwrap();
    let post = tills.iter().find(|t| t.account == "post:24.02").unwrap();
    assert_eq!(post.balance, 0);
    let closed = town.office.count_till(&sen, 205_000, 205_000, "").await.unwrap().unwrap();
    assert_eq!((closed.state, closed.to_deposit()), (TillState::Closed, 5_000));
    let proof = town.office.verify(|_, _| {}).await.unwrap();
    assert_eq!(proof.damage, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_nobody_takes_goes_back_to_the_counter() {
    let town = town().await;
    let d = approved(&town).await;
    let sen = town.sign_in("buudien.vonhai").await;
    for outcome in [Outcome::Out, Outcome::Failed, Outcome::Back] {
        notes(&town, &sen, &d, outcome).await;
    }
    assert_eq!(now(&town, &d).await.parcels[0].state(), ParcelState::Returning);
    let d = notes(&town, &sen, &d, Outcome::Returned).await;
    assert_eq!((d.status.clone(), d.return_way), (Status::Approved, ReturnWay::Counter));
    let round = town.office.round(&sen, None).await.unwrap();
    assert_eq!((round.stops, round.waiting), (Vec::new(), Vec::new()));
    let over = town.office.take_stop(&sen, d.id, 1).await;
    assert!(matches!(over, Err(OfficeError::Refused(Refusal::ParcelElsewhere))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_round_is_a_postal_clerks_and_a_picture_is_one_and_not_too_large() {
    let town = town().await;
    let d = approved(&town).await;
    let reception = town.sign_in("motcua.sangmoc").await;
    assert!(matches!(
        town.office.round(&reception, None).await,
        Err(OfficeError::Refused(Refusal::NotPermitted))
    ));
    assert!(town.office.visit(&reception, d.id, 1, visit(Outcome::Out)).await.is_err());
    let sen = town.sign_in("buudien.vonhai").await;
    let unknown = town.office.take_stop(&sen, d.id, 9).await;
    assert!(matches!(unknown, Err(OfficeError::Refused(Refusal::NotFound))));
    let mut huge = town.office.begin_upload().await.unwrap();
    huge.write(&vec![0xff; usize::try_from(PICTURE_MAX).unwrap() + 1])
        .await
        .unwrap();
    assert!(matches!(
        town.office.keep_picture(huge).await,
        Err(OfficeError::Paper(PaperProblem::TooLarge { max_mb: 5 }))
    ));
    let mut page = town.office.begin_upload().await.unwrap();
    page.write(b"%PDF-1.4").await.unwrap();
    assert!(matches!(
        town.office.keep_picture(page).await,
        Err(OfficeError::Paper(PaperProblem::WrongType))
    ));
    let empty = town.office.begin_upload().await.unwrap();
    assert_eq!(town.office.keep_picture(empty).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_invoice_of_a_month_has_each_parcel_once_and_no_other() {
    let town = town().await;
    let sent = [approved(&town).await, approved(&town).await, approved(&town).await];
    let never = town.filed(&town.sign_in("0912345678").await).await;
    settle(&town).await;
    let keeper = town.sign_in("ketoan.sangmoc").await;
    let invoice = town.office.post_invoice(&keeper, 202_003).await.unwrap();
    assert_eq!(invoice.total(), (3, 60_000, 0));
    let lines = town.office.post_invoice_lines(&keeper, 202_003, None).await.unwrap();
    // One to one: every dossier that the post carried, no dossier twice, and the lines add up to the sum.
    let billed: BTreeSet<_> = lines.iter().map(|l| (l.dossier, l.number)).collect();
    assert_eq!(billed, sent.iter().map(|d| (d.id, 1)).collect());
    assert_eq!(lines.len(), billed.len());
    assert!(lines.iter().all(|l| l.dossier != never.id));
    assert_eq!(lines.iter().map(|l| l.price).sum::<u64>(), 60_000);
    let by_code: BTreeSet<_> = lines.iter().map(|l| l.code.as_str()).collect();
    assert_eq!(by_code, sent.iter().map(|d| d.code.as_str()).collect());
    // The next page goes on behind the last line; another month, another agency has none.
    let rest = town.office.post_invoice_lines(&keeper, 202_003, lines.last()).await.unwrap();
    assert_eq!(rest, []);
    assert_eq!(town.office.post_invoice(&keeper, 202_004).await.unwrap().total(), (0, 0, 0));
    let elsewhere = town.sign_in("ketoan.vonhai").await;
    assert_eq!(town.office.post_invoice(&elsewhere, 202_003).await.unwrap().sums, []);
    let stranger = town.sign_in("motcua.sangmoc").await;
    assert!(town.office.post_invoice(&stranger, 202_003).await.is_err());
}
