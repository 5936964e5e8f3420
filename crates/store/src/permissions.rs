//! Who may read the data folder: its owner alone, whatever the umask.
//!
//! On Windows the folder takes its rules from the user's profile, so there is
//! nothing to set.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io,
    path::Path,
};

/// Whether something in the data folder is this program's: the database and what stands beside
/// it begin alike, and damaged databases are kept in folders with a number.
fn is_own(name: &str) -> bool {
    name.starts_with("open-codelabs.")
        || name.starts_with("damaged-")
        || matches!(name, "files" | "imports" | "copies")
}

/// Creates a folder, and those above it that are missing, for its owner alone.
///
/// # Errors
/// When it cannot be created.
pub fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// How to open a file for writing so that one that is created is its owner's
/// alone.
#[must_use]
pub fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Takes everybody else's rights to the data away, as an earlier release or a
/// copy may have left them. A folder that holds other things as well was not
/// made for this program alone: it keeps its permissions, and what is ours in
/// it is closed.
pub(crate) fn close_to_others(data_dir: &Path) -> io::Result<()> {
    let mut holds_other_things = false;
    for entry in fs::read_dir(data_dir)? {
        let entry = entry?;
        if entry.file_name().to_str().is_some_and(is_own) {
            close_all(&entry.path())?;
        } else {
            holds_other_things = true;
        }
    }
    if holds_other_things {
        return Ok(());
    }
    close(data_dir)
}

/// Closes a file, or a folder with all that is in it. Links inside are left
/// alone: what they lead to may be somebody else's.
fn close_all(path: &Path) -> io::Result<()> {
    if fs::metadata(path)?.is_dir() {
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            if !entry.file_type()?.is_symlink() {
                close_all(&entry.path())?;
            }
        }
    }
    close(path)
}

#[cfg(unix)]
pub(crate) fn close(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let found = fs::metadata(path)?;
    let mode = if found.is_dir() { 0o700 } else { 0o600 };
    if found.permissions().mode() & 0o777 & !mode == 0 {
        return Ok(());
    }
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
pub(crate) fn close(path: &Path) -> io::Result<()> {
    fs::metadata(path).map(drop)
}
