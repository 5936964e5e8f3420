use std::{
    fs,
    io::{self, Read as _, Write as _},
    path::Path,
};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{
    super::{
        MaterialContent, TOTAL_LIMIT_BYTES, from_files,
        tests::{named, zipped},
    },
    Batch, Import,
};

const LAB: &[u8] = b"# Lab\n\n## S\n\n![a](img/a.svg)\n";
const SVG: &[u8] = b"<svg width='4' height='2'/>";

fn write(root: &Path, files: &[(&str, &[u8])]) {
    for (name, bytes) in files {
        let path = root.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
}

/// A line for each codelab: its name, and its title, images and remarks, or why it is refused.
fn rows(path: &Path) -> String {
    let mut batch = Batch::open(&[path.to_path_buf()]);
    let names = batch.names().map(str::to_owned).collect::<Vec<_>>();
    let mut rows = Vec::new();
    for (index, name) in names.into_iter().enumerate() {
        rows.push(match batch.import(index).expect("an entry") {
            Ok(import) => format!(
                "{name} → {} ({} images, {} remarks)",
                import.codelab.metadata.title,
                import.images.len(),
                import.diagnostics.len()
            ),
            Err(error) => format!("{name} ✗ {error}"),
        });
    }
    assert!(batch.import(rows.len()).is_none());
    rows.join("\n")
}

const TREE: &[(&str, &[u8])] = &[
    ("README.md", b"# All labs\n\n## How to use them\n"),
    (
        "a/index.md",
        b"# A\n\n## S\n\n<<parts/p.md>>\n\n[start](start.zip)\n",
    ),
    ("a/parts/p.md", b"Part.\n"),
    ("a/notes.md", b"# Notes\n\n## A lab as well\n"),
    ("a/appendix.md", b"## Not a lab\n"),
    ("a/other.md", b"id: other\n\n# Other\n\n## S\n"),
    ("a/start.zip", b"PK\x03\x04"),
    ("b/one.md", LAB),
    ("b/three.md", b"# Three\n\n## S\n\n<<frag.md>>\n"),
    ("b/frag.md", b"## A step of three\n"),
    ("b/two.md", b"# Two\n\n## S\n"),
    ("b/words.md", b"# Words\n"),
    ("b/broken.md", b"# B\n\xFF"),
    ("b/img/a.svg", SVG),
    ("page/codelab.json", b"{\"title\": \"Page\"}"),
    (
        "page/index.html",
        b"<google-codelab-step label=S><img src=img/a.svg></google-codelab-step>",
    ),
    ("page/img/a.svg", SVG),
    ("src/lab.md", b"# Source\n\n## S\n"),
    (
        "src/lab/codelab.json",
        b"{\"format\": \"html\", \"environment\": \"web\", \"source\": \"lab.md\"}",
    ),
    (
        "src/lab/index.html",
        b"<google-codelab-step label=S></google-codelab-step>",
    ),
    (
        "kept/codelab.json",
        b"{\"format\": \"html\", \"environment\": \"web\"}",
    ),
    ("kept/index.md", b"# Kept\n\n## S\n"),
    ("export/codelab.json", b"{\"title\": \"Export\"}"),
    ("export/step_01_X.md", b"![a](/uploads/a.svg)"),
    ("export/uploads/a.svg", SVG),
    ("export/README.md", b"# R\n\n## S\n"),
];

#[test]
fn every_codelab_of_a_folder_has_its_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("labs");
    write(&root, TREE);
    write(
        &root,
        &[(
            "zips/c.zip",
            &zipped(&[("c/index.md", LAB), ("c/img/a.svg", SVG)]),
        )],
    );
    write(&root, &[("zips/empty.zip", &zipped(&[("a.txt", b"x")]))]);
    insta::assert_snapshot!(rows(&root), @r"
    labs/a/index.md → A (0 images, 2 remarks)
    labs/a/notes.md → Notes (0 images, 0 remarks)
    labs/a/other.md → Other (0 images, 0 remarks)
    labs/b/broken.md ✗ b/broken.md, line 2, is not UTF-8 text (byte 4): save it as UTF-8 and try again.
    labs/b/one.md → Lab (1 images, 0 remarks)
    labs/b/three.md → Three (0 images, 0 remarks)
    labs/b/two.md → Two (0 images, 0 remarks)
    labs/b/words.md ✗ b/words.md, line 1, has headings but no steps: begin each step with a line such as “## First step”.
    labs/export → Export (1 images, 0 remarks)
    labs/kept/index.md → Kept (0 images, 0 remarks)
    labs/page → Page (1 images, 0 remarks)
    labs/src/lab.md → Source (0 images, 0 remarks)
    labs/zips/c.zip/index.md → Lab (1 images, 0 remarks)
    labs/zips/empty.zip ✗ labs/zips/empty.zip contains no Markdown file: add the codelab as index.md beside its images.
    ");
}

#[test]
fn every_codelab_of_an_archive_has_its_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let inner = zipped(&[("index.md", LAB)]);
    let files = [TREE, &[("inner.zip", &inner)]].concat();
    let path = folder.path().join("labs.zip");
    fs::write(&path, zipped(&files)).expect("a file");
    insta::assert_snapshot!(rows(&path), @r#"
    labs.zip/a/index.md → A (0 images, 2 remarks)
    labs.zip/a/notes.md → Notes (0 images, 0 remarks)
    labs.zip/a/other.md → Other (0 images, 0 remarks)
    labs.zip/b/broken.md ✗ b/broken.md, line 2, is not UTF-8 text (byte 4): save it as UTF-8 and try again.
    labs.zip/b/one.md → Lab (1 images, 0 remarks)
    labs.zip/b/three.md → Three (0 images, 0 remarks)
    labs.zip/b/two.md → Two (0 images, 0 remarks)
    labs.zip/b/words.md ✗ b/words.md, line 1, has headings but no steps: begin each step with a line such as “## First step”.
    labs.zip/export → Export (1 images, 0 remarks)
    labs.zip/inner.zip ✗ labs.zip contains another archive ("inner.zip"), which is not opened: unpack it and import it by itself.
    labs.zip/kept/index.md → Kept (0 images, 0 remarks)
    labs.zip/page → Page (1 images, 0 remarks)
    labs.zip/src/lab.md → Source (0 images, 0 remarks)
    "#);
}

#[test]
fn what_is_one_codelab_is_one_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(
        root,
        &[
            ("lab/index.md", LAB),
            ("lab/img/a.svg", SVG),
            ("only/README.md", LAB),
        ],
    );
    let paths = ["lab", "lab/index.md", "only", "lab/img", "gone"];
    let rows = paths.map(|path| rows(&root.join(path)));
    insta::assert_snapshot!(rows.join("\n"), @r"
    lab/index.md → Lab (1 images, 0 remarks)
    index.md → Lab (1 images, 0 remarks)
    only/README.md → Lab (0 images, 1 remarks)
    img ✗ img contains no Markdown file: add the codelab as index.md beside its images.
    gone ✗ gone was not found: choose a file that still exists.
    ");
}

#[test]
fn code_includes_nothing_and_a_circle_has_its_first_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    write(
        root,
        &[
            (
                "code/index.md",
                b"# Code\n\n## S\n\n```\n<<index.md>>\n<<other.md>>\n```\n",
            ),
            ("code/other.md", b"id: o\n\n# Other\n\n## S\n"),
            ("itself/index.md", b"# Itself\n\n## S\n\n<<index.md>>\n"),
            ("circle/a.md", b"# A\n\n## S\n\n<<b.md>>\n"),
            ("circle/b.md", b"# B\n\n## S\n\n<<a.md>>\n"),
            ("led/a.md", b"# A\n\n## S\n\n<<index.md>>\n"),
            ("led/index.md", b"# Index\n\n## S\n\n<<a.md>>\n"),
            ("own/a.md", b"# A\n\n## S\n\n<<b.md>>\n"),
            ("own/b.md", b"id: b\n\n# B\n\n## S\n"),
            ("parts/index.md", b"# Parts\n\n<<one.md>>\n<<two.md>>\n"),
            ("parts/one.md", b"## One\n"),
            ("parts/two.md", b"## Two\n"),
            (
                "bundle/open-codelabs.json",
                br#"{"format": "open-codelabs-bundle", "markdown": "Lab.md"}"#,
            ),
            ("bundle/Lab.md", b"## S\n"),
            ("bundle/files/notes.md", b"# Notes\n\n## A\n"),
            ("bundle/files/words.md", b"Words.\n"),
        ],
    );
    let rows = ["code", "itself", "circle", "led", "own", "parts", "bundle"]
        .map(|path| rows(&root.join(path)));
    insta::assert_snapshot!(rows.join("\n"), @r"
    code/index.md → Code (0 images, 0 remarks)
    code/other.md → Other (0 images, 0 remarks)
    itself/index.md → Itself (0 images, 1 remarks)
    circle/a.md → A (0 images, 1 remarks)
    led/index.md → Index (0 images, 1 remarks)
    own/a.md → A (0 images, 0 remarks)
    own/b.md → B (0 images, 0 remarks)
    parts/index.md → Parts (0 images, 0 remarks)
    bundle/Lab.md → Lab (0 images, 1 remarks)
    ");
}

#[test]
fn files_that_are_left_out_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let files: &[(&str, &[u8])] = &[
        ("LICENSE.md", b"Free."),
        ("README.md", b"# R\n\n## Use\n"),
        ("deep/notes.md", b"Words.\n"),
        ("index.md", b"# Lab\n\n## S\n\n<<part.md>>\n"),
        ("own/CHANGELOG.md", b"# C\n\n## 1\n"),
        ("own/codelab.md", b"# Own\n\n## S\n"),
        ("part.md", b"Words.\n"),
    ];
    write(root, files);
    let left = |import: &Import| {
        let found = import.diagnostics.iter();
        let found =
            found.map(|found| format!("{}: {:?} {}", found.file, found.code, found.subject));
        found.collect::<Vec<_>>()
    };
    let mut batch = Batch::open(&[root.to_path_buf()]);
    let imports = (0..batch.len()).filter_map(|index| batch.import(index)?.ok());
    assert_eq!(
        imports.map(|import| left(&import)).collect::<Vec<_>>(),
        [
            ["index.md: FileLeftOut LICENSE.md, README.md, deep/notes.md"],
            ["codelab.md: FileLeftOut CHANGELOG.md"]
        ]
    );
    // Where one codelab alone is taken, another is left out as well.
    let one = from_files(named(files)).expect("a codelab");
    assert_eq!(
        left(&one),
        [
            "index.md: FileLeftOut LICENSE.md, README.md, deep/notes.md, own/codelab.md, own/CHANGELOG.md"
        ]
    );
}

#[test]
fn every_codelab_of_a_backup_has_its_row() {
    let folder = tempfile::tempdir().expect("a folder");
    let backup = br##"{"version": 1, "created_at": "2026-01-01T00:00:00Z", "data": {
        "codelabs": [{"id": "1", "title": "One", "require_quiz": 0},
                     {"id": "2", "title": "Two", "guide_markdown": "Bring it."},
                     {"id": "3", "title": "Nothing"}],
        "steps": [{"id": "b", "codelab_id": "1", "step_number": 2, "title": "B", "content_markdown": "b"},
                  {"id": "a", "codelab_id": "1", "step_number": 1, "title": "A",
                   "content_markdown": "# Big\n\n![a](/uploads/a.svg) ![b](/uploads/gone.webp)"}],
        "quizzes": [{"codelab_id": "2", "question": "Q?", "options": "[\"a\",\"b\"]", "correct_answer": 0}],
        "attendees": [{"codelab_id": "1", "name": "Ada"}, {"codelab_id": "1"}, {"codelab_id": "9"}],
        "chat_messages": [{"codelab_id": "1", "message": "hi"}]}}"##;
    let path = folder.path().join("backup_full.zip");
    let files: &[(&str, &[u8])] = &[
        ("backup.json", backup),
        ("uploads/a.svg", SVG),
        ("workspaces/1/README.md", b"# R\n\n## S\n"),
    ];
    fs::write(&path, zipped(files)).expect("a file");
    insta::assert_snapshot!(rows(&path), @r"
    backup_full.zip/1: One → One (1 images, 9 remarks)
    backup_full.zip/2: Two → Two (0 images, 0 remarks)
    backup_full.zip/3: Nothing ✗ backup.json names no step, and no step lies beside it: export the codelab again with its steps.
    ");
    let mut batch = Batch::open(&[path]);
    let one = batch.import(0).expect("an entry").expect("a codelab");
    let titles = one.codelab.steps.iter().map(|step| step.title.as_str());
    assert_eq!(titles.collect::<Vec<_>>(), ["A", "B"]);
    assert_eq!(one.past.expect("people").figures().attendees, 2);
    let remarks = one.diagnostics.iter();
    let remarks = remarks.map(|found| (found.file.as_str(), found.line, found.subject.as_str()));
    assert_eq!(
        remarks.collect::<Vec<_>>(),
        [
            ("backup.json", None, "attendees: 1"),
            ("backup.json", None, "data.attendees[0].created_at"),
            ("backup.json", None, "data.attendees[1].created_at"),
            ("backup.json", None, "data.chat_messages[0].created_at"),
            ("backup.json", None, "data.attendees[0].id"),
            ("backup.json", None, "data.attendees[1].name"),
            ("backup.json", None, "data.attendees[1].id"),
            ("backup.json", None, "data.chat_messages[0].sender_name"),
            ("step_01.md", Some(3), "/uploads/gone.webp"),
        ]
    );
}

/// Larger than all that one import may hold in memory: it goes from file to file.
#[test]
fn files_for_the_room_may_be_large() {
    const LENGTH: u64 = TOTAL_LIMIT_BYTES + 1;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bundle.zip");
    let mut zip = ZipWriter::new(fs::File::create(&path).expect("a file"));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let deflated = stored.compression_method(CompressionMethod::Deflated);
    let manifest = r#"{"format": "open-codelabs-bundle", "materials": [
        {"title": "Disk", "file": "materials/1-disk", "name": "disk.img"},
        {"title": "Nowhere", "url": "javascript:alert(1)"},
        {"title": "Outside", "file": "../disk", "name": "disk.img"}]}"#;
    for (name, text) in [
        ("index.md", "# T\n\n## S\n"),
        ("open-codelabs.json", manifest),
    ] {
        zip.start_file(name, deflated).expect("an entry");
        zip.write_all(text.as_bytes()).expect("its bytes");
    }
    zip.start_file("materials/1-disk", stored)
        .expect("an entry");
    io::copy(&mut io::repeat(0).take(LENGTH), &mut zip).expect("its bytes");
    zip.finish().expect("an archive");

    let mut batch = Batch::open(&[path]);
    let import = batch.import(0).expect("an entry").expect("a codelab");
    let [material] = import.materials.as_slice() else {
        panic!("one material: {:?}", import.materials)
    };
    let MaterialContent::File { reference, name } = &material.content else {
        panic!("a file: {material:?}")
    };
    assert_eq!(name.as_str(), "disk.img");
    let refused: Vec<_> = import
        .diagnostics
        .iter()
        .map(|one| one.subject.as_str())
        .collect();
    assert_eq!(refused, ["Nowhere", "Outside"]);
    let copied = batch.copy(0, reference, LENGTH, &mut io::sink());
    assert_eq!(copied.expect("a copy"), Some(LENGTH));
    let cut = batch.copy(0, reference, LENGTH - 1, &mut io::sink());
    assert_eq!(cut.expect("no copy"), None);
}
