//! What one attendee may ask of the room while others work in it.

use protocol::{EventBody, ProblemCode, ServerMessage};
use serde_json::{Value, json};
use tests::Live;

use crate::people::{Room, say};

/// What became of commands that were given at once.
#[derive(Debug, Default, PartialEq, Eq)]
struct Answers {
    done: usize,
    deferred: usize,
}

/// Gives commands at once and waits for all answers: none may be lost or refused.
async fn flood(live: &mut Live, bodies: Vec<Value>) -> Answers {
    let mut waiting = std::collections::BTreeSet::new();
    for body in bodies {
        waiting.insert(live.command(body).await);
    }
    let mut answers = Answers::default();
    while !waiting.is_empty() {
        let answered = live.until("an answer", |message| match message {
            ServerMessage::Ack(ack) => Some((ack.id, true)),
            ServerMessage::Deferred(deferred) => {
                assert_eq!(deferred.problem.code, ProblemCode::TooManyRequests);
                assert!(deferred.retry_after_ms >= 1000, "{deferred:?}");
                Some((deferred.id, false))
            }
            ServerMessage::Rejected(rejected) => panic!("lost: {rejected:?}"),
            _ => None,
        });
        let (id, done) = answered.await;
        assert!(waiting.remove(&id), "answered once");
        if done {
            answers.done += 1;
        } else {
            answers.deferred += 1;
        }
    }
    answers
}

fn direct(text: &str) -> Value {
    json!({ "type": "post_direct_message", "text": text })
}

/// The log grows by no more than a budget of bytes, and what it regains meanwhile.
#[tokio::test]
async fn a_flood_of_long_messages_is_deferred_while_others_are_heard() {
    let (room, mut lives) = Room::open().await;
    let long = "x".repeat(4000);
    let sent = flood(&mut lives.ada, vec![say(&long); 300]);
    let heard = lives.bob.do_it(say("Is anybody there?"));
    let (sent, _) = tokio::join!(sent, heard);
    assert!((50..=100).contains(&sent.done), "{sent:?}");
    assert_eq!(sent.done + sent.deferred, 300);

    let found = |event: &EventBody| match event {
        EventBody::MessagePosted(posted) => {
            (&*posted.message.text == "Is anybody there?").then_some(())
        }
        _ => None,
    };
    lives.linus.event("Bob's message", found).await;
    room.server.stop().await;
}

#[tokio::test]
async fn direct_messages_have_a_budget() {
    let (room, mut lives) = Room::open().await;
    let sent = flood(&mut lives.ada, vec![direct("hey"); 400]).await;
    assert!((200..300).contains(&sent.done), "{sent:?}");
    room.server.stop().await;
}

#[tokio::test]
async fn help_that_is_raised_and_withdrawn_has_a_budget() {
    let (room, mut lives) = Room::open().await;
    let raised = (1..=20).flat_map(|number| {
        let withdrawn = json!({ "type": "withdraw_help", "helpRequest": number });
        [json!({ "type": "raise_help" }), withdrawn]
    });
    let sent = flood(&mut lives.ada, raised.collect()).await;
    assert_eq!((sent.done, sent.deferred), (30, 10));
    lives.bob.do_it(json!({ "type": "raise_help" })).await;
    room.server.stop().await;
}

#[tokio::test]
async fn answers_that_change_again_and_again_have_a_budget() {
    let (room, mut lives) = Room::open().await;
    lives.linus.do_it(room.about("ask_pace", 0)).await;
    let answers = (0..300).map(|n| {
        let answer = if n % 2 == 0 { "done" } else { "stuck" };
        json!({ "type": "answer_pace", "pace": 1, "answer": answer })
    });
    let sent = flood(&mut lives.ada, answers.collect()).await;
    assert!((200..280).contains(&sent.done), "{sent:?}");
    room.server.stop().await;
}

/// Another socket or another connection afterwards has no budget of its own.
#[tokio::test]
async fn a_seat_has_one_budget_however_it_comes() {
    let (room, mut lives) = Room::open().await;
    let sent = flood(&mut lives.ada, vec![direct("hey"); 300]).await;
    assert!(sent.deferred > 0, "{sent:?}");
    let mut second = room.ada.live().await;
    let sent = flood(&mut second, vec![direct("hey"); 100]).await;
    assert!(sent.done < 50, "{sent:?}");
    room.server.stop().await;
}

#[tokio::test]
async fn who_is_muted_can_ask_facilitators_and_not_flood_them() {
    let (room, mut lives) = Room::open().await;
    let mute = json!({ "type": "mute_seat", "seat": room.ada.seat(), "muted": true });
    lives.linus.do_it(mute).await;
    let sent = flood(&mut lives.ada, vec![direct("Why am I muted?"); 100]).await;
    assert!((5..20).contains(&sent.done), "{sent:?}");
    room.server.stop().await;
}

/// What is not highlighted in time is shown plain, and nobody waits for it.
#[tokio::test]
async fn a_flood_of_code_is_said_in_full() {
    let (room, mut lives) = Room::open().await;
    let code = |n: usize| {
        say(&format!(
            "```rust\nfn f{n}() {{}}\n{}```",
            "let x = 1;\n".repeat(40)
        ))
    };
    let sent = flood(&mut lives.ada, (0..100).map(code).collect());
    let heard = lives.bob.do_it(say("go on"));
    let (sent, _) = tokio::join!(sent, heard);
    assert_eq!(
        sent,
        Answers {
            done: 100,
            deferred: 0
        }
    );
    room.server.stop().await;
}
