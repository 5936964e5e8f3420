//! Quizzes: tried until right; what is right is nobody's business before.

use protocol::{AgendaQuizzes, EventBody, ProblemCode, QuizAnswered, Snapshot, WorkshopReport};
use serde_json::{Value, json};
use tests::Live;

use crate::people::Room;

const TEA: &str = "# Tea\n\n## Water\n\n```quiz\nWhat makes tea?\n- [ ] Sand\n- [x] Leaves\n\
    > Of the tea plant.\n```\n\n## Cup\n\n```quiz\nWhat boils water?\n- [x] Fire\n- [x] Power\n\
    - [ ] Ice\n```\n";

/// The quizzes as facilitators have them.
async fn quizzes(room: &Room) -> AgendaQuizzes {
    room.grace.browser.get(&room.path("quizzes")).await
}

/// An answer to one of them.
fn answer(quizzes: &AgendaQuizzes, quiz: usize, choices: &[u8]) -> Value {
    let asked = &quizzes.items[quiz];
    json!({
        "type": "answer_quiz", "codelab": asked.codelab, "step": asked.step,
        "quiz": asked.quiz.quiz, "choices": choices,
    })
}

/// Answers, and hears what comes of it.
async fn judged(live: &mut Live, wish: Value) -> QuizAnswered {
    let seq = live.do_it(wish).await.seq;
    live.caught_up(seq).await;
    let mut events = live.events.iter().rev();
    let answered = events.find_map(|event| match &event.body {
        EventBody::QuizAnswered(answered) => Some(answered.clone()),
        _ => None,
    });
    answered.expect("the answer")
}

/// What somebody answered: first, last, and how often.
fn tries(snapshot: &Snapshot) -> Vec<(&[u8], &[u8], u32)> {
    let answers = snapshot.you.quiz_answers.iter();
    answers
        .map(|answer| (&*answer.first, &*answer.last, answer.tries))
        .collect()
}

#[tokio::test]
async fn a_quiz_is_tried_until_it_is_right() {
    let (mut room, mut lives) = Room::on(TEA).await;
    let all = quizzes(&room).await;
    let wrong = judged(&mut lives.ada, answer(&all, 0, &[0])).await;
    assert_eq!((wrong.right, wrong.explanation), (false, None));
    // The same again says nothing new.
    lives.ada.do_it(answer(&all, 0, &[0])).await;
    let right = judged(&mut lives.ada, answer(&all, 0, &[1])).await;
    assert_eq!(
        (right.right, right.explanation.as_deref()),
        (true, Some("Of the tea plant."))
    );
    // Right is right: nothing after it counts.
    lives.ada.do_it(answer(&all, 0, &[0])).await;
    let seen = room.seen_by(&room.ada).await;
    assert_eq!(tries(&seen), [(&[0][..], &[1][..], 2)]);
    let own = &seen.you.quiz_answers[0];
    assert_eq!((own.first_right, own.right), (false, true));
    assert!(own.explanation.is_some());

    // It outlives the server; so does what facilitators see of it.
    room.server.restart().await;
    assert_eq!(room.seen_by(&room.ada).await, seen);
    let snapshot = room.grace.snapshot(&room.workshop).await;
    let roster = snapshot.facilitation.expect("the room").roster;
    let ada = roster.iter().find(|one| one.person.seat == room.ada.seat());
    let answers = &ada.expect("Ada").quiz_answers;
    assert_eq!((answers.len(), answers[0].tries), (1, 2));
    room.server.stop().await;
}

#[tokio::test]
async fn of_several_all_that_are_right_and_no_other() {
    let (room, mut lives) = Room::on(TEA).await;
    let all = quizzes(&room).await;
    for choices in [&[0][..], &[0, 1, 2], &[2]] {
        assert!(!judged(&mut lives.bob, answer(&all, 1, choices)).await.right);
    }
    assert!(judged(&mut lives.bob, answer(&all, 1, &[1, 0])).await.right);
    room.server.stop().await;
}

#[tokio::test]
async fn what_does_not_fit_is_refused() {
    let (room, mut lives) = Room::on(TEA).await;
    let all = quizzes(&room).await;
    for (quiz, choices) in [
        (0, &[][..]),
        (0, &[0, 1]),
        (0, &[2]),
        (1, &[]),
        (1, &[0, 9]),
    ] {
        let refused = lives.ada.refused(answer(&all, quiz, choices)).await;
        assert_eq!(refused.code, ProblemCode::InvalidQuizAnswer, "{choices:?}");
    }
    let mut unknown = answer(&all, 0, &[0]);
    unknown["quiz"] = json!(all.items[1].quiz.quiz);
    assert_eq!(
        lives.ada.refused(unknown).await.code,
        ProblemCode::UnknownQuiz
    );
    assert_eq!(
        lives.grace.refused(answer(&all, 0, &[1])).await.code,
        ProblemCode::NotAnAttendee
    );
    lives.grace.do_it(json!({ "type": "end_workshop" })).await;
    assert_eq!(
        lives.ada.refused(answer(&all, 0, &[1])).await.code,
        ProblemCode::WorkshopEnded
    );
    assert_eq!(tries(&room.seen_by(&room.ada).await), []);
    room.server.stop().await;
}

#[tokio::test]
async fn the_step_does_not_say_what_is_right() {
    let (room, _lives) = Room::on(TEA).await;
    let content = room.ada.joined.snapshot.agenda[0].steps[0].content.0;
    let path = format!("/api/v1/contents/{content}");
    let response = room.ada.browser.get_response(&path).await;
    let html = response.text().await.expect("the step");
    assert!(html.contains("<li>Sand</li><li>Leaves</li>"), "{html}");
    assert!(!html.contains("plant"), "{html}");
    room.server.stop().await;
}

#[tokio::test]
async fn the_report_tells_which_was_the_hardest() {
    let (room, mut lives) = Room::on(TEA).await;
    let all = quizzes(&room).await;
    lives.ada.do_it(answer(&all, 0, &[1])).await;
    lives.bob.do_it(answer(&all, 0, &[1])).await;
    lives.ada.do_it(answer(&all, 1, &[2])).await;
    lives.bob.do_it(answer(&all, 1, &[0, 1])).await;
    let report: WorkshopReport = room.grace.browser.get(&room.path("report")).await;
    let figures: Vec<_> = report
        .quizzes
        .iter()
        .map(|quiz| (quiz.place, quiz.answered, quiz.first_right, quiz.right))
        .collect();
    assert_eq!(figures, [(1, 2, 1, 1), (0, 2, 2, 2)]);
    assert_eq!(report.quizzes[0].first_choices, [1, 1, 1]);
    let people: Vec<_> = report
        .people
        .iter()
        .map(|person| (person.quizzes_answered, person.quizzes_right))
        .collect();
    assert_eq!(people, [(2, 1), (2, 2)]);
    let csv = room.path("report/quizzes.csv");
    let csv = room.grace.browser.get_response(&csv).await.text().await;
    let csv = csv.expect("a table");
    assert!(csv.contains("What boils water?"), "{csv}");
    room.server.stop().await;
}
