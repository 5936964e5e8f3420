//! The floor: what fan-out costs when nothing is stored, checked or promised.
//! A bare axum server with one `broadcast` and the same frames on the wire;
//! who falls behind is dropped. It stands here to be compared with, and shows
//! what the product must not be.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use anyhow::Context as _;
use axum::{
    Router,
    extract::{
        State, WebSocketUpgrade,
        ws::{Message, Utf8Bytes, WebSocket},
    },
    http::header,
    response::{IntoResponse, Response},
    routing::{any, post},
};
use tokio::{net::TcpSocket, sync::broadcast};

/// The same as the server's.
const BACKLOG: u32 = 4096;

struct Floor {
    said: broadcast::Sender<Utf8Bytes>,
    seq: AtomicU64,
}

/// Serves until it is killed.
pub fn run(port: u16) -> anyhow::Result<bool> {
    let runtime = tokio::runtime::Runtime::new().context("the runtime cannot be started")?;
    runtime.block_on(serve(port))?;
    Ok(true)
}

async fn serve(port: u16) -> anyhow::Result<()> {
    let floor = Arc::new(Floor {
        said: broadcast::Sender::new(1024),
        seq: AtomicU64::new(1),
    });
    let routes = Router::new()
        .route("/api/v1/workshops/{workshop}/live", any(live))
        .route("/api/v1/workshops/{workshop}/seats", post(join))
        .with_state(floor);
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(SocketAddr::from(([127, 0, 0, 1], port)))?;
    let listener = socket.listen(BACKLOG)?;
    crate::report::say("listening");
    axum::serve(listener, routes).await?;
    Ok(())
}

async fn join(body: String) -> Response {
    let answer = format!(
        "{{\"snapshot\":{{\"seq\":1,\"you\":{{\"person\":{{\"seat\":1}}}},\"asked\":{}}}}}",
        body.len()
    );
    let headers = [
        (header::SET_COOKIE, "oc_seat=none; Path=/"),
        (header::CONTENT_TYPE, "application/json"),
    ];
    (headers, answer).into_response()
}

async fn live(State(floor): State<Arc<Floor>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade
        .read_buffer_size(4 * 1024)
        .write_buffer_size(0)
        .on_upgrade(move |socket| converse(floor, socket))
}

async fn converse(floor: Arc<Floor>, mut socket: WebSocket) {
    let mut said = floor.said.subscribe();
    loop {
        let frame = tokio::select! {
            frame = said.recv() => match frame {
                Ok(frame) => frame,
                Err(_) => return,
            },
            frame = socket.recv() => match frame {
                Some(Ok(Message::Text(text))) => match floor.answer(&text) {
                    Some(answer) => answer.into(),
                    None => continue,
                },
                Some(Ok(_)) => continue,
                Some(Err(_)) | None => return,
            },
        };
        if socket.send(Message::Text(frame)).await.is_err() {
            return;
        }
    }
}

impl Floor {
    fn answer(&self, text: &str) -> Option<String> {
        let frame: serde_json::Value = serde_json::from_str(text).ok()?;
        let id = match frame["type"].as_str()? {
            "hello" => return Some("{\"type\":\"welcome\"}".to_owned()),
            "post_message" => frame["id"].as_str()?,
            _ => return None,
        };
        let after = self.seq.fetch_add(1, Relaxed);
        let seq = after + 1;
        // As long as the server's own frame.
        let events = format!(
            "{{\"type\":\"events\",\"after\":{after},\"upTo\":{seq},\"events\":[{{\"seq\":{seq},\
             \"atMs\":1700000000000,\"type\":\"message_posted\",\"message\":{{\"id\":{seq},\
             \"kind\":\"chat\",\"from\":{{\"seat\":12,\"name\":\"Person 12\",\"ordinal\":1,\
             \"role\":\"attendee\"}},\"text\":{},\"atMs\":1700000000000}}}}]}}",
            frame["text"]
        );
        drop(self.said.send(events.into()));
        Some(format!(
            "{{\"type\":\"ack\",\"id\":\"{id}\",\"seq\":{seq}}}"
        ))
    }
}
