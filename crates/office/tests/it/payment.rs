//! One order is paid once, whatever the gateway says how often.

use crate::town::{SECRET, Town};
use motcua_model::procedure::Lang;
use std::process::Command;

/// Signs as the gateway does, by another program than ours.
fn signed(pairs: &[(&str, &str)]) -> String {
    let script = "import sys,hmac,hashlib,urllib.parse as u\n\
                  p=dict(a.split('=',1) for a in sys.argv[2:])\n\
                  q='&'.join(u.quote_plus(k)+'='+u.quote_plus(v) for k,v in sorted(p.items()))\n\
                  print(q+'&vnp_SecureHash='+hmac.new(sys.argv[1].encode(),q.encode(),hashlib.sha512).hexdigest())";
    let arguments = pairs.iter().map(|(k, v)| format!("{k}={v}"));
    let output = Command::new("python3")
        .args(["-c", script, SECRET])
        .args(arguments)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn paid(txn_ref: &str, amount: &str) -> String {
    signed(&[
        ("vnp_Amount", amount),
        ("vnp_ResponseCode", "00"),
        ("vnp_TmnCode", "MOTCUA01"),
        ("vnp_TransactionNo", "14000001"),
        ("vnp_TransactionStatus", "00"),
        ("vnp_TxnRef", txn_ref),
    ])
}

async fn order(town: &Town) -> (motcua_model::actor::Actor, motcua_model::id::DossierId, String) {
    let citizen = town.sign_in("0912345678").await;
    let id = town.filed(&citizen).await.id;
    let url = town.office.begin_payment(&citizen, id, "127.0.0.1", Lang::Vi).await.unwrap();
    let txn_ref = url.split("vnp_TxnRef=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    (citizen, id, txn_ref)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_copies_of_a_notification_book_one_payment() {
    let town = Town::new().await;
    let (citizen, id, txn_ref) = order(&town).await;
    let query = paid(&txn_ref, "1500000");
    let copies = (0..1000).map(|_| {
        let (office, query) = (town.office.clone(), query.clone());
        tokio::spawn(async move { office.payment_notified(&query).await })
    });
    let mut first = 0;
    for copy in copies {
        let answer = copy.await.unwrap();
        first += usize::from(answer.contains(r#""00""#));
        assert!(answer.contains(r#""00""#) || answer.contains(r#""02""#), "{answer}");
    }
    let dossier = town.office.my_dossier(&citizen, id).await.unwrap();
    assert_eq!((first, dossier.payments.len(), dossier.fee_due()), (1, 1, 0));
    assert_eq!(dossier.payments[0].receipt, "BL-24.12-2020-000001");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forged_unknown_and_wrong_amounts_book_nothing() {
    let town = Town::new().await;
    let (citizen, id, txn_ref) = order(&town).await;
    let right = paid(&txn_ref, "1500000");
    let office = &town.office;
    assert!(
        office
            .payment_notified(&right.replace("1500000", "1500001"))
            .await
            .contains(r#""97""#)
    );
    assert!(office.payment_notified(&paid("nobody", "1500000")).await.contains(r#""01""#));
    assert!(office.payment_notified(&paid(&txn_ref, "100")).await.contains(r#""04""#));
    assert!(office.payment_notified("").await.contains(r#""97""#));
    assert_eq!(office.my_dossier(&citizen, id).await.unwrap().fee_due(), 15_000);
    assert!(office.payment_notified(&right).await.contains(r#""00""#));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_that_comes_after_she_withdrew_is_kept_to_be_given_back() {
    let town = Town::new().await;
    let (citizen, id, txn_ref) = order(&town).await;
    town.office.withdraw(&citizen, id, String::new()).await.unwrap();
    let query = paid(&txn_ref, "1500000");
    assert!(town.office.payment_notified(&query).await.contains(r#""00""#));
    assert!(town.office.payment_notified(&query).await.contains(r#""02""#));
    assert_eq!(town.office.my_dossier(&citizen, id).await.unwrap().payments, []);
}
