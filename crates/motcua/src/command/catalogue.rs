//! `motcua catalogue`

use super::Print;
use crate::lifecycle;
use anyhow::Result;
use clap::{Args, Subcommand};
use std::process::ExitCode;

#[derive(Args)]
pub struct Catalogue {
    /// Folder of the content; the one compiled in where none is given.
    #[arg(long, default_value = "", global = true)]
    folder: String,
    /// text or json.
    #[arg(long, value_enum, default_value = "text", global = true)]
    format: Print,
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand)]
enum Kind {
    /// Name every mistake with file, line, field and remedy; try every example.
    Check,
    /// Every service.
    List,
    /// Services for what a person types.
    Search {
        /// What she types.
        words: String,
    },
}

impl Catalogue {
    pub fn run(self) -> Result<ExitCode> {
        let catalogue = match self.kind {
            Kind::Check => lifecycle::checked_catalogue(&self.folder)?,
            _ => lifecycle::catalogue(&self.folder)?,
        };
        match (self.kind, self.format) {
            (Kind::Check, _) => println!(
                "{} services, {} whole, no mistake",
                catalogue.services().len(),
                catalogue.services().iter().filter(|s| s.whole).count()
            ),
            (Kind::List, Print::Json) => {
                let list: Vec<_> = catalogue.services().iter().map(|s| s.summary()).collect();
                println!("{}", serde_json::to_string_pretty(&list)?);
            }
            (Kind::List, Print::Text) => {
                for s in catalogue.services() {
                    println!(
                        "{:<10} {} {}",
                        s.sheet.code.as_str(),
                        if s.whole { "*" } else { " " },
                        s.sheet.name.vi
                    );
                }
            }
            (Kind::Search { words }, Print::Json) => println!("{}", serde_json::to_string_pretty(&catalogue.search(&words))?),
            (Kind::Search { words }, Print::Text) => {
                for hit in catalogue.search(&words) {
                    println!("{:>7.2} {:<10} {}", hit.score, hit.code.as_str(), hit.name);
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}
