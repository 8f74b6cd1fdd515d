//! Money beyond one payment: twice, late, forged, in every order; the books balance whatever came.

use crate::town::{SECRET, Town};
use hmac::{Hmac, KeyInit, Mac};
use motcua_gateways::payment::vietqr::Notice;
use motcua_model::actor::Actor;
use motcua_model::dossier::{PaymentMethod, RefundReason, RefundState, RefundWay, Refusal};
use motcua_model::id::{AgencyCode, DossierId};
use motcua_model::procedure::Lang;
use motcua_office::OfficeError;
use motcua_office::money::bank::NoticeAnswer;
use motcua_office::money::book::Sums;
use sha2::{Sha256, Sha512};

/// The gateway's notification, signed here.
fn ipn(pairs: &[(&str, &str)]) -> String {
    let mut sorted: Vec<_> = pairs.to_vec();
    sorted.sort_unstable();
    let text: Vec<String> = sorted.iter().map(|(k, v)| format!("{k}={v}")).collect();
    let text = text.join("&");
    let mut mac = Hmac::<Sha512>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    format!("{text}&vnp_SecureHash={}", hex::encode(mac.finalize().into_bytes()))
}

fn paid(txn_ref: &str, number: &str, pay_date: &str) -> String {
    ipn(&[
        ("vnp_Amount", "1500000"),
        ("vnp_PayDate", pay_date),
        ("vnp_ResponseCode", "00"),
        ("vnp_TmnCode", "MOTCUA01"),
        ("vnp_TransactionNo", number),
        ("vnp_TransactionStatus", "00"),
        ("vnp_TxnRef", txn_ref),
    ])
}

fn notice(number: &str, amount: u64, content: &str) -> (Vec<u8>, String) {
    let body = serde_json::to_vec(&Notice {
        transaction: number.to_owned(),
        account: "0011009999999".to_owned(),
        amount,
        content: content.to_owned(),
        at: "2020-03-30T02:05:00Z".parse().unwrap(),
    })
    .unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(&body);
    let signature = hex::encode(mac.finalize().into_bytes());
    (body, signature)
}

struct Case {
    town: Town,
    citizen: Actor,
    id: DossierId,
}

impl Case {
    async fn new() -> Self {
        let town = Town::new().await;
        let citizen = town.sign_in("0912345678").await;
        let id = town.filed(&citizen).await.id;
        Self { town, citizen, id }
    }

    async fn order(&self) -> String {
        let url = self
            .town
            .office
            .begin_payment(&self.citizen, self.id, "127.0.0.1", Lang::Vi)
            .await
            .unwrap();
        url.split("vnp_TxnRef=").nth(1).unwrap().split('&').next().unwrap().to_owned()
    }

    async fn hear(&self, query: &str, code: &str) {
        let answer = self.town.office.payment_notified(query).await;
        assert!(answer.contains(&format!(r#""{code}""#)), "{answer}, not {code}");
    }

    async fn bank(&self, number: &str, amount: u64, content: &str) {
        let (body, signature) = notice(number, amount, content);
        assert_eq!(self.town.office.bank_notified(&body, &signature).await, NoticeAnswer::Taken);
    }

    async fn d(&self) -> motcua_model::dossier::Dossier {
        self.town.office.my_dossier(&self.citizen, self.id).await.unwrap()
    }

    /// The books as the province's accountant reads them, and everything counted again.
    async fn books(&self) -> Sums {
        let accountant = self.town.sign_in("ketoan.tinh").await;
        let totals = self
            .town
            .office
            .ledger_totals(&accountant, None, 202_001, 202_012)
            .await
            .unwrap();
        let (debit, credit): (i64, i64) = totals.iter().fold((0, 0), |s, t| (s.0 + t.debit, s.1 + t.credit));
        assert_eq!(debit, credit);
        assert_eq!(self.town.office.verify(|_, _| {}).await.unwrap().damage, None);
        Sums::of(totals.iter())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn gateway_and_bank_both_pay_and_the_second_goes_back() {
    let case = Case::new().await;
    let txn_ref = case.order().await;
    let transfer = case.town.office.transfer_order(&case.citizen, case.id).await.unwrap();
    case.bank("FT1", 15_000, &format!("MBVCB.1.{}.CT", transfer.reference.to_lowercase()))
        .await;
    case.bank("FT1", 15_000, &transfer.reference).await;
    case.hear(&paid(&txn_ref, "14000001", "20200330090500"), "00").await;
    case.hear(&paid(&txn_ref, "14000001", "20200330090500"), "02").await;
    let d = case.d().await;
    assert_eq!(
        (d.payments.len(), d.payments[0].method, d.fee_due()),
        (1, PaymentMethod::Vietqr, 0)
    );
    let refund = &d.refunds[0];
    assert_eq!(
        (refund.reason, refund.method, refund.amount, refund.state),
        (RefundReason::PaidTwice, PaymentMethod::Vnpay, 15_000, RefundState::Proposed)
    );
    let sums = case.books().await;
    assert_eq!((sums.due, sums.held, sums.owed), (0, 30_000, 15_000));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_orders_paid_are_one_fee_and_one_refund_whatever_comes_first() {
    let case = Case::new().await;
    let (first, second) = (case.order().await, case.order().await);
    for _ in 0..3 {
        let seen = case.d().await.payments.len();
        let code = if seen == 0 { "00" } else { "02" };
        case.hear(&paid(&second, "14000002", "20200330090500"), code).await;
    }
    case.hear(&paid(&first, "14000001", "20200330090500"), "00").await;
    case.hear(&paid(&first, "14000001", "20200330090500"), "02").await;
    let d = case.d().await;
    assert_eq!((d.payments.len(), d.surplus.len(), d.refunds.len()), (1, 1, 1));
    case.books().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cancelled_order_that_is_paid_after_all_counts_and_a_late_one_goes_back() {
    let case = Case::new().await;
    let txn_ref = case.order().await;
    let cancelled = ipn(&[
        ("vnp_Amount", "1500000"),
        ("vnp_ResponseCode", "24"),
        ("vnp_TmnCode", "MOTCUA01"),
        ("vnp_TransactionNo", "0"),
        ("vnp_TxnRef", txn_ref.as_str()),
    ]);
    case.hear(&cancelled, "00").await;
    case.hear(&cancelled, "02").await;
    case.hear(&paid(&txn_ref, "14000001", "20200330093000"), "00").await;
    let d = case.d().await;
    assert_eq!((d.payments.len(), d.refunds[0].reason), (0, RefundReason::PaidLate));
    let again = case.order().await;
    case.hear(&paid(&again, "14000002", "20200330091459"), "00").await;
    assert_eq!(case.d().await.fee_due(), 0);
    let sums = case.books().await;
    assert_eq!((sums.held, sums.owed), (30_000, 15_000));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_notification_after_the_refund_changes_nothing() {
    let case = Case::new().await;
    let txn_ref = case.order().await;
    case.town
        .office
        .withdraw(&case.citizen, case.id, String::new())
        .await
        .unwrap();
    let query = paid(&txn_ref, "14000001", "20200330090500");
    case.hear(&query, "00").await;
    let office = &case.town.office;
    let accountant = case.town.sign_in("ketoan.sangmoc").await;
    office.approve_refund(&accountant, case.id, 1).await.unwrap();
    // The gateway cannot be reached here: after the last attempt people decide.
    for _ in 0..motcua_store::job::ATTEMPTS {
        office.run_due_jobs().await.unwrap();
        case.town.clock.set(office.now() + jiff::SignedDuration::from_hours(1));
    }
    assert_eq!(case.d().await.refunds[0].state, RefundState::Failed);
    office
        .pay_refund(&accountant, case.id, 1, RefundWay::Transfer, "FT77".into())
        .await
        .unwrap();
    case.hear(&query, "02").await;
    let d = case.d().await;
    assert_eq!(
        (d.payments.len(), d.refunds.len(), d.refunds[0].state),
        (0, 1, RefundState::Paid)
    );
    assert_eq!(case.books().await.owed, 0);
    let twice = office
        .pay_refund(&accountant, case.id, 1, RefundWay::Cash, "Hoa".into())
        .await;
    assert!(matches!(twice, Err(OfficeError::Refused(Refusal::Overtaken))));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_people_refund_and_nobody_of_another_agency() {
    let case = Case::new().await;
    let txn_ref = case.order().await;
    case.hear(&paid(&txn_ref, "14000001", "20200330090500"), "00").await;
    let office = &case.town.office;
    let own = case.town.sign_in("ketoan.sangmoc").await;
    let other = case.town.sign_in("ketoan.vonhai").await;
    let leader = case.town.sign_in("lanhdao.sangmoc").await;
    let propose = |who: Actor, amount| {
        let (office, id) = (office.clone(), case.id);
        async move {
            office
                .propose_refund(&who, id, "14000001".into(), amount, "Thu nhầm.".into())
                .await
        }
    };
    let not_found = propose(other.clone(), 5_000).await;
    assert!(matches!(not_found, Err(OfficeError::Refused(Refusal::NotFound))));
    let too_much = propose(own.clone(), 15_001).await;
    assert!(matches!(
        too_much,
        Err(OfficeError::Refused(Refusal::TooMuchBack { left: 15_000 }))
    ));
    propose(own.clone(), 5_000).await.unwrap();
    let alone = office.approve_refund(&own, case.id, 1).await;
    assert!(matches!(alone, Err(OfficeError::Refused(Refusal::SamePerson))));
    office.approve_refund(&leader, case.id, 1).await.unwrap();
    assert!(office.money_of(&other, case.id).await.is_err());
    let sums = case.books().await;
    assert_eq!((sums.owed, sums.earned), (5_000, 10_000));
    let refunds = office.refunds(&own, &AgencyCode::from("24.12"), true, None).await.unwrap();
    assert_eq!((refunds.len(), refunds[0].state.as_str()), (1, "approved"));
    assert!(office.refunds(&other, &AgencyCode::from("24.12"), true, None).await.is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forged_and_unreadable_notices_book_nothing_and_money_of_nobody_known_is_kept() {
    let case = Case::new().await;
    let office = &case.town.office;
    let (body, signature) = notice("FT1", 15_000, "x");
    assert_eq!(office.bank_notified(&body, "00").await, NoticeAnswer::WrongSignature);
    assert_eq!(office.bank_notified(b"{}", &signature).await, NoticeAnswer::WrongSignature);
    for _ in 0..3 {
        case.bank("FT1", 15_000, "nop tien ho so").await;
    }
    assert_eq!(case.books().await.held, 15_000);
    let tinh = case.town.sign_in("ketoan.tinh").await;
    let own = case.town.sign_in("ketoan.sangmoc").await;
    assert!(office.unknown_money(&own).await.is_err());
    let unknown = office.unknown_money(&tinh).await.unwrap();
    assert_eq!((unknown.len(), unknown[0].content.as_str()), (1, "nop tien ho so"));
    let code = case.d().await.code.0;
    let silent = office.assign_unknown(&tinh, "FT1", &code, " ").await;
    assert!(matches!(silent, Err(OfficeError::Refused(Refusal::ReasonMissing))));
    office
        .assign_unknown(&tinh, "FT1", &code, "Người nộp gọi điện.")
        .await
        .unwrap();
    let again = office.assign_unknown(&tinh, "FT1", &code, "Lần nữa.").await;
    assert!(matches!(again, Err(OfficeError::Refused(Refusal::Overtaken))));
    assert_eq!(case.d().await.fee_due(), 0);
    let sums = case.books().await;
    assert_eq!((sums.due, sums.held, sums.earned), (0, 15_000, 15_000));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_transfer_of_less_goes_back_and_of_more_pays_and_gives_the_rest_back() {
    let case = Case::new().await;
    let reference = case
        .town
        .office
        .transfer_order(&case.citizen, case.id)
        .await
        .unwrap()
        .reference;
    let same = case
        .town
        .office
        .transfer_order(&case.citizen, case.id)
        .await
        .unwrap()
        .reference;
    assert_eq!(same, reference);
    case.bank("FT1", 10_000, &reference).await;
    assert_eq!(case.d().await.refunds[0].reason, RefundReason::OtherAmount);
    case.bank("FT2", 20_000, &reference).await;
    let d = case.d().await;
    assert_eq!((d.fee_due(), d.refunds[1].amount), (0, 5_000));
    let sums = case.books().await;
    assert_eq!((sums.held, sums.owed), (30_000, 15_000));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_till_is_closed_once_with_what_was_counted() {
    let case = Case::new().await;
    let office = &case.town.office;
    let desk = case.town.sign_in("motcua.sangmoc").await;
    let seen = case.d().await.version;
    office.take_cash(&desk, case.id, seen).await.unwrap();
    let own = case.town.sign_in("ketoan.sangmoc").await;
    let agency = AgencyCode::from("24.12");
    let tills = office.tills(&own, &agency).await.unwrap();
    assert_eq!(
        (tills.len(), tills[0].balance, tills[0].account.as_str()),
        (1, 15_000, "till:24.12")
    );
    let silent = office.close_till(&own, &agency, "till:24.12", 15_000, 14_000, "").await;
    assert!(matches!(silent, Err(OfficeError::Refused(Refusal::ReasonMissing))));
    office
        .close_till(&own, &agency, "till:24.12", 15_000, 14_000, "Thiếu một tờ, đã báo.")
        .await
        .unwrap();
    let twice = office.close_till(&own, &agency, "till:24.12", 15_000, 15_000, "").await;
    assert!(matches!(twice, Err(OfficeError::Refused(Refusal::Overtaken))));
    let sums = case.books().await;
    assert_eq!((sums.held, sums.settled), (0, 14_000));
}
