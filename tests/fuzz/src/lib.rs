//! What a fuzzer may hand to the importer, and what must hold whatever it is.
//!
//! Each function is the body of the target of its name in `targets/`; `tests/` calls them with
//! arbitrary input of proptest, so that they are held in every run of the tests. To add one: its
//! function here, its file in `targets/`, its `[[bin]]`, its name in `xtask/src/fuzz.rs`.

use codelab::{
    Codelab,
    export::{BoxStyle, Exported, Format, Material, export},
    import::{self, Import, NamedFile},
};

/// Separates files in the input of [`folder`]: no UTF-8 text has this byte.
pub const FILE_BREAK: u8 = 0xff;

/// What the files of [`folder`] may be called: every name that decides how a folder is read, and
/// some that lead elsewhere. The first byte of a file chooses.
const NAMES: &[&str] = &[
    "codelab.md",
    "codelab.json",
    "index.html",
    "codelab.yaml",
    "step_01_First.md",
    "step_2.md",
    "preparation_guide.md",
    "backup.json",
    "steps/a.md",
    "img/a.png",
    "img/a.svg",
    "a.md",
    "../a.md",
    "A.MD",
    "uploads/a.webp",
    "inner.zip",
];

/// A text, imported as one Markdown file. What comes in can be rendered and can leave, and comes
/// back from a bundle as it was.
pub fn markdown(input: &[u8]) {
    read(vec![NamedFile {
        name: "a.md".to_owned(),
        bytes: input.to_vec(),
    }]);
}

/// The files of one folder, of any format that the importer knows.
pub fn folder(input: &[u8]) {
    let files = input.split(|&byte| byte == FILE_BREAK);
    read(files.filter_map(named).collect());
}

/// Any bytes as an archive.
pub fn archive(input: &[u8]) {
    read(vec![NamedFile {
        name: "a.zip".to_owned(),
        bytes: [b"PK\x03\x04", input].concat(),
    }]);
}

fn named(file: &[u8]) -> Option<NamedFile> {
    let (&first, bytes) = file.split_first()?;
    let name = NAMES.get(usize::from(first) % NAMES.len())?;
    Some(NamedFile {
        name: format!("lab/{name}"),
        bytes: bytes.to_vec(),
    })
}

fn read(files: Vec<NamedFile>) {
    let Ok(import) = import::from_files(files) else {
        return;
    };
    assert!(!import.codelab.steps.is_empty(), "a codelab has a step");
    for step in &import.codelab.steps {
        drop(codelab::render_step(&step.markdown, &|_| None));
    }
    drop(exported(&import, Format::OpenCodelabs));
    let bundle = exported(&import, Format::Bundle);
    let back = returned(&bundle);
    assert_eq!(back.source, import.source, "a bundle keeps the text");
    assert_eq!(back.codelab, import.codelab, "a bundle keeps the codelab");
    assert_eq!(
        exported(&back, Format::Bundle),
        bundle,
        "a bundle is stable"
    );
    let stock = returned(&exported(&import, Format::Claat(BoxStyle::Quote)));
    assert_eq!(
        steps(&stock.codelab),
        steps(&import.codelab),
        "the stock tool's file keeps the steps"
    );
}

fn exported(import: &Import, format: Format) -> Exported {
    let material = Material {
        title: &import.codelab.metadata.title,
        source: &import.source,
        images: &import.images,
        drawing: None,
        brings: &[],
    };
    export(&material, format).expect("what was imported can leave")
}

fn returned(exported: &Exported) -> Import {
    import::from_files(vec![NamedFile {
        name: exported.file_name.clone(),
        bytes: exported.bytes.clone(),
    }])
    .expect("what left comes back")
}

fn steps(codelab: &Codelab) -> Vec<(&str, Option<u32>)> {
    let steps = codelab.steps.iter();
    steps
        .map(|step| (step.title.as_str(), step.minutes))
        .collect()
}
