//! `codelabs verify`.

use std::path::PathBuf;

use anyhow::{Context as _, bail, ensure};
use server::options::data_dir;
use store::Store;

use crate::terminal::say;

/// Which database.
#[derive(Clone, Debug, clap::Args)]
pub struct Verify {
    /// The folder of the database and the files [default: the system's place for them]
    #[arg(long, value_name = "FOLDER")]
    data_dir: Option<PathBuf>,
}

/// Says whether the tables follow from the log; fails if they do not.
pub fn run(asked: Verify) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("the runtime cannot be started")?;
    runtime.block_on(verify(asked))
}

async fn verify(asked: Verify) -> anyhow::Result<()> {
    let folder = data_dir(asked.data_dir)?;
    ensure!(
        Store::exists(&folder),
        "there is no database in {}",
        folder.display()
    );
    let store = Store::open(&folder).await?;
    let found = store.verify_projections().await;
    store.close().await;
    let found = found?;
    for difference in &found {
        say(&difference.to_string());
    }
    match found.len() {
        0 => {}
        1 => bail!("1 row does not follow from the log"),
        many => bail!("{many} rows do not follow from the log"),
    }
    say("Every table says what the log says.");
    Ok(())
}
