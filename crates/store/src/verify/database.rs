//! The structure of the database file, as SQLite checks it.

use super::{Finding, FindingKind, unread};
use crate::{Store, StoreError};

impl Store {
    pub(super) async fn verify_database(&self, found: &mut Vec<Finding>) -> Result<(), StoreError> {
        // Twenty are named; one already means that it is damaged.
        let verdicts: Result<Vec<String>, sqlx::Error> =
            sqlx::query_scalar("PRAGMA integrity_check(20)")
                .fetch_all(self.readers())
                .await;
        match verdicts {
            Ok(verdicts) => found.extend(verdicts.iter().filter(|verdict| *verdict != "ok").map(
                |verdict| {
                    let sentence = format!("The database file is damaged: {verdict}.");
                    Finding::new(FindingKind::Database, sentence)
                },
            )),
            Err(error) => found.push(unread(
                FindingKind::Database,
                "The database file",
                error.into(),
            )?),
        }
        let orphans: Result<Vec<(String, String, i64)>, sqlx::Error> = sqlx::query_as(
            r#"SELECT "table", parent, COUNT(*) FROM pragma_foreign_key_check GROUP BY 1, 2"#,
        )
        .fetch_all(self.readers())
        .await;
        match orphans {
            Ok(orphans) => found.extend(orphans.iter().map(|(table, parent, rows)| {
                let sentence = format!(
                    "{rows} rows of table {table} speak of rows of {parent} that are gone."
                );
                Finding::new(FindingKind::Reference, sentence)
            })),
            Err(error) => {
                found.push(unread(FindingKind::Reference, "References", error.into())?);
            }
        }
        Ok(())
    }
}
