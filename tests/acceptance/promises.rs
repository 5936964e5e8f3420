//! The promises of the live room.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a test waits for one thing and lets the others pass"
)]

use protocol::{EventBody, EventMessage, Join, Joined, ProblemCode, ServerMessage};
use serde_json::json;
use sqlx::{ConnectOptions as _, Connection as _, sqlite::SqliteConnectOptions};
use tests::{Attendee, Live, TestServer};
use uuid::Uuid;

#[tokio::test]
async fn the_same_command_twice_is_done_once() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let mut live = ada.live().await;
    let id = Uuid::new_v4();
    let frame = json!({ "type": "post_message", "id": id, "text": "once" });
    live.send_json(&frame).await;
    let first = live.ack(id).await;
    live.send_json(&frame).await;
    assert_eq!(live.ack(id).await, first);
    // Also over another connection, and in the same breath.
    let mut phone = ada.live().await;
    phone.send_json(&frame).await;
    phone.send_json(&frame).await;
    assert_eq!(phone.ack(id).await, first);
    assert_eq!(phone.ack(id).await, first);
    assert_eq!(ada.live().await.snapshot.unwrap().messages.len(), 1);
    server.stop().await;
}

#[tokio::test]
async fn joining_again_with_the_same_id_gives_the_same_seat() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let code = facilitator.lobby(&workshop).await.join_code;
    let path = format!("/api/v1/workshops/{}/seats", workshop.id.0);
    let join = Join {
        id: Uuid::new_v4(),
        name: "Ada".to_owned(),
        code: Some(code),
    };
    let first: Joined = server.browser().post(&path, &join).await;
    // The answer was lost; the browser asks again, without any cookie.
    let browser = server.browser();
    let second: Joined = browser.post(&path, &join).await;
    assert_eq!(first.snapshot.you.person, second.snapshot.you.person);
    let again = browser.live(&workshop.id.0.to_string()).await;
    assert_eq!(
        again.snapshot.unwrap().you.person.seat,
        first.snapshot.you.person.seat
    );
    let roster = facilitator
        .snapshot(&workshop)
        .await
        .facilitation
        .unwrap()
        .roster;
    assert_eq!(roster.len(), 2, "the facilitator and one Ada");
    server.stop().await;
}

#[tokio::test]
async fn a_connection_resumes_without_a_hole() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let bob = server.join(&facilitator, &workshop, "Bob").await;
    let mut broken = ada.live().await;
    let mut bob_live = bob.live().await;
    bob_live
        .do_it(json!({ "type": "post_message", "text": "0" }))
        .await;
    broken
        .event("the first", |event| {
            matches!(event, EventBody::MessagePosted(_)).then_some(())
        })
        .await;
    let seen = broken.seq;
    drop(broken);
    let mut last = 0;
    for n in 1..=40 {
        let text = n.to_string();
        last = bob_live
            .do_it(json!({ "type": "post_message", "text": text }))
            .await
            .seq;
    }
    let mut back = ada.resume(seen).await;
    back.caught_up(last).await;
    assert!(back.snapshot.is_none(), "resumed from the log");
    let texts: Vec<String> = back
        .events
        .iter()
        .filter_map(|event| match &event.body {
            EventBody::MessagePosted(posted) => Some(posted.message.text.to_string()),
            _ => None,
        })
        .collect();
    let expected: Vec<String> = (1..=40).map(|n| n.to_string()).collect();
    assert_eq!(texts, expected);
    server.stop().await;
}

#[tokio::test]
async fn a_cursor_the_log_does_not_know_is_answered_with_a_snapshot() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    for strange in [1_000_000, -5, 0, i64::MAX, i64::MIN] {
        let mut live = ada.resume(strange).await;
        while live.snapshot.is_none() {
            assert!(live.next().await);
        }
    }
    server.stop().await;
}

#[tokio::test]
async fn an_orderly_restart_keeps_everything_and_everybody() {
    let (mut server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let mut live = ada.live().await;
    live.do_it(json!({ "type": "post_message", "text": "before" }))
        .await;
    live.do_it(json!({ "type": "raise_help", "message": "stuck" }))
        .await;
    let seen = live.seq;

    server.restart().await;
    assert_eq!(live.close_code().await, 1001);

    let mut back = ada.resume(seen).await;
    let id = Uuid::new_v4();
    let frame = json!({ "type": "post_message", "id": id, "text": "after" });
    back.send_json(&frame).await;
    back.ack(id).await;
    let snapshot = ada.live().await.snapshot.unwrap();
    let texts: Vec<&str> = snapshot
        .messages
        .iter()
        .map(|message| &*message.text)
        .collect();
    assert_eq!(texts, ["before", "after"]);
    assert_eq!(
        snapshot.you.help_request.unwrap().message.as_deref(),
        Some("stuck")
    );
    assert_eq!(snapshot.you.help_place.unwrap().place, 1);
    server.restart().await;
    let mut once_more = ada.live().await;
    once_more.send_json(&frame).await;
    once_more.ack(id).await;
    assert_eq!(ada.live().await.snapshot.unwrap().messages.len(), 2);
    server.stop().await;
}

#[tokio::test]
async fn while_another_program_holds_the_database_nothing_is_refused() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let mut live = ada.live().await;
    let mut other = SqliteConnectOptions::new()
        .filename(server.data_dir().join("open-codelabs.db"))
        .connect()
        .await
        .unwrap();
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut other)
        .await
        .unwrap();
    let id = Uuid::new_v4();
    let frame = json!({ "type": "post_message", "id": id, "text": "at last" });
    live.send_json(&frame).await;
    // Nobody decided: the page keeps the command.
    let problem = live.verdict(id).await.unwrap().put_off().unwrap();
    assert_eq!(problem.code, ProblemCode::Unavailable);

    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    other.close().await.unwrap();
    live.send_json(&frame).await;
    live.ack(id).await;
    assert_eq!(ada.live().await.snapshot.unwrap().messages.len(), 1);
    server.stop().await;
}

#[tokio::test]
async fn a_burst_of_one_attendee_reaches_everybody() {
    const BURST: usize = 500;
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let mut readers = Vec::new();
    for n in 0..5 {
        let person = server
            .join(&facilitator, &workshop, &format!("Reader {n}"))
            .await;
        readers.push(person.live().await);
    }
    let mut live = ada.live().await;
    let mut ids = Vec::new();
    for n in 0..BURST {
        ids.push(
            live.command(json!({ "type": "post_message", "text": format!("{n}") }))
                .await,
        );
    }
    let mut last = 0;
    for id in ids {
        last = live.ack(id).await.seq.max(last);
    }
    for reader in &mut readers {
        reader.caught_up(last).await;
        let messages = reader
            .events
            .iter()
            .filter(|event| matches!(event.body, EventBody::MessagePosted(_)))
            .count();
        assert_eq!(messages, BURST);
    }
    server.stop().await;
}

/// Lasts as long as the server waits for a reader: 20 seconds.
#[tokio::test]
async fn who_never_reads_is_closed_and_resumes_without_a_hole() {
    /// Together more than the system takes on behalf of who does not read.
    const BURSTS: usize = 60;
    const BURST: usize = 64;
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let mut board = facilitator.live(&workshop).await;
    let mut deaf = Live::open_narrow(&ada.browser, &ada.workshop)
        .await
        .expect("the upgrade is accepted");
    let seen = ada.joined.snapshot.seq;
    let hello = json!({ "type": "hello", "protocol": protocol::PROTOCOL, "after": seen });
    deaf.send_json(&hello).await;
    board.until("Ada is online", online(ada.seat())).await;

    // Everybody else goes on as if nothing were the matter. So much is beyond an
    // attendee's budget.
    let mut live = facilitator.live(&workshop).await;
    let long = "all that can be said ".repeat(90);
    let mut last = 0;
    for _ in 0..BURSTS {
        let mut ids = Vec::new();
        for _ in 0..BURST {
            let message = json!({ "type": "post_message", "text": long });
            ids.push(live.command(message).await);
        }
        for id in ids {
            last = live.ack(id).await.seq.max(last);
        }
        board.caught_up(last).await;
    }

    board.until("Ada is given up", offline(ada.seat())).await;
    drop(deaf);
    let mut back = ada.resume(seen).await;
    back.caught_up(last).await;
    let posted = |event: &&EventMessage| matches!(event.body, EventBody::MessagePosted(_));
    // All that was said, or a snapshot in its place: never a part of it.
    match &back.snapshot {
        None => assert_eq!(back.events.iter().filter(posted).count(), BURSTS * BURST),
        Some(snapshot) => assert_eq!(snapshot.messages.len(), 200),
    }
    server.stop().await;
}

#[tokio::test]
async fn an_attendee_hears_nothing_that_is_not_theirs() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let mallory = server.join(&facilitator, &workshop, "Mallory").await;
    let (codelab, step) = ada.step(2);
    let mut spy = mallory.live().await;
    let mut live = ada.live().await;
    live.do_it(json!({ "type": "enter_step", "codelab": codelab, "step": step }))
        .await;
    live.do_it(json!({ "type": "raise_help", "message": "private trouble" }))
        .await;
    let last = live
        .do_it(json!({ "type": "post_message", "text": "public" }))
        .await
        .seq;
    spy.caught_up(last).await;
    let kinds: Vec<_> = spy.events.iter().map(|event| &event.body).collect();
    assert!(
        matches!(kinds[..], [EventBody::MessagePosted(_)]),
        "only what is said to everybody: {kinds:?}"
    );
    let presence = spy
        .heard
        .iter()
        .any(|message| matches!(message, ServerMessage::Presence(_)));
    assert!(!presence, "who is connected is for facilitators");

    let code = facilitator.lobby(&workshop).await.join_code;
    let mut pages = vec![serde_json::to_string(&mallory.live().await.snapshot).unwrap()];
    let id = workshop.id.0;
    for path in [
        format!("/api/v1/workshops/{id}/snapshot"),
        format!("/api/v1/workshops/{id}/messages"),
        "/api/v1/entrance".to_owned(),
    ] {
        pages.push(
            mallory
                .browser
                .get_response(&path)
                .await
                .text()
                .await
                .unwrap(),
        );
    }
    for page in pages {
        for secret in ["private trouble", "Ada\",\"ordinal", code.as_str()] {
            let allowed = secret.starts_with("Ada") && page.contains("public");
            assert!(
                allowed || !page.contains(secret),
                "{secret} leaks in {page}"
            );
        }
    }
    server.stop().await;
}

#[tokio::test]
async fn facilitators_see_who_comes_and_goes() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let mut board = facilitator.live(&workshop).await;
    let live = ada.live().await;
    let seat = ada.seat();
    board.until("Ada is online", online(seat)).await;
    drop(live);
    board.until("Ada is away", offline(seat)).await;
    server.stop().await;
}

#[tokio::test]
async fn three_hundred_people_behind_one_address_join_at_once() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let code = facilitator.lobby(&workshop).await.join_code;
    let mut joining = tokio::task::JoinSet::new();
    for n in 0..300 {
        let (browser, workshop, code) = (server.browser(), workshop.clone(), code.clone());
        joining.spawn(async move {
            Attendee::join(browser, &workshop, &format!("Person {n}"), Some(&code))
                .await
                .seat()
        });
    }
    let mut seats = joining.join_all().await;
    seats.sort_unstable();
    let expected: Vec<u32> = (2..=301).collect();
    assert_eq!(seats, expected, "everybody has a seat of their own");
    server.stop().await;
}

fn online(seat: u32) -> impl Fn(&ServerMessage) -> Option<()> {
    move |message| match message {
        ServerMessage::Presence(presence) if presence.online.contains(&seat) => Some(()),
        _ => None,
    }
}

fn offline(seat: u32) -> impl Fn(&ServerMessage) -> Option<()> {
    move |message| match message {
        ServerMessage::Presence(presence) if presence.offline.contains(&seat) => Some(()),
        _ => None,
    }
}
