//! `codelabs`: the server without a window, and the command line.

mod export;
mod lint;
mod qr;
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
    /// Say what an import would remark on, and what needs the internet.
    Lint(lint::Asked),
    /// Write a codelab as a file for other programs or for people.
    Export(export::Asked),
    /// Check that every table of the database says what its log says.
    Verify(verify::Verify),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env()
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn")),
        )
        .with_writer(std::io::stderr)
        .init();
    let done = match arguments.command {
        Subcommands::Serve(options) => serve::run(options),
        Subcommands::Lint(asked) => lint::run(&asked),
        Subcommands::Export(asked) => export::run(&asked),
        Subcommands::Verify(asked) => verify::run(asked),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::complain(&error);
            ExitCode::FAILURE
        }
    }
}
