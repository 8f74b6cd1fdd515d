//! `motcua demo-gateway`: ends when its standard input closes, so that it never outlives the demo.

use anyhow::Result;
use clap::Args;
use motcua_sandbox::Settings;
use std::net::Ipv4Addr;
use std::process::ExitCode;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

#[derive(Args)]
pub struct DemoGateway {
    #[arg(long)]
    port: u16,
    #[arg(long)]
    tmn_code: String,
    #[arg(long)]
    secret: String,
    #[arg(long)]
    ipn_url: String,
    #[arg(long)]
    bank_account: String,
    #[arg(long)]
    bank_url: String,
    #[arg(long, default_value_t = 2000)]
    retry_ms: u64,
}

impl DemoGateway {
    pub async fn run(self) -> Result<ExitCode> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let settings = Settings {
            tmn_code: self.tmn_code,
            secret: self.secret,
            ipn_url: self.ipn_url,
            bank_account: self.bank_account,
            bank_url: self.bank_url,
            retry_ms: self.retry_ms,
        };
        let parent_gone = async {
            let mut byte = [0; 1];
            while tokio::io::stdin().read(&mut byte).await.is_ok_and(|n| n > 0) {}
        };
        motcua_sandbox::run(listener, settings, parent_gone).await?;
        Ok(ExitCode::SUCCESS)
    }
}
