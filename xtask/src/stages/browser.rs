//! Stages with a real browser: the tests of Playwright, and what an attendee's browser transfers.

use std::process::Command;

use anyhow::Result;

use super::{Context, say};
use crate::{
    counts::{self, Counts},
    node_packages, output,
    prerequisites::browser::VARIABLE,
    process,
};

pub fn install(context: &Context) -> Result<Counts> {
    let made = node_packages::install(&context.e2e())?;
    output::line(&format!("   {}", made.words()));
    Ok(Counts::one(true))
}

pub fn playwright(context: &Context) -> Result<Counts> {
    let report = context.fresh_report("playwright.json");
    let mut command = process::command("npx", &context.e2e());
    command
        .args(["--no-install", "playwright", "test", "--reporter=list,json"])
        .args(&context.playwright_args)
        .env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report);
    with_browser(&mut command, context);
    say(&command);
    let success = process::status_of(&mut command)?.success();
    Ok(counts::from_report(&report, counts::playwright::parse)?.judged(success))
}

pub fn budget(context: &Context) -> Result<Counts> {
    let mut command = process::command("node", &context.e2e());
    command.arg("budget.mjs");
    with_browser(&mut command, context);
    say(&command);
    Ok(Counts::one(process::status_of(&mut command)?.success()))
}

/// Tells the tests which browser to start.
pub fn with_browser(command: &mut Command, context: &Context) {
    if let Some(browser) = &context.browser {
        command.env(VARIABLE, browser);
    }
}
