//! Connections to read with, kept at hand.
//!
//! sqlx's pool asks a connection whether it lives when it is given back (and, on PostgreSQL, when it is taken): two journeys
//! more for the one that a page needs. So those that did their work well stay here; one that erred, or was left in the
//! middle, goes back to the pool, which looks at it.

use crate::db::Result;
use sqlx::pool::PoolConnection;
use sqlx::{Connection, Database, Pool};
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{Semaphore, SemaphorePermit};

/// How long somebody waits for a connection before she is told that the database is not available.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);
/// A connection that was used within this time is taken to be alive.
pub(crate) const RESTED: Duration = Duration::from_secs(1);

/// Readers of one database. Cheap to clone.
#[derive(Debug)]
pub struct Readers<D: Database> {
    inner: Arc<Inner<D>>,
}

#[derive(Debug)]
struct Inner<D: Database> {
    pool: Pool<D>,
    /// The one used last is taken first: under little work the others may fall asleep.
    idle: Mutex<Vec<(PoolConnection<D>, Instant)>>,
    free: Semaphore,
}

impl<D: Database> Clone for Readers<D> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
        }
    }
}

impl<D: Database> Readers<D> {
    /// At most `count` connections of `pool`.
    pub(crate) fn new(pool: Pool<D>, count: u32) -> Self {
        let inner = Inner {
            pool,
            idle: Mutex::default(),
            free: Semaphore::new(count as usize),
        };
        Self { inner: Arc::new(inner) }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<(PoolConnection<D>, Instant)>> {
        self.inner.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection that lives, as far as one can know.
    pub(crate) async fn take(&self) -> Result<Reader<'_, D>> {
        let free = match self.inner.free.try_acquire() {
            Ok(free) => free,
            Err(_) => tokio::time::timeout(PATIENCE, self.inner.free.acquire())
                .await
                .map_err(|_| sqlx::Error::PoolTimedOut)?
                .map_err(|_| sqlx::Error::PoolClosed)?,
        };
        loop {
            let kept = self.idle().pop();
            let connection = match kept {
                Some((connection, since)) if since.elapsed() < RESTED => connection,
                // One that fell over while it rested is dropped, and the next is tried.
                Some((mut connection, _)) => match connection.ping().await {
                    Ok(()) => connection,
                    Err(_) => continue,
                },
                None => self.inner.pool.acquire().await?,
            };
            return Ok(Reader {
                connection,
                readers: self,
                _free: free,
            });
        }
    }

    /// Lets every connection go. Closed first and emptied then: one that is kept meanwhile sees it, or is let go here.
    pub(crate) async fn close(&self) {
        self.inner.free.close();
        self.idle().clear();
        self.inner.pool.close().await;
    }
}

/// A connection that was taken. Dropped without [`Reader::keep`] it goes back to the pool.
pub(crate) struct Reader<'r, D: Database> {
    connection: PoolConnection<D>,
    readers: &'r Readers<D>,
    _free: SemaphorePermit<'r>,
}

impl<D: Database> Reader<'_, D> {
    /// It did its work and answered all of it: the next may have it.
    pub(crate) fn keep(self) {
        let mut idle = self.readers.idle();
        if !self.readers.inner.free.is_closed() {
            idle.push((self.connection, Instant::now()));
        }
    }
}

impl<D: Database> Deref for Reader<'_, D> {
    type Target = D::Connection;

    fn deref(&self) -> &D::Connection {
        &self.connection
    }
}

impl<D: Database> DerefMut for Reader<'_, D> {
    fn deref_mut(&mut self) -> &mut D::Connection {
        &mut self.connection
    }
}
