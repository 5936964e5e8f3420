//! The programs that are measured, as processes of their own.

use std::{
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::Stdio,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use anyhow::{Context as _, bail};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
    task::JoinSet,
    time::timeout,
};

/// How long a program may take to start, also with a long log to fold.
const PATIENCE: Duration = Duration::from_mins(1);

/// The line that the store writes per transaction of a room.
const COMMITTED: &str = "room.committed";

/// A running program. Killed when it is dropped.
pub struct Process {
    child: Child,
    pub address: SocketAddr,
    /// The line that said that it runs.
    pub greeting: String,
    commits: Arc<AtomicU64>,
    // Reads what it prints, so that it can go on printing.
    _reading: JoinSet<()>,
}

impl Process {
    /// `codelabs serve`, which counts its transactions.
    pub async fn server(program: &Path, data: &Path, port: u16) -> anyhow::Result<Self> {
        let mut command = Command::new(program);
        command
            .args(["serve", "--ip", "127.0.0.1", "--no-mdns", "--port"])
            .arg(port.to_string())
            .arg("--data-dir")
            .arg(data)
            .env("RUST_LOG", "warn,store::event_log::append=debug")
            .env("NO_COLOR", "1");
        let greeting = format!("http://127.0.0.1:{port}/enter#");
        Self::start(command, port, &greeting).await
    }

    /// The floor.
    pub async fn floor() -> anyhow::Result<Self> {
        let port = free_port()?;
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["floor", "--port"]).arg(port.to_string());
        Self::start(command, port, "listening").await
    }

    async fn start(mut command: Command, port: u16, greeting: &str) -> anyhow::Result<Self> {
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        let program = command.as_std().get_program().to_owned();
        let mut child = command
            .spawn()
            .with_context(|| format!("{} does not start", program.display()))?;
        let stdout = child.stdout.take().context("its output")?;
        let stderr = child.stderr.take().context("its log")?;
        let mut output = BufReader::new(stdout).lines();
        let said = timeout(PATIENCE, async {
            loop {
                match output.next_line().await? {
                    Some(line) if line.contains(greeting) => break anyhow::Ok(line),
                    Some(_) => {}
                    None => bail!("{} ended at once", program.display()),
                }
            }
        });
        let line = said.await.context("it does not start in time")??;
        let commits = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&commits);
        let mut reading = JoinSet::new();
        reading.spawn(async move { while let Ok(Some(_)) = output.next_line().await {} });
        reading.spawn(async move {
            let mut log = BufReader::new(stderr).lines();
            while let Ok(Some(line)) = log.next_line().await {
                if line.contains(COMMITTED) {
                    count.fetch_add(1, Relaxed);
                } else {
                    eprintln!("   {line}");
                }
            }
        });
        Ok(Self {
            child,
            address: SocketAddr::from(([127, 0, 0, 1], port)),
            greeting: line.trim().to_owned(),
            commits,
            _reading: reading,
        })
    }

    /// Its memory in KiB.
    pub fn rss_kib(&self) -> u64 {
        self.child.id().map_or(0, crate::host::rss_kib)
    }

    /// Transactions of rooms so far.
    pub fn commits(&self) -> u64 {
        self.commits.load(Relaxed)
    }

    /// `kill -9`.
    pub async fn kill(mut self) -> anyhow::Result<()> {
        Ok(self.child.kill().await?)
    }
}

/// A port that is free at the moment.
pub fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// The server's program, built beside this one.
pub fn beside_this(name: &str) -> anyhow::Result<PathBuf> {
    let this = std::env::current_exe()?;
    Ok(this.with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}
