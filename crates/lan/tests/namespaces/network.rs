//! Network namespaces and the bridges between them, removed again in any case.

use std::io::Write;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// Counts what this process makes, so that names are its own.
static NEXT: AtomicU32 = AtomicU32::new(0);

pub fn next() -> u32 {
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Writes a line to the real standard error, past the capture of the test harness.
pub fn say(line: &str) {
    writeln!(std::io::stderr(), "{line}").expect("standard error is open");
}

/// Runs `ip` with `arguments` and panics with its complaint.
pub fn ip(arguments: &str) {
    assert_eq!(try_ip(arguments), Ok(()), "ip {arguments}");
}

fn try_ip(arguments: &str) -> Result<(), String> {
    let output = Command::new("ip")
        .args(arguments.split(' '))
        .output()
        .map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&output.stderr).into_owned())
}

/// A namespace, deleted on drop, during a panic too.
pub struct Namespace {
    pub name: String,
}

impl Namespace {
    fn try_new() -> Result<Self, String> {
        let name = format!("oclan-{}-{}", std::process::id(), next());
        try_ip(&format!("netns add {name}"))?;
        Ok(Self { name })
    }

    pub fn new() -> Self {
        Self::try_new().expect("a network namespace")
    }

    /// Whether this process may make namespaces and interfaces, by trying it.
    pub fn can_be_made() -> bool {
        Self::try_new().is_ok_and(|namespace| {
            try_ip(&format!("-n {} link add br0 type bridge", namespace.name)).is_ok()
        })
    }

    pub fn ip(&self, arguments: &str) {
        ip(&format!("-n {} {arguments}", self.name));
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        if let Err(complaint) = try_ip(&format!("netns del {}", self.name)) {
            say(&format!(
                "namespace {} stays behind: {complaint}",
                self.name
            ));
        }
    }
}

/// A network: a bridge that everything is plugged into.
pub struct Network {
    pub bridge: Namespace,
}

impl Network {
    pub fn new() -> Self {
        let bridge = Namespace::new();
        bridge.ip("link add br0 type bridge mcast_snooping 0");
        bridge.ip("link set br0 up");
        Self { bridge }
    }

    /// Puts a cable between this network and `namespace`, where it is called `interface`.
    pub fn plug(&self, namespace: &Namespace, interface: &str) {
        let port = format!("port{}", next());
        ip(&format!(
            "link add {interface} netns {} type veth peer name {port} netns {}",
            namespace.name, self.bridge.name
        ));
        self.bridge.ip(&format!("link set {port} master br0 up"));
    }
}
