//! The desktop shell: the only code that names `tauri`. It starts the server
//! in its own process, opens the window on it, and does what only a desktop
//! program can: native dialogs, dropped files, the quit guard.
//!
//! It must never know a workshop's rules or read the database.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod download;
mod import;
mod messages;
mod pictures;
mod quit;
mod window;

use std::{
    process::ExitCode,
    sync::{Mutex, PoisonError},
};

use clap::Parser as _;
use server::{Server, options::Options};
use tauri::{AppHandle, Manager as _, RunEvent};
use tauri_plugin_dialog::{DialogExt as _, MessageDialogKind};

use crate::messages::Messages;

/// Open Codelabs: hands-on coding workshops for a whole room, with no internet.
#[derive(clap::Parser)]
#[command(name = "open-codelabs", version, about)]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

/// The running server; taken out when the app ends.
#[derive(Default)]
struct Running(Mutex<Option<Server>>);

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    server::logging::start();
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(Running::default())
        .manage(quit::Guard::default())
        .manage(download::Downloads::default())
        .manage(Messages::for_this_system())
        .invoke_handler(tauri::generate_handler![import::import_codelab])
        .setup(move |app| {
            if let Err(error) = start(app.handle(), arguments.options.clone()) {
                complain(app.handle(), &error);
            }
            Ok(())
        })
        .on_window_event(|window, event| {
            import::on_window_event(window, event);
            quit::on_window_event(window, event);
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|app, event| {
                if let RunEvent::Exit = event {
                    stop(app);
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "the window system cannot be used");
            ExitCode::FAILURE
        }
    }
}

fn start(app: &AppHandle, options: Options) -> anyhow::Result<()> {
    let config = options.config()?;
    let server = tauri::async_runtime::block_on(async {
        end_when_asked(app.clone())?;
        anyhow::Ok(server::start(config).await?)
    })?;
    let handle = server.handle();
    *app.state::<Running>()
        .0
        .lock()
        .unwrap_or_else(PoisonError::into_inner) = Some(server);
    app.manage(handle.clone());
    window::open(app, &handle)?;
    Ok(())
}

/// Ctrl+C in the terminal, or the system's wish, ends the app as closing the window does, but asks
/// nothing: nobody may be there to answer, and live workshops go on at the next start.
fn end_when_asked(app: AppHandle) -> std::io::Result<()> {
    let end = server::end_signal()?;
    tauri::async_runtime::spawn(async move {
        end.await;
        app.exit(0);
    });
    Ok(())
}

/// Says what is wrong and what to do, then ends.
fn complain(app: &AppHandle, error: &anyhow::Error) {
    tracing::error!("{error:#}");
    let messages = app.state::<Messages>();
    let ending = app.clone();
    app.dialog()
        .message(format!("{error:#}"))
        .title(messages.start_failed())
        .kind(MessageDialogKind::Error)
        .show(move |_| ending.exit(1));
}

/// Says goodbye to the room; bounded by the server's own deadlines.
fn stop(app: &AppHandle) {
    let running = app.state::<Running>();
    let server = running
        .0
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take();
    if let Some(server) = server {
        tauri::async_runtime::block_on(server.shutdown());
    }
}
