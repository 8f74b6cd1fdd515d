//! Counting the ledger again: every entry from the journal that made it, every total from the entries, every book's chain.

use crate::Office;
use crate::error::Result;
use motcua_model::id::DossierId;
use motcua_model::journal::START;
use motcua_model::ledger::{Entry, post, post_book};
use motcua_store::ledger::{Entries, EntryRow, book_source};
use std::collections::VecDeque;

/// Rows read at once.
const PAGE: u32 = 1_000;

/// The stored entries, read beside the journal, and the totals counted again.
#[derive(Default)]
pub(crate) struct Books {
    after: (Vec<u8>, i64),
    waiting: VecDeque<EntryRow>,
    ended: bool,
    counted: Entries,
    pub(crate) compared: u64,
}

/// What a check found: nothing, or what is wrong.
type Found = std::result::Result<(), String>;

impl Office {
    /// Compares an entry made again with the stored one.
    pub(crate) async fn compare_entry(&self, books: &mut Books, id: DossierId, version: u64, entry: &Entry) -> Result<Found> {
        let expected = EntryRow::of(id.0.as_bytes().to_vec(), version, entry);
        let stored = self.next_entry(books).await?;
        books.counted.add(expected.source.clone(), version, entry);
        books.counted.keep_totals();
        books.compared += 1;
        Ok(match stored {
            Some(stored) if stored == expected => Ok(()),
            Some(stored) if (&stored.source, stored.version) == (&expected.source, expected.version) => {
                Err(format!("the ledger's entry of line {version} was changed"))
            }
            Some(stored) if (&stored.source, stored.version) < (&expected.source, expected.version) => {
                Err("the ledger has an entry that no line of the journal made".to_owned())
            }
            _ => Err(format!("the ledger's entry of line {version} is missing")),
        })
    }

    /// After the journal: nothing is left over, the books' chains hold, the kept totals are the sums.
    pub(crate) async fn compare_books(&self, books: &mut Books) -> Result<Found> {
        if self.next_entry(books).await?.is_some() {
            return Ok(Err("the ledger has an entry that no line of the journal made".to_owned()));
        }
        let (mut agency, mut number, mut hash) = (String::new(), 0, START);
        loop {
            let lines = self.store().book_lines_after((&agency, number), PAGE).await?;
            if lines.is_empty() {
                break;
            }
            for line in lines {
                if line.agency.as_str() != agency {
                    agency.clone_from(&line.agency.0);
                    (number, hash) = (0, START);
                }
                let wrong = |what: &str| Ok(Err(format!("line {} of the book of {}: {what}", line.number, line.agency)));
                if line.number != number + 1 {
                    return wrong("the line before it is missing");
                }
                if !line.holds(&hash) {
                    return wrong("it was changed");
                }
                let Ok(recorded) = line.read() else {
                    return wrong("it cannot be read");
                };
                let entry = post_book(&recorded);
                let source = book_source(&line.agency);
                let expected = EntryRow::of(source.clone(), line.number, &entry);
                let stored = self
                    .store()
                    .ledger_after((source.clone(), line.number.cast_signed() - 1), 1)
                    .await?;
                if stored.first() != Some(&expected) {
                    return wrong("its entry in the ledger is missing or was changed");
                }
                books.counted.add(source, line.number, &entry);
                books.counted.keep_totals();
                books.compared += 1;
                (number, hash) = (line.number, line.hash);
            }
        }
        let (kept, counted) = (self.store().every_ledger_total().await?, books.counted.totals());
        if kept == counted {
            return Ok(Ok(()));
        }
        let differs = counted.iter().zip(&kept).find(|(a, b)| a != b).map(|(a, _)| a).or_else(|| {
            let longer = if counted.len() > kept.len() { &counted } else { &kept };
            longer.get(counted.len().min(kept.len()))
        });
        let named = differs.map_or_else(String::new, |t| format!("{} {} {}", t.month, t.agency, t.account));
        Ok(Err(format!("a kept total differs from its recount: {named}")))
    }

    /// The next entry of a dossier; those of books stand apart.
    async fn next_entry(&self, books: &mut Books) -> Result<Option<EntryRow>> {
        loop {
            if books.waiting.is_empty() && !books.ended {
                let page = self.store().ledger_after(books.after.clone(), PAGE).await?;
                books.ended = page.is_empty();
                if let Some(last) = page.last() {
                    books.after = (last.source.clone(), last.version);
                }
                books.waiting.extend(page);
            }
            match books.waiting.pop_front() {
                Some(row) if row.dossier().is_none() => {}
                row => return Ok(row),
            }
        }
    }

    /// Makes the ledger of a store that is older than it, from the journal; does nothing where there is one.
    ///
    /// # Errors
    /// The store.
    pub async fn ensure_ledger(&self) -> Result<()> {
        if self.store().ledger_is_built().await? {
            return Ok(());
        }
        // A run that was cut off is begun again.
        self.store().rebuild_ledger(&[], true).await?;
        let mut at = (DossierId(uuid::Uuid::nil()), 0);
        let mut dossier = None;
        loop {
            let lines = self.store().journal_after(at, PAGE).await?;
            let Some(last) = lines.last() else { break };
            let mut made = Vec::new();
            let before = at.0;
            at = (last.dossier, last.version);
            let mut of = before;
            for line in lines {
                if line.dossier != of {
                    (dossier, of) = (None, line.dossier);
                }
                let Ok(recorded) = line.read() else {
                    // `motcua verify` names it.
                    continue;
                };
                if let Some(entry) = post(dossier.as_ref(), &recorded) {
                    made.push((line.dossier.0.as_bytes().to_vec(), line.version, entry));
                }
                dossier = motcua_model::dossier::evolve(dossier.take(), line.dossier, &recorded);
            }
            if !made.is_empty() {
                self.store().rebuild_ledger(&made, false).await?;
            }
        }
        Ok(self.store().mark_ledger_built().await?)
    }
}
