//! Counting the board's figures again from the journal: what is kept with every change must be what the journal says.

use crate::Office;
use crate::error::Result;
use motcua_model::dossier::evolve;
use motcua_model::figure::{Counts, Measure, figures};
use motcua_model::id::DossierId;
use motcua_store::figure::{Figures, Key};
use std::collections::BTreeMap;

/// Lines or rows read at once.
const PAGE: u32 = 1_000;

/// A figure that is not what the journal says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Half of a month, `YYYYMMH`.
    pub half: i64,
    /// Code of the agency, or of the commune.
    pub place: String,
    /// Code of the procedure.
    pub procedure: String,
    /// Name of what is counted.
    pub measure: &'static str,
    /// What is kept.
    pub kept: i64,
    /// What the journal says.
    pub counted: i64,
}

/// What a recount found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recount {
    /// Lines of the journal that were counted.
    pub events: u64,
    /// Rows of figures that were compared.
    pub rows: u64,
    /// What differs.
    pub differences: Vec<Difference>,
}

impl Office {
    /// Counts every figure again from the journal and compares it with what is kept; `progress` is told how many lines of
    /// how many are done. With `repair` what was counted takes the place of what was kept: nobody may write meanwhile.
    ///
    /// # Errors
    /// The store.
    pub async fn recount(&self, repair: bool, progress: impl FnMut(u64, u64)) -> Result<Recount> {
        let (counted, events) = self.count_journal(progress).await?;
        let mut kept = Figures::default();
        let mut after = Key::default();
        loop {
            let rows = self.store().figures_after(&after, PAGE).await?;
            let Some(last) = rows.last() else { break };
            after = (last.place.clone(), last.procedure.clone(), last.half);
            kept.by_agency
                .extend(rows.into_iter().map(|r| ((r.place, r.procedure, r.half), r.counts)));
        }
        after = Key::default();
        loop {
            let rows = self.store().places_after(&after, PAGE).await?;
            let Some(last) = rows.last() else { break };
            after = (last.place.clone(), last.procedure.clone(), last.half);
            kept.by_commune
                .extend(rows.into_iter().map(|r| ((r.place, r.procedure, r.half), r.counts)));
        }
        let mut found = Recount {
            events,
            rows: (kept.by_agency.len() + kept.by_commune.len()) as u64,
            differences: Vec::new(),
        };
        compare(&kept.by_agency, &counted.by_agency, &Measure::ALL, &mut found.differences);
        compare(&kept.by_commune, &counted.by_commune, &Measure::FILED, &mut found.differences);
        if repair && !found.differences.is_empty() {
            self.store().replace_figures(&counted).await?;
        }
        Ok(found)
    }

    /// Counts the figures of a store that is older than they are, from its journal; does nothing where they are kept.
    ///
    /// # Errors
    /// The store.
    pub async fn ensure_figures(&self) -> Result<()> {
        if !self.store().figures_are_built().await? {
            let (counted, _) = self.count_journal(|_, _| {}).await?;
            self.store().replace_figures(&counted).await?;
        }
        Ok(())
    }

    async fn count_journal(&self, mut progress: impl FnMut(u64, u64)) -> Result<(Figures, u64)> {
        let total = self.store().count_events().await?;
        let mut counted = Figures::default();
        let (mut events, mut at) = (0, (DossierId(uuid::Uuid::nil()), 0));
        let (mut of, mut dossier) = (at.0, None);
        loop {
            let lines = self.store().journal_after(at, PAGE).await?;
            let Some(last) = lines.last() else { break };
            at = (last.dossier, last.version);
            for line in &lines {
                if line.dossier != of {
                    (dossier, of) = (None, line.dossier);
                }
                events += 1;
                let Ok(recorded) = line.read() else {
                    // `motcua verify` names it.
                    continue;
                };
                for figure in figures(dossier.as_ref(), &recorded) {
                    counted.add(&figure);
                }
                dossier = evolve(dossier.take(), line.dossier, &recorded);
            }
            progress(events, total);
        }
        Ok((counted, events))
    }
}

fn compare(kept: &BTreeMap<Key, Counts>, counted: &BTreeMap<Key, Counts>, measures: &[Measure], found: &mut Vec<Difference>) {
    let zero = Counts::default();
    let keys = kept.keys().chain(counted.keys().filter(|k| !kept.contains_key(*k)));
    for key in keys {
        let (kept, counted) = (kept.get(key).unwrap_or(&zero), counted.get(key).unwrap_or(&zero));
        for measure in measures.iter().filter(|m| kept.get(**m) != counted.get(**m)) {
            found.push(Difference {
                half: key.2,
                place: key.0.clone(),
                procedure: key.1.clone(),
                measure: measure.as_str(),
                kept: kept.get(*measure),
                counted: counted.get(*measure),
            });
        }
    }
}
