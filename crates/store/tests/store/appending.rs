//! One transaction: all of it or nothing.

use domain::{
    CommandId, MessageText, Seq,
    workshop::{Command, MessageBody, WorkshopState, apply},
};
use store::{Entry, Issuer, StoreError};

use crate::support::{Room, TestStore, dump, number, secret, step};

pub(crate) fn say(text: &str) -> Command {
    Command::PostMessage(MessageBody::text(MessageText::parse(text).unwrap()))
}

const EVERYTHING: [&str; 10] = [
    "events",
    "answers",
    "seat_tokens",
    "resume_codes",
    "workshops",
    "workshop_codelabs",
    "seats",
    "seat_progress",
    "completed_steps",
    "help_requests",
];

/// Appends what must fail, and sees that nothing of it was written.
async fn refused(store: &TestStore, room: &Room, entries: &[Entry]) -> StoreError {
    let mut raw = store.raw().await;
    let before = dump(&mut raw, &EVERYTHING).await;
    let error = store.append(room.id, entries).await.unwrap_err();
    assert_eq!(dump(&mut raw, &EVERYTHING).await, before);
    error
}

#[tokio::test]
async fn a_workshop_is_read_back_as_it_was_written() {
    let store = TestStore::new().await;
    let mut room = store.started(1).await;
    let entries = [
        room.join_as_facilitator(9),
        room.join("Ada"),
        room.act(2, Command::EnterStep(step(1, 1))),
        room.act(2, say("hello")),
    ];
    store.append(room.id, &entries).await.unwrap();

    let store = store.reopened().await;
    let loaded = store.load_workshop(room.id).await.unwrap().unwrap();
    assert_eq!(loaded.state, room.state);
    assert_eq!(loaded.answers.len(), 4);
    for entry in &entries {
        let seq = loaded.answers.get(&entry.answered.unwrap());
        assert_eq!(seq, Some(&entry.events.last().unwrap().seq));
    }
    let (_, command) = entries[1].answered.unwrap();
    assert_eq!(loaded.join_seats.get(&command).unwrap().get(), 2);
    assert_eq!(loaded.join_seats.len(), 2);

    let seat = store.seat_of_token(secret(&format!("token {} 2", room.id)));
    assert_eq!(seat.await.unwrap().unwrap().seat.get(), 2);
}

#[tokio::test]
async fn there_is_nothing_before_the_start() {
    let store = TestStore::new().await;
    let (mut room, start) = Room::start(1, "K7M3PQ");
    assert!(store.load_workshop(room.id).await.unwrap().is_none());
    store.append(room.id, &[]).await.unwrap();
    assert!(store.load_workshop(room.id).await.unwrap().is_none());

    let join = room.join("Ada");
    let error = refused(&store, &room, &[join]).await;
    assert!(matches!(error, StoreError::NotNext { expected, .. } if expected == Seq::new(1)));
    store.append(room.id, &[start]).await.unwrap();
}

#[tokio::test]
async fn a_clash_in_the_middle_writes_nothing() {
    let store = TestStore::new().await;
    let mut room = store.started(1).await;
    let first = room.join("Ada");
    store
        .append(room.id, std::slice::from_ref(&first))
        .await
        .unwrap();

    let error = refused(&store, &room, &[first]).await;
    assert!(
        matches!(error, StoreError::NotNext { .. }),
        "written before"
    );

    let (second, lost, fourth) = (room.join("Bob"), room.join("Eve"), room.join("Dan"));
    let error = refused(&store, &room, &[second.clone(), fourth.clone()]).await;
    assert!(
        matches!(error, StoreError::NotNext { .. }),
        "a gap between entries"
    );
    let error = refused(&store, &room, std::slice::from_ref(&lost)).await;
    assert!(
        matches!(error, StoreError::NotNext { .. }),
        "a gap before the first"
    );

    store
        .append(room.id, &[second, lost, fourth])
        .await
        .unwrap();
}

#[tokio::test]
async fn a_command_is_carried_out_once() {
    let store = TestStore::new().await;
    let mut room = store.started(1).await;
    let join = room.join("Ada");
    let key = join.answered;
    store.append(room.id, &[join]).await.unwrap();

    let mut again = room.join("Ada");
    again.answered = key;
    let error = refused(&store, &room, &[again.clone()]).await;
    assert!(matches!(error, StoreError::AlreadyAnswered));

    let mut twin = room.act(1, say("once"));
    twin.answered = Some((Issuer::Entrance, CommandId::from_bits(77)));
    again.answered = twin.answered;
    let error = refused(&store, &room, &[again.clone(), twin.clone()]).await;
    assert!(
        matches!(error, StoreError::InvalidEntry(_)),
        "a message is no seat"
    );

    again.answered = Some((
        Issuer::Seat(domain::SeatId::new(1)),
        CommandId::from_bits(7),
    ));
    twin.answered = again.answered;
    let error = refused(&store, &room, &[again, twin]).await;
    assert!(
        matches!(error, StoreError::AlreadyAnswered),
        "twice in one call"
    );
}

#[tokio::test]
async fn the_same_command_of_two_seats_is_two_commands() {
    let store = TestStore::new().await;
    let mut room = store.started(1).await;
    let mut entries = [
        room.join("Ada"),
        room.join("Bob"),
        room.act(1, say("hi")),
        room.act(2, say("hi")),
    ];
    let id = CommandId::from_bits(u128::MAX);
    for entry in &mut entries[2..] {
        entry.answered = entry.answered.map(|(issuer, _)| (issuer, id));
    }
    store.append(room.id, &entries).await.unwrap();
    let loaded = store.load_workshop(room.id).await.unwrap().unwrap();
    let of_id = loaded.answers.keys().filter(|(_, command)| *command == id);
    assert_eq!(of_id.count(), 2);
}

#[tokio::test]
async fn a_log_has_one_start_and_no_empty_entry() {
    let store = TestStore::new().await;
    let mut room = store.started(1).await;
    let (_, mut start) = Room::start(1, "K7M3PQ");
    start.events[0].seq = room.state.seq().next();
    let error = refused(&store, &room, &[start]).await;
    assert!(matches!(error, StoreError::InvalidEntry(_)));

    let mut empty = room.join("Ada");
    empty.events.clear();
    let error = refused(&store, &room, &[empty]).await;
    assert!(matches!(error, StoreError::InvalidEntry(_)));
}

#[tokio::test]
async fn events_are_read_in_pieces() {
    let store = TestStore::new().await;
    let mut room = store.started(1).await;
    let (other, start) = Room::start(2, "ABCDEF");
    store.append(other.id, &[start]).await.unwrap();
    let entries: Vec<Entry> = (0..30).map(|n| room.join(&format!("Ada {n}"))).collect();
    store.append(room.id, &entries).await.unwrap();

    let mut state = WorkshopState::default();
    loop {
        let events = store.events_after(room.id, state.seq(), 7).await.unwrap();
        let Some(last) = events.last() else { break };
        assert!(last.seq.get() - state.seq().get() <= 7);
        for event in &events {
            apply(&mut state, event);
        }
    }
    assert_eq!(state, room.state);
}

#[tokio::test]
async fn a_long_log_is_loaded_whole() {
    let store = TestStore::new().await;
    let mut room = store.started(1).await;
    let mut entries = vec![room.join("Ada")];
    entries.extend((0..2_500).map(|n| room.act(1, say(&format!("message {n}")))));
    store.append(room.id, &entries).await.unwrap();
    let loaded = store.load_workshop(room.id).await.unwrap().unwrap();
    assert_eq!(loaded.state, room.state);
}

#[tokio::test]
async fn a_row_that_cannot_be_is_named() {
    let store = TestStore::new().await.forged();
    let mut room = store.started(1).await;
    let join = room.join("Ada");
    store.append(room.id, &[join]).await.unwrap();
    let mut raw = store.raw().await;
    sqlx::raw_sql("DROP TRIGGER events_never_change; UPDATE events SET payload = '{\"kind\":\"x\"}' WHERE seq = 2")
        .execute(&mut raw)
        .await
        .unwrap();
    let error = store.load_workshop(room.id).await.unwrap_err();
    assert!(matches!(
        error,
        StoreError::Inconsistency {
            table: "events",
            column: "payload",
            ..
        }
    ));
    assert!(error.to_string().contains("event 2 of workshop"));
}

#[tokio::test]
async fn events_never_change() {
    let store = TestStore::new().await;
    store.started(1).await;
    let mut raw = store.raw().await;
    let changed = sqlx::query("UPDATE events SET at_ms = 0")
        .execute(&mut raw)
        .await;
    assert!(
        changed
            .unwrap_err()
            .to_string()
            .contains("events never change")
    );
    assert_eq!(
        number(&mut raw, "SELECT COUNT(*) FROM events WHERE at_ms = 0").await,
        0
    );
}

/// More events than one statement takes.
#[tokio::test]
async fn a_long_log_comes_as_a_whole() {
    let store = TestStore::new().await;
    let mut room = store.started(1).await;
    let mut entries = vec![room.join_as_facilitator(9)];
    entries.extend((0..4500).map(|_| room.act(1, say("hello"))));
    store.append(room.id, &entries).await.unwrap();
    let loaded = store.load_workshop(room.id).await.unwrap().unwrap();
    assert_eq!(loaded.state, room.state);

    // What is wrong in the last portion takes the first with it.
    let mut more: Vec<Entry> = (0..4500).map(|_| room.act(1, say("hello"))).collect();
    let first = more[0].answered;
    more.last_mut().unwrap().answered = first;
    refused(&store, &room, &more).await;
}
