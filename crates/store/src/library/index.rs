//! The full-text index: one row per codelab, of its newest revision.

use sqlx::{SqliteConnection, SqlitePool};

use super::words;
use crate::StoreError;

struct Text {
    title: String,
    tags: String,
    categories: String,
    summary: Option<String>,
    authors: Option<String>,
    body: String,
}

/// Takes the newest revision of a codelab into the index, in place of the one before.
pub(super) async fn renew(tx: &mut SqliteConnection, codelab: i64) -> Result<(), StoreError> {
    Ok(put(tx, codelab).await?)
}

/// Takes in what was kept by a release that had no index.
pub(crate) async fn index_what_is_not(writer: &SqlitePool) -> Result<(), sqlx::Error> {
    let waiting = sqlx::query_scalar!(
        r#"SELECT id AS "id!: i64" FROM codelabs WHERE indexed_revision <> revision"#
    )
    .fetch_all(writer)
    .await?;
    if waiting.is_empty() {
        return Ok(());
    }
    tracing::info!(codelabs = waiting.len(), "the library is being indexed");
    let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
    for codelab in waiting {
        put(&mut tx, codelab).await?;
    }
    tx.commit().await
}

async fn put(tx: &mut SqliteConnection, codelab: i64) -> Result<(), sqlx::Error> {
    let text = sqlx::query_as!(
        Text,
        r#"SELECT title, tags, categories, summary, authors,
                  COALESCE(guide_markdown || char(10), '') || (SELECT group_concat(line, char(10)) FROM (
                       SELECT title || char(10) || markdown AS line FROM revision_steps AS step
                       WHERE step.codelab_id = revisions.codelab_id
                         AND step.revision = revisions.number ORDER BY position
                   )) AS "body!: String"
           FROM revisions JOIN codelabs ON codelabs.id = revisions.codelab_id
                                       AND codelabs.revision = revisions.number
           WHERE codelab_id = ?1"#,
        codelab
    )
    .fetch_one(&mut *tx)
    .await?;
    let title = words::cut(&text.title);
    let tags = words::cut(&format!("{} {}", text.tags, text.categories));
    let about = [text.summary, text.authors].into_iter().flatten();
    let about = words::cut(&about.collect::<Vec<_>>().join("\n"));
    let body = words::cut(&text.body);
    sqlx::query!("DELETE FROM codelab_search WHERE rowid = ?1", codelab)
        .execute(&mut *tx)
        .await?;
    sqlx::query!(
        "INSERT INTO codelab_search (rowid, title, tags, about, body)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        codelab,
        title,
        tags,
        about,
        body
    )
    .execute(&mut *tx)
    .await?;
    let key = words::fold(&text.title);
    sqlx::query!(
        "UPDATE codelabs SET title_key = ?2, indexed_revision = revision WHERE id = ?1",
        codelab,
        key
    )
    .execute(tx)
    .await?;
    Ok(())
}
