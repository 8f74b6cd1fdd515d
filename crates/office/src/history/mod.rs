//! Earlier years on the board: totals and registers kept before this program was there, brought in from a table, marked
//! as brought in, beside the years that were counted here.

mod read;

pub use read::{COLUMNS, LineProblem, Wrong};

use crate::Office;
use crate::adoption::Intake;
use crate::error::{OfficeError, Result};
use motcua_model::actor::{Actor, Role};
use motcua_model::dossier::Refusal;
use motcua_store::history::{HistoryImport, NewImport};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Largest file, in bytes.
pub const FILE_MAX: u64 = 10 * 1024 * 1024;
/// The article's figures of 2018, which a demo shows from the first day.
const ARTICLE: &str = include_str!("../../../../catalogue/history/2018.tsv");

/// Why a table was not taken.
#[derive(Debug)]
pub enum ImportError {
    /// What is wrong with the file, line by line; nothing was taken.
    Problems(Vec<LineProblem>),
    /// Anything else.
    Office(OfficeError),
}

impl<E: Into<OfficeError>> From<E> for ImportError {
    fn from(e: E) -> Self {
        Self::Office(e.into())
    }
}

/// One year of the province.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Year {
    /// Which.
    pub year: i64,
    /// How many dossiers, which way.
    pub intake: Intake,
    /// Where the figures were brought in from; none for a year counted here.
    pub source: Option<String>,
}

impl Office {
    /// Takes a table of earlier years' figures. Answers how many lines were taken, none for a file that holds already.
    ///
    /// # Errors
    /// [`ImportError::Problems`] with every line that is wrong; [`Refusal::NotPermitted`] for who is not the province's
    /// monitor; [`Refusal::ReasonMissing`] without a source.
    pub async fn import_history(
        &self,
        actor: &Actor,
        name: &str,
        source: &str,
        bytes: &[u8],
    ) -> std::result::Result<Option<usize>, ImportError> {
        if actor.role != Role::Monitor {
            return Err(Refusal::NotPermitted.into());
        }
        if source.trim().is_empty() {
            return Err(Refusal::ReasonMissing.into());
        }
        self.take_history(&actor.name, name, source, bytes).await
    }

    async fn take_history(
        &self,
        by: &str,
        name: &str,
        source: &str,
        bytes: &[u8],
    ) -> std::result::Result<Option<usize>, ImportError> {
        let figures = read::read(bytes, self.catalogue()).map_err(ImportError::Problems)?;
        let short = |text: &str, max: usize| text.trim().chars().filter(|c| !c.is_control()).take(max).collect();
        let import = NewImport {
            id: self.new_job_id().0,
            name: short(name, 200),
            source: short(source, 500),
            hash: Sha256::digest(bytes).into(),
            by: by.to_owned(),
            at: self.now(),
        };
        let changed = self.store().add_history(&import, &figures).await?;
        Ok(changed.then_some(figures.len()))
    }

    /// The province year by year: what was brought in, and what was counted here. A year that has both is what was
    /// counted here added to what was brought in, which says so by its source.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] for who is neither monitor nor leader.
    pub async fn years(&self, actor: &Actor) -> Result<Vec<Year>> {
        watches(actor)?;
        let mut years: BTreeMap<i64, Year> = BTreeMap::new();
        let empty = |year| Year {
            year,
            intake: Intake::default(),
            source: None,
        };
        for f in self.store().history_by_year().await? {
            let year = years.entry(f.year).or_insert_with(|| empty(f.year));
            year.intake.add(&f.channel, f.level, f.n);
            year.source = Some(f.source);
        }
        for (month, counts) in self.intake_by_month(0, 999_912).await? {
            let number = month / 100;
            let year = years.entry(number).or_insert_with(|| empty(number));
            year.intake.plus(Intake::of(&counts));
        }
        Ok(years.into_values().collect())
    }

    /// The files that were brought in, the latest first.
    ///
    /// # Errors
    /// As [`Office::years`].
    pub async fn history_imports(&self, actor: &Actor) -> Result<Vec<HistoryImport>> {
        watches(actor)?;
        Ok(self.store().history_imports().await?)
    }

    /// The article's figures, for a demo.
    ///
    /// # Errors
    /// The store.
    pub(crate) async fn ensure_demo_history(&self) -> Result<()> {
        let source = "Bài báo tháng 3/2020 về dịch vụ công trực tuyến của tỉnh Thái Nguyên";
        match self.take_history("", "2018.tsv", source, ARTICLE.as_bytes()).await {
            Ok(_) => Ok(()),
            Err(ImportError::Office(e)) => Err(e),
            Err(ImportError::Problems(p)) => Err(OfficeError::Internal(format!("the figures of 2018: {p:?}"))),
        }
    }
}

fn watches(actor: &Actor) -> Result<()> {
    if matches!(actor.role, Role::Monitor | Role::Leader) {
        Ok(())
    } else {
        Err(Refusal::NotPermitted.into())
    }
}
