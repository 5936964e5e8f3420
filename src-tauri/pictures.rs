//! Pictures dropped on the window while a codelab is written. They belong into its text, and the
//! page uploads them as it does what is pasted.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::Serialize;
use tauri::{Manager as _, PhysicalPosition, Window};

use crate::window::MAIN;

/// Gives pictures to the page.
pub const EVENT: &str = "pictures-dropped";

/// Bytes of one picture; one more than the server takes tells it, and the page, that it is too large.
const READ_BYTES: u64 = 20 * 1024 * 1024 + 1;

/// Endings of files that may be pictures, and what browsers call them.
const TYPES: &[(&str, &str)] = &[
    ("avif", "image/avif"),
    ("bmp", "image/bmp"),
    ("gif", "image/gif"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("webp", "image/webp"),
];

/// What was let go over the text.
#[derive(Clone, Debug, Serialize)]
pub struct Dropped {
    pictures: Vec<Picture>,
    /// Where, in CSS pixels from the left of the page.
    x: f64,
    /// The same from its top.
    y: f64,
}

#[derive(Clone, Debug, Serialize)]
struct Picture {
    name: String,
    media_type: &'static str,
    base64: String,
}

/// The pictures, if a codelab is being written and nothing else was dropped. Reads them; blocks.
pub fn for_the_text(
    window: &Window,
    paths: &[PathBuf],
    position: PhysicalPosition<f64>,
) -> Option<Dropped> {
    let types = paths.iter().map(|path| Some((path, media_type(path)?)));
    let types = types.collect::<Option<Vec<_>>>()?;
    if types.is_empty() || !is_writing(window) {
        return None;
    }
    // GTK and Cocoa count in logical pixels, whatever the type says.
    let scale = if cfg!(windows) {
        window.scale_factor().unwrap_or(1.0)
    } else {
        1.0
    };
    let pictures = types.into_iter().map(|(path, media_type)| Picture {
        name: path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned(),
        media_type,
        base64: BASE64_STANDARD.encode(read(path)),
    });
    Some(Dropped {
        pictures: pictures.collect(),
        x: position.x / scale,
        y: position.y / scale,
    })
}

fn media_type(path: &Path) -> Option<&'static str> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    let (_, media_type) = TYPES.iter().find(|(known, _)| *known == ending)?;
    path.is_file().then_some(*media_type)
}

/// Whether the page on screen is a codelab's editor.
fn is_writing(window: &Window) -> bool {
    let page = window.app_handle().get_webview_window(MAIN);
    let address = page.and_then(|page| page.url().ok());
    address.is_some_and(|address| is_editor(address.path()))
}

fn is_editor(path: &str) -> bool {
    path.starts_with("/codelabs/") && path.ends_with("/edit")
}

/// The file; nothing when it cannot be read, which is no picture to the server.
fn read(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    let file = File::open(path);
    let read = file.and_then(|file| file.take(READ_BYTES).read_to_end(&mut bytes));
    if let Err(error) = read {
        tracing::warn!(%error, "a dropped picture cannot be read");
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_known_by_their_endings() {
        let folder = std::env::temp_dir();
        assert_eq!(media_type(&folder), None);
        assert_eq!(media_type(Path::new("nowhere.png")), None);
        let icon = Path::new(env!("CARGO_MANIFEST_DIR")).join("icons/icon.png");
        assert_eq!(media_type(&icon), Some("image/png"));
        assert!(is_editor("/codelabs/abc/edit") && !is_editor("/library"));
    }
}
