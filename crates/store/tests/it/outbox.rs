//! Jobs: each to one worker, again after a failure, given up into a list.

use crate::on_every_engine;
use jiff::{SignedDuration, Timestamp};
use motcua_model::id::JobId;
use motcua_store::job::ATTEMPTS;
use motcua_store::{NewJob, Store};
use std::collections::BTreeSet;

fn now() -> Timestamp {
    "2020-03-30T02:00:00Z".parse().unwrap()
}

async fn enqueue(store: &Store, count: u64) {
    for n in 0..count {
        store
            .enqueue(&NewJob {
                id: JobId::new(n, [1; 10]),
                kind: "notify",
                body: "{}".into(),
                run_at: now(),
            })
            .await
            .unwrap();
    }
}

async fn two_claimers_never_get_the_same_job(store: &Store) {
    enqueue(store, 20).await;
    let (a, b) = tokio::join!(store.claim_jobs(now(), 15), store.claim_jobs(now(), 15));
    let (a, b) = (a.unwrap(), b.unwrap());
    let ids: BTreeSet<_> = a.iter().chain(&b).map(|j| j.id).collect();
    assert_eq!((ids.len(), a.len() + b.len()), (20, 20));
}

async fn a_job_that_keeps_failing_is_given_up_and_can_be_replayed(store: &Store) {
    enqueue(store, 1).await;
    let mut at = now();
    for attempt in 1..=ATTEMPTS {
        let jobs = store.claim_jobs(at, 1).await.unwrap();
        assert_eq!(jobs[0].attempt, attempt);
        store.fail_job(&jobs[0], "the mail server is away", true, at).await.unwrap();
        assert_eq!(store.claim_jobs(at, 1).await.unwrap(), []);
        at += SignedDuration::from_hours(2);
    }
    let dead = store.dead_jobs().await.unwrap();
    assert_eq!((dead.len(), dead[0].error.as_str()), (1, "the mail server is away"));
    store.replay_job(dead[0].id, at).await.unwrap();
    let again = store.claim_jobs(at, 1).await.unwrap();
    store.finish_job(&again[0]).await.unwrap();
    assert_eq!(
        (store.jobs_waiting().await.unwrap(), store.jobs_dead().await.unwrap()),
        (0, 0)
    );
}

async fn a_worker_that_lost_its_lease_changes_nothing(store: &Store) {
    enqueue(store, 1).await;
    let slow = store.claim_jobs(now(), 1).await.unwrap().remove(0);
    let later = now() + SignedDuration::from_mins(2);
    let fast = store.claim_jobs(later, 1).await.unwrap().remove(0);
    store.finish_job(&slow).await.unwrap();
    assert_eq!(store.jobs_waiting().await.unwrap(), 1);
    store.finish_job(&fast).await.unwrap();
    assert_eq!(store.jobs_waiting().await.unwrap(), 0);
}

on_every_engine!(
    two_claimers_never_get_the_same_job,
    a_job_that_keeps_failing_is_given_up_and_can_be_replayed,
    a_worker_that_lost_its_lease_changes_nothing,
);
