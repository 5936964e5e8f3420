//! The files that a codelab has, whether its newest revision shows them or not.

use domain::CodelabId;
use sqlx::SqliteConnection;

use super::NewFileRef;
use crate::{
    Store, StoreError,
    column::{Row, integer},
};

/// A file that a text may refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodelabFile {
    /// As the Markdown writes it.
    pub reference: String,
    /// Its SHA-256.
    pub sha256: [u8; 32],
    /// What it is.
    pub media_type: String,
    /// Pixels across and down, of a picture whose size is known.
    pub dimensions: Option<(u32, u32)>,
}

struct FileRow {
    reference: String,
    file_sha256: Vec<u8>,
    media_type: String,
    width: Option<i64>,
    height: Option<i64>,
}

impl TryFrom<FileRow> for CodelabFile {
    type Error = StoreError;

    fn try_from(row: FileRow) -> Result<Self, StoreError> {
        let place = Row::of("codelab_files", &"a file");
        let dimensions = match row.width.zip(row.height) {
            Some((width, height)) => {
                Some((place.count("width", width)?, place.count("height", height)?))
            }
            None => None,
        };
        Ok(Self {
            sha256: place.hash("file_sha256", &row.file_sha256)?,
            reference: row.reference,
            media_type: row.media_type,
            dimensions,
        })
    }
}

impl Store {
    /// All files that a codelab ever had, by reference.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn codelab_files(&self, id: CodelabId) -> Result<Vec<CodelabFile>, StoreError> {
        let key = integer(id.to_bits());
        let rows = sqlx::query_as!(
            FileRow,
            "SELECT reference, file_sha256, media_type, width, height
             FROM codelab_files JOIN files ON files.sha256 = file_sha256
             WHERE codelab_id = ?1 ORDER BY reference",
            key
        )
        .fetch_all(self.readers())
        .await?;
        rows.into_iter().map(CodelabFile::try_from).collect()
    }

    /// Gives a codelab a file, which must have been added, and returns the
    /// reference to it: `folder/stem.extension`, with a number behind the stem
    /// when another file has that name. A codelab that has the file by such a
    /// name already keeps it. Nothing if there is no such codelab.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn add_codelab_file(
        &self,
        id: CodelabId,
        sha256: [u8; 32],
        (folder, stem, extension): (&str, &str, &str),
    ) -> Result<Option<String>, StoreError> {
        let mut tx = self.begin().await?;
        if !is_in_library(&mut tx, id).await? {
            return Ok(None);
        }
        for number in 1_u64.. {
            let reference = match number {
                1 => format!("{folder}/{stem}.{extension}"),
                number => format!("{folder}/{stem}-{number}.{extension}"),
            };
            match find(&mut tx, id, &reference).await? {
                None => {
                    let file = NewFileRef { reference, sha256 };
                    insert(&mut tx, id, &file).await?;
                    tx.commit().await?;
                    return Ok(Some(file.reference));
                }
                Some((known, found)) if found == sha256 => return Ok(Some(known)),
                Some(_) => {}
            }
        }
        Ok(None)
    }
}

/// Whether a codelab is there and was not removed.
pub(super) async fn is_in_library(
    tx: &mut SqliteConnection,
    id: CodelabId,
) -> Result<bool, StoreError> {
    let key = integer(id.to_bits());
    let found = sqlx::query_scalar!(
        "SELECT 1 FROM codelabs WHERE id = ?1 AND deleted_at_ms IS NULL",
        key
    )
    .fetch_optional(tx)
    .await?;
    Ok(found.is_some())
}

/// The file of a name, in whatever case: two systems of three do not tell
/// capitals apart, and a codelab may be exported to any.
async fn find(
    tx: &mut SqliteConnection,
    id: CodelabId,
    reference: &str,
) -> Result<Option<(String, [u8; 32])>, StoreError> {
    let key = integer(id.to_bits());
    let found = sqlx::query!(
        "SELECT reference, file_sha256 FROM codelab_files
         WHERE codelab_id = ?1 AND reference = ?2 COLLATE NOCASE
         ORDER BY reference LIMIT 1",
        key,
        reference
    )
    .fetch_optional(tx)
    .await?;
    let Some(row) = found else { return Ok(None) };
    let hash = Row::of("codelab_files", &key).hash("file_sha256", &row.file_sha256)?;
    Ok(Some((row.reference, hash)))
}

/// Remembers a file of a codelab; the newest of a name counts.
pub(super) async fn insert(
    tx: &mut SqliteConnection,
    id: CodelabId,
    file: &NewFileRef,
) -> Result<(), StoreError> {
    let (key, hash) = (integer(id.to_bits()), file.sha256.as_slice());
    sqlx::query!(
        "INSERT INTO codelab_files (codelab_id, reference, file_sha256) VALUES (?1, ?2, ?3)
         ON CONFLICT (codelab_id, reference) DO UPDATE SET file_sha256 = excluded.file_sha256",
        key,
        file.reference,
        hash
    )
    .execute(tx)
    .await?;
    Ok(())
}
