//! How far an agency is, from the figures.

use crate::Office;
use crate::adoption::{Cut, Intake, Scope, share};
use crate::error::Result;
use motcua_model::directive::{Directive, Goal, Standing};
use motcua_model::figure::{Counts, Measure};
use motcua_model::id::AgencyCode;
use motcua_store::figure::{By, FigureFilter, FigureRow};
use motcua_store::intake::{first_half, second_half};

/// What the figures say of an agency and a directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What was reached: tenths of a percent, or a number of services.
    pub value: Option<i64>,
    /// The part that counts: filed online, settled in time, used by nobody.
    pub part: i64,
    /// Of how many.
    pub whole: i64,
    /// How it stands.
    pub standing: Standing,
}

/// What progress is computed from.
const MEASURES: [Measure; 9] = [
    Measure::OnlineThree,
    Measure::OnlineFour,
    Measure::PostThree,
    Measure::PostFour,
    Measure::CounterThree,
    Measure::CounterFour,
    Measure::Early,
    Measure::OnTime,
    Measure::Late,
];

impl Office {
    /// How far each of some agencies is with a directive, in their order.
    pub(super) async fn progress(&self, directive: &Directive, agencies: &[AgencyCode]) -> Result<Vec<Progress>> {
        let cut = Cut {
            field: Some(directive.field.clone()).filter(|f| !f.is_empty()),
            ..Cut::default()
        };
        let procedures = self.procedures_of(&cut);
        let filter = FigureFilter {
            from: first_half(directive.from),
            to: second_half(directive.to),
            places: Some(agencies.iter().map(|a| a.0.clone()).collect()),
            procedures: procedures.clone(),
            measures: &MEASURES,
        };
        let rows = self.store().figures(&filter, By::Pair).await?;
        let of = |agency: &AgencyCode| {
            let own: Vec<FigureRow> = rows.iter().filter(|r| r.place == agency.0).cloned().collect();
            let scope = Scope {
                agencies: Some(vec![agency.0.clone()]),
                procedures: procedures.clone(),
                ..Scope::default()
            };
            self.progress_of(directive, &scope, &own)
        };
        Ok(agencies.iter().map(of).collect())
    }

    fn progress_of(&self, directive: &Directive, scope: &Scope, rows: &[FigureRow]) -> Progress {
        let mut counts = Counts::default();
        for row in rows {
            counts += row.counts;
        }
        let intake = Intake::of(&counts);
        let (part, whole) = match directive.goal {
            Goal::OnlineShare => (intake.all_online(), intake.total()),
            Goal::LevelFourShare => (intake.level_four, intake.total()),
            Goal::OnTimeShare => (counts.sum(&[Measure::Early, Measure::OnTime]), counts.settled()),
            Goal::Unused => {
                let (offered, unused) = self.unused(scope, rows);
                (unused.len() as i64, offered as i64)
            }
        };
        let value = if directive.goal.is_share() {
            share(part, whole)
        } else {
            Some(part)
        };
        Progress {
            value,
            part,
            whole,
            standing: directive.standing(value, whole),
        }
    }
}
