//! Proving that the tables say what the log says: everything is projected
//! again beside what is there, compared row by row, and undone.

use std::{collections::BTreeSet, fmt};

use domain::WorkshopId;
use sqlx::{AssertSqlSafe, SqliteConnection};

use crate::{Store, StoreError, rebuild};

/// A row that the tables have and the log does not give, or the other way
/// round.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// The table.
    pub table: String,
    /// The row's values, as SQL literals.
    pub row: String,
    /// Whether it is in the database; if not, the log gives it.
    pub is_stored: bool,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { table, row, .. } = self;
        if self.is_stored {
            write!(f, "{table} has ({row}), which the log does not give")
        } else {
            write!(f, "{table} lacks ({row}), which the log gives")
        }
    }
}

impl Store {
    /// Projects the whole log again, compares every table of the database
    /// before and after, byte for byte, and leaves the database as it was.
    /// Nothing in the answer means that the tables say what the log says.
    ///
    /// Tables are not named here: a new one is compared from its first day, and
    /// one that does not follow from the log must come out unchanged as well.
    /// All rows are held in memory, so this is for tests and for a look at a
    /// database of doubtful origin, not for the daily round.
    ///
    /// # Errors
    /// When the database fails, or the log is inconsistent or cannot be
    /// projected.
    pub async fn verify_projections(&self) -> Result<Vec<Difference>, StoreError> {
        self.compare_projections(&[]).await
    }

    /// The same for all workshops but these.
    pub(super) async fn compare_projections(
        &self,
        damaged: &[WorkshopId],
    ) -> Result<Vec<Difference>, StoreError> {
        let mut tx = self.begin().await?;
        let stored = rows(&mut tx).await?;
        rebuild::rebuild(&mut tx, damaged).await?;
        let projected = rows(&mut tx).await?;
        tx.rollback().await?;
        let difference = |(table, row): &(String, String), is_stored| Difference {
            table: table.clone(),
            row: row.clone(),
            is_stored,
        };
        let mut found: Vec<Difference> = stored
            .difference(&projected)
            .map(|row| difference(row, true))
            .chain(
                projected
                    .difference(&stored)
                    .map(|row| difference(row, false)),
            )
            .collect();
        found.sort();
        Ok(found)
    }
}

/// Every row of every table, by the table's name.
async fn rows(connection: &mut SqliteConnection) -> Result<BTreeSet<(String, String)>, StoreError> {
    // The one place where a statement is put together: from names that the
    // database itself gives, so that no table can be forgotten.
    let statements: Vec<(String, String)> = sqlx::query_as(
        r#"SELECT name, 'SELECT ' || (
               SELECT group_concat('quote("' || field || '")', ' || '', '' || ')
               FROM (SELECT name AS field FROM pragma_table_info(schema.name) ORDER BY cid)
           ) || ' FROM "' || name || '"'
           FROM sqlite_schema AS schema
           WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'"#,
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut found = BTreeSet::new();
    for (table, statement) in statements {
        let rows: Vec<String> = sqlx::query_scalar(AssertSqlSafe(statement))
            .fetch_all(&mut *connection)
            .await?;
        found.extend(rows.into_iter().map(|row| (table.clone(), row)));
    }
    Ok(found)
}
