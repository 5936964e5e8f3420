//! `kill -9` of the real server process under load, at random moments.
//! Promises 1 and 2, proven from the clients' own records: what was
//! acknowledged is there, and everything that was sent is there at most once.

use std::{collections::HashMap, sync::Arc};

use protocol::{CodelabPage, Lobby, MessagePage, ServerMessage, WorkshopSummary};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng};
use serde_json::json;
use tests::{Attendee, Browser, Facilitator, Live, ServerProcess};
use tokio::{sync::watch, task::JoinSet};
use uuid::Uuid;

/// How often the server is killed.
const KILLS: u32 = 20;

/// How many people press at once.
const PEOPLE: usize = 12;

/// What one person wrote down.
#[derive(Default)]
struct Record {
    /// Texts of commands that were sent, and whether they were acknowledged.
    sent: HashMap<String, bool>,
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_and_nothing_is_done_twice() {
    let seed: u64 = std::env::var("CRASH_SEED")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or_else(rand::random);
    eprintln!("seed {seed}; set CRASH_SEED to repeat it");
    let mut random = StdRng::seed_from_u64(seed);
    let data = tempfile::tempdir().expect("a temporary folder");
    let port = ServerProcess::free_port();

    let mut server = ServerProcess::start(data.path(), port).await;
    let facilitator = Facilitator::enter(Browser::new(&server.url), &server.facilitator_link).await;
    let page: CodelabPage = facilitator.browser.get("/api/v1/codelabs").await;
    let workshop = facilitator.start_workshop(&page.items[..1]).await;
    let lobby: Lobby = facilitator.lobby(&workshop).await;

    let (stop, stopped) = watch::channel(false);
    let acknowledged = Arc::new(watch::Sender::new(0_u64));
    let mut count = acknowledged.subscribe();
    let mut people = JoinSet::new();
    for n in 0..PEOPLE {
        let browser = Browser::new(&server.url);
        let attendee = Attendee::join(
            browser,
            &workshop,
            &format!("Person {n}"),
            Some(&lobby.join_code),
        )
        .await;
        people.spawn(press(
            attendee,
            n,
            stopped.clone(),
            Arc::clone(&acknowledged),
        ));
    }
    for _ in 0..KILLS {
        // In the middle of the load, wherever that is in the server's work.
        let enough = *count.borrow() + random.random_range(5..150);
        count
            .wait_for(|count| *count >= enough)
            .await
            .expect("people go on");
        server.kill().await;
        server = ServerProcess::start(data.path(), port).await;
    }
    stop.send_replace(true);
    let records: Vec<Record> = people.join_all().await;

    let found = texts(&facilitator, &workshop).await;
    let mut times: HashMap<&str, u32> = HashMap::new();
    for text in &found {
        *times.entry(text).or_default() += 1;
    }
    let sent: usize = records.iter().map(|record| record.sent.len()).sum();
    let acknowledged: Vec<&String> = records
        .iter()
        .flat_map(|record| {
            record
                .sent
                .iter()
                .filter(|(_, acked)| **acked)
                .map(|(text, _)| text)
        })
        .collect();
    let missing = acknowledged
        .iter()
        .filter(|text| !times.contains_key(text.as_str()))
        .count();
    let duplicates = times.values().filter(|count| **count > 1).count();
    let invented = found
        .iter()
        .filter(|text| !records.iter().any(|record| record.sent.contains_key(*text)))
        .count();
    eprintln!(
        "killed {KILLS} times: {sent} commands sent, {} acknowledged, {} found after restart, \
         {duplicates} duplicates, {missing} missing",
        acknowledged.len(),
        found.len(),
    );
    assert_eq!((missing, duplicates, invented), (0, 0, 0));
    assert!(
        acknowledged.len() > PEOPLE * 20,
        "there was load: {}",
        acknowledged.len()
    );
    let roster = facilitator
        .snapshot(&workshop)
        .await
        .facilitation
        .expect("for facilitators")
        .roster;
    assert_eq!(roster.len(), PEOPLE + 1, "nobody joined twice");
    server.kill().await;
}

/// Says one thing after the other; reconnects and repeats what was not
/// acknowledged, as the page does.
async fn press(
    attendee: Attendee,
    person: usize,
    stopped: watch::Receiver<bool>,
    acknowledged: Arc<watch::Sender<u64>>,
) -> Record {
    let mut record = Record::default();
    let mut next = 0_u32;
    let mut waiting: Vec<(Uuid, String)> = Vec::new();
    'connections: loop {
        let Some(mut live) = Live::try_connect(&attendee.browser, &attendee.workshop).await else {
            tokio::task::yield_now().await;
            continue;
        };
        for (id, text) in &waiting {
            let frame = json!({ "type": "post_message", "id": id, "text": text });
            if !live.try_send(&frame).await {
                continue 'connections;
            }
        }
        loop {
            let done = *stopped.borrow();
            if done && waiting.is_empty() {
                return record;
            }
            if !done && waiting.len() < 4 {
                let (id, text) = (Uuid::new_v4(), format!("{person}: {next}"));
                next += 1;
                record.sent.insert(text.clone(), false);
                waiting.push((id, text.clone()));
                let frame = json!({ "type": "post_message", "id": id, "text": text });
                if !live.try_send(&frame).await {
                    continue 'connections;
                }
                continue;
            }
            if !live.next().await {
                continue 'connections;
            }
            for message in live.heard.drain(..) {
                if let ServerMessage::Ack(ack) = message
                    && let Some(at) = waiting.iter().position(|(id, _)| *id == ack.id)
                {
                    let (_, text) = waiting.swap_remove(at);
                    record.sent.insert(text, true);
                    acknowledged.send_modify(|count| *count += 1);
                }
            }
        }
    }
}

/// Everything that was said, read back over HTTP page by page.
async fn texts(facilitator: &Facilitator, workshop: &WorkshopSummary) -> Vec<String> {
    let mut texts = Vec::new();
    let mut before = String::new();
    loop {
        let path = format!("/api/v1/workshops/{}/messages{before}", workshop.id.0);
        let page: MessagePage = facilitator.browser.get(&path).await;
        texts.extend(page.items.iter().map(|message| message.text.to_string()));
        match page.items.first() {
            Some(first) if page.has_older => before = format!("?before={}", first.id),
            _ => return texts,
        }
    }
}
