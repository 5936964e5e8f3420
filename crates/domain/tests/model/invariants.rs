//! What must hold whatever people do. The state is compared with the notebook,
//! part by part.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    SeatId, Seq,
    workshop::{
        Event, HelpStatus, MENTIONS, Message, MessageBody, MessageKind, PINNED, Poll, PollAnswer,
        Recorded, Role, StepRef, WorkshopState, apply, quizzes_answered,
    },
};

use crate::{
    notebook::{Notebook, Thread},
    room::Room,
};

/// All of them.
pub fn assert_all(room: &Room) {
    let notebook = Notebook(&room.log);
    assert_log_is_the_state(room);
    assert_people_are_told_apart(&room.state);
    assert_progress_is_on_the_agenda(&room.state, notebook);
    assert_agenda_is_as_written(&room.state, notebook);
    assert_seats_are_as_written(&room.state, notebook);
    assert_help_is_as_written(&room.state, notebook);
    assert_messages_are_as_written(room);
    assert_pacing_is_as_written(&room.state, notebook);
    assert_polls_are_as_written(&room.state, notebook);
    assert_quizzes_are_as_written(&room.state, notebook);
}

fn assert_log_is_the_state(room: &Room) {
    let mut folded = WorkshopState::default();
    for (recorded, expected) in room.log.iter().zip(1..) {
        assert_eq!(recorded.seq, Seq::new(expected), "the log has a gap");
        apply(&mut folded, recorded);
    }
    assert_eq!(folded, room.state);
}

pub fn assert_people_are_told_apart(state: &WorkshopState) {
    let mut people = BTreeMap::new();
    let mut facilitators = BTreeSet::new();
    for (seat, expected) in state.seats().iter().zip(1..) {
        assert_eq!(seat.id, SeatId::new(expected), "seats count from 1");
        let key = (seat.name.as_str().to_lowercase(), seat.ordinal);
        assert_eq!(people.insert(key, seat.id), None, "two seats look the same");
        if let Role::Facilitator(id) = seat.role {
            assert!(facilitators.insert(id), "a facilitator has two seats");
            assert_eq!(state.seat_of(id), Some(seat.id));
        }
    }
}

/// Or was when it was made.
fn assert_progress_is_on_the_agenda(state: &WorkshopState, notebook: Notebook) {
    for seat in state.seats() {
        for (codelab, progress) in &seat.progress {
            for step in progress.completed.iter().chain(&progress.current) {
                let at = StepRef {
                    codelab: *codelab,
                    step: *step,
                };
                assert!(notebook.was_on_the_agenda(at));
            }
        }
    }
}

fn assert_agenda_is_as_written(state: &WorkshopState, notebook: Notebook) {
    for codelab in state.agenda() {
        assert_eq!(Some(codelab), notebook.codelab(codelab.codelab));
        assert!(!codelab.steps.is_empty());
        if let Some(last) = state.step_limit(codelab.codelab) {
            let stays = codelab.steps.iter().any(|step| step.step == last);
            assert!(stays, "the last open step is not there");
            let first = codelab.steps[0].step;
            let (codelab, step) = (codelab.codelab, first);
            assert!(!state.is_locked(StepRef { codelab, step }));
        }
    }
}

fn assert_seats_are_as_written(state: &WorkshopState, notebook: Notebook) {
    for seat in state.seats() {
        assert_eq!(seat.facilitator().is_ok(), notebook.facilitates(seat.id));
        assert_eq!(seat.muted, notebook.is_muted(seat.id));
        assert_eq!(seat.following, notebook.follows(seat.id));
        assert_eq!(seat.wrote_at, notebook.wrote_at(seat.id));
        assert_eq!(seat.position(), notebook.position(seat.id));
        assert!(
            !(seat.muted && seat.facilitator().is_ok()),
            "a facilitator is muted"
        );
    }
    assert_eq!(state.slow_mode_seconds(), notebook.slow_mode_seconds());
}

fn assert_help_is_as_written(state: &WorkshopState, notebook: Notebook) {
    let queue: Vec<_> = state
        .help_queue()
        .iter()
        .map(|request| request.id)
        .collect();
    assert_eq!(queue, notebook.waiting());
    let mut waiting = BTreeSet::new();
    for request in state.help_queue() {
        assert!(
            waiting.insert(request.seat),
            "a seat waits with two requests"
        );
    }
    for seat in state.seats() {
        let waits = state.waiting_request(seat.id).is_some();
        assert_eq!(waits, waiting.contains(&seat.id));
    }
    for request in state.help_requests() {
        let id = request.id;
        let (claimed_by, by) = match request.status {
            HelpStatus::Claimed { by, .. } => (Some(by), Some(by)),
            HelpStatus::Resolved { by, .. } => (None, Some(by)),
            HelpStatus::Open | HelpStatus::Withdrawn { .. } => (None, None),
        };
        assert_eq!(claimed_by, notebook.claimed_by(id));
        assert!(by.is_none_or(|by| notebook.facilitates(by)));
        assert_eq!(request.taken_at, notebook.taken_at(id), "request {id}");
        let place = usize::try_from(request.raised_as).unwrap();
        assert_eq!(Some(place), notebook.raised_as(id));
        assert_eq!(request.status.is_waiting(), queue.contains(&id));
        assert_eq!(request.status.closed_at().is_none(), queue.contains(&id));
        assert!(request.waited_ms().is_none_or(|ms| ms >= 0));
    }
    assert_eq!(state.wait_per_place_ms(), notebook.wait_per_place_ms());
}

/// The messages and what stands in them, and that nothing else does.
fn assert_messages_are_as_written(room: &Room) {
    let notebook = Notebook(&room.log);
    let said = room
        .log
        .iter()
        .filter_map(|recorded| said(recorded, notebook));
    let found: Vec<Message> = room.state.messages().to_vec();
    assert_eq!(found, said.collect::<Vec<_>>());
    let pinned = found.iter().filter(|message| message.pinned);
    assert!(pinned.count() <= PINNED);
    for message in &found {
        let thread = message.kind.thread();
        assert!(
            !message.pinned || thread.is_none(),
            "a direct message is pinned"
        );
        for seat in message.reactions.values().flatten() {
            let sees = thread.is_none_or(|whose| whose == *seat || notebook.facilitates(*seat));
            assert!(sees, "who reacted to {} cannot see it", message.id);
        }
        assert!(message.reactions.values().all(|seats| !seats.is_empty()));
        if let Some(id) = message.reply_to {
            assert!(id < message.id, "an answer comes after its question");
            assert_eq!(
                notebook.thread(id),
                Thread::from(thread),
                "an answer stands elsewhere"
            );
        }
        if let Some(by) = message.deleted_by {
            assert!(by == message.seat || notebook.facilitates(by));
        }
    }
}

/// A message as it must be now.
fn said(recorded: &Recorded, notebook: Notebook) -> Option<Message> {
    let (id, kind, seat, body) = match &recorded.event {
        Event::MessagePosted { id, seat, body } => (*id, MessageKind::Chat, *seat, Some(body)),
        Event::DirectMessagePosted {
            id,
            seat,
            with,
            body,
        } => (*id, MessageKind::Direct { with: *with }, *seat, Some(body)),
        Event::AnnouncementMade { id, seat, .. } => (*id, MessageKind::Announcement, *seat, None),
        _ => return None,
    };
    let deleted_by = notebook.0.iter().find_map(|later| match later.event {
        Event::MessageDeleted { id: which, by, .. } if which == id => Some(by),
        _ => None,
    });
    let text = match (&recorded.event, body) {
        _ if deleted_by.is_some() => "",
        (Event::AnnouncementMade { text, .. }, _) => text.as_str(),
        (_, body) => body.map_or("", |body| body.as_str()),
    };
    let left = body.filter(|_| deleted_by.is_none());
    let mut reactions: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (reaction, seat) in notebook.reactions(id) {
        reactions.entry(reaction).or_default().insert(seat);
    }
    Some(Message {
        id,
        kind,
        seat,
        text: text.into(),
        picture: left.and_then(MessageBody::picture),
        reply_to: body.and_then(|body| body.reply_to),
        mentions: left.map(|body| body.mentions.clone()).unwrap_or_default(),
        at: recorded.at,
        deleted_by,
        pinned: notebook.is_pinned(id),
        reactions,
    })
}

fn assert_pacing_is_as_written(state: &WorkshopState, notebook: Notebook) {
    assert_eq!(state.lead().map(|lead| lead.by), notebook.leads());
    if let Some(lead) = state.lead() {
        assert!(notebook.facilitates(lead.by), "an attendee leads");
        assert_eq!(
            lead.at,
            notebook.position(lead.by),
            "the lead is where they are"
        );
    }
    assert_eq!(state.timer().map(|timer| timer.seconds), notebook.timer());
    for codelab in state.agenda() {
        assert_eq!(
            state.step_limit(codelab.codelab),
            notebook.limit(codelab.codelab)
        );
    }
    let Some(pace) = state.pace() else { return };
    let asked = |recorded: &Recorded| matches!(recorded.event, Event::PaceAsked { .. });
    let from = notebook.0.iter().rposition(asked).unwrap();
    let since = &notebook.0[from..];
    let answered = since.iter().filter_map(|recorded| match recorded.event {
        Event::PaceAnswered { seat, answer, .. } => Some((seat, answer)),
        _ => None,
    });
    assert_eq!(pace.answers, answered.collect());
    assert!(pace.answers.keys().all(|seat| !notebook.facilitates(*seat)));
    let closed = since
        .iter()
        .any(|r| matches!(r.event, Event::PaceClosed { .. }));
    assert_eq!(pace.open, !closed);
}

fn assert_polls_are_as_written(state: &WorkshopState, notebook: Notebook) {
    let open: Vec<_> = state.polls().iter().filter(|poll| poll.open).collect();
    assert!(open.len() <= 1, "two polls are open");
    assert!(open.iter().map(|poll| poll.id).eq(notebook.open_polls()));
    for poll in state.polls() {
        assert!(poll.form.is_valid());
        assert_eq!(Some(&*poll.form), notebook.form(poll.id));
        assert_eq!(poll.revealed, notebook.is_revealed(poll.id));
        assert!(poll.answers.values().all(|answer| poll.form.takes(answer)));
        assert_result_is_recounted(poll, &notebook.answers(poll.id));
    }
}

fn assert_quizzes_are_as_written(state: &WorkshopState, notebook: Notebook) {
    for seat in state.seats() {
        for (quiz, tries) in &seat.quizzes {
            let written = notebook.tries(seat.id, *quiz);
            let (first, last) = (written.first().unwrap(), written.last().unwrap());
            assert_eq!((&tries.first, tries.first_right), *first);
            assert_eq!((&tries.last, tries.right), *last);
            assert_eq!(usize::try_from(tries.tries).unwrap(), written.len());
            let before = written.iter().rev().skip(1);
            assert!(
                before.clone().all(|(_, right)| !right),
                "tried after the right answer"
            );
        }
        for codelab in state.agenda() {
            let progress = quizzes_answered(state, seat.id, codelab.codelab);
            assert!(progress.right <= progress.answered && progress.answered <= progress.total);
        }
    }
}

/// Goes through the answers once for each thing that can be counted.
fn assert_result_is_recounted(poll: &Poll, answers: &BTreeMap<SeatId, &PollAnswer>) {
    let result = poll.result();
    assert_eq!(usize::try_from(result.people).unwrap(), answers.len());
    for (choice, counted) in result.counts.iter().enumerate() {
        let chose = answers.values().filter(|answer| match answer {
            PollAnswer::Options(options) => options.iter().any(|o| usize::from(*o) == choice),
            PollAnswer::Scale(value) => usize::from(*value) == choice + 1,
            PollAnswer::Text(_) | PollAnswer::Words(_) => false,
        });
        assert_eq!(usize::try_from(*counted).unwrap(), chose.count());
    }
    let mut texts = Vec::new();
    let mut words = Vec::new();
    for answer in answers.values() {
        match answer {
            PollAnswer::Text(text) => texts.push(text.clone()),
            PollAnswer::Words(given) => {
                words.extend(given.iter().map(|w| w.as_str().to_lowercase()));
            }
            PollAnswer::Options(_) | PollAnswer::Scale(_) => {}
        }
    }
    texts.sort();
    assert_eq!(result.texts, texts);
    let mut counted = 0;
    for (word, times) in &result.words {
        let same = |other: &&String| **other == word.as_str().to_lowercase();
        assert_eq!(
            usize::try_from(*times).unwrap(),
            words.iter().filter(same).count()
        );
        counted += usize::try_from(*times).unwrap();
    }
    assert_eq!(counted, words.len(), "each word is counted once");
    assert!(result.words.is_sorted_by(|a, b| a.1 >= b.1));
    assert!(result.words.iter().all(|(_, times)| *times > 0));
}

/// What must have been so when an event came about.
pub fn assert_was_possible(before: Notebook, recorded: &Recorded, state: &WorkshopState) {
    match &recorded.event {
        Event::MessagePosted { seat, body, .. } => {
            assert!(!before.is_muted(*seat), "who is muted wrote");
            assert_slow_mode_was_kept(before, *seat, recorded);
            assert!(body.mentions.len() <= MENTIONS);
            assert!(
                body.mentions.is_sorted_by(|a, b| a < b),
                "nobody is called twice"
            );
            for whom in body.mentions.iter() {
                let known = before.facilitates(*seat)
                    || before.facilitates(*whom)
                    || before.wrote_at(*whom).is_some();
                assert!(known, "an attendee gave away the name of seat {whom}");
            }
        }
        Event::DirectMessagePosted {
            seat, with, body, ..
        } => {
            assert!(!before.facilitates(*with), "facilitators have no inbox");
            assert!(seat == with || before.facilitates(*seat));
            assert!(body.mentions.is_empty(), "a direct message calls nobody");
        }
        Event::Reacted {
            id,
            seat,
            on,
            thread,
            ..
        } => {
            assert!(!before.is_deleted(*id));
            assert!(!(*on && before.is_muted(*seat)), "who is muted reacted");
            assert_eq!(before.thread(*id), Thread::from(*thread));
        }
        Event::MessageDeleted { id, thread, .. } => {
            assert!(!before.is_deleted(*id), "deleted twice");
            assert_eq!(before.thread(*id), Thread::from(*thread));
        }
        Event::MessagePinned { id, .. } => {
            assert_eq!(before.thread(*id), Thread::Room);
            assert!(!before.is_deleted(*id));
        }
        Event::CodelabRevised { codelab } => {
            let known = before.codelab(codelab.codelab);
            assert!(known.is_some_and(|known| known.revision < codelab.revision));
        }
        Event::StepEntered { seat, at } | Event::StepCompleted { seat, at } => {
            assert!(state.step(*at).is_ok(), "a step that is not there");
            let locked = before.limit(at.codelab).is_some_and(|last| {
                let steps = &state
                    .agenda()
                    .iter()
                    .find(|c| c.codelab == at.codelab)
                    .unwrap()
                    .steps;
                let place = |step| steps.iter().position(|s| s.step == step);
                place(at.step) > place(last)
            });
            assert!(
                !locked || before.facilitates(*seat),
                "an attendee went ahead"
            );
        }
        Event::PaceAnswered { seat, .. } | Event::SeatMuted { seat, .. } => {
            assert!(!before.facilitates(*seat));
        }
        Event::HelpClaimed { id, .. } => assert_eq!(before.claimed_by(*id), None),
        Event::HelpHandedBack { id, .. } => assert!(before.claimed_by(*id).is_some()),
        Event::HelpResolved { id, .. } | Event::HelpWithdrawn { id, .. } => {
            assert!(before.waiting().contains(id));
        }
        Event::QuizAnswered {
            seat,
            at,
            quiz,
            choices,
            right,
            explanation,
        } => {
            assert!(!before.facilitates(*seat));
            let codelab = before.codelab(at.codelab).unwrap();
            let step = codelab.steps.iter().find(|s| s.step == at.step).unwrap();
            let asked = step.quizzes.iter().find(|q| q.key == *quiz).unwrap();
            assert!(asked.takes(choices));
            assert_eq!(*right, asked.right == *choices);
            assert!(explanation.is_none() || *right, "why was told too early");
        }
        Event::PollAnswered { id, .. } => assert_eq!(before.open_polls(), [*id]),
        _ => {}
    }
}

/// A clock that was set back lets people write, and starts the pause anew.
fn assert_slow_mode_was_kept(before: Notebook, seat: SeatId, recorded: &Recorded) {
    let Some(wrote_at) = before.wrote_at(seat) else {
        return;
    };
    let since_ms = recorded.at.as_ms() - wrote_at.as_ms();
    let pause_ms = i64::from(before.slow_mode_seconds()) * 1000;
    assert!(
        before.facilitates(seat) || since_ms < 0 || since_ms >= pause_ms,
        "seat {seat} wrote after {since_ms} of {pause_ms} ms"
    );
}
