//! Which addresses are on the internet. Everything else is somebody's own network, this machine,
//! or nobody: files from strangers must not make this machine look there.
//!
//! Sources: the IANA special-purpose address registries (RFC 6890 and what it became).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use protocol::DownloadRefusal;
use reqwest::Url;

/// The host that an address would be asked of; nothing if it is none that is asked.
#[must_use]
pub fn host(address: &str) -> Option<String> {
    Some(parse(address)?.host_str()?.to_owned())
}

/// The address as it is asked for; nothing if it is no `http` or `https`, or carries a name and
/// password. One that leaves the scheme out means `https`.
pub fn parse(address: &str) -> Option<Url> {
    let address = address.trim();
    let url = if address.starts_with("//") {
        Url::parse(&format!("https:{address}"))
    } else {
        Url::parse(address)
    };
    url.ok().filter(is_askable)
}

/// Whether an address is of the web and tells no secrets.
pub fn is_askable(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
        && url.host_str().is_some_and(|host| !host.is_empty())
        && url.username().is_empty()
        && url.password().is_none()
}

/// Refuses a host that is written as a number and is not on the internet. Numbers are never looked
/// up, so nobody else would see them.
pub fn check_literal(url: &Url, allow_loopback: bool) -> Result<(), DownloadRefusal> {
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    match host.parse::<IpAddr>() {
        Ok(ip) if !may_be_asked(ip, allow_loopback) => Err(DownloadRefusal::Private),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// Whether an address is on the internet, or this machine's own if tests let it.
pub fn may_be_asked(ip: IpAddr, allow_loopback: bool) -> bool {
    is_public(ip) || (allow_loopback && ip.to_canonical().is_loopback())
}

fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    !matches!(
        ip.octets(),
        // This network, private, loopback, multicast, reserved, broadcast.
        [0 | 10 | 127 | 224..=255, ..]
            // Carrier-grade NAT.
            | [100, 64..=127, ..]
            // Link-local.
            | [169, 254, ..]
            // Private.
            | [172, 16..=31, ..]
            | [192, 168, ..]
            // Protocol assignments, documentation, relays of 6to4.
            | [192, 0, 0 | 2, _]
            | [192, 88, 99, _]
            // Benchmarks, documentation.
            | [198, 18 | 19, ..]
            | [198, 51, 100, _]
            | [203, 0, 113, _]
    )
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let within = |[high, low]: [u16; 2]| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match ip.segments() {
        // An IPv4 address in other clothes; NAT64, by which networks without IPv4 reach it.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            within([high, low])
        }
        // Protocol assignments, among them Teredo and benchmarks; documentation; 6to4, a network
        // behind an IPv4 address, which nobody has any more.
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] | [0x2002, ..] => false,
        // All that was ever given out. The rest is loopback, unspecified, link-local,
        // unique-local, multicast, or nobody's.
        [first, ..] => (0x2000..=0x3fff).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(address: &str) -> bool {
        match parse(address) {
            Some(url) => check_literal(&url, false).is_err(),
            None => true,
        }
    }

    #[test]
    fn private_addresses_are_refused_in_every_spelling() {
        for host in [
            "127.0.0.1",
            "127.1",
            "127.255.255.254",
            "2130706433",
            "0x7f.1",
            "0x7f000001",
            "0177.0.0.1",
            "0",
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.255",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "192.168.1.1.",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.251",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255",
            "１２７.0.0.1",
            "127。0。0。1",
            "%31%32%37.0.0.1",
            "[::]",
            "[::1]",
            "[0:0:0:0:0:0:0:1]",
            "[::127.0.0.1]",
            "[::8.8.8.8]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::ffff:10.0.0.1]",
            "[::ffff:0:127.0.0.1]",
            "[64:ff9b::127.0.0.1]",
            "[64:ff9b::a00:1]",
            "[64:ff9b:1::8.8.8.8]",
            "[100::1]",
            "[2001::1]",
            "[2001:2::1]",
            "[2001:10::1]",
            "[2001:20::1]",
            "[2001:db8::1]",
            "[2002:7f00:1::]",
            "[2002:808:808::]",
            "[3fff::1]",
            "[5f00::1]",
            "[4000::1]",
            "[fc00::1]",
            "[fd12:3456::1]",
            "[fe80::1]",
            "[febf::1]",
            "[fec0::1]",
            "[ff02::1]",
            "[ff0e::1]",
        ] {
            assert!(refused(&format!("http://{host}/a.png")), "{host}");
            assert!(refused(&format!("https://{host}:8443/")), "{host}");
        }
    }

    #[test]
    fn public_addresses_and_names_pass() {
        for host in [
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "192.167.0.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "[2606:4700:4700::1111]",
            "[2001:200::1]",
            "[2a00:1450::1]",
            "[::ffff:8.8.8.8]",
            "[64:ff9b::8.8.8.8]",
            "example.org",
            "localhost.example.org",
        ] {
            assert!(!refused(&format!("http://{host}/a.png")), "{host}");
        }
    }

    #[test]
    fn only_the_web_is_asked_and_without_a_password() {
        for address in [
            "file:///etc/passwd",
            "ftp://example.org/a.png",
            "data:image/png;base64,AA",
            "javascript:alert(1)",
            "http://user@example.org/a.png",
            "http://user:secret@example.org/a.png",
            "http://:secret@example.org/a.png",
            "http:///",
            "http://",
            "http://[fe80::1%25eth0]/",
            "http://999.1.1.1/",
            "a.png",
            "",
        ] {
            assert_eq!(parse(address), None, "{address}");
        }
        assert_eq!(host("//Example.ORG/a.png").as_deref(), Some("example.org"));
        assert_eq!(
            host(" https://b\u{fc}cher.example/a").as_deref(),
            Some("xn--bcher-kva.example")
        );
    }

    #[test]
    fn tests_may_be_let_ask_this_machine_and_no_other() {
        let let_in = |ip: &str| may_be_asked(ip.parse().unwrap(), true);
        assert!(let_in("127.0.0.1") && let_in("::1") && let_in("::ffff:127.0.0.1"));
        assert!(!let_in("10.0.0.1") && !let_in("0.0.0.0") && !let_in("::"));
    }
}
