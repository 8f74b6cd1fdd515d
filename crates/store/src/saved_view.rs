//! Views of the inbox that an officer named: her own filters under a word of hers.

use crate::db::{Result, sql};
use crate::row::row;
use crate::statement::statements;
use crate::{Store, value};
use motcua_model::id::AccountId;

statements! {
    LIST = "select name, query from saved_view where account = $1 order by name limit 50";
    SAVE = "insert into saved_view (account, name, query) values ($1, $2, $3) \
            on conflict (account, name) do update set query = excluded.query";
    DROP = "delete from saved_view where account = $1 and name = $2";
}

row! {
    /// A view of the inbox under a name.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct SavedView {
        /// What the officer calls it.
        pub name: String,
        /// The filters as they stand in the address.
        pub query: String,
    }
}

impl Store {
    /// The views of an officer, by name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn saved_views(&self, account: AccountId) -> Result<Vec<SavedView>> {
        self.db().all(sql(LIST, [value::id(account.0)])).await
    }

    /// Keeps a view; one of the same name is replaced.
    ///
    /// # Errors
    /// What the database says.
    pub async fn save_view(&self, account: AccountId, view: &SavedView) -> Result<()> {
        let values = [value::id(account.0), view.name.clone().into(), view.query.clone().into()];
        self.db().run(sql(SAVE, values)).await.map(drop)
    }

    /// Forgets a view.
    ///
    /// # Errors
    /// What the database says.
    pub async fn drop_view(&self, account: AccountId, name: &str) -> Result<()> {
        self.db().run(sql(DROP, [value::id(account.0), name.into()])).await.map(drop)
    }
}
