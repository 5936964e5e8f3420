//! `room-bench`: a room full of people, or a library full of codelabs, as a
//! process of its own, against a real `codelabs serve` on a real file.
//! `cargo xtask bench room`, `… library` and `… hostile` build both and start it;
//! docs/PERFORMANCE.md says what each figure means.
//!
//! Everything is driven from one thread: the clients shall cost little, and
//! what they cost is the same for the server and for the floor, the bare
//! server that the fan-out is compared with.

mod client;
mod crowd;
mod figures;
mod floor;
mod frames;
mod host;
mod hostile;
mod http;
mod library;
mod measure;
mod options;
mod process;
mod report;
mod run;
mod tape;

use std::process::ExitCode;

use clap::Parser as _;
use options::{Arguments, What};

fn main() -> ExitCode {
    let done = match Arguments::parse().what {
        What::Floor { port } => floor::run(port),
        What::Room(options) => run::run(&options),
        What::Library(options) => library::run(&options),
        What::Hostile(options) => hostile::run(&options),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("room-bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}
