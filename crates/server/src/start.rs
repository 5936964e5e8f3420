//! Starting and stopping.

use std::{
    net::{IpAddr, Ipv4Addr},
    path::PathBuf,
    time::Duration,
};

use lan::{AddressWatch, AdvertisedName, Advertisement, Advertiser, LanAddress};
use protocol::{ImportJob, Problem, ProblemCode};
use store::{OpenError, Store, StoreError};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    access::{
        CookieNames, Removals,
        launch::{LaunchSecrets, ValidFrom},
    },
    app::{App, Network, Parts},
    clock::Clock,
    damage::{self, Damage},
    disk_watch::watch_disk,
    http, import,
    imports::{self, Asking, Imports, Origin},
    limits::Limits,
    listen::{ListenError, Port, listen},
    net::{ConnectionLimits, Connections, SeatSockets},
    outside::Rules,
    remote_images::Downloads,
    rendered::RenderedSteps,
    room::Rooms,
    secrets,
    uploads::{self, Uploads},
};

/// How long connections may take to say goodbye.
const GOODBYE_DEADLINE: Duration = Duration::from_secs(3);

/// The wanted name on the local network: `codelabs.local`.
const LOCAL_NAME: &str = "codelabs";

/// How to start.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the database and the files are.
    pub data_dir: PathBuf,
    /// Which port.
    pub port: Port,
    /// On which address; all of this machine's unless told otherwise.
    pub ip: IpAddr,
    /// Whether to announce the server on the local network.
    pub advertise: bool,
    /// Where the interface is served from instead of the binary; for development.
    pub ui_dir: Option<PathBuf>,
    /// The clock.
    pub clock: Clock,
    /// What the way outside may be used for.
    pub outside: Rules,
    /// Bounds of what connections may take; what suits the files that the
    /// system lets this program hold, unless told otherwise.
    pub connections: Option<ConnectionLimits>,
}

impl Config {
    /// The usual settings, with the data in `data_dir`.
    #[must_use]
    pub fn new(data_dir: PathBuf) -> Self {
        Self {
            data_dir,
            port: Port::Auto,
            ip: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            advertise: true,
            ui_dir: None,
            clock: Clock::system(),
            outside: Rules::default(),
            connections: None,
        }
    }
}

/// The folder for the product's data on this operating system.
#[must_use]
pub fn default_data_dir() -> Option<PathBuf> {
    let dirs = directories::ProjectDirs::from("org", "Open Codelabs", "open-codelabs")?;
    Some(dirs.data_dir().to_owned())
}

/// Why the server did not start: a plain sentence with what to do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The database.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The database, after it was opened.
    #[error("the database cannot be read: {0}")]
    Store(#[from] StoreError),
    /// The port.
    #[error(transparent)]
    Listen(#[from] ListenError),
    /// The port's number is not known.
    #[error("the network socket broke at once: {0}")]
    Socket(#[from] std::io::Error),
    /// The bundled samples.
    #[error("the bundled samples cannot be put into the library: {}", .0.detail)]
    Samples(Problem),
}

/// A live workshop, for the shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveWorkshop {
    /// Its title.
    pub title: String,
    /// Attendees who joined.
    pub attendees: u32,
}

/// What the shell may ask of a running server; cheap to clone.
#[derive(Clone, Debug)]
pub struct Handle {
    app: App,
}

impl Handle {
    /// Address of the server on this machine: `http://127.0.0.1:PORT`, without the port if it is
    /// 80.
    #[must_use]
    pub fn local_url(&self) -> String {
        self.app.network.url("127.0.0.1")
    }

    /// A link that makes the browser of this machine its facilitator, once.
    #[must_use]
    pub fn window_url(&self) -> String {
        let secret = self.app.launch.issue(ValidFrom::Loopback);
        format!("{}/enter#{}", self.local_url(), secret.reveal())
    }

    /// Links that make a browser in the room the facilitator, once, at each
    /// address of this machine.
    #[must_use]
    pub fn facilitator_urls(&self) -> Vec<String> {
        let secret = self.app.launch.issue(ValidFrom::Anywhere);
        let mut urls = self.join_urls();
        urls.push(self.local_url());
        urls.into_iter()
            .map(|url| format!("{url}/enter#{}", secret.reveal()))
            .collect()
    }

    /// The addresses attendees may type, the most likely first.
    #[must_use]
    pub fn join_urls(&self) -> Vec<String> {
        self.app.network.urls()
    }

    /// The name on the local network, and its changes.
    #[must_use]
    pub fn local_name(&self) -> watch::Receiver<AdvertisedName> {
        self.app.network.name.clone()
    }

    /// The addresses, and their changes.
    #[must_use]
    pub fn addresses(&self) -> watch::Receiver<std::sync::Arc<[LanAddress]>> {
        self.app.network.addresses.clone()
    }

    /// The live workshops.
    #[must_use]
    pub fn live_workshops(&self) -> Vec<LiveWorkshop> {
        let rooms = self.app.rooms.live();
        rooms
            .iter()
            .map(|room| {
                let facts = room.facts();
                LiveWorkshop {
                    title: facts.title,
                    attendees: facts.attendees,
                }
            })
            .collect()
    }

    /// Begins to import the codelabs of some paths of this machine; a page
    /// follows it by the id and, if there is a choice, says what to take.
    ///
    /// # Errors
    /// The problem to show.
    pub fn start_import(&self, paths: Vec<PathBuf>) -> Result<ImportJob, Problem> {
        imports::start(&self.app, None, Origin::Paths(paths), Asking::WhatToTake)
    }
}

/// A running server.
#[derive(Debug)]
pub struct Server {
    handle: Handle,
    store: Store,
    advertiser: Option<Advertiser>,
    serving: JoinHandle<()>,
    rooms: TaskTracker,
    stop_accepting: CancellationToken,
    stop_rooms: CancellationToken,
}

/// Starts the server; when it returns, live workshops are live again and
/// browsers can come.
///
/// # Errors
/// [`StartError`], a plain sentence.
pub async fn start(config: Config) -> Result<Server, StartError> {
    let open_files = crate::allow_many_connections();
    let limits = config.connections;
    let limits = limits.unwrap_or_else(|| ConnectionLimits::within(open_files));
    let store = damage::open_store(&config.data_dir).await?;
    let abandoned = uploads::abandoned_before(config.clock.now());
    store.expire_uploads(abandoned).await?;
    let listener = listen(config.ip, config.port)?;
    let port = listener.local_addr()?.port();

    let stop_accepting = CancellationToken::new();
    let stop_rooms = CancellationToken::new();
    let tasks = TaskTracker::new();
    let room_tasks = TaskTracker::new();

    let addresses = AddressWatch::start(
        config.ip,
        AddressWatch::INTERVAL,
        &tasks,
        stop_accepting.clone(),
    );
    let advertiser = advertise(&config, port, &addresses, &tasks, &stop_accepting);
    let name = match &advertiser {
        Some(advertiser) => advertiser.name(),
        None => {
            watch::channel(AdvertisedName::Unavailable {
                reason: lan::NoName::SwitchedOff,
            })
            .1
        }
    };
    let removals = Removals::of_earlier_starts(store.removed_facilitators().await?);
    let damage = Damage::default();
    let rooms = Rooms::new(
        store.clone(),
        damage.clone(),
        config.clock.clone(),
        removals.clone(),
        room_tasks.clone(),
        stop_rooms.clone(),
    );
    rooms.open_live().await?;
    tasks.spawn(damage::look(store.clone(), damage.clone()));
    // Of removals that a crash cut short.
    rooms.release_duties(&removals.all()).await;
    let installation = installation(&store).await?;
    let app = App::new(Parts {
        cookies: CookieNames::of(&installation),
        installation,
        disk: watch_disk(store.clone(), &tasks, stop_accepting.clone()).await,
        store: store.clone(),
        rooms,
        clock: config.clock,
        limits: Limits::default(),
        connections: Connections::new(limits),
        seat_sockets: SeatSockets::default(),
        rendered: RenderedSteps::default(),
        imports: Imports::new(&config.data_dir),
        uploads: Uploads::default(),
        downloads: Downloads::default(),
        outside: config.outside,
        launch: LaunchSecrets::default(),
        damage,
        removals,
        network: Network {
            port,
            addresses,
            name,
            host_names: lan::machine_names(),
        },
        ui_dir: config.ui_dir,
        tasks,
        stop: stop_accepting.clone(),
    });
    match import::install_samples(&app).await {
        // What is damaged must not keep the rest from starting.
        Err(problem) if problem.code == ProblemCode::Damaged => {
            tracing::error!(detail = problem.detail, "the bundled samples are not there");
        }
        installed => installed.map_err(StartError::Samples)?,
    }
    let serving = serve(listener, &app, stop_accepting.clone());
    Ok(Server {
        handle: Handle { app },
        store,
        advertiser,
        serving,
        rooms: room_tasks,
        stop_accepting,
        stop_rooms,
    })
}

fn serve(listener: TcpListener, app: &App, stop: CancellationToken) -> JoinHandle<()> {
    let (router, connections) = (http::router(app.clone()), app.connections.clone());
    let serving = http::serve(listener, router, connections, app.tasks.clone(), stop);
    app.tasks.spawn(serving)
}

fn advertise(
    config: &Config,
    port: u16,
    addresses: &watch::Receiver<std::sync::Arc<[LanAddress]>>,
    tasks: &TaskTracker,
    stop: &CancellationToken,
) -> Option<Advertiser> {
    if !config.advertise {
        return None;
    }
    let machine = lan::machine_hostname().unwrap_or_else(|| "this machine".to_owned());
    let cut: String = machine
        .chars()
        .filter(|c| !c.is_control())
        .take(20)
        .collect();
    let advertisement = Advertisement {
        instance: format!("Open Codelabs on {cut}"),
        hostname: LOCAL_NAME.to_owned(),
        port,
        properties: vec![
            ("path".to_owned(), "/".to_owned()),
            ("release".to_owned(), crate::RELEASE.to_owned()),
        ],
    };
    match Advertiser::start(advertisement, addresses.clone(), tasks, stop) {
        Ok(advertiser) => Some(advertiser),
        Err(error) => {
            tracing::warn!(%error, "not announced on the local network");
            None
        }
    }
}

/// The random number of this installation, made at the first start.
async fn installation(store: &Store) -> Result<String, StoreError> {
    const KEY: &str = "installation";
    if let Some(known) = store.setting(KEY).await? {
        return Ok(known);
    }
    let new = secrets::workshop_id().to_string();
    store.set_setting(KEY, &new).await?;
    Ok(new)
}

impl Server {
    /// What the shell may ask.
    #[must_use]
    pub fn handle(&self) -> Handle {
        self.handle.clone()
    }

    /// The port listened on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.handle.app.network.port
    }

    /// Stops in two steps: no new connections, and goodbye to those there are;
    /// then, at the latest after some seconds, the rooms and the database.
    pub async fn shutdown(self) {
        self.stop_accepting.cancel();
        let app = &self.handle.app;
        app.tasks.close();
        if tokio::time::timeout(GOODBYE_DEADLINE, app.tasks.wait())
            .await
            .is_err()
        {
            tracing::warn!("some connections did not say goodbye in time");
        }
        if let Some(advertiser) = self.advertiser {
            advertiser.shutdown().await;
        }
        self.serving.abort();
        self.stop_rooms.cancel();
        self.rooms.close();
        self.rooms.wait().await;
        self.store.close().await;
    }
}
