//! The pace question and the timer.

use protocol::{EventBody, PaceAnswer, ProblemCode};
use serde_json::{Value, json};

use crate::people::Room;

fn answer(pace: u32, answer: &str) -> Value {
    json!({ "type": "answer_pace", "pace": pace, "answer": answer })
}

#[tokio::test]
async fn the_room_is_asked_where_it_is_and_answers() {
    let (room, mut lives) = Room::open().await;
    let ask = room.about("ask_pace", 3);
    assert_eq!(
        lives.ada.refused(ask.clone()).await.code,
        ProblemCode::NotAFacilitator
    );
    lives.grace.do_it(ask).await;
    for live in [&mut lives.ada, &mut lives.bob, &mut lives.linus] {
        let pace = live
            .event("the question", |event| match event {
                EventBody::PaceAsked(asked) => Some(asked.pace),
                _ => None,
            })
            .await;
        assert_eq!(
            (pace.id, pace.open, json!(pace.step)),
            (1, true, room.at(3).1)
        );
    }
    lives.ada.do_it(answer(1, "stuck")).await;
    lives.ada.do_it(answer(1, "done")).await;
    let last = lives.bob.do_it(answer(1, "stuck")).await.seq;
    assert_eq!(
        lives.grace.refused(answer(1, "done")).await.code,
        ProblemCode::NotAnAttendee
    );
    assert_eq!(
        lives.ada.refused(answer(2, "done")).await.code,
        ProblemCode::UnknownPace
    );

    // Facilitators see who answered what; attendees their own.
    lives.linus.caught_up(last).await;
    let facilitation = room
        .linus
        .snapshot(&room.workshop)
        .await
        .facilitation
        .unwrap();
    let answers: Vec<_> = facilitation
        .pace_answers
        .iter()
        .map(|r| (r.seat, r.answer))
        .collect();
    let (ada, bob) = (room.ada.seat(), room.bob.seat());
    assert_eq!(answers, [(ada, PaceAnswer::Done), (bob, PaceAnswer::Stuck)]);
    assert_eq!(
        room.seen_by(&room.ada).await.you.pace_answer,
        Some(PaceAnswer::Done)
    );
    lives.ada.caught_up(last - 1).await;
    let foreign = |event: &EventBody| match event {
        EventBody::PaceAnswered(answered) => (answered.seat != ada).then_some(()),
        _ => None,
    };
    assert!(
        lives
            .ada
            .events
            .iter()
            .all(|event| foreign(&event.body).is_none())
    );

    let close = json!({ "type": "close_pace", "pace": 1 });
    assert_eq!(
        lives.bob.refused(close.clone()).await.code,
        ProblemCode::NotAFacilitator
    );
    lives.linus.do_it(close).await;
    assert_eq!(
        lives.ada.refused(answer(1, "stuck")).await.code,
        ProblemCode::PaceClosed
    );
    assert!(!room.seen_by(&room.bob).await.pace.unwrap().open);
    room.server.stop().await;
}

#[tokio::test]
async fn a_new_question_forgets_the_old_answers() {
    let (room, mut lives) = Room::open().await;
    lives.grace.do_it(room.about("ask_pace", 1)).await;
    lives.ada.do_it(answer(1, "done")).await;
    lives.linus.do_it(room.about("ask_pace", 2)).await;
    let snapshot = room.grace.snapshot(&room.workshop).await;
    assert_eq!(snapshot.pace.unwrap().id, 2);
    assert!(snapshot.facilitation.unwrap().pace_answers.is_empty());
    assert_eq!(room.seen_by(&room.ada).await.you.pace_answer, None);
    assert_eq!(
        lives.ada.refused(answer(1, "done")).await.code,
        ProblemCode::UnknownPace
    );
    room.server.stop().await;
}

#[tokio::test]
async fn a_countdown_is_seen_by_everybody_until_it_is_taken_away() {
    let (room, mut lives) = Room::open().await;
    let start = |seconds: u32, label: &str| json!({ "type": "start_timer", "seconds": seconds, "label": label });
    assert_eq!(
        lives.ada.refused(start(60, "")).await.code,
        ProblemCode::NotAFacilitator
    );
    for seconds in [0, 86_401] {
        let refused = lives.grace.refused(start(seconds, "")).await;
        assert_eq!(refused.code, ProblemCode::OutOfRange);
    }
    lives.grace.do_it(start(600, "Break")).await;
    let timer = lives
        .ada
        .event("a break", |event| match event {
            EventBody::TimerStarted(started) => Some(started.timer.clone()),
            _ => None,
        })
        .await;
    assert_eq!(timer.ends_at_ms - timer.started_at_ms, 600_000);
    assert_eq!(timer.label.as_deref(), Some("Break"));
    assert_eq!(room.seen_by(&room.bob).await.timer, Some(timer));
    // Another facilitator begins a longer one: it replaces the first.
    lives.linus.do_it(start(1_200, " ")).await;
    let replaced = room.seen_by(&room.bob).await.timer.unwrap();
    assert_eq!(
        (replaced.ends_at_ms - replaced.started_at_ms, replaced.label),
        (1_200_000, None)
    );
    lives.grace.do_it(json!({ "type": "stop_timer" })).await;
    let by = lives
        .ada
        .event("the end of the break", |event| match event {
            EventBody::TimerStopped(stopped) => Some(stopped.by.seat),
            _ => None,
        })
        .await;
    assert_eq!(by, 1);
    assert_eq!(room.seen_by(&room.bob).await.timer, None);
    room.server.stop().await;
}
