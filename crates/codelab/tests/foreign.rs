//! Formats of other tools: whatever is in them, nothing panics, and no step is lost.

use codelab::import::{self, NamedFile, batch::Batch};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Pieces of pages and texts, so that random ones meet the readers' corners.
const PIECES: &[&str] = &[
    "<google-codelab-step label=\"a\" duration=\"1\">",
    "</google-codelab-step>",
    "<p>",
    "</p>",
    "<ul class=\"checklist\"><li>",
    "<ol start=\"7\"><li>",
    "</ul>",
    "</ol>",
    "<table><tr><td>",
    "<td colspan=2>",
    "</table>",
    "<pre><code language=\"language-x\">",
    "<pre>",
    "</code>",
    "</pre>",
    "<aside class=\"warning\">",
    "</aside>",
    "<b>",
    "<em>",
    "</em>",
    "<a href=\"x\">",
    "<paper-button>",
    "</a>",
    "<img src=\"y.png\" style=\"width: 3.5px\">",
    "<iframe src=\"https://www.youtube.com/embed/x\">",
    "</iframe>",
    "<google-codelab-survey><h4>",
    "<paper-radio-button>",
    "<svg><p>",
    "<template>",
    "<textarea>",
    "<!--",
    "-->",
    "\n",
    "\n\n",
    "# a\n",
    "## b\n",
    "c\n---\n",
    "```\n",
    "~~~~ x\n",
    "- ",
    "> ",
    "    ",
    "1. ",
    "[r]: x\n",
    "Duration: 1\n",
    "<<a.md>>\n",
    "$",
    "`",
    "*",
    "&amp;",
    "é가",
    "\u{0}",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

/// The keys of every manifest.
const KEYS: &[&str] = &[
    "id",
    "title",
    "description",
    "author",
    "is_public",
    "require_quiz",
    "guide_markdown",
    "created_at",
    "steps",
    "quizzes",
    "materials",
    "file",
    "url",
    "type",
    "question",
    "options",
    "correct_answer",
    "correct_answers",
    "summary",
    "category",
    "tags",
    "status",
    "extra",
];

const TABLES: &[&str] = &[
    "codelabs",
    "steps",
    "quizzes",
    "materials",
    "attendees",
    "feedback",
];

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
        Just(Value::from("steps/a.md")),
        Just(Value::from("[0, \"1\"]")),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        let key = prop::sample::select(KEYS).prop_map(str::to_owned);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(key, inner, 0..8)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn file(name: &str, bytes: impl Into<Vec<u8>>) -> NamedFile {
    NamedFile {
        name: name.to_owned(),
        bytes: bytes.into(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn any_page_is_read_or_refused(html in text(), manifest in value()) {
        drop(import::from_files(vec![
            file("codelab.json", manifest.to_string()),
            file("index.html", format!("<google-codelab-step>{html}")),
        ]));
    }

    #[test]
    fn any_manifest_is_read_or_refused(
        manifest in value(),
        name in prop::sample::select(&["codelab.json", "codelab.yaml"][..]),
        step in text(),
    ) {
        drop(import::from_files(vec![
            file(name, manifest.to_string()),
            file("step_1_a.md", step.clone()),
            file("steps/a.md", step),
        ]));
    }

    #[test]
    fn any_backup_is_read_or_refused(
        rows in prop::collection::vec((prop::sample::select(TABLES), value()), 0..12),
        name in prop::sample::select(&["backup.json", "a/BACKUP.json"][..]),
    ) {
        let mut data = json!({ "codelabs": [{ "id": 1 }] });
        for (table, row) in rows {
            let table = data.as_object_mut().expect("an object").entry(table).or_insert(json!([]));
            table.as_array_mut().expect("a list").push(row);
        }
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, json!({ "data": data }).to_string()).expect("a file");
        let mut batch = Batch::open(&[folder.path().to_owned()]);
        prop_assert!(!batch.is_empty());
        for index in 0..batch.len() {
            drop(batch.import(index));
        }
    }

    #[test]
    fn any_bytes_are_a_manifest_or_refused(
        name in prop::sample::select(&["codelab.json", "codelab.yml"][..]),
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        step in "step_[0-9]{0,30}[_a-zé.]{0,8}md",
    ) {
        drop(import::from_files(vec![file(name, bytes), file(&step, "x")]));
    }

    /// Whatever a step's text leaves open, the next one is a step of its own.
    #[test]
    fn each_file_is_one_step(bodies in prop::collection::vec(text(), 1..5), title in "[a-z*#`_ ]{0,8}") {
        let manifest = json!({ "title": title });
        let mut files = vec![file("codelab.json", manifest.to_string())];
        for (number, body) in bodies.iter().enumerate() {
            let body = body.replace('\0', " ");
            files.push(file(&format!("step_{:02}_Part_{number}.md", number + 1), body));
        }
        let import = import::from_files(files).expect("an export");
        prop_assert_eq!(import.codelab.steps.len(), bodies.len(), "{}", import.source);
    }
}
