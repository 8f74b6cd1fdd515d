//! What a citizen keeps (kho): results that she was given, and papers that an officer compared with the original; and how
//! many papers of new dossiers were used again. Written with the events themselves, so that nothing is counted later.

use crate::Store;
use crate::db::{Result, sql};
use crate::dossier::StateRow;
use crate::intake::{Month, month_of};
use crate::many::Many;
use crate::row::row;
use crate::statement::statements;
use crate::value;
use motcua_model::dossier::{Dossier, Event, Outcome, Recorded};
use motcua_model::id::{AccountId, DossierId, FileHash};
use sea_query::Value;
use std::collections::BTreeMap;

statements! {
    OF_OWNER = "select k.hash as paper, d.state, d.hash from kept_paper k join dossier d on d.id = k.dossier \
                where k.owner = $1 order by k.got_at desc, k.dossier desc, k.hash limit 100";
    ONE = "select k.hash as paper, d.state, d.hash from kept_paper k join dossier d on d.id = k.dossier \
           where k.owner = $1 and k.dossier = $2 and k.hash = $3";
    USE = "select agency, cast(sum(papers) as bigint) as papers, cast(sum(reused) as bigint) as reused from paper_use \
           where month between $1 and $2 group by agency order by agency";
}

static KEEP: Many = Many::rows(
    "insert into kept_paper (owner, dossier, hash, got_at) values ",
    4,
    " on conflict (owner, dossier, hash) do nothing",
);
static COUNT: Many = Many::rows(
    "insert into paper_use (month, agency, papers, reused) values ",
    4,
    " on conflict (month, agency) do update set papers = paper_use.papers + excluded.papers, \
     reused = paper_use.reused + excluded.reused",
);

pub(crate) static MANY: &[&Many] = &[&KEEP, &COUNT];

/// Something that a citizen keeps.
#[derive(Clone, Debug)]
pub struct KeptRow {
    /// The paper of the dossier that was compared; none for its result.
    pub paper: Option<FileHash>,
    /// The dossier, as it is now.
    pub dossier: Dossier,
}

row! {
    struct Row {
        paper: Vec<u8>,
        state: String,
        hash: Vec<u8>,
    }
}

impl Row {
    fn kept(self) -> Result<KeptRow> {
        Ok(KeptRow {
            paper: <[u8; 32]>::try_from(&self.paper[..]).ok().map(FileHash),
            dossier: StateRow::of(self.state, self.hash).loaded()?.dossier,
        })
    }
}

row! {
    /// How many papers of an agency's new dossiers were used again.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct PaperUse {
        /// The agency.
        pub agency: String,
        /// All papers.
        pub papers: i64,
        /// Of these, used again.
        pub reused: i64,
    }
}

/// What a group of changes adds.
#[derive(Default)]
pub(crate) struct KeptPapers {
    rows: Vec<Value>,
    counts: BTreeMap<(Month, String), [i64; 2]>,
}

impl KeptPapers {
    /// Takes in an event with the state that it leads to.
    pub fn note(&mut self, after: &Dossier, recorded: &Recorded) {
        let paper = match &recorded.event {
            Event::ResultReturned { .. } if after.result.as_ref().is_some_and(|r| r.outcome == Outcome::Granted) => Vec::new(),
            Event::PaperCompared { paper } => paper.0.to_vec(),
            Event::Submitted { papers, .. } if !papers.is_empty() => {
                let key = (month_of(recorded.at), after.agency.0.clone());
                let count = self.counts.entry(key).or_default();
                count[0] += papers.len() as i64;
                count[1] += papers.iter().filter(|p| p.reused.is_some()).count() as i64;
                return;
            }
            _ => return,
        };
        if let Some(owner) = after.owner {
            let row: [Value; 4] = [
                value::id(owner.0),
                value::id(after.id.0),
                paper.into(),
                value::micros(recorded.at).into(),
            ];
            self.rows.extend(row);
        }
    }

    /// Writes it; nothing in most groups.
    pub async fn write(self, tx: &mut crate::db::Tx) -> Result<()> {
        let mut counts: Vec<Value> = Vec::new();
        for ((month, agency), [papers, reused]) in self.counts {
            counts.extend([month.into(), agency.into(), papers.into(), reused.into()]);
        }
        KEEP.run(tx, self.rows).await?;
        COUNT.run(tx, counts).await
    }
}

impl Store {
    /// What a citizen keeps, the latest first, at most a hundred.
    ///
    /// # Errors
    /// What the database says.
    pub async fn kept_papers(&self, owner: AccountId) -> Result<Vec<KeptRow>> {
        let rows: Vec<Row> = self.db().all(sql(OF_OWNER, [value::id(owner.0)])).await?;
        rows.into_iter().map(Row::kept).collect()
    }

    /// One of them; none when it is somebody else's.
    ///
    /// # Errors
    /// What the database says.
    pub async fn kept_paper(&self, owner: AccountId, dossier: DossierId, paper: Option<FileHash>) -> Result<Option<KeptRow>> {
        let hash = paper.map_or_else(Vec::new, |p| p.0.to_vec());
        let found: Option<Row> = self
            .db()
            .one(sql(ONE, [value::id(owner.0), value::id(dossier.0), hash.into()]))
            .await?;
        found.map(Row::kept).transpose()
    }

    /// Papers of new dossiers, and how many of them were used again, by agency; both months included.
    ///
    /// # Errors
    /// What the database says.
    pub async fn paper_use(&self, from: Month, to: Month) -> Result<Vec<PaperUse>> {
        self.db().all(sql(USE, [from.into(), to.into()])).await
    }
}
