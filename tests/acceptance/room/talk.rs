//! What is said to all: pins, reactions, deletion, mute, slow mode, code.

use protocol::{EventBody, Message, ProblemCode, Reaction};
use serde_json::{Value, json};

use crate::people::{Room, find, say};

fn react(message: u32, on: bool) -> Value {
    json!({ "type": "react", "message": message, "reaction": "party", "on": on })
}

fn pin(message: u32, pinned: bool) -> Value {
    json!({ "type": "pin_message", "message": message, "pinned": pinned })
}

fn delete(message: u32) -> Value {
    json!({ "type": "delete_message", "message": message })
}

fn posted(event: &EventBody) -> Option<Message> {
    match event {
        EventBody::MessagePosted(posted) => Some(posted.message.clone()),
        _ => None,
    }
}

#[tokio::test]
async fn an_answer_points_at_its_question_and_calls_people_by_name() {
    let (room, mut lives) = Room::open().await;
    let linus = lives.linus.snapshot.as_ref().unwrap().you.person.seat;
    lives.ada.do_it(say("Which version?")).await;
    let answer = json!({
        "type": "post_message", "text": "The newest, says Linus", "replyTo": 1,
        "mentions": [linus, room.ada.seat(), room.bob.seat()],
    });
    lives.bob.do_it(answer).await;
    let found = |event: &EventBody| posted(event).filter(|m| m.reply_to == Some(1));
    let message = lives.ada.event("Bob's answer", found).await;
    let called: Vec<&str> = message.mentions.iter().map(|who| &*who.name).collect();
    assert_eq!(called, ["Ada", "Linus"], "Bob has not written before");
    let many = json!({ "type": "post_message", "text": "all", "mentions": vec![1; 21] });
    assert_eq!(
        lives.ada.refused(many).await.code,
        ProblemCode::InvalidRequest
    );
    room.server.stop().await;
}

#[tokio::test]
async fn what_is_pinned_stays_in_sight() {
    let (room, mut lives) = Room::open().await;
    let pinned = json!({ "type": "announce", "text": "Wi-Fi: guest", "pinned": true });
    lives.linus.do_it(pinned).await;
    lives.ada.do_it(say("The slides are on the table")).await;
    assert_eq!(
        lives.ada.refused(pin(2, true)).await.code,
        ProblemCode::NotAFacilitator
    );
    lives.grace.do_it(pin(2, true)).await;
    lives
        .bob
        .event("Ada's message is pinned", |event| match event {
            EventBody::MessagePinned(pinned) if pinned.message == 2 => pinned.pinned.then_some(()),
            _ => None,
        })
        .await;
    for n in 3..=5 {
        lives.ada.do_it(say(&format!("{n}"))).await;
        lives.grace.do_it(pin(n, true)).await;
    }
    lives.ada.do_it(say("one too many")).await;
    assert_eq!(
        lives.grace.refused(pin(6, true)).await.code,
        ProblemCode::TooManyPinned
    );
    lives.grace.do_it(pin(3, false)).await;
    lives.grace.do_it(pin(6, true)).await;
    // Also for who comes when they have long scrolled away.
    let chat = (0..200).map(|n| say(&format!("chat {n}")));
    lives.bob.do_all(chat).await;
    let snapshot = room.seen_by(&room.ada).await;
    let pinned: Vec<u32> = snapshot.pinned.iter().map(|message| message.id).collect();
    assert_eq!(pinned, [1, 2, 4, 5, 6]);
    assert!(snapshot.messages.iter().all(|message| !message.pinned));
    room.server.stop().await;
}

#[tokio::test]
async fn reactions_are_counted_by_person() {
    let (room, mut lives) = Room::open().await;
    lives.ada.do_it(say("It works!")).await;
    lives.bob.do_it(react(1, true)).await;
    lives.bob.do_it(react(1, true)).await;
    lives.grace.do_it(react(1, true)).await;
    let heard = |on| {
        move |event: &EventBody| match event {
            EventBody::Reacted(reacted) if reacted.on == on => Some(reacted.seat),
            _ => None,
        }
    };
    let bob = room.bob.seat();
    assert_eq!(lives.ada.event("Bob's reaction", heard(true)).await, bob);
    let snapshot = room.seen_by(&room.ada).await;
    let reactions = &find(&snapshot.messages, "It works!").reactions;
    assert_eq!(reactions.len(), 1);
    assert_eq!(
        (reactions[0].reaction, &reactions[0].seats),
        (Reaction::Party, &vec![1, bob])
    );
    lives.bob.do_it(react(1, false)).await;
    assert_eq!(
        lives.ada.event("Bob takes it back", heard(false)).await,
        bob
    );
    let snapshot = room.seen_by(&room.ada).await;
    assert_eq!(snapshot.messages[0].reactions[0].seats, [1]);
    room.server.stop().await;
}

#[tokio::test]
async fn what_is_deleted_is_told_to_nobody_any_more() {
    let (mut room, mut lives) = Room::open().await;
    let before = lives.bob.seq;
    lives.ada.do_it(say("my password is hunter2")).await;
    lives.bob.do_it(react(1, true)).await;
    lives.grace.do_it(pin(1, true)).await;
    assert_eq!(
        lives.bob.refused(delete(1)).await.code,
        ProblemCode::NotYourMessage
    );
    lives.ada.do_it(delete(1)).await;
    let by = lives
        .bob
        .event("it is gone", |event| match event {
            EventBody::MessageDeleted(deleted) => Some(deleted.by.clone()),
            _ => None,
        })
        .await;
    assert_eq!(&*by.name, "Ada");
    assert_eq!(
        lives.bob.refused(react(1, true)).await.code,
        ProblemCode::MessageDeleted
    );
    assert_eq!(
        lives.grace.refused(pin(1, true)).await.code,
        ProblemCode::MessageDeleted
    );
    let last = lives.grace.do_it(delete(1)).await.seq;

    let snapshot = room.seen_by(&room.bob).await;
    let left = &snapshot.messages[0];
    assert!(left.deleted && left.text.is_empty() && left.reactions.is_empty());
    assert!(snapshot.pinned.is_empty());
    // Who catches up hears of it in order, but without the words: from memory
    // first, and from the log after a restart.
    for _ in 0..2 {
        let mut late = room.bob.resume(before).await;
        late.caught_up(last).await;
        let message = late.event("the place of it", posted).await;
        assert!(message.deleted && message.text.is_empty());
        room.server.restart().await;
    }
    room.server.stop().await;
}

#[tokio::test]
async fn a_facilitator_deletes_what_anybody_said() {
    let (room, mut lives) = Room::open().await;
    lives.ada.do_it(say("something rude")).await;
    lives
        .grace
        .do_it(json!({ "type": "announce", "text": "Lunch at one" }))
        .await;
    lives.linus.do_it(delete(1)).await;
    lives.linus.do_it(delete(2)).await;
    let snapshot = room.seen_by(&room.bob).await;
    assert!(snapshot.messages.iter().all(|message| message.deleted));
    room.server.stop().await;
}

#[tokio::test]
async fn who_is_muted_is_told_and_can_still_ask_for_help() {
    let (room, mut lives) = Room::open().await;
    let ada = room.ada.seat();
    let mute = |muted: bool| json!({ "type": "mute_seat", "seat": ada, "muted": muted });
    assert_eq!(
        lives.bob.refused(mute(true)).await.code,
        ProblemCode::NotAFacilitator
    );
    lives.ada.do_it(say("spam")).await;
    lives.grace.do_it(mute(true)).await;
    let told = |event: &EventBody| match event {
        EventBody::SeatMuted(muted) => Some((muted.seat, muted.muted)),
        _ => None,
    };
    assert_eq!(lives.ada.event("Ada is muted", told).await, (ada, true));
    assert_eq!(lives.linus.event("Ada is muted", told).await, (ada, true));
    assert!(room.seen_by(&room.ada).await.you.muted);
    let (path, text) = (room.path("messages"), json!({ "text": "x" }));
    let over_http = room.ada.browser.post_refused(&path, &text).await;
    for code in [
        lives.ada.refused(say("more spam")).await.code,
        lives.ada.refused(react(1, true)).await.code,
        over_http.code,
    ] {
        assert_eq!(code, ProblemCode::Muted);
    }
    lives
        .ada
        .do_it(json!({ "type": "post_direct_message", "text": "sorry" }))
        .await;
    lives.ada.do_it(json!({ "type": "raise_help" })).await;
    let roster = room
        .grace
        .snapshot(&room.workshop)
        .await
        .facilitation
        .unwrap()
        .roster;
    let muted: Vec<u32> = roster
        .iter()
        .filter(|e| e.muted)
        .map(|e| e.person.seat)
        .collect();
    assert_eq!(muted, [ada]);

    let end = lives.linus.do_it(mute(false)).await.seq;
    lives.ada.do_it(say("back again")).await;
    lives.bob.caught_up(end).await;
    lives.bob.event("Ada's words", posted).await;
    let heard = lives.bob.events.iter().find_map(|event| told(&event.body));
    assert_eq!(heard, None, "that Ada is muted is not told to others");
    room.server.stop().await;
}

#[tokio::test]
async fn slow_mode_makes_attendees_wait_and_says_how_long() {
    let (room, mut lives) = Room::open().await;
    let slow = |seconds: u32| json!({ "type": "set_slow_mode", "seconds": seconds });
    assert_eq!(
        lives.ada.refused(slow(1)).await.code,
        ProblemCode::NotAFacilitator
    );
    assert_eq!(
        lives.grace.refused(slow(301)).await.code,
        ProblemCode::OutOfRange
    );
    lives.grace.do_it(slow(300)).await;
    lives
        .ada
        .event("slow mode", |event| match event {
            EventBody::SlowModeChanged(changed) => Some(changed.seconds),
            _ => None,
        })
        .await;
    lives.ada.do_it(say("one")).await;
    let refused = lives.ada.refused(say("two")).await;
    assert_eq!(refused.code, ProblemCode::SlowMode);
    let wait = refused.retry_after_seconds.expect("how long");
    assert!((1..=300).contains(&wait), "{wait}");
    let (path, text) = (room.path("messages"), json!({ "text": "x" }));
    let over_http = room.ada.browser.post_refused(&path, &text).await;
    assert_eq!(over_http.code, ProblemCode::SlowMode);
    // Others, facilitators and direct messages do not wait.
    lives.bob.do_it(say("first")).await;
    lives.linus.do_it(say("a")).await;
    lives.linus.do_it(say("b")).await;
    lives
        .ada
        .do_it(json!({ "type": "post_direct_message", "text": "psst" }))
        .await;
    assert_eq!(room.seen_by(&room.bob).await.slow_mode_seconds, 300);
    lives.linus.do_it(slow(0)).await;
    lives.ada.do_it(say("two")).await;
    room.server.stop().await;
}

#[tokio::test]
async fn code_arrives_coloured_and_harmless() {
    let (room, mut lives) = Room::open().await;
    let text =
        "try\n```python\nreturn '<script>alert(1)</script>'\n```\n<img src=x onerror=alert(1)>";
    lives.ada.do_it(say(text)).await;
    let message = lives.bob.event("Ada's code", posted).await;
    assert_eq!(&*message.text, text, "the text is as typed");
    let [code] = &message.code[..] else {
        panic!("one block: {:?}", message.code)
    };
    assert!(code.contains("data-lang=\"python\""), "{code}");
    assert!(code.contains("&lt;script&gt;"), "{code}");
    assert!(
        !code.contains("<script") && !code.contains("<img"),
        "{code}"
    );
    // The same to who comes later, and in announcements.
    let direct = json!({ "type": "post_direct_message", "text": "```\n<b>\n```" });
    lives.ada.do_it(direct).await;
    let announce =
        json!({ "type": "announce", "text": "```rust\nlet x = 1;\n```", "pinned": true });
    lives.grace.do_it(announce).await;
    let made = lives
        .bob
        .event("the announcement", |event| match event {
            EventBody::AnnouncementMade(made) => Some(made.message.clone()),
            _ => None,
        })
        .await;
    let snapshot = room.seen_by(&room.ada).await;
    assert_eq!(snapshot.messages[0].code, message.code);
    assert_eq!(made.code.len(), 1);
    assert_eq!(
        (&snapshot.messages[1].code, &snapshot.pinned[0].code),
        (&made.code, &made.code)
    );
    assert!(snapshot.direct_messages[0].code[0].contains("&lt;b&gt;"));
    room.server.stop().await;
}
