//! Starting, serving, and stopping without losing anything that was acknowledged.

use crate::settings::Settings;
use anyhow::{Context, Result, anyhow};
use motcua_catalogue::Catalogue;
use motcua_gateways::DemoInbox;
use motcua_gateways::mail::Mailer;
use motcua_gateways::payment::vietqr::Bank;
use motcua_gateways::payment::vnpay::{self, Vnpay};
use motcua_gateways::post::Post;
use motcua_gateways::sign;
use motcua_gateways::sms::{Inbound, Sms};
use motcua_office::{Clock, Gateways, Office};
use motcua_papers::Papers;
use motcua_store::Store;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How long requests may finish after the first signal.
const GRACE: Duration = Duration::from_secs(30);

/// Reads the province's content; every mistake is printed.
pub fn catalogue(folder: &str) -> Result<Catalogue> {
    let read = if folder.is_empty() {
        Catalogue::embedded()
    } else {
        Catalogue::read(Path::new(folder))
    };
    printed(read)
}

/// The same, with every example and every result paper tried: for who edits the content.
pub fn checked_catalogue(folder: &str) -> Result<Catalogue> {
    let catalogue = printed(Catalogue::check(Some(folder).filter(|f| !f.is_empty()).map(Path::new)))?;
    let mistakes = motcua_office::template::mistakes(&Papers::new(), &catalogue, |_| true);
    printed(if mistakes.is_empty() { Ok(catalogue) } else { Err(mistakes) })
}

/// What was read; every mistake is printed.
pub fn printed<T>(read: Result<T, Vec<motcua_catalogue::Mistake>>) -> Result<T> {
    read.map_err(|mistakes| {
        for mistake in &mistakes {
            eprintln!("{mistake}");
        }
        anyhow!("the catalogue has {} mistakes", mistakes.len())
    })
}

/// The content with the organisation that the settings hold, or with today's.
fn held(catalogue: Catalogue, day: &str) -> Result<Catalogue> {
    if day.is_empty() {
        catalogue.turn_to(motcua_model::clock::local(motcua_office::Clock::System.now()).date());
        return Ok(catalogue);
    }
    let day = day
        .parse()
        .with_context(|| format!("organisation_date is {day:?}: write a day such as 2020-03-30, or nothing"))?;
    Ok(catalogue.hold(day))
}

/// Whom signatures are trusted from, and the signing service.
fn signing(settings: &Settings) -> Result<sign::Signatures> {
    let mut roots = Vec::new();
    if !settings.sign_trust.is_empty() {
        let folder = Path::new(&settings.sign_trust);
        let files = std::fs::read_dir(folder).with_context(|| format!("sign_trust: {} cannot be read", folder.display()))?;
        for file in files {
            let path = file?.path();
            if path.extension().is_none_or(|e| e != "der" && e != "cer" && e != "crt") {
                continue;
            }
            let certificate = std::fs::read(&path)?;
            if !sign::Trust::is_certificate(&certificate) {
                return Err(anyhow!("sign_trust: {} is no certificate in DER", path.display()));
            }
            roots.push(certificate);
        }
    }
    let trust = sign::Trust::new(&roots);
    let remote = (!settings.sign_url.is_empty()).then(|| {
        let to = sign::Settings {
            service_url: settings.sign_url.trim_end_matches('/').to_owned(),
            token: settings.sign_token.clone(),
            time_stamp_url: settings.sign_time_stamp_url.clone(),
            list_urls: settings.sign_lists.clone(),
        };
        sign::Remote::new(to, trust.clone())
    });
    Ok(sign::Signatures { trust, remote })
}

/// Opens everything that the use cases work with.
pub async fn office(settings: &Settings) -> Result<Office> {
    std::fs::create_dir_all(&settings.data).with_context(|| format!("the folder {} cannot be made", settings.data.display()))?;
    let store = Store::open(&settings.database(), &settings.data.join("files"))
        .await
        .map_err(|e| {
            let remedy = if settings.postgres.is_empty() {
                "is the folder writable and the disk not full?"
            } else {
                "is PostgreSQL running and reachable?"
            };
            anyhow!(e).context(format!("the database cannot be opened: {remedy}"))
        })?;
    let inbox = DemoInbox::default();
    let mail = match settings.mail_url.as_str() {
        "" if settings.demo => Mailer::Demo(inbox.clone()),
        "" => Mailer::Off,
        url => Mailer::smtp(url, &settings.mail_from)?,
    };
    let vnpay = (!settings.vnpay_tmn_code.is_empty()).then(|| {
        Vnpay::new(vnpay::Settings {
            tmn_code: settings.vnpay_tmn_code.clone(),
            secret: settings.vnpay_secret.clone(),
            pay_url: settings.vnpay_pay_url.clone(),
            return_url: format!("{}/thanh-toan/ket-qua", settings.public_url),
        })
        .with_api(&settings.vnpay_api_url)
    });
    let bank = (!settings.bank_account.is_empty()).then(|| Bank {
        bin: settings.bank_bin.clone(),
        name: settings.bank_name.clone(),
        account: settings.bank_account.clone(),
        holder: settings.bank_holder.clone(),
        secret: settings.bank_secret.clone(),
        app_url: settings.bank_app_url.clone(),
        payout_url: settings.bank_payout_url.clone(),
    });
    let post =
        (!settings.post_url.is_empty()).then(|| Post::new(&settings.post_url, &settings.post_client, &settings.post_secret));
    let gateways = Gateways {
        vnpay,
        bank,
        post,
        mail,
        sms: if settings.demo { Sms::Demo(inbox.clone()) } else { Sms::Off },
        sign: signing(settings)?,
        inbound: (!settings.sms_secret.is_empty()).then(|| Inbound::new(&settings.sms_secret)),
    };
    let office_settings = motcua_office::Settings {
        public_url: settings.public_url.trim_end_matches('/').to_owned(),
        hotline: settings.hotline.clone(),
        payment_origin: settings.vnpay_pay_url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/"),
        trusted_proxies: settings.trusted_proxies.clone(),
        demo: settings.demo,
    };
    let catalogue = Arc::new(held(catalogue(&settings.catalogue)?, &settings.organisation_date)?);
    let office = Office::new(store, catalogue, Papers::new(), gateways, Clock::System, office_settings);
    office.ensure_ledger().await?;
    office.ensure_figures().await?;
    office.refresh_catalogue().await?;
    office
        .refresh_decisions()
        .await
        .context("the decisions on working time cannot be read")?;
    Ok(office.current())
}

/// Reads the folder of the content again at each SIGHUP, until the program ends. Content with mistakes is refused: what
/// is in force stays.
pub async fn reload_at_hangup(office: Office, folder: String) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut hangup) = signal(SignalKind::hangup()) else {
        return;
    };
    while hangup.recv().await.is_some() {
        let folder = folder.clone();
        let read = tokio::task::spawn_blocking(move || catalogue(&folder)).await;
        let done = match read {
            Ok(Ok(base)) => office.replace_base(base).await.map_err(anyhow::Error::from),
            Ok(Err(e)) => Err(e),
            Err(e) => Err(e.into()),
        };
        match done {
            Ok(()) => tracing::info!("the catalogue was read again"),
            Err(error) => tracing::error!(%error, "the catalogue was not read again; the one in force stays"),
        }
    }
}

/// Takes the port, or says what to do.
pub async fn listen(settings: &Settings) -> Result<TcpListener> {
    TcpListener::bind(settings.listen).await.map_err(|e| match e.kind() {
        std::io::ErrorKind::AddrInUse => anyhow!(
            "port {} is in use: choose another, or stop what uses it",
            settings.listen.port()
        ),
        _ => anyhow!(e).context(format!("cannot listen on {}", settings.listen)),
    })
}

/// Serves until a signal: the first lets requests finish, the second or thirty seconds end it.
pub async fn serve(listener: TcpListener, office: Office) -> Result<()> {
    let (stop, stopped) = watch::channel(false);
    let wait = |mut stopped: watch::Receiver<bool>| async move {
        let _ = stopped.wait_for(|s| *s).await;
    };
    let mut worker = tokio::spawn({
        let (office, stopped) = (office.clone(), stopped.clone());
        async move { office.run_worker(wait(stopped)).await }
    });
    let app = motcua_web::router(office.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, app).with_graceful_shutdown(wait(stopped));
    let mut server = tokio::spawn(async move { server.await });
    let crashed = tokio::select! {
        () = signal() => None,
        done = &mut worker => Some(anyhow!("the outbox worker ended: {done:?}")),
        done = &mut server => Some(anyhow!("the server ended: {done:?}")),
    };
    let _ = stop.send(true);
    if crashed.is_none() {
        tokio::select! {
            _ = async { let _ = (&mut server).await; let _ = (&mut worker).await; } => {}
            () = signal() => {}
            () = tokio::time::sleep(GRACE) => {}
        }
    }
    // What was acknowledged is on disk already; what waits in the writer's queue is written before the end.
    office.close().await;
    crashed.map_or(Ok(()), Err)
}

async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut term) => {
            tokio::select! {
                _ = term.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
        }
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
}
