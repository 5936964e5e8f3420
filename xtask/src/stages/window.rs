//! The stage with the real window, driven through `WebDriver` on a display without a screen.

use std::time::Duration;

use anyhow::Result;

use super::{Context, browser::with_browser, say};
use crate::{
    counts::{self, Counts},
    group, output,
    prerequisites::{Platform, Requirement},
    process,
};

/// What the window tests need besides the app itself.
pub const NEEDS: &[Requirement] = &[
    Requirement::Browser,
    Requirement::VirtualDisplay,
    Requirement::MessageBus,
    Requirement::WebKitDriver,
    Requirement::WindowTools,
    Requirement::TauriDriver,
];

/// Longer than the window tests ever take; a driver that waits for a dead app waits for ever.
const LIMIT: Duration = Duration::from_mins(15);

/// Only Linux has a display without a screen and a driver for the window that is drawn on it.
pub fn unavailable(platform: Platform) -> Option<&'static str> {
    (!platform.is_linux()).then_some("the window is tested on Linux only: it needs Xvfb")
}

/// Runs the window tests as a process group of their own, so that display, bus, driver and app end
/// with them.
pub fn window(context: &Context) -> Result<Counts> {
    let mut command = process::command("xvfb-run", &context.e2e());
    command.args(["-a", "-s", "-screen 0 1280x1024x24"]);
    command.args(["dbus-run-session", "--", "npm", "run", "window"]);
    with_browser(&mut command, context);
    say(&command);
    let ended = group::run(&mut command, LIMIT)?;
    if ended.leftovers {
        output::line("   processes outlived the tests and were ended");
    }
    let mut counts = counts::node_test::parse(&ended.output);
    if ended.too_late {
        counts.add(Counts::failure(format!(
            "ended after {}",
            output::duration(LIMIT)
        )));
    }
    Ok(counts.judged(ended.success))
}
