//! ZIP archives without a time in them: the same files make the same bytes.

use std::{
    fs::File,
    io::{self, Cursor, Seek, Write},
    path::Path,
};

use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use crate::{ImportError, ImportReason};

pub(super) struct Archive<W: Write + Seek> {
    zip: ZipWriter<W>,
    method: CompressionMethod,
}

impl Archive<Cursor<Vec<u8>>> {
    /// Text is made smaller; pictures are small already.
    pub(super) fn new() -> Self {
        Self::in_file(Cursor::new(Vec::new()))
    }

    /// Nothing is made smaller: what reads the archive wants it so.
    pub(super) fn stored() -> Self {
        Self {
            method: CompressionMethod::Stored,
            ..Self::new()
        }
    }

    pub(super) fn finish(self) -> Result<Vec<u8>, ImportError> {
        self.close().map(Cursor::into_inner)
    }
}

impl<W: Write + Seek> Archive<W> {
    /// The same as [`Archive::new`], not in memory.
    pub(super) fn in_file(out: W) -> Self {
        Self {
            zip: ZipWriter::new(out),
            method: CompressionMethod::Deflated,
        }
    }

    pub(super) fn text(&mut self, name: &str, text: &str) -> Result<(), ImportError> {
        self.add(name, text.as_bytes(), self.method)
    }

    pub(super) fn picture(&mut self, name: &str, bytes: &[u8]) -> Result<(), ImportError> {
        self.add(name, bytes, CompressionMethod::Stored)
    }

    /// A file as it is: so it inflates to nothing but itself, whatever it holds.
    pub(super) fn file(&mut self, name: &str, path: &Path) -> Result<(), ImportError> {
        self.start(name, CompressionMethod::Stored)?;
        let copied = File::open(path).and_then(|mut file| io::copy(&mut file, &mut self.zip));
        copied.map_err(|error| failed(name, &error.to_string()))?;
        Ok(())
    }

    fn add(
        &mut self,
        name: &str,
        bytes: &[u8],
        method: CompressionMethod,
    ) -> Result<(), ImportError> {
        self.start(name, method)?;
        self.zip
            .write_all(bytes)
            .map_err(|error| failed(name, &error.to_string()))
    }

    fn start(&mut self, name: &str, method: CompressionMethod) -> Result<(), ImportError> {
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        self.zip
            .start_file(name, options)
            .map_err(|error| failed(name, &error.to_string()))
    }

    pub(super) fn close(self) -> Result<W, ImportError> {
        let finished = self.zip.finish();
        finished.map_err(|error| failed("the archive", &error.to_string()))
    }
}

fn failed(name: &str, detail: &str) -> ImportError {
    let detail = detail.to_owned();
    ImportError::new(name, ImportReason::DamagedArchive { detail })
}
