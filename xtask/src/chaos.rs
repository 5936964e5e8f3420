//! `cargo xtask chaos`: the long form of `tests/acceptance/chaos`, whose short form is among the
//! tests.

use std::process::ExitCode;

use anyhow::Result;

use crate::{process, repository};

/// Builds the server that is killed, then runs the room on a bad network and shows its figures.
///
/// # Errors
/// When something cannot be built or started.
pub fn chaos(seed: Option<u64>) -> Result<ExitCode> {
    let root = repository::root()?;
    let server = ["build", "-p", "server", "--bin", "codelabs"];
    process::run(process::command("cargo", &root).args(server))?;
    let mut test = process::command("cargo", &root);
    test.args(["test", "-p", "tests", "--test", "chaos", "--"])
        .args(["--ignored", "--nocapture"]);
    if let Some(seed) = seed {
        test.env("CHAOS_SEED", seed.to_string());
    }
    Ok(if process::status_of(&mut test)?.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
