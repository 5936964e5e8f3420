//! `codelabs`: the server without a window, and the command line.

mod export;
mod import;
mod lint;
mod qr;
mod remote;
mod serve;
mod terminal;
mod verify;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use server::options::Options;

/// Open Codelabs: hands-on coding workshops for a whole room, with no internet.
#[derive(Parser)]
#[command(name = "codelabs", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Subcommands,
}

#[derive(Subcommand)]
enum Subcommands {
    /// Run the server without a window.
    Serve(Options),
    /// Bring codelabs into the library; the app must not be running.
    ///
    /// Exits with 0 when all of them came in as their authors wrote them, with 1 when something
    /// was refused or lost; with --download-images also when an image could not be downloaded.
    Import(import::Asked),
    /// Say what an import would remark on, and what needs the internet.
    Lint(lint::Asked),
    /// Write a codelab as a file for other programs or for people.
    Export(export::Asked),
    /// Check the database and the files: structure, checksums, and that every table says what
    /// the log says. The app must not be running.
    ///
    /// Exits with 0 when nothing is damaged, else with 1.
    Verify(verify::Verify),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    server::logging::start();
    let done = match arguments.command {
        Subcommands::Serve(options) => serve::run(options).map(|()| ExitCode::SUCCESS),
        Subcommands::Import(asked) => import::run(asked),
        Subcommands::Lint(asked) => lint::run(&asked).map(|()| ExitCode::SUCCESS),
        Subcommands::Export(asked) => export::run(&asked).map(|()| ExitCode::SUCCESS),
        Subcommands::Verify(asked) => verify::run(asked),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            terminal::complain(&error);
            ExitCode::FAILURE
        }
    }
}
