//! Where things are: the repository this was started for, and cargo's target directory.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::process;

/// The top of the repository. `cargo run` says at run time where the crate is; the path compiled
/// in serves only when the binary is started by hand.
pub fn root() -> Result<PathBuf> {
    let crate_dir = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let root = crate_dir
        .parent()
        .context("the xtask crate lies in the repository")?;
    Ok(root.to_owned())
}

/// Cargo's target directory as cargo itself resolves it (environment, configuration, default).
pub fn target_dir(root: &Path) -> Result<PathBuf> {
    let mut metadata = process::command("cargo", root);
    metadata.args(["metadata", "--no-deps", "--format-version", "1"]);
    let json: serde_json::Value = serde_json::from_str(&process::output_of(&mut metadata)?)
        .context("cargo metadata is not JSON")?;
    let dir = json["target_directory"]
        .as_str()
        .context("cargo metadata names no target")?;
    Ok(PathBuf::from(dir))
}
