//! `cargo xtask test`: the stages, their order, and what each builds upon.
//!
//! Every stage is run even when another failed, so that one run tells everything; only what
//! builds upon a failed stage, or needs what this machine has not, is not run, and then it counts
//! as failed.

mod browser;
mod list;
mod rust;
mod ui;
mod window;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use anyhow::{Context as _, Result};

pub use list::STAGES;

use crate::{
    cli::TestOptions,
    counts::Counts,
    output,
    prerequisites::{self, Missing, Platform, Requirement, browser::find as find_browser},
    process, repository,
    summary::{self, Report},
};

/// One stage of the test command.
pub struct Stage {
    name: &'static str,
    /// Without these it is not run.
    needs: &'static [Requirement],
    /// These are installed where possible; without them some of its tests skip themselves.
    wants: &'static [Requirement],
    /// Stages before it that must have succeeded.
    after: &'static [&'static str],
    /// Why it cannot exist on a platform, where that is so.
    unavailable: fn(Platform) -> Option<&'static str>,
    run: fn(&Context) -> Result<Counts>,
}

/// What a stage is given.
pub struct Context {
    root: PathBuf,
    /// Where test programs write their reports.
    reports: PathBuf,
    browser: Option<PathBuf>,
    playwright_args: Vec<String>,
}

impl Context {
    fn gather(options: &TestOptions) -> Result<Self> {
        let root = repository::root()?;
        let reports = repository::target_dir(&root)?.join("xtask");
        std::fs::create_dir_all(&reports)
            .with_context(|| format!("cannot create {}", reports.display()))?;
        let playwright_args = options.playwright_args.clone();
        Ok(Self {
            root,
            reports,
            browser: find_browser(),
            playwright_args,
        })
    }

    fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    fn e2e(&self) -> PathBuf {
        self.root.join("tests/e2e")
    }

    /// The path of a report, where no earlier run's report lies any more.
    fn fresh_report(&self, name: &str) -> PathBuf {
        fresh(self.reports.join(name))
    }
}

/// Removes a report of an earlier run, which must not be counted again.
fn fresh(path: PathBuf) -> PathBuf {
    std::fs::remove_file(&path).ok();
    path
}

/// A stage that is one command: it succeeds or it does not.
fn single(program: &str, dir: &Path, args: &[&str]) -> Result<Counts> {
    let mut command = process::command(program, dir);
    command.args(args);
    say(&command);
    Ok(Counts::one(process::status_of(&mut command)?.success()))
}

/// Says what is run, so that a person can run it alone.
fn say(command: &std::process::Command) {
    output::line(&format!("   {}", process::describe(command)));
}

/// The names of all stages.
pub fn names() -> impl Iterator<Item = &'static str> {
    STAGES.iter().map(|stage| stage.name)
}

/// Sets the machine up, runs the stages that were asked for and says what came of them.
/// Whatever goes wrong, the last line is the sum.
pub fn test(options: &TestOptions) -> ExitCode {
    let began = Instant::now();
    output::heading("setup");
    let stages = selected(STAGES, &options.only, &options.skip);
    let reports = match set_up(&stages, options) {
        Ok((context, missing)) => {
            let platform = Platform::this();
            stages.iter().fold(Vec::new(), |mut reports, stage| {
                reports.push(report(stage, platform, &missing, &reports, &context));
                reports
            })
        }
        Err(error) => vec![Report {
            name: "setup",
            took: Some(began.elapsed()),
            counts: Counts::failure(format!("{error:#}")),
        }],
    };

    output::heading(&format!("after {}", output::duration(began.elapsed())));
    let total = summary::total(&reports);
    for line in summary::remarks(&reports)
        .iter()
        .chain(&summary::table(&reports))
    {
        output::line(line);
    }
    output::line(&summary::last_line(&total));
    if total.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn set_up(stages: &[&Stage], options: &TestOptions) -> Result<(Context, Missing)> {
    let platform = Platform::this();
    let mut requirements: Vec<Requirement> = stages
        .iter()
        .filter(|stage| (stage.unavailable)(platform).is_none())
        .flat_map(|stage| stage.needs.iter().chain(stage.wants))
        .copied()
        .collect();
    requirements.sort_unstable();
    requirements.dedup();
    let missing = prerequisites::ensure(&repository::root()?, &requirements, options.yes)?;
    Ok((Context::gather(options)?, missing))
}

/// The stages asked for, in order, with those they build upon, but without the ones left out.
fn selected<'a>(stages: &'a [Stage], only: &[String], skip: &[String]) -> Vec<&'a Stage> {
    let mut wanted: Vec<&str> = only.iter().map(String::as_str).collect();
    // A stage builds only upon earlier ones, so one pass from the end finds all of them.
    for stage in stages.iter().rev() {
        if wanted.contains(&stage.name) {
            wanted.extend(stage.after);
        }
    }
    stages
        .iter()
        .filter(|stage| only.is_empty() || wanted.contains(&stage.name))
        .filter(|stage| !skip.iter().any(|name| name == stage.name))
        .collect()
}

/// Why a stage is not run, from what is missing and what failed before it.
fn obstacle(stage: &Stage, missing: &Missing, before: &[Report]) -> Option<String> {
    let lacks = stage
        .needs
        .iter()
        .find_map(|requirement| missing.get(requirement))
        .cloned();
    let failed = || {
        before
            .iter()
            .find(|report| stage.after.contains(&report.name) && report.counts.failed > 0)
            .map(|report| format!("{} failed", report.name))
    };
    lacks.or_else(failed).map(|why| format!("not run: {why}"))
}

fn report(
    stage: &Stage,
    platform: Platform,
    missing: &Missing,
    before: &[Report],
    context: &Context,
) -> Report {
    output::heading(stage.name);
    let not_run = (stage.unavailable)(platform)
        .map(Counts::skip)
        .or_else(|| obstacle(stage, missing, before).map(Counts::failure));
    if let Some(counts) = not_run {
        for remark in &counts.remarks {
            output::line(&format!("   {remark}"));
        }
        return Report {
            name: stage.name,
            took: None,
            counts,
        };
    }
    let began = Instant::now();
    let counts = (stage.run)(context).unwrap_or_else(|error| Counts::failure(format!("{error:#}")));
    let report = Report {
        name: stage.name,
        took: Some(began.elapsed()),
        counts,
    };
    output::line(&format!(
        "── {} {} ({})",
        report.name,
        report.result(),
        output::duration(began.elapsed())
    ));
    report
}

#[cfg(test)]
mod tests;
