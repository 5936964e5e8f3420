//! Codelabs from this machine's disk: the native file dialog, and files
//! dropped on the window.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use server::{Handle, ImportJob, Problem};
use tauri::{AppHandle, DragDropEvent, Emitter as _, Manager as _, Window, WindowEvent};
use tauri_plugin_dialog::{DialogExt as _, FilePath};
use tokio::sync::oneshot;

use crate::{messages::Messages, pictures, window::MAIN};

/// Tells the page that dropped files are being imported, or why not.
const DROPPED: &str = "codelabs-dropped";

/// What to choose.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A Markdown file or a ZIP.
    File,
    /// A folder with Markdown and images.
    Folder,
}

/// What became of the dialog.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Outcome {
    /// The import runs; the page follows it by its id.
    Started {
        /// How far it is.
        job: ImportJob,
    },
    /// It could not begin.
    Refused {
        /// Why.
        problem: Problem,
    },
    /// Nothing was chosen.
    Cancelled,
}

/// Lets the facilitator choose a codelab and imports it.
#[tauri::command]
pub async fn import_codelab(app: AppHandle, kind: Kind) -> Outcome {
    let Some(path) = choose(&app, kind).await else {
        return Outcome::Cancelled;
    };
    let server = app.state::<Handle>().inner().clone();
    started(&server, vec![path])
}

fn started(server: &Handle, paths: Vec<PathBuf>) -> Outcome {
    match server.start_import(paths) {
        Ok(job) => Outcome::Started { job },
        Err(problem) => Outcome::Refused { problem },
    }
}

async fn choose(app: &AppHandle, kind: Kind) -> Option<PathBuf> {
    let messages = app.state::<Messages>();
    let (chosen, answer) = oneshot::channel();
    // Whoever asked may be gone when the dialog closes.
    let done = move |path: Option<FilePath>| drop(chosen.send(path));
    let mut dialog = app.dialog().file();
    if let Some(window) = app.get_webview_window(MAIN) {
        dialog = dialog.set_parent(&window);
    }
    match kind {
        Kind::File => dialog
            .set_title(messages.pick_file())
            .add_filter(messages.codelab_files(), &["md", "markdown", "txt", "zip"])
            .pick_file(done),
        Kind::Folder => dialog.set_title(messages.pick_folder()).pick_folder(done),
    }
    answer.await.ok().flatten()?.into_path().ok()
}

/// Begins to import what is dropped on the window; pictures go into the text
/// where one is written.
pub fn on_window_event(window: &Window, event: &WindowEvent) {
    let WindowEvent::DragDrop(DragDropEvent::Drop { paths, position }) = event else {
        return;
    };
    let Some(server) = window.try_state::<Handle>() else {
        return;
    };
    let (server, window) = (server.inner().clone(), window.clone());
    let (paths, position) = (paths.clone(), *position);
    // An import needs the runtime around it, which the window's own thread has not.
    tauri::async_runtime::spawn(async move {
        let looked = tauri::async_runtime::spawn_blocking(move || {
            let pictures = pictures::for_the_text(&window, &paths, position);
            (window, paths, pictures)
        });
        let told = match looked.await {
            Ok((window, _, Some(pictures))) => window.emit(pictures::EVENT, pictures),
            Ok((window, paths, None)) => window.emit(DROPPED, started(&server, paths)),
            Err(error) => Err(error),
        };
        if let Err(error) = told {
            tracing::error!(%error, "the page was not told of dropped files");
        }
    });
}
