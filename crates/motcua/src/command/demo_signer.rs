//! `motcua demo-signer`: ends when its standard input closes, so that it never outlives the demo.

use anyhow::Result;
use clap::Args;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::process::ExitCode;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

#[derive(Args)]
pub struct DemoSigner {
    #[arg(long)]
    port: u16,
    #[arg(long)]
    keys: PathBuf,
}

impl DemoSigner {
    pub async fn run(self) -> Result<ExitCode> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let parent_gone = async {
            let mut byte = [0; 1];
            while tokio::io::stdin().read(&mut byte).await.is_ok_and(|n| n > 0) {}
        };
        motcua_sandbox::signer::run(listener, &self.keys, parent_gone).await?;
        Ok(ExitCode::SUCCESS)
    }
}
