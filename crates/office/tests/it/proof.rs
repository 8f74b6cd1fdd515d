//! A byte changed by hand shows: in the journal, in a row, in a file.

use crate::town::Town;
use motcua_office::verify::VerifySummary;
use sqlx::Connection;

pub async fn by_hand(town: &Town, sql: &'static str) {
    let url = format!("sqlite:{}", town.folder.path().join("motcua.db").display());
    let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let changed = sqlx::query(sqlx::SqlSafeStr::into_sql_str(sql))
        .execute(&mut connection)
        .await
        .unwrap()
        .rows_affected();
    assert_eq!(changed, 1);
}

async fn verify(town: &Town) -> VerifySummary {
    town.office.verify(|_, _| {}).await.unwrap()
}

async fn town_with_a_dossier() -> (Town, String) {
    let town = Town::new().await;
    let citizen = town.sign_in("0912345678").await;
    let dossier = town.filed(&citizen).await;
    town.office.withdraw(&citizen, dossier.id, "Đổi ý.".into()).await.unwrap();
    let whole = verify(&town).await;
    assert_eq!((whole.dossiers, whole.events, whole.files, whole.damage), (1, 2, 1, None));
    (town, dossier.code.0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_line_of_the_journal_names_its_dossier() {
    let (town, code) = town_with_a_dossier().await;
    by_hand(
        &town,
        "update event set body = replace(body, 'Đổi ý', 'Đổi Ý') where version = 2",
    )
    .await;
    let damage = verify(&town).await.damage.unwrap();
    assert_eq!(
        (damage.code, damage.what.as_str()),
        (code, "line 2 of the journal was changed")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_removed_line_shows() {
    let (town, code) = town_with_a_dossier().await;
    by_hand(&town, "delete from event where version = 2").await;
    assert_eq!(verify(&town).await.damage.unwrap().code, code);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_row_shows() {
    for sql in [
        "update dossier set state = replace(state, 'Nông Thị Hoa', 'Nông Thị Hòa')",
        "update dossier set status = 'filed'",
        "delete from dossier",
    ] {
        let (town, _) = town_with_a_dossier().await;
        by_hand(&town, sql).await;
        assert!(verify(&town).await.damage.is_some(), "{sql}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_in_any_column_of_the_row_shows() {
    let (town, _) = town_with_a_dossier().await;
    let url = format!("sqlite:{}", town.folder.path().join("motcua.db").display());
    let mut hand = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let columns: Vec<(String, String)> = sqlx::query_as("select name, lower(type) from pragma_table_info('dossier')")
        .fetch_all(&mut hand)
        .await
        .unwrap();
    let kept = "create temp table kept as select * from dossier";
    sqlx::query(kept).execute(&mut hand).await.unwrap();
    for (column, kind) in columns {
        let other = match kind.as_str() {
            "integer" => format!("{column} - 1"),
            "blob" => "x'00112233445566778899aabbccddeeff'".to_owned(),
            _ => format!("coalesce({column}, '') || 'x'"),
        };
        let changed = format!("update dossier set {column} = {other}");
        sqlx::raw_sql(sqlx::AssertSqlSafe(changed)).execute(&mut hand).await.unwrap();
        assert!(verify(&town).await.damage.is_some(), "{column}");
        for sql in ["delete from dossier", "insert into dossier select * from kept"] {
            sqlx::query(sql).execute(&mut hand).await.unwrap();
        }
        assert_eq!(verify(&town).await.damage, None, "{column}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_file_shows() {
    let (town, code) = town_with_a_dossier().await;
    let mut changed = 0;
    for folder in std::fs::read_dir(town.folder.path().join("files")).unwrap() {
        for file in std::fs::read_dir(folder.unwrap().path()).unwrap() {
            std::fs::write(file.unwrap().path(), b"something else").unwrap();
            changed += 1;
        }
    }
    assert_eq!(changed, 1);
    let damage = verify(&town).await.damage.unwrap();
    assert_eq!(damage.code, code);
    assert!(damage.what.contains("is missing or was changed"));
}
