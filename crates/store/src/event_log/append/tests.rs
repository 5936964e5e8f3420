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

async fn limit_pages(store: &Store, pages: &'static str) {
    sqlx::query(pages)
        .execute(store.writer().unwrap())
        .await
        .unwrap();
}

#[tokio::test]
async fn a_full_database_is_told_and_leaves_nothing_half_written() {
    let dir = TempDir::new().unwrap();
    let store = Store::open(dir.path()).await.unwrap();
    let workshop = WorkshopId::from_bits(1);
    store.append(workshop, &[start()]).await.unwrap();
    // SQLite takes this for "no more than there are already".
    limit_pages(&store, "PRAGMA max_page_count = 1").await;

    let entries = joins(2_000);
    let error = store.append(workshop, &entries).await.unwrap_err();
    assert!(matches!(error, StoreError::Full), "{error}");
    let events = store.events_after(workshop, Seq::default(), 10).await;
    assert_eq!(events.unwrap().len(), 1);

    limit_pages(&store, "PRAGMA max_page_count = 4294967294").await;
    store.append(workshop, &entries).await.unwrap();
    let loaded = store.load_workshop(workshop).await.unwrap().unwrap();
    assert_eq!(loaded.state.seats().len(), 2_000);
    store.close().await;

    let store = Store::open(dir.path()).await.unwrap();
    let loaded = store.load_workshop(workshop).await.unwrap().unwrap();
    assert_eq!(loaded.answers.len(), 2_001);
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
