//! What this machine is and has, gathered before anything is decided.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use super::{Fix, Requirement, Verdict, apt, browser, cargo_tools, system};
use crate::process;

/// The oldest Rust that compiles the workspace: `rust-version` of its manifest.
const RUST_NEEDED: &str = env!("CARGO_PKG_RUST_VERSION");

/// The machines that are told apart, because the same thing is got differently there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// Debian and what calls itself like it, but not Ubuntu.
    Debian,
    /// Ubuntu and its relatives: apt, but browsers are not in it.
    Ubuntu,
    /// Fedora and its relatives.
    Fedora,
    /// Arch and its relatives.
    Arch,
    /// Any other Linux.
    OtherLinux,
    /// macOS.
    MacOs,
    /// Windows.
    Windows,
}

impl Platform {
    /// Whether this is a Linux of any kind.
    pub fn is_linux(self) -> bool {
        !matches!(self, Self::MacOs | Self::Windows)
    }

    /// The platform this was compiled for; on Linux the distribution that is running.
    pub fn this() -> Self {
        match std::env::consts::OS {
            "macos" => Self::MacOs,
            "windows" => Self::Windows,
            _ => {
                Self::of_os_release(&std::fs::read_to_string("/etc/os-release").unwrap_or_default())
            }
        }
    }

    /// Reads `ID` and `ID_LIKE` of os-release(5).
    /// <https://www.freedesktop.org/software/systemd/man/latest/os-release.html>
    fn of_os_release(text: &str) -> Self {
        let value = |key: &str| {
            text.lines()
                .filter_map(|line| line.split_once('='))
                .find(|(name, _)| *name == key)
                .map_or("", |(_, value)| value.trim_matches(['"', '\'']))
        };
        let mut names = std::iter::once(value("ID")).chain(value("ID_LIKE").split_whitespace());
        names
            .find_map(|name| match name {
                "ubuntu" => Some(Self::Ubuntu),
                "debian" => Some(Self::Debian),
                "fedora" | "rhel" => Some(Self::Fedora),
                "arch" => Some(Self::Arch),
                _ => None,
            })
            .unwrap_or(Self::OtherLinux)
    }
}

/// A version as far as it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u32, pub u32, pub u32);

impl Version {
    /// The first thing in `text` that looks like a version: digits, with a dot after them.
    pub fn first_in(text: &str) -> Option<Self> {
        text.split(|c: char| !(c.is_ascii_digit() || c == '.'))
            .filter(|word| word.contains('.'))
            .find_map(|word| {
                let mut numbers = word.split('.').map(str::parse::<u32>);
                let major = numbers.next()?.ok()?;
                let minor = numbers.next()?.ok()?;
                let patch = numbers.next().and_then(Result::ok).unwrap_or_default();
                Some(Self(major, minor, patch))
            })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

/// Everything the decisions rest on.
#[derive(Debug)]
pub struct Facts {
    /// The machine.
    pub platform: Platform,
    /// Whether this process is root already.
    pub is_root: bool,
    /// The installed rustc.
    pub rust: Option<Version>,
    /// The installed Node, if npm is there too.
    pub node: Option<Version>,
    /// The Node that apt would install, looked up only where Node is missing.
    pub node_in_apt: Option<Version>,
    /// Which requirements that come from the system are met.
    pub system: BTreeSet<Requirement>,
    /// The installed cargo tools by the name of their command.
    pub tools: BTreeMap<&'static str, Option<Version>>,
}

impl Facts {
    /// Looks at this machine; takes well under a second.
    pub fn gather() -> Self {
        let platform = Platform::this();
        let version = |program| Version::first_in(&process::answer(program, &["--version"])?);
        let node = version("node").filter(|_| process::is_on_path("npm"));
        let has_apt = matches!(platform, Platform::Debian | Platform::Ubuntu);
        let mut system = system::present_on(platform);
        if browser::find().is_some() {
            system.insert(Requirement::Browser);
        }
        Self {
            platform,
            is_root: process::answer("id", &["-u"]).is_some_and(|id| id.trim() == "0"),
            rust: version("rustc"),
            node,
            node_in_apt: if node.is_none() && has_apt {
                apt::candidate("nodejs")
            } else {
                None
            },
            system,
            tools: cargo_tools::installed(),
        }
    }

    /// A machine that has nothing.
    #[cfg(test)]
    pub fn bare(platform: Platform) -> Self {
        Self {
            platform,
            is_root: false,
            rust: None,
            node: None,
            node_in_apt: None,
            system: BTreeSet::new(),
            tools: BTreeMap::new(),
        }
    }
}

/// Whether rustc is new enough. Cargo refuses to compile this very program otherwise, unless it
/// is started with another toolchain than it was compiled with.
pub fn rust_verdict(facts: &Facts) -> Verdict {
    match (facts.rust, Version::first_in(RUST_NEEDED)) {
        (Some(found), Some(needed)) if found >= needed => Verdict::Present(format!("Rust {found}")),
        (found, _) => Verdict::Missing {
            what: match found {
                Some(found) => format!("Rust {RUST_NEEDED} (this is {found})"),
                None => format!("Rust {RUST_NEEDED}"),
            },
            fix: Fix::ByHand(
                "install rustup from https://rustup.rs, or run: rustup update".to_owned(),
            ),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_found_where_programs_print_them() {
        assert_eq!(Version::first_in("v20.20.2\n"), Some(Version(20, 20, 2)));
        assert_eq!(
            Version::first_in("rustc 1.95.0 (59807616e 2026-04-14)"),
            Some(Version(1, 95, 0))
        );
        assert_eq!(
            Version::first_in("cargo-deny 0.20.2"),
            Some(Version(0, 20, 2))
        );
        assert_eq!(Version::first_in("1.95"), Some(Version(1, 95, 0)));
        assert_eq!(Version::first_in("no version 7 here"), None);
        assert!(Version(20, 0, 0) > Version(18, 99, 1));
    }

    #[test]
    fn distributions_are_known_by_themselves_or_by_their_parents() {
        let of = Platform::of_os_release;
        assert_eq!(
            of("NAME=\"Debian GNU/Linux\"\nID=debian\n"),
            Platform::Debian
        );
        assert_eq!(of("ID=ubuntu\nID_LIKE=debian\n"), Platform::Ubuntu);
        assert_eq!(
            of("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"),
            Platform::Ubuntu
        );
        assert_eq!(
            of("ID=rocky\nID_LIKE=\"rhel centos fedora\"\n"),
            Platform::Fedora
        );
        assert_eq!(of("ID=manjaro\nID_LIKE=arch\n"), Platform::Arch);
        assert_eq!(of("ID=nixos\n"), Platform::OtherLinux);
        assert_eq!(of(""), Platform::OtherLinux);
    }

    #[test]
    fn an_old_rust_is_missing() {
        let mut facts = Facts::bare(Platform::MacOs);
        facts.rust = Some(Version(1, 70, 0));
        assert!(matches!(rust_verdict(&facts), Verdict::Missing { .. }));
        facts.rust = Version::first_in(RUST_NEEDED);
        assert!(matches!(rust_verdict(&facts), Verdict::Present(_)));
    }
}
