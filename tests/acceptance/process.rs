//! The headless program as a process of its own, to be killed.

use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
};

use tokio::{
    io::{AsyncBufReadExt as _, BufReader, Lines},
    process::ChildStdout,
    task::spawn_blocking,
    time::timeout,
};

use crate::{PATIENCE, left_behind::assert_replays, told::assert_told_truly};

/// A running `codelabs serve`. Killed when it is dropped; what it leaves behind
/// is looked at.
pub struct ServerProcess {
    running: Running,
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    /// The one-time link it printed.
    pub facilitator_link: String,
    // Kept so that the program can go on printing.
    _output: Lines<BufReader<ChildStdout>>,
}

struct Running {
    child: Child,
    url: String,
    data_dir: PathBuf,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it was running");
        if !thread::panicking() {
            assert_replays(&self.data_dir);
            assert_told_truly(&self.url, &self.data_dir);
        }
    }
}

impl ServerProcess {
    /// A port that is free at the moment.
    pub fn free_port() -> u16 {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        listener.local_addr().expect("its number").port()
    }

    /// Starts the program and waits until it can be joined.
    pub async fn start(data_dir: &Path, port: u16) -> Self {
        Self::start_with(data_dir, port, &[]).await
    }

    /// The same with variables in its environment.
    pub async fn start_with(data_dir: &Path, port: u16, variables: &[(&str, &Path)]) -> Self {
        let mut command = Command::new(program());
        command.envs(variables.iter().copied());
        Self::start_by(command, data_dir, port).await
    }

    /// The same, where the system lets the program hold no more files than this.
    #[cfg(unix)]
    pub async fn start_with_files(data_dir: &Path, port: u16, files: u32) -> Self {
        let mut limited = Command::new("sh");
        limited
            .args(["-c", &format!("ulimit -n {files} && exec \"$0\" \"$@\"")])
            .arg(program());
        Self::start_by(limited, data_dir, port).await
    }

    /// Starts the program by a command that lacks its arguments only.
    pub async fn start_by(mut command: Command, data_dir: &Path, port: u16) -> Self {
        let mut child = command
            .args([
                "serve",
                "--ip",
                "127.0.0.1",
                "--no-mdns",
                "--port",
                &port.to_string(),
            ])
            .arg("--data-dir")
            .arg(data_dir)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts; `cargo build -p server` builds it");
        let url = format!("http://127.0.0.1:{port}");
        let stdout = child.stdout.take().expect("its output");
        let running = Running {
            child,
            url: url.clone(),
            data_dir: data_dir.to_owned(),
        };
        let stdout = ChildStdout::from_std(stdout).expect("a pipe");
        let mut output = BufReader::new(stdout).lines();
        let local = format!("http://127.0.0.1:{port}/enter#");
        let facilitator_link = timeout(PATIENCE, async {
            loop {
                let line = output
                    .next_line()
                    .await
                    .expect("text")
                    .expect("a facilitator link");
                if let Some(at) = line.find(&local) {
                    break line[at..].to_owned();
                }
            }
        });
        let facilitator_link = facilitator_link.await.expect("it starts in time");
        Self {
            running,
            url,
            facilitator_link,
            _output: output,
        }
    }

    /// The process, to look at what it uses.
    pub fn id(&self) -> u32 {
        self.running.child.id()
    }

    /// `kill -9`.
    pub async fn kill(self) {
        let killed = spawn_blocking(|| drop(self.running));
        killed.await.expect("what it leaves behind is in order");
    }
}

/// The program stands beside the folder of the test programs.
pub fn program() -> PathBuf {
    let test = std::env::current_exe().expect("this program's path");
    let folder = test.ancestors().nth(2).expect("target/debug");
    folder.join(format!("codelabs{}", std::env::consts::EXE_SUFFIX))
}
