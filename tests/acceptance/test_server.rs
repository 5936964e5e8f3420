//! A real server in this process, on a real file, on a free port of loopback.

use std::{
    net::{IpAddr, Ipv4Addr},
    path::Path,
    thread,
};

use protocol::WorkshopSummary;
use server::{Config, Server, listen::Port, net::ConnectionLimits, outside::Rules};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

use crate::{
    left_behind::assert_replays,
    people::{Attendee, Browser, Facilitator},
    test_clock::TestClock,
    told::assert_told_truly,
};

/// The server and its data. What it leaves behind is looked at when it stops,
/// also when a test just ends.
pub struct TestServer {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    ip: IpAddr,
    outside: Rules,
    connections: Option<ConnectionLimits>,
    data: TempDir,
    /// The server's clock.
    pub clock: TestClock,
    running: Option<Running>,
}

/// A server with threads of its own, so that it can be stopped in order by a
/// test that has ended.
struct Running {
    server: Server,
    runtime: Runtime,
}

impl Running {
    async fn start(config: Config) -> Self {
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let starting = runtime.spawn(server::start(config));
        let server = starting.await.expect("no panic");
        Self {
            server: server.expect("the server starts"),
            runtime,
        }
    }

    async fn stop(self) {
        self.server.shutdown().await;
        self.runtime.shutdown_background();
    }

    fn stop_blocking(self) {
        self.runtime.block_on(self.server.shutdown());
        self.runtime.shutdown_background();
    }
}

impl TestServer {
    /// A server with the bundled samples in its library.
    pub async fn start() -> Self {
        Self::listening_on(Ipv4Addr::LOCALHOST.into()).await
    }

    /// The same with other rules for the way outside than the product's.
    pub async fn with_outside(outside: Rules) -> Self {
        Self::begin(Ipv4Addr::LOCALHOST.into(), outside, None).await
    }

    /// The same with other bounds of what connections may take.
    pub async fn with_connections(limits: ConnectionLimits) -> Self {
        let ip = Ipv4Addr::LOCALHOST.into();
        Self::begin(ip, Rules::default(), Some(limits)).await
    }

    /// The same on another address than loopback's; `0.0.0.0` is all of them.
    pub async fn listening_on(ip: IpAddr) -> Self {
        Self::begin(ip, Rules::default(), None).await
    }

    async fn begin(ip: IpAddr, outside: Rules, connections: Option<ConnectionLimits>) -> Self {
        let data = TempDir::new().expect("a temporary folder");
        let clock = TestClock::default();
        let mut config = config(data.path(), ip, outside, 0, &clock);
        config.connections = connections;
        let running = Running::start(config).await;
        Self {
            url: running.server.handle().local_url(),
            ip,
            outside,
            connections,
            data,
            clock,
            running: Some(running),
        }
    }

    /// A server with a live workshop on one of the samples, and its facilitator.
    pub async fn with_workshop() -> (Self, Facilitator, WorkshopSummary) {
        let server = Self::start().await;
        let (facilitator, workshop) = server.begin_workshop().await;
        (server, facilitator, workshop)
    }

    /// Starts a workshop on one of the samples.
    pub async fn begin_workshop(&self) -> (Facilitator, WorkshopSummary) {
        let facilitator = self.facilitator().await;
        let codelab = facilitator.codelab("Git from zero").await;
        let workshop = facilitator.start_workshop(&[codelab]).await;
        (facilitator, workshop)
    }

    /// Somebody with facilitator rights.
    pub async fn facilitator(&self) -> Facilitator {
        let link = self.server().handle().window_url();
        Facilitator::enter(Browser::new(&self.url), &link).await
    }

    /// Somebody without anything.
    pub fn browser(&self) -> Browser {
        Browser::new(&self.url)
    }

    /// Somebody who joins with the right code.
    pub async fn join(
        &self,
        facilitator: &Facilitator,
        workshop: &WorkshopSummary,
        name: &str,
    ) -> Attendee {
        let code = facilitator.lobby(workshop).await.join_code;
        Attendee::join(self.browser(), workshop, name, Some(&code)).await
    }

    /// Stops the server in order and starts it again on the same port and file.
    pub async fn restart(&mut self) {
        self.restart_after(async |_| {}).await;
    }

    /// The same, with something done to the data in between.
    pub async fn restart_after(&mut self, done: impl AsyncFnOnce(&Path)) {
        let running = self.running.take().expect("running");
        let port = running.server.port();
        running.stop().await;
        self.assert_left_in_order();
        done(self.data.path()).await;
        let mut config = config(self.data.path(), self.ip, self.outside, port, &self.clock);
        config.connections = self.connections;
        self.running = Some(Running::start(config).await);
    }

    /// The running server.
    pub fn server(&self) -> &Server {
        &self.running.as_ref().expect("running").server
    }

    /// The folder of the database.
    pub fn data_dir(&self) -> &Path {
        self.data.path()
    }

    /// What was left behind, after the server has ended.
    fn assert_left_in_order(&self) {
        assert_replays(self.data.path());
        assert_told_truly(&self.url, self.data.path());
    }

    /// Stops the server.
    pub async fn stop(mut self) {
        if let Some(running) = self.running.take() {
            running.stop().await;
            self.assert_left_in_order();
        }
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        let Some(running) = self.running.take() else {
            return;
        };
        if thread::panicking() {
            running.runtime.shutdown_background();
            return;
        }
        // On another thread: this one belongs to the test's runtime.
        let stopped = thread::spawn(|| running.stop_blocking()).join();
        stopped.expect("the server stops");
        self.assert_left_in_order();
    }
}

fn config(data_dir: &Path, ip: IpAddr, outside: Rules, port: u16, clock: &TestClock) -> Config {
    let mut config = Config::new(data_dir.to_owned());
    config.ip = ip;
    config.outside = outside;
    config.port = Port::Fixed(port);
    config.advertise = false;
    config.clock = clock.shown();
    config
}
