//! What hostile texts cost, and how much more a text of twice the size does. `cargo xtask bench
//! texts` runs it; docs/PERFORMANCE.md says what the figures mean.

use std::{
    env, fs, hint,
    io::{self, Write as _},
    time::Instant,
};

use codelab::{
    export::{self, BoxStyle, Format, Material},
    highlight_message,
    import::{self, NamedFile},
    read_written, render_step,
};
use serde_json::json;

#[path = "../tests/hostile/texts.rs"]
mod texts;

/// Bytes of the smaller text of each pair.
const SIZE: usize = 100_000;

/// The smallest of so many measures counts.
const ROUNDS: usize = 3;

/// A cost that is less than this is noise.
const NOISE_NS: u64 = 3_000_000;

/// What is called linear: `cost(2n) < 2.5 × cost(n)`.
const LINEAR: f64 = 2.5;

/// Something that is done with a text, by its name.
type Work = (&'static str, fn(&str));

/// What is done with a text.
const WORK: &[Work] = &[
    ("import", |text| {
        let file = NamedFile {
            name: "a.md".to_owned(),
            bytes: text.as_bytes().to_vec(),
        };
        hint::black_box(import::from_files(vec![file]).is_ok());
    }),
    ("edit", |text| {
        hint::black_box(read_written(text, "T", &|_| true).is_ok());
    }),
    ("render", |text| {
        let Ok(parsed) = codelab::parse("a.md", text) else {
            return;
        };
        for step in &parsed.codelab.steps {
            hint::black_box(render_step(&step.markdown, &|_| None).len());
        }
    }),
    ("claat", |text| export(text, Format::Claat(BoxStyle::Quote))),
    ("open", |text| export(text, Format::OpenCodelabs)),
    ("message", |text| {
        hint::black_box(highlight_message(&format!("```js\n{text}")).len());
    }),
];

fn export(source: &str, format: Format) {
    let material = Material {
        title: "T",
        source,
        images: &[],
        drawing: None,
        brings: &[],
    };
    hint::black_box(export::export(&material, format).is_ok());
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let wants_json = arguments.iter().any(|argument| argument == "--json");
    let value_of = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let size = value_of("--size")
        .and_then(|size| size.parse().ok())
        .unwrap_or(SIZE);
    let only = value_of("--only");
    let only_work = value_of("--work");
    let mut out = io::stdout().lock();
    let (mut rows, mut steep) = (Vec::new(), 0);
    for text in texts::all() {
        if only.as_ref().is_some_and(|only| *only != text.name) {
            continue;
        }
        let (once, twice) = (
            texts::codelab(&(text.make)(size)),
            texts::codelab(&(text.make)(2 * size)),
        );
        for (work, run) in WORK {
            if only_work.as_ref().is_some_and(|only| only != work) {
                continue;
            }
            let (first, second) = (cost(&once, *run), cost(&twice, *run));
            if second < NOISE_NS && !wants_json {
                continue;
            }
            #[expect(clippy::cast_precision_loss, reason = "seconds at most")]
            let (ratio, ms) = (second as f64 / first.max(1) as f64, second as f64 / 1e6);
            let is_steep = ratio >= LINEAR && second > 20 * NOISE_NS;
            steep += usize::from(is_steep);
            if wants_json {
                rows.push(json!({ "text": text.name, "work": work, "ms": ms, "ratio": ratio }));
            } else if is_steep || ms > 400.0 || only.is_some() {
                let mark = if is_steep { "  steep" } else { "" };
                writeln!(
                    out,
                    "{:<28}{work:<9}{ms:>10.1} ms{ratio:>8.2}{mark}",
                    text.name
                )?;
            }
        }
    }
    if wants_json {
        return writeln!(
            out,
            "{:#}",
            json!({ "size": size, "rows": rows, "steep": steep })
        );
    }
    writeln!(
        out,
        "{steep} costs grow more than {LINEAR} times with twice the text"
    )
}

/// Time on a processor, in nanoseconds: other programs do not count.
fn cost(text: &str, run: fn(&str)) -> u64 {
    let costs = (0..ROUNDS).map(|_| {
        let (start, clock) = (on_processor(), Instant::now());
        run(text);
        match (start, on_processor()) {
            (Some(start), Some(end)) => end - start,
            _ => u64::try_from(clock.elapsed().as_nanos()).unwrap_or(u64::MAX),
        }
    });
    costs.min().unwrap_or_default()
}

/// What this thread used so far, where the system tells.
fn on_processor() -> Option<u64> {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split_whitespace().next()?.parse().ok()
}
