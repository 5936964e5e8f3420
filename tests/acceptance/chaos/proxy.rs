//! A bad network in front of the server: it cuts, stalls, closes in the middle
//! of a frame and lets later connections overtake earlier ones. It rewrites
//! nothing.

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::{TcpListener, TcpSocket, TcpStream},
    sync::watch,
    task::JoinSet,
    time::{sleep, timeout},
};

use crate::fate::{Door, Fate, Fault};

/// The header by which a client says who it is: its number and its attempt.
pub const WHO: &str = "x-chaos";

/// A request's head is shorter.
const HEAD_BYTES: usize = 8 * 1024;

/// Who is to be overtaken waits no longer for those who do not come.
const OVERTAKEN_WITHIN: Duration = Duration::from_millis(500);

/// The network.
pub struct Proxy {
    /// Where clients connect to.
    pub address: SocketAddr,
    shared: Arc<Shared>,
    _carrying: JoinSet<()>,
}

/// What went wrong, counted.
#[derive(Debug, Default)]
pub struct Troubles {
    /// Connections asked for.
    pub asked: AtomicU32,
    /// Closed before a byte was carried.
    pub shut: AtomicU32,
    /// Let in after later ones.
    pub overtaken: AtomicU32,
    /// Cut.
    pub cut: AtomicU32,
    /// Stalled.
    pub stalled: AtomicU32,
}

struct Shared {
    server: SocketAddr,
    seed: u64,
    calm: watch::Sender<bool>,
    let_in: watch::Sender<u64>,
    troubles: Troubles,
}

impl Proxy {
    /// Stands in front of `server`.
    pub fn start(server: SocketAddr, seed: u64) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(([127, 0, 0, 1], 0).into()).expect("a port");
        let listener = socket.listen(4096).expect("it listens");
        let address = listener.local_addr().expect("its address");
        let shared = Arc::new(Shared {
            server,
            seed,
            calm: watch::Sender::new(false),
            let_in: watch::Sender::new(0),
            troubles: Troubles::default(),
        });
        let mut carrying = JoinSet::new();
        carrying.spawn(accept(listener, Arc::clone(&shared)));
        Self {
            address,
            shared,
            _carrying: carrying,
        }
    }

    /// From now on everything is carried, also what is stalled.
    pub fn calm(&self) {
        self.shared.calm.send_replace(true);
    }

    /// What went wrong so far.
    pub fn troubles(&self) -> &Troubles {
        &self.shared.troubles
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    let mut carrying = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let (client, _) = accepted.expect("a connection");
                count(&shared.troubles.asked);
                carrying.spawn(carry(client, Arc::clone(&shared)));
            }
            done = carrying.join_next(), if !carrying.is_empty() => {
                done.expect("there are some").expect("no panic");
            }
        }
    }
}

/// Carries one connection to its end, whatever that is.
async fn carry(mut client: TcpStream, shared: Arc<Shared>) {
    let Ok((head, fate)) = greet(&mut client, &shared).await else {
        return;
    };
    if enter(fate.door, &shared).await.is_none() {
        return;
    }
    // While the server is down, its port refuses.
    let Ok(mut server) = TcpStream::connect(shared.server).await else {
        return;
    };
    for socket in [&client, &server] {
        socket.set_nodelay(true).expect("a TCP option");
    }
    if server.write_all(&head).await.is_err() {
        return;
    }
    let (from_client, to_client) = client.split();
    let (from_server, to_server) = server.split();
    let carried = tokio::try_join!(
        pump(from_client, to_server, fate.up, &shared),
        pump(from_server, to_client, fate.down, &shared),
    );
    if carried.is_err() && fate.resets {
        for socket in [&client, &server] {
            // The connection may be gone already.
            socket.set_zero_linger().ok();
        }
    }
}

/// Reads the request's head, from which it sees whose connection this is.
async fn greet(client: &mut TcpStream, shared: &Shared) -> io::Result<(Vec<u8>, Fate)> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") && head.len() < HEAD_BYTES {
        if client.read_buf(&mut head).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    let text = String::from_utf8_lossy(&head);
    let who = text
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case(WHO))
        .and_then(|(_, who)| who.split_once('/'))
        .expect("every client says who it is");
    let fate = Fate::of(
        shared.seed,
        who.0.parse().expect("its number"),
        who.1.parse().expect("its attempt"),
    );
    Ok((head, fate))
}

/// Nothing when the door is shut.
async fn enter(door: Door, shared: &Shared) -> Option<()> {
    let calm = *shared.calm.borrow();
    match door {
        Door::Shut if !calm => {
            count(&shared.troubles.shut);
            return None;
        }
        Door::Overtaken(by) if !calm => {
            let mut others = shared.let_in.subscribe();
            let enough = *others.borrow() + by;
            let overtaken = others.wait_for(|let_in| *let_in >= enough);
            if matches!(timeout(OVERTAKEN_WITHIN, overtaken).await, Ok(Ok(_))) {
                count(&shared.troubles.overtaken);
            }
        }
        Door::Open | Door::Shut | Door::Overtaken(_) => {}
    }
    shared.let_in.send_modify(|let_in| *let_in += 1);
    Some(())
}

/// Carries one direction; an error ends the connection.
async fn pump(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    fault: Fault,
    shared: &Shared,
) -> io::Result<()> {
    let mut left = match fault {
        Fault::None => usize::MAX,
        Fault::Cut { after } | Fault::Stall { after, .. } => after,
    };
    let mut buffer = [0; 4096];
    loop {
        let most = left.min(buffer.len());
        let read = from.read(&mut buffer[..most]).await?;
        if read == 0 {
            return to.shutdown().await;
        }
        to.write_all(&buffer[..read]).await?;
        left -= read;
        if left == 0 {
            left = usize::MAX;
            trouble(fault, shared).await?;
        }
    }
}

async fn trouble(fault: Fault, shared: &Shared) -> io::Result<()> {
    let mut calm = shared.calm.subscribe();
    if *calm.borrow_and_update() {
        return Ok(());
    }
    let cuts = match fault {
        Fault::None => false,
        Fault::Cut { .. } => true,
        Fault::Stall { lasts, cuts, .. } => {
            count(&shared.troubles.stalled);
            tokio::select! {
                () = sleep(lasts) => cuts,
                _ = calm.changed() => false,
            }
        }
    };
    if cuts {
        count(&shared.troubles.cut);
        return Err(io::ErrorKind::ConnectionAborted.into());
    }
    Ok(())
}

fn count(what: &AtomicU32) {
    what.fetch_add(1, Ordering::Relaxed);
}
