//! A result goes home by post: ordered by the outbox, told by the post, whatever gets lost.

use crate::town::Town;
use motcua_gateways::post::{Post, signature};
use motcua_model::dossier::{Dossier, ParcelDifference, ParcelKind, ParcelState, Refusal, ReturnWay, Status};
use motcua_office::OfficeError;
use motcua_office::post::{PostAnswer, PostProblem, TypedAddress};
use motcua_sandbox::{PostSettings, run_post};
use tokio::net::TcpListener;

const SECRET: &str = "POSTSECRETPOSTSECRET";
const PATH: &str = "/buu-gui/bao-tin";

/// A town with its post, whose clock stands where the town's does. What the post tells by itself reaches nobody.
pub async fn town() -> Town {
    let desk = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/api", desk.local_addr().unwrap());
    let settings = PostSettings {
        client: "MOTCUA01".into(),
        secret: SECRET.into(),
        notice_url: "http://127.0.0.1:9/".into(),
        retry_ms: 1,
        clock: Some("2020-03-30T09:00:00+07".parse().unwrap()),
    };
    tokio::spawn(run_post(desk, settings, std::future::pending()));
    Town::with_post(Post::new(&url, "MOTCUA01", SECRET)).await
}

/// A dossier whose result is approved and wanted by post; the outbox has done nothing yet.
pub async fn decided(town: &Town) -> Dossier {
    let citizen = town.sign_in("0912345678").await;
    let id = town.draft(&citizen).await;
    town.office.choose_return(&citizen, id, ReturnWay::Post).await.unwrap();
    let d = town.office.submit(&citizen, id, true).await.unwrap();
    let reception = town.sign_in("motcua.sangmoc").await;
    let d = town.office.take_cash(&reception, d.id, d.version).await.unwrap();
    town.decided(d).await
}

/// The same, and the outbox has done what it could.
pub async fn approved(town: &Town) -> Dossier {
    let d = decided(town).await;
    settle(town).await;
    let citizen = town.sign_in("0912345678").await;
    town.office.my_dossier(&citizen, d.id).await.unwrap()
}

pub async fn settle(town: &Town) {
    while town.office.run_due_jobs().await.unwrap() > 0 {}
}

async fn told(town: &Town, d: &Dossier, seq: u32, state: &str) -> PostAnswer {
    let reference = &d.parcels[0].order.reference;
    let body = serde_json::json!({
        "reference": reference, "tracking": "T", "seq": seq, "state": state, "at": town.office.now(),
        "proof": (state == "delivered").then(|| serde_json::json!({ "taken_by": "Nông Thị Hoa", "id_last": "1234" })),
    })
    .to_string();
    let time = town.office.now().as_second().to_string();
    let signed = signature(SECRET, "POST", PATH, &time, body.as_bytes());
    town.office.post_notified(PATH, &time, body.as_bytes(), &signed).await
}

pub async fn now(town: &Town, d: &Dossier) -> Dossier {
    let citizen = town.sign_in("0912345678").await;
    town.office.my_dossier(&citizen, d.id).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_approved_result_is_ordered_by_itself_and_delivered() {
    let town = town().await;
    let d = approved(&town).await;
    let p = &d.parcels[0];
    assert_eq!(
        (p.state(), p.tracking.as_str(), p.price),
        (ParcelState::Accepted, "BN100000001VN", 20_000)
    );
    assert_eq!(p.order.address.text, "Xóm Khuổi Mèo, Xã Sảng Mộc, Huyện Võ Nhai, Thái Nguyên");
    assert_eq!(p.order.office.as_str(), "24.02");
    for (seq, state) in [(1, "collected"), (2, "out_for_delivery"), (3, "delivered")] {
        assert_eq!(told(&town, &d, seq, state).await, PostAnswer::Taken);
        assert_eq!(told(&town, &d, seq, state).await, PostAnswer::Taken, "a copy changes nothing");
    }
    let d = now(&town, &d).await;
    assert_eq!(d.status, Status::Returned);
    assert_eq!(d.returned.as_ref().unwrap().taken_by, "Nông Thị Hoa (…1234)");
    settle(&town).await;
    let inbox = town.office.demo_inbox().unwrap().latest();
    let code = &d.parcels[0].order.code;
    assert!(inbox.iter().any(|m| m.text.contains(&format!("Mã nhận: {code}"))));
    assert!(
        inbox.iter().all(|m| !m.text.contains("Khuổi Mèo")),
        "no message tells where she lives"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_notice_that_cannot_be_true_is_kept_and_the_post_is_asked() {
    let town = town().await;
    let d = approved(&town).await;
    assert_eq!(told(&town, &d, 1, "delivered").await, PostAnswer::Taken);
    let d = now(&town, &d).await;
    assert_eq!(d.status, Status::Approved);
    assert_eq!(d.parcels[0].open_differences().next().unwrap().why, ParcelDifference::NotSent);
    let reception = town.sign_in("motcua.sangmoc").await;
    let list = town.office.agency_parcels(&reception, true, None).await.unwrap();
    assert_eq!(list.differing.len(), 1);
    let d = town
        .office
        .explain_difference(&reception, d.id, 1, 1, "Bưu tá quét nhầm".into())
        .await
        .unwrap();
    assert_eq!(d.parcels[0].open_differences().count(), 0);
    town.set_clock("2020-03-30T09:02:00+07");
    settle(&town).await;
    assert_eq!(
        now(&town, &d).await.status,
        Status::Approved,
        "the post knows nothing of a delivery"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_not_the_post_is_not_believed() {
    let town = town().await;
    let d = approved(&town).await;
    let body = serde_json::json!({ "reference": d.parcels[0].order.reference, "tracking": "T", "seq": 1, "state": "delivered",
        "at": town.office.now() })
    .to_string();
    let time = town.office.now().as_second().to_string();
    let forged = signature("guessed", "POST", PATH, &time, body.as_bytes());
    let answer = town.office.post_notified(PATH, &time, body.as_bytes(), &forged).await;
    assert_eq!(answer, PostAnswer::WrongSignature);
    assert_eq!(told(&town, &d, 1, "flying").await, PostAnswer::Unreadable);
    assert_eq!(now(&town, &d).await.version, d.version);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_three_tries_it_waits_at_the_counter_and_she_is_told() {
    let town = town().await;
    let d = approved(&town).await;
    let way = [
        "collected",
        "out_for_delivery",
        "failed",
        "out_for_delivery",
        "failed",
        "out_for_delivery",
        "failed",
        "returned",
    ];
    for (seq, state) in (1..).zip(way) {
        assert_eq!(told(&town, &d, seq, state).await, PostAnswer::Taken);
    }
    let d = now(&town, &d).await;
    assert_eq!((d.status.clone(), d.return_way), (Status::Approved, ReturnWay::Counter));
    settle(&town).await;
    let inbox = town.office.demo_inbox().unwrap().latest();
    assert!(inbox.iter().any(|m| m.text.contains("ba lần chưa phát được")));
    assert!(inbox[0].text.contains("đã về một cửa"));
    let reception = town.sign_in("motcua.sangmoc").await;
    let taken = "Nông Thị Hoa, …1234".to_owned();
    let d = town
        .office
        .return_result(&reception, d.id, d.version, ReturnWay::Counter, taken)
        .await
        .unwrap();
    assert_eq!(d.status, Status::Returned);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn papers_are_fetched_from_her_home_and_what_is_under_way_is_not_ordered_twice() {
    let town = town().await;
    let citizen = town.sign_in("0912345678").await;
    let d = town.filed(&citizen).await;
    let d = town
        .office
        .send_parcel(&citizen, d.id, ParcelKind::Collect, None, None)
        .await
        .unwrap();
    settle(&town).await;
    let d = now(&town, &d).await;
    assert_eq!(d.parcels[0].state(), ParcelState::Accepted);
    let again = town.office.send_parcel(&citizen, d.id, ParcelKind::Collect, None, None).await;
    assert!(matches!(again, Err(OfficeError::Refused(Refusal::ParcelUnderWay))));
    let result = town.office.send_parcel(&citizen, d.id, ParcelKind::Deliver, None, None).await;
    assert!(matches!(result, Err(OfficeError::Refused(Refusal::WrongStatus { .. }))));
    let reception = town.sign_in("motcua.sangmoc").await;
    let d = town
        .office
        .cancel_parcel(&reception, d.id, 1, "người dân tự mang đến".into())
        .await
        .unwrap();
    assert_eq!(d.parcels[0].state(), ParcelState::Cancelled);
    let heavy = town
        .office
        .send_parcel(&reception, d.id, ParcelKind::Collect, None, Some(9_000))
        .await;
    assert!(matches!(
        heavy,
        Err(OfficeError::Post(PostProblem::TooHeavy { max_g: 2_000 }))
    ));
    let nowhere = TypedAddress {
        commune: "999-99".into(),
        street: String::new(),
    };
    let nowhere = town
        .office
        .send_parcel(&reception, d.id, ParcelKind::Collect, Some(&nowhere), None)
        .await;
    assert!(matches!(nowhere, Err(OfficeError::Post(PostProblem::UnknownCommune))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_month_is_charged_one_line_for_each_parcel() {
    let town = town().await;
    let d = approved(&town).await;
    let province = town.sign_in("ketoan.tinh").await;
    let invoice = town.office.post_invoice(&province, 202_003).await.unwrap();
    assert_eq!(invoice.total(), (1, 20_000, 0));
    let lines = town.office.post_invoice_lines(&province, 202_003, None).await.unwrap();
    assert_eq!((lines.len(), &lines[0].code), (1, &d.code.0));
    assert!(
        town.office
            .post_invoice_lines(&province, 202_003, lines.last())
            .await
            .unwrap()
            .is_empty()
    );
    let other = town.sign_in("ketoan.gtvt").await;
    assert_eq!(town.office.post_invoice(&other, 202_003).await.unwrap().total(), (0, 0, 0));
    assert!(town.office.verify(|_, _| {}).await.unwrap().damage.is_none());
}
