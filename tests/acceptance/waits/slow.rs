//! Slow bodies and slow readers.

use std::time::Duration;

use protocol::{Material, MaterialList, NewUpload, Upload};
use serde_json::json;
use tests::{Attendee, Facilitator, PATIENCE, TestServer};
use tokio::{
    task::JoinSet,
    time::{Instant, interval, timeout},
};

use crate::{
    hurried,
    wire::{ELSEWHERE, Wire},
};

/// Slow bodies at once.
const BODIES: usize = 2000;

/// Slow readers at once.
const READERS: usize = 200;

/// Bytes of the file that is downloaded: more than sockets take ahead.
const FILE_BYTES: usize = 1_500_000;

/// Everybody gets in, whatever else goes on.
async fn goes_on(server: &TestServer, facilitator: &Facilitator, ada: &Attendee) {
    let began = Instant::now();
    let _: protocol::CodelabPage = facilitator.browser.get("/api/v1/codelabs").await;
    let message = json!({ "type": "post_message", "text": "still here" });
    ada.live().await.do_it(message).await;
    server.browser().entrance(None).await;
    assert!(began.elapsed() < PATIENCE / 3, "{:?}", began.elapsed());
}

#[tokio::test]
async fn two_thousand_slow_bodies_are_let_go_and_shut_nobody_out() {
    let server = TestServer::with_connections(hurried()).await;
    let (facilitator, workshop) = server.begin_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let head = format!(
        "POST /api/v1/workshops/{}/seats HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\n\
         content-length: 60000\r\n\r\n{{",
        workshop.id.0,
        server.url.trim_start_matches("http://")
    );
    let mut slow = JoinSet::new();
    let began = Instant::now();
    for n in 0..BODIES {
        let mut wire = Wire::from(&server.url, ELSEWHERE).await;
        assert!(wire.send(&head).await);
        slow.spawn(async move {
            // A byte a second, half of them; the others send nothing more.
            let mut second = interval(Duration::from_secs(1));
            let trickles = n % 2 == 0;
            loop {
                tokio::select! {
                    _ = second.tick(), if trickles => if !wire.send(" ").await { return },
                    closed = wire.stream.readable() => {
                        closed.expect("it is readable");
                        break;
                    }
                }
            }
            wire.rest().await;
        });
    }
    goes_on(&server, &facilitator, &ada).await;
    let all_closed = async {
        while slow
            .join_next()
            .await
            .transpose()
            .expect("no panic")
            .is_some()
        {}
    };
    timeout(PATIENCE, all_closed).await.expect("all are let go");
    eprintln!(
        "{BODIES} slow bodies: the last was let go after {:?}",
        began.elapsed()
    );
    goes_on(&server, &facilitator, &ada).await;
    server.stop().await;
}

/// Uploads a file for a workshop's codelab; where the attendee finds it.
async fn file_for(facilitator: &Facilitator, ada: &Attendee) -> String {
    let codelab = facilitator.codelab("Git from zero").await.id.0;
    let wish = NewUpload {
        title: None,
        file_name: "large.bin".to_owned(),
        size_bytes: FILE_BYTES as u64,
    };
    let base = format!("/api/v1/codelabs/{codelab}/uploads");
    let browser = &facilitator.browser;
    let upload: Upload = browser.post(&base, &wish).await;
    let sent = browser
        .http()
        .put(format!("{}{base}/{}?offset=0", browser.url, upload.id.0))
        .header("origin", &browser.url)
        .body(vec![7; FILE_BYTES])
        .send()
        .await
        .expect("the server answers");
    assert!(sent.status().is_success(), "{sent:?}");
    let path = format!("/api/v1/workshops/{}/materials", ada.workshop);
    let list: MaterialList = ada.browser.get(&path).await;
    let large: &Material = list.materials.last().expect("a material");
    large.href.clone()
}

fn request(ada: &Attendee, path: &str) -> String {
    format!(
        "GET {path} HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\n\r\n",
        ada.browser.url.trim_start_matches("http://"),
        ada.browser.cookies().expect("a seat")
    )
}

#[tokio::test]
async fn whoever_never_reads_is_let_go_and_a_slow_phone_gets_its_file() {
    let server = TestServer::with_connections(hurried()).await;
    let (facilitator, workshop) = server.begin_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let bob = server.join(&facilitator, &workshop, "Bob").await;
    let path = file_for(&facilitator, &ada).await;

    // The phone: 60 kB a second.
    let mut phone = Wire::new(&server.url).await;
    phone.send(request(&bob, &path)).await;
    let phone = async move {
        let mut turn = interval(Duration::from_millis(100));
        let (mut got, mut piece) = (0, [0; 6000]);
        let began = Instant::now();
        while got < FILE_BYTES {
            turn.tick().await;
            let read = phone.read(&mut piece).await.expect("it is not closed");
            assert!(read > 0, "closed after {got} bytes");
            got += read;
        }
        began.elapsed()
    };
    let mut honest = JoinSet::new();
    honest.spawn(phone);

    let began = Instant::now();
    let mut slow = JoinSet::new();
    for _ in 0..READERS {
        let mut wire = Wire::from(&server.url, ELSEWHERE).await;
        wire.send(request(&ada, &path)).await;
        slow.spawn(async move {
            wire.was_reset().await;
        });
    }
    goes_on(&server, &facilitator, &ada).await;
    let all_closed = async {
        while slow
            .join_next()
            .await
            .transpose()
            .expect("no panic")
            .is_some()
        {}
    };
    timeout(PATIENCE, all_closed).await.expect("all are let go");
    eprintln!(
        "{READERS} slow readers: the last was let go after {:?}",
        began.elapsed()
    );

    let took = timeout(PATIENCE * 2, honest.join_next()).await;
    let took = took.expect("the phone gets its file").expect("it ran");
    let took = took.expect("the phone's file is whole");
    eprintln!("a phone with 60 kB/s had {FILE_BYTES} bytes after {took:?}");
    assert!(
        took > hurried().answer_rate.window * 2,
        "it was slow: {took:?}"
    );
    server.stop().await;
}

#[tokio::test]
async fn a_slow_upload_that_moves_is_taken() {
    let server = TestServer::with_connections(hurried()).await;
    let facilitator = server.facilitator().await;
    let codelab = facilitator.codelab("Git from zero").await.id.0;
    let base = format!("/api/v1/codelabs/{codelab}/uploads");
    let wish = NewUpload {
        title: None,
        file_name: "slow.bin".to_owned(),
        size_bytes: 100_000,
    };
    let upload: Upload = facilitator.browser.post(&base, &wish).await;
    let mut wire = Wire::new(&server.url).await;
    let head = format!(
        "PUT {base}/{}?offset=0 HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\ncontent-length: 100000\r\n\r\n",
        upload.id.0,
        server.url.trim_start_matches("http://"),
        facilitator.browser.cookies().expect("a token")
    );
    wire.send(head).await;
    // Ten kilobytes a second: more than two windows.
    let mut second = interval(Duration::from_secs(1));
    for _ in 0..10 {
        second.tick().await;
        assert!(wire.send(vec![7; 10_000]).await, "closed while it moved");
    }
    assert_eq!(wire.status().await, "HTTP/1.1 200 OK");
    server.stop().await;
}
