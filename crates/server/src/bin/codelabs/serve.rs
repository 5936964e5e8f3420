//! `codelabs serve`.

use std::time::Duration;

use anyhow::Context as _;
use lan::AdvertisedName;
use server::{Handle, options::Options};

use crate::{qr, terminal::say};

/// How long to wait for the name on the local network before saying the rest.
const NAME_DEADLINE: Duration = Duration::from_secs(3);

/// Runs until Ctrl+C or a signal to end.
pub fn run(options: Options) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("the runtime cannot be started")?;
    runtime.block_on(serve(options))
}

async fn serve(options: Options) -> anyhow::Result<()> {
    let config = options.config()?;
    let end = server::end_signal().context("signals cannot be received")?;
    let server = server::start(config).await?;
    introduce(&server.handle()).await;
    end.await;
    say("Saying goodbye …");
    server.shutdown().await;
    Ok(())
}

/// Says how people get in.
async fn introduce(handle: &Handle) {
    let mut name = handle.local_name();
    let known = name.wait_for(|name| !matches!(name, AdvertisedName::Pending));
    // On a silent network the name comes later or never; the addresses work.
    let unnamed = tokio::time::timeout(NAME_DEADLINE, known).await.is_err();
    say("Open Codelabs is running.");
    say("");
    let joins = handle.join_urls();
    if joins.is_empty() {
        say("No network yet: attendees cannot reach this machine. On this machine:");
        say(&format!("  {}", handle.local_url()));
    } else {
        say("Attendees open:");
        for url in &joins {
            say(&format!("  {url}"));
        }
    }
    if let AdvertisedName::Unavailable { reason } = &*handle.local_name().borrow() {
        say(&format!("  (no .local name: {reason})"));
    } else if unnamed {
        say("  (the .local name is not known yet)");
    }
    if let Some(lines) = joins.first().and_then(|url| qr::lines(url)) {
        say("");
        for line in &lines {
            say(line);
        }
    }
    say("");
    say("You, the facilitator, open one of these once (the first to open it becomes facilitator):");
    for url in handle.facilitator_urls() {
        say(&format!("  {url}"));
    }
    say("");
    let live = handle.live_workshops();
    for workshop in &live {
        say(&format!(
            "Live again: {} ({} attendees)",
            workshop.title, workshop.attendees
        ));
    }
    say("Ctrl+C ends the server. Live workshops go on when it starts again.");
}
