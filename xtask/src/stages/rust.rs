//! Stages of the Rust side.

use anyhow::Result;

use super::{Context, fresh, say, single};
use crate::{
    counts::{self, Counts},
    prerequisites::Requirement,
    process,
};

/// What compiling the whole workspace needs, the window included.
pub const EVERYTHING: &[Requirement] = &[
    Requirement::Rust,
    Requirement::Compiler,
    Requirement::WebView,
];

pub fn fmt(context: &Context) -> Result<Counts> {
    single("cargo", &context.root, &["fmt", "--all", "--check"])
}

pub fn clippy(context: &Context) -> Result<Counts> {
    let args = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ];
    single("cargo", &context.root, &args)
}

/// Walls, licences and sources. Why not advisories: deny.toml says so.
pub fn deny(context: &Context) -> Result<Counts> {
    // The walls name the plugins that may stand in them, whether or not all of them do.
    let args = [
        "deny",
        "check",
        "--allow",
        "unused-wrapper",
        "bans",
        "licenses",
        "sources",
    ];
    single("cargo", &context.root, &args)
}

pub fn machete(context: &Context) -> Result<Counts> {
    single("cargo", &context.root, &["machete"])
}

/// Unit, property and acceptance tests. The profile `ci` of .config/nextest.toml writes the report
/// that is counted; nextest keeps it below the workspace wherever cargo's target directory is.
pub fn nextest(context: &Context) -> Result<Counts> {
    let report = fresh(context.root.join("target/nextest/ci/junit.xml"));
    let mut command = process::command("cargo", &context.root);
    command.args(["nextest", "run", "--workspace", "--profile", "ci"]);
    say(&command);
    let success = process::status_of(&mut command)?.success();
    Ok(counts::from_report(&report, counts::junit::parse)?.judged(success))
}

pub fn build_server(context: &Context) -> Result<Counts> {
    single(
        "cargo",
        &context.root,
        &["build", "-p", "server", "--bin", "codelabs"],
    )
}

pub fn build_app(context: &Context) -> Result<Counts> {
    single("cargo", &context.root, &["build", "-p", "open-codelabs"])
}
