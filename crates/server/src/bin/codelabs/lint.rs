//! `codelabs lint`.

use std::path::PathBuf;

use anyhow::ensure;
use protocol::{Diagnostic, OfferedPast, Severity};
use server::lint::{Lint, Offline, OfflineKind};

use crate::terminal::say;

/// What to look at.
#[derive(Clone, Debug, clap::Args)]
pub struct Asked {
    /// Markdown files, folders or ZIPs; each may hold many codelabs
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Say it as JSON, an object for each codelab
    #[arg(long)]
    json: bool,
}

/// Says what there is to say; fails if a codelab is refused or would lose something.
pub fn run(asked: &Asked) -> anyhow::Result<()> {
    let found = Lint::of(&asked.paths);
    if asked.json {
        say(&serde_json::to_string_pretty(&found)?);
    } else {
        found.iter().for_each(tell);
    }
    let bad = found.iter().filter(|lint| !lint.is_whole()).count();
    ensure!(
        bad == 0,
        "{bad} of {} cannot be imported as they were written",
        found.len()
    );
    Ok(())
}

fn tell(lint: &Lint) {
    if let Some(problem) = &lint.refused {
        say(&format!("{}: error: {}", lint.path, problem.detail));
    }
    for found in &lint.diagnostics {
        say(&remark(found));
    }
    for found in &lint.offline {
        say(&format!(
            "{}:{}: offline: {}",
            lint.path,
            found.line,
            need(found)
        ));
    }
    if let Some(codelab) = &lint.codelab {
        let counts = [
            count(codelab.steps, "step"),
            count(codelab.minutes.try_into().unwrap_or(usize::MAX), "minute"),
            count(codelab.images, "image"),
            count(lint.diagnostics.len(), "remark"),
            count(lint.offline.len(), "thing") + " more that cannot be had offline",
        ];
        let mut counts = counts.join(", ");
        if codelab.materials > 0 {
            counts = format!("{}, {counts}", count(codelab.materials, "material"));
        }
        say(&format!("{}: “{}”: {counts}", lint.path, codelab.title));
        if let Some(past) = &codelab.past {
            say(&format!("{}: past workshop: {}", lint.path, people(past)));
        }
    }
}

/// How much there is of a past workshop.
fn people(past: &OfferedPast) -> String {
    let number = |number: u32, thing| count(number.try_into().unwrap_or(usize::MAX), thing);
    let counts = [
        number(past.attendees, "attendee"),
        number(past.messages, "message"),
        number(past.help_requests, "help request"),
        number(past.quiz_answers, "quiz answer"),
        number(past.submissions, "submission"),
        format!("feedback {} times", past.feedback),
    ];
    counts.join(", ")
}

/// `1 step`, `2 steps`.
pub fn count(number: usize, thing: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{number} {thing}{s}")
}

/// A remark as compilers write it: `FILE:LINE:COLUMN: warning: …`.
pub fn remark(found: &Diagnostic) -> String {
    let severity = match found.severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let place = [found.line, found.column]
        .iter()
        .map_while(|number| number.map(|number| format!(":{number}")))
        .collect::<String>();
    format!("{}{place}: {severity}: {}", found.file, found.message)
}

fn need(found: &Offline) -> String {
    let subject = &found.subject;
    match found.kind {
        OfflineKind::Link => format!("{subject} is a link; nobody in the room can follow it."),
        OfflineKind::Command => format!(
            "“{subject}” fetches something; have it installed before, or serve it in the room."
        ),
    }
}
