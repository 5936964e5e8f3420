//! The server: HTTP, live connections and rooms.
//!
//! Place in the data's way: everything between a socket and the domain. The
//! desktop shell and the headless program both call [`start`]. This crate must
//! never name a window.
//!
//! To add an address: a handler with its documentation in `http/`, a line in
//! `http/router.rs`, then `cargo xtask generate`.

pub mod access;
pub mod app;
mod bring;
mod civil_time;
pub mod clock;
pub mod csv;
pub mod damage;
mod disk_watch;
pub mod download;
mod end_signal;
pub mod export;
mod free_space;
mod heavy_work;
pub mod http;
pub mod import;
pub mod imports;
pub mod limits;
pub mod lint;
pub mod listen;
pub mod logging;
pub mod many;
pub mod net;
mod open_files;
pub mod options;
pub mod outside;
pub mod past;
mod percent;
pub mod pictures;
pub mod problem;
pub mod remote_images;
pub mod rendered;
pub mod room;
pub mod secrets;
mod shelve;
mod shown;
mod start;
pub mod transcript;
pub mod uploads;
pub mod writing;
pub mod ws;

pub use end_signal::end_signal;
pub use open_files::allow_many_connections;
pub use protocol::{ImportJob, ImportReport, Problem};
pub use start::{Config, Handle, LiveWorkshop, Server, StartError, default_data_dir, start};

/// The product's release.
pub const RELEASE: &str = env!("CARGO_PKG_VERSION");
