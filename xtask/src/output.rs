//! Everything this command line says about itself goes through here. What the programs it
//! starts say is passed through untouched.
#![expect(
    clippy::print_stdout,
    reason = "a command line speaks on standard output"
)]

use std::{
    io::{IsTerminal, Write, stdin, stdout},
    time::{Duration, Instant},
};

/// Prints one line.
pub fn line(text: &str) {
    println!("{text}");
}

/// Prints a heading with an empty line before it, so that it stands out from passed-through output.
pub fn heading(text: &str) {
    println!("\n── {text}");
}

/// Asks a yes-or-no question; anything but `y` or `yes` is no.
pub fn confirm(question: &str) -> bool {
    print!("{question} [y/N] ");
    let mut answer = String::new();
    let heard = stdout().flush().is_ok() && stdin().read_line(&mut answer).is_ok();
    heard && is_yes(&answer)
}

/// Whether somebody sits at the keyboard and can be asked.
pub fn can_ask() -> bool {
    stdin().is_terminal() && stdout().is_terminal()
}

/// A duration as a person reads it: `0.4 s`, `12.3 s`, `3 min 05 s`.
pub fn duration(elapsed: Duration) -> String {
    if elapsed.as_secs() < 60 {
        return format!("{:.1} s", elapsed.as_secs_f64());
    }
    format!(
        "{} min {:02} s",
        elapsed.as_secs() / 60,
        elapsed.as_secs() % 60
    )
}

fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}

/// Numbered progress: `[2/5] Building the user interface …`, then the time it took.
pub struct Progress {
    step: usize,
    steps: usize,
    began: Instant,
}

impl Progress {
    /// Progress over a known number of steps, none of them begun.
    pub fn over(steps: usize) -> Self {
        Self {
            step: 0,
            steps,
            began: Instant::now(),
        }
    }

    /// Begins the next step.
    pub fn begin(&mut self, what: &str) {
        self.step += 1;
        self.began = Instant::now();
        line(&format!("[{}/{}] {what} …", self.step, self.steps));
    }

    /// Ends the step begun last, with what came of it.
    pub fn end(&self, result: &str) {
        line(&format!(
            "      {result} ({})",
            duration(self.began.elapsed())
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_well_on_both_sides_of_a_minute() {
        assert_eq!(duration(Duration::from_millis(420)), "0.4 s");
        assert_eq!(duration(Duration::from_millis(59_900)), "59.9 s");
        assert_eq!(duration(Duration::from_secs(185)), "3 min 05 s");
    }

    #[test]
    fn only_a_clear_yes_is_a_yes() {
        assert!(is_yes("y\n"));
        assert!(is_yes(" Yes\r\n"));
        assert!(!is_yes(""));
        assert!(!is_yes("\n"));
        assert!(!is_yes("yesterday"));
    }
}
