//! How fast codelabs are read and rendered, beside the bare Markdown parser on the same text in the
//! same run. `cargo xtask bench content` runs it; docs/PERFORMANCE.md says what the figures mean.

use std::{
    collections::HashMap,
    env, fs, hint,
    io::{self, Write as _},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use codelab::{
    ImageSource,
    import::{self, Import, NamedFile},
    render_step,
};
use pulldown_cmark::{Options, Parser, html};
use serde_json::json;

/// Each measure takes turns with the others this often; what is shown is the median.
const ROUNDS: usize = 15;

/// One codelab and what was measured of it.
struct Codelab {
    name: String,
    files: Vec<NamedFile>,
    import: Import,
}

/// What it is called, and what is done with each codelab.
type Measure = (&'static str, fn(&Codelab));

/// Figures of one measure: how long all codelabs took, in each round.
struct Figures(Vec<Duration>);

impl Figures {
    fn median(&self) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort();
        sorted.get(sorted.len() / 2).copied().unwrap_or_default()
    }

    fn megabytes_per_second(&self, bytes: usize) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a few megabytes")]
        let megabytes = bytes as f64 / 1e6;
        megabytes / self.median().as_secs_f64()
    }
}

fn main() -> io::Result<()> {
    let wants_json = env::args().any(|argument| argument == "--json");
    let codelabs = codelabs();
    let Some(largest) = codelabs
        .iter()
        .max_by_key(|codelab| codelab.import.source.len())
    else {
        return Err(io::Error::other("there is no codelab to measure"));
    };
    let bytes = codelabs.iter().map(|codelab| codelab.import.source.len());
    let bytes = bytes.sum::<usize>();

    let measures: [Measure; 4] = [
        ("Markdown alone (pulldown-cmark)", floor),
        ("import", import_again),
        ("render", render),
        ("import and render", |codelab| {
            import_again(codelab);
            render(codelab);
        }),
    ];
    // What is loaded once is not measured.
    for (_, measure) in &measures {
        codelabs.iter().for_each(measure);
    }
    let mut all = measures.map(|_| Figures(Vec::new()));
    let mut of_largest = measures.map(|_| Figures(Vec::new()));
    for _ in 0..ROUNDS {
        for (index, (_, measure)) in measures.iter().enumerate() {
            let start = Instant::now();
            codelabs.iter().for_each(measure);
            all[index].0.push(start.elapsed());
            let start = Instant::now();
            measure(largest);
            of_largest[index].0.push(start.elapsed());
        }
    }

    let mut out = io::stdout().lock();
    if wants_json {
        let rows = measures.iter().zip(&all).zip(&of_largest);
        let rows = rows.map(|(((name, _), all), largest)| {
            json!({
                "measure": name,
                "megabytesPerSecond": all.megabytes_per_second(bytes),
                "largestMs": largest.median().as_secs_f64() * 1e3,
            })
        });
        let report = json!({
            "codelabs": codelabs.len(),
            "bytes": bytes,
            "largest": { "name": largest.name, "bytes": largest.import.source.len() },
            "measures": rows.collect::<Vec<_>>(),
        });
        return writeln!(out, "{report:#}");
    }
    writeln!(
        out,
        "{} codelabs, {} kB of Markdown; the largest is {} with {} kB",
        codelabs.len(),
        bytes / 1000,
        largest.name,
        largest.import.source.len() / 1000
    )?;
    writeln!(out, "\n{:<34}{:>10}{:>18}", "", "MB/s", "largest (ms)")?;
    for (((name, _), all), largest) in measures.iter().zip(&all).zip(&of_largest) {
        let speed = all.megabytes_per_second(bytes);
        let milliseconds = largest.median().as_secs_f64() * 1e3;
        writeln!(out, "{name:<34}{speed:>10.1}{milliseconds:>18.2}")?;
    }
    Ok(())
}

/// What every other program does at least: parse the text and write HTML.
fn floor(codelab: &Codelab) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let mut out = String::new();
    html::push_html(&mut out, Parser::new_ext(&codelab.import.source, options));
    hint::black_box(out);
}

fn import_again(codelab: &Codelab) {
    hint::black_box(import::from_files(codelab.files.clone()).is_ok());
}

fn render(codelab: &Codelab) {
    let known: HashMap<&str, ImageSource> = codelab
        .import
        .images
        .iter()
        .map(|image| {
            let source = ImageSource {
                url: "/api/v1/files/0".to_owned(),
                width: image.width,
                height: image.height,
            };
            (image.reference.as_str(), source)
        })
        .collect();
    for step in &codelab.import.codelab.steps {
        let html = render_step(&step.markdown, &|reference| known.get(reference).cloned());
        hint::black_box(html);
    }
}

/// The bundled samples, and the corpus if there is one.
fn codelabs() -> Vec<Codelab> {
    let mut found = Vec::new();
    for sample in codelab::samples::all() {
        let name = sample.slug.to_owned();
        found.extend(read(name, sample.files));
    }
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/codelabs");
    let corpus = env::var_os("CODELABS_CORPUS").map_or(beside, PathBuf::from);
    let mut paths: Vec<PathBuf> = fs::read_dir(corpus)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let Ok(import) = import::from_path(&path) else {
            continue;
        };
        // As a browser would send it, so that nothing is read from a disk while it is measured.
        let markdown = NamedFile {
            name: "lab/index.md".to_owned(),
            bytes: import.source.clone().into_bytes(),
        };
        let images = import.images.into_iter().map(|image| NamedFile {
            name: format!("lab/{}", image.reference),
            bytes: image.bytes,
        });
        let files = std::iter::once(markdown).chain(images).collect();
        found.extend(read(name.into_owned(), files));
    }
    found
}

fn read(name: String, files: Vec<NamedFile>) -> Option<Codelab> {
    let import = import::from_files(files.clone()).ok()?;
    Some(Codelab {
        name,
        files,
        import,
    })
}
