//! Everything durable: journal, dossiers, accounts, sessions, outbox, files.
//!
//! One text of SQL on two engines, see [`db`]. To add a read model: a pair of migrations with the same number and
//! name, a file named for the noun with its statements declared by `statements!`, and its list in [`statement::all`],
//! so that the test which prepares every statement on both engines knows them.
//!
//! Invariants: only the `transact!` macro and the writer open a transaction; a dossier changes only through
//! [`Store::commit`], which appends to its journal; there is no global sequence; times are microseconds since 1970.

pub mod account;
pub mod answer_sheet;
pub mod asking;
pub mod assignment;
pub mod bag;
pub mod bank_notice;
pub mod bank_statement;
pub mod campaign;
pub mod clock_decision;
pub mod consent;
pub mod custody;
pub mod db;
pub mod desk;
pub mod directive;
pub mod dossier;
pub mod dossier_row;
pub mod draft;
mod effect;
pub mod feedback;
pub mod figure;
pub mod file;
pub mod funnel;
pub mod hand_over;
pub mod history;
pub mod intake;
pub mod job;
mod journal;
pub mod kept_paper;
pub mod ledger;
pub mod mandate;
mod many;
pub mod message;
mod migrate;
pub mod missed;
pub mod office_count;
pub mod opinion;
pub mod order;
pub mod parcel;
pub mod preference;
pub mod publication;
pub mod rating;
mod readers;
pub mod refund;
pub mod register;
pub mod register_page;
pub mod remark;
pub mod report;
pub mod result_file;
pub mod round;
mod row;
pub mod saved_view;
pub mod seal;
pub mod search;
pub mod session;
pub mod stand_in;
pub mod statement;
pub mod stranded;
pub mod talk;
pub mod till;
pub mod track_pin;
mod value;
mod writer;

pub use db::{Db, StoreError};
pub use dossier::Loaded;
pub use effect::Effect;
pub use file::Files;
pub use writer::{Change, NewJob};

use std::path::Path;

/// The store of one province: a database and a folder of files.
#[derive(Clone, Debug)]
pub struct Store {
    db: Db,
    files: Files,
    writer: writer::Writer,
}

impl Store {
    /// Opens the database at `url` (`sqlite:PATH` or `postgres://…`), brings its tables up to date, and opens the
    /// folder of files.
    ///
    /// # Errors
    /// When the database cannot be reached or the folder cannot be made.
    pub async fn open(url: &str, files: &Path) -> Result<Self, StoreError> {
        let db = Db::open(url).await?;
        migrate::run(&db).await?;
        Ok(Self {
            writer: writer::Writer::start(db.clone()),
            files: Files::open(files).await?,
            db,
        })
    }

    /// The database.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// The files.
    #[must_use]
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// Commits one change durably; returns when it is on disk.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the dossier changed meanwhile: load again and decide again.
    pub async fn commit(&self, change: Change) -> Result<motcua_model::dossier::Dossier, StoreError> {
        self.writer.commit(change).await
    }

    /// Whether changes wait to be written, so that what is not urgent can give way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.writer.is_busy()
    }

    /// Waits until every change given to [`Store::commit`] is written, then closes the connections.
    pub async fn close(&self) {
        self.writer.drain().await;
        self.db.close().await;
    }
}
