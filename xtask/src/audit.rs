//! `cargo xtask audit`: asks the advisory databases whether a dependency that ships has a known
//! weakness. It needs the internet, and its answer changes without a change here: so it is no stage
//! of `cargo xtask test`, and a workflow runs it every day.

use std::process::ExitCode;

use anyhow::Result;

use crate::{
    output,
    prerequisites::{self, Requirement},
    process, repository,
};

/// Checks the crates, then the packages of the user interface; one that fails does not hide the
/// other.
///
/// # Errors
/// When a program cannot be started or cargo-deny is missing and cannot be installed.
pub fn audit(yes: bool) -> Result<ExitCode> {
    let root = repository::root()?;
    let missing = prerequisites::ensure(&root, &[Requirement::Deny, Requirement::Node], yes)?;
    if let Some(sentence) = missing.into_values().next() {
        anyhow::bail!(sentence);
    }
    let mut sound = true;
    for (program, args, dir) in [
        ("cargo", ["deny", "check", "advisories"], root.clone()),
        (
            "npm",
            ["audit", "--omit=dev", "--audit-level=low"],
            root.join("ui"),
        ),
    ] {
        let mut command = process::command(program, &dir);
        command.args(args);
        output::line(&process::describe(&command));
        sound &= process::status_of(&mut command)?.success();
    }
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
