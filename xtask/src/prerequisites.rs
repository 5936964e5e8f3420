//! What a machine must have, whether it has it, and how it comes to have it.
//!
//! Facts are gathered once ([`facts`]); what is missing and how to get it is decided from them by
//! functions that touch nothing ([`verdict`]); only then is something installed.

pub mod apt;
pub mod browser;
pub mod cargo_tools;
pub mod facts;
pub mod node;
mod system;

use std::{collections::BTreeMap, path::Path};

use anyhow::Result;

pub use facts::{Facts, Platform};

use crate::{
    consent::{self, Root, Way},
    output, process,
};

/// One thing a command or a stage cannot do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Requirement {
    /// rustc, as new as the workspace says.
    Rust,
    /// A C compiler and a linker.
    Compiler,
    /// Node and npm.
    Node,
    /// What the desktop window is drawn with.
    WebView,
    /// A Chromium for the browser tests, and letters for it.
    Browser,
    /// Fonts that hold the letters of every language of the app.
    Fonts,
    /// An X server without a screen.
    VirtualDisplay,
    /// A session bus for the window.
    MessageBus,
    /// `WebDriver` for the window.
    WebKitDriver,
    /// Tools that type into native dialogs.
    WindowTools,
    /// Network namespaces for the discovery tests.
    NetworkTools,
    /// cargo-nextest.
    Nextest,
    /// cargo-deny.
    Deny,
    /// cargo-machete.
    Machete,
    /// tauri-driver.
    TauriDriver,
}

/// How something missing is got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fix {
    /// Packages of Debian or Ubuntu, which need root.
    Apt(Vec<&'static str>),
    /// `cargo install` of a pinned version.
    Cargo(&'static cargo_tools::Tool),
    /// A person has to do it; the sentence says how.
    ByHand(String),
}

/// Whether a requirement is met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is there; the text says what was found.
    Present(String),
    /// It is not there.
    Missing {
        /// What it is, as a person would call it.
        what: String,
        /// How to get it.
        fix: Fix,
    },
}

/// What is still missing after everything possible was done, each with the sentence that helps.
pub type Missing = BTreeMap<Requirement, String>;

/// Decides one requirement from the facts.
pub fn verdict(requirement: Requirement, facts: &Facts) -> Verdict {
    match requirement {
        Requirement::Rust => facts::rust_verdict(facts),
        Requirement::Node => node::verdict(facts),
        Requirement::Compiler
        | Requirement::WebView
        | Requirement::Browser
        | Requirement::Fonts
        | Requirement::VirtualDisplay
        | Requirement::MessageBus
        | Requirement::WebKitDriver
        | Requirement::WindowTools
        | Requirement::NetworkTools => system::verdict(requirement, facts),
        Requirement::Nextest
        | Requirement::Deny
        | Requirement::Machete
        | Requirement::TauriDriver => cargo_tools::verdict(requirement, facts),
    }
}

impl Fix {
    /// The sentence or command that mends it, exact enough to be copied.
    fn sentence(&self, is_root: bool) -> String {
        match self {
            Self::Apt(packages) => apt::command_line(packages, is_root),
            Self::Cargo(tool) => tool.command_line(),
            Self::ByHand(sentence) => sentence.clone(),
        }
    }
}

/// Checks the requirements, installs what may be installed, and returns what is missing still.
///
/// # Errors
/// When the machine cannot be examined at all.
pub fn ensure(root: &Path, requirements: &[Requirement], yes: bool) -> Result<Missing> {
    let facts = Facts::gather();
    let missing = missing(requirements, &facts);
    for requirement in requirements {
        if let Verdict::Present(found) = verdict(*requirement, &facts) {
            output::line(&format!("      found    {found}"));
        }
    }
    for (what, fix) in missing.values() {
        output::line(&format!(
            "      missing  {what}: {}",
            fix.sentence(facts.is_root)
        ));
    }
    if missing.is_empty() {
        return Ok(Missing::new());
    }

    let packages = apt_packages(missing.values().map(|(_, fix)| fix));
    let mut changed = !packages.is_empty() && install_packages(root, &packages, &facts, yes)?;
    for (_, fix) in missing.values() {
        if let Fix::Cargo(tool) = fix {
            changed |= tool.install(root)?;
        }
    }
    let facts = if changed { Facts::gather() } else { facts };
    Ok(self::missing(requirements, &facts)
        .into_iter()
        .map(|(requirement, (what, fix))| {
            (
                requirement,
                format!("{what} is missing: {}", fix.sentence(facts.is_root)),
            )
        })
        .collect())
}

fn missing(requirements: &[Requirement], facts: &Facts) -> BTreeMap<Requirement, (String, Fix)> {
    requirements
        .iter()
        .filter_map(|requirement| match verdict(*requirement, facts) {
            Verdict::Present(_) => None,
            Verdict::Missing { what, fix } => Some((*requirement, (what, fix))),
        })
        .collect()
}

/// The packages of all fixes, each once and sorted, so that one command installs them.
fn apt_packages<'a>(fixes: impl Iterator<Item = &'a Fix>) -> Vec<&'static str> {
    let mut packages: Vec<&'static str> = fixes
        .flat_map(|fix| match fix {
            Fix::Apt(packages) => packages.as_slice(),
            Fix::Cargo(_) | Fix::ByHand(_) => &[],
        })
        .copied()
        .collect();
    packages.sort_unstable();
    packages.dedup();
    packages
}

/// Installs packages as far as root may be used; says whether anything was attempted.
fn install_packages(root: &Path, packages: &[&str], facts: &Facts, yes: bool) -> Result<bool> {
    let typed = apt::command_line(packages, facts.is_root);
    let root_way = Root::of(facts.is_root, process::is_on_path("sudo"));
    let agreed = yes || consent::is_ci(std::env::var("CI").ok().as_deref());
    let sudo = match consent::way(root_way, agreed, output::can_ask()) {
        Way::Run(sudo) => sudo,
        Way::Ask(sudo) => {
            if !output::confirm(&format!("      Run this now? {typed}")) {
                return Ok(false);
            }
            sudo
        }
        Way::Refuse => {
            output::line(&format!("      Run this, then start again: {typed}"));
            return Ok(false);
        }
    };
    apt::install(root, packages, sudo)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_command_installs_every_package_once() {
        let fixes = [
            Fix::Apt(vec!["xvfb", "xauth"]),
            Fix::ByHand("walk".to_owned()),
            Fix::Apt(vec!["chromium", "xauth"]),
        ];
        assert_eq!(apt_packages(fixes.iter()), ["chromium", "xauth", "xvfb"]);
    }

    #[test]
    fn a_bare_debian_misses_everything_and_knows_how_to_get_it() {
        let facts = Facts::bare(Platform::Debian);
        let missing = missing(
            &[
                Requirement::Compiler,
                Requirement::WebView,
                Requirement::Nextest,
            ],
            &facts,
        );
        let sentences: Vec<String> = missing
            .values()
            .map(|(_, fix)| fix.sentence(facts.is_root))
            .collect();
        assert_eq!(
            sentences,
            [
                "sudo apt-get install build-essential",
                "sudo apt-get install libwebkit2gtk-4.1-dev",
                "cargo install --locked cargo-nextest@0.9.143",
            ]
        );
    }
}
