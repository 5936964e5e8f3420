//! The programs that come by `cargo install`, each with the version that was tried.

use std::{collections::BTreeMap, path::Path};

use anyhow::Result;

use super::{Facts, Fix, Requirement, Verdict, facts::Version};
use crate::{output, process};

/// A pinned program.
#[derive(Debug, PartialEq, Eq)]
pub struct Tool {
    requirement: Requirement,
    /// The name of its crate, which is the name of its program as well.
    pub name: &'static str,
    /// What is installed where it is missing.
    version: &'static str,
    /// Versions that begin like this do as well.
    series: (u32, u32),
}

/// The one table of versions.
const TOOLS: &[Tool] = &[
    Tool {
        requirement: Requirement::Nextest,
        name: "cargo-nextest",
        version: "0.9.143",
        series: (0, 9),
    },
    Tool {
        requirement: Requirement::Deny,
        name: "cargo-deny",
        version: "0.20.2",
        series: (0, 20),
    },
    Tool {
        requirement: Requirement::Machete,
        name: "cargo-machete",
        version: "0.9.2",
        series: (0, 9),
    },
    Tool {
        requirement: Requirement::TauriDriver,
        name: "tauri-driver",
        version: "2.1.0",
        series: (2, 1),
    },
];

impl Tool {
    /// What a person types to install it.
    pub fn command_line(&self) -> String {
        format!("cargo install --locked {}@{}", self.name, self.version)
    }

    /// Installs it; says whether that was done. A failure is passed through and not fatal here.
    ///
    /// # Errors
    /// When cargo cannot be started.
    pub fn install(&self, root: &Path) -> Result<bool> {
        output::line(&format!("      {}", self.command_line()));
        let mut command = process::command("cargo", root);
        // Another version may be there already, from another project.
        command.args(["install", "--locked", "--force"]);
        command.arg(format!("{}@{}", self.name, self.version));
        Ok(process::status_of(&mut command)?.success())
    }

    fn serves(&self, version: Version) -> bool {
        (version.0, version.1) == self.series
    }
}

/// The tools on the path with their versions, as far as they can be known.
pub fn installed() -> BTreeMap<&'static str, Option<Version>> {
    let list = process::answer("cargo", &["install", "--list"]).unwrap_or_default();
    TOOLS
        .iter()
        .filter(|tool| process::is_on_path(tool.name))
        .map(|tool| {
            (
                tool.name,
                listed(&list, tool.name).or_else(|| told_by_itself(tool.name)),
            )
        })
        .collect()
}

/// The version in the output of `cargo install --list`: `cargo-deny v0.20.2:`.
fn listed(list: &str, name: &str) -> Option<Version> {
    list.lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))
        .and_then(Version::first_in)
}

/// The version that a program not installed by cargo tells: `cargo nextest --version`.
fn told_by_itself(name: &str) -> Option<Version> {
    Version::first_in(&process::answer(
        "cargo",
        &[name.strip_prefix("cargo-")?, "--version"],
    )?)
}

/// Decides one requirement that is a cargo tool.
pub fn verdict(requirement: Requirement, facts: &Facts) -> Verdict {
    let Some(tool) = TOOLS.iter().find(|tool| tool.requirement == requirement) else {
        return Verdict::Present(String::new());
    };
    match facts.tools.get(tool.name) {
        // Not installed by cargo and silent about its version: somebody's deliberate choice.
        Some(None) => Verdict::Present(tool.name.to_owned()),
        Some(Some(version)) if tool.serves(*version) => {
            Verdict::Present(format!("{} {version}", tool.name))
        }
        Some(Some(version)) => Verdict::Missing {
            what: format!("{} {} (this is {version})", tool.name, tool.version),
            fix: Fix::Cargo(tool),
        },
        None => Verdict::Missing {
            what: format!("{} {}", tool.name, tool.version),
            fix: Fix::Cargo(tool),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prerequisites::Platform;

    const LIST: &str =
        "cargo-deny v0.20.2:\n    cargo-deny\ntauri-driver v2.1.0:\n    tauri-driver\n";

    fn with_deny(version: Option<Version>) -> Verdict {
        let mut facts = Facts::bare(Platform::Debian);
        facts.tools.insert("cargo-deny", version);
        verdict(Requirement::Deny, &facts)
    }

    #[test]
    fn the_list_of_cargo_is_read() {
        assert_eq!(listed(LIST, "cargo-deny"), Some(Version(0, 20, 2)));
        assert_eq!(listed(LIST, "tauri-driver"), Some(Version(2, 1, 0)));
        assert_eq!(listed(LIST, "cargo"), None);
        assert_eq!(listed(LIST, "cargo-nextest"), None);
    }

    #[test]
    fn a_tool_of_the_same_series_serves_and_another_does_not() {
        assert!(matches!(
            with_deny(Some(Version(0, 20, 9))),
            Verdict::Present(_)
        ));
        assert!(matches!(with_deny(None), Verdict::Present(_)));
        let Verdict::Missing {
            fix: Fix::Cargo(tool),
            ..
        } = with_deny(Some(Version(0, 19, 0)))
        else {
            panic!("0.19 is not 0.20");
        };
        assert_eq!(
            tool.command_line(),
            "cargo install --locked cargo-deny@0.20.2"
        );
    }

    #[test]
    fn every_pin_belongs_to_its_series() {
        for tool in TOOLS {
            let pinned = Version::first_in(tool.version).expect("a version");
            assert!(tool.serves(pinned), "{}", tool.name);
        }
    }
}
