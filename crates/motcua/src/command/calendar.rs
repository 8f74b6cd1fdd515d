//! `motcua calendar`

use super::Print;
use crate::lifecycle;
use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;
use motcua_model::clock::{TIME_ZONE, Term, local};
use std::process::ExitCode;

/// The longest term that is computed: the days off are known for some years only.
const LONGEST_DAYS: u32 = 3_650;

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
#[group(id = "length", required = true, multiple = false, args = ["days", "hours", "months"])]
struct Due {
    /// When it was received, local time: 2020-03-30T09:00
    #[arg(long)]
    from: String,
    /// Term in days.
    #[arg(long, allow_negative_numbers = true)]
    days: Option<String>,
    /// Term in working hours; eight are one working day.
    #[arg(long, allow_negative_numbers = true)]
    hours: Option<String>,
    /// Term in months (Civil Code 147–148).
    #[arg(long, allow_negative_numbers = true)]
    months: Option<String>,
    /// Working days, or calendar days (Civil Code 147–148).
    #[arg(long, value_enum, default_value = "working")]
    unit: Unit,
    /// The hour after which a dossier is received on the next working day, such as 15.
    #[arg(long, allow_negative_numbers = true)]
    cutoff: Option<String>,
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
        let from = instant(&due.from)?;
        let term = due.term()?;
        let catalogue = lifecycle::catalogue("")?;
        let calendar = catalogue.calendar();
        let account = match &due.cutoff {
            None => calendar.due(from, term),
            Some(hour) => calendar.due_with_cutoff(from, term, cutoff(hour)?),
        }
        .context("the term cannot be computed")?;
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

impl Due {
    fn term(&self) -> Result<Term> {
        Ok(match (&self.hours, &self.months, &self.days, self.unit) {
            (Some(hours), ..) => Term::WorkingHours(count("--hours", hours, LONGEST_DAYS * 8)?),
            (_, Some(months), ..) => Term::Months(count("--months", months, LONGEST_DAYS / 30)?),
            (.., Some(days), Unit::Working) => Term::WorkingDays(count("--days", days, LONGEST_DAYS)?),
            (.., Some(days), Unit::Calendar) => Term::CalendarDays(count("--days", days, LONGEST_DAYS)?),
            (.., None, _) => bail!("say how long: --days, --hours or --months"),
        })
    }
}

/// A whole number from 0 to `most`.
fn count(option: &str, text: &str, most: u32) -> Result<u32> {
    match text.trim().parse::<u32>() {
        Ok(n) if n <= most => Ok(n),
        _ => bail!("{option} {text}: write a whole number from 0 to {most}"),
    }
}

fn cutoff(text: &str) -> Result<i8> {
    match text.trim().trim_end_matches(":00").parse::<i8>() {
        Ok(hour) if (0..=24).contains(&hour) => Ok(hour),
        _ => bail!("--cutoff {text}: write an hour from 0 to 24"),
    }
}

/// A date and time in Viet Nam; with `Z` or an offset, that instant.
fn instant(text: &str) -> Result<Timestamp> {
    let text = text.trim();
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    let local = text.parse::<jiff::civil::DateTime>().map_err(|e| {
        let said = e.to_string();
        let why = if text.len() < 8 || said.contains("expected") || !text.as_bytes()[0].is_ascii_digit() {
            "write the local date and time like 2020-03-30T09:00"
        } else {
            "there is no such day or time; write it like 2020-03-30T09:00"
        };
        anyhow!("--from {text:?}: {why} ({said})")
    })?;
    TIME_ZONE.to_timestamp(local).context("--from is out of range")
}

#[cfg(test)]
mod tests {
    use super::{count, cutoff, instant};
    use motcua_model::clock::local;

    #[test]
    fn a_time_without_a_zone_is_local_and_one_with_a_zone_is_that_instant() {
        for (text, expected) in [
            ("2020-03-30T09:00", "2020-03-30T09:00:00"),
            ("2020-03-30 09:00", "2020-03-30T09:00:00"),
            ("2020-03-30", "2020-03-30T00:00:00"),
            ("2020-03-30T09:00:30", "2020-03-30T09:00:30"),
            ("2020-03-30T02:00:00Z", "2020-03-30T09:00:00"),
            ("2020-03-30T09:00+07:00", "2020-03-30T09:00:00"),
            ("2020-03-30T11:00+09:00", "2020-03-30T09:00:00"),
        ] {
            assert_eq!(
                instant(text).map(|at| local(at).to_string()).ok().as_deref(),
                Some(expected),
                "{text}"
            );
        }
    }

    #[test]
    fn a_day_that_is_not_and_a_text_that_is_no_time_are_said_to_be_so() {
        for text in [
            "2020-02-31T09:00",
            "2021-02-29T09:00",
            "2020-03-30T25:00",
            "2020-13-01T09:00",
            "",
            "tomorrow",
            "30/3/2020",
            "ngày mai",
        ] {
            assert!(
                instant(text).is_err_and(|e| e.to_string().contains("2020-03-30T09:00")),
                "{text}"
            );
        }
    }

    #[test]
    fn a_length_is_a_whole_number_that_is_not_absurd() {
        assert_eq!(count("--days", "0", 10).ok(), Some(0));
        for wrong in ["-1", "11", "1.5", "ba", "", "99999999999999999999"] {
            assert!(count("--days", wrong, 10).is_err(), "{wrong}");
        }
        assert_eq!((cutoff("15").ok(), cutoff("15:00").ok()), (Some(15), Some(15)));
        assert!(cutoff("25").is_err() && cutoff("-1").is_err());
    }
}
