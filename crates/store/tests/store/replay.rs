//! Replay is truth: whatever people do, the folded log is the state, and the
//! log projected again gives the same tables, row for row.

use std::collections::BTreeSet;

use domain::{
    AnnouncementText, CodelabId, FacilitatorId, HelpRequestId, HelpText, MessageText, SeatId, Seq,
    workshop::{Admission, Command, HelpStatus, MessageBody, StepRef, WorkshopState, apply},
};
use proptest::{option, prelude::*};
use sqlx::SqliteConnection;
use store::PageRequest;

use crate::support::{PROJECTIONS, Room, TestStore, dump, name, step};

#[derive(Clone, Debug)]
enum Action {
    Join(&'static str),
    Facilitate(u64),
    Act(u32, Command),
    /// Commit what has gathered.
    Commit,
}

/// So few that things are done, undone and done again.
fn step_ref() -> impl Strategy<Value = StepRef> {
    prop_oneof![
        9 => (1..=2_u64, 1..=2_u64).prop_map(|(codelab, number)| step(codelab, number)),
        1 => Just(step(3, 4)), // not on the agenda
    ]
}

fn help_request() -> impl Strategy<Value = HelpRequestId> {
    (1..=4_u32).prop_map(HelpRequestId::new)
}

fn say(text: &str) -> MessageBody {
    MessageBody::text(MessageText::parse(text).unwrap())
}

fn command() -> impl Strategy<Value = Command> {
    let text = prop::sample::select(vec!["hi", "안녕\n\"'", "🦀 \\u0000"]);
    let help = prop::sample::select(vec!["stuck", "다시"]);
    let parse_help = |text: &str| HelpText::parse(text).unwrap();
    prop_oneof![
        6 => step_ref().prop_map(Command::EnterStep),
        4 => step_ref().prop_map(Command::CompleteStep),
        3 => step_ref().prop_map(Command::ReopenStep),
        2 => text.clone().prop_map(|t| Command::PostMessage(say(t))),
        1 => text.prop_map(|t| Command::Announce {
            text: AnnouncementText::parse(t).unwrap(),
            pinned: false,
        }),
        3 => (option::of(step_ref()), option::of(help.prop_map(parse_help)))
            .prop_map(|(at, message)| Command::RaiseHelp { at, message }),
        3 => help_request().prop_map(Command::ClaimHelp),
        2 => help_request().prop_map(Command::HandBackHelp),
        2 => help_request().prop_map(Command::ResolveHelp),
        2 => help_request().prop_map(Command::WithdrawHelp),
        1 => any::<bool>().prop_map(Command::RequireJoinCode),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        3 => prop::sample::select(vec!["Ada", "ada", "민수"]).prop_map(Action::Join),
        1 => (1..=2_u64).prop_map(Action::Facilitate),
        20 => (1..=4_u32, command()).prop_map(|(seat, command)| Action::Act(seat, command)),
        4 => Just(Action::Commit),
        // Rare, since nothing happens after it.
        1 => (1..=40_u32).prop_map(|seat| Action::Act(seat, Command::EndWorkshop)),
    ]
}

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

    let help: Vec<(i64, String)> = rows(
        raw,
        room,
        "SELECT id, status FROM help_requests WHERE workshop_id = ?1 ORDER BY id",
    )
    .await;
    let status = |status| match status {
        HelpStatus::Open => "open",
        HelpStatus::Claimed { .. } => "claimed",
        HelpStatus::Resolved { .. } => "resolved",
        HelpStatus::Withdrawn { .. } => "withdrawn",
    };
    let expected: Vec<_> = state
        .help_requests()
        .iter()
        .map(|request| (request.id.get().into(), status(request.status).to_owned()))
        .collect();
    assert_eq!(help, expected);

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
