//! A program that may hold few files open keeps some for those who matter.

use std::time::Duration;

use serde_json::json;
use tests::{Attendee, Browser, Facilitator, ServerProcess};
use tokio::time::{Instant, timeout};

use crate::wire::{ELSEWHERE, Wire};

/// What Linux gives a program by default, here as the most it may ask for.
const FILES: u32 = 1024;

/// Connections that a script holds open.
const HELD: usize = 2000;

/// How long somebody who arrives may take.
const AT_ONCE: Duration = Duration::from_secs(10);

fn open_files(server: &ServerProcess) -> Option<usize> {
    let files = std::fs::read_dir(format!("/proc/{}/fd", server.id())).ok()?;
    Some(files.count())
}

#[tokio::test]
async fn with_a_thousand_files_two_thousand_slow_connections_shut_nobody_out() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let port = ServerProcess::free_port();
    let server = ServerProcess::start_with_files(data.path(), port, FILES).await;
    let facilitator = Facilitator::enter(Browser::new(&server.url), &server.facilitator_link).await;
    let codelab = facilitator.codelab("Git from zero").await;
    let workshop = facilitator.start_workshop(&[codelab]).await;
    let code = facilitator.lobby(&workshop).await.join_code;
    let ada = Attendee::join(Browser::new(&server.url), &workshop, "Ada", Some(&code)).await;
    let mut live = ada.live().await;

    for from in [ELSEWHERE, std::net::Ipv4Addr::LOCALHOST] {
        let mut held = Vec::new();
        for n in 0..HELD {
            let mut wire = Wire::from(&server.url, from).await;
            // Some never say a word, some begin a head, some a body.
            let begun = match n % 3 {
                0 => String::new(),
                1 => "GET / HT".to_owned(),
                _ => format!(
                    "POST /api/v1/workshops/{}/seats HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n\
                     content-type: application/json\r\ncontent-length: 60000\r\n\r\n{{",
                    workshop.id.0
                ),
            };
            wire.send(begun).await;
            held.push(wire);
        }
        if let Some(files) = open_files(&server) {
            eprintln!("{HELD} slow connections from {from}: {files} of {FILES} files open");
            assert!(files < FILES as usize - 32, "a reserve stays: {files}");
        }
        let began = Instant::now();
        let arrive = async {
            // Somebody new, somebody who is known, the socket that was open, a facilitator.
            let name = format!("Bob {from}");
            let browser = Browser::new(&server.url);
            let bob = Attendee::join(browser, &workshop, &name, Some(&code)).await;
            bob.live()
                .await
                .do_it(json!({ "type": "post_message", "text": "here" }))
                .await;
            live.do_it(json!({ "type": "post_message", "text": "still here" }))
                .await;
            facilitator.lobby(&workshop).await;
            facilitator
                .live(&workshop)
                .await
                .do_it(json!({ "type": "announce", "text": "all well" }))
                .await;
        };
        timeout(AT_ONCE, arrive).await.expect("nobody is shut out");
        eprintln!("everybody got through in {:?}", began.elapsed());
        drop(held);
    }
    server.kill().await;
}
