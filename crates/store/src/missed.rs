//! What people searched for and did not find: folded words, how often, and the last day; nothing about who asked.

use crate::Store;
use crate::db::{Result, sql, transact};
use crate::row::row;
use crate::statement::statements;

statements! {
    // The list is bounded: beyond 2,000 entries only known words are counted on.
    ADD = "insert into search_missed (words, n, last_day) \
           select cast($1 as text), cast($2 as bigint), cast($3 as text) where (select count(*) from search_missed) < 2000 or exists (select 1 from search_missed where words = $1) \
           on conflict (words) do update set n = search_missed.n + excluded.n, last_day = excluded.last_day";
    OFTEN = "select words, n, last_day from search_missed order by n desc, words desc limit $1";
    FORGET = "delete from search_missed where words = $1";
}

row! {
    /// Words that found nothing.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Missed {
        /// The words, folded.
        pub words: String,
        /// How often.
        pub n: i64,
        /// The last day, `YYYY-MM-DD`.
        pub last_day: String,
    }
}

impl Store {
    /// Counts searches that found nothing.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_missed(&self, missed: &[Missed]) -> Result<()> {
        transact!(self.db(), "add missed searches", |tx| {
            for m in missed {
                let values = [m.words.clone().into(), m.n.into(), m.last_day.clone().into()];
                tx.run(sql(ADD, values)).await?;
            }
            Ok(())
        })
    }

    /// The words that were missed most often.
    ///
    /// # Errors
    /// What the database says.
    pub async fn missed_often(&self, limit: u32) -> Result<Vec<Missed>> {
        self.db().all(sql(OFTEN, [i64::from(limit).into()])).await
    }

    /// Takes words off the list: a service answers to them now, or none ever will.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_missed(&self, words: &str) -> Result<()> {
        self.db().run(sql(FORGET, [words.into()])).await.map(drop)
    }
}
