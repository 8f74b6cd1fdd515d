//! Results signed by a service that holds the keys, taken back and replaced.

use crate::signer::Signer;
use crate::town::Town;
use motcua_gateways::sign::Signatures;
use motcua_model::actor::Actor;
use motcua_model::dossier::{Dossier, Former, Refusal, ReturnWay, SignatureVerdict, Status};
use motcua_office::OfficeError;
use motcua_office::check::{Checked, Seen, Standing};

/// Runs the outbox until nothing is due.
async fn outbox(town: &Town) {
    for _ in 0..50 {
        if town.office.run_due_jobs().await.unwrap() == 0 {
            return;
        }
    }
    panic!("the outbox never ends");
}

/// A dossier that the leader has approved.
async fn approved(town: &Town) -> Dossier {
    town.decided(town.paid().await).await
}

async fn leader(town: &Town) -> Actor {
    town.sign_in("lanhdao.sangmoc").await
}

/// The dossier as it is now.
async fn now(town: &Town, d: &Dossier) -> Dossier {
    let leader = leader(town).await;
    town.office.glance(&leader, d.id).await.unwrap().dossier
}

async fn returned(town: &Town, d: &Dossier) -> Dossier {
    let desk = town.sign_in("motcua.sangmoc").await;
    let d = now(town, d).await;
    let done = town
        .office
        .return_result(&desk, d.id, d.version, ReturnWay::Online, String::new());
    done.await.unwrap()
}

async fn file(town: &Town, d: &Dossier) -> Vec<u8> {
    let leader = leader(town).await;
    town.office.result_file(&leader, d.id).await.unwrap()
}

async fn check(town: &Town, pdf: &[u8]) -> Checked {
    let mut seen = Seen::default();
    seen.add(pdf).unwrap();
    town.office.check_file(seen).await.unwrap()
}

async fn standing(town: &Town, pdf: &[u8]) -> Option<Standing> {
    match check(town, pdf).await {
        Checked::Ours { standing, .. } => Some(standing),
        _ => None,
    }
}

fn refused<T: std::fmt::Debug>(said: Result<T, OfficeError>) -> Refusal {
    match said {
        Err(OfficeError::Refused(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}

fn told(town: &Town) -> usize {
    let inbox = town.office.demo_inbox().unwrap().latest();
    inbox.iter().filter(|m| m.text.contains("đã có kết quả")).count()
}

#[tokio::test]
async fn leader_and_seal_sign_after_the_approval_and_nothing_is_given_before() {
    let signer = Signer::start().await;
    let town = Town::signing(signer.signatures.clone()).await;
    let d = approved(&town).await;
    let desk = town.sign_in("motcua.sangmoc").await;
    assert!(d.awaits_signature().is_some());
    let early = town
        .office
        .return_result(&desk, d.id, d.version, ReturnWay::Online, String::new())
        .await;
    assert_eq!(refused(early), Refusal::SignaturePending);
    assert_eq!(told(&town), 0, "she is not called before it is there");
    let unsigned = file(&town, &d).await;

    outbox(&town).await;
    let d = now(&town, &d).await;
    assert_eq!((d.status.clone(), d.awaits_signature()), (Status::Approved, None));
    let signed = &d.result.as_ref().unwrap().signatures;
    let names: Vec<_> = signed.iter().map(|s| (s.name.as_str(), s.verdict)).collect();
    let valid = SignatureVerdict::Valid;
    assert_eq!(names, [("Lý Văn Thắng", valid), ("Ủy ban nhân dân xã Sảng Mộc", valid)]);
    assert!(signed.iter().all(|s| s.at.is_some()), "time-stamped");
    let pdf = file(&town, &d).await;
    assert!(pdf.starts_with(&unsigned), "what was approved stays byte for byte");
    assert_eq!(told(&town), 1);
    assert_eq!(standing(&town, &unsigned).await, Some(Standing::Unsigned));
    assert_eq!(standing(&town, &pdf).await, Some(Standing::Valid));
    returned(&town, &d).await;
    assert_eq!(told(&town), 1, "told once");
}

#[tokio::test]
async fn a_service_that_is_away_or_answers_wrongly_leaves_the_dossier_waiting_and_is_asked_again() {
    let signer = Signer::start().await;
    let town = Town::signing(signer.signatures.clone()).await;
    let d = approved(&town).await;
    for (minute, mischief) in ["never", "other", "expired", "revoked", "stranger"].into_iter().enumerate() {
        let form = format!("mischief={mischief}");
        signer.mischief(form.leak()).await;
        outbox(&town).await;
        let waiting = now(&town, &d).await;
        assert!(waiting.awaits_signature().is_some(), "{mischief}");
        assert_eq!(waiting.version, d.version, "{mischief}: nothing half done");
        town.set_clock(&format!("2020-03-30T{:02}:00:00+07:00", 10 + minute));
    }
    let leader = leader(&town).await;
    town.office.sign_again(&leader, d.id, d.version).await.unwrap();
    outbox(&town).await;
    let signed = now(&town, &d).await;
    assert_eq!(signed.awaits_signature(), None);
    // The job that was tried again and the officer's own are one signature.
    assert_eq!(signed.version, d.version + 1);
    assert_eq!(
        refused(town.office.sign_again(&leader, d.id, signed.version).await),
        Refusal::Overtaken
    );
}

#[tokio::test]
async fn without_a_service_the_result_is_given_unsigned() {
    let town = Town::signing(Signatures::default()).await;
    let d = approved(&town).await;
    assert_eq!(d.awaits_signature(), None);
    let d = returned(&town, &d).await;
    assert_eq!(d.result.unwrap().signatures, []);
}

#[tokio::test]
async fn a_result_that_was_replaced_or_taken_back_says_so_to_whoever_holds_it() {
    let signer = Signer::start().await;
    let town = Town::signing(signer.signatures.clone()).await;
    let d = approved(&town).await;
    outbox(&town).await;
    let d = returned(&town, &d).await;
    let first = file(&town, &d).await;
    let leader = leader(&town).await;
    let desk = town.sign_in("motcua.sangmoc").await;
    let office = &town.office;
    let new = || {
        (
            "Đã ly hôn, chưa đăng ký kết hôn lại".to_owned(),
            "Ghi sai tình trạng".to_owned(),
        )
    };

    let (text, why) = new();
    assert_eq!(
        refused(office.replace_result(&desk, d.id, d.version, text, why).await),
        Refusal::NotPermitted
    );
    let (text, _) = new();
    assert_eq!(
        refused(office.replace_result(&leader, d.id, d.version, text, " ".into()).await),
        Refusal::ReasonMissing
    );
    let (text, why) = new();
    let replaced = office.replace_result(&leader, d.id, d.version, text, why).await.unwrap();
    assert!(replaced.awaits_signature().is_some(), "the new one is signed too");
    let citizen = town.sign_in("0912345678").await;
    assert_eq!(refused(office.result_file(&citizen, d.id).await), Refusal::SignaturePending);
    outbox(&town).await;
    let second = file(&town, &d).await;
    assert_eq!(office.result_file(&citizen, d.id).await.unwrap(), second);
    assert!(matches!(standing(&town, &first).await, Some(Standing::Replaced(_))));
    assert_eq!(standing(&town, &second).await, Some(Standing::Valid));
    let d = now(&town, &d).await;
    let former: Vec<_> = d.former_results.iter().map(|f| f.why).collect();
    assert_eq!(former, [Former::Unsigned, Former::Replaced, Former::Unsigned]);

    assert_eq!(
        refused(office.revoke_result(&leader, d.id, d.version, String::new()).await),
        Refusal::ReasonMissing
    );
    let d = office
        .revoke_result(&leader, d.id, d.version, "Cấp trái thẩm quyền".into())
        .await
        .unwrap();
    assert!(matches!(standing(&town, &second).await, Some(Standing::Revoked(_))));
    let twice = office.revoke_result(&leader, d.id, d.version, "Lần nữa".into()).await;
    assert_eq!(refused(twice), Refusal::ResultRevoked);
    outbox(&town).await;
    let inbox = office.demo_inbox().unwrap().latest();
    for part in ["thay bằng bản mới", "Ghi sai tình trạng", "bị thu hồi", "Cấp trái thẩm quyền"] {
        assert!(inbox.iter().any(|m| m.text.contains(part)), "the citizen is told: {part}");
    }
}

#[tokio::test]
async fn a_changed_file_and_one_with_something_behind_the_signature_are_told_apart() {
    let signer = Signer::start().await;
    let town = Town::signing(signer.signatures.clone()).await;
    let d = approved(&town).await;
    outbox(&town).await;
    let pdf = file(&town, &d).await;
    let mut changed = pdf.clone();
    changed[300] ^= 1;
    let Checked::Signed { signatures, .. } = check(&town, &changed).await else {
        panic!("the signatures are still seen");
    };
    assert!(signatures.iter().all(|s| s.verdict == SignatureVerdict::Changed));
    let longer = [&pdf[..], b"\n1 0 obj\n<<>>\nendobj\n"].concat();
    assert!(matches!(check(&town, &longer).await, Checked::Extended { .. }));
}

#[tokio::test]
async fn a_paper_that_was_signed_elsewhere_is_checked_when_it_comes() {
    let signer = Signer::start().await;
    let elsewhere = Town::signing(signer.signatures.clone()).await;
    let d = approved(&elsewhere).await;
    outbox(&elsewhere).await;
    let pdf = file(&elsewhere, &d).await;

    // Another province, which trusts nobody yet.
    let town = Town::new().await;
    let citizen = town.sign_in("0912345678").await;
    let id = town.draft(&citizen).await;
    let draft = town.office.open_draft(&citizen, id).await.unwrap().draft;
    town.office
        .detach(&citizen, id, "cccd", draft.body.papers[0].hash)
        .await
        .unwrap();
    let mut incoming = town.office.begin_upload().await.unwrap();
    incoming.write(&pdf).await.unwrap();
    let paper = town.office.attach(&citizen, id, "cccd", "giay.pdf", incoming).await.unwrap();
    let seen: Vec<_> = paper.signatures.iter().map(|s| (s.name.as_str(), s.verdict)).collect();
    assert_eq!(seen[0], ("Lý Văn Thắng", SignatureVerdict::Untrusted));
    let Checked::Signed { whole, .. } = check(&town, &pdf).await else {
        panic!("signed, and not ours");
    };
    assert!(whole);
}
