//! One suite over both engines: SQLite always, PostgreSQL where `TEST_POSTGRES_URL` names a server.

#![expect(clippy::unwrap_used, reason = "a test that fails says where")]

mod custody;
mod engine;
mod journal;
mod opinion;
mod outbox;
mod round;
mod schema;
mod seal;
mod search;
mod statement;

/// Makes each async function a test on every engine.
macro_rules! on_every_engine {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let engine = crate::engine::sqlite().await;
                super::$name(engine.store()).await;
                engine.close().await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                if let Some(engine) = crate::engine::postgres().await {
                    super::$name(engine.store()).await;
                    engine.close().await;
                }
            })*
        }
    };
}
pub(crate) use on_every_engine;
