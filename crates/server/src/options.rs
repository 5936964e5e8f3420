//! How the server is started from a command line; the same for both programs.

use std::{net::IpAddr, path::PathBuf};

use crate::{Config, default_data_dir, listen::Port};

/// How the server runs.
#[derive(Clone, Debug, clap::Args)]
pub struct Options {
    /// The port [default: 80, else 8080, else the next free one]
    #[arg(long)]
    pub port: Option<u16>,
    /// The address to listen on
    #[arg(long, default_value = "0.0.0.0")]
    pub ip: IpAddr,
    /// The folder of the database and the files [default: the system's place for them]
    #[arg(long, value_name = "FOLDER")]
    pub data_dir: Option<PathBuf>,
    /// Do not announce the server on the local network
    #[arg(long)]
    pub no_mdns: bool,
    /// Serve the user interface from this folder instead of the built-in one
    #[arg(long, value_name = "FOLDER", hide = true)]
    pub ui_dir: Option<PathBuf>,
    /// Let downloads of images ask this machine: for tests, which have no other to ask. Files from
    /// strangers could then look at what runs here
    #[arg(long, hide = true)]
    pub allow_loopback_downloads: bool,
}

/// The system has no place for a program's data.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("no home folder was found; say where to keep the data with --data-dir FOLDER")]
pub struct NoDataDir;

/// The folder that was asked for, else the system's.
///
/// # Errors
/// [`NoDataDir`] when no folder was given and the system has none.
pub fn data_dir(asked: Option<PathBuf>) -> Result<PathBuf, NoDataDir> {
    asked.or_else(default_data_dir).ok_or(NoDataDir)
}

impl Options {
    /// The server's settings.
    ///
    /// # Errors
    /// [`NoDataDir`] when no folder was given and the system has none.
    pub fn config(self) -> Result<Config, NoDataDir> {
        let data_dir = data_dir(self.data_dir)?;
        let mut config = Config::new(data_dir);
        config.port = self.port.map_or(Port::Auto, Port::Fixed);
        config.ip = self.ip;
        config.advertise = !self.no_mdns;
        config.ui_dir = self.ui_dir;
        config.outside.allow_loopback = self.allow_loopback_downloads;
        Ok(config)
    }
}
