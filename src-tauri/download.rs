//! Files that a page offers: they go where the system keeps downloads, and the
//! page says where that is.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use serde::Serialize;
use tauri::{AppHandle, Emitter as _, Manager as _, Webview, webview::DownloadEvent};

use crate::window::MAIN;

/// Tells the page that a file was saved, or could not be.
const DOWNLOADED: &str = "file-downloaded";

/// Files of one name that are kept beside each other.
const NUMBERED: u32 = 1000;

/// Where the downloads go that have begun, by their address.
#[derive(Debug, Default)]
pub struct Downloads(Mutex<HashMap<String, PathBuf>>);

/// What became of a download.
#[derive(Clone, Debug, Serialize)]
struct Downloaded {
    name: String,
    folder: String,
    saved: bool,
}

/// Chooses the place of a download that begins, and tells of one that ends.
pub fn on_download(webview: &Webview, event: DownloadEvent<'_>) -> bool {
    let app = webview.app_handle();
    let downloads = app.state::<Downloads>();
    let mut begun = downloads.0.lock().unwrap_or_else(PoisonError::into_inner);
    match event {
        DownloadEvent::Requested { url, destination } => {
            if let Some(free) = folder(app).and_then(|folder| free_in(&folder, destination)) {
                *destination = free;
            }
            begun.insert(url.to_string(), destination.clone());
        }
        DownloadEvent::Finished { url, success, .. } => {
            if let Some(path) = begun.remove(url.as_str()) {
                tell(app, &path, success);
            }
        }
        _ => {}
    }
    true
}

/// The system's folder for downloads; where it names none, the usual one.
fn folder(app: &AppHandle) -> Option<PathBuf> {
    let paths = app.path();
    let folder = paths
        .download_dir()
        .or_else(|_| paths.home_dir().map(|home| home.join("Downloads")))
        .ok()?;
    std::fs::create_dir_all(&folder).ok()?;
    Some(folder)
}

/// A place in `folder` for a file of this name that replaces nothing.
fn free_in(folder: &Path, named: &Path) -> Option<PathBuf> {
    let stem = named.file_stem()?.to_string_lossy();
    let extension = named.extension().map(|dotless| dotless.to_string_lossy());
    let numbered = |number: u32| {
        let number = if number > 1 {
            format!(" ({number})")
        } else {
            String::new()
        };
        match &extension {
            Some(extension) => folder.join(format!("{stem}{number}.{extension}")),
            None => folder.join(format!("{stem}{number}")),
        }
    };
    (1..=NUMBERED).map(numbered).find(|path| !path.exists())
}

fn tell(app: &AppHandle, path: &Path, saved: bool) {
    let text = |part: Option<&std::ffi::OsStr>| {
        let part = part.unwrap_or_default();
        part.to_string_lossy().into_owned()
    };
    let told = Downloaded {
        name: text(path.file_name()),
        folder: text(path.parent().map(Path::as_os_str)),
        saved,
    };
    if let Err(error) = app.emit_to(MAIN, DOWNLOADED, told) {
        tracing::warn!(%error, "the page was not told of a download");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_replaced() {
        let folder = std::env::temp_dir().join(format!("download-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let next = || free_in(&folder, Path::new("/elsewhere/steps.csv")).unwrap();
        for expected in ["steps.csv", "steps (2).csv", "steps (3).csv"] {
            assert_eq!(next(), folder.join(expected));
            std::fs::write(next(), "").unwrap();
        }
        let plain = free_in(&folder, Path::new("README")).unwrap();
        assert_eq!(plain, folder.join("README"));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
