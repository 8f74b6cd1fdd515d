//! `motcua serve`

use crate::lifecycle;
use crate::settings::Settings;
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub struct Serve {
    /// File of settings, or the one that MOTCUA_CONFIG names; see config.default.toml.
    #[arg(long)]
    config: Option<PathBuf>,
}

impl Serve {
    pub async fn run(self) -> Result<ExitCode> {
        let config = self.config.or_else(|| std::env::var_os("MOTCUA_CONFIG").map(PathBuf::from));
        let settings = Settings::read(config.as_deref())?;
        settings.refuse_unsafe()?;
        let listener = lifecycle::listen(&settings).await?;
        let office = lifecycle::office(&settings).await?;
        println!("Một Cửa: {}", settings.public_url);
        let reload = tokio::spawn(lifecycle::reload_at_hangup(office.clone(), settings.catalogue.clone()));
        let served = lifecycle::serve(listener, office).await;
        reload.abort();
        served?;
        Ok(ExitCode::SUCCESS)
    }
}
