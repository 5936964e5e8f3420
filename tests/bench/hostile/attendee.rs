//! Somebody who has a seat and floods the room: long messages, blocks of code, direct messages.

use std::{sync::Arc, time::Duration};

use anyhow::Context as _;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::json;
use tokio::{
    task::JoinSet,
    time::{MissedTickBehavior, interval, sleep},
};
use tokio_tungstenite::tungstenite::Message;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::Blows;
use crate::{
    client::{Place, open},
    crowd,
    frames::Frame,
    run::Workshop,
};

/// Frames per second: each goes to everybody, so that more would measure the clients alone.
const PER_SECOND: u32 = 60;

/// The length of a message, in letters.
const LETTERS: usize = 2000;

/// Beside the one that floods, so many connections of the same seat.
const CONNECTIONS: usize = 50;

/// Begins the attack.
pub async fn attack(
    attackers: &mut JoinSet<()>,
    workshop: &Workshop,
    blows: &Arc<Blows>,
    over: &CancellationToken,
) -> anyhow::Result<()> {
    let place = workshop.place.clone();
    let (_, mut seated) = crowd::join(&place, &workshop.code, 9000..9001).await;
    let seated = seated.pop().context("the hostile attendee got no seat")?;
    for floods in std::iter::once(true).chain(std::iter::repeat_n(false, CONNECTIONS)) {
        let (place, cookie) = (place.clone(), seated.cookie.clone());
        let (blows, over) = (Arc::clone(blows), over.clone());
        attackers.spawn(async move {
            let flood = async {
                loop {
                    connection(&place, &cookie, floods, &blows).await.ok();
                    blows.answer(false);
                    sleep(Duration::from_millis(200)).await;
                }
            };
            over.run_until_cancelled(flood).await;
        });
    }
    Ok(())
}

/// One connection, until it is lost.
async fn connection(
    place: &Place,
    cookie: &str,
    floods: bool,
    blows: &Blows,
) -> anyhow::Result<()> {
    let mut socket = open(place, cookie, None).await?;
    let hello = json!({ "type": "hello", "protocol": protocol::PROTOCOL });
    socket.send(Message::text(hello.to_string())).await?;
    let mut due = interval(Duration::from_secs(1) / PER_SECOND);
    due.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut number = 0;
    loop {
        tokio::select! {
            frame = socket.next() => {
                let Message::Text(text) = frame.context("closed")?? else { continue };
                match Frame::of(&text) {
                    Frame::Ack(_) => blows.answer(true),
                    Frame::Rejected | Frame::Deferred => blows.answer(false),
                    Frame::Welcome | Frame::Snapshot(_) | Frame::Events { .. } | Frame::Other => {}
                }
            }
            _ = due.tick(), if floods => {
                number += 1;
                blows.send();
                socket.send(Message::text(frame(number))).await?;
            }
        }
    }
}

/// By turns a message to everybody, one that is all code, and one to the facilitators.
fn frame(number: usize) -> String {
    let id = Uuid::new_v4();
    let frame = match number % 3 {
        0 => json!({ "type": "post_message", "id": id, "text": "&".repeat(LETTERS) }),
        1 => {
            let code = format!(
                "```js\nlet a{number} = `{}\n```",
                "${[a](<b ".repeat(LETTERS / 10)
            );
            json!({ "type": "post_message", "id": id, "text": code })
        }
        _ => json!({ "type": "post_direct_message", "id": id, "text": "[".repeat(LETTERS) }),
    };
    frame.to_string()
}
