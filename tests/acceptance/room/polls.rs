//! Polls: hidden while people answer, then shown.

use protocol::{EventBody, PollResult, ProblemCode, ServerMessage};
use serde_json::{Value, json};
use tests::Live;

use crate::people::Room;

fn open(question: &str) -> Value {
    let form = json!({ "question": question, "kind": "single", "options": ["yes", "no"] });
    json!({ "type": "open_poll", "form": form })
}

fn open_kind(kind: &str) -> Value {
    json!({ "type": "open_poll", "form": { "question": "?", "kind": kind } })
}

fn answer(poll: u32, answer: &Value) -> Value {
    json!({ "type": "answer_poll", "poll": poll, "answer": answer })
}

fn choose(poll: u32, option: u8) -> Value {
    answer(poll, &json!({ "options": [option] }))
}

fn reveal(poll: u32, revealed: bool) -> Value {
    json!({ "type": "reveal_poll", "poll": poll, "revealed": revealed })
}

fn run(kind: &str, poll: u32) -> Value {
    json!({ "type": kind, "poll": poll })
}

/// Waits until somebody was told this many people's result.
async fn result(live: &mut Live, poll: u32, people: u32) -> PollResult {
    live.until("a result", |message| match message {
        ServerMessage::PollResult(result) if (result.poll, result.people) == (poll, people) => {
            Some(result.clone())
        }
        _ => None,
    })
    .await
}

fn was_told(live: &Live, poll: u32) -> bool {
    let told =
        |message: &ServerMessage| matches!(message, ServerMessage::PollResult(r) if r.poll == poll);
    live.heard.iter().any(told)
}

#[tokio::test]
async fn a_result_is_hidden_then_revealed_then_gone() {
    let (room, mut lives) = Room::open().await;
    assert_eq!(
        lives.ada.refused(open("Coffee?")).await.code,
        ProblemCode::NotAFacilitator
    );
    lives.grace.do_it(open("Coffee?")).await;
    lives
        .ada
        .event("the question", |event| match event {
            EventBody::PollOpened(opened) => Some(opened.poll.form.question.clone()),
            _ => None,
        })
        .await;
    lives.ada.do_it(choose(1, 0)).await;
    lives.bob.do_it(choose(1, 0)).await;
    lives.bob.do_it(choose(1, 1)).await;
    // Both facilitators watch it come in.
    for live in [&mut lives.grace, &mut lives.linus] {
        assert_eq!(result(live, 1, 2).await.counts, [1, 1]);
    }
    assert_eq!(room.seen_by(&room.ada).await.you.poll_answers.len(), 1);

    // A second poll is revealed: whoever is told of it would have been told of
    // the first before.
    lives.linus.do_it(open("Tea?")).await;
    assert_eq!(
        lives.ada.refused(choose(1, 1)).await.code,
        ProblemCode::PollClosed
    );
    lives.ada.do_it(choose(2, 1)).await;
    lives.linus.do_it(reveal(2, true)).await;
    for live in [&mut lives.ada, &mut lives.bob] {
        assert_eq!(result(live, 2, 1).await.counts, [0, 1]);
        assert!(!was_told(live, 1), "the first is still hidden");
    }
    // Also to who comes now.
    let mut late = room.bob.live().await;
    assert_eq!(result(&mut late, 2, 1).await.counts, [0, 1]);
    assert!(!was_told(&late, 1));

    lives.grace.do_it(reveal(1, true)).await;
    for live in [&mut lives.ada, &mut lives.bob, &mut late] {
        assert_eq!(result(live, 1, 2).await.counts, [1, 1]);
    }
    lives.grace.do_it(run("reset_poll", 1)).await;
    assert_eq!(result(&mut lives.grace, 1, 0).await.counts, [0, 0]);
    lives.bob.do_it(choose(1, 0)).await;
    assert_eq!(result(&mut lives.grace, 1, 1).await.counts, [1, 0]);
    let snapshot = room.seen_by(&room.ada).await;
    assert!(!snapshot.polls[0].revealed && snapshot.polls[0].open);
    assert!(!snapshot.polls[1].open, "one poll is open at a time");
    let answered: Vec<u32> = snapshot.you.poll_answers.iter().map(|a| a.poll).collect();
    assert_eq!(answered, [2], "the answers of before are gone");
    room.server.stop().await;
}

#[tokio::test]
async fn who_connects_right_after_it_was_hidden_is_not_told() {
    let (room, mut lives) = Room::open().await;
    for (poll, question) in [(1, "Coffee?"), (2, "Tea?")] {
        lives.grace.do_it(open(question)).await;
        lives.ada.do_it(choose(poll, 0)).await;
        lives.grace.do_it(reveal(poll, true)).await;
        result(&mut lives.bob, poll, 1).await;
    }
    lives.grace.do_it(reveal(1, false)).await;
    // Whoever is told of the second would have been told of the first before.
    let mut late = room.bob.live().await;
    result(&mut late, 2, 1).await;
    assert!(!was_told(&late, 1), "it is hidden again");
    room.server.stop().await;
}

#[tokio::test]
async fn what_somebody_answers_is_theirs_alone() {
    let (room, mut lives) = Room::open().await;
    lives.grace.do_it(open("Do you like it here?")).await;
    let last = lives.ada.do_it(choose(1, 1)).await.seq;
    lives
        .ada
        .event("Ada's own answer", |event| match event {
            EventBody::PollAnswered(answered) => Some(answered.poll),
            _ => None,
        })
        .await;
    let end = lives.grace.do_it(run("close_poll", 1)).await.seq;
    assert!(end > last);
    for live in [&mut lives.grace, &mut lives.linus, &mut lives.bob] {
        live.caught_up(end).await;
        let told = live
            .events
            .iter()
            .any(|e| matches!(e.body, EventBody::PollAnswered(_)));
        assert!(
            !told,
            "who answered what is told to nobody, facilitators neither"
        );
    }
    assert_eq!(
        lives.bob.refused(choose(1, 0)).await.code,
        ProblemCode::PollClosed
    );
    room.server.stop().await;
}

#[tokio::test]
async fn results_come_once_a_second_at_most() {
    let (room, mut lives) = Room::open().await;
    lives.grace.do_it(open("Faster?")).await;
    let mut crowd = Vec::new();
    for n in 0..20 {
        let person = room
            .server
            .join(&room.grace, &room.workshop, &format!("P{n}"))
            .await;
        crowd.push(person.live().await);
    }
    let began = std::time::Instant::now();
    for live in &mut crowd {
        live.do_it(choose(1, 0)).await;
    }
    let mut told = 0;
    loop {
        let people = lives
            .grace
            .until("a result", |message| match message {
                ServerMessage::PollResult(result) => Some(result.people),
                _ => None,
            })
            .await;
        told += 1;
        if people == 20 {
            break;
        }
    }
    // However long it took, there were no more results than seconds, plus the
    // one when the poll began and the one that was under way.
    let seconds = began.elapsed().as_secs();
    assert!(told <= seconds + 3, "{told} results in {seconds} s");
    room.server.stop().await;
}

#[tokio::test]
async fn each_kind_of_poll_has_its_result() {
    let (room, mut lives) = Room::open().await;
    let scale = json!({ "question": "?", "kind": "scale", "scale": { "max": 3, "low": "bad" } });
    let multiple = json!({ "question": "?", "kind": "multiple", "options": ["a", "b", "c"] });
    lives
        .grace
        .do_it(json!({ "type": "open_poll", "form": multiple }))
        .await;
    lives
        .ada
        .do_it(answer(1, &json!({ "options": [0, 2] })))
        .await;
    lives.bob.do_it(answer(1, &json!({ "options": [2] }))).await;
    assert_eq!(result(&mut lives.linus, 1, 2).await.counts, [1, 0, 2]);

    lives
        .grace
        .do_it(json!({ "type": "open_poll", "form": scale }))
        .await;
    lives.ada.do_it(answer(2, &json!({ "scale": 3 }))).await;
    assert_eq!(result(&mut lives.linus, 2, 1).await.counts, [0, 0, 1]);

    lives.grace.do_it(open_kind("text")).await;
    lives
        .ada
        .do_it(answer(3, &json!({ "text": "zebra" })))
        .await;
    lives
        .bob
        .do_it(answer(3, &json!({ "text": "apple" })))
        .await;
    assert_eq!(
        result(&mut lives.linus, 3, 2).await.texts,
        ["apple", "zebra"]
    );

    lives.grace.do_it(open_kind("words")).await;
    lives
        .ada
        .do_it(answer(4, &json!({ "words": ["Git", "fun"] })))
        .await;
    lives
        .bob
        .do_it(answer(4, &json!({ "words": ["git"] })))
        .await;
    let words = result(&mut lives.linus, 4, 2).await.words;
    let words: Vec<_> = words.iter().map(|word| (&*word.word, word.times)).collect();
    assert_eq!(words, [("Git", 2), ("fun", 1)]);
    room.server.stop().await;
}

#[tokio::test]
async fn what_does_not_fit_is_refused() {
    let (room, mut lives) = Room::open().await;
    let forms = [
        json!({ "question": "?", "kind": "single", "options": ["only"] }),
        json!({ "question": "?", "kind": "single", "options": ["same", " same "] }),
        json!({ "question": "?", "kind": "scale" }),
        json!({ "question": "?", "kind": "scale", "scale": { "max": 11 } }),
        json!({ "question": "?", "kind": "text", "scale": { "max": 5 } }),
    ];
    for form in forms {
        let refused = lives
            .grace
            .refused(json!({ "type": "open_poll", "form": form }))
            .await;
        assert_eq!(refused.code, ProblemCode::InvalidPoll, "{form}");
    }
    let nameless = json!({ "question": " ", "kind": "text" });
    let refused = lives
        .grace
        .refused(json!({ "type": "open_poll", "form": nameless }))
        .await;
    assert_eq!(refused.code, ProblemCode::InvalidText);
    lives.grace.do_it(open("Yes?")).await;
    let answers = [
        json!({}),
        json!({ "options": [] }),
        json!({ "options": [0, 1] }),
        json!({ "options": [2] }),
        json!({ "scale": 1 }),
        json!({ "text": "yes" }),
        json!({ "options": [0], "text": "yes" }),
    ];
    for given in answers {
        let refused = lives.ada.refused(answer(1, &given)).await;
        assert_eq!(refused.code, ProblemCode::InvalidPollAnswer, "{given}");
    }
    assert_eq!(
        lives.ada.refused(choose(7, 0)).await.code,
        ProblemCode::UnknownPoll
    );
    for kind in ["close_poll", "reset_poll"] {
        assert_eq!(
            lives.ada.refused(run(kind, 1)).await.code,
            ProblemCode::NotAFacilitator
        );
    }
    assert_eq!(
        lives.ada.refused(reveal(1, true)).await.code,
        ProblemCode::NotAFacilitator
    );
    room.server.stop().await;
}

#[tokio::test]
async fn a_restart_forgets_neither_answers_nor_results() {
    let (mut room, mut lives) = Room::open().await;
    lives.grace.do_it(open("Still there?")).await;
    lives.ada.do_it(choose(1, 0)).await;
    lives.grace.do_it(reveal(1, true)).await;
    room.server.restart().await;
    let mut back = room.bob.live().await;
    assert_eq!(result(&mut back, 1, 1).await.counts, [1, 0]);
    back.do_it(choose(1, 1)).await;
    assert_eq!(result(&mut back, 1, 2).await.counts, [1, 1]);
    room.server.stop().await;
}
