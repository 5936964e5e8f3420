//! Stages of the user interface.

use std::{collections::BTreeMap, ffi::OsString, fs, path::PathBuf};

use anyhow::{Context as _, Result};

use super::{Context, say, single};
use crate::{
    counts::{self, Counts},
    node_packages, output, process, stamp,
};

pub fn install(context: &Context) -> Result<Counts> {
    let made = node_packages::install(&context.ui())?;
    output::line(&format!("   {}", made.words()));
    Ok(Counts::one(true))
}

pub fn build(context: &Context) -> Result<Counts> {
    let made = node_packages::build(&context.ui())?;
    output::line(&format!("   {}", made.words()));
    Ok(Counts::one(true))
}

pub fn vitest(context: &Context) -> Result<Counts> {
    let report = context.fresh_report("vitest.json");
    let mut to_file = OsString::from("--outputFile.json=");
    to_file.push(&report);
    let mut command = process::command("npm", &context.ui());
    command
        .args(["test", "--", "--reporter=default", "--reporter=json"])
        .arg(to_file);
    say(&command);
    let success = process::status_of(&mut command)?.success();
    Ok(counts::from_report(&report, counts::vitest::parse)?.judged(success))
}

pub fn svelte_check(context: &Context) -> Result<Counts> {
    single("npm", &context.ui(), &["run", "check"])
}

pub fn eslint(context: &Context) -> Result<Counts> {
    single("npm", &context.ui(), &["run", "lint"])
}

pub fn knip(context: &Context) -> Result<Counts> {
    single("npm", &context.ui(), &["run", "knip"])
}

/// Generates the TypeScript of the wire again: nothing may change by it. What did change is left
/// as generated, ready to be committed.
pub fn generated(context: &Context) -> Result<Counts> {
    let before = sources(context)?;
    let counts = single("npm", &context.ui(), &["run", "generate"])?;
    if counts.failed > 0 {
        return Ok(counts);
    }
    let stale = differences(&before, &sources(context)?);
    if stale.is_empty() {
        return Ok(counts);
    }
    let remarks = stale
        .iter()
        .map(|path| format!("stale: {}", path.display()))
        .collect();
    Ok(Counts {
        remarks,
        ..Counts::one(false)
    })
}

type Contents = BTreeMap<PathBuf, Vec<u8>>;

/// Every source of the user interface with its contents, but those that each build makes anew.
fn sources(context: &Context) -> Result<Contents> {
    let source = context.ui().join("src");
    stamp::files_below(&source, &[source.join("lib/paraglide")])?
        .into_iter()
        .map(|path| {
            let contents =
                fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            Ok((path, contents))
        })
        .collect()
}

/// The files that are not the same in both.
fn differences(before: &Contents, after: &Contents) -> Vec<PathBuf> {
    let mut paths: Vec<&PathBuf> = before.keys().chain(after.keys()).collect();
    paths.sort();
    paths.dedup();
    paths
        .into_iter()
        .filter(|path| before.get(*path) != after.get(*path))
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents(files: &[(&str, &str)]) -> Contents {
        files
            .iter()
            .map(|(path, text)| (PathBuf::from(path), text.as_bytes().to_vec()))
            .collect()
    }

    #[test]
    fn changed_new_and_vanished_files_are_stale() {
        let before = contents(&[("same", "1"), ("changed", "1"), ("vanished", "1")]);
        let after = contents(&[("same", "1"), ("changed", "2"), ("new", "1")]);
        let stale = differences(&before, &after);
        assert_eq!(stale, ["changed", "new", "vanished"].map(PathBuf::from));
    }
}
