//! A disk that fails below a live room: full to the last byte, reporting errors,
//! deleted or replaced. What is acknowledged is on the disk, nothing is refused
//! for good, and the room goes on by itself when the disk does.

#![cfg(target_os = "linux")]

mod faults;
mod full;
mod replaced;
