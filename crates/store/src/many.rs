//! One statement over many rows. Each statement is a journey to the database and back, so a group of changes goes in few;
//! and only groups of some sizes are made, so that few texts are ever prepared. Each text is made once.

use crate::db::{Record, Result, Stmt, Tx};
use sea_query::{Value, Values};
use std::fmt::Write;
use std::sync::{Arc, OnceLock};

/// Sizes of the groups of rows that one statement takes.
const SIZES: [usize; 7] = [64, 32, 16, 8, 4, 2, 1];

/// A statement that takes any number of rows of `columns` values between `head` and `tail`.
pub(crate) struct Many {
    head: &'static str,
    columns: usize,
    /// Whether each row stands in brackets of its own, as after `values`, or bare, as in a list of one column.
    rows: bool,
    tail: &'static str,
    texts: [OnceLock<Text>; SIZES.len()],
}

/// The text of a statement over many rows. The places of its values stand in the order of the values, so SQLite is told
/// them as `?`: numbered ones it finds by searching its list of names, for each value from the beginning.
#[derive(Clone)]
pub struct Text {
    /// With `?`.
    pub(crate) sqlite: Arc<str>,
    /// With `$1`, `$2`, ….
    pub(crate) postgres: Arc<str>,
}

impl Many {
    /// `head (…),(…) tail`
    pub(crate) const fn rows(head: &'static str, columns: usize, tail: &'static str) -> Self {
        Self::new(head, columns, true, tail)
    }

    /// `head …,… tail`
    pub(crate) const fn list(head: &'static str, tail: &'static str) -> Self {
        Self::new(head, 1, false, tail)
    }

    const fn new(head: &'static str, columns: usize, rows: bool, tail: &'static str) -> Self {
        Self {
            head,
            columns,
            rows,
            tail,
            texts: [const { OnceLock::new() }; SIZES.len()],
        }
    }

    fn text(&self, size: usize) -> Text {
        self.texts[size]
            .get_or_init(|| Text {
                sqlite: self.made(SIZES[size], false),
                postgres: self.made(SIZES[size], true),
            })
            .clone()
    }

    fn made(&self, rows: usize, numbered: bool) -> Arc<str> {
        let mut text = self.head.to_owned();
        for row in 0..rows {
            text.push_str(if row == 0 { "" } else { "," });
            text.push_str(if self.rows { "(" } else { "" });
            for column in 1..=self.columns {
                text.push_str(if column == 1 { "" } else { "," });
                if numbered {
                    let _ = write!(text, "${}", row * self.columns + column);
                } else {
                    text.push('?');
                }
            }
            text.push_str(if self.rows { ")" } else { "" });
        }
        text.push_str(self.tail);
        text.into()
    }

    /// The text for one row, for the test that prepares every statement.
    pub(crate) fn example(&self) -> Arc<str> {
        self.text(SIZES.len() - 1).postgres
    }

    /// The statements that take these values, row after row.
    pub(crate) fn statements(&self, values: Vec<Value>) -> impl Iterator<Item = Stmt> {
        let mut left = values.len() / self.columns;
        let mut values = values.into_iter();
        std::iter::from_fn(move || {
            let size = SIZES.iter().position(|n| *n <= left)?;
            left -= SIZES[size];
            let taken = values.by_ref().take(SIZES[size] * self.columns).collect();
            Some(Stmt::Made(self.text(size), Values(taken)))
        })
    }

    /// Runs them.
    pub(crate) async fn run(&self, tx: &mut Tx, values: Vec<Value>) -> Result<()> {
        for statement in self.statements(values) {
            tx.run(statement).await?;
        }
        Ok(())
    }

    /// Runs them and answers what they return.
    pub(crate) async fn all<T: Record>(&self, tx: &mut Tx, values: Vec<Value>) -> Result<Vec<T>> {
        let mut found = Vec::new();
        for statement in self.statements(values) {
            found.extend(tx.all::<T>(statement).await?);
        }
        Ok(found)
    }
}
