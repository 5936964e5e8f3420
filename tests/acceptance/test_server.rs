//! A real server in this process, on a real file, on a free port of loopback.

use std::{
    net::{IpAddr, Ipv4Addr},
    path::Path,
};

use protocol::WorkshopSummary;
use server::{Config, Server, listen::Port};
use tempfile::TempDir;

use crate::people::{Attendee, Browser, Facilitator};

/// The server and its data.
pub struct TestServer {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    ip: IpAddr,
    data: TempDir,
    running: Option<Server>,
}

impl TestServer {
    /// A server with the bundled samples in its library.
    pub async fn start() -> Self {
        Self::listening_on(Ipv4Addr::LOCALHOST.into()).await
    }

    /// The same on another address than loopback's; `0.0.0.0` is all of them.
    pub async fn listening_on(ip: IpAddr) -> Self {
        let data = TempDir::new().expect("a temporary folder");
        let running = server::start(config(data.path(), ip, 0))
            .await
            .expect("the server starts");
        Self {
            url: running.handle().local_url(),
            ip,
            data,
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
        let running = self.running.take().expect("running");
        let port = running.port();
        running.shutdown().await;
        let again = server::start(config(self.data.path(), self.ip, port)).await;
        self.running = Some(again.expect("the server starts again"));
    }

    /// The running server.
    pub fn server(&self) -> &Server {
        self.running.as_ref().expect("running")
    }

    /// The folder of the database.
    pub fn data_dir(&self) -> &Path {
        self.data.path()
    }

    /// Stops the server.
    pub async fn stop(mut self) {
        if let Some(running) = self.running.take() {
            running.shutdown().await;
        }
    }
}

fn config(data_dir: &Path, ip: IpAddr, port: u16) -> Config {
    let mut config = Config::new(data_dir.to_owned());
    config.ip = ip;
    config.port = Port::Fixed(port);
    config.advertise = false;
    config
}
