//! Notices to the customer, with the mischief that was asked for.

use super::state::{Mischief, Office, Parcel, Station, signature};
use jiff::Timestamp;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// How often a notice is tried until the customer takes it.
const TRIES: usize = 10;
/// How late a late notice is.
const LATE: Duration = Duration::from_secs(5);

/// The next station of a parcel, now.
pub(crate) fn station(p: &Parcel, state: &'static str, now: Timestamp) -> Station {
    Station {
        reference: p.order.reference.clone(),
        tracking: p.tracking.clone(),
        seq: u32::try_from(p.stations.len()).unwrap_or(u32::MAX).saturating_add(1),
        state,
        at: now.to_string(),
        place: String::new(),
        reason: String::new(),
        collected: 0,
        proof: None,
    }
}

/// Tells of stations in order, or as the mischief wants it.
pub(crate) async fn tell(office: &Arc<Office>, mut stations: Vec<Station>, mischief: Mischief) {
    match mischief {
        Mischief::Lost => {}
        Mischief::Late => {
            let office = office.clone();
            tokio::spawn(async move {
                tokio::time::sleep(LATE).await;
                for station in &stations {
                    keep_telling(&office, station).await;
                }
            });
        }
        Mischief::Doubled => {
            for station in &stations {
                let mut copies = JoinSet::new();
                for _ in 0..5 {
                    let (office, station) = (office.clone(), station.clone());
                    copies.spawn(async move { send(&office, &station, None).await });
                }
                copies.join_all().await;
            }
        }
        Mischief::Forged => {
            for station in &stations {
                let forged = Station {
                    state: "delivered",
                    ..station.clone()
                };
                send(office, &forged, Some("not the secret")).await;
                keep_telling(office, station).await;
            }
        }
        Mischief::Reversed => {
            stations.reverse();
            for station in &stations {
                keep_telling(office, station).await;
            }
        }
        Mischief::None => {
            for station in &stations {
                keep_telling(office, station).await;
            }
        }
    }
}

/// Tells until the customer takes it; only the first try is waited for.
async fn keep_telling(office: &Arc<Office>, station: &Station) {
    if send(office, station, None).await {
        return;
    }
    let (office, station) = (office.clone(), station.clone());
    tokio::spawn(async move {
        for _ in 1..TRIES {
            tokio::time::sleep(Duration::from_millis(office.settings.retry_ms)).await;
            if send(&office, &station, None).await {
                return;
            }
        }
    });
}

/// One try; answers whether the customer took it.
pub(crate) async fn send(office: &Arc<Office>, station: &Station, forged: Option<&str>) -> bool {
    let Ok(body) = serde_json::to_string(station) else {
        return false;
    };
    let url = office.settings.notice_url.clone();
    let rest = url.split_once("://").map_or(&*url, |(_, rest)| rest);
    let path = rest.find('/').map_or("/", |at| &rest[at..]).to_owned();
    let time = office.now().as_second().to_string();
    let signed = signature(forged.unwrap_or(&office.settings.secret), "POST", &path, &time, &body);
    let sent = tokio::task::spawn_blocking(move || -> Result<(u16, String), ureq::Error> {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(20)))
            .http_status_as_error(false)
            .build()
            .into();
        let mut answer = agent
            .post(&url)
            .header("Content-Type", "application/json")
            .header("X-Time", time)
            .header("X-Signature", signed)
            .send(&body)?;
        Ok((answer.status().as_u16(), answer.body_mut().read_to_string()?))
    })
    .await;
    let (taken, said) = match sent {
        Ok(Ok((status, body))) => (status == 200, format!("{status} {body}")),
        Ok(Err(e)) => (false, e.to_string()),
        Err(e) => (false, e.to_string()),
    };
    if let Some(parcel) = office.memory().parcels.get_mut(&station.reference) {
        parcel.answers.push(format!("{} {}: {said}", station.seq, station.state));
    }
    taken
}
