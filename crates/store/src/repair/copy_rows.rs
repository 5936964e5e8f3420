//! Copies the rows of every table from the database `old` that is attached. Where
//! SQLite stops at a damaged page, the rows before it and those behind it are copied.
//!
//! Statements are put together from the names that the new database itself gives.

use sqlx::{AssertSqlSafe, SqliteConnection};

use crate::StoreError;

/// Rows copied by one statement, and fewer and fewer where one fails.
const PORTIONS: [u32; 4] = [5000, 200, 10, 1];

struct Table {
    name: String,
    /// The columns to copy.
    columns: String,
    /// What rows are ordered by, one by one.
    key: Vec<String>,
}

/// Copies everything; says which tables could not be copied whole.
pub(super) async fn copy_all(connection: &mut SqliteConnection) -> Result<Vec<String>, StoreError> {
    let mut lost = Vec::new();
    for table in tables(connection).await? {
        let all = format!(
            r#"INSERT OR REPLACE INTO main."{0}" ({1}) SELECT {1} FROM old."{0}""#,
            table.name, table.columns
        );
        if run(connection, all).await.is_ok() {
            continue;
        }
        copy_around(connection, &table).await?;
        lost.push(format!("some rows of table {}", table.name));
    }
    Ok(lost)
}

async fn run(connection: &mut SqliteConnection, sql: String) -> Result<u64, sqlx::Error> {
    let done = sqlx::query(AssertSqlSafe(sql)).execute(connection).await?;
    Ok(done.rows_affected())
}

async fn tables(connection: &mut SqliteConnection) -> Result<Vec<Table>, StoreError> {
    let names: Vec<(String, bool)> = sqlx::query_as(
        r"SELECT name, wr FROM pragma_table_list
          WHERE schema = 'main' AND type = 'table'
            AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name <> '_sqlx_migrations'",
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut found = Vec::new();
    for (name, is_without_rowid) in names {
        let columns: Vec<(String, String, i64)> =
            sqlx::query_as("SELECT name, type, pk FROM pragma_table_info(?1) ORDER BY cid")
                .bind(&name)
                .fetch_all(&mut *connection)
                .await?;
        let mut key: Vec<&(String, String, i64)> = columns.iter().filter(|c| c.2 > 0).collect();
        key.sort_by_key(|column| column.2);
        let is_number = matches!(key.as_slice(), [(_, kind, _)] if kind == "INTEGER");
        let quoted = |name: &String| format!(r#""{name}""#);
        let mut names: Vec<String> = columns.iter().map(|c| quoted(&c.0)).collect();
        // Rows are read in the order they lie in: an index may be what is damaged.
        let key = if is_without_rowid || is_number {
            key.iter().map(|column| quoted(&column.0)).collect()
        } else {
            names.push("rowid".to_owned());
            vec!["rowid".to_owned()]
        };
        found.push(Table {
            columns: names.join(", "),
            key,
            name,
        });
    }
    Ok(found)
}

/// Copies from the beginning until a row cannot be read, then from the end.
async fn copy_around(connection: &mut SqliteConnection, table: &Table) -> Result<(), StoreError> {
    let Table { name, columns, key } = table;
    let order = |direction: &str| {
        let ordered: Vec<String> = key.iter().map(|k| format!("{k} {direction}")).collect();
        ordered.join(", ")
    };
    let (up, down, keys) = (order("ASC"), order("DESC"), key.join(", "));
    let last = format!(r#"(SELECT {keys} FROM main."{name}" ORDER BY {down} LIMIT 1)"#);
    let forward = |condition: &str, portion: u32| {
        format!(
            r#"INSERT OR IGNORE INTO main."{name}" ({columns})
               SELECT {columns} FROM old."{name}" {condition} ORDER BY {up} LIMIT {portion}"#
        )
    };
    let any = format!(r#"SELECT EXISTS (SELECT 1 FROM main."{name}")"#);
    for portion in PORTIONS {
        loop {
            let has_some: bool = sqlx::query_scalar(AssertSqlSafe(any.clone()))
                .fetch_one(&mut *connection)
                .await?;
            let after = format!("WHERE ({keys}) > {last}");
            let condition = if has_some { after.as_str() } else { "" };
            match run(connection, forward(condition, portion)).await {
                Ok(1..) => {}
                Ok(0) | Err(_) => break,
            }
        }
    }
    // Behind the damage: into a table of their own, whose first row is the next to meet.
    let back =
        format!(r#"CREATE TEMP TABLE behind AS SELECT {columns} FROM main."{name}" LIMIT 0"#);
    run(connection, back).await?;
    let first = format!("(SELECT {keys} FROM temp.behind ORDER BY {up} LIMIT 1)");
    for portion in PORTIONS {
        loop {
            let has_some: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM temp.behind)")
                .fetch_one(&mut *connection)
                .await?;
            let condition = if has_some {
                format!("WHERE ({keys}) < {first}")
            } else {
                String::new()
            };
            let backward = format!(
                r#"INSERT INTO temp.behind SELECT {columns} FROM old."{name}" {condition}
                   ORDER BY {down} LIMIT {portion}"#
            );
            match run(connection, backward).await {
                Ok(1..) => {}
                Ok(0) | Err(_) => break,
            }
        }
    }
    let merge =
        format!(r#"INSERT OR IGNORE INTO main."{name}" ({columns}) SELECT * FROM temp.behind"#);
    run(connection, merge).await?;
    run(connection, "DROP TABLE temp.behind".to_owned()).await?;
    Ok(())
}
