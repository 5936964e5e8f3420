//! Node and npm, which build the user interface.

use super::{Facts, Fix, Platform, Verdict, facts::Version};

/// The oldest Node that builds the user interface: `engines` of ui/package.json.
const NEEDED: Version = Version(20, 19, 0);

/// Decides whether Node serves, and where a better one comes from.
pub fn verdict(facts: &Facts) -> Verdict {
    match facts.node {
        Some(found) if found >= NEEDED => Verdict::Present(format!("Node {found}")),
        Some(found) => missing(format!("Node {NEEDED} (this is {found})"), facts),
        None => missing(format!("Node {NEEDED} with npm"), facts),
    }
}

fn missing(what: String, facts: &Facts) -> Verdict {
    let fix = match facts.platform {
        Platform::Debian | Platform::Ubuntu
            if facts.node_in_apt.is_some_and(|version| version >= NEEDED) =>
        {
            Fix::Apt(vec!["nodejs", "npm"])
        }
        Platform::Debian | Platform::Ubuntu | Platform::OtherLinux => {
            Fix::ByHand("install Node 22 or newer from https://nodejs.org".to_owned())
        }
        Platform::Fedora => Fix::ByHand("sudo dnf install nodejs npm".to_owned()),
        Platform::Arch => Fix::ByHand("sudo pacman -S --needed nodejs npm".to_owned()),
        Platform::MacOs => {
            Fix::ByHand("brew install node, or install it from https://nodejs.org".to_owned())
        }
        Platform::Windows => Fix::ByHand("winget install OpenJS.NodeJS.LTS".to_owned()),
    };
    Verdict::Missing { what, fix }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_20_serves_and_18_does_not() {
        let mut facts = Facts::bare(Platform::Debian);
        facts.node = Some(Version(20, 20, 2));
        assert_eq!(verdict(&facts), Verdict::Present("Node 20.20.2".to_owned()));
        facts.node = Some(Version(18, 20, 4));
        assert!(matches!(
            verdict(&facts),
            Verdict::Missing {
                fix: Fix::ByHand(_),
                ..
            }
        ));
    }

    #[test]
    fn apt_is_used_only_when_its_node_is_new_enough() {
        let mut facts = Facts::bare(Platform::Debian);
        facts.node_in_apt = Some(Version(18, 20, 4));
        assert!(matches!(
            verdict(&facts),
            Verdict::Missing {
                fix: Fix::ByHand(_),
                ..
            }
        ));
        facts.node_in_apt = Some(Version(20, 19, 2));
        assert!(matches!(
            verdict(&facts),
            Verdict::Missing {
                fix: Fix::Apt(_),
                ..
            }
        ));
    }
}
