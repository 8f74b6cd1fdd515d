//! `motcua demo-post`: ends when its standard input closes, so that it never outlives the demo.

use anyhow::{Context, Result};
use clap::Args;
use motcua_sandbox::PostSettings;
use std::net::Ipv4Addr;
use std::process::ExitCode;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;
use tokio::process::{Child, Command};

/// The demo's number and secret at its own post; `serve` never knows them.
pub const CLIENT: &str = "MOTCUA01";
/// See [`CLIENT`].
pub const SECRET: &str = "demo-secret-of-the-post";

#[derive(Args)]
pub struct DemoPost {
    #[arg(long)]
    port: u16,
    #[arg(long)]
    client: String,
    #[arg(long)]
    secret: String,
    #[arg(long)]
    notice_url: String,
    #[arg(long, default_value_t = 2000)]
    retry_ms: u64,
}

impl DemoPost {
    pub async fn run(self) -> Result<ExitCode> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let settings = PostSettings {
            client: self.client,
            secret: self.secret,
            notice_url: self.notice_url,
            retry_ms: self.retry_ms,
            clock: None,
        };
        let parent_gone = async {
            let mut byte = [0; 1];
            while tokio::io::stdin().read(&mut byte).await.is_ok_and(|n| n > 0) {}
        };
        motcua_sandbox::run_post(listener, settings, parent_gone).await?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Starts the post as a process of its own, three ports above the demo's where that is free; it ends with this one.
pub async fn start(port: u16) -> Result<(Child, u16)> {
    let wanted = port
        .checked_add(3)
        .and_then(|p| std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, p)).ok());
    let probe = match wanted {
        Some(probe) => probe,
        None => std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?,
    };
    let post_port = probe.local_addr()?.port();
    drop(probe);
    let child = Command::new(std::env::current_exe()?)
        .args(["demo-post", "--port", &post_port.to_string()])
        .args(["--client", CLIENT, "--secret", SECRET])
        .args(["--notice-url", &format!("http://127.0.0.1:{port}/buu-gui/bao-tin")])
        .stdin(std::process::Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .context("the demo's post cannot be started")?;
    Ok((child, post_port))
}
