//! The one way to the internet: no other file of the product can ask for something there.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The file that may, and the folder of its parts.
const THE_WAY: [&str; 2] = ["crates/server/src/outside.rs", "crates/server/src/outside"];

/// The client, in whatever way it is named.
const CLIENT: &str = "reqwest";

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a file").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn only_one_module_names_the_client() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut sources = Vec::new();
    for folder in ["crates", "src-tauri"] {
        files(&root.join(folder), &mut sources);
    }
    let names = |path: &&PathBuf| {
        let text = fs::read_to_string(path).expect("a text");
        text.contains(CLIENT)
    };
    let (on_the_way, elsewhere): (Vec<&PathBuf>, Vec<&PathBuf>) = sources
        .iter()
        .filter(names)
        .partition(|path| THE_WAY.iter().any(|way| path.starts_with(root.join(way))));
    assert_eq!(
        elsewhere,
        [""; 0].map(Path::new),
        "{CLIENT} is named elsewhere"
    );
    assert!(!on_the_way.is_empty(), "nothing was looked at");
}
