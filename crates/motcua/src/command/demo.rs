//! `motcua demo`

use super::demo_post;
use crate::lifecycle;
use crate::settings::Settings;
use anyhow::{Context, Result};
use clap::Args;
use motcua_model::id::AgencyCode;
use motcua_office::demo::{PASSWORD, PEOPLE};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tokio::process::{Child, Command};

/// The demo's terminal and secret at its own gateway; `serve` never knows them.
const TMN_CODE: &str = "MOTCUA01";
const SECRET: &str = "demo-secret-of-the-sandbox";

/// The demo's account at its own bank.
const BANK_ACCOUNT: &str = "0011009999999";

#[derive(Args)]
pub struct Demo {
    /// Folder of the database and files; kept between starts.
    #[arg(long, default_value = "./motcua-data")]
    data: PathBuf,
    /// Port.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// PostgreSQL instead of the embedded database.
    #[arg(long, default_value = "")]
    postgres: String,
}

impl Demo {
    pub async fn run(self) -> Result<ExitCode> {
        let mut settings = Settings::read(None)?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        settings.demo = true;
        settings.listen = address;
        settings.public_url = format!("http://{address}");
        settings.data = self.data;
        settings.postgres = self.postgres;
        let listener = lifecycle::listen(&settings).await?;
        let (gateway, gateway_port) = start_gateway(self.port).await?;
        settings.sms_secret = SECRET.to_owned();
        settings.vnpay_tmn_code = TMN_CODE.to_owned();
        settings.vnpay_secret = SECRET.to_owned();
        settings.vnpay_pay_url = format!("http://127.0.0.1:{gateway_port}/vpcpay.html");
        // Vietcombank's BIN, so that banking apps know the code; the account is nobody's.
        settings.bank_bin = "970436".to_owned();
        settings.bank_name = "Ngân hàng thử nghiệm".to_owned();
        settings.bank_account = BANK_ACCOUNT.to_owned();
        settings.bank_holder = "KHO BAC TINH (DUNG THU)".to_owned();
        settings.bank_secret = SECRET.to_owned();
        settings.bank_app_url = format!("http://127.0.0.1:{gateway_port}/bank?qr={{payload}}");
        settings.bank_payout_url = format!("http://127.0.0.1:{gateway_port}/bank/payout");
        let keys = settings.data.join("demo-keys");
        motcua_sandbox::signer::prepare(&keys).context("the keys of the demo's signing service cannot be made")?;
        let (signer, signer_port) = start_signer(self.port, &keys)?;
        settings.sign_url = format!("http://127.0.0.1:{signer_port}/csc/v1");
        settings.sign_time_stamp_url = format!("http://127.0.0.1:{signer_port}/tsa");
        settings.sign_lists = vec![format!("http://127.0.0.1:{signer_port}/crl")];
        settings.sign_trust = keys.display().to_string();
        let (post, post_port) = demo_post::start(self.port).await?;
        settings.post_url = format!("http://127.0.0.1:{post_port}/api");
        demo_post::CLIENT.clone_into(&mut settings.post_client);
        demo_post::SECRET.clone_into(&mut settings.post_secret);
        let office = lifecycle::office(&settings).await?;
        office.ensure_demo_people().await?;
        println!("Một Cửa: {0}\nHộp thư dùng thử: {0}/demo/hop-thu", settings.public_url);
        println!("Cổng thanh toán thử nghiệm: http://127.0.0.1:{gateway_port}/control");
        println!("Dịch vụ ký thử nghiệm: http://127.0.0.1:{signer_port}/control");
        println!("Bưu điện thử nghiệm: http://127.0.0.1:{post_port}/control\n");
        println!("Đăng nhập tại {}/dang-nhap, mật khẩu chung: {PASSWORD}", settings.public_url);
        for person in PEOPLE {
            let agency = person
                .agency
                .and_then(|a| office.catalogue().agency(&AgencyCode::from(a)).map(|a| a.name.vi.clone()));
            println!(
                "  {:<20} {:<18} {:<14} {}",
                person.login,
                person.name,
                person.role.as_str(),
                agency.unwrap_or_default()
            );
        }
        println!("\nDừng: Ctrl+C");
        let reload = tokio::spawn(lifecycle::reload_at_hangup(office.clone(), settings.catalogue.clone()));
        let served = lifecycle::serve(listener, office).await;
        reload.abort();
        served?;
        drop((gateway, signer, post));
        Ok(ExitCode::SUCCESS)
    }
}

/// A free port on this machine: the wished one, or any.
fn free_port(wished: Option<u16>) -> Result<u16> {
    let probe = match wished.and_then(|p| TcpListener::bind((Ipv4Addr::LOCALHOST, p)).ok()) {
        Some(probe) => probe,
        None => TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?,
    };
    Ok(probe.local_addr()?.port())
}

/// Starts the signing service as a process of its own, which ends with this one as the gateway does.
fn start_signer(port: u16, keys: &Path) -> Result<(Child, u16)> {
    let signer_port = free_port(port.checked_add(2))?;
    let child = Command::new(std::env::current_exe()?)
        .args(["demo-signer", "--port", &signer_port.to_string(), "--keys"])
        .arg(keys)
        .stdin(std::process::Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .context("the demo's signing service cannot be started")?;
    Ok((child, signer_port))
}

/// Starts the gateway as a process of its own, which ends with this one: its standard input closes.
async fn start_gateway(port: u16) -> Result<(Child, u16)> {
    let gateway_port = free_port(port.checked_add(1))?;
    let child = Command::new(std::env::current_exe()?)
        .args(["demo-gateway", "--port", &gateway_port.to_string()])
        .args(["--tmn-code", TMN_CODE, "--secret", SECRET])
        .args(["--bank-account", BANK_ACCOUNT, "--bank-url"])
        .arg(format!("http://127.0.0.1:{port}/thanh-toan/ngan-hang"))
        .args(["--ipn-url", &format!("http://127.0.0.1:{port}/thanh-toan/vnpay-ipn")])
        .stdin(std::process::Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .context("the demo's payment gateway cannot be started")?;
    Ok((child, gateway_port))
}
