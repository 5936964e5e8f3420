//! Codelabs that are made to be slow, imported one after the other.

use std::{fmt::Write as _, sync::Arc};

use reqwest::multipart::{Form, Part};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::Blows;
use crate::run::Workshop;

/// As much as the text of a codelab may have.
const MOST_BYTES: usize = 2 * 1024 * 1024 - 64;

/// Begins the attack.
pub fn attack(
    attackers: &mut JoinSet<()>,
    workshop: &Workshop,
    blows: &Arc<Blows>,
    over: &CancellationToken,
) {
    let browser = &workshop.facilitator.browser;
    let (http, url) = (browser.http().clone(), browser.url.clone());
    let (blows, over) = (Arc::clone(blows), over.clone());
    attackers.spawn(async move {
        let import = async {
            for text in texts().iter().cycle() {
                let part = Part::bytes(text.clone().into_bytes()).file_name("hostile.md");
                let request = http
                    .post(format!("{url}/api/v1/codelabs"))
                    .header("origin", &url)
                    .multipart(Form::new().part("file", part));
                blows.send();
                let answer = request.send().await;
                blows.answer(answer.is_ok_and(|answer| answer.status().is_success()));
            }
        };
        over.run_until_cancelled(import).await;
    });
}

/// 20,000 tiny steps; as many steps as there may be, and as long; the worst texts.
fn texts() -> Vec<String> {
    let steps = |count: usize, body: &str| {
        let mut text = "# Hostile\n".to_owned();
        for number in 0..count {
            _ = write!(text, "\n## Step {number}\n\n{body} {number}\n");
        }
        text
    };
    let long = "a *word* & `code` ".repeat(100);
    let filled = |unit: &str| {
        let begin = "# Hostile\n\n## Step\n\n";
        format!(
            "{begin}{}",
            unit.repeat((MOST_BYTES - begin.len()) / unit.len())
        )
    };
    let worst = [
        "&",
        "<a href=x>",
        "[",
        "*a_b ",
        "<b>",
        "`` ` ",
        "\\",
        "word ",
    ];
    let mut texts = vec![steps(20_000, "x"), steps(1000, &long)];
    texts.extend(worst.map(filled));
    texts
}
