//! One process per data folder. The operating system drops the lock when the
//! process ends, however it ends; the file itself means nothing.

use std::{
    fs::{File, TryLockError},
    io::ErrorKind,
    path::Path,
};

use crate::{OpenError, private_file};

const FILE_NAME: &str = "open-codelabs.lock";

/// Whether files in the data folder can be opened for writing. Nothing is written.
pub(crate) fn is_writable(data_dir: &Path) -> bool {
    let opened = File::options().write(true).open(data_dir.join(FILE_NAME));
    match opened {
        Ok(_) => true,
        Err(error) => !matches!(
            error.kind(),
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied
        ),
    }
}

/// The exclusive right to a data folder.
#[derive(Debug)]
pub(crate) struct Lock(File);

impl Lock {
    pub(crate) fn take(data_dir: &Path) -> Result<Self, OpenError> {
        let path = data_dir.join(FILE_NAME);
        let file = private_file()
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| OpenError::io(&path, &error))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(OpenError::InUse {
                data_dir: data_dir.to_owned(),
            }),
            Err(TryLockError::Error(error)) => Err(OpenError::io(&path, &error)),
        }
    }

    /// Gives the right back, although clones of the store may live on.
    pub(crate) fn release(&self) {
        if let Err(error) = self.0.unlock() {
            tracing::warn!(%error, "the lock of the data folder was not given back");
        }
    }
}
