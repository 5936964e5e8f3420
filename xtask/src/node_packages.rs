//! The folders that npm manages: their packages, and the built user interface.

use std::path::Path;

use anyhow::Result;

use crate::{process, stamp::Fingerprint};

/// Whether something had to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// It was made now.
    Now,
    /// What is there was made from the same sources.
    Before,
}

impl Made {
    /// The words for a progress line.
    pub fn words(self) -> &'static str {
        match self {
            Self::Now => "done",
            Self::Before => "up to date",
        }
    }
}

/// Installs the packages of `dir` exactly as its lock file says, unless they are.
///
/// # Errors
/// When npm fails.
pub fn install(dir: &Path) -> Result<Made> {
    let stamp = dir.join("node_modules/.xtask-install");
    let sources = Fingerprint::empty()
        .with_file(&dir.join("package.json"))?
        .with_file(&dir.join("package-lock.json"))?
        .with(std::env::consts::OS.as_bytes());
    if sources.is_stamped_at(&stamp) {
        return Ok(Made::Before);
    }
    process::run(process::command("npm", dir).args(["ci", "--no-audit", "--no-fund"]))?;
    sources.stamp_at(&stamp)?;
    Ok(Made::Now)
}

/// Builds the user interface in `ui`, unless what lies in `ui/build` was built from what lies
/// there now. The packages must be installed.
///
/// # Errors
/// When the build fails.
pub fn build(ui: &Path) -> Result<Made> {
    let stamp = ui.join("node_modules/.xtask-build");
    if built(ui)?.is_stamped_at(&stamp) && ui.join("build/index.html").is_file() {
        return Ok(Made::Before);
    }
    process::run(process::command("npm", ui).args(["run", "build"]))?;
    built(ui)?.stamp_at(&stamp)?;
    Ok(Made::Now)
}

/// The sources and the product in one fingerprint: a product that was tampered with or half
/// removed is as stale as a changed source. `node_modules` stands for itself by its lock file,
/// which is a source.
fn built(ui: &Path) -> Result<Fingerprint> {
    let passing = [
        "node_modules",
        ".svelte-kit",
        "src/lib/paraglide",
        "project.inlang/cache",
    ];
    let passing: Vec<_> = passing.iter().map(|path| ui.join(path)).collect();
    Fingerprint::empty().with_tree(ui, &passing)
}
