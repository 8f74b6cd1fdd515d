//! Brings the tables up to date: one schema statement per file, the same numbers and names for both engines.

use crate::db::{Db, Result, StoreError, sql};
use include_dir::{Dir, include_dir};
use sqlx::SqlSafeStr;

static SQLITE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/migrations/sqlite");
static POSTGRES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/migrations/postgres");

/// The migrations of an engine, in order: name and text.
pub(crate) fn files(db: &Db) -> Vec<(&'static str, &'static str)> {
    let dir = match db {
        Db::Sqlite { .. } => &SQLITE,
        Db::Postgres { .. } => &POSTGRES,
    };
    let mut files: Vec<_> = dir
        .files()
        .filter_map(|f| Some((f.path().file_stem()?.to_str()?, f.contents_utf8()?)))
        .collect();
    files.sort_unstable();
    files
}

/// Runs what is missing. Every file is repeatable (`if not exists`), so a run that was cut off is simply run again.
pub(crate) async fn run(db: &Db) -> Result<()> {
    raw(db, "create table if not exists migration (name text not null primary key)").await?;
    let done: Vec<(String,)> = db.all(sql("select name from migration", [])).await?;
    for (name, text) in files(db) {
        if !done.iter().any(|(d,)| d == name) {
            raw(db, text).await?;
            db.run(sql(
                "insert into migration (name) values ($1) on conflict (name) do nothing",
                [name.into()],
            ))
            .await?;
            tracing::info!(name, "migration done");
        }
    }
    Ok(())
}

async fn raw(db: &Db, text: &'static str) -> Result<()> {
    let done = match db {
        Db::Sqlite { write, .. } => sqlx::raw_sql(text.into_sql_str()).execute(write).await.map(drop),
        Db::Postgres { pool, .. } => sqlx::raw_sql(text.into_sql_str()).execute(pool).await.map(drop),
    };
    match done {
        // SQLite knows no `add column if not exists`: a column that is there was added by a run that was cut off.
        Err(sqlx::Error::Database(e)) if e.message().starts_with("duplicate column name") => Ok(()),
        done => done.map_err(StoreError::from),
    }
}
