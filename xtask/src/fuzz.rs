//! `cargo xtask fuzz`: lets libFuzzer invent what strangers may hand to the importer
//! (`tests/fuzz`), for as long as is asked.

use std::{fs, process::ExitCode};

use anyhow::{Context as _, Result};

use crate::{process, repository};

/// What can be fuzzed: the `[[bin]]`s of `tests/fuzz`.
pub const TARGETS: [&str; 3] = ["markdown", "folder", "archive"];

/// How the compiler tells libFuzzer which way the code went. These are options of code generation,
/// which every toolchain has; the sanitizers, which need a nightly one, watch over unsafe code, of
/// which we have none.
const INSTRUMENTED: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares \
    -Ccodegen-units=1 -Cdebug-assertions=on -Coverflow-checks=on --cfg fuzzing";

/// Builds the target and runs it for `seconds`. Inputs that went new ways are kept in
/// `target/fuzz/corpus`, and one that fails in `target/fuzz/failed`.
///
/// # Errors
/// When the target cannot be built or its folders cannot be made.
pub fn fuzz(target: &str, seconds: u64) -> Result<ExitCode> {
    let root = repository::root()?;
    let folder = repository::target_dir(&root)?.join("fuzz");
    let corpus = folder.join("corpus").join(target);
    let failed = folder.join("failed");
    for made in [&corpus, &failed] {
        fs::create_dir_all(made).with_context(|| format!("{} cannot be made", made.display()))?;
    }
    let mut command = process::command("cargo", &root);
    // With a target of its own the flags do not reach build scripts and macros.
    command
        .args(["run", "--release", "--quiet", "--package", "fuzz"])
        .args(["--features", "targets", "--bin", target])
        .args(["--target", &host()?, "--target-dir"])
        .arg(&folder)
        .arg("--")
        .arg(&corpus)
        .arg(root.join("crates/codelab/samples"))
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!(
            "-dict={}",
            root.join("tests/fuzz/importer.dict").display()
        ))
        .arg(format!("-artifact_prefix={}/{target}-", failed.display()))
        .args(["-timeout=10", "-rss_limit_mb=2048", "-max_len=16384"])
        .env("RUSTFLAGS", INSTRUMENTED);
    process::become_it(&mut command)
}

/// The platform that the compiler compiles for by itself.
fn host() -> Result<String> {
    let output = std::process::Command::new("rustc")
        .args(["--version", "--verbose"])
        .output()
        .context("rustc does not start")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc names no host")?.to_owned())
}
