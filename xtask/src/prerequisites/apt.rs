//! How Debian and Ubuntu install packages.

use std::path::Path;

use anyhow::Result;

use super::facts::Version;
use crate::{consent::Sudo, output, process};

/// What a person types to install packages.
pub fn command_line(packages: &[&str], is_root: bool) -> String {
    let sudo = if is_root { "" } else { "sudo " };
    format!("{sudo}apt-get install {}", packages.join(" "))
}

/// Refreshes apt's lists and installs packages. Failures are passed through and not fatal here:
/// what is missing afterwards is looked at again.
///
/// # Errors
/// When apt-get or sudo cannot be started.
pub fn install(root: &Path, packages: &[&str], sudo: Sudo) -> Result<()> {
    let as_root: &[&str] = match sudo {
        Sudo::Unneeded => &[],
        Sudo::Attended => &["sudo"],
        Sudo::Unattended => &["sudo", "--non-interactive"],
    };
    for args in [vec!["update"], [&["install", "--yes"], packages].concat()] {
        // Nothing may stop to ask a question, and sudo clears the environment: hence env.
        let env = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
        let words = [as_root, &env, &args].concat();
        let mut command = process::command(words[0], root);
        command.args(&words[1..]);
        output::line(&format!("      {}", process::describe(&command)));
        let status = process::status_of(&mut command)?;
        if !status.success() {
            output::line(&format!("      apt-get ended with {status}"));
        }
    }
    Ok(())
}

/// The version that apt would install.
pub fn candidate(package: &str) -> Option<Version> {
    candidate_in(&process::answer("apt-cache", &["policy", package])?)
}

fn candidate_in(policy: &str) -> Option<Version> {
    Version::first_in(
        policy
            .lines()
            .find_map(|line| line.trim().strip_prefix("Candidate:"))?,
    )
}

/// Whether a package is installed.
pub fn is_installed(package: &str) -> bool {
    process::answer("dpkg-query", &["-W", "-f=${db:Status-Status}", package])
        .is_some_and(|status| status == "installed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_needs_no_sudo() {
        assert_eq!(
            command_line(&["xvfb", "xauth"], false),
            "sudo apt-get install xvfb xauth"
        );
        assert_eq!(command_line(&["xvfb"], true), "apt-get install xvfb");
    }

    #[test]
    fn the_candidate_of_apt_is_read() {
        let policy = "nodejs:\n  Installed: (none)\n  Candidate: 20.19.2+dfsg-1\n";
        assert_eq!(candidate_in(policy), Some(Version(20, 19, 2)));
        assert_eq!(candidate_in("nodejs:\n  Candidate: (none)\n"), None);
    }
}
