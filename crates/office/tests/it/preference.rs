//! What a person chose to hear, and what she hears whatever she chose.

use crate::post::settle;
use crate::town::Town;
use motcua_model::dossier::{Lack, Refusal};
use motcua_model::procedure::Lang;
use motcua_office::OfficeError;
use motcua_office::preference::Preference;

/// How many messages went out to the phone.
fn heard(town: &Town) -> usize {
    town.office.demo_inbox().unwrap().latest().len()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_wants_nothing_hears_only_what_her_dossier_waits_for() {
    let town = Town::new().await;
    let hoa = town.sign_in("0912345678").await;
    assert_eq!(town.office.preference(&hoa).await.unwrap(), Preference::default());
    let quiet = Preference {
        mail: false,
        sms: false,
        muted: vec!["received".into(), "missing".into(), "rubbish".into()],
    };
    town.office.prefer(&hoa, quiet, Lang::En).await.unwrap();
    // What she cannot do without and what is no moment is not kept as muted.
    assert_eq!(town.office.preference(&hoa).await.unwrap().muted, ["received"]);
    let d = town.paid().await;
    settle(&town).await;
    let before = heard(&town);
    let reception = town.sign_in("motcua.sangmoc").await;
    let d = town.office.accept(&reception, d.id, d.version).await.unwrap();
    settle(&town).await;
    assert_eq!(heard(&town), before, "that it was accepted she did not want to hear");
    let lacks = vec![Lack {
        about: "cccd".into(),
        label: "Căn cước".into(),
        reason: "Ảnh mờ".into(),
    }];
    town.office
        .request_supplement(&reception, d.id, d.version, lacks)
        .await
        .unwrap();
    settle(&town).await;
    let inbox = town.office.demo_inbox().unwrap().latest();
    assert_eq!(inbox.len(), before + 1, "the dossier waits for her");
    assert!(inbox[0].text.contains("missing"), "in her language: {}", inbox[0].text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_a_citizen_chooses_how_she_is_told() {
    let town = Town::new().await;
    let tiep = town.sign_in("motcua.sangmoc").await;
    let chosen = town.office.prefer(&tiep, Preference::default(), Lang::Vi).await;
    assert!(matches!(chosen, Err(OfficeError::Refused(Refusal::NotPermitted))));
}
