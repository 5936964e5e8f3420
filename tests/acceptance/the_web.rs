//! What stands for the internet in a test: a server of this machine, with images and with what
//! should never be taken for one.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
    serve::Listener,
};
use futures_util::{StreamExt as _, stream};
use rcgen::{CertifiedKey, KeyPair};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::{AbortHandle, JoinSet},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{self, ServerConfig, pki_types::PrivatePkcs8KeyDer},
    server::TlsStream,
};

/// The bytes of `half.png` that come at once; the other half is held.
const HALF: usize = 300_000;

/// A server that people would find on the internet.
pub struct TheWeb {
    scheme: &'static str,
    address: SocketAddr,
    shared: Arc<Shared>,
    serving: AbortHandle,
    _tasks: JoinSet<()>,
}

struct Shared {
    asked: Mutex<Vec<(String, HeaderMap)>>,
    /// Turns for `held` images.
    held: Semaphore,
}

impl TheWeb {
    /// Begins to serve.
    pub async fn start() -> Self {
        Self::serve("http", listen().await)
    }

    /// The same by TLS, with a certificate that only those trust who are given it; as PEM.
    pub async fn start_secure() -> (Self, String) {
        let names = vec![Ipv4Addr::LOCALHOST.to_string()];
        let made = rcgen::generate_simple_self_signed(names).expect("a certificate");
        let listener = Secure::new(listen().await, &made);
        (Self::serve("https", listener), made.cert.pem())
    }

    fn serve<L: Listener<Addr = SocketAddr>>(scheme: &'static str, listener: L) -> Self {
        let shared = Arc::new(Shared {
            asked: Mutex::default(),
            held: Semaphore::new(0),
        });
        let router = Router::new()
            .route("/{what}", get(answer))
            .with_state(Arc::clone(&shared));
        let address = listener.local_addr().expect("an address");
        let mut tasks = JoinSet::new();
        let serving = tasks.spawn(async move {
            axum::serve(listener, router).await.expect("it serves");
        });
        Self {
            scheme,
            address,
            shared,
            serving,
            _tasks: tasks,
        }
    }

    /// The address of something on it: `a.png` and other names that end so are images, the rest
    /// are in `answer`.
    pub fn at(&self, what: &str) -> String {
        format!("{}://{}/{what}", self.scheme, self.address)
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// What was asked for, in order.
    pub fn asked(&self) -> Vec<String> {
        let asked = self.asked_with();
        asked.into_iter().map(|(what, _)| what).collect()
    }

    /// The same with the headers.
    pub fn asked_with(&self) -> Vec<(String, HeaderMap)> {
        let asked = self.shared.asked.lock();
        asked.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Lets one image go that was held.
    pub fn release(&self) {
        self.shared.held.add_permits(1);
    }
}

async fn listen() -> TcpListener {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
    listener.expect("a free port")
}

/// Connections by TLS.
struct Secure {
    tcp: TcpListener,
    acceptor: TlsAcceptor,
}

impl Secure {
    fn new(tcp: TcpListener, made: &CertifiedKey<KeyPair>) -> Self {
        let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions of TLS")
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key.into())
            .expect("a certificate with its key");
        Self {
            tcp,
            acceptor: TlsAcceptor::from(Arc::new(config)),
        }
    }
}

impl Listener for Secure {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let (tcp, from) = Listener::accept(&mut self.tcp).await;
            // Who does not trust the certificate hangs up.
            if let Ok(secure) = self.acceptor.accept(tcp).await {
                return (secure, from);
            }
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.tcp.local_addr()
    }
}

impl Drop for TheWeb {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer(
    State(web): State<Arc<Shared>>,
    Path(what): Path<String>,
    headers: HeaderMap,
) -> Response {
    let asked = web.asked.lock();
    asked
        .unwrap_or_else(PoisonError::into_inner)
        .push((what.clone(), headers));
    match what.as_str() {
        "page.png" => (
            [(header::CONTENT_TYPE, "image/png")],
            "<html>no image</html>",
        )
            .into_response(),
        "forbidden.png" => StatusCode::FORBIDDEN.into_response(),
        "fault.png" => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        "empty.png" => StatusCode::OK.into_response(),
        "endless.png" => {
            let piece = Bytes::from(vec![0x89; 16 * 1024]);
            let pieces = stream::repeat(piece).map(Ok::<_, io::Error>);
            Body::from_stream(pieces).into_response()
        }
        "huge.png" => {
            let body = Body::from_stream(stream::pending::<Result<Bytes, io::Error>>());
            ([(header::CONTENT_LENGTH, "99999999999")], body).into_response()
        }
        "bomb.png" => png(60_000, 60_000, 0).into_response(),
        "broken.png" => {
            let pieces = [
                Ok(Bytes::from_static(b"\x89PNG")),
                Err(io::Error::other("gone")),
            ];
            Body::from_stream(stream::iter(pieces)).into_response()
        }
        "silent.png" => std::future::pending().await,
        "loop.png" => Redirect::temporary("/loop.png").into_response(),
        "moved.png" => Redirect::permanent("/a.png").into_response(),
        "to-private.png" => Redirect::temporary("http://192.168.0.1/a.png").into_response(),
        "to-metadata.png" => Redirect::temporary("http://[::ffff:a9fe:a9fe]/a").into_response(),
        "to-file.png" => Redirect::temporary("file:///etc/passwd").into_response(),
        "to-secret.png" => Redirect::temporary("http://me:secret@127.0.0.1/").into_response(),
        "to-plain.png" => Redirect::temporary("http://127.0.0.1/a.png").into_response(),
        "nowhere.png" => StatusCode::FOUND.into_response(),
        "held.png" => match web.held.acquire().await {
            Ok(turn) => {
                turn.forget();
                png(3, 2, 7).into_response()
            }
            Err(_) => StatusCode::GONE.into_response(),
        },
        "half.png" => {
            let mut image = png(3, 2, 7);
            image.resize(2 * HALF, 0);
            let rest = Bytes::from(image.split_off(HALF));
            let released = async move {
                let turn = web.held.acquire().await.map_err(io::Error::other)?;
                turn.forget();
                Ok::<_, io::Error>(rest)
            };
            let pieces = stream::iter([Ok(Bytes::from(image))]).chain(stream::once(released));
            let length = (2 * HALF).to_string();
            (
                [(header::CONTENT_LENGTH, length)],
                Body::from_stream(pieces),
            )
                .into_response()
        }
        "photo.bmp" => bmp(64).into_response(),
        "drawing.svg" => "<svg width='4' height='2'/>".into_response(),
        what if what.starts_with("gone") => StatusCode::NOT_FOUND.into_response(),
        // Its type is not what it is.
        what => {
            let mark = what.bytes().next().unwrap_or_default();
            ([(header::CONTENT_TYPE, "text/plain")], png(3, 2, mark)).into_response()
        }
    }
}

/// What begins like a PNG of a size; another file for each mark.
pub fn png(width: u32, height: u32, mark: u8) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 6, 0, 0, 0, mark]);
    bytes
}

/// A BMP that many browsers would rather have smaller.
fn bmp(side: u32) -> Vec<u8> {
    let pixels =
        (0..side * side).flat_map(|at| [at % side, at / side, at % 7].map(|c| c.to_le_bytes()[0]));
    let mut bytes = b"BM".to_vec();
    for number in [
        54 + 3 * side * side,
        0,
        54,
        40,
        side,
        side,
        24 << 16 | 1,
        0,
        0,
        0,
        0,
        0,
        0,
    ] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend(pixels);
    bytes
}
