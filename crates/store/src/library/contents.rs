//! Rendered steps on their way into the database.
//!
//! Those of an ordinary codelab are written in the transaction that adds it. Those of a large one go
//! ahead of it in transactions of their own, so that no room waits for all of them; their names
//! stand in the settings meanwhile, and what never came to be used goes at the next start.

use std::{
    io::{self, Write as _},
    sync::atomic::Ordering,
};

use flate2::{Compression, write::GzEncoder};
use sqlx::SqliteConnection;
use tokio::sync::Semaphore;

use super::{NewCodelab, content_hash};
use crate::{Store, StoreError, event_log::json};

/// Bytes that one transaction writes; a room that wants to write meanwhile waits for as much.
const PORTION_BYTES: usize = 128 * 1024;

/// Rows that one transaction writes.
const PORTION_ROWS: usize = 100;

/// Codelabs compressed at once: the rooms need the other processors.
static COMPRESSING: Semaphore = Semaphore::const_new(1);

/// Settings that name contents which may never be used.
const UNSAVED: &str = "unsaved_contents/";

/// A rendered step: the hash of its HTML, and the HTML compressed.
pub(super) type Content = ([u8; 32], Vec<u8>);

/// A codelab whose steps are compressed.
pub(super) struct Compressed {
    pub(super) codelab: NewCodelab,
    /// Per step.
    pub(super) contents: Vec<Content>,
    /// Of the guide.
    pub(super) guide: Option<Content>,
    /// Where the contents are named that went ahead, if they did.
    ahead: Option<String>,
}

/// Compresses every step, as small as gzip allows: this is done once and
/// fetched by a whole room.
async fn compress(codelab: NewCodelab) -> Result<Compressed, StoreError> {
    // Nobody closes the semaphore; if somebody did, all would go at once.
    let _turn = COMPRESSING.acquire().await.ok();
    let compressed = tokio::task::spawn_blocking(move || {
        let content = |html: &str| {
            let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
            gzip.write_all(html.as_bytes())?;
            Ok((*content_hash(html).as_bytes(), gzip.finish()?))
        };
        let steps = codelab.steps.iter().map(|step| content(&step.html));
        let contents = steps.collect::<io::Result<_>>()?;
        let guide = codelab.guide.as_ref().map(|guide| content(&guide.html));
        let guide = guide.transpose()?;
        Ok::<_, io::Error>(Compressed {
            codelab,
            contents,
            guide,
            ahead: None,
        })
    });
    Ok(compressed.await.map_err(io::Error::other)??)
}

impl Store {
    /// Compresses a codelab and, if it is large, writes its contents.
    pub(super) async fn prepare(&self, codelab: NewCodelab) -> Result<Compressed, StoreError> {
        let mut new = compress(codelab).await?;
        let all = || new.contents.iter().chain(&new.guide);
        let portions = portions(all());
        if portions.len() <= 1 {
            return Ok(new);
        }
        let hashes: Vec<String> = all().map(|(hash, _)| hex::encode(hash)).collect();
        let number = self.works().fetch_add(1, Ordering::Relaxed);
        let key = format!("{UNSAVED}{number}");
        self.announce_contents(&key, &hashes).await?;
        for portion in portions {
            let mut tx = self.begin().await?;
            for (hash, gzip) in portion {
                insert(&mut tx, hash, gzip).await?;
            }
            tx.commit().await?;
        }
        new.ahead = Some(key);
        Ok(new)
    }

    /// Names those that are not there yet.
    async fn announce_contents(&self, key: &str, hashes: &[String]) -> Result<(), StoreError> {
        let hashes = json(hashes)?;
        sqlx::query!(
            "INSERT INTO settings (key, value)
             SELECT ?1, json_group_array(value) FROM json_each(?2)
             WHERE unhex(value) NOT IN (SELECT sha256 FROM contents)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            key,
            hashes
        )
        .execute(self.writer()?)
        .await?;
        Ok(())
    }

    /// Removes the contents that went ahead of codelabs which were never added.
    pub(crate) async fn discard_all_unsaved_contents(&self) -> Result<(), StoreError> {
        let keys = sqlx::query_scalar!(
            r#"SELECT key AS "key!: String" FROM settings WHERE key GLOB 'unsaved_contents/*'"#
        )
        .fetch_all(self.writer()?)
        .await?;
        for key in keys {
            self.discard_contents_named(&key).await?;
        }
        Ok(())
    }

    async fn discard_contents_named(&self, key: &str) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        // Another codelab may have been added that has the same.
        sqlx::query!(
            "DELETE FROM contents
             WHERE sha256 IN (SELECT unhex(hash.value) FROM settings, json_each(settings.value) AS hash
                              WHERE settings.key = ?1)
                 AND sha256 NOT IN (SELECT content_sha256 FROM revision_steps)
                 AND sha256 NOT IN (SELECT guide_sha256 FROM revisions
                                    WHERE guide_sha256 IS NOT NULL)",
            key
        )
        .execute(&mut *tx)
        .await?;
        sqlx::query!("DELETE FROM settings WHERE key = ?1", key)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

impl Compressed {
    /// Writes the contents, or says that those which went ahead are of use.
    pub(super) async fn insert_contents(
        &self,
        tx: &mut SqliteConnection,
    ) -> Result<(), StoreError> {
        let Some(key) = &self.ahead else {
            for (hash, gzip) in self.contents.iter().chain(&self.guide) {
                insert(tx, hash, gzip).await?;
            }
            return Ok(());
        };
        sqlx::query!("DELETE FROM settings WHERE key = ?1", key)
            .execute(tx)
            .await?;
        Ok(())
    }
}

/// The contents in portions of one short transaction each.
fn portions<'a>(contents: impl Iterator<Item = &'a Content>) -> Vec<Vec<&'a Content>> {
    let mut portions: Vec<Vec<&Content>> = Vec::new();
    let mut bytes = 0;
    for content in contents {
        bytes += content.1.len();
        match portions.last_mut() {
            Some(last) if bytes <= PORTION_BYTES && last.len() < PORTION_ROWS => last.push(content),
            Some(_) | None => {
                bytes = content.1.len();
                portions.push(vec![content]);
            }
        }
    }
    portions
}

async fn insert(tx: &mut SqliteConnection, hash: &[u8; 32], gzip: &[u8]) -> Result<(), StoreError> {
    let hash = hash.as_slice();
    sqlx::query!(
        "INSERT INTO contents (sha256, html_gzip) VALUES (?1, ?2) ON CONFLICT (sha256) DO NOTHING",
        hash,
        gzip
    )
    .execute(tx)
    .await?;
    Ok(())
}
