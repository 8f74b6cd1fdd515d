//! What is told to people, and what becomes of it.

use crate::town::Town;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_no_channel_is_set_up_a_message_is_noted_as_not_sent_and_no_job_is_given_up() {
    let town = Town::without_channels().await;
    let citizen = town.sign_in("0912345678").await;
    let dossier = town.filed(&citizen).await;
    town.office.run_due_jobs().await.unwrap();
    let administrator = town.sign_in("quantri").await;
    assert_eq!(town.office.job_counts(&administrator).await.unwrap(), (0, 0));
    let told = town.office.messages(&administrator).await.unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].dossier, told[0].state.as_str()), (Some(dossier.id), "off"));
}
