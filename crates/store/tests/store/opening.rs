//! Opening: the lock, and databases that must not be touched.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    path::Path,
    process::{Command, Stdio},
};

use store::{OpenError, Store};
use tempfile::TempDir;

use crate::support::{Room, TestStore, database, number, raw};

const DATA_DIR: &str = "STORE_TEST_DATA_DIR";

#[tokio::test]
async fn a_data_folder_belongs_to_one_store() {
    let store = TestStore::new().await;
    let second = Store::open(store.dir()).await.unwrap_err();
    assert!(matches!(second, OpenError::InUse { .. }));
    assert!(
        second
            .to_string()
            .starts_with("Open Codelabs is already running")
    );

    let clone = (*store).clone();
    let store = store.reopened().await;
    assert!(
        clone.setting("x").await.is_err(),
        "clones end with the store"
    );
    assert_eq!(store.setting("x").await.unwrap(), None);
}

#[tokio::test]
async fn closing_leaves_one_file() {
    let store = TestStore::new().await;
    let room = store.started(1).await;
    let dir = store.dir().to_owned();
    (*store).clone().close().await;
    let wal = fs::metadata(dir.join("open-codelabs.db-wal")).map_or(0, |file| file.len());
    assert_eq!(wal, 0);
    let store = Store::open(&dir).await.unwrap();
    assert!(store.load_workshop(room.id).await.unwrap().is_some());
}

/// Not a test: the process that the next test starts and kills.
#[tokio::test]
#[ignore = "a process that another test starts"]
async fn holds_a_data_folder() {
    let Some(dir) = std::env::var_os(DATA_DIR) else {
        return;
    };
    let store = Store::open(Path::new(&dir)).await.unwrap();
    let (room, start) = Room::start(1, "K7M3PQ");
    store.append(room.id, &[start]).await.unwrap();
    writeln!(std::io::stdout(), "\nholding").unwrap();
    // Until it is killed, or the test that started it is gone.
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
}

#[tokio::test]
async fn a_killed_process_leaves_the_folder_free_and_its_events_there() {
    let dir = TempDir::new().unwrap();
    let mut holder = Command::new(std::env::current_exe().unwrap())
        .args([
            "--ignored",
            "--exact",
            "opening::holds_a_data_folder",
            "--nocapture",
        ])
        .env(DATA_DIR, dir.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(holder.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap() == "holding"));
    let refused = Store::open(dir.path()).await;
    assert!(matches!(refused, Err(OpenError::InUse { .. })));

    holder.kill().unwrap();
    holder.wait().unwrap();
    let wal = fs::metadata(dir.path().join("open-codelabs.db-wal")).unwrap();
    assert!(
        wal.len() > 0,
        "what it wrote is still in the write-ahead log"
    );
    let store = Store::open(dir.path()).await.unwrap();
    assert_eq!(store.live_workshops().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_newer_database_is_left_untouched() {
    let store = TestStore::new().await.forged();
    let dir = store.dir().to_owned();
    (*store).clone().close().await;
    let mut connection = raw(&dir).await;
    sqlx::raw_sql(
        "PRAGMA journal_mode = DELETE;
         INSERT INTO _sqlx_migrations VALUES (9999, 'later', '2030-01-01', 1, x'00', 1);",
    )
    .execute(&mut connection)
    .await
    .unwrap();
    drop(connection);
    let before = fs::read(database(&dir)).unwrap();

    let error = Store::open(&dir).await.unwrap_err();
    assert!(matches!(error, OpenError::Newer { found: 9999, known, .. } if known < 9999));
    assert!(error.to_string().contains("newer release"));
    assert_eq!(fs::read(database(&dir)).unwrap(), before);
    assert!(
        matches!(Store::open(&dir).await, Err(OpenError::Newer { .. })),
        "the lock is free"
    );
}

#[tokio::test]
async fn a_file_that_is_no_database_is_left_untouched() {
    let dir = TempDir::new().unwrap();
    let garbage = "this is no database. ".repeat(500);
    fs::write(database(dir.path()), &garbage).unwrap();
    let error = Store::open(dir.path()).await.unwrap_err();
    assert!(matches!(error, OpenError::Corrupt { .. }), "{error}");
    assert!(error.to_string().contains("is damaged and was not changed"));
    assert_eq!(fs::read(database(dir.path())).unwrap(), garbage.as_bytes());
}

#[tokio::test]
async fn a_damaged_database_is_noticed() {
    let store = TestStore::new().await.forged();
    store.started(1).await;
    let dir = store.dir().to_owned();
    (*store).clone().close().await;
    let mut bytes = fs::read(database(&dir)).unwrap();
    // The pages after the first, which holds the schema.
    bytes[3 * 4096..20 * 4096].fill(0xff);
    fs::write(database(&dir), &bytes).unwrap();
    let error = Store::open(&dir).await.unwrap_err();
    assert!(matches!(error, OpenError::Corrupt { .. }), "{error}");
    assert_eq!(fs::read(database(&dir)).unwrap(), bytes);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("a-file");
    fs::write(&file, "").unwrap();
    let error = Store::open(&file.join("data")).await.unwrap_err();
    assert!(matches!(error, OpenError::NotWritable { .. }), "{error}");
    assert!(error.to_string().contains("a-file"));
}

#[tokio::test]
async fn half_written_files_are_removed() {
    let store = TestStore::new().await;
    let part = store.dir().join("files/7.part");
    fs::write(&part, "half").unwrap();
    let store = store.reopened().await;
    assert!(!part.exists());
    drop(store);
}

#[tokio::test]
async fn the_schema_keeps_the_rules_of_the_migrations() {
    let store = TestStore::new().await;
    let mut raw = store.raw().await;
    let lax = "SELECT COUNT(*) FROM pragma_table_list
               WHERE schema = 'main' AND type = 'table' AND strict = 0
                 AND name NOT LIKE 'sqlite_%' AND name <> '_sqlx_migrations'";
    assert_eq!(number(&mut raw, lax).await, 0, "a table is not STRICT");
    assert_eq!(number(&mut raw, "PRAGMA application_id").await, 0x4F43_4C42);
    assert_eq!(
        number(&mut raw, "SELECT COUNT(*) FROM pragma_foreign_key_check").await,
        0
    );
}
