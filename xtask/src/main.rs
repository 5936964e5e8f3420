//! The command list of the project, called as `cargo xtask …`.
//!
//! A developer, a newcomer and CI type the same commands; nothing else in the repository knows
//! how to set a machine up. The crate depends on none of ours and stays free of procedural
//! macros, so that it compiles in seconds on a machine that has nothing yet.
//!
//! To add a stage to `cargo xtask test`: write its function in `stages/`, add its line to
//! [`stages::STAGES`], and name there what it needs and which stages must have succeeded before.

mod audit;
mod bench;
mod chaos;
mod cli;
mod consent;
mod counts;
mod fuzz;
mod generate;
mod group;
mod node_packages;
mod output;
mod prerequisites;
mod process;
mod repository;
mod run;
mod stages;
mod stamp;
mod summary;

use std::process::ExitCode;

use cli::Request;

fn main() -> ExitCode {
    let outcome = match cli::parse() {
        Request::Run(options) => run::run(&options),
        Request::Test(options) => Ok(stages::test(&options)),
        Request::Generate => generate::generate(),
        Request::Chaos(seed) => chaos::chaos(seed),
        Request::Audit { yes } => audit::audit(yes),
        Request::Bench(args) => bench::bench(&args),
        Request::Fuzz(target, seconds) => fuzz::fuzz(&target, seconds),
    };
    outcome.unwrap_or_else(|error| {
        output::line(&format!("error: {error:#}"));
        ExitCode::FAILURE
    })
}
