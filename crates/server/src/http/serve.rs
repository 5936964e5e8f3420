//! Connections: every wait for a browser has a bound, and every one has an owner.

use std::{convert::Infallible, io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, Request},
    response::Response,
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    time::sleep,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::Service as _;

use crate::net::{Connection, ConnectionLimits, Connections, Guarded, PacedBody, PacedStream};

/// When the system gives no more connections, trying again at once would only
/// keep it busy.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Serves until `stop`; what was begun by then is finished, each on a task of
/// `tasks`.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    connections: Arc<Connections>,
    tasks: TaskTracker,
    stop: CancellationToken,
) {
    loop {
        let accept = async {
            connections.settled().await;
            listener.accept().await
        };
        let accepted = tokio::select! {
            accepted = accept => accepted,
            () = stop.cancelled() => return,
        };
        match accepted {
            Ok((stream, peer)) => {
                write_at_once(&stream);
                let Some(place) = connections.admit(peer.ip()) else {
                    continue;
                };
                let limits = *connections.limits();
                let connection = place.connection();
                let stream = PacedStream::new(stream, place, limits.answer_rate);
                let service = Service {
                    router: router.clone(),
                    connection,
                    limits,
                    peer,
                };
                tasks.spawn(serve_connection(stream, service, stop.clone()));
            }
            Err(error) if is_of_one_browser(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be accepted");
                connections.end_one();
                tokio::select! {
                    () = sleep(ACCEPT_PAUSE) => {}
                    () = stop.cancelled() => return,
                }
            }
        }
    }
}

/// What is written is complete. Waiting for more, as TCP does by itself, only
/// makes what follows wait for the browser.
fn write_at_once(stream: &TcpStream) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection delays what it sends");
    }
}

/// Somebody went away before they were let in.
fn is_of_one_browser(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
    )
}

/// What answers the requests of one connection.
#[derive(Clone)]
struct Service {
    router: Router,
    connection: Connection,
    limits: ConnectionLimits,
    peer: SocketAddr,
}

async fn serve_connection(stream: PacedStream, service: Service, stop: CancellationToken) {
    let head_deadline = service.limits.head_deadline;
    let service = service_fn(move |request| service.clone().answer(request));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head_deadline)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "http.connection ended");
    }
}

impl Service {
    async fn answer(mut self, request: hyper::Request<Incoming>) -> Result<Response, Infallible> {
        let answering = self.connection.answering();
        let (connection, rate) = (self.connection.clone(), self.limits.body_rate);
        let mut request: Request =
            request.map(|body| Body::new(PacedBody::new(body, connection, rate)));
        let extensions = request.extensions_mut();
        extensions.insert(ConnectInfo(self.peer));
        extensions.insert(self.connection);
        let response = self.router.call(request).await?;
        Ok(response.map(|body| Body::new(Guarded::new(body, answering))))
    }
}
