//! Lists of workshops.

use domain::{
    AnnouncementText, JoinCode, MessageText, WorkshopId,
    workshop::{Command, MessageBody, Status},
};
use store::{PageRequest, StoreError};

use crate::support::{PROJECTIONS, Room, TestStore, dump};

fn page(limit: u32, cursor: Option<String>) -> PageRequest {
    PageRequest { limit, cursor }
}

#[tokio::test]
async fn the_history_counts_and_pages() {
    let store = TestStore::new().await;
    for id in 1..=5 {
        let (room, mut start) = Room::start(id, "K7M3PQ");
        // Three start in the same moment; the id decides their order.
        start.events[0].at = domain::Timestamp::from_ms(if id < 4 { 7 } else { 9 });
        let mut room = room;
        let mut entries = vec![start, room.join_as_facilitator(9)];
        entries.extend((0..id).map(|n| room.join(&format!("Ada {n}"))));
        let text = MessageText::parse("hi").unwrap();
        entries.push(room.act(1, Command::PostMessage(MessageBody::text(text))));
        let text = AnnouncementText::parse("all").unwrap();
        entries.push(room.act(
            1,
            Command::Announce {
                text,
                pinned: false,
            },
        ));
        if id < 5 {
            entries.push(room.act(1, Command::EndWorkshop));
        }
        store.append(room.id, &entries).await.unwrap();
    }

    let mut cursor = None;
    let mut ids = Vec::new();
    loop {
        let found = store.workshops(page(2, cursor)).await.unwrap();
        ids.extend(found.items.iter().map(|item| item.id.to_bits()));
        cursor = found.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(ids, [5, 4, 3, 2, 1]);

    let all = store.workshops(page(200, None)).await.unwrap().items;
    assert_eq!(all[0].status, Status::Live);
    assert_eq!(all[0].ended_at, None);
    assert_eq!(
        (all[0].attendees, all[0].messages, all[0].help_requests),
        (5, 2, 0)
    );
    assert_eq!(all[0].codelab_titles, ["Codelab 1", "Codelab 2"]);
    assert!(matches!(all[1].status, Status::Ended { at } if Some(at) == all[1].ended_at));
    assert_eq!(
        store.live_workshops().await.unwrap(),
        [WorkshopId::from_bits(5)]
    );
}

#[tokio::test]
async fn a_foreign_cursor_is_refused() {
    let store = TestStore::new().await;
    for cursor in ["", "2", "zz", "ffffffffffffffffffffffffffffffff"] {
        let found = store.workshops(page(2, Some(cursor.to_owned()))).await;
        assert!(matches!(found, Err(StoreError::BadCursor)), "{cursor}");
    }
}

#[tokio::test]
async fn a_join_code_leads_to_the_live_workshop() {
    let store = TestStore::new().await;
    let code = JoinCode::parse("K7M3PQ").unwrap();
    assert_eq!(store.workshop_by_join_code(&code).await.unwrap(), None);

    let (mut first, start) = Room::start(8, "K7M3PQ");
    let entries = [start, first.join_as_facilitator(9)];
    store.append(first.id, &entries).await.unwrap();
    assert_eq!(
        store.workshop_by_join_code(&code).await.unwrap(),
        Some(first.id)
    );

    let (second, start) = Room::start(3, "K7M3PQ");
    let taken = store.append(second.id, std::slice::from_ref(&start)).await;
    assert!(
        matches!(taken, Err(StoreError::Database(_))),
        "two live workshops, one code"
    );

    let end = first.act(1, Command::EndWorkshop);
    store.append(first.id, &[end]).await.unwrap();
    assert_eq!(store.workshop_by_join_code(&code).await.unwrap(), None);
    store.append(second.id, &[start]).await.unwrap();
    assert_eq!(
        store.workshop_by_join_code(&code).await.unwrap(),
        Some(second.id)
    );

    // Projected again, the code is first the ended workshop's.
    let mut raw = store.raw().await;
    let before = dump(&mut raw, &PROJECTIONS).await;
    store.rebuild_projections().await.unwrap();
    assert_eq!(dump(&mut raw, &PROJECTIONS).await, before);
}
