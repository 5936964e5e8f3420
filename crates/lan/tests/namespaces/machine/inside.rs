//! The inside of a machine: the process that runs in a namespace.
//!
//! | command | lines said |
//! |---|---|
//! | `advertise LABEL INSTANCE` | `name …` and `networks …`, at first and at each change |
//! | `resolve NAME` | `resolved NAME ADDRESS` |
//! | `browse TYPE` | `found INSTANCE HOSTNAME PORT PATH`, `removed INSTANCE` |
//! | `addresses` | `addresses …`, at first and at each change |
//! | `take PORT` | `taken PORT`, once the UDP port is this process's alone |
//! | `release` | `released` |
//! | `quit` | `gone`, after the goodbye |
//! | `drop` | `dropped`, without waiting for the goodbye |

use std::io::{BufRead, Write};
use std::net::{IpAddr, UdpSocket};
use std::sync::Arc;

use lan::{AddressWatch, AdvertisedName, Advertisement, Advertiser, LanAddress};
use mdns_sd::{HostnameResolutionEvent, ServiceDaemon, ServiceEvent};
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{MARK, ROLE};

/// Commands that wait; a test gives one at a time.
const COMMAND_QUEUE: usize = 16;

/// Becomes a machine and never returns, if this process was started as one.
pub fn be_one_if_asked() {
    if std::env::var_os(ROLE).is_none() {
        return;
    }
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(Inside::new().obey(commands()));
    std::process::exit(0);
}

/// One line of the conversation. The harness may have left a line unfinished before it.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    write!(out, "\n{MARK}{line}\n").expect("the test listens");
    out.flush().expect("the test listens");
}

/// The lines of standard input; they end when the test does.
fn commands() -> mpsc::Receiver<String> {
    let (command, commands) = mpsc::channel(COMMAND_QUEUE);
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            if command.blocking_send(line).is_err() {
                return;
            }
        }
    });
    commands
}

struct Inside {
    tracker: TaskTracker,
    cancel: CancellationToken,
    advertiser: Option<Advertiser>,
    querier: Option<ServiceDaemon>,
    taken: Option<UdpSocket>,
}

impl Inside {
    fn new() -> Self {
        Self {
            tracker: TaskTracker::new(),
            cancel: CancellationToken::new(),
            advertiser: None,
            querier: None,
            taken: None,
        }
    }

    async fn obey(mut self, mut commands: mpsc::Receiver<String>) {
        while let Some(line) = commands.recv().await {
            let (command, argument) = line.split_once(' ').unwrap_or((&line, ""));
            match command {
                "advertise" => self.advertise(argument),
                "resolve" => self.resolve(argument),
                "browse" => self.browse(argument),
                "addresses" => self.follow_addresses(),
                "quit" => {
                    if let Some(advertiser) = self.advertiser.take() {
                        advertiser.shutdown().await;
                    }
                    say("gone");
                }
                "drop" => {
                    self.advertiser = None;
                    say("dropped");
                }
                "take" => self.take(argument),
                "release" => {
                    self.taken = None;
                    say("released");
                }
                unknown => unreachable!("no such command: {unknown}"),
            }
        }
    }

    fn watch_addresses(&self) -> watch::Receiver<Arc<[LanAddress]>> {
        AddressWatch::start(
            IpAddr::from([0, 0, 0, 0]),
            AddressWatch::INTERVAL,
            &self.tracker,
            self.cancel.clone(),
        )
    }

    fn advertise(&mut self, argument: &str) {
        let (hostname, instance) = argument.split_once(' ').expect("a label and an instance");
        let ad = Advertisement {
            instance: instance.to_owned(),
            hostname: hostname.to_owned(),
            port: 8080,
            properties: vec![("path".into(), "/".into())],
        };
        let addresses = self.watch_addresses();
        let advertiser = Advertiser::start(ad, addresses, &self.tracker, &self.cancel)
            .expect("a good advertisement");
        self.say_each(advertiser.name(), |name| match name {
            AdvertisedName::Pending => "name pending".to_owned(),
            AdvertisedName::Advertised { hostname } => format!("name advertised {hostname}"),
            AdvertisedName::Unavailable { reason } => format!("name unavailable {reason}"),
        });
        self.say_each(advertiser.networks(), |networks| {
            networks
                .iter()
                .fold("networks".to_owned(), |line, network| {
                    format!("{line} {}={}", network.interface, network.hostname)
                })
        });
        self.advertiser = Some(advertiser);
    }

    fn follow_addresses(&self) {
        self.say_each(self.watch_addresses(), |addresses| {
            addresses
                .iter()
                .fold("addresses".to_owned(), |line, address| {
                    format!("{line} {}={}", address.interface, address.ip)
                })
        });
    }

    /// Says the value now and at each change, until its sender is gone.
    fn say_each<T: Send + Sync + 'static>(
        &self,
        mut values: watch::Receiver<T>,
        line: impl Fn(&T) -> String + Send + 'static,
    ) {
        self.tracker.spawn(async move {
            loop {
                let said = line(&values.borrow_and_update());
                say(&said);
                if values.changed().await.is_err() {
                    return;
                }
            }
        });
    }

    /// Binds a UDP port without sharing it.
    fn take(&mut self, port: &str) {
        self.taken = Some(UdpSocket::bind(format!("0.0.0.0:{port}")).expect("a free port"));
        say(&format!("taken {port}"));
    }

    fn querier(&mut self) -> ServiceDaemon {
        let start = || ServiceDaemon::new().expect("an mDNS querier");
        self.querier.get_or_insert_with(start).clone()
    }

    fn resolve(&mut self, name: &str) {
        let events = self
            .querier()
            .resolve_hostname(name, None)
            .expect("a name to resolve");
        self.tracker.spawn(async move {
            while let Ok(event) = events.recv_async().await {
                if let HostnameResolutionEvent::AddressesFound(name, found) = event {
                    for address in found {
                        say(&format!("resolved {name} {}", address.to_ip_addr()));
                    }
                }
            }
        });
    }

    fn browse(&mut self, service_type: &str) {
        let events = self
            .querier()
            .browse(service_type)
            .expect("a type to browse");
        self.tracker.spawn(async move {
            while let Ok(event) = events.recv_async().await {
                if let ServiceEvent::ServiceResolved(service) = event {
                    say(&format!(
                        "found {} {} {} path={}",
                        service.get_fullname(),
                        service.get_hostname(),
                        service.get_port(),
                        service.get_property_val_str("path").unwrap_or("?"),
                    ));
                } else if let ServiceEvent::ServiceRemoved(_, fullname) = event {
                    say(&format!("removed {fullname}"));
                }
            }
        });
    }
}
