//! What is damaged is set aside, and everything else goes on.

use std::{fs, path::Path};

use protocol::{DamageKind, DamageReport, ProblemCode};
use serde_json::json;
use sqlx::{ConnectOptions as _, Connection as _, sqlite::SqliteConnectOptions};
use tests::{TestServer, kept_files};

async fn damage(server: &TestServer) -> DamageReport {
    let facilitator = server.facilitator().await;
    facilitator.browser.get("/api/v1/damage").await
}

/// Changes a letter of every message, past the program.
async fn change_a_letter(data_dir: &Path) {
    let mut raw = SqliteConnectOptions::new()
        .filename(data_dir.join("open-codelabs.db"))
        .connect()
        .await
        .expect("the database as it lies there");
    let trigger: String =
        sqlx::query_scalar("SELECT sql FROM sqlite_schema WHERE name = 'events_never_change'")
            .fetch_one(&mut raw)
            .await
            .expect("the database as it lies there");
    sqlx::raw_sql(
        "DROP TRIGGER events_never_change;
         UPDATE events SET payload = replace(payload, 'hello', 'hallo')",
    )
    .execute(&mut raw)
    .await
    .expect("the database as it lies there");
    sqlx::raw_sql(sqlx::AssertSqlSafe(trigger))
        .execute(&mut raw)
        .await
        .expect("the database as it lies there");
    raw.close().await.expect("the database as it lies there");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_letter_sets_one_workshop_aside_until_it_is_accepted() {
    let mut server = TestServer::start().await;
    let (facilitator, damaged) = server.begin_workshop().await;
    let (_, whole) = server.begin_workshop().await;
    let messages = |id: &str| format!("/api/v1/workshops/{id}/messages");
    let damaged_id = damaged.id.0.to_string();
    let whole_id = whole.id.0.to_string();
    let text = json!({ "text": "hello" });
    let _: serde_json::Value = facilitator
        .browser
        .post(&messages(&damaged_id), &text)
        .await;
    assert_eq!(damage(&server).await, DamageReport::default());

    server
        .restart_after(async |dir| change_a_letter(dir).await)
        .await;
    let facilitator = server.facilitator().await;
    let refused = facilitator
        .browser
        .get_refused(&messages(&damaged_id))
        .await;
    assert_eq!(refused.code, ProblemCode::Damaged);
    let text = json!({ "text": "we go on" });
    let _: serde_json::Value = facilitator.browser.post(&messages(&whole_id), &text).await;
    let ada = server.join(&facilitator, &whole, "Ada").await;
    assert_eq!(ada.browser.entrance(None).await.workshops.len(), 1);
    let listed: protocol::WorkshopPage = facilitator.browser.get("/api/v1/workshops").await;
    assert_eq!(listed.items.len(), 2, "the history names both");

    let report = damage(&server).await;
    let kinds: Vec<DamageKind> = report.items.iter().map(|item| item.kind).collect();
    assert_eq!(kinds, [DamageKind::ChangedOutside, DamageKind::Workshop]);
    assert_eq!(report.items[1].id.as_deref(), Some(&*damaged_id));
    assert_eq!(report.items[1].title.as_deref(), Some(&*damaged.title));

    // Somebody has read it, and takes the workshop as it is.
    let path = format!("/api/v1/workshops/{damaged_id}/accept-damage");
    let accepted = facilitator
        .browser
        .request(reqwest::Method::POST, &path, None::<&()>)
        .await;
    assert_eq!(accepted.status(), 204);
    let dismissed = facilitator
        .browser
        .request(reqwest::Method::DELETE, "/api/v1/damage", None::<&()>)
        .await;
    assert_eq!(dismissed.status(), 204);
    assert_eq!(damage(&server).await, DamageReport::default());
    let read: serde_json::Value = facilitator.browser.get(&messages(&damaged_id)).await;
    assert!(read.to_string().contains("hallo"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_gone_is_said_and_its_codelab_goes_on() {
    let mut server = TestServer::start().await;
    let files = kept_files(server.data_dir());
    assert!(!files.is_empty(), "a sample has pictures");
    let gone = files[0].clone();
    let bytes = fs::read(&gone).unwrap();
    server
        .restart_after(async |_| fs::remove_file(&gone).unwrap())
        .await;
    let facilitator = server.facilitator().await;
    let name = gone.file_name().unwrap().to_str().unwrap();
    let refused = facilitator
        .browser
        .get_refused(&format!("/api/v1/files/{name}"))
        .await;
    assert_eq!(refused.code, ProblemCode::Damaged);
    let report = damage(&server).await;
    let item = report
        .items
        .iter()
        .find(|item| item.id.as_deref() == Some(name));
    assert_eq!(item.map(|item| item.kind), Some(DamageKind::File));
    let (_, workshop) = server.begin_workshop().await;
    server.join(&facilitator, &workshop, "Ada").await;
    fs::write(&gone, bytes).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_damaged_in_many_pages_is_repaired_at_the_start() {
    let mut server = TestServer::start().await;
    let (_, workshop) = server.begin_workshop().await;
    server
        .restart_after(async |dir| {
            let database = dir.join("open-codelabs.db");
            // A page of an index of the library's search, which follows from the rest.
            let mut raw = SqliteConnectOptions::new()
                .filename(&database)
                .connect()
                .await
                .unwrap();
            let page: i64 = sqlx::query_scalar(
                "SELECT MIN(pageno) FROM dbstat WHERE name = 'workshops_by_start'",
            )
            .fetch_one(&mut raw)
            .await
            .unwrap();
            raw.close().await.unwrap();
            let mut bytes = fs::read(&database).unwrap();
            let start = usize::try_from(page - 1).unwrap() * 4096;
            bytes[start..start + 4096].fill(0xff);
            fs::write(&database, bytes).unwrap();
        })
        .await;
    let report = damage(&server).await;
    assert_eq!(report.items[0].kind, DamageKind::Repaired);
    assert!(
        report.items[0].detail.contains("Nothing is missing"),
        "{report:?}"
    );
    assert!(
        server
            .data_dir()
            .join("damaged-1/open-codelabs.db")
            .exists()
    );
    let facilitator = server.facilitator().await;
    server.join(&facilitator, &workshop, "Ada").await;
}
