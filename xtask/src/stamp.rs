//! Knowing whether something was made from what lies there now.
//!
//! A stamp is a fingerprint of the sources, written beside the product. It is made from contents,
//! not times: a fresh clone, a restored cache and a switched branch all have misleading times.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

/// A 64-bit FNV-1a fingerprint. It guards against forgetting, not against an adversary.
/// <http://www.isthe.com/chongo/tech/comp/fnv/>
#[derive(Clone, Copy)]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// The fingerprint of nothing.
    pub fn empty() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// With one more piece; pieces do not run into each other.
    pub fn with(mut self, piece: &[u8]) -> Self {
        let length = piece.len().to_le_bytes();
        for byte in length.iter().chain(piece) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        self
    }

    /// With the path and the contents of a file; a file that is not there counts as such.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn with_file(self, path: &Path) -> Result<Self> {
        let named = self.with(path.to_string_lossy().as_bytes());
        match fs::read(path) {
            Ok(contents) => Ok(named.with(&contents)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(named.with(b"absent")),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    /// With every file below `dir`, in order of their paths, but nothing below `without`.
    ///
    /// # Errors
    /// When a directory or file cannot be read.
    pub fn with_tree(self, dir: &Path, without: &[PathBuf]) -> Result<Self> {
        files_below(dir, without)?
            .iter()
            .try_fold(self, |print, file| print.with_file(file))
    }

    /// Whether the stamp at `path` says the same.
    pub fn is_stamped_at(self, path: &Path) -> bool {
        fs::read_to_string(path).is_ok_and(|stamp| stamp.trim() == self.text())
    }

    /// Writes the stamp at `path`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn stamp_at(self, path: &Path) -> Result<()> {
        fs::write(path, self.text()).with_context(|| format!("cannot write {}", path.display()))
    }

    fn text(self) -> String {
        format!("{:016x}", self.0)
    }
}

/// All files below `dir`, sorted, but nothing at or below `without`. A directory that is not
/// there holds no files.
///
/// # Errors
/// When a directory cannot be read.
pub fn files_below(dir: &Path, without: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut dirs = vec![dir.to_owned()];
    while let Some(dir) = dirs.pop() {
        if !dir.is_dir() {
            continue;
        }
        let entries =
            fs::read_dir(&dir).with_context(|| format!("cannot list {}", dir.display()))?;
        for entry in entries {
            let entry = entry.with_context(|| format!("cannot list {}", dir.display()))?;
            let path = entry.path();
            if without.contains(&path) {
                continue;
            }
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                dirs.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A directory of this test's own, removed when it is dropped.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let dir = std::env::temp_dir().join(format!("xtask-{name}-{}", std::process::id()));
            fs::create_dir_all(dir.join("out")).expect("a scratch directory");
            Self(dir)
        }

        fn fingerprint(&self) -> Fingerprint {
            Fingerprint::empty()
                .with_tree(&self.0, &[self.0.join("out")])
                .expect("readable")
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).ok();
        }
    }

    #[test]
    fn a_stamp_holds_until_a_source_changes() {
        let scratch = Scratch::new("stamp");
        let source = scratch.0.join("a.txt");
        let stamp = scratch.0.join("out/stamp");
        fs::write(&source, "one").expect("writable");
        assert!(!scratch.fingerprint().is_stamped_at(&stamp));

        scratch.fingerprint().stamp_at(&stamp).expect("writable");
        assert!(scratch.fingerprint().is_stamped_at(&stamp));

        fs::write(&source, "two").expect("writable");
        assert!(!scratch.fingerprint().is_stamped_at(&stamp));
        fs::write(&source, "one").expect("writable");
        assert!(scratch.fingerprint().is_stamped_at(&stamp));

        fs::write(scratch.0.join("b.txt"), "").expect("writable");
        assert!(!scratch.fingerprint().is_stamped_at(&stamp));
    }

    #[test]
    fn pieces_do_not_run_into_each_other() {
        let one = Fingerprint::empty().with(b"ab").with(b"c");
        let other = Fingerprint::empty().with(b"a").with(b"bc");
        assert_ne!(one.text(), other.text());
    }
}
