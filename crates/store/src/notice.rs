//! What was noticed about a data folder, in sentences for the person at the machine.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What was noticed when a data folder was opened. Kept until somebody says that
/// they know ([`crate::Store::dismiss_notices`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    /// The program was killed, and the newest changes, which SQLite keeps in a file
    /// of their own until the program is closed, are gone.
    ChangesRemoved,
    /// The same file is there, but damaged in the middle.
    ChangesDamaged,
    /// An event that was committed is not there.
    WentBack,
    /// The database is not as it was when it was closed.
    ChangedOutside {
        /// How many of its pages.
        pages: u32,
        /// The tables and indexes that they belong to.
        tables: Vec<String>,
    },
    /// The database was damaged; what could be read was moved to a new one.
    Repaired {
        /// The folder in which the damaged database is kept.
        kept: String,
        /// What could not be moved, a sentence each.
        lost: Vec<String>,
    },
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ChangesRemoved => f.write_str(
                "The newest changes are missing: the program was ended by force, and the file \
                 open-codelabs.db-wal, which held them, was removed since. Put it back if you \
                 can, or restore a copy of the whole folder.",
            ),
            Self::ChangesDamaged => f.write_str(
                "Some of the newest changes are missing: the file open-codelabs.db-wal, which \
                 held them, was damaged. Restore a copy of the whole folder if you have one.",
            ),
            Self::WentBack => f.write_str(
                "The database is older than when it was last used: the newest entry of a \
                 workshop is missing. Restore a copy of the whole folder if you have one.",
            ),
            Self::ChangedOutside { pages, tables } => {
                write!(
                    f,
                    "The database was changed or damaged while the program was closed: {pages} \
                     of its pages differ"
                )?;
                if !tables.is_empty() {
                    write!(f, " ({})", tables.join(", "))?;
                }
                f.write_str(
                    ". If nobody replaced it or edited it, restore a copy of the whole folder.",
                )
            }
            Self::Repaired { kept, lost } => {
                write!(
                    f,
                    "The database was damaged. What could be read was moved to a new one; the \
                     damaged one is kept in {kept}."
                )?;
                match lost.as_slice() {
                    [] => f.write_str(" Nothing is missing."),
                    lost => write!(f, " Missing: {}.", lost.join("; ")),
                }
            }
        }
    }
}
