//! The notification from server to server, with the mischief that was asked for.

use crate::sign::signed;
use crate::state::{Gateway, Mischief};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// How often a notification is tried until the merchant confirms.
const TRIES: usize = 10;

/// Sends the notification of one payment. The browser waits for the first try only, and not for a late one.
pub(crate) async fn notify(gateway: &Arc<Gateway>, said: Vec<(String, String)>, txn_ref: String) {
    let plan = std::mem::take(&mut gateway.memory().plan);
    let secret = &gateway.settings.secret;
    let right = signed(secret, &said);
    match plan.mischief {
        Mischief::Never => return,
        Mischief::Late => {
            let gateway = gateway.clone();
            tokio::spawn(async move {
                tokio::time::sleep(Duration::from_secs(plan.seconds)).await;
                if !send(&gateway, &right, &txn_ref).await {
                    try_again(&gateway, &right, &txn_ref).await;
                }
            });
            return;
        }
        Mischief::Doubled => {
            // All but one at the same moment; the last, below, is the one that is tried again.
            let mut others = JoinSet::new();
            for _ in 1..plan.times.min(50) {
                let (gateway, right, txn_ref) = (gateway.clone(), right.clone(), txn_ref.clone());
                others.spawn(async move { send(&gateway, &right, &txn_ref).await });
            }
            others.join_all().await;
        }
        Mischief::Forged => {
            send(gateway, &signed("not the secret", &said), &txn_ref).await;
        }
        Mischief::Amount => {
            let changed: Vec<_> = said
                .iter()
                .map(|(k, v)| (k.clone(), if k == "vnp_Amount" { "100".to_owned() } else { v.clone() }))
                .collect();
            send(gateway, &signed(secret, &changed), &txn_ref).await;
        }
        Mischief::None => {}
    }
    if !send(gateway, &right, &txn_ref).await {
        let gateway = gateway.clone();
        tokio::spawn(async move { try_again(&gateway, &right, &txn_ref).await });
    }
}

async fn try_again(gateway: &Arc<Gateway>, query: &str, txn_ref: &str) {
    for _ in 1..TRIES {
        tokio::time::sleep(Duration::from_millis(gateway.settings.retry_ms)).await;
        if send(gateway, query, txn_ref).await {
            return;
        }
    }
}

/// One try; answers whether the merchant confirmed (`00`) or had confirmed before (`02`).
async fn send(gateway: &Arc<Gateway>, query: &str, txn_ref: &str) -> bool {
    let url = format!("{}?{query}", gateway.settings.ipn_url);
    let answer = tokio::task::spawn_blocking(move || {
        let get = ureq::get(&url).config().timeout_global(Some(Duration::from_secs(20))).build();
        let mut response = get.call().map_err(|e| e.to_string())?;
        response.body_mut().read_to_string().map_err(|e| e.to_string())
    })
    .await;
    let answer = match answer {
        Ok(Ok(text) | Err(text)) => text,
        Err(e) => e.to_string(),
    };
    let read = serde_json::from_str::<serde_json::Value>(&answer).ok();
    let code = read.as_ref().and_then(|v| v.get("RspCode")?.as_str());
    let confirmed = matches!(code, Some("00" | "02"));
    if let Some(paid) = gateway.memory().payments.get_mut(txn_ref) {
        paid.answers.push(answer);
    }
    confirmed
}
