//! Polls, from the question to the result.

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    PollId, PollText, PollWord,
    workshop::{
        Command, Event, POLLS, PollAnswer, PollForm, PollKind, PollResult, Rejection, WORDS,
    },
};

use crate::{
    actions::{form, label},
    room::{ADA, BOB, EVE, GRACE, LINUS, Room},
};

const FIRST: PollId = PollId::new(1);

fn yes_or_no() -> Command {
    Command::OpenPoll(form(PollKind::Single([label("yes"), label("no")].into())))
}

fn answer(poll: PollId, answer: PollAnswer) -> Command {
    Command::AnswerPoll { poll, answer }
}

fn choose(options: &[u8]) -> PollAnswer {
    PollAnswer::Options(options.iter().copied().collect())
}

fn words(given: &[&str]) -> PollAnswer {
    let word = |text: &&str| PollWord::parse(text).unwrap();
    PollAnswer::Words(given.iter().map(word).collect())
}

fn result(room: &Room, poll: PollId) -> PollResult {
    room.state.poll(poll).unwrap().result()
}

#[test]
fn a_new_poll_closes_the_one_that_is_open() {
    let mut room = Room::with_people();
    room.act(GRACE, yes_or_no());
    let events = room.act(LINUS, yes_or_no());
    assert!(matches!(
        events[..],
        [
            Event::PollClosed { id: FIRST, .. },
            Event::PollOpened { .. }
        ]
    ));
    let refused = room.refused(ADA, answer(FIRST, choose(&[0])));
    assert_eq!(refused, Rejection::PollClosed(FIRST));
    room.act(ADA, answer(FIRST.next(), choose(&[0])));
    room.act(GRACE, Command::ResetPoll(FIRST));
    let open = room.state.polls().iter().filter(|poll| poll.open);
    assert!(
        open.map(|poll| poll.id).eq([FIRST]),
        "reset opens, and closes the other"
    );
}

#[test]
fn an_answer_must_fit_its_question() {
    let options: Arc<[_]> = [label("a"), label("b"), label("c")].into();
    let text = PollAnswer::Text(PollText::parse("so").unwrap());
    let too_many: Vec<&str> = vec!["x"; WORDS + 1];
    let fits = |kind: PollKind, answer: &PollAnswer| form(kind).takes(answer);
    let single = || PollKind::Single(Arc::clone(&options));
    let multiple = || PollKind::Multiple(Arc::clone(&options));
    let scale = || PollKind::Scale {
        max: 5,
        low: None,
        high: None,
    };
    assert!(fits(single(), &choose(&[2])));
    for wrong in [
        choose(&[]),
        choose(&[0, 1]),
        choose(&[3]),
        PollAnswer::Scale(1),
    ] {
        assert!(!fits(single(), &wrong), "{wrong:?}");
    }
    assert!(fits(multiple(), &choose(&[0, 1, 2])));
    for wrong in [choose(&[]), choose(&[0, 3]), text.clone()] {
        assert!(!fits(multiple(), &wrong), "{wrong:?}");
    }
    assert!(fits(scale(), &PollAnswer::Scale(1)) && fits(scale(), &PollAnswer::Scale(5)));
    for wrong in [PollAnswer::Scale(0), PollAnswer::Scale(6), choose(&[1])] {
        assert!(!fits(scale(), &wrong), "{wrong:?}");
    }
    assert!(fits(PollKind::Text, &text));
    assert!(!fits(PollKind::Text, &words(&["so"])));
    assert!(fits(PollKind::Words, &words(&["a", "b", "c"])));
    for wrong in [words(&[]), words(&too_many), text] {
        assert!(!fits(PollKind::Words, &wrong), "{wrong:?}");
    }
}

#[test]
fn a_poll_that_makes_no_sense_is_not_asked() {
    let room = Room::with_people();
    let labels = |n: usize| (0..n).map(|n| label(&n.to_string())).collect();
    let scale = |max| PollKind::Scale {
        max,
        low: None,
        high: None,
    };
    let wrong = [
        PollKind::Single(labels(1)),
        PollKind::Single(labels(13)),
        PollKind::Multiple(labels(0)),
        PollKind::Multiple([label("a"), label(" a ")].into()),
        scale(0),
        scale(1),
        scale(11),
    ];
    for kind in wrong {
        let refused = room.refused(GRACE, Command::OpenPoll(form(kind)));
        assert_eq!(refused, Rejection::InvalidPoll);
    }
    for kind in [PollKind::Single(labels(12)), scale(2), scale(10)] {
        let form: Arc<PollForm> = form(kind);
        assert!(form.is_valid(), "{form:?}");
    }
}

#[test]
fn the_last_answer_counts() {
    let mut room = Room::with_people();
    room.act(GRACE, yes_or_no());
    room.act(ADA, answer(FIRST, choose(&[0])));
    assert_eq!(room.act(ADA, answer(FIRST, choose(&[0]))), []);
    room.act(ADA, answer(FIRST, choose(&[1])));
    room.act(BOB, answer(FIRST, choose(&[1])));
    let found = result(&room, FIRST);
    assert_eq!((found.people, found.counts), (2, vec![0, 2]));
}

#[test]
fn a_result_names_nobody_and_keeps_no_order() {
    let mut room = Room::with_people();
    room.act(GRACE, Command::OpenPoll(form(PollKind::Text)));
    for (who, text) in [(ADA, "zebra"), (BOB, "apple"), (EVE, "mango")] {
        let text = PollText::parse(text).unwrap();
        room.act(who, answer(FIRST, PollAnswer::Text(text)));
    }
    let texts = result(&room, FIRST).texts;
    let texts: Vec<&str> = texts.iter().map(PollText::as_str).collect();
    assert_eq!(texts, ["apple", "mango", "zebra"]);
}

#[test]
fn words_that_differ_in_case_only_are_one() {
    let mut room = Room::with_people();
    room.act(GRACE, Command::OpenPoll(form(PollKind::Words)));
    room.act(ADA, answer(FIRST, words(&["Git", "fun"])));
    room.act(BOB, answer(FIRST, words(&["git"])));
    room.act(EVE, answer(FIRST, words(&["GIT", "hard"])));
    let found = result(&room, FIRST);
    let counted: Vec<_> = found.words.iter().map(|(w, n)| (w.as_str(), *n)).collect();
    assert_eq!(counted, [("Git", 3), ("fun", 1), ("hard", 1)]);
}

#[test]
fn a_reset_poll_begins_anew_and_hidden() {
    let mut room = Room::with_people();
    room.act(GRACE, yes_or_no());
    assert_eq!(
        room.act(GRACE, Command::ResetPoll(FIRST)),
        [],
        "it is as new"
    );
    room.act(ADA, answer(FIRST, choose(&[0])));
    let reveal = |revealed| Command::RevealPoll {
        poll: FIRST,
        revealed,
    };
    room.act(LINUS, reveal(true));
    assert_eq!(room.act(LINUS, reveal(true)), []);
    room.act(GRACE, Command::ClosePoll(FIRST));
    assert_eq!(room.act(GRACE, Command::ClosePoll(FIRST)), []);
    room.act(LINUS, Command::ResetPoll(FIRST));
    let poll = room.state.poll(FIRST).unwrap();
    assert!(poll.open && !poll.revealed && poll.answers.is_empty());
    assert_eq!(result(&room, FIRST).counts, [0, 0]);
}

#[test]
fn only_facilitators_run_polls() {
    let mut room = Room::with_people();
    assert_eq!(room.refused(ADA, yes_or_no()), Rejection::NotAFacilitator);
    room.act(GRACE, yes_or_no());
    let revealed = true;
    for command in [
        Command::ClosePoll(FIRST),
        Command::RevealPoll {
            poll: FIRST,
            revealed,
        },
        Command::ResetPoll(FIRST),
    ] {
        assert_eq!(room.refused(ADA, command), Rejection::NotAFacilitator);
    }
    let unknown = PollId::new(2);
    let refused = room.refused(GRACE, Command::ResetPoll(unknown));
    assert_eq!(refused, Rejection::UnknownPoll(unknown));
}

#[test]
fn a_workshop_has_a_last_poll() {
    let mut room = Room::with_people();
    for _ in 0..POLLS {
        room.act(GRACE, yes_or_no());
    }
    let refused = room.refused(GRACE, yes_or_no());
    assert_eq!(refused, Rejection::TooManyPolls { max: POLLS });
    let distinct: BTreeSet<_> = room.state.polls().iter().map(|poll| poll.id).collect();
    assert_eq!(u32::try_from(distinct.len()).unwrap(), POLLS);
}
