//! `cargo xtask run`: from a clone to the open app, or to the server where there is no display.

use std::{
    ffi::{OsStr, OsString},
    path::Path,
    process::{Command, ExitCode},
};

use anyhow::Result;

use crate::{
    cli::RunOptions,
    node_packages, output,
    prerequisites::{self, Platform, Requirement},
    process, repository,
};

/// What is started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Program {
    /// The desktop app.
    App,
    /// The server without a window.
    Server,
}

impl Program {
    fn choose(headless: bool, has_display: bool) -> Self {
        if headless || !has_display {
            Self::Server
        } else {
            Self::App
        }
    }

    /// The server must start, and compile, on a machine without WebKit.
    fn needs(self) -> &'static [Requirement] {
        match self {
            Self::App => &[
                Requirement::Rust,
                Requirement::Compiler,
                Requirement::Node,
                Requirement::WebView,
            ],
            Self::Server => &[Requirement::Rust, Requirement::Compiler, Requirement::Node],
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::App => "the app",
            Self::Server => "the server",
        }
    }

    /// What cargo is told to build; the same for building and starting, so that starting finds
    /// everything built.
    fn selection(self) -> &'static [&'static str] {
        match self {
            Self::App => &["-p", "open-codelabs"],
            Self::Server => &["-p", "server", "--bin", "codelabs"],
        }
    }

    fn build(self, root: &Path, release: bool) -> Command {
        let mut cargo = process::command("cargo", root);
        cargo
            .arg("build")
            .args(self.selection())
            .args(profile(release));
        cargo
    }

    fn start(self, root: &Path, release: bool, args: &[String]) -> Command {
        let mut cargo = process::command("cargo", root);
        cargo
            .args(["run", "--quiet"])
            .args(self.selection())
            .args(profile(release))
            .arg("--");
        if self == Self::Server {
            cargo.arg("serve");
        }
        cargo.args(args);
        cargo
    }
}

fn profile(release: bool) -> &'static [&'static str] {
    if release { &["--release"] } else { &[] }
}

/// Sets up what is missing, builds and starts. On success this process becomes the program that
/// was started, so that Ctrl+C and the exit code are its own.
///
/// # Errors
/// When something cannot be installed, built or started.
pub fn run(options: &RunOptions) -> Result<ExitCode> {
    let root = repository::root()?;
    let ui = root.join("ui");
    let has_display = has_display(Platform::this(), |name| std::env::var_os(name));
    let program = Program::choose(options.headless, has_display);
    let mut progress = output::Progress::over(5);

    progress.begin("Checking this machine");
    if program == Program::Server && !options.headless {
        output::line("      no display here, so the server starts without a window");
    }
    let missing = prerequisites::ensure(&root, program.needs(), options.yes)?;
    if !missing.is_empty() {
        progress.end("cannot go on");
        for sentence in missing.values() {
            output::line(sentence);
        }
        return Ok(ExitCode::FAILURE);
    }
    progress.end("everything is there");

    progress.begin("Installing the packages of the user interface");
    progress.end(node_packages::install(&ui)?.words());

    progress.begin("Building the user interface");
    progress.end(node_packages::build(&ui)?.words());

    progress.begin(&format!("Compiling {}", program.name()));
    process::run(&mut program.build(&root, options.release))?;
    progress.end("done");

    progress.begin(&format!("Starting {}", program.name()));
    process::become_it(&mut program.start(&root, options.release, &options.args))
}

/// Whether a window can be shown. macOS and Windows always have a display.
fn has_display(platform: Platform, variable: impl Fn(&OsStr) -> Option<OsString>) -> bool {
    !platform.is_linux()
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| variable(OsStr::new(name)).is_some_and(|value| !value.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn display_with(set: &str) -> bool {
        has_display(Platform::Debian, |name| {
            (name == set).then(|| OsString::from(":0"))
        })
    }

    #[test]
    fn a_display_is_one_of_two_variables() {
        assert!(display_with("DISPLAY"));
        assert!(display_with("WAYLAND_DISPLAY"));
        assert!(!display_with("XDG_SESSION_TYPE"));
        assert!(!has_display(Platform::Arch, |_| Some(OsString::new())));
        assert!(has_display(Platform::MacOs, |_| None));
        assert!(has_display(Platform::Windows, |_| None));
    }

    #[test]
    fn no_display_means_no_window() {
        assert_eq!(Program::choose(false, true), Program::App);
        assert_eq!(Program::choose(false, false), Program::Server);
        assert_eq!(Program::choose(true, true), Program::Server);
    }

    #[test]
    fn the_server_needs_no_webkit() {
        assert!(!Program::Server.needs().contains(&Requirement::WebView));
        assert!(Program::App.needs().contains(&Requirement::WebView));
        assert!(!Program::Server.selection().contains(&"open-codelabs"));
    }

    #[test]
    fn arguments_reach_the_program() {
        let args = ["--port".to_owned(), "9000".to_owned()];
        assert_eq!(
            process::describe(&Program::Server.start(Path::new("."), true, &args)),
            "cargo run --quiet -p server --bin codelabs --release -- serve --port 9000"
        );
        assert_eq!(
            process::describe(&Program::App.start(Path::new("."), false, &args)),
            "cargo run --quiet -p open-codelabs -- --port 9000"
        );
    }
}
