//! ZIP archives without a time in them: the same files make the same bytes.

use std::io::{Cursor, Write as _};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::{ImportError, ImportReason};

pub(super) struct Archive {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    method: CompressionMethod,
}

impl Archive {
    /// Text is made smaller; pictures are small already.
    pub(super) fn new() -> Self {
        Self {
            zip: ZipWriter::new(Cursor::new(Vec::new())),
            method: CompressionMethod::Deflated,
        }
    }

    /// Nothing is made smaller: what reads the archive wants it so.
    pub(super) fn stored() -> Self {
        Self {
            method: CompressionMethod::Stored,
            ..Self::new()
        }
    }

    pub(super) fn text(&mut self, name: &str, text: &str) -> Result<(), ImportError> {
        self.add(name, text.as_bytes(), self.method)
    }

    pub(super) fn picture(&mut self, name: &str, bytes: &[u8]) -> Result<(), ImportError> {
        self.add(name, bytes, CompressionMethod::Stored)
    }

    fn add(
        &mut self,
        name: &str,
        bytes: &[u8],
        method: CompressionMethod,
    ) -> Result<(), ImportError> {
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        self.zip
            .start_file(name, options)
            .map_err(|error| failed(name, &error.to_string()))?;
        self.zip
            .write_all(bytes)
            .map_err(|error| failed(name, &error.to_string()))
    }

    pub(super) fn finish(self) -> Result<Vec<u8>, ImportError> {
        let finished = self.zip.finish();
        let cursor = finished.map_err(|error| failed("the archive", &error.to_string()))?;
        Ok(cursor.into_inner())
    }
}

fn failed(name: &str, detail: &str) -> ImportError {
    let detail = detail.to_owned();
    ImportError::new(name, ImportReason::DamagedArchive { detail })
}
