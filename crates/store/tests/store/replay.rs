//! Replay is truth: whatever people do, the folded log is the state, and the
//! log projected again gives the same tables, row for row.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    CodelabId, FacilitatorId, SeatId, Seq,
    workshop::{Admission, Command, Event, HelpStatus, WorkshopState, apply},
};
use proptest::prelude::*;
use sqlx::SqliteConnection;
use store::PageRequest;

use crate::{
    any::{Action, action},
    support::{PROJECTIONS, Room, TestStore, dump, name, step},
};

/// Plays the actions in a room, committing in batches as the server does.
async fn play(store: &TestStore, workshop: u64, code: &str, actions: Vec<Action>) -> Room {
    let (mut room, start) = Room::start(workshop, code);
    let mut batch = vec![start, room.join_as_facilitator(1), room.join("Ada")];
    for action in actions {
        let entry = match action {
            Action::Join(who) => room.admit(Admission::Attendee {
                name: name(who),
                code: None,
            }),
            Action::Facilitate(id) => room.admit(Admission::Facilitator {
                id: FacilitatorId::from_bits(id),
                name: name("Grace"),
            }),
            Action::Act(seat, command) => room.command(SeatId::new(seat), command),
            Action::Revise(codelab, revision, steps) => room.revise(codelab, revision, steps),
            Action::Commit => {
                store.append(room.id, &batch).await.unwrap();
                batch.clear();
                continue;
            }
        };
        // What is rejected leaves no trace.
        batch.extend(entry.ok().flatten());
    }
    store.append(room.id, &batch).await.unwrap();
    room
}

async fn rows<T>(connection: &mut SqliteConnection, room: &Room, sql: &'static str) -> Vec<T>
where
    T: for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow> + Send + Unpin,
{
    sqlx::query_as(sql)
        .bind(room.id.to_bits().cast_signed())
        .fetch_all(connection)
        .await
        .unwrap()
}

/// The tables say about the room what its state says.
async fn assert_tables_say(store: &TestStore, raw: &mut SqliteConnection, room: &Room) {
    let state = &room.state;
    let completed: BTreeSet<(i64, i64)> = rows(
        raw,
        room,
        "SELECT seat_id, step_id FROM completed_steps WHERE workshop_id = ?1",
    )
    .await
    .into_iter()
    .collect();
    let progress = || {
        let seats = state.seats().iter();
        seats.flat_map(|seat| {
            seat.progress
                .values()
                .map(move |p| (i64::from(seat.id.get()), p))
        })
    };
    let expected = progress()
        .flat_map(|(seat, p)| {
            p.completed
                .iter()
                .map(move |s| (seat, s.to_bits().cast_signed()))
        })
        .collect();
    assert_eq!(completed, expected);

    let current: BTreeSet<(i64, i64, i64)> = rows(
        raw,
        room,
        "SELECT seat_id, current_step_id, entered_at_ms FROM seat_progress WHERE workshop_id = ?1",
    )
    .await
    .into_iter()
    .collect();
    let expected = progress()
        .filter_map(|(seat, p)| {
            Some((
                seat,
                p.current?.to_bits().cast_signed(),
                p.entered_at?.as_ms(),
            ))
        })
        .collect();
    assert_eq!(current, expected);

    let seats: Vec<(i64, String, i64, Option<i64>)> = rows(
        raw,
        room,
        "SELECT id, name, ordinal, last_codelab_id FROM seats WHERE workshop_id = ?1 ORDER BY id",
    )
    .await;
    let bits = |id: CodelabId| id.to_bits().cast_signed();
    let expected: Vec<_> = state
        .seats()
        .iter()
        .map(|seat| {
            let (id, name) = (seat.id.get().into(), seat.name.as_str().to_owned());
            (id, name, seat.ordinal.into(), seat.last_codelab.map(bits))
        })
        .collect();
    assert_eq!(seats, expected);

    assert_help_table_says(raw, room).await;

    let agenda: Vec<(i64, i64, String)> = rows(
        raw,
        room,
        "SELECT codelab_id, revision, title FROM workshop_codelabs
         WHERE workshop_id = ?1 ORDER BY position",
    )
    .await;
    let expected: Vec<_> = state
        .agenda()
        .iter()
        .map(|c| (bits(c.codelab), c.revision.into(), (*c.title).to_owned()))
        .collect();
    assert_eq!(agenda, expected);

    let request = PageRequest {
        limit: 200,
        cursor: None,
    };
    let summaries = store.workshops(request).await.unwrap().items;
    let summary = summaries.iter().find(|s| s.id == room.id).unwrap();
    assert_eq!(summary.status, state.status());
    let attendees = state
        .seats()
        .iter()
        .filter(|seat| seat.facilitator().is_err());
    assert_eq!(
        usize::try_from(summary.attendees).unwrap(),
        attendees.count()
    );
    assert_eq!(
        usize::try_from(summary.messages).unwrap(),
        state.messages().len()
    );
}

/// The newest claim stays with a request that was closed; one that was handed
/// back has none.
async fn assert_help_table_says(raw: &mut SqliteConnection, room: &Room) {
    let help: Vec<(i64, String, Option<i64>, Option<i64>)> = rows(
        raw,
        room,
        "SELECT id, status, claimed_by, closed_by FROM help_requests
         WHERE workshop_id = ?1 ORDER BY id",
    )
    .await;
    let mut claims = BTreeMap::new();
    for recorded in &room.log {
        if let Event::HelpClaimed { id, by, .. } = recorded.event {
            claims.insert(id, by);
        } else if let Event::HelpHandedBack { id, .. } = recorded.event {
            claims.remove(&id);
        }
    }
    let expected = room.state.help_requests().iter().map(|request| {
        let (status, closed_by) = match request.status {
            HelpStatus::Open => ("open", None),
            HelpStatus::Claimed { .. } => ("claimed", None),
            HelpStatus::Resolved { by, .. } => ("resolved", Some(by)),
            HelpStatus::Withdrawn { .. } => ("withdrawn", Some(request.seat)),
        };
        let claimed_by = claims.get(&request.id).map(|by| by.get().into());
        let closed_by = closed_by.map(|by| by.get().into());
        (
            request.id.get().into(),
            status.to_owned(),
            claimed_by,
            closed_by,
        )
    });
    assert_eq!(help, expected.collect::<Vec<_>>());
}

async fn replays(first: Vec<Action>, second: Vec<Action>) {
    let store = TestStore::new().await;
    let rooms = [
        play(&store, 1, "K7M3PQ", first).await,
        play(&store, 2, "ABCDEF", second).await,
    ];
    let mut raw = store.raw().await;
    for room in &rooms {
        let events = store
            .events_after(room.id, Seq::default(), u32::MAX)
            .await
            .unwrap();
        let mut folded = WorkshopState::default();
        for event in &events {
            apply(&mut folded, event);
        }
        assert_eq!(folded, room.state);
        let loaded = store.load_workshop(room.id).await.unwrap().unwrap();
        assert_eq!(loaded.state, room.state);
        assert_tables_say(&store, &mut raw, room).await;
    }
    let before = dump(&mut raw, &PROJECTIONS).await;
    assert_eq!(store.verify_projections().await.unwrap(), []);
    store.rebuild_projections().await.unwrap();
    assert_eq!(dump(&mut raw, &PROJECTIONS).await, before);
}

#[tokio::test]
async fn what_the_log_does_not_say_is_found_and_left_as_it_is() {
    let store = TestStore::new().await.forged();
    let mut room = store.started(1).await;
    let entries = [
        room.join("Ada"),
        room.act(1, Command::EnterStep(step(1, 1))),
    ];
    store.append(room.id, &entries).await.unwrap();
    assert_eq!(store.verify_projections().await.unwrap(), []);

    let mut raw = store.raw().await;
    for change in [
        "UPDATE seats SET name = 'Eve'",
        "DELETE FROM seat_progress",
        "INSERT INTO completed_steps SELECT workshop_id, id, 1, 11, 5 FROM seats",
    ] {
        sqlx::query(change).execute(&mut raw).await.unwrap();
    }
    let before = dump(&mut raw, &PROJECTIONS).await;
    let found = store.verify_projections().await.unwrap();
    let found: Vec<(&str, bool)> = found
        .iter()
        .map(|difference| (&*difference.table, difference.is_stored))
        .collect();
    assert_eq!(
        found,
        [
            ("completed_steps", true),
            ("seat_progress", false),
            ("seats", false),
            ("seats", true)
        ]
    );
    assert_eq!(
        dump(&mut raw, &PROJECTIONS).await,
        before,
        "looked at, not changed"
    );
}

proptest! {
    // Each case opens a database of its own and commits durably.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn replay_is_truth(
        first in prop::collection::vec(action(), 0..80),
        second in prop::collection::vec(action(), 0..20),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(replays(first, second));
    }
}
