//! Codelabs from this machine's disk: the native file dialog, and files
//! dropped on the window.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use server::{Handle, ImportReport, Problem};
use tauri::{AppHandle, DragDropEvent, Emitter as _, Manager as _, Window, WindowEvent};
use tauri_plugin_dialog::{DialogExt as _, FilePath};
use tokio::sync::oneshot;

use crate::{messages::Messages, window::MAIN};

/// Tells the page that dropped files were imported or refused.
const IMPORTED: &str = "codelab-imported";

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
#[derive(Debug, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Outcome {
    /// The codelab is in the library.
    Imported {
        /// What was imported.
        report: ImportReport,
    },
    /// The file is no codelab.
    Refused {
        /// Why.
        problem: Problem,
    },
    /// Nothing was chosen.
    Cancelled,
}

/// What became of dropped files.
#[derive(Clone, Debug, Default, Serialize)]
struct Dropped {
    reports: Vec<ImportReport>,
    problems: Vec<Problem>,
}

/// Lets the facilitator choose a codelab and imports it.
#[tauri::command]
pub async fn import_codelab(app: AppHandle, kind: Kind) -> Outcome {
    let Some(path) = choose(&app, kind).await else {
        return Outcome::Cancelled;
    };
    let server = app.state::<Handle>().inner().clone();
    match server.import_path(path).await {
        Ok(report) => Outcome::Imported { report },
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

/// Imports what is dropped on the window, one after the other.
pub fn on_window_event(window: &Window, event: &WindowEvent) {
    let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event else {
        return;
    };
    let Some(server) = window.try_state::<Handle>() else {
        return;
    };
    let server = server.inner().clone();
    let window = window.clone();
    let paths = paths.clone();
    tauri::async_runtime::spawn(async move {
        let mut dropped = Dropped::default();
        for path in paths {
            match server.import_path(path).await {
                Ok(report) => dropped.reports.push(report),
                Err(problem) => dropped.problems.push(problem),
            }
        }
        if let Err(error) = window.emit(IMPORTED, dropped) {
            tracing::error!(%error, "the page was not told of dropped files");
        }
    });
}
