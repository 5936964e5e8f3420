//! What can be typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Benchmarks over real sockets.
#[derive(Parser)]
#[command(bin_name = "cargo xtask bench")]
pub struct Arguments {
    #[command(subcommand)]
    pub what: What,
}

#[derive(Subcommand)]
pub enum What {
    /// Fill a room and measure it.
    Room(Options),
    /// Import a library and look for things in it.
    Library(LibraryOptions),
    /// Attack a room and measure what its people notice.
    Hostile(HostileOptions),
    /// The bare server that the fan-out is compared with.
    #[command(hide = true)]
    Floor {
        #[arg(long)]
        port: u16,
    },
}

/// How the room is measured.
#[derive(clap::Args, Clone, Debug)]
pub struct Options {
    /// Print JSON in place of the tables
    #[arg(long)]
    pub json: bool,
    /// How many people, one room each
    #[arg(long, value_delimiter = ',', default_value = "50,200,500,1000")]
    pub people: Vec<usize>,
    /// Only these measures [default: all]
    #[arg(long, value_delimiter = ',')]
    pub only: Vec<Part>,
    /// How long each rate of messages and the progress are measured, in seconds
    #[arg(long, default_value_t = 10)]
    pub seconds: u64,
    /// How long the slow consumers are watched, in seconds
    #[arg(long, default_value_t = 60)]
    pub slow_seconds: u64,
    /// Where the database lies [default: a temporary folder]
    #[arg(long, value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    /// The server's program [default: `codelabs` beside this one]
    #[arg(long, value_name = "FILE")]
    pub server: Option<PathBuf>,
}

/// How the library is measured.
#[derive(clap::Args, Clone, Debug)]
pub struct LibraryOptions {
    /// Print JSON in place of the table
    #[arg(long)]
    pub json: bool,
    /// How many codelabs
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u16).range(10..=2000))]
    pub codelabs: u16,
    /// The server's program [default: `codelabs` beside this one]
    #[arg(long, value_name = "FILE")]
    pub server: Option<PathBuf>,
}

/// How the room is attacked.
#[derive(clap::Args, Clone, Debug)]
pub struct HostileOptions {
    /// Print JSON in place of the table
    #[arg(long)]
    pub json: bool,
    /// How many honest people
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u16).range(2..=1000))]
    pub people: u16,
    /// How long in quiet, and as long under attack, in seconds
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=300))]
    pub seconds: u16,
    /// Only these attacks at once [default: all]
    #[arg(long, value_delimiter = ',')]
    pub only: Vec<Attack>,
    /// The server's program [default: `codelabs` beside this one]
    #[arg(long, value_name = "FILE")]
    pub server: Option<PathBuf>,
}

/// Whoever attacks a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Attack {
    /// Somebody with a seat, who floods.
    Attendee,
    /// A device without a seat.
    Device,
    /// Imports that are made to be slow.
    Import,
}

/// A measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Messages to all, at 1 and 20 a second.
    FanOut,
    /// One step per second and attendee.
    Progress,
    /// 500 messages of one attendee at once.
    Burst,
    /// The server is killed and started again.
    Reconnect,
    /// Bytes and commits of an ordinary minute.
    Traffic,
    /// Memory per connection.
    Memory,
    /// Clients that never read.
    Slow,
    /// 300 people behind one address.
    Door,
}

impl HostileOptions {
    /// Whether `attack` was asked for.
    pub fn wants(&self, attack: Attack) -> bool {
        self.only.is_empty() || self.only.contains(&attack)
    }
}

impl Options {
    /// Whether `part` was asked for. Joining always is.
    pub fn wants(&self, part: Part) -> bool {
        self.only.is_empty() || self.only.contains(&part)
    }
}
