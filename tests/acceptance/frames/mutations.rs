//! Valid frames, spoiled field by field: each is answered, under its id where
//! that was left whole, or the connection ends with a documented code.

use protocol::ServerMessage;
use serde_json::{Value, json};
use tests::{Attendee, Live, PATIENCE};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use uuid::Uuid;

use crate::{assert_goes_on, chance::chance, room};

/// What no field should be.
fn spoils() -> Vec<Value> {
    let mut deep = json!([]);
    for _ in 0..100 {
        deep = json!([deep]);
    }
    vec![
        Value::Null,
        json!(true),
        json!(-1),
        json!(0),
        json!(1.5),
        json!(1e308),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(""),
        json!("\u{0}"),
        json!("\u{202e}\u{feff}\u{200b}"),
        json!("0".repeat(60_000)),
        json!("🦀".repeat(5000)),
        json!([]),
        json!({}),
        json!({ "type": "hello" }),
        deep,
    ]
}

/// The frame with one field spoiled, missing or too many.
fn spoiled(frame: &Value) -> Vec<Value> {
    let fields = frame.as_object().expect("an object");
    let mut found = Vec::new();
    for name in fields.keys() {
        let mut without = fields.clone();
        without.remove(name);
        found.push(Value::Object(without));
        for spoil in spoils() {
            let mut with = fields.clone();
            with.insert(name.clone(), spoil);
            found.push(Value::Object(with));
        }
    }
    let mut more = fields.clone();
    more.insert("seat".to_owned(), json!(1));
    found.push(Value::Object(more));
    found
}

/// Panics unless the frame is answered.
async fn assert_answered(live: &mut Live, frame: &Value) {
    let answered = timeout(PATIENCE, is_answered(live, frame)).await;
    assert_eq!(answered.ok(), Some(true), "{frame}");
}

/// Whether the frame is answered before the connection ends.
async fn is_answered(live: &mut Live, frame: &Value) -> bool {
    let id = frame["id"].as_str().and_then(|id| Uuid::parse_str(id).ok());
    live.send(Message::text(frame.to_string())).await;
    loop {
        let answered = live.heard.drain(..).any(|message| match message {
            ServerMessage::Ack(ack) => Some(ack.id) == id,
            ServerMessage::Rejected(rejected) => rejected.id == id,
            _ => false,
        });
        if answered {
            return true;
        }
        if !live.next().await {
            return false;
        }
    }
}

#[tokio::test]
async fn every_field_of_every_message_may_be_anything() {
    let (server, ada, mut witness) = room().await;
    let mut live = ada.live().await;
    for message in protocol::examples::browser_messages() {
        let frame = serde_json::to_value(message).expect("JSON");
        let is_hello = frame["type"] == "hello";
        for frame in spoiled(&frame) {
            if is_hello {
                greets_or_ends(&ada, &frame).await;
                continue;
            }
            assert_answered(&mut live, &frame).await;
        }
    }
    assert_goes_on(&ada, &mut witness, "nothing new").await;
    server.stop().await;
}

/// A first frame is a greeting, or ends the connection.
async fn greets_or_ends(ada: &Attendee, frame: &Value) {
    let mut live = Live::open(&ada.browser, &ada.workshop)
        .await
        .expect("an upgrade");
    live.send(Message::text(frame.to_string())).await;
    if live.next().await {
        let greeted = matches!(live.heard.first(), Some(ServerMessage::Welcome(_)));
        assert!(greeted, "{frame}: {:?}", live.heard);
    }
}

#[tokio::test]
async fn random_changes_of_valid_frames_are_answered() {
    use rand::{Rng as _, seq::IndexedRandom as _};
    let (server, ada, mut witness) = room().await;
    let mut chance = chance();
    let frames: Vec<Value> = protocol::examples::browser_messages()
        .iter()
        .map(|message| serde_json::to_value(message).expect("JSON"))
        .filter(|frame| frame["type"] != "hello")
        .collect();
    let mut live = ada.live().await;
    for _ in 0..500 {
        let mut frame = frames.choose(&mut chance).expect("there are some").clone();
        let other = frames.choose(&mut chance).expect("there are some").clone();
        let id = Uuid::from_u128(chance.random());
        // Fields of one message in another.
        for (name, value) in other.as_object().expect("an object") {
            if chance.random() {
                frame[name] = value.clone();
            }
        }
        frame["id"] = json!(id);
        assert_answered(&mut live, &frame).await;
    }
    assert_goes_on(&ada, &mut witness, "nothing new either").await;
    server.stop().await;
}
