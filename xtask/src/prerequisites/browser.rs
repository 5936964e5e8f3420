//! Finding a Chromium. Chrome and Edge are Chromium too and serve the browser tests as well.

use std::{env, path::PathBuf};

use crate::process;

/// How the browser is called when there is none.
pub const WANTED: &str = "a Chromium for the browser tests";

/// The variable by which the browser tests are told which browser to start, and by which a person
/// chooses another one.
pub const VARIABLE: &str = "CHROMIUM";

const PROGRAMS: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
];

const MAC_APPS: &[&str] = &[
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

const WINDOWS_PROGRAMS: &[&str] = &[
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
];

/// The browser to test with: the one of the variable, else the first one found.
pub fn find() -> Option<PathBuf> {
    let chosen = env::var_os(VARIABLE)
        .map(PathBuf::from)
        .filter(|path| path.is_file());
    chosen.or_else(|| match env::consts::OS {
        "macos" => MAC_APPS
            .iter()
            .map(PathBuf::from)
            .find(|path| path.is_file()),
        "windows" => ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"]
            .iter()
            .filter_map(env::var_os)
            .flat_map(|dir| {
                WINDOWS_PROGRAMS
                    .iter()
                    .map(move |path| PathBuf::from(&dir).join(path))
            })
            .find(|path| path.is_file()),
        _ => PROGRAMS.iter().find_map(|name| process::find_on_path(name)),
    })
}
