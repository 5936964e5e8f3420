//! `cargo xtask generate`: rewrites the files that are made from the Rust types of the wire.

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::{
    node_packages, output,
    prerequisites::{self, Requirement},
    process, repository,
};

/// Rewrites docs/openapi.json and docs/PROTOCOL.md, and then the TypeScript made from them.
///
/// # Errors
/// When something is missing or a generator fails.
pub fn generate() -> Result<ExitCode> {
    let root = repository::root()?;
    let ui = root.join("ui");
    let mut progress = output::Progress::over(4);

    progress.begin("Checking this machine");
    let needs = [Requirement::Rust, Requirement::Compiler, Requirement::Node];
    let missing = prerequisites::ensure(&root, &needs, false)?;
    if let Some(sentence) = missing.values().next() {
        bail!("{sentence}");
    }
    progress.end("done");

    progress.begin("Writing docs/openapi.json and docs/PROTOCOL.md");
    let mut generator = process::command("cargo", &root);
    generator
        .args(["test", "-p", "server", "--test", "generated"])
        .env("UPDATE_GENERATED", "1");
    process::run(&mut generator)?;
    progress.end("done");

    progress.begin("Installing the packages of the user interface");
    progress.end(node_packages::install(&ui)?.words());

    progress.begin("Writing the TypeScript of the wire");
    process::run(process::command("npm", &ui).args(["run", "generate"]))?;
    progress.end("done");
    Ok(ExitCode::SUCCESS)
}
