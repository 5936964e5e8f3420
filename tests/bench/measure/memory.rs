//! What a connection costs: a process started anew, so that nothing it took
//! before hides what it takes now.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::json;
use tokio::{task::JoinSet, time::sleep};
use tokio_tungstenite::tungstenite::Message;

use crate::{
    client::{Place, Socket, open},
    figures::Memory,
    process::Process,
};

/// Connections before the first look, so that what a process takes once is
/// not charged to the connections.
const WARM_UP: usize = 10;

/// Until what was queued by then is sent: at most this long.
const SETTLE: Duration = Duration::from_secs(2);

/// Measures server and floor with a connection per cookie.
pub async fn measure(
    server: &Process,
    floor: &Process,
    place: &Place,
    cookies: &[String],
    seconds: u64,
) -> anyhow::Result<Memory> {
    let settle = SETTLE.min(Duration::from_secs(seconds));
    let (idle, connected) = connect(server, place, cookies, "snapshot", settle).await?;
    let floor_place = Place {
        address: floor.address,
        workshop: place.workshop.clone(),
    };
    let (floor_idle, floor_connected) =
        connect(floor, &floor_place, cookies, "welcome", settle).await?;
    let each = |idle: u64, connected: u64| {
        let grown = u32::try_from(connected.saturating_sub(idle)).unwrap_or(u32::MAX);
        f64::from(grown) / f64::from(u32::try_from(cookies.len()).unwrap_or(u32::MAX))
    };
    Ok(Memory {
        idle_kib: idle,
        connected_kib: connected,
        per_connection: each(idle, connected),
        floor_per_connection: each(floor_idle, floor_connected),
    })
}

async fn connect(
    process: &Process,
    place: &Place,
    cookies: &[String],
    last: &'static str,
    settle: Duration,
) -> anyhow::Result<(u64, u64)> {
    for cookie in cookies.iter().take(WARM_UP) {
        drop(greet(place.clone(), cookie.clone(), last).await?);
    }
    sleep(settle).await;
    let idle = process.rss_kib();
    let mut greeting = JoinSet::new();
    for cookie in cookies {
        greeting.spawn(greet(place.clone(), cookie.clone(), last));
    }
    let sockets = greeting.join_all().await;
    let sockets: Vec<Socket> = sockets.into_iter().collect::<anyhow::Result<_>>()?;
    sleep(settle).await;
    let connected = process.rss_kib();
    drop(sockets);
    Ok((idle, connected))
}

/// A page that is opened anew; read until the frame named `last`.
async fn greet(place: Place, cookie: String, last: &'static str) -> anyhow::Result<Socket> {
    let mut socket = open(&place, &cookie, None).await?;
    let hello = json!({ "type": "hello", "protocol": protocol::PROTOCOL });
    socket.send(Message::text(hello.to_string())).await?;
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) if text[9..].starts_with(last) => return Ok(socket),
            Some(Ok(_)) => {}
            Some(Err(error)) => return Err(error.into()),
            None => anyhow::bail!("closed before the {last}"),
        }
    }
}
