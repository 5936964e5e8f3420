//! Columns to domain values: a checked step. What cannot be is reported with
//! table, column and row.

use std::fmt::Display;

use serde::de::DeserializeOwned;

use crate::StoreError;

/// A random id's 63 bits as SQLite's signed integer; never negative.
pub(crate) const fn integer(bits: u64) -> i64 {
    bits.cast_signed()
}

/// One row that is being read.
pub(crate) struct Row<'a> {
    table: &'static str,
    name: &'a dyn Display,
}

impl<'a> Row<'a> {
    /// A row, with the name it goes by in an error; never what people wrote.
    pub(crate) const fn of(table: &'static str, name: &'a dyn Display) -> Self {
        Self { table, name }
    }

    /// Says that a column holds what it cannot hold.
    pub(crate) fn inconsistent(&self, column: &'static str) -> StoreError {
        StoreError::Inconsistency {
            table: self.table,
            column,
            row: self.name.to_string(),
        }
    }

    /// What a reader accepted.
    pub(crate) fn read<T, E>(
        &self,
        column: &'static str,
        value: Result<T, E>,
    ) -> Result<T, StoreError> {
        value.map_err(|_| self.inconsistent(column))
    }

    /// The bits of a random id.
    pub(crate) fn bits(&self, column: &'static str, value: i64) -> Result<u64, StoreError> {
        self.read(column, u64::try_from(value))
    }

    /// A count or a counted id.
    pub(crate) fn count(&self, column: &'static str, value: i64) -> Result<u32, StoreError> {
        self.read(column, u32::try_from(value))
    }

    /// A hash.
    pub(crate) fn hash(&self, column: &'static str, value: &[u8]) -> Result<[u8; 32], StoreError> {
        self.read(column, value.try_into())
    }

    /// A JSON document.
    pub(crate) fn json<T: DeserializeOwned>(
        &self,
        column: &'static str,
        value: &str,
    ) -> Result<T, StoreError> {
        self.read(column, serde_json::from_str(value))
    }
}
