//! The dossiers behind an index, for who may see them: found by reading the journals as the figures were counted, so that
//! the list is what the number says.

use super::Kind;
use crate::Office;
use crate::adoption::{Month, begins};
use crate::error::Result;
use jiff::Timestamp;
use motcua_model::actor::Actor;
use motcua_model::dossier::{Refusal, evolve};
use motcua_model::figure::{Counts, figures};
use motcua_model::id::{AgencyCode, DossierId};
use motcua_model::journal::Line;
use motcua_store::dossier::DossierLine;
use motcua_store::intake::{month_of, months_before};

/// Which number: an index of an agency in some months, its part or its whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BehindIndex {
    /// The agency.
    pub agency: AgencyCode,
    /// The index.
    pub kind: Kind,
    /// The part, else the whole.
    pub part: bool,
    /// First month.
    pub from: Month,
    /// Last month.
    pub to: Month,
}

/// A page of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BehindPage {
    /// The dossiers, those filed last first.
    pub lines: Vec<DossierLine>,
    /// After which dossier the next page looks on; none when all was looked at.
    pub next: Option<(Timestamp, DossierId)>,
}

/// Lines of a page.
const PAGE: usize = 50;
/// Dossiers read at once.
const READ: u32 = 100;
/// Dossiers looked at for one page: the rest on the next.
const LOOKED_AT: usize = 1_000;

impl Office {
    /// A page of the dossiers behind an index, those filed last first, after the last one that was looked at.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is no officer of that agency; [`Refusal::NotFound`] for what people say: who
    /// answered what is not listed.
    pub async fn behind_index(
        &self,
        actor: &Actor,
        of: &BehindIndex,
        after: Option<(Timestamp, DossierId)>,
    ) -> Result<BehindPage> {
        if !actor.role.is_officer() || actor.agency.as_ref() != Some(&of.agency) {
            return Err(Refusal::NotPermitted.into());
        }
        let (part, whole) = of.kind.measures().ok_or(Refusal::NotFound)?;
        let wanted = if of.part { part } else { whole };
        let (since, end) = (begins(of.from)?, begins(months_before(of.to, -1))?);
        let mut page = BehindPage::default();
        let mut at = after.unwrap_or((end, DossierId(uuid::Uuid::nil())));
        let mut looked_at = 0;
        loop {
            let read = self.store().filed_before(&of.agency, at, READ).await?;
            // What did not change since the first month began has no part in it.
            let alive: Vec<DossierId> = read.iter().filter(|d| d.updated_at >= since).map(|d| d.id).collect();
            let journals = self.store().journals(&alive).await?;
            let whole_read = read.len() == READ as usize;
            for line in read {
                at = (line.filed_at, line.id);
                looked_at += 1;
                let Some(journal) = journals.get(&line.id) else { continue };
                if counted(journal, &of.agency, of.from..=of.to).sum(wanted) > 0 {
                    page.lines.push(line);
                    if page.lines.len() == PAGE {
                        page.next = Some(at);
                        return Ok(page);
                    }
                }
            }
            if !whole_read {
                return Ok(page);
            }
            if looked_at >= LOOKED_AT {
                page.next = Some(at);
                return Ok(page);
            }
        }
    }
}

/// What a dossier adds to the figures of an agency in some months.
fn counted(journal: &[Line], agency: &AgencyCode, months: std::ops::RangeInclusive<Month>) -> Counts {
    let (mut sum, mut dossier) = (Counts::default(), None);
    for line in journal {
        let Ok(recorded) = line.read() else { continue };
        for figure in figures(dossier.as_ref(), &recorded) {
            if figure.agency == *agency && months.contains(&month_of(figure.at)) {
                sum += figure.counts;
            }
        }
        dossier = evolve(dossier.take(), line.dossier, &recorded);
    }
    sum
}
