//! Every static statement prepares on both engines: an unknown column fails here, not in front of a person.

use crate::on_every_engine;
use motcua_store::{Store, statement};

async fn every_statement_prepares(store: &Store) {
    for (module, name, text) in statement::all() {
        if let Err(e) = store.db().prepare(text).await {
            panic!("{module}::{name}: {e:?}");
        }
    }
    for text in statement::many() {
        if let Err(e) = store.db().prepare(sqlx::AssertSqlSafe(text.clone())).await {
            panic!("{text}: {e:?}");
        }
    }
}

on_every_engine!(every_statement_prepares);
