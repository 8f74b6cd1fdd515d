//! `motcua verify`

use crate::lifecycle;
use crate::settings::Settings;
use anyhow::{Result, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use motcua_office::Office;
use motcua_office::seal::BrokenSeal;
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
    /// Only the daily seals, each printed: number, day, dossiers, lines, seal.
    #[arg(long)]
    seals: bool,
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
        let whole = self.seals || journal(&office).await? & publications(&office).await?;
        let sealed = seals(&office, self.seals).await?;
        office.close().await;
        if whole && sealed {
            println!("whole: nothing was changed");
            Ok(ExitCode::SUCCESS)
        } else {
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Every chain, row and file; answers whether all are whole.
async fn journal(office: &Office) -> Result<bool> {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {eta}")?;
    let bar = ProgressBar::new(0).with_style(style);
    let summary = office
        .verify(|done, total| {
            bar.set_length(total);
            bar.set_position(done);
        })
        .await?;
    bar.finish_and_clear();
    println!(
        "{} dossiers, {} events, {} files, {} entries of the ledger, {} lines of bags",
        summary.dossiers, summary.events, summary.files, summary.entries, summary.bag_lines
    );
    if let Some(damage) = &summary.damage {
        println!("DAMAGED: {} ({}): {}", damage.code, damage.dossier, damage.what);
    }
    Ok(summary.damage.is_none())
}

/// The journal of publications and what follows from it; answers whether it is whole.
async fn publications(office: &Office) -> Result<bool> {
    let proof = office.verify_publications().await?;
    println!("{} publications, {} steps", proof.publications, proof.steps);
    if let Some(damage) = &proof.damage {
        println!("DAMAGED: {damage}");
    }
    Ok(proof.damage.is_none())
}

/// Every daily seal; answers whether all hold.
async fn seals(office: &Office, print: bool) -> Result<bool> {
    let summary = office
        .verify_seals(|s| {
            if print {
                println!("{} {} {} {} {}", s.number, s.day, s.dossiers, s.lines, s.hex());
            }
        })
        .await?;
    match &summary.last {
        None => println!("no day is sealed yet"),
        Some(last) => println!("{} days sealed, the last {}: {}", summary.hold, last.day, last.hex()),
    }
    match &summary.damage {
        None => {}
        Some(BrokenSeal::Day(day)) => println!("DAMAGED: the journal of {day} is not what was sealed"),
        Some(BrokenSeal::Gap(day)) => println!("DAMAGED: a seal before that of {day} is missing, or they are out of order"),
        Some(BrokenSeal::Ends(number)) => println!("DAMAGED: the last seals are missing, there were {number}"),
    }
    Ok(summary.damage.is_none())
}
