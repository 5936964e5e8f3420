//! A large library: how long it takes to bring it in, and to find something in it.

use std::{fmt::Write as _, fs, path::Path, time::Instant};

use anyhow::{Context as _, ensure};
use protocol::CodelabPage;
use serde::Serialize;
use tests::{Browser, Facilitator};
use tokio::process::Command;

use crate::{
    figures::Delays,
    host::Machine,
    options::LibraryOptions,
    process::{Process, beside_this, free_port},
    report::say,
};

/// How often each question is asked; the first answers count too.
const TIMES: usize = 21;

/// What is asked, and in which words of the table. Searches end on words that every codelab, one
/// in ten, and one alone has, on a single letter, and on Korean and Japanese.
const QUESTIONS: &[(&str, &str)] = &[
    ("first page", ""),
    ("by title", "sort=title"),
    ("by use", "sort=used"),
    ("one tag", "tag=topic7"),
    ("a word in all", "search=command"),
    ("two words in a tenth", "search=rebase topic3"),
    ("a word in one", "search=unique0007"),
    ("a single letter", "search=a"),
    ("Korean", "search=명령어"),
    ("Japanese", "search=作成"),
];

/// Everything that was measured.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Library {
    pub machine: Machine,
    pub codelabs: u16,
    pub import_s: f64,
    pub questions: Vec<Question>,
}

/// One question and how long its answers took.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    pub name: &'static str,
    pub found: usize,
    pub delays: Delays,
}

/// Measures; whether every question found something.
pub fn run(options: &LibraryOptions) -> anyhow::Result<bool> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("the runtime cannot be started")?;
    let library = runtime.block_on(measure(options))?;
    if options.json {
        say(&serde_json::to_string_pretty(&library)?);
    } else {
        table(&library);
    }
    Ok(library.questions.iter().all(|question| question.found > 0))
}

async fn measure(options: &LibraryOptions) -> anyhow::Result<Library> {
    let program = match &options.server {
        Some(program) => program.clone(),
        None => beside_this("codelabs")?,
    };
    let folder = tempfile::tempdir().context("a temporary folder")?;
    let (texts, data) = (folder.path().join("texts"), folder.path().join("data"));
    write_all(&texts, options.codelabs)?;

    let began = Instant::now();
    let output = Command::new(&program)
        .arg("import")
        .arg(&texts)
        .arg("--data-dir")
        .arg(&data)
        .output()
        .await?;
    let import_s = began.elapsed().as_secs_f64();
    let log = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "the import failed: {log}");

    let server = Process::server(&program, &data, free_port()?).await?;
    let browser = Browser::new(&format!("http://{}", server.address));
    let facilitator = Facilitator::enter(browser, &server.greeting).await;
    let mut questions = Vec::new();
    for &(name, query) in QUESTIONS {
        questions.push(ask(&facilitator.browser, name, query).await);
    }
    Ok(Library {
        machine: Machine::this(),
        codelabs: options.codelabs,
        import_s,
        questions,
    })
}

async fn ask(browser: &Browser, name: &'static str, query: &str) -> Question {
    let mut delays = Vec::with_capacity(TIMES);
    let mut found = 0;
    for _ in 0..TIMES {
        let began = Instant::now();
        let page: CodelabPage = browser.get(&format!("/api/v1/codelabs?{query}")).await;
        delays.push(u32::try_from(began.elapsed().as_micros()).unwrap_or(u32::MAX));
        found = page.items.len();
    }
    Question {
        name,
        found,
        delays: Delays::of(delays),
    }
}

/// A file for each codelab, some eleven kilobytes of text in ten steps.
fn write_all(folder: &Path, codelabs: u16) -> anyhow::Result<()> {
    fs::create_dir_all(folder)?;
    for number in 0..codelabs {
        fs::write(folder.join(format!("lab-{number:04}.md")), text(number))?;
    }
    Ok(())
}

fn text(number: u16) -> String {
    let topic = number % 10;
    let mut text = format!(
        "---\nid: lab-{number:04}\nsummary: About topic{topic}\nauthors: Ada\n\
         tags: topic{topic}, bench\n---\n# Laboratory {number:04}\n"
    );
    for step in 1..=10 {
        _ = write!(
            text,
            "\n## Step {step} of {number}\n\nDuration: 0:05:00\n\nOpen a terminal and type the \
             command below. 명령어를 입력하고 결과를 확인하세요. フォルダを作成します。\n\n"
        );
        for line in 0..12 {
            let word = WORDS[(usize::from(number) * 7 + step * 3 + line) % WORDS.len()];
            _ = writeln!(
                text,
                "The {word} follows from topic{topic}, and line {line} says what it is for."
            );
        }
        _ = write!(text, "\n```console\n$ git rebase topic{topic}\n```\n");
    }
    _ = writeln!(text, "\nOnly here: unique{number:04}.");
    text
}

/// Words that many codelabs have and others have not.
const WORDS: &[&str] = &[
    "branch",
    "commit",
    "server",
    "package",
    "module",
    "container",
    "variable",
    "function",
    "request",
    "answer",
    "table",
    "index",
    "folder",
    "window",
    "cluster",
    "pipeline",
    "network",
];

fn table(library: &Library) {
    let machine = &library.machine;
    say(&format!(
        "{} cores, {} GiB of memory, {}\n\n{} codelabs imported in {:.1} s\n",
        machine.cores, machine.memory_gib, machine.system, library.codelabs, library.import_s
    ));
    say("| asked | on the first page | p50 (ms) | p99 (ms) |\n|---|---:|---:|---:|");
    for question in &library.questions {
        let Question {
            name,
            found,
            delays,
        } = question;
        say(&format!(
            "| {name} | {found} | {:.1} | {:.1} |",
            delays.p50_ms, delays.p99_ms
        ));
    }
}
