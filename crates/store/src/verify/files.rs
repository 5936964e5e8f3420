//! Files of codelabs: each must be there, as long as it was, with the SHA-256 that
//! it is named by; and what else lies in the folder.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use super::{Finding, FindingKind, unread};
use crate::{Store, StoreError, files::path_of, uploads::hash_of};

/// What is wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileDamage {
    /// It is not there, or cannot be read.
    Missing,
    /// It has another length, or other bytes.
    Changed,
}

struct Expected {
    name: String,
    size_bytes: u64,
}

impl Store {
    async fn expected_files(&self) -> Result<Vec<Expected>, StoreError> {
        let rows = sqlx::query!("SELECT sha256, size_bytes FROM files")
            .fetch_all(self.readers())
            .await?;
        let expected = rows.into_iter().map(|row| Expected {
            name: hex::encode(row.sha256),
            size_bytes: u64::try_from(row.size_bytes).unwrap_or_default(),
        });
        Ok(expected.collect())
    }

    /// The files that are missing or have another length, by their SHA-256 in
    /// hexadecimal. Looks at the folder only, not into the files.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn damaged_files(&self) -> Result<Vec<(String, FileDamage)>, StoreError> {
        let (expected, dir) = (self.expected_files().await?, self.files_dir().to_owned());
        let look = move || {
            expected
                .into_iter()
                .filter_map(|file| Some((look(&dir, &file).err()?, file.name)))
                .map(|(damage, name)| (name, damage))
                .collect()
        };
        Ok(tokio::task::spawn_blocking(look)
            .await
            .map_err(io::Error::other)?)
    }

    pub(super) async fn verify_files(&self, found: &mut Vec<Finding>) -> Result<(), StoreError> {
        let expected = match self.expected_files().await {
            Ok(expected) => expected,
            Err(error) => {
                found.push(unread(FindingKind::File, "The list of files", error)?);
                return Ok(());
            }
        };
        let dir = self.files_dir().to_owned();
        let look = move || {
            let damaged: Vec<(String, FileDamage)> = expected
                .iter()
                .filter_map(|file| Some((file.name.clone(), look_into(&dir, file).err()?)))
                .collect();
            let names: BTreeSet<&str> = expected.iter().map(|file| &*file.name).collect();
            (damaged, unknown(&dir, &names))
        };
        let (damaged, unknown) = tokio::task::spawn_blocking(look)
            .await
            .map_err(io::Error::other)?;
        for (name, damage) in damaged {
            let used = self.codelabs_with(&name).await;
            let sentence = match damage {
                FileDamage::Missing => format!("The file {name}{used} is missing."),
                FileDamage::Changed => format!("The file {name}{used} is damaged."),
            };
            found.push(Finding::new(FindingKind::File, sentence));
        }
        let unknown = unknown?.into_iter().map(|path| {
            let sentence = format!("Nothing refers to the file {}.", path.display());
            Finding::new(FindingKind::UnknownFile, sentence)
        });
        found.extend(unknown);
        Ok(())
    }

    /// The titles of the codelabs that have a file, by its SHA-256 in hexadecimal.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn codelabs_of_file(&self, name: &str) -> Result<Vec<String>, StoreError> {
        let titles = sqlx::query_scalar!(
            r#"WITH file AS (
                   SELECT unhex(?1) AS sha256
                   UNION SELECT original_sha256 FROM shown_images WHERE shown_sha256 = unhex(?1)
               )
               SELECT title AS "title!: String" FROM codelab_summaries WHERE id IN (
                   SELECT codelab_id FROM revision_files WHERE file_sha256 IN (SELECT sha256 FROM file)
                   UNION SELECT codelab_id FROM codelab_files
                         WHERE file_sha256 IN (SELECT sha256 FROM file)
                   UNION SELECT codelab_id FROM materials
                         WHERE file_sha256 IN (SELECT sha256 FROM file)
               ) ORDER BY title"#,
            name
        )
        .fetch_all(self.readers())
        .await?;
        Ok(titles)
    }

    async fn codelabs_with(&self, name: &str) -> String {
        let titles = self.codelabs_of_file(name).await.unwrap_or_default();
        if titles.is_empty() {
            return String::new();
        }
        format!(" of “{}”", titles.join("”, “"))
    }
}

fn look(dir: &Path, file: &Expected) -> Result<PathBuf, FileDamage> {
    let path = path_of(dir, &file.name);
    match fs::metadata(&path) {
        Ok(found) if found.len() == file.size_bytes => Ok(path),
        Ok(_) => Err(FileDamage::Changed),
        Err(_) => Err(FileDamage::Missing),
    }
}

fn look_into(dir: &Path, file: &Expected) -> Result<(), FileDamage> {
    let path = look(dir, file)?;
    match hash_of(&path) {
        Ok(hash) if hex::encode(hash) == file.name => Ok(()),
        Ok(_) | Err(_) => Err(FileDamage::Changed),
    }
}

/// What lies in the folder under no known name; uploads on their way are known.
fn unknown(dir: &Path, names: &BTreeSet<&str>) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if !path.is_dir() {
            found.push(path);
            continue;
        }
        if path.file_name().is_some_and(|name| name == "uploads") {
            continue;
        }
        for entry in fs::read_dir(&path)? {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str());
            if !name.is_some_and(|name| names.contains(name)) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}
