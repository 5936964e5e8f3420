//! Exported files that are written to the disk, as they may be larger than the memory.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// A file that is gone when nobody needs it any more.
#[derive(Debug)]
pub struct OnDisk(pub(super) PathBuf);

impl OnDisk {
    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for OnDisk {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.0) {
            tracing::warn!(%error, "an exported file is left behind until the next start");
        }
    }
}

/// A new file that remembers why it could not be written: the archive tells it in words only.
pub(super) struct Watched {
    file: BufWriter<File>,
    pub(super) failure: Option<io::Error>,
}

impl Watched {
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        Ok(Self {
            file: BufWriter::new(store::private_file().create_new(true).open(path)?),
            failure: None,
        })
    }

    fn note<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        done.map_err(|error| {
            let told = io::Error::new(error.kind(), error.to_string());
            self.failure.get_or_insert(error);
            told
        })
    }
}

impl Write for Watched {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        let written = self.file.write(piece);
        self.note(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.file.flush();
        self.note(flushed)
    }
}

impl Seek for Watched {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = self.file.seek(to);
        self.note(place)
    }
}
