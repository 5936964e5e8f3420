//! `codelabs verify`.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context as _, ensure};
use domain::WorkshopId;
use serde::Serialize;
use server::options::data_dir;
use store::{Finding, FindingKind, Notice, OpenError, Repaired, Store};

use crate::terminal::say;

/// Which database.
#[derive(Clone, Debug, clap::Args)]
pub struct Verify {
    /// Move what can be read of the database to a new one and build the tables that follow
    /// from the log again; the database as it was is kept in a folder damaged-N
    #[arg(long)]
    repair: bool,
    /// Open this damaged workshop again with its events as they are now
    #[arg(long, value_name = "WORKSHOP")]
    accept: Vec<String>,
    /// Say it as JSON
    #[arg(long)]
    json: bool,
    /// The folder of the database and the files [default: the system's place for them]
    #[arg(long, value_name = "FOLDER")]
    data_dir: Option<PathBuf>,
}

/// What was done and found, as JSON says it.
#[derive(Serialize)]
struct Told<'a> {
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    kept: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lost: Vec<String>,
    findings: &'a [Finding],
}

/// Says what is damaged, and where; fails if anything is.
pub fn run(asked: Verify) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Runtime::new().context("the runtime cannot be started")?;
    runtime.block_on(verify(asked))
}

async fn verify(asked: Verify) -> anyhow::Result<ExitCode> {
    let folder = data_dir(asked.data_dir)?;
    ensure!(
        Store::exists(&folder),
        "there is no database in {}",
        folder.display()
    );
    let repaired = if asked.repair {
        Some(store::repair(&folder).await?)
    } else {
        None
    };
    let store = match Store::open(&folder).await {
        Err(error @ OpenError::Corrupt { .. }) if !asked.repair => {
            return Err(error).context(
                "verify --repair moves what can be read of it to a new database; \
                 starting the app does the same",
            );
        }
        opened => opened?,
    };
    let found = look(&store, &asked.accept, repaired.is_some()).await;
    store.close().await;
    Ok(tell(&found?, repaired.as_ref(), asked.json)?)
}

async fn look(
    store: &Store,
    accepted: &[String],
    is_repaired: bool,
) -> anyhow::Result<Vec<Finding>> {
    for workshop in accepted {
        let id: WorkshopId = workshop
            .parse()
            .map_err(|_| anyhow::anyhow!("{workshop} is no workshop's id"))?;
        let changed = store.accept_log(id).await.with_context(|| {
            format!("the workshop {workshop} has an event that cannot be read at all")
        })?;
        ensure!(changed, "nothing is wrong with the log of {workshop}");
    }
    let mut found = store.verify().await?;
    if is_repaired {
        // It has just been said by who repaired.
        let said: Vec<String> = store.notices().iter().map(Notice::to_string).collect();
        found.retain(|one| one.kind != FindingKind::Notice || !said.contains(&one.sentence));
    }
    Ok(found)
}

fn tell(
    found: &[Finding],
    repaired: Option<&Repaired>,
    json: bool,
) -> Result<ExitCode, serde_json::Error> {
    let damages = found.iter().filter(|finding| finding.is_damage()).count();
    let lost = repaired.map(|repaired| repaired.lost.clone());
    let lost = lost.unwrap_or_default();
    let ok = damages == 0 && lost.is_empty();
    if json {
        let told = Told {
            ok,
            kept: repaired.map(|repaired| repaired.kept.display().to_string()),
            lost,
            findings: found,
        };
        say(&serde_json::to_string_pretty(&told)?);
    } else {
        if let Some(repaired) = repaired {
            say(&format!(
                "The database was built anew; as it was it is kept in {}.",
                repaired.kept.display()
            ));
        }
        for what in &lost {
            say(&format!("Lost: {what}."));
        }
        for finding in found {
            say(&finding.to_string());
        }
        match damages {
            0 if ok => say("Every table says what the log says, and every file is whole."),
            0 => {}
            1 => say("1 thing is damaged."),
            many => say(&format!("{many} things are damaged.")),
        }
    }
    Ok(if ok {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
