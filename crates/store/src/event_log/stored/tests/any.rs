//! Arbitrary events.

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    AnnouncementText, CodelabId, ContentHash, FacilitatorId, FeedbackText, FileName, HelpRequestId,
    HelpText, JoinCode, LinkAddress, MessageId, MessageText, Name, PaceId, PollId, PollLabel,
    PollQuestion, PollText, PollWord, QuizKey, SeatId, StepId, SubmissionId, TimerLabel, Timestamp,
    WorkshopTitle,
    workshop::{
        AgendaCodelab, AgendaStep, Event, Grade, MessageBody, PaceAnswer, Picture, PollAnswer,
        PollForm, PollKind, Quiz, Reaction, Requirement, Role, StepRef, Work,
    },
};
use proptest::{option, prelude::*};

fn random_bits() -> impl Strategy<Value = u64> {
    0..=u64::MAX >> 1
}

fn step_ref() -> impl Strategy<Value = StepRef> {
    (random_bits(), random_bits()).prop_map(|(codelab, step)| StepRef {
        codelab: CodelabId::from_bits(codelab),
        step: StepId::from_bits(step),
    })
}

fn seat() -> impl Strategy<Value = SeatId> {
    any::<u32>().prop_map(SeatId::new)
}

fn help_request() -> impl Strategy<Value = HelpRequestId> {
    any::<u32>().prop_map(HelpRequestId::new)
}

/// Whatever people type that passes the door.
fn typed<T: std::fmt::Debug>(
    max_chars: usize,
    parse: impl Fn(&str) -> Option<T>,
) -> impl Strategy<Value = T> {
    let chars = prop::collection::vec(any::<char>(), 1..=max_chars.min(60));
    chars.prop_filter_map("nothing is left of it", move |chars| {
        parse(&chars.into_iter().collect::<String>())
    })
}

fn agenda_codelab() -> impl Strategy<Value = AgendaCodelab> {
    let step = (
        random_bits(),
        ".{0,20}",
        any::<Option<u32>>(),
        any::<[u8; 32]>(),
        prop::collection::vec(quiz(), 0..3),
    )
        .prop_map(|(step, title, minutes, content, quizzes)| AgendaStep {
            step: StepId::from_bits(step),
            title: title.into(),
            minutes,
            content: ContentHash::from_bytes(content),
            quizzes: quizzes.into(),
        });
    let steps = prop::collection::vec(step, 0..4);
    let guide = any::<Option<[u8; 32]>>();
    let required = prop::sample::subsequence(Requirement::ALL.to_vec(), 0..=3);
    (
        random_bits(),
        any::<u32>(),
        ".{0,20}",
        guide,
        required,
        steps,
    )
        .prop_map(
            |(id, revision, title, guide, required, steps)| AgendaCodelab {
                codelab: CodelabId::from_bits(id),
                revision,
                title: title.into(),
                guide: guide.map(ContentHash::from_bytes),
                required: required.into(),
                steps: steps.into(),
            },
        )
}

fn choices() -> impl Strategy<Value = BTreeSet<u8>> {
    prop::collection::btree_set(any::<u8>(), 0..4)
}

fn text() -> impl Strategy<Value = Arc<str>> {
    ".{0,20}".prop_map(Arc::from)
}

fn quiz() -> impl Strategy<Value = Quiz> {
    let options = prop::collection::vec(text(), 0..4);
    let parts = (
        random_bits(),
        text(),
        options,
        choices(),
        option::of(text()),
    );
    parts.prop_map(|(key, question, options, right, explanation)| Quiz {
        key: QuizKey::from_bits(key),
        question,
        options: options.into(),
        right,
        explanation,
    })
}

fn quiz_answered() -> impl Strategy<Value = Event> {
    let parts = (
        seat(),
        step_ref(),
        random_bits(),
        choices(),
        any::<bool>(),
        option::of(text()),
    );
    parts.prop_map(
        |(seat, at, quiz, choices, right, explanation)| Event::QuizAnswered {
            seat,
            at,
            quiz: QuizKey::from_bits(quiz),
            choices,
            right,
            explanation,
        },
    )
}

fn workshop_started() -> impl Strategy<Value = Event> {
    let agenda = prop::collection::vec(agenda_codelab(), 0..3);
    let title = typed(WorkshopTitle::MAX_CHARS, |t| WorkshopTitle::parse(t).ok());
    (title, any::<[u32; 6]>(), any::<bool>(), agenda).prop_map(
        |(title, code, code_required, agenda)| Event::WorkshopStarted {
            title,
            join_code: JoinCode::from_random(code),
            code_required,
            agenda: agenda.into(),
        },
    )
}

fn seat_taken() -> impl Strategy<Value = Event> {
    let name = typed(Name::MAX_CHARS, |t| Name::parse(t).ok());
    (seat(), option::of(random_bits()), name, any::<u32>()).prop_map(
        |(seat, facilitator, name, ordinal)| Event::SeatTaken {
            seat,
            role: facilitator.map_or(Role::Attendee, |bits| {
                Role::Facilitator(FacilitatorId::from_bits(bits))
            }),
            name,
            ordinal,
        },
    )
}

fn progress() -> impl Strategy<Value = Event> {
    prop_oneof![
        (seat(), step_ref()).prop_map(|(seat, at)| Event::StepEntered { seat, at }),
        (seat(), step_ref()).prop_map(|(seat, at)| Event::StepCompleted { seat, at }),
        (seat(), step_ref()).prop_map(|(seat, at)| Event::StepReopened { seat, at }),
    ]
}

fn step_id() -> impl Strategy<Value = StepId> {
    random_bits().prop_map(StepId::from_bits)
}

fn picture() -> impl Strategy<Value = Picture> {
    (any::<[u8; 32]>(), any::<u32>(), any::<u32>()).prop_map(|(file, width, height)| Picture {
        file: ContentHash::from_bytes(file),
        width,
        height,
    })
}

/// A text, a picture, or both.
fn body() -> impl Strategy<Value = MessageBody> {
    let text = typed(MessageText::MAX_CHARS, |t| MessageText::parse(t).ok());
    let said = (option::of(text), option::of(picture()));
    let said = said.prop_filter_map("nothing said", |(text, picture)| {
        MessageBody::of(text, picture)
    });
    let mentions = prop::collection::vec(seat(), 0..3);
    (said, option::of(message_id()), mentions).prop_map(|(mut body, reply_to, mentions)| {
        body.reply_to = reply_to;
        body.mentions = mentions.into();
        body
    })
}

fn message_id() -> impl Strategy<Value = MessageId> {
    any::<u32>().prop_map(MessageId::new)
}

fn reaction() -> impl Strategy<Value = Reaction> {
    prop::sample::select(vec![
        Reaction::ThumbsUp,
        Reaction::Heart,
        Reaction::Party,
        Reaction::Laugh,
        Reaction::Surprise,
        Reaction::Eyes,
    ])
}

fn conversation() -> impl Strategy<Value = Event> {
    let announcement = typed(AnnouncementText::MAX_CHARS, |t| {
        AnnouncementText::parse(t).ok()
    });
    let id = message_id;
    let thread = || option::of(seat());
    prop_oneof![
        (id(), seat(), body()).prop_map(|(id, seat, body)| Event::MessagePosted { id, seat, body }),
        (id(), seat(), seat(), body()).prop_map(|(id, seat, with, body)| {
            Event::DirectMessagePosted {
                id,
                seat,
                with,
                body,
            }
        }),
        (id(), seat(), thread()).prop_map(|(id, by, thread)| Event::MessageDeleted {
            id,
            by,
            thread
        }),
        (id(), seat(), any::<bool>()).prop_map(|(id, by, pinned)| Event::MessagePinned {
            id,
            by,
            pinned
        }),
        (id(), seat(), reaction(), any::<bool>(), thread()).prop_map(
            |(id, seat, reaction, on, thread)| Event::Reacted {
                id,
                seat,
                reaction,
                on,
                thread,
            }
        ),
        (seat(), seat(), any::<bool>()).prop_map(|(seat, by, muted)| Event::SeatMuted {
            seat,
            by,
            muted
        }),
        (seat(), any::<u32>()).prop_map(|(by, seconds)| Event::SlowModeChanged { by, seconds }),
        (id(), seat(), announcement).prop_map(|(id, seat, text)| Event::AnnouncementMade {
            id,
            seat,
            text
        }),
    ]
}

fn help() -> impl Strategy<Value = Event> {
    let text = typed(HelpText::MAX_CHARS, |t| HelpText::parse(t).ok());
    let raised = (
        help_request(),
        seat(),
        option::of(step_ref()),
        option::of(text),
    );
    prop_oneof![
        raised.prop_map(|(id, seat, at, message)| Event::HelpRaised {
            id,
            seat,
            at,
            message
        }),
        (help_request(), seat(), seat()).prop_map(|(id, seat, by)| Event::HelpClaimed {
            id,
            seat,
            by
        }),
        (help_request(), seat(), seat()).prop_map(|(id, seat, by)| Event::HelpHandedBack {
            id,
            seat,
            by
        }),
        (help_request(), seat(), seat()).prop_map(|(id, seat, by)| Event::HelpResolved {
            id,
            seat,
            by
        }),
        (help_request(), seat()).prop_map(|(id, seat)| Event::HelpWithdrawn { id, seat }),
    ]
}

fn pacing() -> impl Strategy<Value = Event> {
    let id = || any::<u32>().prop_map(PaceId::new);
    let answer = prop::sample::select(vec![PaceAnswer::Done, PaceAnswer::Stuck]);
    let label = option::of(typed(TimerLabel::MAX_CHARS, |t| TimerLabel::parse(t).ok()));
    prop_oneof![
        (id(), seat(), step_ref()).prop_map(|(id, by, at)| Event::PaceAsked { id, by, at }),
        (id(), seat(), answer).prop_map(|(id, seat, answer)| Event::PaceAnswered {
            id,
            seat,
            answer
        }),
        (id(), seat()).prop_map(|(id, by)| Event::PaceClosed { id, by }),
        (seat(), any::<u32>(), label).prop_map(|(by, seconds, label)| Event::TimerStarted {
            by,
            seconds,
            label
        }),
        seat().prop_map(|by| Event::TimerStopped { by }),
        (seat(), option::of(step_ref())).prop_map(|(by, at)| Event::LeadTaken { by, at }),
        (seat(), step_ref()).prop_map(|(by, at)| Event::LeadMoved { by, at }),
        seat().prop_map(|by| Event::LeadReleased { by }),
        (seat(), any::<bool>())
            .prop_map(|(seat, following)| Event::FollowingChanged { seat, following }),
        (seat(), random_bits(), option::of(step_id())).prop_map(|(by, codelab, last)| {
            Event::StepsLimited {
                by,
                codelab: CodelabId::from_bits(codelab),
                last,
            }
        }),
    ]
}

fn label() -> impl Strategy<Value = PollLabel> {
    typed(PollLabel::MAX_CHARS, |t| PollLabel::parse(t).ok())
}

fn poll_form() -> impl Strategy<Value = PollForm> {
    let question = typed(PollQuestion::MAX_CHARS, |t| PollQuestion::parse(t).ok());
    let options = || prop::collection::vec(label(), 0..4);
    let scale = (any::<u8>(), option::of(label()), option::of(label()));
    let kind = prop_oneof![
        options().prop_map(|options| PollKind::Single(options.into())),
        options().prop_map(|options| PollKind::Multiple(options.into())),
        scale.prop_map(|(max, low, high)| PollKind::Scale { max, low, high }),
        Just(PollKind::Text),
        Just(PollKind::Words),
    ];
    (question, kind).prop_map(|(question, kind)| PollForm { question, kind })
}

fn poll_answer() -> impl Strategy<Value = PollAnswer> {
    let word = typed(PollWord::MAX_CHARS, |t| PollWord::parse(t).ok());
    prop_oneof![
        prop::collection::btree_set(any::<u8>(), 0..4).prop_map(PollAnswer::Options),
        any::<u8>().prop_map(PollAnswer::Scale),
        typed(PollText::MAX_CHARS, |t| PollText::parse(t).ok()).prop_map(PollAnswer::Text),
        prop::collection::vec(word, 0..4).prop_map(PollAnswer::Words),
    ]
}

fn polls() -> impl Strategy<Value = Event> {
    let id = || any::<u32>().prop_map(PollId::new);
    prop_oneof![
        (id(), seat(), poll_form()).prop_map(|(id, by, form)| Event::PollOpened {
            id,
            by,
            form: Arc::new(form)
        }),
        (id(), seat(), poll_answer()).prop_map(|(id, seat, answer)| Event::PollAnswered {
            id,
            seat,
            answer
        }),
        (id(), seat()).prop_map(|(id, by)| Event::PollClosed { id, by }),
        (id(), seat(), any::<bool>()).prop_map(|(id, by, revealed)| Event::PollRevealed {
            id,
            by,
            revealed
        }),
        (id(), seat()).prop_map(|(id, by)| Event::PollReset { id, by }),
    ]
}

fn grade() -> impl Strategy<Value = Option<Grade>> {
    (0..=Grade::MAX).prop_map(Grade::new)
}

fn handed_in() -> impl Strategy<Value = Event> {
    let comment = option::of(typed(FeedbackText::MAX_CHARS, |t| {
        FeedbackText::parse(t).ok()
    }));
    let link = typed(LinkAddress::MAX_CHARS, |t| LinkAddress::parse(t).ok());
    let name = typed(FileName::MAX_CHARS, |t| FileName::parse(t).ok());
    let work = prop_oneof![
        link.prop_map(Work::Link),
        (any::<[u8; 32]>(), name, random_bits()).prop_map(|(hash, name, size_bytes)| {
            Work::File {
                file: ContentHash::from_bytes(hash),
                name,
                size_bytes,
            }
        }),
    ];
    prop_oneof![
        (option::of(seat()), grade(), grade(), comment).prop_map(
            |(seat, difficulty, satisfaction, comment)| Event::FeedbackGiven {
                seat,
                difficulty,
                satisfaction,
                comment
            }
        ),
        (any::<u32>(), seat(), work).prop_map(|(id, seat, work)| Event::WorkSubmitted {
            id: SubmissionId::new(id),
            seat,
            work
        }),
        any::<i64>().prop_map(|ms| Event::WorkshopImported {
            on: Timestamp::from_ms(ms)
        }),
    ]
}

/// Whatever can stand in a log.
pub fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        workshop_started(),
        agenda_codelab().prop_map(|codelab| Event::CodelabRevised { codelab }),
        seat_taken(),
        progress(),
        conversation(),
        help(),
        pacing(),
        polls(),
        quiz_answered(),
        handed_in(),
        any::<bool>().prop_map(|required| Event::JoinCodeRequirementChanged { required }),
        (seat(), option::of(any::<i64>())).prop_map(|(by, at)| Event::EndScheduled {
            by,
            at: at.map(Timestamp::from_ms),
        }),
        seat().prop_map(|by| Event::WorkshopEnded { by }),
    ]
}
