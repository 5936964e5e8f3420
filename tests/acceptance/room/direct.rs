//! Direct messages: between one attendee and the facilitators.

use protocol::{EventBody, Message, MessageKind, MessagePage, ProblemCode};
use serde_json::{Value, json};

use crate::people::{Room, say};

fn direct(with: Option<u32>, text: &str) -> Value {
    match with {
        Some(seat) => json!({ "type": "post_direct_message", "with": seat, "text": text }),
        None => json!({ "type": "post_direct_message", "text": text }),
    }
}

fn direct_message(event: &EventBody) -> Option<Message> {
    match event {
        EventBody::DirectMessagePosted(posted) => Some(posted.message.clone()),
        _ => None,
    }
}

#[tokio::test]
async fn an_attendee_writes_to_the_facilitators_and_either_answers() {
    let (room, mut lives) = Room::open().await;
    let ada = room.ada.seat();
    lives.ada.do_it(direct(None, "May I leave at four?")).await;
    for live in [&mut lives.grace, &mut lives.linus] {
        let message = live.event("Ada's question", direct_message).await;
        assert_eq!(
            (message.kind, &*message.text),
            (MessageKind::Direct, "May I leave at four?")
        );
        assert_eq!(message.with.unwrap().seat, ada);
    }
    let mut answer = direct(Some(ada), "Of course");
    answer["replyTo"] = json!(1);
    let last = lives.linus.do_it(answer).await.seq;
    let told = |event: &EventBody| direct_message(event).filter(|m| &*m.text == "Of course");
    let message = lives.ada.event("Linus's answer", told).await;
    assert_eq!((&*message.from.name, message.reply_to), ("Linus", Some(1)));
    lives.grace.event("Linus's answer", told).await;

    // Bob hears nothing of it, now or later.
    let end = lives.grace.do_it(say("to all")).await.seq;
    lives.bob.caught_up(end).await;
    assert!(end > last);
    assert!(
        !lives
            .bob
            .events
            .iter()
            .any(|event| direct_message(&event.body).is_some())
    );
    assert!(room.seen_by(&room.bob).await.direct_messages.is_empty());
    let snapshot = room.seen_by(&room.ada).await;
    assert_eq!(snapshot.direct_messages.len(), 2);
    assert_eq!(snapshot.messages.len(), 1, "apart from what is said to all");
    room.server.stop().await;
}

#[tokio::test]
async fn direct_messages_go_to_nobody_else() {
    let (room, mut lives) = Room::open().await;
    let (ada, bob) = (room.ada.seat(), room.bob.seat());
    let grace = lives.grace.snapshot.as_ref().unwrap().you.person.seat;
    let refused = lives.ada.refused(direct(Some(bob), "psst")).await;
    assert_eq!(refused.code, ProblemCode::NotAFacilitator);
    let refused = lives.ada.refused(direct(Some(grace), "psst")).await;
    assert_eq!(refused.code, ProblemCode::NotAFacilitator);
    for with in [None, Some(grace)] {
        let refused = lives.linus.refused(direct(with, "psst")).await;
        assert_eq!(refused.code, ProblemCode::NotAnAttendee);
    }
    let refused = lives.grace.refused(direct(Some(99), "psst")).await;
    assert_eq!(refused.code, ProblemCode::UnknownSeat);
    // Bob cannot touch what he does not see.
    lives.ada.do_it(direct(Some(ada), "secret")).await;
    for command in [
        json!({ "type": "react", "message": 1, "reaction": "eyes", "on": true }),
        json!({ "type": "delete_message", "message": 1 }),
        json!({ "type": "post_message", "text": "what?", "replyTo": 1 }),
    ] {
        let refused = lives.bob.refused(command).await;
        assert_eq!(refused.code, ProblemCode::MessageNotFound);
    }
    let pinned = json!({ "type": "pin_message", "message": 1, "pinned": true });
    assert_eq!(
        lives.grace.refused(pinned).await.code,
        ProblemCode::MessageIsDirect
    );
    room.server.stop().await;
}

#[tokio::test]
async fn a_conversation_is_read_back_in_pages() {
    let (room, mut lives) = Room::open().await;
    let ada = room.ada.seat();
    for n in [1, 41, 81] {
        let part = (n..n + 40).map(|n| direct(None, &format!("{n}")));
        lives.ada.do_all(part).await;
        lives.bob.do_it(direct(None, "Bob's")).await;
        lives.bob.do_it(say("to all")).await;
    }
    let texts = |page: &MessagePage| -> Vec<String> {
        page.items
            .iter()
            .map(|message| message.text.to_string())
            .collect()
    };
    let numbers = |range: std::ops::RangeInclusive<u32>| -> Vec<String> {
        range.map(|n| n.to_string()).collect()
    };
    for reader in [&room.ada.browser, &room.linus.browser] {
        let newest: MessagePage = reader
            .get(&room.path(&format!("messages?with={ada}")))
            .await;
        assert_eq!(
            (texts(&newest), newest.has_older),
            (numbers(21..=120), true)
        );
        let before = newest.items[0].id;
        let path = room.path(&format!("messages?with={ada}&before={before}"));
        let older: MessagePage = reader.get(&path).await;
        assert_eq!((texts(&older), older.has_older), (numbers(1..=20), false));
    }
    let all: MessagePage = room.ada.browser.get(&room.path("messages")).await;
    assert_eq!(
        (texts(&all), all.has_older),
        (vec!["to all".to_owned(); 3], false)
    );
    let foreign = room.path(&format!("messages?with={}", room.bob.seat()));
    let refused = room.ada.browser.get_refused(&foreign).await;
    assert_eq!(refused.code, ProblemCode::NotAFacilitator);
    let empty: MessagePage = room.grace.browser.get(&room.path("messages?with=99")).await;
    assert!(empty.items.is_empty() && !empty.has_older);
    room.server.stop().await;
}

#[tokio::test]
async fn a_snapshot_holds_the_newest_of_each_kind() {
    let (room, mut lives) = Room::open().await;
    lives.grace.do_it(direct(Some(room.ada.seat()), "0")).await;
    let all = (1..201).map(|n| direct(None, &format!("{n}")));
    lives.ada.do_all(all).await;
    lives.ada.do_it(say("one to all")).await;
    let snapshot = room.seen_by(&room.ada).await;
    assert_eq!(snapshot.direct_messages.len(), 200);
    assert_eq!(&*snapshot.direct_messages[0].text, "1");
    assert_eq!(
        (snapshot.messages.len(), snapshot.has_older_messages),
        (1, false)
    );
    room.server.stop().await;
}
