use std::future::Future as _;

use domain::{CommandId, JoinCode, Name, SeatId, WorkshopTitle, workshop::Role};
use tempfile::TempDir;

use super::*;

fn entry(seq: i64, event: Event) -> Entry {
    let command = CommandId::from_bits(seq.unsigned_abs().into());
    Entry {
        answered: Some((Issuer::Seat(SeatId::new(1)), command)),
        events: vec![Recorded {
            seq: Seq::new(seq),
            at: Timestamp::from_ms(seq),
            event,
        }],
        credential: None,
    }
}

fn start() -> Entry {
    let started = Event::WorkshopStarted {
        title: WorkshopTitle::parse("Git").unwrap(),
        join_code: JoinCode::parse("K7M3PQ").unwrap(),
        code_required: true,
        agenda: [].into(),
    };
    entry(1, started)
}

/// Seats 1, 2, 3, …
fn joins(count: u32) -> Vec<Entry> {
    let join = |seat| {
        let taken = Event::SeatTaken {
            seat: SeatId::new(seat),
            role: Role::Attendee,
            name: Name::parse("Ada").unwrap(),
            ordinal: seat,
        };
        entry(i64::from(seat) + 1, taken)
    };
    (1..=count).map(join).collect()
}

#[tokio::test]
async fn who_gives_up_waiting_for_an_append_leaves_the_writer_usable() {
    let dir = TempDir::new().unwrap();
    let store = Store::open(dir.path()).await.unwrap();
    let workshop = WorkshopId::from_bits(1);
    store.append(workshop, &[start()]).await.unwrap();
    let entries = joins(500);
    {
        let append = std::pin::pin!(store.append(workshop, &entries));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        assert!(append.poll(&mut context).is_pending());
    }
    store.append(workshop, &entries).await.unwrap();
    let loaded = store.load_workshop(workshop).await.unwrap().unwrap();
    assert_eq!(loaded.state.seats().len(), 500);
}

/// `(seq, chain)` of a workshop, as the database has it.
async fn chain_of(store: &Store) -> Vec<(i64, Option<Vec<u8>>)> {
    sqlx::query_as("SELECT seq, chain_sha256 FROM events ORDER BY seq")
        .fetch_all(store.writer().unwrap())
        .await
        .unwrap()
}

#[tokio::test]
async fn events_from_before_there_were_checksums_get_theirs() {
    let dir = TempDir::new().unwrap();
    let store = Store::open(dir.path()).await.unwrap();
    let workshop = WorkshopId::from_bits(1);
    store.append(workshop, &[start()]).await.unwrap();
    // More than are computed at once.
    store.append(workshop, &joins(1_500)).await.unwrap();
    let before = chain_of(&store).await;
    let forget =
        "UPDATE events SET chain_sha256 = NULL; DELETE FROM settings WHERE key = 'events_chained'";
    sqlx::raw_sql(forget)
        .execute(store.writer().unwrap())
        .await
        .unwrap();
    store.close().await;

    let store = Store::open(dir.path()).await.unwrap();
    assert_eq!(chain_of(&store).await, before);
    // Once all have one, a missing one is damage.
    let forget = "UPDATE events SET chain_sha256 = NULL WHERE seq = 7";
    sqlx::raw_sql(forget)
        .execute(store.writer().unwrap())
        .await
        .unwrap();
    store.close().await;
    let store = Store::open(dir.path()).await.unwrap();
    let error = store.load_workshop(workshop).await.unwrap_err();
    assert!(error.to_string().contains("event 7 of workshop"), "{error}");
}

#[tokio::test]
async fn a_changed_letter_is_found_and_a_known_change_is_not() {
    let dir = TempDir::new().unwrap();
    let store = Store::open(dir.path()).await.unwrap();
    let workshop = WorkshopId::from_bits(1);
    store.append(workshop, &[start()]).await.unwrap();
    store.append(workshop, &joins(20)).await.unwrap();
    let change = "DROP TRIGGER events_never_change;
        UPDATE events SET payload = replace(payload, 'Ada', 'Adb') WHERE seq = 9";
    sqlx::raw_sql(change)
        .execute(store.writer().unwrap())
        .await
        .unwrap();
    let error = store.load_workshop(workshop).await.unwrap_err();
    assert!(error.to_string().contains("event 9 of workshop"), "{error}");

    let mut tx = store.begin().await.unwrap();
    chain::rechain(&mut tx, 1, 9).await.unwrap();
    tx.commit().await.unwrap();
    let loaded = store.load_workshop(workshop).await.unwrap().unwrap();
    assert_eq!(loaded.state.seats().len(), 20);
    store
        .append(
            workshop,
            &[entry(22, Event::WorkshopEnded { by: SeatId::new(1) })],
        )
        .await
        .unwrap();
    assert!(store.load_workshop(workshop).await.is_ok());
}
