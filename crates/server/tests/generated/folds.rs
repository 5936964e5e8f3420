//! What the page's fold is tested against: a workshop in which everything
//! happens, as each seat sees it in the middle, what it is told from then on,
//! and as it sees the workshop in the end. The page has to get from the one to
//! the other by its own `apply.ts`.

use std::{collections::HashSet, mem::discriminant, ops::RangeInclusive, sync::Arc};

use domain::{
    AnnouncementText, CodelabId, ContentHash, FacilitatorId, FeedbackText, HelpRequestId, HelpText,
    JoinCode, LinkAddress, MessageId, MessageText, Name, PaceId, PollId, PollLabel, PollQuestion,
    PollText, PollWord, QuizKey, SeatId, StepId, SubmissionId, TimerLabel, Timestamp, WorkshopId,
    WorkshopTitle,
    workshop::{
        Admission, AgendaCodelab, AgendaStep, Command, Event, Grade, MessageBody, PaceAnswer,
        PollAnswer, PollForm, PollKind, Quiz, Reaction, Recorded, Requirement, Start, StepRef,
        Work, WorkshopState, admit, apply, audience, decide, revise, start,
    },
};
use protocol::{EventMessage, Snapshot};
use rand::{Rng as _, SeedableRng as _, rngs::StdRng, seq::IndexedRandom as _};
use serde_json::json;

const WORKSHOP: WorkshopId = WorkshopId::from_bits(1);

/// Wishes before the first look, when everybody has come, and until the last.
const WISHES: u32 = 350;

/// Wishes between two edits of a codelab.
const EDITED_EVERY: u32 = 70;

const STEPS: u64 = 4;

/// One line per seat, so that a change shows where it is.
pub fn document() -> String {
    let (before, room) = played();
    let views = room.state.seats().iter().map(|seat| {
        let told = room
            .log
            .iter()
            .filter(|recorded| recorded.seq > before.seq())
            .filter(|recorded| audience(&recorded.event).includes(seat));
        let events: Vec<EventMessage> = told
            .map(|recorded| EventMessage::of(recorded, &room.state))
            .collect();
        let view = json!({
            "before": Snapshot::of(WORKSHOP, &before, seat.id),
            "events": events,
            "after": Snapshot::of(WORKSHOP, &room.state, seat.id),
        });
        view.to_string()
    });
    let views: Vec<String> = views.collect();
    format!("[\n{}\n]\n", views.join(",\n"))
}

/// The workshop in the middle, and in the end.
fn played() -> (WorkshopState, Room) {
    let mut room = Room::open();
    for wish in 1..=WISHES {
        room.wish();
        if wish % EDITED_EVERY == 0 {
            room.edit();
        }
    }
    let before = room.state.clone();
    for wish in 1..=WISHES {
        room.wish();
        if wish % EDITED_EVERY == 0 {
            room.edit();
        }
    }
    room.record(handed_in());
    room.record(planned_end());
    room.record(vec![Event::WorkshopEnded { by: SeatId::new(1) }]);
    (before, room)
}

#[test]
fn every_kind_of_event_is_told_to_somebody() {
    // All but the two with which a workshop and its seats begin.
    let wanted = protocol::examples::recorded();
    let wanted = wanted.iter().map(|recorded| discriminant(&recorded.event));
    let (before, room) = played();
    let told: HashSet<_> = room
        .log
        .iter()
        .filter(|recorded| recorded.seq > before.seq())
        .map(|recorded| discriminant(&recorded.event))
        .collect();
    let missing = wanted.filter(|kind| !told.contains(kind)).count();
    assert_eq!(
        missing, 2,
        "some events are never folded by the page's test"
    );
}

struct Room {
    state: WorkshopState,
    log: Vec<Recorded>,
    random: StdRng,
}

impl Room {
    fn open() -> Self {
        let mut room = Self {
            state: WorkshopState::default(),
            log: Vec::new(),
            random: StdRng::seed_from_u64(12),
        };
        let events = start(Start {
            title: parse(WorkshopTitle::parse("Saturday")),
            join_code: parse(JoinCode::parse("K7M3PQ")),
            code_required: false,
            agenda: vec![codelab(1, 1..=STEPS), codelab(2, 1..=STEPS)],
        });
        room.record(parse(events));
        for (id, name) in [(1, "Grace"), (2, "Mina")] {
            room.admit(Admission::Facilitator {
                id: FacilitatorId::from_bits(id),
                name: parse(Name::parse(name)),
            });
        }
        for name in ["Ada", "Bob"] {
            room.admit(Admission::Attendee {
                name: parse(Name::parse(name)),
                code: None,
            });
        }
        room
    }

    fn admit(&mut self, admission: Admission) {
        let events = parse(admit(&self.state, admission));
        self.record(events);
    }

    fn record(&mut self, events: Vec<Event>) {
        for event in events {
            let seq = self.state.seq().next();
            let at = Timestamp::from_ms(1_793_433_600_000 + seq.get() * 1000);
            let recorded = Recorded { seq, at, event };
            apply(&mut self.state, &recorded);
            self.log.push(recorded);
        }
    }

    /// Somebody wishes something; what the rules refuse did not happen.
    fn wish(&mut self) {
        let seat = SeatId::new(self.random.random_range(1..=4));
        let command = self.command();
        let now = Timestamp::from_ms(1_793_433_600_000 + self.state.seq().get() * 1000);
        let who = self.state.seat(seat).expect("everybody is here");
        if let Ok(events) = decide(&self.state, who, command, now) {
            self.record(events);
        }
    }

    /// Somebody saves the first codelab: its first step goes, or comes back.
    fn edit(&mut self) {
        let known = self.state.agenda()[0].revision;
        let first = u64::from(known % 2) + 1;
        let mut edited = codelab(1, first..=STEPS);
        edited.revision = known + 1;
        edited.title = format!("Codelab 1, revision {}", known + 1).into();
        self.record(parse(revise(&self.state, edited)));
    }

    fn command(&mut self) -> Command {
        let state = &self.state;
        let random = &mut self.random;
        let newest = u32::try_from(state.messages().len()).expect("a few");
        let step = StepRef {
            codelab: CodelabId::from_bits(random.random_range(1..=2)),
            step: StepId::from_bits(random.random_range(1..=STEPS)),
        };
        let message = MessageId::new(random.random_range(newest.saturating_sub(6)..=newest));
        let waiting = state.help_queue();
        let request = waiting
            .choose(random)
            .map_or(HelpRequestId::new(1), |request| request.id);
        let poll = PollId::new(u32::try_from(state.polls().len()).expect("a few"));
        let pace = state.pace().map_or(PaceId::new(1), |pace| pace.id);
        let on = random.random_bool(0.6);
        match random.random_range(0..37) {
            0 | 1 => Command::EnterStep(step),
            2 => Command::CompleteStep(step),
            3 => Command::ReopenStep(step),
            4 | 5 => Command::PostMessage(body(random, message)),
            6 => Command::PostDirectMessage {
                with: random.random_bool(0.5).then_some(SeatId::new(3)),
                message: MessageBody::text(parse(MessageText::parse("between us"))),
            },
            7 => Command::Announce {
                text: parse(AnnouncementText::parse("A break")),
                pinned: on,
            },
            8 => Command::DeleteMessage(message),
            9 => Command::PinMessage {
                message,
                pinned: on,
            },
            10 | 11 => Command::React {
                message,
                reaction: if random.random_bool(0.5) {
                    Reaction::ThumbsUp
                } else {
                    Reaction::Eyes
                },
                on,
            },
            12 => Command::MuteSeat {
                seat: SeatId::new(4),
                muted: on,
            },
            13 => Command::SetSlowMode(random.random_range(0..3)),
            14 => Command::RequireJoinCode(on),
            15 => Command::RaiseHelp {
                at: on.then_some(step),
                message: Some(parse(HelpText::parse("stuck"))),
            },
            16 => Command::ClaimHelp(request),
            17 => Command::HandBackHelp(request),
            18 => Command::ResolveHelp(request),
            19 => Command::WithdrawHelp(request),
            20 => Command::AskPace(step),
            21 => Command::ClosePace(pace),
            22 => Command::AnswerPace {
                pace,
                answer: if on {
                    PaceAnswer::Done
                } else {
                    PaceAnswer::Stuck
                },
            },
            23 => Command::StartTimer {
                seconds: 60,
                label: on.then(|| parse(TimerLabel::parse("Break"))),
            },
            24 => Command::StopTimer,
            25 => Command::TakeLead,
            26 => Command::ReleaseLead,
            27 => Command::SetFollowing(on),
            28 => Command::LimitSteps {
                codelab: step.codelab,
                last: on.then_some(step.step),
            },
            29 => Command::OpenPoll(Arc::new(form(random))),
            30 => Command::ClosePoll(poll),
            31 => match random.random_range(0..3) {
                0 => Command::ResetPoll(poll),
                _ => Command::RevealPoll { poll, revealed: on },
            },
            34..=36 => answer_quiz(random, step),
            _ => answer_poll(random, state, poll),
        }
    }
}

fn answer_poll(random: &mut StdRng, state: &WorkshopState, poll: PollId) -> Command {
    Command::AnswerPoll {
        poll,
        answer: match state.poll(poll).map(|poll| &poll.form.kind) {
            Some(PollKind::Scale { .. }) => PollAnswer::Scale(random.random_range(1..=3)),
            Some(PollKind::Text) => PollAnswer::Text(parse(PollText::parse("in my own words"))),
            Some(PollKind::Words) => PollAnswer::Words(vec![parse(PollWord::parse("rust"))]),
            Some(PollKind::Single(_) | PollKind::Multiple(_)) | None => {
                PollAnswer::Options([random.random_range(0..2)].into())
            }
        },
    }
}

fn answer_quiz(random: &mut StdRng, at: StepRef) -> Command {
    Command::AnswerQuiz {
        at,
        quiz: quiz(at.step.to_bits()).key,
        choices: [random.random_range(0..3)].into(),
    }
}

/// The end is planned, not after all, and again.
fn planned_end() -> Vec<Event> {
    let at = Some(Timestamp::from_ms(1_793_433_600_000));
    [at, None, at]
        .map(|at| Event::EndScheduled {
            by: SeatId::new(1),
            at,
        })
        .into()
}

/// What nobody can wish for yet.
fn handed_in() -> Vec<Event> {
    vec![
        Event::FeedbackGiven {
            seat: Some(SeatId::new(3)),
            difficulty: Grade::new(2),
            satisfaction: Grade::new(5),
            comment: Some(parse(FeedbackText::parse("More of this!"))),
        },
        Event::WorkSubmitted {
            id: SubmissionId::new(1),
            seat: SeatId::new(3),
            work: Work::Link(parse(LinkAddress::parse("https://git.example/ada"))),
        },
        Event::WorkshopImported {
            on: Timestamp::from_ms(1_793_433_600_000),
        },
    ]
}

fn body(random: &mut StdRng, answered: MessageId) -> MessageBody {
    let mut body = MessageBody::text(parse(MessageText::parse("Hello")));
    if random.random_bool(0.3) {
        body.reply_to = Some(answered);
    }
    if random.random_bool(0.3) {
        body.mentions = [SeatId::new(random.random_range(1..=4))].into();
    }
    body
}

fn form(random: &mut StdRng) -> PollForm {
    let option = |text| parse(PollLabel::parse(text));
    let kind = match random.random_range(0..5) {
        0 => PollKind::Single([option("Yes"), option("No")].into()),
        1 => PollKind::Multiple([option("Mac"), option("Linux")].into()),
        2 => PollKind::Scale {
            max: 3,
            low: Some(option("Too slow")),
            high: None,
        },
        3 => PollKind::Text,
        _ => PollKind::Words,
    };
    PollForm {
        question: parse(PollQuestion::parse("How is it going?")),
        kind,
    }
}

/// A step's quiz; its second option is right.
fn quiz(step: u64) -> Quiz {
    Quiz {
        key: QuizKey::from_bits(step),
        question: "Which?".into(),
        options: ["One", "Two", "Three"].map(Into::into).into(),
        right: [1].into(),
        explanation: (step > 2).then(|| "Because.".into()),
    }
}

fn codelab(id: u64, steps: RangeInclusive<u64>) -> AgendaCodelab {
    let step = |number| AgendaStep {
        step: StepId::from_bits(number),
        title: format!("Step {number}").into(),
        minutes: Some(5),
        content: ContentHash::from_bytes([9; 32]),
        quizzes: [quiz(number)].into(),
    };
    AgendaCodelab {
        codelab: CodelabId::from_bits(id),
        revision: 1,
        title: format!("Codelab {id}").into(),
        guide: (id == 1).then(|| ContentHash::from_bytes([8; 32])),
        required: [Requirement::Quiz].into(),
        steps: steps.map(step).collect(),
    }
}

fn parse<T, E: std::fmt::Debug>(parsed: Result<T, E>) -> T {
    parsed.expect("valid")
}
