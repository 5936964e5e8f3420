//! The command line, as a process.

use std::{
    path::Path,
    process::{Command, Output},
};

use sqlx::{ConnectOptions as _, sqlite::SqliteConnectOptions};
use store::Store;
use tempfile::TempDir;

/// Whether `codelabs verify` succeeds, and what it says.
fn verify(data_dir: &Path) -> (bool, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_codelabs"))
        .args(["verify", "--data-dir"])
        .arg(data_dir)
        .output()
        .expect("the program runs");
    let said = [stdout, stderr].concat();
    (status.success(), String::from_utf8(said).expect("text"))
}

#[test]
fn without_a_database_there_is_nothing_to_verify() {
    let folder = TempDir::new().unwrap();
    let (good, said) = verify(folder.path());
    assert!(!good && said.contains("there is no database in"), "{said}");
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 0, "it makes none");
}

#[tokio::test]
async fn a_database_in_use_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let (good, said) = verify(folder.path());
    assert!(!good, "{said}");
    store.close().await;
    let (good, said) = verify(folder.path());
    assert!(
        good && said.contains("Every table says what the log says"),
        "{said}"
    );
}

#[tokio::test]
async fn rows_that_do_not_follow_from_the_log_are_named() {
    let folder = TempDir::new().unwrap();
    Store::open(folder.path()).await.unwrap().close().await;
    let mut raw = SqliteConnectOptions::new()
        .filename(folder.path().join("open-codelabs.db"))
        .foreign_keys(false)
        .connect()
        .await
        .unwrap();
    sqlx::query("INSERT INTO completed_steps VALUES (1, 1, 1, 1, 5)")
        .execute(&mut raw)
        .await
        .unwrap();
    sqlx::Connection::close(raw).await.unwrap();
    let (good, said) = verify(folder.path());
    assert!(!good, "{said}");
    assert!(
        said.contains("completed_steps has (1, 1, 1, 1, 5)"),
        "{said}"
    );
    assert!(said.contains("1 row does not follow"), "{said}");
}
