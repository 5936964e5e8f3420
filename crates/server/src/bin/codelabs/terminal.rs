//! Everything the program says on its terminal.

/// Says a line.
#[expect(clippy::print_stdout, reason = "this is a command line's voice")]
pub fn say(line: &str) {
    println!("{line}");
}

/// Says what went wrong.
pub fn complain(error: &anyhow::Error) {
    eprintln!("codelabs: {error:#}");
}
