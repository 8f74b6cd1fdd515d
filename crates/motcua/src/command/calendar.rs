//! `motcua calendar`

use super::Print;
use crate::lifecycle;
use anyhow::{Context, Result};
use clap::{Args, Subcommand, ValueEnum};
use motcua_model::clock::{TIME_ZONE, Term, local};
use std::process::ExitCode;

#[derive(Args)]
pub struct Calendar {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand)]
enum Kind {
    /// When a term ends, day by day.
    Due(Due),
}

#[derive(Args)]
struct Due {
    /// When it was received, local time: 2020-03-30T09:00
    #[arg(long)]
    from: jiff::civil::DateTime,
    /// Term in days.
    #[arg(long, required_unless_present = "hours", conflicts_with = "hours")]
    days: Option<u32>,
    /// Term in working hours; eight are one working day.
    #[arg(long)]
    hours: Option<u32>,
    /// Working days, or calendar days (Civil Code 147–148).
    #[arg(long, value_enum, default_value = "working")]
    unit: Unit,
    /// text or json.
    #[arg(long, value_enum, default_value = "text")]
    format: Print,
}

#[derive(Clone, Copy, ValueEnum)]
enum Unit {
    Working,
    Calendar,
}

impl Calendar {
    pub fn run(self) -> Result<ExitCode> {
        let Kind::Due(due) = self.kind;
        let term = match (due.hours, due.days, due.unit) {
            (Some(hours), ..) => Term::WorkingHours(hours),
            (None, days, Unit::Working) => Term::WorkingDays(days.unwrap_or(0)),
            (None, days, Unit::Calendar) => Term::CalendarDays(days.unwrap_or(0)),
        };
        let from = TIME_ZONE.to_timestamp(due.from).context("--from is out of range")?;
        let account = lifecycle::catalogue("")?.calendar().due(from, term)?;
        if due.format == Print::Json {
            println!("{}", account.explain_json());
        } else {
            for day in &account.days {
                println!("{} {} {}", day.date, if day.counted { "+" } else { " " }, day.why.sentence());
            }
            println!("due {}", local(account.due).strftime("%Y-%m-%d %H:%M"));
        }
        Ok(ExitCode::SUCCESS)
    }
}
