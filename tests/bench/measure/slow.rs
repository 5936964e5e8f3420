//! Clients that never read, in a room that talks a lot.

use std::time::Duration;

use futures_util::SinkExt as _;
use serde_json::json;
use tokio::time::{Instant, sleep_until};
use tokio_tungstenite::tungstenite::Message;

use crate::{
    client::{Place, Socket, open},
    crowd::{self, Crowd, Seated},
    figures::Slow,
    process::Process,
    run::{Truths, Workshop},
};

const READERS: usize = 50;
const DEAF: usize = 10;
const PER_SECOND: u32 = 50;

/// The server gives them up after twenty seconds; then they come again.
const AGAIN: Duration = Duration::from_secs(25);

/// Measures it in a room of its own.
pub async fn measure(workshop: &Workshop, server: &Process, seconds: u64) -> anyhow::Result<Slow> {
    let place = &workshop.place;
    let (_, mut people) = crowd::join(place, &workshop.code, 0..READERS + DEAF).await;
    let deaf = people.split_off(READERS.min(people.len()));
    let mut room = Crowd::new();
    room.add_facilitator(place, workshop.cookie.clone(), workshop.seq)
        .await?;
    room.connect(place, people).await?;
    let mut ears = never_read(place, &deaf).await?;

    let start_kib = server.rss_kib();
    let mut kib = Vec::new();
    let messages = PER_SECOND.saturating_mul(u32::try_from(seconds)?);
    let began = Instant::now();
    let mut opened = began;
    for n in 0..messages {
        sleep_until(began + Duration::from_secs(1) * n / PER_SECOND).await;
        room.say(usize::try_from(n)?).await?;
        if n % (messages / 10).max(1) == 0 {
            kib.push(server.rss_kib());
        }
        if opened.elapsed() > AGAIN {
            drop(ears);
            ears = never_read(place, &deaf).await?;
            opened = Instant::now();
        }
    }
    room.settle(u64::from(messages), room.len() + 1).await?;
    let end_kib = server.rss_kib();
    drop(ears);
    kib.push(end_kib);
    let seats = READERS + DEAF;
    let truth = Truths::of(room, u64::from(messages), seats).await?;
    Ok(Slow {
        readers: READERS,
        deaf: DEAF,
        seconds,
        messages: u64::from(messages),
        start_kib,
        highest_kib: kib.iter().copied().max().unwrap_or(0),
        end_kib,
        kib,
        truth: truth.against(workshop).await,
    })
}

async fn never_read(place: &Place, people: &[Seated]) -> anyhow::Result<Vec<Socket>> {
    let mut sockets = Vec::new();
    for person in people {
        let mut socket = open(place, &person.cookie, Some(4096)).await?;
        let hello = json!({ "type": "hello", "protocol": protocol::PROTOCOL, "after": person.seq });
        socket.send(Message::text(hello.to_string())).await?;
        sockets.push(socket);
    }
    Ok(sockets)
}
