//! A machine: a namespace, and a process in it that does what it is told.
//!
//! The process is this very test binary. It takes commands from its standard input and
//! answers with lines on its standard output; both are read here, on the two sides.

mod inside;

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use crate::network::{Namespace, Network};

pub use inside::be_one_if_asked;

/// Set in processes that are machines.
const ROLE: &str = "LAN_TEST_MACHINE";

/// The test that a machine is started as; it is over before it begins.
const ENTRY: &str = "a_name_leads_to_this_machine";

/// Stands before every line of the conversation; the test harness writes others between.
const MARK: &str = "> ";

pub struct Machine {
    /// Before the namespace: a process is ended before its network goes.
    process: Process,
    namespace: Namespace,
}

impl Machine {
    /// A machine with nothing but loopback.
    pub fn without_network() -> Self {
        let namespace = Namespace::new();
        namespace.ip("link set lo up");
        Self {
            process: Process::start(&namespace),
            namespace,
        }
    }

    /// A machine whose `eth0` is in `network` from the start.
    pub fn in_network(network: &Network, address: &str) -> Self {
        let machine = Self::without_network();
        machine.plug("eth0", network, address);
        machine
    }

    pub fn plug(&self, interface: &str, network: &Network, address: &str) {
        network.plug(&self.namespace, interface);
        self.ip(&format!("link set {interface} up"));
        self.ip(&format!("addr add {address} dev {interface}"));
    }

    /// Runs `ip` on this machine.
    pub fn ip(&self, arguments: &str) {
        self.namespace.ip(arguments);
    }

    /// Gives the process a command; see `inside.rs` for what it understands.
    pub fn tell(&mut self, command: &str) {
        writeln!(self.process.commands, "{command}").expect("the machine takes commands");
    }

    /// Waits until the process has said `line`, after the lines of the same kind (the same
    /// first word) that were waited for before. Kinds may come in any order.
    pub fn hears(&mut self, line: &str, within: Duration) {
        let deadline = Instant::now() + within;
        while !self.process.has_said(line) {
            let left = deadline.saturating_duration_since(Instant::now());
            let heard = self.process.lines.recv_timeout(left);
            assert!(
                heard.is_ok(),
                "{line:?} not within {within:?}; the machine said {:#?}",
                self.process.said
            );
            self.process.said.extend(heard);
        }
    }

    /// Panics if the process has said `line` so far.
    pub fn never_said(&mut self, line: &str) {
        self.process.said.extend(self.process.lines.try_iter());
        let said = &self.process.said;
        assert!(
            !said.iter().any(|said| said == line),
            "said {line:?}: {said:#?}"
        );
    }
}

struct Process {
    child: Child,
    commands: ChildStdin,
    lines: Receiver<String>,
    /// Everything it has said.
    said: Vec<String>,
    /// For each kind of line, how much of `said` has been waited for.
    heard: HashMap<String, usize>,
}

impl Process {
    /// `ip netns exec` becomes the program it starts, so the child is the machine itself.
    fn start(namespace: &Namespace) -> Self {
        let program = std::env::current_exe().expect("the path of this test");
        let mut child = Command::new("ip")
            .args(["netns", "exec", &namespace.name])
            .arg(program)
            .args(["--exact", ENTRY, "--nocapture"])
            .env(ROLE, "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process in the namespace");
        let commands = child.stdin.take().expect("a pipe");
        let answers = BufReader::new(child.stdout.take().expect("a pipe"));
        let (line, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for answer in answers.lines().map_while(Result::ok) {
                if let Some(said) = answer.strip_prefix(MARK)
                    && line.send(said.to_owned()).is_err()
                {
                    return;
                }
            }
        });
        Self {
            child,
            commands,
            lines,
            said: Vec::new(),
            heard: HashMap::new(),
        }
    }

    /// Whether `line` is among what has been said and not been waited for.
    fn has_said(&mut self, line: &str) -> bool {
        let kind = line.split(' ').next().unwrap_or(line);
        let heard = self.heard.entry(kind.to_owned()).or_default();
        let found = self.said[*heard..].iter().position(|said| said == line);
        if let Some(found) = found {
            *heard += found + 1;
        }
        found.is_some()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Err(error) = self.child.kill().and_then(|()| self.child.wait()) {
            crate::network::say(&format!("a machine stays behind: {error}"));
        }
    }
}
