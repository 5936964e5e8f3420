//! The measures, each a file.

pub mod burst;
pub mod door;
pub mod fan_out;
pub mod memory;
pub mod progress;
pub mod reconnect;
pub mod slow;
pub mod traffic;
