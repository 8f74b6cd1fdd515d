//! `motcua verify`

use crate::lifecycle;
use crate::settings::Settings;
use anyhow::{Result, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub struct Verify {
    /// Folder of the database and files.
    #[arg(long, default_value = "./motcua-data")]
    data: PathBuf,
    /// PostgreSQL instead of the embedded database.
    #[arg(long, default_value = "")]
    postgres: String,
}

impl Verify {
    pub async fn run(self) -> Result<ExitCode> {
        if self.postgres.is_empty() && !self.data.join("motcua.db").exists() {
            bail!("{} holds no database: give the folder with --data", self.data.display());
        }
        let mut settings = Settings::read(None)?;
        settings.data = self.data;
        settings.postgres = self.postgres;
        let office = lifecycle::office(&settings).await?;
        let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}")?;
        let bar = ProgressBar::new(0).with_style(style);
        let summary = office
            .verify(|done, total| {
                bar.set_length(total);
                bar.set_position(done);
            })
            .await?;
        bar.finish_and_clear();
        office.close().await;
        println!(
            "{} dossiers, {} events, {} files",
            summary.dossiers, summary.events, summary.files
        );
        match summary.damage {
            None => {
                println!("whole: nothing was changed");
                Ok(ExitCode::SUCCESS)
            }
            Some(damage) => {
                println!("DAMAGED: {} ({}): {}", damage.code, damage.dossier, damage.what);
                Ok(ExitCode::FAILURE)
            }
        }
    }
}
