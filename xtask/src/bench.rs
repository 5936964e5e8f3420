//! `cargo xtask bench`: builds a benchmark with optimisations, and runs it.

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

/// Reading and rendering codelabs needs no server: these are benchmarks of their crate.
const OF_CODELABS: &[(&str, &str)] = &[("content", "content"), ("texts", "hostile")];

/// Builds and measures; `args` go to the benchmark. Its output stands alone on standard output,
/// so that JSON can be piped on.
///
/// # Errors
/// When the programs do not build.
pub fn bench(args: &[String]) -> Result<ExitCode> {
    let root = repository::root()?;
    if let Some((what, rest)) = args.split_first()
        && let Some((_, bench)) = OF_CODELABS.iter().find(|(name, _)| name == what)
    {
        let mut command = process::command("cargo", &root);
        command.args(["bench", "--quiet", "--package", "codelab", "--bench", bench]);
        return process::become_it(command.arg("--").args(rest));
    }
    process::run(process::command("cargo", &root).args(PROGRAMS))?;
    let program = repository::target_dir(&root)?
        .join("release")
        .join(format!("room-bench{}", std::env::consts::EXE_SUFFIX));
    process::become_it(process::command(&program.to_string_lossy(), &root).args(args))
}
