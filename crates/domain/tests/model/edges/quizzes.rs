//! Quizzes, from the first guess to the right answer.

use std::sync::Arc;

use domain::{
    CodelabId, QuizKey,
    workshop::{Command, Event, Quiz, QuizProgress, Rejection, quizzes_answered, revise},
};

use crate::room::{ADA, BOB, GRACE, Room, SEVERAL, SINGLE, agenda_step, quiz, step};

fn answer(quiz: QuizKey, choices: &[u8]) -> Command {
    Command::AnswerQuiz {
        at: step(1, 1),
        quiz,
        choices: choices.iter().copied().collect(),
    }
}

fn is_right(events: &[Event]) -> bool {
    match events {
        [
            Event::QuizAnswered {
                right, explanation, ..
            },
        ] => {
            assert_eq!(
                *right,
                explanation.is_some(),
                "why is told with the right answer"
            );
            *right
        }
        other => panic!("not an answer: {other:?}"),
    }
}

fn progress(room: &Room) -> QuizProgress {
    quizzes_answered(&room.state, ADA, CodelabId::from_bits(1))
}

#[test]
fn people_try_until_they_are_right() {
    let mut room = Room::with_people();
    assert_eq!(progress(&room).answered, 0);
    assert!(!is_right(&room.act(ADA, answer(SINGLE, &[0]))));
    assert!(
        room.act(ADA, answer(SINGLE, &[0])).is_empty(),
        "the same again"
    );
    assert_eq!((progress(&room).answered, progress(&room).right), (1, 0));
    assert!(is_right(&room.act(ADA, answer(SINGLE, &[1]))));
    assert_eq!((progress(&room).answered, progress(&room).right), (1, 1));
    assert!(
        room.act(ADA, answer(SINGLE, &[2])).is_empty(),
        "it is answered"
    );

    let tries = &room.state.seat(ADA).unwrap().quizzes[&(step(1, 1), SINGLE)];
    assert_eq!(
        (tries.first_right, tries.right, tries.tries),
        (false, true, 2)
    );
    assert_eq!((tries.first.len(), tries.last.first()), (1, Some(&1)));
    assert_eq!(
        quizzes_answered(&room.state, BOB, CodelabId::from_bits(1)).answered,
        0
    );
}

#[test]
fn several_are_right_together_alone() {
    let mut room = Room::with_people();
    for wrong in [&[0][..], &[0, 1], &[0, 1, 2], &[2]] {
        assert!(!is_right(&room.act(ADA, answer(SEVERAL, wrong))));
    }
    assert!(is_right(&room.act(ADA, answer(SEVERAL, &[0, 2]))));
    assert_eq!(
        progress(&room),
        QuizProgress {
            total: 6,
            answered: 1,
            right: 1
        }
    );
}

#[test]
fn what_does_not_fit_is_refused() {
    let mut room = Room::with_people();
    let unfit = Rejection::InvalidQuizAnswer(SINGLE);
    assert_eq!(room.refused(ADA, answer(SINGLE, &[])), unfit);
    assert_eq!(room.refused(ADA, answer(SINGLE, &[0, 1])), unfit);
    assert_eq!(room.refused(ADA, answer(SINGLE, &[3])), unfit);
    let unfit = Rejection::InvalidQuizAnswer(SEVERAL);
    assert_eq!(room.refused(ADA, answer(SEVERAL, &[])), unfit);
    assert_eq!(room.refused(ADA, answer(SEVERAL, &[0, 2, 3])), unfit);
    let unknown = QuizKey::from_bits(99);
    assert_eq!(
        room.refused(ADA, answer(unknown, &[0])),
        Rejection::UnknownQuiz(unknown)
    );
    assert_eq!(
        room.refused(GRACE, answer(SINGLE, &[1])),
        Rejection::NotAnAttendee(GRACE)
    );
    room.act(
        GRACE,
        Command::LimitSteps {
            codelab: step(1, 1).codelab,
            last: Some(step(1, 1).step),
        },
    );
    let ahead = Command::AnswerQuiz {
        at: step(1, 2),
        quiz: SINGLE,
        choices: [1].into(),
    };
    assert_eq!(
        room.refused(ADA, ahead),
        Rejection::StepLocked(step(1, 2).step)
    );
}

/// Revises the first codelab: its first step then has these quizzes alone.
fn edit(room: &mut Room, quizzes: Vec<Quiz>) {
    let mut codelab = room.state.agenda()[0].clone();
    codelab.revision += 1;
    let mut first = agenda_step(1, 1);
    first.quizzes = quizzes.into();
    codelab.steps = [first].into();
    let events = revise(&room.state, codelab).unwrap();
    room.record(events);
}

#[test]
fn an_edit_keeps_the_answers_to_what_is_still_asked() {
    let mut room = Room::with_people();
    room.act(ADA, answer(SINGLE, &[1]));
    room.act(ADA, answer(SEVERAL, &[1]));
    edit(&mut room, vec![quiz(SINGLE, &[1])]);
    let kept = QuizProgress {
        total: 1,
        answered: 1,
        right: 1,
    };
    assert_eq!(progress(&room), kept);
    assert_eq!(
        room.refused(ADA, answer(SEVERAL, &[0, 2])),
        Rejection::UnknownQuiz(SEVERAL)
    );
    // What comes back is as it was left.
    edit(&mut room, vec![quiz(SINGLE, &[1]), quiz(SEVERAL, &[0, 2])]);
    assert_eq!(progress(&room).answered, 2);
    assert_eq!(progress(&room).right, 1);
}

#[test]
fn a_corrected_quiz_takes_the_answer_that_was_wrong() {
    let mut room = Room::with_people();
    assert!(!is_right(&room.act(ADA, answer(SINGLE, &[0]))));
    edit(&mut room, vec![quiz(SINGLE, &[0])]);
    assert!(is_right(&room.act(ADA, answer(SINGLE, &[0]))));
    let why = room.state.agenda()[0].steps[0].quizzes[0]
        .explanation
        .clone();
    let tries = &room.state.seat(ADA).unwrap().quizzes[&(step(1, 1), SINGLE)];
    assert_eq!(tries.explanation.as_deref(), why.as_deref());
    assert_eq!(why, Some(Arc::from("Because.")));
}
