//! A fresh store for one test.

use motcua_store::{Db, Store};
use tempfile::TempDir;

pub struct Engine {
    store: Store,
    _folder: TempDir,
}

impl Engine {
    pub fn store(&self) -> &Store {
        &self.store
    }

    pub async fn close(self) {
        self.store.close().await;
    }
}

async fn open(url: &str, folder: TempDir) -> Engine {
    Engine {
        store: Store::open(url, &folder.path().join("files")).await.unwrap(),
        _folder: folder,
    }
}

pub async fn sqlite() -> Engine {
    let folder = TempDir::new().unwrap();
    let url = format!("sqlite:{}", folder.path().join("test.db").display());
    open(&url, folder).await
}

/// A database of its own on the server of the tests.
pub async fn postgres() -> Option<Engine> {
    let server = std::env::var("TEST_POSTGRES_URL").ok()?;
    let folder = TempDir::new().unwrap();
    let name = format!(
        "t{}",
        folder
            .path()
            .file_name()
            .unwrap()
            .to_string_lossy()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect::<String>()
            + &std::process::id().to_string()
    );
    let db = Db::open(&server).await.unwrap();
    let Db::Postgres { pool, .. } = &db else {
        return None;
    };
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("create database {name}")))
        .execute(pool)
        .await
        .unwrap();
    db.close().await;
    let (base, _) = server.rsplit_once('/').unwrap();
    Some(open(&format!("{base}/{name}"), folder).await)
}
