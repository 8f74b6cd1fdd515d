//! `motcua catalogue`

use super::Print;
use crate::lifecycle;
use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use motcua_model::procedure::Origin;
use std::path::PathBuf;
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
    /// Every service with its level, whether it is whole, and its source, as the table of docs/catalogue.md.
    Table,
    /// Write the content that is compiled in into an empty folder, to change it and serve it from there.
    Export {
        /// The folder.
        to: PathBuf,
    },
    /// Services for what a person types.
    Search {
        /// What she types.
        words: String,
    },
}

impl Catalogue {
    pub fn run(self) -> Result<ExitCode> {
        if let Kind::Export { to } = &self.kind {
            motcua_catalogue::Catalogue::export(to).with_context(|| format!("{} cannot be written", to.display()))?;
            println!(
                "{0}: change it, then `motcua catalogue --folder {0} check`; serve it with the setting `catalogue`",
                to.display()
            );
            return Ok(ExitCode::SUCCESS);
        }
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
            (Kind::Export { .. }, _) => {}
            (Kind::Table, _) => print!("{}", table(&catalogue)),
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

fn table(catalogue: &motcua_catalogue::Catalogue) -> String {
    let services = catalogue.services();
    let whole = services.iter().filter(|s| s.whole).count();
    let mut table = format!(
        "# The catalogue\n\n{} services, {whole} modelled whole. Written by `motcua catalogue table`.\n\n\
         | code | service | field | level | modelled | source |\n|---|---|---|---|---|---|\n",
        services.len()
    );
    for s in services {
        let sheet = &s.sheet;
        let source = match (sheet.source.origin, &sheet.source.url) {
            (Origin::Sourced, Some(url)) => format!("[sourced]({url})"),
            (Origin::Sourced, None) => "sourced".to_owned(),
            (Origin::Estimated, _) => "estimated".to_owned(),
        };
        let (modelled, level) = (if s.whole { "whole" } else { "sheet" }, u8::from(sheet.level));
        table.push_str(&format!(
            "| {} | {} | {} | {level} | {modelled} | {source} |\n",
            sheet.code, sheet.name.vi, sheet.field
        ));
    }
    table
}
