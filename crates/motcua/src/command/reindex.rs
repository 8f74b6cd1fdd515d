//! `motcua reindex`: writes the words by which dossiers are found, for dossiers filed before there were any.

use crate::lifecycle;
use crate::settings::Settings;
use anyhow::{Result, bail};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub struct Reindex {
    /// Folder of the database and files.
    #[arg(long, default_value = "./motcua-data")]
    data: PathBuf,
    /// PostgreSQL instead of the embedded database.
    #[arg(long, default_value = "")]
    postgres: String,
}

impl Reindex {
    pub async fn run(self) -> Result<ExitCode> {
        if self.postgres.is_empty() && !self.data.join("motcua.db").exists() {
            bail!("{} holds no database: give the folder with --data", self.data.display());
        }
        let mut settings = Settings::read(None)?;
        settings.data = self.data;
        settings.postgres = self.postgres;
        let office = lifecycle::office(&settings).await?;
        let done = office.reindex(|done| eprint!("\r{done}")).await?;
        office.close().await;
        eprintln!();
        println!("{done} dossiers can be found by their words");
        Ok(ExitCode::SUCCESS)
    }
}
