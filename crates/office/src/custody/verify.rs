//! Every bag's chain recomputed, its row folded again, and the hands of every dossier made again.

use crate::Office;
use crate::error::Result;
use motcua_model::custody::{Bag, BagCode, PaperCode, evolve};
use motcua_model::journal::{ChainHash, START};
use motcua_store::custody::{HandLine, hands};

/// Lines read at once.
const PAGE: u32 = 500;

/// A bag being folded.
struct Folding {
    code: BagCode,
    bag: Option<Bag>,
    hash: ChainHash,
    number: u64,
    hands: Vec<HandLine>,
}

impl Office {
    /// Verifies every bag; answers how many lines were recomputed, and the first damage: which bag and what.
    pub(crate) async fn verify_bags(&self) -> Result<(u64, Option<(String, String)>)> {
        let (mut after, mut number, mut lines) = (String::new(), 0, 0);
        let mut folding: Option<Folding> = None;
        let mut rows = 0u64;
        loop {
            let page = self.store().bag_lines_after((&after, number), PAGE).await?;
            let Some(last) = page.last() else { break };
            (after, number) = (last.bag.0.clone(), last.number);
            for line in page {
                if folding.as_ref().is_some_and(|f| f.code != line.bag)
                    && let Some(done) = folding.take()
                {
                    rows += 1;
                    if let Some(damage) = self.bag_damage(done).await? {
                        return Ok((lines, Some(damage)));
                    }
                }
                let f = folding.get_or_insert_with(|| Folding {
                    code: line.bag.clone(),
                    bag: None,
                    hash: START,
                    number: 0,
                    hands: Vec::new(),
                });
                let wrong = |what: &str| Ok((lines, Some((line.bag.0.clone(), format!("line {}: {what}", line.number)))));
                if line.number != f.number + 1 {
                    return wrong("the line before it is missing");
                }
                if !line.holds(&f.hash) {
                    return wrong("it was changed");
                }
                let Ok(recorded) = line.read() else {
                    return wrong("it cannot be read");
                };
                f.hands.extend(hands(f.bag.as_ref(), &f.code, line.number, &recorded));
                f.bag = evolve(f.bag.take(), &f.code, &recorded);
                (f.hash, f.number) = (line.hash, line.number);
                lines += 1;
            }
        }
        if let Some(done) = folding {
            rows += 1;
            if let Some(damage) = self.bag_damage(done).await? {
                return Ok((lines, Some(damage)));
            }
        }
        // A row without a journal.
        let (mut code, mut counted) = (String::new(), 0u64);
        loop {
            let page = self.store().bag_rows_after(&code, PAGE).await?;
            let Some(last) = page.last() else { break };
            code.clone_from(&last.0);
            counted += page.len() as u64;
        }
        if counted != rows {
            return Ok((lines, Some(("bags".to_owned(), "a bag has a row but no journal".to_owned()))));
        }
        Ok((lines, None))
    }

    async fn bag_damage(&self, mut done: Folding) -> Result<Option<(String, String)>> {
        let named = |what: &str| Some((done.code.0.clone(), what.to_owned()));
        let Some((bag, hash)) = self.store().bag(&done.code).await? else {
            return Ok(named("the bag has a journal but no row"));
        };
        if hash != done.hash {
            return Ok(named("the journal's last line is missing, or the row's hash was changed"));
        }
        if Some(&bag) != done.bag.as_ref() {
            return Ok(named("the row differs from its journal"));
        }
        let mut inside = self.store().papers_in(&done.code).await?;
        inside.sort();
        let mut listed: Vec<PaperCode> = bag.inside().map(|p| p.code.clone()).collect();
        listed.sort();
        if inside != listed {
            return Ok(named("the papers that are said to be in it differ from its journal"));
        }
        let mut kept = self.store().custody_of_bag(&done.code).await?;
        kept.sort();
        done.hands.sort();
        if kept != done.hands {
            return Ok(named("the hands of its dossiers differ from its journal"));
        }
        Ok(None)
    }
}
