//! The window: the server's own pages over loopback, and nothing else.

use server::Handle;
use tauri::{
    AppHandle, Manager as _, Url, WebviewUrl, WebviewWindowBuilder, ipc::CapabilityBuilder,
};

use crate::download;

/// The label of the one window.
pub const MAIN: &str = "main";

/// Opens the window on the server, with facilitator rights by a one-time secret.
pub fn open(app: &AppHandle, server: &Handle) -> anyhow::Result<()> {
    let origin: Url = server.local_url().parse()?;
    // The pages come over HTTP, so what they may ask of the shell is granted
    // to that origin, command by command.
    app.add_capability(
        CapabilityBuilder::new("main-window")
            .remote(server.local_url())
            .local(false)
            .window(MAIN)
            .permission("allow-import-codelab")
            .permission("core:event:allow-listen")
            .permission("core:event:allow-unlisten"),
    )?;
    let address = server.window_url().parse()?;
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::External(address))
        .title("Open Codelabs")
        .inner_size(1280.0, 820.0)
        .min_inner_size(480.0, 480.0)
        .on_navigation(move |to| to.origin() == origin.origin())
        .on_download(|webview, event| download::on_download(&webview, event))
        .build()?;
    Ok(())
}
