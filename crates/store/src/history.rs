//! Figures of earlier years, brought in from files: what was counted elsewhere, marked as such, never mixed into the
//! counts of our own dossiers. An import is kept whole; one that corrects a year replaces the earlier, which stays readable.

use crate::db::{Result, Stmt, sql, transact};
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use jiff::Timestamp;
use uuid::Uuid;

statements! {
    ADD = "insert into history_import (id, name, source, hash, by_name, at) values ($1, $2, $3, $4, $5, $6)";
    ADD_FIGURE = "insert into history_figure (import, line, year, month, agency, field, procedure, channel, level, n, replaced) \
                  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)";
    HOLDS = "select count(*) from history_import i where i.hash = $1 \
             and not exists (select 1 from history_figure f where f.import = i.id and f.replaced <> 0)";
    REPLACE = "update history_figure set replaced = $2 where replaced = 0 and year = $1";
    IMPORTS = "select i.id, i.name, i.source, i.by_name, i.at, count(f.line) as lines, \
               cast(coalesce(sum(case when f.replaced = 0 then 1 else 0 end), 0) as bigint) as held \
               from history_import i left join history_figure f on f.import = i.id \
               group by i.id, i.name, i.source, i.by_name, i.at order by i.at desc, i.id desc limit 100";
    YEARS = "select f.year, f.channel, f.level, cast(sum(f.n) as bigint) as n, min(i.source) as source \
             from history_figure f join history_import i on i.id = f.import where f.replaced = 0 \
             group by f.year, f.channel, f.level order by f.year, f.channel, f.level";
}

/// One line of a file of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Line of the file, the heading being the first.
    pub line: i64,
    /// Year.
    pub year: i64,
    /// Month 1–12; 0 for the whole year.
    pub month: i64,
    /// Code of the agency; empty for the province.
    pub agency: String,
    /// Field; empty for all.
    pub field: String,
    /// Code of the procedure; empty for all.
    pub procedure: String,
    /// `online`, `post` or `counter`.
    pub channel: String,
    /// 3 or 4; 0 where it is not said.
    pub level: i64,
    /// How many dossiers.
    pub n: i64,
}

/// A file that is brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewImport {
    /// Identifier.
    pub id: Uuid,
    /// Name of the file.
    pub name: String,
    /// Where its figures are from, in words.
    pub source: String,
    /// SHA-256 of the file.
    pub hash: [u8; 32],
    /// Who brings it in, as shown.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A file that was brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryImport {
    /// Name of the file.
    pub name: String,
    /// Where its figures are from, in words.
    pub source: String,
    /// Who brought it in.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// How many lines it has.
    pub lines: i64,
    /// How many of them still hold; the others were replaced by a later file.
    pub held: i64,
}

row! {
    /// The figures of a year that were brought in, by channel and level.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct YearFigure {
        /// Year.
        pub year: i64,
        /// `online`, `post` or `counter`.
        pub channel: String,
        /// 3 or 4; 0 where it is not said.
        pub level: i64,
        /// How many dossiers.
        pub n: i64,
        /// Where from.
        pub source: String,
    }
}

row! {
    struct ImportRow {
        name: String,
        source: String,
        by_name: String,
        at: i64,
        lines: i64,
        held: i64,
    }
}

impl Store {
    /// Keeps a file of figures, whole or not at all; what was held of its years before is replaced. Answers whether
    /// anything changed: a file that holds already, brought in once more, changes nothing.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_history(&self, import: &NewImport, figures: &[Figure]) -> Result<bool> {
        let years: std::collections::BTreeSet<i64> = figures.iter().map(|f| f.year).collect();
        transact!(self.db(), "add_history", |tx| {
            let holds: Vec<(i64,)> = tx.all(sql(HOLDS, [import.hash.to_vec().into()])).await?;
            if holds.first().is_some_and(|h| h.0 > 0) {
                return Ok(false);
            }
            for year in &years {
                tx.run(sql(REPLACE, [(*year).into(), value::micros(import.at).into()]))
                    .await?;
            }
            tx.run(add(import)).await?;
            for figure in figures {
                tx.run(add_figure(import, figure)).await?;
            }
            Ok(true)
        })
    }

    /// The files that were brought in, the latest first; at most a hundred.
    ///
    /// # Errors
    /// What the database says.
    pub async fn history_imports(&self) -> Result<Vec<HistoryImport>> {
        let rows: Vec<ImportRow> = self.db().all(sql(IMPORTS, [])).await?;
        let read = |r: ImportRow| {
            Ok(HistoryImport {
                name: r.name,
                source: r.source,
                by: r.by_name,
                at: value::time(r.at)?,
                lines: r.lines,
                held: r.held,
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// What the imports say of each year, by channel and level.
    ///
    /// # Errors
    /// What the database says.
    pub async fn history_by_year(&self) -> Result<Vec<YearFigure>> {
        self.db().all(sql(YEARS, [])).await
    }
}

fn add(import: &NewImport) -> Stmt {
    sql(
        ADD,
        [
            value::id(import.id),
            import.name.clone().into(),
            import.source.clone().into(),
            import.hash.to_vec().into(),
            import.by.clone().into(),
            value::micros(import.at).into(),
        ],
    )
}

fn add_figure(import: &NewImport, f: &Figure) -> Stmt {
    sql(
        ADD_FIGURE,
        [
            value::id(import.id),
            f.line.into(),
            f.year.into(),
            f.month.into(),
            f.agency.clone().into(),
            f.field.clone().into(),
            f.procedure.clone().into(),
            f.channel.clone().into(),
            f.level.into(),
            f.n.into(),
        ],
    )
}
