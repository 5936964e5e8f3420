//! Rendered steps: each must still have the hash that it is kept under.

use super::{Finding, FindingKind, unread};
use crate::{Content, Store, StoreError, column::Row, library::content_hash};

impl Store {
    pub(super) async fn verify_contents(&self, found: &mut Vec<Finding>) -> Result<(), StoreError> {
        let kind = FindingKind::Content;
        let rows = sqlx::query!("SELECT rowid, sha256 FROM contents")
            .fetch_all(self.readers())
            .await;
        let rows = match rows {
            Ok(rows) => rows,
            Err(error) => {
                found.push(unread(kind, "Rendered steps", error.into())?);
                return Ok(());
            }
        };
        for row in rows {
            let name = hex::encode(&row.sha256);
            let sha256 = Row::of("contents", &name).hash("sha256", &row.sha256);
            let html =
                sqlx::query_scalar!("SELECT html_gzip FROM contents WHERE rowid = ?1", row.rowid)
                    .fetch_one(self.readers())
                    .await;
            let html_gzip = match html {
                Ok(html) => html,
                Err(error) => {
                    found.push(unread(
                        kind,
                        &format!("The rendered step {name}"),
                        error.into(),
                    )?);
                    continue;
                }
            };
            let html = tokio::task::spawn_blocking(move || Content { html_gzip }.html().ok());
            let html = html.await.map_err(std::io::Error::other)?;
            let is_whole = html
                .zip(sha256.ok())
                .is_some_and(|(html, sha256)| *content_hash(&html).as_bytes() == sha256);
            if !is_whole {
                let steps = self.steps_with(&row.sha256).await;
                let sentence = format!("The rendered text of {steps} is damaged ({name}).");
                found.push(Finding::new(kind, sentence));
            }
        }
        Ok(())
    }

    /// The codelabs that show a rendered step, as words.
    async fn steps_with(&self, sha256: &[u8]) -> String {
        let titles = sqlx::query_scalar!(
            "SELECT DISTINCT revisions.title FROM revision_steps AS step
             JOIN revisions ON revisions.codelab_id = step.codelab_id
                           AND revisions.number = step.revision
             WHERE content_sha256 = ?1",
            sha256
        )
        .fetch_all(self.readers())
        .await
        .unwrap_or_default();
        if titles.is_empty() {
            return "a step".to_owned();
        }
        format!("a step of “{}”", titles.join("”, “"))
    }
}
