//! What hostile browsers make the server hold is bounded, however much they send.

use std::time::Duration;

use serde_json::json;
use tests::{Attendee, Browser, Facilitator, ServerProcess};
use tokio::{task::JoinSet, time::Instant};

use crate::raw::{FIN, PING, Raw, TEXT, frame, frame_claiming, upgrade_text};

/// A flood is as fast as the server takes it, and lasts this long.
const FLOOD: Duration = Duration::from_secs(3);

/// What the server may hold more than before, in kilobytes: far less than what
/// it is sent.
const MAY_GROW_KB: u64 = 48 * 1024;

struct Room {
    server: ServerProcess,
    ada: Attendee,
    _data: tempfile::TempDir,
}

/// A room in a process of its own, whose memory is nobody else's; nothing where
/// the system does not say how much that is.
async fn room() -> Option<Room> {
    let data = tempfile::tempdir().expect("a temporary folder");
    let server = ServerProcess::start(data.path(), ServerProcess::free_port()).await;
    if memory_kb(&server).is_none() {
        eprintln!("skipped: this system does not tell how much memory a process uses");
        return None;
    }
    let facilitator = Facilitator::enter(Browser::new(&server.url), &server.facilitator_link).await;
    let codelab = facilitator.codelab("Git from zero").await;
    let workshop = facilitator.start_workshop(&[codelab]).await;
    let code = facilitator.lobby(&workshop).await.join_code;
    let browser = Browser::new(&server.url);
    let ada = Attendee::join(browser, &workshop, "Ada", Some(&code)).await;
    ada.live().await;
    Some(Room {
        server,
        ada,
        _data: data,
    })
}

impl Room {
    fn memory_kb(&self) -> u64 {
        memory_kb(&self.server).expect("it said so before")
    }

    async fn goes_on(&self) {
        let message = json!({ "type": "post_message", "text": "still here" });
        self.ada.live().await.do_it(message).await;
    }
}

/// The resident memory of a process, where Linux says so.
fn memory_kb(server: &ServerProcess) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[tokio::test]
async fn pings_of_who_never_reads_are_not_kept() {
    let Some(room) = room().await else { return };
    let before = room.memory_kb();
    let mut flood = Vec::new();
    (0..1000).for_each(|_| flood.extend(frame(FIN | PING, &[7; 125])));
    let raw = Raw::welcomed(&room.ada).await;
    let began = Instant::now();
    let mut sent = 0;
    let mut most = 0;
    while began.elapsed() < FLOOD {
        // Until the server takes no more.
        let pushed = tokio::time::timeout(FLOOD, raw.push(&flood)).await;
        let Ok(Some(bytes)) = pushed else { break };
        sent += bytes;
        most = most.max(room.memory_kb());
    }
    let grown = most.saturating_sub(before);
    eprintln!("{} kB of pings, {grown} kB more than before", sent / 1024);
    assert!(grown < MAY_GROW_KB, "{grown} kB");
    room.goes_on().await;
}

#[tokio::test]
async fn hundreds_of_hostile_connections_leave_nothing_behind() {
    let Some(room) = room().await else { return };
    let mut after = Vec::new();
    for round in 0..4 {
        let mut hostile = JoinSet::new();
        for number in 0..100 {
            let raw = Raw::upgraded(&room.ada).await;
            hostile.spawn(mistreat(raw, number));
        }
        hostile.join_all().await;
        room.goes_on().await;
        after.push(room.memory_kb());
        eprintln!("round {round}: {} kB", room.memory_kb());
    }
    // The first round fills what every process fills once.
    let grown = after[3].saturating_sub(after[0]);
    assert!(grown < MAY_GROW_KB, "{grown} kB: {after:?}");
}

/// Holds the connection until the server ends it, or nothing more is to be said.
async fn mistreat(mut raw: Raw, number: u32) {
    let hello = format!(r#"{{"type":"hello","protocol":{}}}"#, protocol::PROTOCOL);
    let hello = frame(FIN | TEXT, hello.as_bytes());
    let bytes = match number % 5 {
        0 => frame(FIN | TEXT, &vec![b' '; 1024 * 1024]),
        1 => [hello, frame(FIN | TEXT, &vec![b'['; 60_000])].concat(),
        2 => [
            hello,
            frame_claiming(FIN | TEXT, 200_000, &vec![b' '; 199_999]),
        ]
        .concat(),
        3 => std::iter::once(frame(TEXT, b"\""))
            .chain((0..250).map(|_| frame(0, &[b' '; 1000])))
            .flatten()
            .collect(),
        _ => [
            hello,
            frame(FIN | TEXT, b"{\"type\":\"teleport\"}").repeat(200),
        ]
        .concat(),
    };
    raw.send(&bytes).await;
    raw.half_close().await;
    raw.end().await;
}

#[tokio::test]
async fn who_never_finishes_the_upgrade_keeps_nobody_out_and_is_let_go() {
    let Some(room) = room().await else { return };
    let whole = upgrade_text(&room.ada);
    let mut slow = Vec::new();
    for number in 0..300 {
        let mut raw = Raw::silent(&room.ada.browser.url).await;
        raw.send(&whole.as_bytes()[..number % whole.len()]).await;
        slow.push(raw);
    }
    // A byte each, again and again.
    for at in 0..5 {
        for (number, raw) in slow.iter_mut().enumerate() {
            let next = number % whole.len() + at;
            raw.send(whole.as_bytes().get(next..=next).unwrap_or_default())
                .await;
        }
        room.goes_on().await;
    }
    let garbage = [
        "\r\n\r\n",
        "HELLO\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "\0\u{1}\u{2}\r\n\r\n",
    ];
    for garbage in garbage {
        let mut raw = Raw::silent(&room.ada.browser.url).await;
        raw.send(garbage.as_bytes()).await;
        raw.half_close().await;
        if let Some(head) = raw.head().await {
            assert!(
                head.starts_with("HTTP/1.1 4") || head.starts_with("HTTP/1.0 4"),
                "{head}"
            );
        }
    }
    let mut raw = Raw::silent(&room.ada.browser.url).await;
    let endless = format!("GET / HTTP/1.1\r\nhost: {}", "x".repeat(2 * 1024 * 1024));
    raw.send(endless.as_bytes()).await;
    let head = raw.head().await.unwrap_or_default();
    assert!(
        head.starts_with("HTTP/1.1 431") || head.is_empty(),
        "{head}"
    );
    for mut raw in slow {
        // Closed, with or without a word.
        while raw.head().await.is_some() {}
    }
    room.goes_on().await;
}
