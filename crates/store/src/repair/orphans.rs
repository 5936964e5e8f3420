//! Removes rows that speak of rows which could not be moved.

use sqlx::{AssertSqlSafe, SqliteConnection};

use crate::StoreError;

/// A chain of tables is at most so long; each round takes one link of it.
const ROUNDS: u32 = 8;

/// Removes orphans; says of which tables, and how many. A step whose rendered text is
/// gone stays: it gets an empty one, which is told as damaged wherever it is read.
pub(super) async fn remove(connection: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    let rendered = sqlx::query(
        "INSERT INTO contents (sha256, html_gzip)
         SELECT sha256, x'' FROM (
             SELECT content_sha256 AS sha256 FROM revision_steps
             UNION SELECT guide_sha256 FROM revisions WHERE guide_sha256 IS NOT NULL
         ) WHERE sha256 NOT IN (SELECT sha256 FROM contents)",
    )
    .execute(&mut *connection)
    .await?
    .rows_affected();
    let mut lost = Vec::new();
    if rendered > 0 {
        lost.push(format!("the rendered text of {rendered} steps"));
    }
    for _ in 0..ROUNDS {
        let mut removed = 0;
        for (table, statement) in statements(connection).await? {
            let rows = sqlx::query(AssertSqlSafe(statement))
                .execute(&mut *connection)
                .await?
                .rows_affected();
            if rows > 0 {
                lost.push(format!("{rows} rows of table {table}"));
            }
            removed += rows;
        }
        if removed == 0 {
            break;
        }
    }
    Ok(lost)
}

/// For every foreign key the statement that removes the rows without a parent.
async fn statements(
    connection: &mut SqliteConnection,
) -> Result<Vec<(String, String)>, StoreError> {
    let found = sqlx::query_as(
        r#"SELECT child.name,
                  'DELETE FROM main."' || child.name || '" AS child WHERE '
                  || group_concat('child."' || parent."from" || '" IS NOT NULL', ' AND ')
                  || ' AND NOT EXISTS (SELECT 1 FROM main."' || parent."table" || '" AS parent WHERE '
                  || group_concat('parent."' || parent."to" || '" = child."' || parent."from" || '"',
                                  ' AND ')
                  || ')'
           FROM pragma_table_list AS child, pragma_foreign_key_list(child.name) AS parent
           WHERE child.schema = 'main' AND child.type = 'table'
           GROUP BY child.name, parent.id"#,
    )
    .fetch_all(connection)
    .await?;
    Ok(found)
}
