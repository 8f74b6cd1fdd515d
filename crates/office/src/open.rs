//! Open figures of every agency's service, read and handed on in pieces: never whole in memory.

use crate::Office;
use crate::adoption::Month;
use crate::error::Result;
use motcua_model::figure::Counts;
use motcua_store::figure::{FigureRow, Key};

/// Rows read at once.
const PAGE: u32 = 2_000;

/// Agency, procedure, month, figures.
pub type OpenRow = (String, String, Month, Counts);

/// Every agency's service in each month, piece by piece.
pub struct OpenServices {
    office: Office,
    after: Key,
    /// The two halves of a month stand one after the other; the first may be the last row of a page.
    open: Option<OpenRow>,
    ended: bool,
}

impl Office {
    /// Every agency's service in each month; who reads sets the pace.
    #[must_use]
    pub fn open_services(&self) -> OpenServices {
        OpenServices {
            office: self.clone(),
            after: Key::default(),
            open: None,
            ended: false,
        }
    }
}

impl OpenServices {
    /// The next piece; none after the last.
    ///
    /// # Errors
    /// The store: what was read until then is not all.
    pub async fn next(&mut self) -> Result<Option<Vec<OpenRow>>> {
        if self.ended {
            return Ok(None);
        }
        let rows = self.office.store().figures_after(&self.after, PAGE).await?;
        let Some(last) = rows.last() else {
            self.ended = true;
            return Ok(self.open.take().map(|row| vec![row]));
        };
        self.after = (last.place.clone(), last.procedure.clone(), last.half);
        Ok(Some(months(&mut self.open, rows)))
    }
}

/// Adds up halves of months; the last month stays open.
fn months(open: &mut Option<OpenRow>, rows: Vec<FigureRow>) -> Vec<OpenRow> {
    let mut done = Vec::new();
    for row in rows {
        let month = row.half / 10;
        match open {
            Some((place, procedure, of, counts)) if (&*place, &*procedure, *of) == (&row.place, &row.procedure, month) => {
                *counts += row.counts;
            }
            _ => done.extend(open.replace((row.place, row.procedure, month, row.counts))),
        }
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use motcua_model::figure::Measure;

    #[test]
    fn two_halves_of_a_month_are_one_line_wherever_a_page_ends() {
        let row = |half, n| {
            let mut counts = Counts::default();
            counts.add(Measure::OnlineFour, n);
            FigureRow {
                place: "24.12".into(),
                procedure: "1".into(),
                month: 0,
                half,
                counts,
            }
        };
        let online = |(.., month, c): &OpenRow| (*month, c.get(Measure::OnlineFour));
        let mut open = None;
        assert!(months(&mut open, vec![row(2_020_031, 1)]).is_empty());
        let done = months(&mut open, vec![row(2_020_032, 2), row(2_020_041, 4)]);
        assert_eq!(done.iter().map(online).collect::<Vec<_>>(), [(202_003, 3)]);
        assert_eq!(open.as_ref().map(online), Some((202_004, 4)));
    }
}
