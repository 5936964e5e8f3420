//! Real codelabs, read as the stock tool reads them or better.
//!
//! The files are not part of this repository: `CODELABS_CORPUS` names their folder, else it is
//! looked for beside the workspace. Without it these tests say so and pass.

use std::{
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use codelab::{
    Codelab,
    import::{self, Import},
    offline, render_step,
};
use serde_json::Value;

fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/codelabs");
    let folder = env::var_os("CODELABS_CORPUS").map_or(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!(
        "SKIPPED: no corpus at {}; set CODELABS_CORPUS",
        folder.display()
    );
    None
}

/// Every Markdown file of the corpus that is a codelab, with the name of its golden file.
fn codelabs(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)
        .expect("the corpus")
        .map(|entry| entry.expect("an entry"))
    {
        let name = entry.file_name().into_string().expect("a plain name");
        if !name.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        if entry.path().is_file() {
            found.push((name, entry.path()));
            continue;
        }
        for file in fs::read_dir(entry.path())
            .expect("a folder")
            .map(|file| file.expect("a file"))
        {
            let file_name = file.file_name().into_string().expect("a plain name");
            if Path::new(&file_name)
                .extension()
                .is_some_and(|extension| extension == "md")
            {
                found.push((format!("{name}_{file_name}"), file.path()));
            }
        }
    }
    found.sort();
    found
}

/// The small files that show one oddity each.
fn oddities(folder: &Path) -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(folder.join("edge")).expect("the oddities");
    let files = entries.map(|entry| entry.expect("an entry").path());
    let named = files.map(|path| {
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        (format!("edge/{name}"), path)
    });
    let mut found: Vec<_> = named
        .filter(|(name, _)| Path::new(name).extension() == Some("md".as_ref()))
        .collect();
    found.sort();
    found
}

fn import(path: &Path) -> Import {
    import::from_path(path).expect("every file of the corpus imports")
}

fn numbered(folder: &Path, number: &str) -> Import {
    let file = codelabs(folder)
        .into_iter()
        .find(|(name, _)| name.starts_with(number));
    import(&file.expect("a file of the corpus").1)
}

fn html(codelab: &Codelab) -> String {
    codelab
        .steps
        .iter()
        .map(|step| render_step(&step.markdown, &|_| None))
        .collect()
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_file_imports_with_the_titles_minutes_and_tags_of_the_stock_tool() {
    let Some(folder) = corpus() else { return };
    let mut compared = 0;
    for (name, path) in codelabs(&folder) {
        let codelab = import(&path).codelab;
        let golden = fs::read_to_string(folder.join("golden").join(format!("{name}.claat.json")));
        // Where the stock tool refuses the file there is nothing to compare.
        let Ok(golden) = serde_json::from_str::<Value>(&golden.expect("a golden file")) else {
            continue;
        };
        let expected = golden["steps"]
            .as_array()
            .expect("steps")
            .iter()
            .map(|step| {
                (
                    words(step["title"].as_str().expect("a title")),
                    step["minutes"].as_u64(),
                )
            });
        let ours = codelab.steps.iter().map(|step| {
            (
                step.title.clone(),
                Some(u64::from(step.minutes.unwrap_or(0))),
            )
        });
        assert_eq!(
            ours.collect::<Vec<_>>(),
            expected.collect::<Vec<_>>(),
            "{name}"
        );

        let header = &golden["codelab.json"];
        assert_eq!(
            Some(u64::from(codelab.minutes())),
            header["duration"].as_u64(),
            "{name}"
        );
        assert_eq!(
            codelab.metadata.title,
            words(header["title"].as_str().expect("a title")),
            "{name}"
        );
        assert_eq!(
            codelab.metadata.id.as_deref(),
            header["id"].as_str(),
            "{name}"
        );
        let tags = header["tags"]
            .as_array()
            .expect("tags")
            .iter()
            .filter_map(Value::as_str);
        assert_eq!(codelab.metadata.tags, tags.collect::<Vec<_>>(), "{name}");
        // The stock tool loses a summary in a second paragraph; where it has one it is ours.
        if let Some(summary) = header["summary"]
            .as_str()
            .filter(|summary| !summary.is_empty())
        {
            assert_eq!(codelab.metadata.summary.as_deref(), Some(summary), "{name}");
        }
        compared += 1;
    }
    assert_eq!(compared, 11);
}

/// What is remarked on, without a word of the files: `UPDATE_GENERATED=1` writes it anew.
#[test]
fn remarks_are_as_they_were() {
    let Some(folder) = corpus() else { return };
    let mut told = String::new();
    for (name, path) in codelabs(&folder).into_iter().chain(oddities(&folder)) {
        let import = import(&path);
        let codelab = &import.codelab;
        writeln!(
            told,
            "{name}: {} steps, {} images, {} polls, {} quizzes",
            codelab.steps.len(),
            import.images.len(),
            codelab
                .steps
                .iter()
                .map(|step| step.polls.len())
                .sum::<usize>(),
            codelab
                .steps
                .iter()
                .map(|step| step.quizzes.len())
                .sum::<usize>(),
        )
        .expect("words");
        for remark in &import.diagnostics {
            let place = remark.line.zip(remark.column);
            let place = place.map_or(String::new(), |(line, column)| format!("{line}:{column} "));
            writeln!(told, "  {place}{:?} {:?}", remark.severity, remark.code).expect("words");
        }
        let needs = offline::needs(&import.source);
        for need in needs {
            writeln!(told, "  {} offline {:?}", need.line, need.kind).expect("words");
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus-remarks.txt");
    if env::var_os("UPDATE_GENERATED").is_some() {
        fs::write(&file, &told).expect("the remarks");
    }
    let before = fs::read_to_string(&file).expect("the remarks");
    for (number, (now, before)) in (1..).zip(told.lines().zip(before.lines())) {
        assert_eq!(now, before, "line {number} of {}", file.display());
    }
    assert_eq!(
        told.lines().count(),
        before.lines().count(),
        "{}",
        file.display()
    );
}

#[test]
fn what_the_stock_tool_refuses_or_loses_is_read() {
    let Some(folder) = corpus() else { return };
    let all_features = numbered(&folder, "14").codelab;
    assert_eq!(all_features.steps.len(), 10);
    assert_eq!(all_features.minutes(), 28);
    assert_eq!(
        all_features.metadata.id.as_deref(),
        Some("test-all-features")
    );
    let plain = numbered(&folder, "27");
    assert_eq!(plain.codelab.steps.len(), 10);
    assert!(plain.codelab.guide.is_some(), "what stands above is kept");
    let split_header = numbered(&folder, "24").codelab.metadata;
    assert_eq!(
        split_header.summary.as_deref(),
        Some("Laboratorio 04 - Programacion N-Capas")
    );
    let status = numbered(&folder, "16").codelab.metadata.status;
    assert_eq!(status, ["published"]);
    assert_eq!(
        numbered(&folder, "01").codelab.metadata.authors.as_deref(),
        Some("Marc DiPasquale")
    );
}

#[test]
fn firebase_has_ten_steps_and_its_boxes() {
    let Some(folder) = corpus() else { return };
    let codelab = numbered(&folder, "03").codelab;
    assert_eq!((codelab.steps.len(), codelab.minutes()), (10, 42));
    let html = html(&codelab);
    let count = |kind: &str| {
        html.matches(&format!("<aside class=\"box box-{kind}\">"))
            .count()
    };
    assert_eq!((count("positive"), count("negative")), (1, 2));
    assert!(!html.contains("aside positive") && !html.contains("aside negative"));
    assert!(html.contains("<pre class=\"code console\" data-lang=\"console\"><code><span class=\"prompt\">$ </span>git clone"));
    assert!(html.contains("data-lang=\"kotlin\"><code><span class=\"h"));
}

#[test]
fn french_stays_french() {
    let Some(folder) = corpus() else { return };
    let import = numbered(&folder, "18");
    let titles = import
        .codelab
        .steps
        .iter()
        .map(|step| step.title.as_str())
        .collect::<Vec<_>>();
    assert_eq!(titles.len(), 9);
    assert_eq!(titles[1], "Aperçu de l'application");
    assert_eq!(titles[3], "Créer et lancer la deuxième activité");
    let html = html(&import.codelab);
    assert!(
        html.contains("une activité dans une application est spécifiée comme activité principale")
    );
    assert!(html.contains("<div class=\"table\">"));
    assert_eq!(html.matches("<aside class=\"box ").count(), 3);
    assert!(!html.contains('\u{FFFD}'));
}

#[test]
fn old_and_new_boxes_are_boxes() {
    let Some(folder) = corpus() else { return };
    let old = html(&numbered(&folder, "08").codelab);
    assert_eq!(old.matches("<aside class=\"box ").count(), 14);
    assert!(!old.contains("<p>Positive") && !old.contains("<p>Negative"));
    let new = html(&numbered(&folder, "24").codelab);
    assert_eq!(new.matches("<aside class=\"box ").count(), 20);
    let mixed = html(&numbered(&folder, "14").codelab);
    assert_eq!(mixed.matches("<aside class=\"box ").count(), 10);
}
