//! What comes from the operating system: one table for every Linux.
//! On macOS and Windows the few things needed come with the system or its developer tools.

use std::collections::BTreeSet;

use super::{Facts, Fix, Platform, Requirement, Verdict, apt, browser};
use crate::process;

/// How to tell that something is there.
enum Probe {
    /// All these programs are on the path.
    Programs(&'static [&'static str]),
    /// pkg-config knows this library.
    Library(&'static str),
    /// Something else is asked; see [`present_on`].
    Elsewhere,
    /// These Debian packages are installed; other distributions are trusted.
    Packages(&'static [&'static str]),
}

/// One line of the table.
struct System {
    requirement: Requirement,
    what: &'static str,
    probe: Probe,
    debian: &'static [&'static str],
    fedora: &'static str,
    arch: &'static str,
}

const SYSTEM: &[System] = &[
    System {
        requirement: Requirement::Compiler,
        what: "a C compiler and linker",
        probe: Probe::Programs(&["cc"]),
        debian: &["build-essential"],
        fedora: "gcc",
        arch: "base-devel",
    },
    System {
        requirement: Requirement::WebView,
        what: "WebKitGTK 4.1, which draws the window",
        probe: Probe::Library("webkit2gtk-4.1"),
        debian: &["libwebkit2gtk-4.1-dev"],
        fedora: "webkit2gtk4.1-devel",
        arch: "webkit2gtk-4.1",
    },
    System {
        requirement: Requirement::Browser,
        what: "Chromium for the browser tests",
        probe: Probe::Elsewhere,
        debian: &["chromium"],
        fedora: "chromium",
        arch: "chromium",
    },
    System {
        requirement: Requirement::Fonts,
        what: "fonts for Latin and Korean letters",
        probe: Probe::Packages(&["fonts-dejavu-core", "fonts-noto-cjk"]),
        debian: &["fonts-dejavu-core", "fonts-noto-cjk"],
        fedora: "dejavu-sans-fonts google-noto-sans-cjk-fonts",
        arch: "ttf-dejavu noto-fonts-cjk",
    },
    System {
        requirement: Requirement::VirtualDisplay,
        what: "Xvfb, a display without a screen",
        probe: Probe::Programs(&["Xvfb", "xvfb-run", "xauth"]),
        debian: &["xvfb", "xauth"],
        fedora: "xorg-x11-server-Xvfb xorg-x11-xauth",
        arch: "xorg-server-xvfb xorg-xauth",
    },
    System {
        requirement: Requirement::MessageBus,
        what: "a session bus for the window tests",
        probe: Probe::Programs(&["dbus-run-session"]),
        debian: &["dbus-x11"],
        fedora: "dbus-daemon",
        arch: "dbus",
    },
    System {
        requirement: Requirement::WebKitDriver,
        what: "WebKitWebDriver, which drives the window",
        probe: Probe::Programs(&["WebKitWebDriver"]),
        debian: &["webkit2gtk-driver"],
        fedora: "webkit2gtk-driver",
        arch: "webkit2gtk-4.1",
    },
    System {
        requirement: Requirement::WindowTools,
        what: "xdotool and xwininfo, which type into native dialogs",
        probe: Probe::Programs(&["xdotool", "xwininfo"]),
        debian: &["xdotool", "x11-utils"],
        fedora: "xdotool xwininfo",
        arch: "xdotool xorg-xwininfo",
    },
    System {
        requirement: Requirement::NetworkTools,
        what: "iproute2 for the discovery tests",
        probe: Probe::Programs(&["ip"]),
        debian: &["iproute2"],
        fedora: "iproute",
        arch: "iproute2",
    },
];

/// The requirements of the table that this machine meets, but for the browser.
pub fn present_on(platform: Platform) -> BTreeSet<Requirement> {
    SYSTEM
        .iter()
        .filter(|line| {
            if platform.is_linux() {
                line.probe.holds(platform)
            } else {
                is_part_of(platform, line.requirement)
            }
        })
        .map(|line| line.requirement)
        .collect()
}

impl Probe {
    fn holds(&self, platform: Platform) -> bool {
        match self {
            Self::Programs(programs) => programs.iter().all(|name| process::is_on_path(name)),
            Self::Library(name) => process::answer("pkg-config", &["--exists", name]).is_some(),
            Self::Elsewhere => false,
            Self::Packages(packages) => {
                !matches!(platform, Platform::Debian | Platform::Ubuntu)
                    || packages.iter().all(|name| apt::is_installed(name))
            }
        }
    }
}

/// Whether macOS or Windows meets a requirement by itself or by its developer tools.
fn is_part_of(platform: Platform, requirement: Requirement) -> bool {
    match (requirement, platform) {
        (Requirement::Compiler, Platform::MacOs) => {
            process::answer("xcode-select", &["-p"]).is_some()
        }
        // This very program was linked: with the linker of Visual Studio, or with another one
        // that the window's libraries do not support.
        (Requirement::Compiler, _) => cfg!(target_env = "msvc"),
        (Requirement::WebView, Platform::Windows) => has_webview2(),
        _ => true,
    }
}

/// Looks for the `WebView2` runtime where its documentation says that it registers itself.
/// <https://learn.microsoft.com/microsoft-edge/webview2/concepts/distribution>
fn has_webview2() -> bool {
    const CLIENT: &str = r"Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    [
        r"HKLM\SOFTWARE\WOW6432Node",
        r"HKLM\SOFTWARE",
        r"HKCU\Software",
    ]
    .iter()
    .any(|hive| {
        process::answer("reg", &["query", &format!(r"{hive}\{CLIENT}"), "/v", "pv"]).is_some()
    })
}

/// Decides one requirement of the table.
pub fn verdict(requirement: Requirement, facts: &Facts) -> Verdict {
    let Some(line) = SYSTEM.iter().find(|line| line.requirement == requirement) else {
        return Verdict::Present(String::new());
    };
    if facts.system.contains(&requirement) {
        return Verdict::Present(line.what.to_owned());
    }
    let fix = match facts.platform {
        // Ubuntu has no Chromium in apt but a transitional package to its snap.
        Platform::Ubuntu if requirement == Requirement::Browser => {
            Fix::Apt(vec!["chromium-browser"])
        }
        Platform::Debian | Platform::Ubuntu => Fix::Apt(line.debian.to_vec()),
        Platform::Fedora => Fix::ByHand(format!("sudo dnf install {}", line.fedora)),
        Platform::Arch => Fix::ByHand(format!("sudo pacman -S --needed {}", line.arch)),
        Platform::OtherLinux => Fix::ByHand(format!(
            "install what Debian calls {} with the package manager of this system",
            line.debian.join(" ")
        )),
        Platform::MacOs | Platform::Windows => {
            Fix::ByHand(fix_without_packages(requirement, facts.platform).to_owned())
        }
    };
    let what = match (requirement, facts.platform) {
        (Requirement::WebView, Platform::Windows) => "WebView2, which draws the window",
        (Requirement::Browser, _) => browser::WANTED,
        _ => line.what,
    };
    Verdict::Missing {
        what: what.to_owned(),
        fix,
    }
}

fn fix_without_packages(requirement: Requirement, platform: Platform) -> &'static str {
    match (requirement, platform) {
        (Requirement::Browser, _) => "install Google Chrome, Chromium or Microsoft Edge",
        (Requirement::WebView, _) => "winget install Microsoft.EdgeWebView2Runtime",
        (_, Platform::MacOs) => "xcode-select --install",
        _ => {
            "winget install Microsoft.VisualStudio.2022.BuildTools --override \
             \"--add Microsoft.VisualStudio.Workload.VCTools --includeRecommended --passive\", \
             then: rustup default stable-msvc"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fix(requirement: Requirement, platform: Platform) -> Fix {
        match verdict(requirement, &Facts::bare(platform)) {
            Verdict::Missing { fix, .. } => fix,
            Verdict::Present(found) => panic!("a bare machine has {found}"),
        }
    }

    #[test]
    fn each_distribution_is_told_its_own_command() {
        assert_eq!(
            fix(Requirement::WebView, Platform::Debian),
            Fix::Apt(vec!["libwebkit2gtk-4.1-dev"])
        );
        assert_eq!(
            fix(Requirement::WebView, Platform::Fedora),
            Fix::ByHand("sudo dnf install webkit2gtk4.1-devel".to_owned())
        );
        assert_eq!(
            fix(Requirement::WebView, Platform::Arch),
            Fix::ByHand("sudo pacman -S --needed webkit2gtk-4.1".to_owned())
        );
        assert_eq!(
            fix(Requirement::Compiler, Platform::MacOs),
            Fix::ByHand("xcode-select --install".to_owned())
        );
    }

    #[test]
    fn ubuntu_gets_its_own_browser_package() {
        assert_eq!(
            fix(Requirement::Browser, Platform::Ubuntu),
            Fix::Apt(vec!["chromium-browser"])
        );
        assert_eq!(
            fix(Requirement::Browser, Platform::Debian),
            Fix::Apt(vec!["chromium"])
        );
    }

    #[test]
    fn what_is_there_is_not_missing() {
        let mut facts = Facts::bare(Platform::Debian);
        facts.system.insert(Requirement::WebView);
        assert!(matches!(
            verdict(Requirement::WebView, &facts),
            Verdict::Present(_)
        ));
    }
}
