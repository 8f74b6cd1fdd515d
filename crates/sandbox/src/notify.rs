//! The notification from server to server, with the mischief that was asked for.

use crate::sign::signed;
use crate::state::{Gateway, Mischief};
use std::sync::Arc;
use std::time::Duration;

/// How often a notification is tried until the merchant confirms.
const TRIES: usize = 10;

/// Sends the notification of one payment; returns before it is sent only where that is the mischief.
pub(crate) async fn notify(gateway: &Arc<Gateway>, said: Vec<(String, String)>, txn_ref: String) {
    let mischief = std::mem::take(&mut gateway.memory().mischief);
    let secret = gateway.settings.secret.clone();
    let right = signed(&secret, &said);
    let queries = match mischief {
        Mischief::Never => return,
        Mischief::Doubled => vec![right; 5],
        Mischief::Forged => vec![signed("not the secret", &said), right],
        Mischief::Amount => {
            let changed: Vec<_> = said
                .iter()
                .map(|(k, v)| (k.clone(), if k == "vnp_Amount" { "100".to_owned() } else { v.clone() }))
                .collect();
            vec![signed(&secret, &changed), right]
        }
        Mischief::None | Mischief::Late => vec![right],
    };
    let gateway = gateway.clone();
    let sending = async move {
        if mischief == Mischief::Late {
            tokio::time::sleep(Duration::from_secs(3)).await;
        }
        for query in queries {
            send(&gateway, &query, &txn_ref).await;
        }
    };
    if mischief == Mischief::Late {
        tokio::spawn(sending);
    } else {
        sending.await;
    }
}

async fn send(gateway: &Arc<Gateway>, query: &str, txn_ref: &str) {
    for _ in 0..TRIES {
        let url = format!("{}?{query}", gateway.settings.ipn_url);
        let answer = tokio::task::spawn_blocking(move || {
            let mut response = ureq::get(&url).call().map_err(|e| e.to_string())?;
            response.body_mut().read_to_string().map_err(|e| e.to_string())
        })
        .await;
        let answer = match answer {
            Ok(Ok(text) | Err(text)) => text,
            Err(e) => e.to_string(),
        };
        let code = serde_json::from_str::<serde_json::Value>(&answer).ok();
        let code = code
            .as_ref()
            .and_then(|v| v.get("RspCode")?.as_str())
            .unwrap_or("")
            .to_owned();
        if let Some(paid) = gateway.memory().payments.get_mut(txn_ref) {
            paid.answers.push(answer);
        }
        // A refused signature or amount will not become right by trying again.
        if matches!(code.as_str(), "00" | "02" | "97" | "04" | "01") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(gateway.settings.retry_ms)).await;
    }
}
