//! A codelab and the folder that it was read from: some files are copied, not read.

use std::io::Write;

use super::{Import, folder::Folder, names};
use crate::ImportError;

/// What an upload holds.
pub struct Brought {
    /// The codelab.
    pub import: Import,
    folder: Box<dyn Folder + Send>,
    /// The codelab's own file; what it brings is named from there.
    file: String,
}

impl Brought {
    pub(super) fn new(import: Import, folder: Box<dyn Folder + Send>, file: String) -> Self {
        Self {
            import,
            folder,
            file,
        }
    }

    /// Copies a file that the codelab brings, of at most so many bytes, and says how long it is;
    /// nothing if it is not there or longer.
    ///
    /// # Errors
    ///
    /// Says why it cannot be read, or not be written.
    pub fn copy(
        &mut self,
        reference: &str,
        limit_bytes: u64,
        out: &mut dyn Write,
    ) -> Result<Option<u64>, ImportError> {
        let name = format!("{}{reference}", names::folder_of(&self.file));
        self.folder.copy(&name, limit_bytes, out)
    }
}
