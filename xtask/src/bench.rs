//! `cargo xtask bench`: builds server and benchmark with optimisations, and runs the benchmark.

use std::process::ExitCode;

use anyhow::Result;

use crate::{process, repository};

/// Both programs, so that they lie beside each other.
const PROGRAMS: &[&str] = &[
    "build",
    "--release",
    "--package",
    "server",
    "--bin",
    "codelabs",
    "--package",
    "tests",
    "--bin",
    "room-bench",
];

/// Builds and measures; `args` go to the benchmark. Its output stands alone on standard output,
/// so that JSON can be piped on.
///
/// # Errors
/// When the programs do not build.
pub fn bench(args: &[String]) -> Result<ExitCode> {
    let root = repository::root()?;
    process::run(process::command("cargo", &root).args(PROGRAMS))?;
    let program = repository::target_dir(&root)?
        .join("release")
        .join(format!("room-bench{}", std::env::consts::EXE_SUFFIX));
    process::become_it(process::command(&program.to_string_lossy(), &root).args(args))
}
