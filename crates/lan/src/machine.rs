//! What this machine calls itself.

/// This machine's own host name in lower case, without a trailing dot: `ada-laptop`,
/// or `ada.local` on macOS. `None` when it has none, or one that no browser can send.
///
/// Read anew at each call: people rename machines, and DHCP does on some.
#[must_use]
pub fn machine_hostname() -> Option<String> {
    normalize(gethostname::gethostname().to_str()?)
}

/// Every name by which a browser on the same network may address this machine: the
/// host name, its first label, and that label under `.local`, which the operating
/// system's own mDNS responder answers for. Meant for the check of the `Host` header.
#[must_use]
pub fn machine_names() -> Vec<String> {
    machine_hostname().map_or_else(Vec::new, |hostname| names_of(&hostname))
}

fn normalize(hostname: &str) -> Option<String> {
    let hostname = hostname.trim().trim_end_matches('.').to_lowercase();
    let sendable = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    (!hostname.is_empty() && hostname.chars().all(sendable)).then_some(hostname)
}

fn names_of(hostname: &str) -> Vec<String> {
    let label = hostname.split('.').next().unwrap_or(hostname);
    let mut names = vec![
        hostname.to_owned(),
        label.to_owned(),
        format!("{label}.local"),
    ];
    names.sort();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::{names_of, normalize};

    #[test]
    fn a_host_name_is_compared_in_lower_case_without_its_last_dot() {
        assert_eq!(
            normalize("Ada-Laptop.Example.ORG.\n"),
            Some("ada-laptop.example.org".into())
        );
        assert_eq!(normalize(""), None);
        assert_eq!(normalize("ada's laptop"), None);
    }

    #[test]
    fn a_machine_is_known_by_its_label_and_under_local() {
        assert_eq!(names_of("ada"), ["ada", "ada.local"]);
        assert_eq!(names_of("ada.local"), ["ada", "ada.local"]);
        assert_eq!(
            names_of("ada.example.org"),
            ["ada", "ada.example.org", "ada.local"]
        );
    }
}
