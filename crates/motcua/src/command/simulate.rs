//! `motcua simulate`

use crate::lifecycle;
use crate::settings::Settings;
use anyhow::Result;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Args)]
pub struct Simulate {
    /// Folder of the database and files.
    #[arg(long, default_value = "./motcua-data")]
    data: PathBuf,
    /// PostgreSQL instead of the embedded database.
    #[arg(long, default_value = "")]
    postgres: String,
    /// How many dossiers.
    #[arg(long, default_value_t = 2_000)]
    count: u64,
    /// Filed in the last so many days.
    #[arg(long, default_value_t = 365)]
    days: u32,
    /// The same seed makes the same people.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Instead of dossiers: this many filled drafts of the demo's citizen; their identifiers are printed.
    #[arg(long)]
    drafts: Option<u64>,
}

impl Simulate {
    pub async fn run(self) -> Result<ExitCode> {
        let mut settings = Settings::read(None)?;
        settings.data = self.data;
        settings.postgres = self.postgres;
        settings.demo = true;
        let office = lifecycle::office(&settings).await?;
        office.ensure_demo_people().await?;
        if let Some(count) = self.drafts {
            for id in office.simulate_drafts(motcua_office::demo::CITIZEN, count, self.seed).await? {
                println!("{id}");
            }
        } else {
            let bar =
                ProgressBar::new(self.count).with_style(ProgressStyle::with_template("{bar:40} {pos}/{len} {per_sec} {eta}")?);
            office
                .simulate(self.count, self.days, self.seed, |done| bar.set_position(done))
                .await?;
            bar.finish();
        }
        office.close().await;
        Ok(ExitCode::SUCCESS)
    }
}
