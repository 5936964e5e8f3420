//! Embeds the bundled sample codelabs: writes a table of every file below `samples/`, sorted, with
//! its bytes, so that a new file is noticed and the binary needs no folder at run time.

use std::{
    env, fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("samples");
    let mut files = Vec::new();
    if root.is_dir() {
        walk(&root, &mut files)?;
    }
    files.sort();

    let mut table = String::from("&[\n");
    for file in &files {
        let name = file
            .strip_prefix(&root)
            .unwrap_or(file)
            .display()
            .to_string();
        let name = name.replace('\\', "/");
        let path = file.display().to_string();
        let row = format!("    ({name:?}, include_bytes!({path:?}).as_slice()),\n");
        table.push_str(&row);
    }
    table.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("samples.rs");
    fs::write(out, table)?;
    writeln!(io::stdout(), "cargo:rerun-if-changed=samples")
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            walk(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
