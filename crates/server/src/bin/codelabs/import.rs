//! `codelabs import`.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use protocol::{CodelabSummary, Diagnostic, Problem};
use serde::Serialize;
use server::{
    clock::Clock,
    many::{Many, Row, Taken},
    options::data_dir,
};
use store::Store;

use crate::{
    lint::{count, remark},
    remote,
    terminal::say,
};

/// What to import.
#[derive(Clone, Debug, clap::Args)]
pub struct Asked {
    /// Markdown files, folders or ZIPs; each may hold many codelabs
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Take only these, as `codelabs lint` lists them: 1 is the first
    #[arg(long, value_name = "NUMBER", value_delimiter = ',')]
    only: Vec<usize>,
    /// Leave out what a backup tells of past workshops
    #[arg(long)]
    no_history: bool,
    #[command(flatten)]
    remote: remote::Download,
    /// Say it as JSON, an object for each codelab
    #[arg(long)]
    json: bool,
    /// The folder of the database and the files [default: the system's place for them]
    #[arg(long, value_name = "FOLDER")]
    data_dir: Option<PathBuf>,
}

/// A codelab, as JSON says what became of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Told<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    codelab: Option<&'a CodelabSummary>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<&'a Problem>,
    diagnostics: &'a [Diagnostic],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    remote_images: Vec<remote::Told<'a>>,
}

/// Imports; fails when something was refused or lost. What came in stays.
pub fn run(asked: Asked) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Runtime::new().context("the runtime cannot be started")?;
    runtime.block_on(import(asked))
}

async fn import(asked: Asked) -> anyhow::Result<ExitCode> {
    let store = Store::open(&data_dir(asked.data_dir.clone())?).await?;
    let rows = import_into(&store, &asked).await;
    store.close().await;
    let rows = rows?;
    if asked.json {
        say(&serde_json::to_string_pretty(
            &rows.iter().map(told).collect::<Vec<_>>(),
        )?);
    } else {
        let whole = rows.iter().filter(|row| row.is_whole()).count();
        let came = rows.iter().filter(|row| row.outcome.is_ok()).count();
        say(&format!(
            "{} imported, {} with something lost, {} refused",
            whole,
            came - whole,
            rows.len() - came
        ));
    }
    let all_whole = rows.iter().all(Row::is_whole);
    Ok(ExitCode::from(u8::from(!all_whole)))
}

async fn import_into(store: &Store, asked: &Asked) -> anyhow::Result<Vec<Row>> {
    let clock = Clock::system();
    let mut many = Many::find(asked.paths.clone())
        .await
        .map_err(|problem| anyhow::anyhow!(problem.detail))?;
    let found = many.names().len();
    if let Some(beyond) = asked
        .only
        .iter()
        .find(|number| !(1..=found).contains(*number))
    {
        anyhow::bail!("there is no number {beyond}: {found} were found");
    }
    let wanted =
        (0..found).filter(|index| asked.only.is_empty() || asked.only.contains(&(index + 1)));
    let past = !asked.no_history;
    many.only(wanted.map(|index| Taken::whole(index, past)));
    let mut rows = Vec::new();
    let outside = asked.remote.rules();
    while let Some(row) = many.next(store, None, clock.now(), outside).await {
        if !asked.json {
            tell(&row);
        }
        rows.push(row);
    }
    Ok(rows)
}

fn told(row: &Row) -> Told<'_> {
    let report = row.outcome.as_ref().ok();
    Told {
        name: &row.name,
        codelab: report.map(|report| &report.codelab),
        refused: row.outcome.as_ref().err(),
        diagnostics: report.map_or(&[], |report| &report.diagnostics),
        remote_images: row.remote.iter().map(remote::Told::of).collect(),
    }
}

fn tell(row: &Row) {
    match &row.outcome {
        Ok(report) => {
            let codelab = &report.codelab;
            let counts = [
                count(codelab.steps.try_into().unwrap_or(usize::MAX), "step"),
                count(codelab.minutes.try_into().unwrap_or(usize::MAX), "minute"),
                count(report.diagnostics.len(), "remark"),
            ];
            say(&format!(
                "{}: “{}”: {}",
                row.name,
                codelab.title,
                counts.join(", ")
            ));
            for found in &report.diagnostics {
                say(&format!("  {}", remark(found)));
            }
            for line in remote::lines(&row.remote) {
                say(&format!("  {line}"));
            }
        }
        Err(problem) => say(&format!("{}: error: {}", row.name, problem.detail)),
    }
}
