//! From a request to a socket: the server's part of RFC 6455, section 4.2, as
//! far as HTTP/1.1 goes.

use axum::{
    body::Body,
    extract::{FromRequestParts, OriginalUri},
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, header, request,
    },
};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use protocol::ProblemCode;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        handshake::derive_accept_key,
        protocol::{Role, WebSocketConfig},
    },
};

use super::socket::{FRAGMENT_BYTES, Socket};
use crate::problem::HttpProblem;

/// Read buffer of a connection. The default of 128 KiB would be nearly all
/// the memory a connection needs; browsers send small frames, and for larger
/// ones the buffer grows.
const READ_BUFFER_BYTES: usize = 2 * 1024;

/// Frames above this end the connection without being read to the end. Those
/// between [`protocol::MAX_FRAME_BYTES`] and this are refused by name.
const HARD_FRAME_BYTES: usize = 4 * protocol::MAX_FRAME_BYTES;

/// A request that asks for a WebSocket.
#[derive(Debug)]
pub struct Upgrade {
    key: HeaderValue,
    connection: OnUpgrade,
}

impl<S: Sync> FromRequestParts<S> for Upgrade {
    type Rejection = HttpProblem;

    async fn from_request_parts(parts: &mut request::Parts, _: &S) -> Result<Self, HttpProblem> {
        let headers = &parts.headers;
        let asks = parts.method == Method::GET
            && lists(headers, &header::CONNECTION, "upgrade")
            && lists(headers, &header::UPGRADE, "websocket")
            && lists(headers, &header::SEC_WEBSOCKET_VERSION, "13");
        let key = headers.get(header::SEC_WEBSOCKET_KEY).cloned();
        let connection = parts.extensions.remove::<OnUpgrade>();
        match (asks, key, connection) {
            (true, Some(key), Some(connection)) => Ok(Self { key, connection }),
            _ => Err(HttpProblem::new(
                ProblemCode::InvalidRequest,
                "this address speaks WebSocket (RFC 6455) over HTTP/1.1",
            )),
        }
    }
}

impl Upgrade {
    /// The answer that accepts, and the socket, which comes once it is sent;
    /// nothing if the browser has gone by then.
    pub fn accept(self) -> (Response<Body>, impl Future<Output = Option<Socket>> + Send) {
        let Self { key, connection } = self;
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
        let headers = response.headers_mut();
        headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
        headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
        if let Ok(accept) = HeaderValue::from_str(&derive_accept_key(key.as_bytes())) {
            headers.insert(header::SEC_WEBSOCKET_ACCEPT, accept);
        }
        let socket = async {
            let upgraded = connection.await.ok()?;
            let config = WebSocketConfig::default()
                .read_buffer_size(READ_BUFFER_BYTES)
                .write_buffer_size(FRAGMENT_BYTES)
                .max_frame_size(Some(HARD_FRAME_BYTES))
                .max_message_size(Some(HARD_FRAME_BYTES));
            let stream = TokioIo::new(upgraded);
            let socket = WebSocketStream::from_raw_socket(stream, Role::Server, Some(config));
            Some(Socket::new(socket.await))
        };
        (response, socket)
    }
}

/// What tells whose seat it is, on its own: addresses and headers are slices of
/// the buffer that a request was read into, so that whoever waits with them
/// keeps all of it.
pub fn own_parts(mut parts: request::Parts) -> request::Parts {
    let (mut own, ()) = Request::new(()).into_parts();
    for cookie in parts.headers.get_all(header::COOKIE) {
        if let Ok(copy) = HeaderValue::from_bytes(cookie.as_bytes()) {
            own.headers.append(header::COOKIE, copy);
        }
    }
    parts.extensions.remove::<OriginalUri>();
    own.extensions = parts.extensions;
    own
}

/// Whether a header that may list several values has `wanted` among them.
fn lists(headers: &HeaderMap, name: &HeaderName, wanted: &str) -> bool {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|value| value.trim().eq_ignore_ascii_case(wanted))
}
