//! Hostile frames: the connection answers or closes with a documented code,
//! and the room goes on.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a test waits for one thing and lets the others pass"
)]

mod breaches;
mod chance;
mod memory;
mod mutations;
mod raw;

use chance::chance;
use protocol::{CloseCode, EventBody, ProblemCode, ServerMessage};
use rand::Rng as _;
use serde_json::json;
use tests::{Attendee, Live, TestServer};
use tokio_tungstenite::tungstenite::Message;

async fn room() -> (TestServer, Attendee, Live) {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let bob = server.join(&facilitator, &workshop, "Bob").await;
    let witness = bob.live().await;
    (server, ada, witness)
}

/// The room still carries a message from one to the other.
async fn assert_goes_on(ada: &Attendee, witness: &mut Live, text: &str) {
    ada.live()
        .await
        .do_it(json!({ "type": "post_message", "text": text }))
        .await;
    witness
        .event("the room goes on", |event| match event {
            EventBody::MessagePosted(posted) if &*posted.message.text == text => Some(()),
            _ => None,
        })
        .await;
}

#[tokio::test]
async fn unreadable_frames_are_refused_and_the_connection_stays() {
    let (server, ada, mut witness) = room().await;
    let mut live = ada.live().await;
    let frames = [
        "",
        "null",
        "[]",
        "{",
        "{}",
        "{\"type\":7}",
        "{\"type\":\"enter_step\"}",
        "{\"type\":\"claim_help\",\"id\":\"x\",\"helpRequest\":1e400}",
        "{\"type\":\"claim_help\",\"id\":\"5ad0f1a6-0000-4000-8000-000000000000\",\"helpRequest\":-1}",
        "\"\\ud800\"",
    ];
    for frame in frames {
        live.send(Message::text(frame)).await;
        let refusal = live
            .until("a refusal", |message| match message {
                ServerMessage::Rejected(rejected) => Some(rejected.problem.clone()),
                _ => None,
            })
            .await;
        assert_eq!(refusal.code, ProblemCode::InvalidRequest, "{frame}");
    }
    let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    live.send(Message::text(deep)).await;
    let refusal = live.refused(json!({ "type": "teleport" })).await;
    assert_eq!(refusal.code, ProblemCode::UnknownMessage);
    assert!(refusal.detail.contains("teleport"));
    let refusal = live
        .refused(json!({ "type": "post_message", "text": "" }))
        .await;
    assert_eq!(refusal.code, ProblemCode::InvalidText);
    assert_goes_on(&ada, &mut witness, "still here").await;
    server.stop().await;
}

#[tokio::test]
async fn what_breaks_the_protocol_closes_with_its_code() {
    let (server, ada, mut witness) = room().await;
    let hello = json!({ "type": "hello", "protocol": protocol::PROTOCOL });
    let large = format!("\"{}\"", "x".repeat(protocol::MAX_FRAME_BYTES));
    let cases: [(Vec<Message>, CloseCode); 6] = [
        (vec![Message::text("no hello")], CloseCode::BadFrame),
        (
            vec![Message::text("{\"type\":\"hello\",\"protocol\":99}")],
            CloseCode::WrongProtocol,
        ),
        (
            vec![
                Message::text(hello.to_string()),
                Message::text(hello.to_string()),
            ],
            CloseCode::BadFrame,
        ),
        (
            vec![
                Message::text(hello.to_string()),
                Message::binary(vec![1, 2, 3]),
            ],
            CloseCode::BadFrame,
        ),
        (
            vec![Message::text(hello.to_string()), Message::text(large)],
            CloseCode::TooLarge,
        ),
        (vec![Message::binary(vec![0; 8])], CloseCode::BadFrame),
    ];
    for (frames, expected) in cases {
        let mut live = Live::open(&ada.browser, &ada.workshop).await.unwrap();
        for frame in frames {
            live.send(frame).await;
        }
        assert_eq!(live.close_code().await, expected.number(), "{expected:?}");
    }
    assert_goes_on(&ada, &mut witness, "after all that").await;
    server.stop().await;
}

#[tokio::test]
async fn random_frames_never_stop_the_room() {
    let (server, ada, mut witness) = room().await;
    let mut random = chance();
    for round in 0..20 {
        let mut live = ada.live().await;
        for _ in 0..30 {
            let mut frame = json!({
                "type": "raise_help", "id": uuid::Uuid::new_v4(), "message": "x"
            })
            .to_string()
            .into_bytes();
            for _ in 0..random.random_range(1..6) {
                let at = random.random_range(0..frame.len());
                frame[at] = random.random_range(0x20..0x7f);
            }
            live.send(Message::text(String::from_utf8(frame).expect("ASCII")))
                .await;
        }
        // Answered one way or another: the next command comes back.
        let id = live
            .command(json!({ "type": "post_message", "text": format!("{round}") }))
            .await;
        live.ack(id).await;
    }
    assert_goes_on(&ada, &mut witness, "unimpressed").await;
    server.stop().await;
}
