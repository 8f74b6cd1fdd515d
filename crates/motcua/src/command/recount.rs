//! `motcua recount`: counts the board's figures again from the journal and names each one that is kept otherwise.

use crate::lifecycle;
use crate::settings::Settings;
use anyhow::{Result, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;
use std::process::ExitCode;

/// Differences that are printed; the rest is counted.
const SHOWN: usize = 50;

#[derive(Args)]
pub struct Recount {
    /// Folder of the database and files.
    #[arg(long, default_value = "./motcua-data")]
    data: PathBuf,
    /// PostgreSQL instead of the embedded database.
    #[arg(long, default_value = "")]
    postgres: String,
    /// Put what was counted in the place of what was kept. The program that serves must be stopped.
    #[arg(long)]
    repair: bool,
}

impl Recount {
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
        let found = office
            .recount(self.repair, |done, total| {
                bar.set_length(total);
                bar.set_position(done);
            })
            .await?;
        bar.finish_and_clear();
        office.close().await;
        println!("{} events counted, {} rows of figures compared", found.events, found.rows);
        for d in found.differences.iter().take(SHOWN) {
            let (half, place, procedure) = (d.half, &d.place, &d.procedure);
            println!(
                "DIFFERS: {half} {place} {procedure} {}: kept {}, the journal says {}",
                d.measure, d.kept, d.counted
            );
        }
        match (found.differences.len(), self.repair) {
            (0, _) => println!("every figure is what the journal says"),
            (n, true) => println!("{n} figures were put right"),
            (n, false) => {
                println!("{n} figures differ; --repair puts them right while the program is stopped");
                return Ok(ExitCode::FAILURE);
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
