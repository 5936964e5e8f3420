//! Starting programs. Every child inherits the terminal, so its own progress is seen and Ctrl+C
//! reaches it, unless a function here says otherwise.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::{Command, ExitCode, ExitStatus, Stdio},
};

use anyhow::{Context as _, Result, bail};

/// A command run in `dir`, with the environment a person would have there: `cargo run` describes
/// *this* package to us by variables that would mislead the build scripts of others.
pub fn command(program: &str, dir: &Path) -> Command {
    let mut command = Command::new(executable(program));
    command.current_dir(dir);
    for (name, _) in env::vars_os() {
        if name.to_str().is_some_and(describes_this_package) {
            command.env_remove(name);
        }
    }
    if let Some(path) = path_with_cargo_tools() {
        command.env("PATH", path);
    }
    command
}

/// The command as a person would type it.
pub fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| quoted(&word.to_string_lossy()))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Runs to the end with everything passed through.
///
/// # Errors
/// When the program cannot be started.
pub fn status_of(command: &mut Command) -> Result<ExitStatus> {
    command
        .status()
        .with_context(|| format!("cannot start {}", describe(command)))
}

/// Runs to the end with everything passed through, and wants success.
///
/// # Errors
/// When the program cannot be started or does not exit with 0.
pub fn run(command: &mut Command) -> Result<()> {
    let status = status_of(command)?;
    if !status.success() {
        bail!("{} ended with {status}", describe(command));
    }
    Ok(())
}

/// The standard output of a command that succeeded; its standard error is passed through.
///
/// # Errors
/// When the program cannot be started or does not exit with 0.
pub fn output_of(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start {}", describe(command)))?;
    if !output.status.success() {
        bail!("{} ended with {}", describe(command), output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What a question to the machine answers (`node --version`), or nothing when the program is not
/// there or does not succeed.
pub fn answer(program: &str, args: &[&str]) -> Option<String> {
    let output = command(program, Path::new("."))
        .args(args)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Hands this process over to `command`: Ctrl+C, the terminal and the exit code are then the
/// program's own. On Windows, which knows no such thing, waits and repeats the exit code.
///
/// # Errors
/// When the program cannot be started.
pub fn become_it(command: &mut Command) -> Result<ExitCode> {
    #[cfg(unix)]
    {
        let error = std::os::unix::process::CommandExt::exec(command);
        Err(error).with_context(|| format!("cannot start {}", describe(command)))
    }
    #[cfg(not(unix))]
    {
        let status = status_of(command)?;
        Ok(status
            .code()
            .and_then(|code| u8::try_from(code).ok())
            .map_or(ExitCode::FAILURE, ExitCode::from))
    }
}

/// Whether a program of this name can be started.
pub fn is_on_path(program: &str) -> bool {
    find_on_path(program).is_some()
}

/// Where the program of this name lies.
pub fn find_on_path(program: &str) -> Option<PathBuf> {
    let name = executable(program);
    let path = path_with_cargo_tools().or_else(|| env::var_os("PATH"))?;
    env::split_paths(&path)
        .flat_map(|dir| {
            [
                dir.join(&name),
                dir.join(format!("{name}{}", env::consts::EXE_SUFFIX)),
            ]
        })
        .find(|file| file.is_file())
}

/// Where `cargo install` puts programs.
fn cargo_bin() -> Option<PathBuf> {
    let home = || env::var_os("HOME").or_else(|| env::var_os("USERPROFILE"));
    env::var_os("CARGO_INSTALL_ROOT")
        .or_else(|| env::var_os("CARGO_HOME"))
        .map(PathBuf::from)
        .or_else(|| home().map(|home| PathBuf::from(home).join(".cargo")))
        .map(|root| root.join("bin"))
}

/// `PATH` with cargo's tools at its end, when they are not on it already.
fn path_with_cargo_tools() -> Option<OsString> {
    let tools = cargo_bin()?;
    let mut dirs: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    if dirs.contains(&tools) {
        return None;
    }
    dirs.push(tools);
    env::join_paths(dirs).ok()
}

/// On Windows npm's programs are scripts, which are found only by their full name.
fn executable(program: &str) -> String {
    if cfg!(windows) && matches!(program, "npm" | "npx") {
        return format!("{program}.cmd");
    }
    program.to_owned()
}

fn describes_this_package(variable: &str) -> bool {
    variable.starts_with("CARGO_PKG_")
        || variable.starts_with("CARGO_MANIFEST_")
        || matches!(
            variable,
            "CARGO_CRATE_NAME" | "CARGO_PRIMARY_PACKAGE" | "CARGO_BIN_NAME"
        )
}

fn quoted(word: &str) -> String {
    if word.is_empty() || word.contains(char::is_whitespace) {
        return format!("\"{word}\"");
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_reads_as_it_is_typed() {
        let mut command = Command::new("xvfb-run");
        command.args(["-s", "-screen 0 1280x1024x24", "npm", "run", "window"]);
        assert_eq!(
            describe(&command),
            "xvfb-run -s \"-screen 0 1280x1024x24\" npm run window"
        );
    }

    #[test]
    fn children_do_not_see_our_own_package() {
        assert!(describes_this_package("CARGO_PKG_VERSION"));
        assert!(describes_this_package("CARGO_MANIFEST_DIR"));
        assert!(!describes_this_package("CARGO_TARGET_DIR"));
        assert!(!describes_this_package("CARGO_HOME"));
    }

    #[test]
    fn a_program_that_is_not_there_is_an_absence() {
        assert!(is_on_path("cargo"));
        assert!(!is_on_path("no-program-has-this-name"));
        assert_eq!(answer("no-program-has-this-name", &[]), None);
    }
}
