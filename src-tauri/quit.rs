//! The quit guard: closing the window in the middle of a workshop asks first.

use std::sync::atomic::{AtomicBool, Ordering};

use server::Handle;
use tauri::{Manager as _, Window, WindowEvent};
use tauri_plugin_dialog::{DialogExt as _, MessageDialogButtons, MessageDialogKind};

use crate::messages::Messages;

/// Whether the question is on screen already.
#[derive(Default)]
pub struct Guard {
    asking: AtomicBool,
}

/// Asks before the window closes while a workshop is live.
pub fn on_window_event(window: &Window, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else {
        return;
    };
    let Some(server) = window.try_state::<Handle>() else {
        return;
    };
    let Some(workshop) = server.live_workshops().into_iter().next() else {
        return;
    };
    api.prevent_close();
    if window.state::<Guard>().asking.swap(true, Ordering::SeqCst) {
        return;
    }
    let messages = window.state::<Messages>();
    let app = window.app_handle().clone();
    window
        .dialog()
        .message(messages.quit_text(&workshop.title, workshop.attendees))
        .title(messages.quit_title())
        .kind(MessageDialogKind::Warning)
        .buttons(MessageDialogButtons::OkCancelCustom(
            messages.quit_yes(),
            messages.quit_no(),
        ))
        .parent(window)
        .show(move |quit| {
            app.state::<Guard>().asking.store(false, Ordering::SeqCst);
            if quit {
                app.exit(0);
            }
        });
}
