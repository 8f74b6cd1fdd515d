//! `motcua demo-gateway`: ends when its standard input closes, so that it never outlives the demo.

use anyhow::Result;
use clap::Args;
use motcua_sandbox::Settings;
use std::net::Ipv4Addr;
use std::process::ExitCode;
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
            retry_ms: self.retry_ms,
        };
        let (gone, parent_gone) = tokio::sync::oneshot::channel::<()>();
        // A plain thread: the runtime's own reading of standard input would keep the process from ending.
        std::thread::spawn(move || {
            let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
            let _ = gone.send(());
        });
        let parent_gone = async {
            let _ = parent_gone.await;
        };
        motcua_sandbox::run(listener, settings, parent_gone).await?;
        Ok(ExitCode::SUCCESS)
    }
}
