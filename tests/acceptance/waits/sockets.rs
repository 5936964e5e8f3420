//! The live connections of one seat.

use std::time::Duration;

use protocol::{CloseCode, EventBody};
use serde_json::json;
use tests::{Attendee, Live, PATIENCE, TestServer, upgrade};
use tokio::time::{interval, timeout};

use crate::{
    hurried,
    wire::{PING, TEXT, TEXT_BEGINS, TEXT_GOES_ON, Wire, frame},
};

/// Sockets that one attendee opens.
const SOCKETS: usize = 1500;

#[tokio::test]
async fn one_seat_holds_eight_sockets_and_the_newest_stay() {
    let server = TestServer::start().await;
    let (facilitator, workshop) = server.begin_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let bob = server.join(&facilitator, &workshop, "Bob").await;
    let mut witness = bob.live().await;
    let kept = hurried().sockets_per_seat;
    let mut open: std::collections::VecDeque<Live> = std::collections::VecDeque::new();
    for _ in 0..SOCKETS {
        open.push_back(ada.live().await);
        if open.len() > kept {
            let mut oldest = open.pop_front().expect("it was opened");
            let code = oldest.close_code().await;
            assert_eq!(code, CloseCode::TooManyConnections.number());
        }
    }
    // Those that stay hear everything, and so does everybody else.
    bob.live()
        .await
        .do_it(json!({ "type": "post_message", "text": "to all" }))
        .await;
    for live in open.iter_mut().chain([&mut witness]) {
        live.event("the message", |event| {
            matches!(event, EventBody::MessagePosted(posted)
                if &*posted.message.text == "to all")
            .then_some(())
        })
        .await;
    }
    server.stop().await;
}

/// A live connection by hand, from which nothing is read.
async fn unread(ada: &Attendee) -> Wire {
    let browser = &ada.browser;
    let request = upgrade(browser, &ada.workshop, &browser.url);
    let mut text = format!("GET {} HTTP/1.1\r\n", request.uri().path());
    for (name, value) in request.headers() {
        text.extend([name.as_str(), ": ", value.to_str().expect("text"), "\r\n"]);
    }
    let mut wire = Wire::new(&browser.url).await;
    wire.send(text + "\r\n").await;
    assert_eq!(wire.status().await, "HTTP/1.1 101 Switching Protocols");
    let hello = format!(r#"{{"type":"hello","protocol":{}}}"#, protocol::PROTOCOL);
    wire.send(frame(TEXT, hello.as_bytes())).await;
    wire
}

#[tokio::test]
async fn whoever_floods_with_pings_and_never_reads_is_let_go() {
    let server = TestServer::with_connections(hurried()).await;
    let (facilitator, workshop) = server.begin_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let mut wire = unread(&ada).await;
    let flood = frame(PING, &[7; 100]).repeat(100);
    let ended = async { while wire.send(&flood).await {} };
    timeout(PATIENCE, ended)
        .await
        .expect("it is closed in time");
    ada.live()
        .await
        .do_it(json!({ "type": "post_message", "text": "still here" }))
        .await;
    server.stop().await;
}

#[tokio::test]
async fn a_text_that_never_ends_is_no_sign_of_life() {
    let server = TestServer::with_connections(hurried()).await;
    let (facilitator, workshop) = server.begin_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let mut wire = unread(&ada).await;
    wire.send(frame(TEXT_BEGINS, b"\"")).await;
    let mut turn = interval(Duration::from_millis(200));
    let ended = async {
        loop {
            turn.tick().await;
            if !wire.send(frame(TEXT_GOES_ON, b" ")).await {
                return;
            }
        }
    };
    timeout(PATIENCE, ended)
        .await
        .expect("it is closed in time");
    server.stop().await;
}
