//! Writing to the database: the one way to the writer, for a statement or a
//! transaction. Nothing is written to a database that is no longer in its
//! place, and nothing counts that was committed to one.

use std::ops::{Deref, DerefMut};

use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction};

use crate::{Store, StoreError, facilitators::check_rights};

/// A transaction that holds the write lock. Dropped without a commit, it is
/// rolled back.
#[derive(Debug)]
pub(crate) struct WriteTransaction {
    tx: Transaction<'static, Sqlite>,
    store: Store,
}

impl WriteTransaction {
    /// Makes everything durable that was written in this transaction.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        let disk = self.store.disk();
        disk.note(self.tx.commit().await.map_err(StoreError::from))?;
        disk.note(disk.check())?;
        disk.wrote();
        Ok(())
    }

    /// Leaves everything as it was.
    pub(crate) async fn rollback(self) -> Result<(), StoreError> {
        Ok(self.tx.rollback().await?)
    }
}

impl Deref for WriteTransaction {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.tx
    }
}

impl DerefMut for WriteTransaction {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.tx
    }
}

impl Store {
    /// The writer, for a single statement.
    pub(crate) fn writer(&self) -> Result<&SqlitePool, StoreError> {
        self.check_in_place()?;
        Ok(self.writer_pool())
    }

    /// Begins a transaction that writes. It takes the write lock at once, so
    /// that what it reads first is still true when it writes: that of all, that
    /// whoever this handle writes for may do so.
    pub(crate) async fn begin(&self) -> Result<WriteTransaction, StoreError> {
        let mut tx = self.begin_maintenance().await?;
        if let Some(by) = self.by() {
            check_rights(&mut tx, by).await?;
        }
        Ok(tx)
    }

    /// The same for cleaning up, which goes on when somebody's rights have ended.
    pub(crate) async fn begin_maintenance(&self) -> Result<WriteTransaction, StoreError> {
        let begun = self.writer()?.begin_with("BEGIN IMMEDIATE").await;
        let tx = self.disk().note(begun.map_err(StoreError::from))?;
        let store = self.clone();
        Ok(WriteTransaction { tx, store })
    }
}
