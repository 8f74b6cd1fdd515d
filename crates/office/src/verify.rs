//! Proof: recomputes every chain (of dossiers, of bags), every fold and every file's hash, and names the first damage.

use crate::Office;
use crate::error::Result;
use crate::money::verify::Books;
use jiff::Timestamp;
use motcua_model::dossier::{Dossier, Parcel, Proof, evolve};
use motcua_model::id::{DossierId, FileHash};
use motcua_model::journal::{ChainHash, Line, START};
use motcua_model::ledger::{Entry, post};
use motcua_store::dossier_row::DossierRow;
use std::collections::HashSet;

/// Lines or rows read at once.
const PAGE: u32 = 500;

/// What a run over everything found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerifySummary {
    /// Dossiers whose row was compared with its journal.
    pub dossiers: u64,
    /// Lines of the journal whose hash was recomputed.
    pub events: u64,
    /// Files whose hash was recomputed.
    pub files: u64,
    /// Entries of the ledger that were made again from the journal and compared.
    pub entries: u64,
    /// Lines of the bags' journals whose hash was recomputed.
    pub bag_lines: u64,
    /// The first damage.
    pub damage: Option<Damage>,
}

/// A damaged dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Identifier.
    pub dossier: DossierId,
    /// Code, as far as it can be read.
    pub code: String,
    /// What is wrong.
    pub what: String,
}

/// One dossier's journal being folded.
struct Folding {
    id: DossierId,
    hash: ChainHash,
    version: u64,
    dossier: Option<Dossier>,
    at: Timestamp,
}

impl Office {
    /// Verifies everything; `progress` is told how many lines of how many are done. Stops at the first damage.
    ///
    /// # Errors
    /// The store, when it cannot be read at all.
    pub async fn verify(&self, mut progress: impl FnMut(u64, u64)) -> Result<VerifySummary> {
        let mut summary = VerifySummary::default();
        let total = self.store().count_events().await?;
        let mut rows = Rows::default();
        let mut files = HashSet::new();
        let mut books = Books::default();
        let mut at = (DossierId(uuid::Uuid::nil()), 0);
        let mut folding: Option<Folding> = None;
        loop {
            let lines = self.store().journal_after(at, PAGE).await?;
            let Some(last) = lines.last() else { break };
            at = (last.dossier, last.version);
            for line in lines {
                if folding.as_ref().is_some_and(|f| f.id != line.dossier)
                    && let Some(done) = folding.take()
                    && let Err(damage) = self.check(done, &mut rows, &mut files, &mut summary).await?
                {
                    summary.damage = Some(damage);
                    return Ok(summary);
                }
                let f = folding.get_or_insert(Folding {
                    id: line.dossier,
                    hash: START,
                    version: 0,
                    dossier: None,
                    at: Timestamp::UNIX_EPOCH,
                });
                let entry = match step(f, &line) {
                    Ok(entry) => entry,
                    Err(what) => {
                        summary.damage = Some(damage(f, what));
                        return Ok(summary);
                    }
                };
                if let Some(entry) = entry
                    && let Err(what) = self.compare_entry(&mut books, line.dossier, line.version, &entry).await?
                {
                    summary.damage = Some(damage(f, what));
                    return Ok(summary);
                }
                summary.events += 1;
            }
            progress(summary.events, total);
        }
        if let Some(done) = folding.take()
            && let Err(damage) = self.check(done, &mut rows, &mut files, &mut summary).await?
        {
            summary.damage = Some(damage);
            return Ok(summary);
        }
        if let Some(row) = self.next_row(&mut rows).await? {
            summary.damage = Some(unwritten(&row)?);
            return Ok(summary);
        }
        if let Err(what) = self.compare_books(&mut books).await? {
            summary.damage = Some(Damage {
                dossier: DossierId(uuid::Uuid::nil()),
                code: "ledger".to_owned(),
                what,
            });
        }
        summary.entries = books.compared;
        if summary.damage.is_none() {
            let (lines, damage) = self.verify_bags().await?;
            summary.bag_lines = lines;
            summary.damage = damage.map(|(bag, what)| Damage {
                dossier: DossierId(uuid::Uuid::nil()),
                code: bag,
                what,
            });
        }
        Ok(summary)
    }

    /// Compares a folded journal with the dossier's row, and its files with their names.
    async fn check(
        &self,
        done: Folding,
        rows: &mut Rows,
        files: &mut HashSet<FileHash>,
        summary: &mut VerifySummary,
    ) -> Result<std::result::Result<(), Damage>> {
        let Some(dossier) = done.dossier.as_ref() else {
            return Ok(Err(damage(&done, "the journal does not begin with a submission".to_owned())));
        };
        match self.next_row(rows).await? {
            Some(row) if row.id()? == done.id => {
                let made = DossierRow::of(dossier, &done.hash, done.at)?;
                if let Some(what) = row.difference(&made) {
                    return Ok(Err(damage(&done, what.to_owned())));
                }
            }
            Some(row) if row.id()? < done.id => return Ok(Err(unwritten(&row)?)),
            _ => return Ok(Err(damage(&done, "the dossier has a journal but no row".to_owned()))),
        }
        if !dossier.opinions.is_empty()
            && self.store().opinion_rows(dossier.id).await? != motcua_store::opinion::OpinionRow::all(dossier)
        {
            return Ok(Err(damage(
                &done,
                "a row of its opinions differs from its journal".to_owned(),
            )));
        }
        summary.dossiers += 1;
        for hash in dossier
            .papers
            .iter()
            .map(|p| p.hash)
            .chain(dossier.result.iter().map(|r| r.hash))
            .chain(dossier.former_results.iter().map(|f| f.hash))
            .chain(dossier.parcels.iter().filter_map(Parcel::proof).flat_map(pictures))
            .chain(
                dossier
                    .opinions
                    .iter()
                    .filter_map(|o| Some(o.given.as_ref()?.paper.as_ref()?.hash)),
            )
            .chain(dossier.returned.iter().filter_map(|r| r.proof.as_ref()?.signature))
        {
            if files.insert(hash) {
                if !self.store().files().holds(hash).await? {
                    return Ok(Err(damage(&done, format!("the file {hash} is missing or was changed"))));
                }
                summary.files += 1;
            }
        }
        Ok(Ok(()))
    }

    async fn next_row(&self, rows: &mut Rows) -> Result<Option<DossierRow>> {
        if rows.waiting.is_empty() && !rows.ended {
            let page = self.store().dossier_rows_after(rows.after, PAGE).await?;
            rows.ended = page.is_empty();
            if let Some(last) = page.last() {
                rows.after = last.id()?;
            }
            rows.waiting.extend(page);
        }
        Ok(rows.waiting.pop_front())
    }
}

/// The rows in order of identifier, read beside the journal.
struct Rows {
    after: DossierId,
    waiting: std::collections::VecDeque<DossierRow>,
    ended: bool,
}

impl Default for Rows {
    fn default() -> Self {
        Self {
            after: DossierId(uuid::Uuid::nil()),
            waiting: std::collections::VecDeque::new(),
            ended: false,
        }
    }
}

/// The pictures by which a delivery is proved.
fn pictures(proof: &Proof) -> impl Iterator<Item = FileHash> {
    [proof.photo, proof.signature].into_iter().flatten()
}

/// Takes a line into the fold; answers the entry of the ledger that it makes.
fn step(f: &mut Folding, line: &Line) -> std::result::Result<Option<Entry>, String> {
    if line.version != f.version + 1 {
        return Err(format!("line {} of the journal is missing", f.version + 1));
    }
    if !line.holds(&f.hash) {
        return Err(format!("line {} of the journal was changed", line.version));
    }
    let recorded = line
        .read()
        .map_err(|e| format!("line {} of the journal cannot be read: {e}", line.version))?;
    let entry = post(f.dossier.as_ref(), &recorded);
    f.dossier = evolve(f.dossier.take(), f.id, &recorded);
    f.version = line.version;
    f.hash = line.hash;
    f.at = recorded.at;
    if f.dossier.is_none() {
        return Err("the journal does not begin with a submission".to_owned());
    }
    Ok(entry)
}

/// A row that no journal stands behind.
fn unwritten(row: &DossierRow) -> Result<Damage> {
    Ok(Damage {
        dossier: row.id()?,
        code: row.code().to_owned(),
        what: "the dossier has a row but no journal".to_owned(),
    })
}

fn damage(f: &Folding, what: String) -> Damage {
    let code = f.dossier.as_ref().map_or_else(String::new, |d| d.code.0.clone());
    Damage {
        dossier: f.id,
        code,
        what,
    }
}
