//! `motcua catalogue`

use super::Print;
use crate::lifecycle;
use crate::settings::Settings;
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use motcua_catalogue::Files;
use motcua_catalogue::schema::{self, Kind as FileKind};
use motcua_model::procedure::Origin;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

#[derive(Args)]
pub struct Catalogue {
    /// Folder or ZIP of the content; the one compiled in where none is given.
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
    /// Name every mistake with file, line, field and remedy; try every example and result paper.
    Check {
        /// Folder or ZIP, instead of `--folder`.
        path: Option<String>,
    },
    /// Every service.
    List,
    /// Every service with its level, whether it is whole, and its source, as the table of docs/catalogue.md.
    Table,
    /// Write the content into an empty folder, or into one file that ends in .zip, to change it or to carry it away.
    Export {
        /// The folder or ZIP.
        to: PathBuf,
        /// Folder of a database: then the content in force there, with what was published.
        #[arg(long)]
        data: Option<PathBuf>,
        /// PostgreSQL instead of the embedded database.
        #[arg(long)]
        postgres: Option<String>,
    },
    /// Begin a publication with what a folder or ZIP changes. A person sends it, a second one approves it, at /quan-tri.
    Import(Import),
    /// JSON Schema of the files that are TOML, so that editors help: of one kind, or of each by its name.
    Schema {
        /// sheet, form, process, examples, step, agencies, organisation, office-hours, life-events or statement.
        kind: Option<String>,
        /// Write one file for each kind into this folder instead.
        #[arg(long)]
        to: Option<PathBuf>,
    },
    /// Services for what a person types.
    Search {
        /// What she types.
        words: String,
    },
}

#[derive(Args)]
struct Import {
    /// The folder or ZIP.
    from: PathBuf,
    /// Login of the administrator in whose name it is begun.
    #[arg(long)]
    author: String,
    /// Why the content changes.
    #[arg(long)]
    reason: String,
    /// Folder of the database.
    #[arg(long, default_value = "./motcua-data")]
    data: PathBuf,
    /// PostgreSQL instead of the embedded database.
    #[arg(long, default_value = "")]
    postgres: String,
}

impl Catalogue {
    pub async fn run(self) -> Result<ExitCode> {
        if let Kind::Import(import) = self.kind {
            return import.run().await;
        }
        if let Kind::Schema { kind, to } = self.kind {
            return print_schema(kind.as_deref(), to.as_deref());
        }
        if let Kind::Export { to, data, postgres } = &self.kind {
            let files = in_force(&self.folder, data.as_deref(), postgres.as_deref()).await?;
            let written = if to.extension().is_some_and(|x| x == "zip") {
                files.to_zip().and_then(|zip| std::fs::write(to, zip))
            } else {
                files.write(to).and_then(|()| Files::write_schemas(to))
            };
            written.with_context(|| format!("{} cannot be written", to.display()))?;
            println!(
                "{0}: change it, then `motcua catalogue check {0}`; serve it with the setting `catalogue`, or `import` it",
                to.display()
            );
            return Ok(ExitCode::SUCCESS);
        }
        let catalogue = match &self.kind {
            Kind::Check { path } => lifecycle::checked_catalogue(path.as_ref().unwrap_or(&self.folder))?,
            _ => lifecycle::catalogue(&self.folder)?,
        };
        match (self.kind, self.format) {
            (Kind::Check { .. }, _) => println!(
                "{} services, {} whole, no mistake",
                catalogue.services().len(),
                catalogue.services().iter().filter(|s| s.whole).count()
            ),
            (Kind::List, Print::Json) => {
                let list: Vec<_> = catalogue.summaries().collect();
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
            (Kind::Export { .. } | Kind::Import(_) | Kind::Schema { .. }, _) => {}
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

fn print_schema(kind: Option<&str>, to: Option<&Path>) -> Result<ExitCode> {
    if let Some(folder) = to {
        schema::write(folder).with_context(|| format!("{} cannot be written", folder.display()))?;
        return Ok(ExitCode::SUCCESS);
    }
    match kind {
        Some(name) => {
            let names = || FileKind::ALL.map(FileKind::name).join(", ");
            let kind = FileKind::named(name).with_context(|| format!("no kind {name}: one of {}", names()))?;
            print!("{}", kind.text());
        }
        None => {
            let all: serde_json::Map<_, _> = FileKind::ALL.into_iter().map(|k| (k.name().to_owned(), k.schema())).collect();
            println!("{}", serde_json::to_string_pretty(&all)?);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The content of a folder, or the one compiled in; of a database that is given, with what was published there.
async fn in_force(folder: &str, data: Option<&Path>, postgres: Option<&str>) -> Result<Arc<Files>> {
    if data.is_none() && postgres.is_none() {
        return Ok(lifecycle::catalogue(folder)?.files().clone());
    }
    let office = office(folder, data.unwrap_or(Path::new("./motcua-data")), postgres.unwrap_or("")).await?;
    let files = office.files_in_force();
    office.close().await;
    Ok(files)
}

/// The office of a database that is there already.
async fn office(folder: &str, data: &Path, postgres: &str) -> Result<motcua_office::Office> {
    if postgres.is_empty() && !data.join("motcua.db").exists() {
        bail!("{} holds no database: give the folder with --data", data.display());
    }
    let mut settings = Settings::read(None)?;
    settings.data = data.to_owned();
    settings.postgres = postgres.to_owned();
    if !folder.is_empty() {
        settings.catalogue = folder.to_owned();
    }
    lifecycle::office(&settings).await
}

impl Import {
    async fn run(self) -> Result<ExitCode> {
        let files = lifecycle::printed(Files::read(&self.from))?;
        let office = office("", &self.data, &self.postgres).await?;
        let author = office.administrator_by_login(&self.author).await?;
        let begun = match author {
            Some(actor) => office.import_publication(&actor, &self.reason, &files).await,
            None => bail!("{} is no administrator's login", self.author),
        };
        office.close().await;
        println!("/quan-tri/danh-muc/{}", begun?);
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
