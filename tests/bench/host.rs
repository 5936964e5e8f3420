//! What the figures depend on.

use std::fs;

use serde::Serialize;

/// The machine, in general terms.
#[derive(Clone, Debug, Serialize)]
pub struct Machine {
    pub cores: usize,
    pub memory_gib: u64,
    pub system: String,
}

impl Machine {
    pub fn this() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
        let kernel: String = kernel
            .chars()
            .take_while(|c| c.is_ascii_digit() || *c == '.')
            .collect();
        Self {
            cores,
            memory_gib: field("/proc/meminfo", "MemTotal:").unwrap_or(0) >> 20,
            system: format!("{} {kernel}", std::env::consts::OS),
        }
    }
}

/// The memory of a process that is in RAM, in KiB; 0 where the system does
/// not tell.
pub fn rss_kib(process: u32) -> u64 {
    field(&format!("/proc/{process}/status"), "VmRSS:").unwrap_or(0)
}

fn field(file: &str, name: &str) -> Option<u64> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
