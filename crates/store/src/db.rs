//! One door to two engines: every statement goes through [`Db`] or [`Tx`].
//!
//! The set of engines is closed, so it is an enum. This file and [`crate::migrate`] are the only ones that know which
//! engine is there.

use crate::many::Text;
use crate::readers::{self, Readers};
use sea_query::{PostgresQueryBuilder, QueryStatementWriter, SqliteQueryBuilder, Value, Values};
use sea_query_sqlx::SqlxValues;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgRow};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection, FromRow, PgPool, Postgres, SqlSafeStr, SqlStr, Sqlite, SqlitePool, Transaction};
use std::time::Duration;

/// Why the store could not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another writer was first; load and decide again.
    #[error("another writer was first")]
    Conflict,
    /// The database cannot be reached or is full right now.
    #[error("the database is not available")]
    Unavailable(#[source] sqlx::Error),
    /// Anything else the database says.
    #[error("the database refused a statement")]
    Sql(#[source] sqlx::Error),
    /// What is stored cannot be read: damage, or a version newer than this program.
    #[error("what is stored as {what} cannot be read: {value}")]
    Inconsistent {
        /// Which column or table.
        what: &'static str,
        /// What stands there.
        value: String,
    },
    /// The folder of files.
    #[error("the folder of files")]
    File(#[from] std::io::Error),
    /// The writer has stopped: the program is going down.
    #[error("the program is going down")]
    Closing,
}

impl StoreError {
    pub(crate) fn inconsistent(what: &'static str, value: impl Into<String>) -> Self {
        Self::Inconsistent {
            what,
            value: value.into(),
        }
    }

    /// Whether trying again later may help.
    #[must_use]
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Unavailable(_) | Self::Closing => true,
            Self::File(e) => e.kind() == std::io::ErrorKind::StorageFull,
            _ => false,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(e: sqlx::Error) -> Self {
        use sqlx::Error as E;
        match &e {
            E::Database(d) if d.is_unique_violation() => Self::Conflict,
            // 40001: serialisation failure; 40P01: deadlock found by PostgreSQL.
            E::Database(d) if matches!(d.code().as_deref(), Some("40001" | "40P01")) => Self::Conflict,
            // SQLite: busy, full, disk error; PostgreSQL: class 08, 53 and 57.
            E::Database(d)
                if d.code().is_some_and(|c| {
                    matches!(&*c, "5" | "13" | "10") || c.starts_with("08") || c.starts_with("53") || c.starts_with("57P")
                }) =>
            {
                Self::Unavailable(e)
            }
            E::Io(_) | E::PoolTimedOut | E::PoolClosed | E::WorkerCrashed | E::Tls(_) => Self::Unavailable(e),
            _ => Self::Sql(e),
        }
    }
}

/// Readers on SQLite: as many as work side by side on a small machine; a read takes microseconds.
const SQLITE_READERS: u32 = 4;
/// Connections to PostgreSQL.
const POSTGRES_CONNECTIONS: u32 = 14;
/// Those of them that pages read with; the others write.
const POSTGRES_READERS: u32 = 8;

/// What the store answers.
pub type Result<T> = std::result::Result<T, StoreError>;

/// A row type readable from both engines; `row!` (`row.rs`) gives it for free.
pub trait Record: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T> Record for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// The database.
#[derive(Clone, Debug)]
pub enum Db {
    /// Embedded: one connection for writes, several for reads (WAL).
    Sqlite {
        /// The only writer.
        write: SqlitePool,
        /// Readers, which never wait for it.
        read: Readers<Sqlite>,
    },
    /// PostgreSQL or an engine that speaks its protocol.
    Postgres {
        /// All connections.
        pool: PgPool,
        /// Those of them that read.
        read: Readers<Postgres>,
    },
}

/// A transaction.
pub enum Tx {
    /// On SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

/// A statement: text written once, or built for the engine at hand.
pub enum Stmt {
    /// Text with its values.
    Text(&'static str, Values),
    /// Text made once by us from constant parts (rows of `values`), with its values.
    Made(Text, Values),
    /// A list with optional filters.
    Built(Box<dyn Build>),
}

/// A sea-query statement that knows how to write itself for either engine.
pub trait Build: Send {
    /// For SQLite.
    fn sqlite(&self) -> (String, Values);
    /// For PostgreSQL.
    fn postgres(&self) -> (String, Values);
}

impl<S: QueryStatementWriter + Send> Build for S {
    fn sqlite(&self) -> (String, Values) {
        self.build(SqliteQueryBuilder)
    }
    fn postgres(&self) -> (String, Values) {
        self.build(PostgresQueryBuilder)
    }
}

/// A statement of constant text.
pub fn sql<const N: usize>(text: &'static str, values: [Value; N]) -> Stmt {
    Stmt::Text(text, Values(values.into()))
}

/// A list with optional filters.
pub fn built(statement: impl Build + 'static) -> Stmt {
    Stmt::Built(Box::new(statement))
}

impl Stmt {
    fn sqlite(self) -> (SqlStr, SqlxValues) {
        let (text, values) = match self {
            Self::Text(t, v) => (t.into_sql_str(), v),
            Self::Made(t, v) => (AssertSqlSafe(t.sqlite).into_sql_str(), v),
            Self::Built(b) => {
                let (text, values) = b.sqlite();
                (AssertSqlSafe(text).into_sql_str(), values)
            }
        };
        (text, SqlxValues(values))
    }

    fn postgres(self) -> (SqlStr, SqlxValues) {
        let (text, values) = match self {
            Self::Text(t, v) => (t.into_sql_str(), v),
            Self::Made(t, v) => (AssertSqlSafe(t.postgres).into_sql_str(), v),
            Self::Built(b) => {
                let (text, values) = b.postgres();
                (AssertSqlSafe(text).into_sql_str(), values)
            }
        };
        (text, SqlxValues(values))
    }
}

impl Db {
    /// Opens `sqlite:PATH` or `postgres://…`.
    ///
    /// # Errors
    /// When the file cannot be opened or the server cannot be reached.
    pub async fn open(url: &str) -> Result<Self> {
        if url.starts_with("postgres") {
            let options: PgConnectOptions = url.parse()?;
            let pool = PgPoolOptions::new()
                .max_connections(POSTGRES_CONNECTIONS)
                .acquire_timeout(readers::PATIENCE)
                // One that was used a moment ago is not asked whether it lives.
                .test_before_acquire(false)
                .before_acquire(|c, meta| {
                    Box::pin(async move {
                        if meta.idle_for > readers::RESTED {
                            c.ping().await?;
                        }
                        Ok(true)
                    })
                })
                .connect_with(options)
                .await?;
            let read = Readers::new(pool.clone(), POSTGRES_READERS);
            return Ok(Self::Postgres { pool, read });
        }
        let options = url
            .parse::<SqliteConnectOptions>()?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // An acknowledged dossier must survive a power cut; the writer wins the speed back by group commit.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .pragma("cache_size", "-16000")
            .pragma("temp_store", "memory")
            .statement_cache_capacity(200);
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone())
            .await?;
        let read = SqlitePoolOptions::new()
            .max_connections(SQLITE_READERS)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_with(options.read_only(true).pragma("query_only", "true"))
            .await?;
        let read = Readers::new(read, SQLITE_READERS);
        Ok(Self::Sqlite { write, read })
    }

    /// The engine's name, for messages.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "SQLite",
            Self::Postgres { .. } => "PostgreSQL",
        }
    }

    /// Closes every connection.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres { pool, read } => {
                read.close().await;
                pool.close().await;
            }
        }
    }

    /// Reads rows.
    ///
    /// # Errors
    /// What the database says.
    pub async fn all<T: Record>(&self, statement: Stmt) -> Result<Vec<T>> {
        Ok(match self {
            Self::Sqlite { read, .. } => {
                let (text, values) = statement.sqlite();
                let mut reader = read.take().await?;
                let found = sqlx::query_as_with(text, values).fetch_all(&mut *reader).await?;
                reader.keep();
                found
            }
            Self::Postgres { read, .. } => {
                let (text, values) = statement.postgres();
                let mut reader = read.take().await?;
                let found = sqlx::query_as_with(text, values).fetch_all(&mut *reader).await?;
                reader.keep();
                found
            }
        })
    }

    /// Reads at most one row.
    ///
    /// # Errors
    /// What the database says.
    pub async fn one<T: Record>(&self, statement: Stmt) -> Result<Option<T>> {
        Ok(match self {
            Self::Sqlite { read, .. } => {
                let (text, values) = statement.sqlite();
                let mut reader = read.take().await?;
                let found = sqlx::query_as_with(text, values).fetch_optional(&mut *reader).await?;
                reader.keep();
                found
            }
            Self::Postgres { read, .. } => {
                let (text, values) = statement.postgres();
                let mut reader = read.take().await?;
                let found = sqlx::query_as_with(text, values).fetch_optional(&mut *reader).await?;
                reader.keep();
                found
            }
        })
    }

    /// Writes one statement in a transaction of its own; returns how many rows changed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn run(&self, statement: Stmt) -> Result<u64> {
        Ok(match self {
            Self::Sqlite { write, .. } => {
                let (text, values) = statement.sqlite();
                sqlx::query_with(text, values).execute(write).await?.rows_affected()
            }
            Self::Postgres { pool, .. } => {
                let (text, values) = statement.postgres();
                sqlx::query_with(text, values).execute(pool).await?.rows_affected()
            }
        })
    }

    /// Opens a transaction, for [`transact`] and the writer only.
    #[expect(clippy::disallowed_methods, reason = "the one place where a transaction is opened")]
    pub(crate) async fn begin(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres { pool, .. } => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Asks the engine to check a statement without running it.
    ///
    /// # Errors
    /// When a table or a column is unknown, or the text is wrong.
    pub async fn prepare(&self, text: impl SqlSafeStr) -> Result<()> {
        use sqlx::Executor;
        let text = text.into_sql_str();
        match self {
            Self::Sqlite { write, .. } => {
                write.acquire().await?.prepare(text).await?;
            }
            Self::Postgres { pool, .. } => {
                pool.acquire().await?.prepare(text).await?;
            }
        }
        Ok(())
    }
}

impl Tx {
    /// Writes; returns how many rows changed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn run(&mut self, statement: Stmt) -> Result<u64> {
        Ok(match self {
            Self::Sqlite(c) => {
                let (text, values) = statement.sqlite();
                sqlx::query_with(text, values).execute(&mut **c).await?.rows_affected()
            }
            Self::Postgres(c) => {
                let (text, values) = statement.postgres();
                sqlx::query_with(text, values).execute(&mut **c).await?.rows_affected()
            }
        })
    }

    /// Reads rows inside the transaction.
    ///
    /// # Errors
    /// What the database says.
    pub async fn all<T: Record>(&mut self, statement: Stmt) -> Result<Vec<T>> {
        Ok(match self {
            Self::Sqlite(c) => {
                let (text, values) = statement.sqlite();
                sqlx::query_as_with(text, values).fetch_all(&mut **c).await?
            }
            Self::Postgres(c) => {
                let (text, values) = statement.postgres();
                sqlx::query_as_with(text, values).fetch_all(&mut **c).await?
            }
        })
    }

    /// Whether rows can be locked (`for update skip locked`); on SQLite the file is.
    #[must_use]
    pub fn locks_rows(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// Commits what went well and rolls back what did not.
    pub(crate) async fn end<T>(self, done: Result<T>) -> Result<T> {
        match done {
            Ok(value) => self.commit().await.map(|()| value),
            Err(e) => {
                self.rollback().await;
                Err(e)
            }
        }
    }

    async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(c) => c.commit().await?,
            Self::Postgres(c) => c.commit().await?,
        }
        Ok(())
    }

    async fn rollback(self) {
        let done = match self {
            Self::Sqlite(c) => c.rollback().await,
            Self::Postgres(c) => c.rollback().await,
        };
        if let Err(error) = done {
            tracing::warn!(%error, "a transaction could not be rolled back; the connection is dropped");
        }
    }
}

/// Runs a body in one transaction, again when another transaction was in its way, at most five times. The name says in
/// the log which work it was. A macro, because a closure over borrowed values whose future is `Send` cannot be named.
macro_rules! transact {
    ($db:expr, $name:literal, |$tx:ident| $body:expr) => {{
        let mut attempt = 0u32;
        loop {
            attempt += 1;
            let mut tx = $db.begin().await?;
            let done = {
                let $tx = &mut tx;
                async { $body }.await
            };
            match tx.end(done).await {
                Err($crate::StoreError::Conflict) if attempt < 5 => {
                    tracing::debug!(name = $name, attempt, "transaction tried again");
                }
                done => break done,
            }
        }
    }};
}
pub(crate) use transact;
