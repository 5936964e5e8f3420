//! From the log's event to the wire's.

use std::collections::BTreeMap;

use domain::{MessageId, SeatId, Timestamp, workshop};

use super::{
    AnnouncementMade, CodelabRevised, DirectMessagePosted, EndScheduled, EventBody, FeedbackGiven,
    FollowingChanged, HelpClaimed, HelpHandedBack, HelpRaised, HelpResolved, HelpWithdrawn,
    JoinCodeRequirementChanged, LeadMoved, LeadReleased, LeadTaken, MessageDeleted, MessagePinned,
    MessagePosted, PaceAnswered, PaceAsked, PaceClosed, PollAnswered, PollClosed, PollOpened,
    PollReset, PollRevealed, QuizAnswered, Reacted, SeatMuted, SeatTaken, SlowModeChanged,
    StepCompleted, StepEntered, StepReopened, StepsLimited, TimerStarted, TimerStopped,
    WorkSubmitted, WorkshopEnded, WorkshopImported, WorkshopStarted,
};
use crate::{
    AgendaCodelab, Directory, Feedback, HelpRequest, HelpStatus, Id, Lead, Message, MessageKind,
    Pace, Person, Poll, PollForm, Submission, Timer, quizzes::numbers,
};

/// What happened, with the people's names.
#[expect(
    clippy::too_many_lines,
    reason = "one arm for each kind of event, and nothing else"
)]
pub(super) fn of(event: &workshop::Event, at: Timestamp, people: &impl Directory) -> EventBody {
    use workshop::Event;
    let person = |seat: SeatId| people.person(seat).unwrap_or_else(|| nobody(seat));
    match event {
        Event::WorkshopStarted { title, .. } => EventBody::WorkshopStarted(WorkshopStarted {
            title: title.as_str().to_owned(),
        }),
        Event::CodelabRevised { codelab } => {
            let AgendaCodelab {
                codelab: id,
                title,
                guide,
                required,
                steps,
            } = codelab.into();
            EventBody::CodelabRevised(CodelabRevised {
                codelab: id,
                revision: codelab.revision,
                title,
                guide,
                required,
                steps,
            })
        }
        Event::SeatTaken {
            seat,
            role,
            name,
            ordinal,
        } => EventBody::SeatTaken(SeatTaken {
            person: Person {
                seat: seat.get(),
                role: (*role).into(),
                name: name.as_str().into(),
                ordinal: *ordinal,
            },
        }),
        Event::StepEntered { seat, at } => EventBody::StepEntered(StepEntered {
            seat: seat.get(),
            codelab: Id(at.codelab),
            step: Id(at.step),
        }),
        Event::StepCompleted { seat, at } => EventBody::StepCompleted(StepCompleted {
            seat: seat.get(),
            codelab: Id(at.codelab),
            step: Id(at.step),
        }),
        Event::StepReopened { seat, at } => EventBody::StepReopened(StepReopened {
            seat: seat.get(),
            codelab: Id(at.codelab),
            step: Id(at.step),
        }),
        Event::MessagePosted { id, seat, body } => EventBody::MessagePosted(MessagePosted {
            message: said(*id, workshop::MessageKind::Chat, *seat, body, at, people),
        }),
        Event::DirectMessagePosted {
            id,
            seat,
            with,
            body,
        } => EventBody::DirectMessagePosted(DirectMessagePosted {
            message: said(
                *id,
                workshop::MessageKind::Direct { with: *with },
                *seat,
                body,
                at,
                people,
            ),
        }),
        Event::AnnouncementMade { id, seat, text } => {
            EventBody::AnnouncementMade(AnnouncementMade {
                message: Message {
                    id: id.get(),
                    kind: MessageKind::Announcement,
                    from: person(*seat),
                    text: text.as_str().into(),
                    at_ms: at.as_ms(),
                    with: None,
                    reply_to: None,
                    mentions: Vec::new(),
                    picture: None,
                    code: Vec::new(),
                    reactions: Vec::new(),
                    pinned: false,
                    deleted: false,
                },
            })
        }
        Event::MessageDeleted { id, by, .. } => EventBody::MessageDeleted(MessageDeleted {
            message: id.get(),
            by: person(*by),
        }),
        Event::MessagePinned { id, pinned, .. } => EventBody::MessagePinned(MessagePinned {
            message: id.get(),
            pinned: *pinned,
        }),
        Event::Reacted {
            id,
            seat,
            reaction,
            on,
            ..
        } => EventBody::Reacted(Reacted {
            message: id.get(),
            seat: seat.get(),
            reaction: (*reaction).into(),
            on: *on,
        }),
        Event::SeatMuted { seat, muted, .. } => EventBody::SeatMuted(SeatMuted {
            seat: seat.get(),
            muted: *muted,
        }),
        Event::SlowModeChanged { seconds, .. } => {
            EventBody::SlowModeChanged(SlowModeChanged { seconds: *seconds })
        }
        Event::HelpRaised {
            id,
            seat,
            at: step,
            message,
        } => EventBody::HelpRaised(HelpRaised {
            request: HelpRequest {
                id: id.get(),
                from: person(*seat),
                codelab: step.map(|s| Id(s.codelab)),
                step: step.map(|s| Id(s.step)),
                message: message.as_ref().map(|text| text.as_str().to_owned()),
                raised_at_ms: at.as_ms(),
                taken_at_ms: None,
                closed_at_ms: None,
                status: HelpStatus::Open,
                by: None,
            },
        }),
        Event::HelpClaimed { id, seat, by } => EventBody::HelpClaimed(HelpClaimed {
            help_request: id.get(),
            seat: seat.get(),
            by: person(*by),
        }),
        Event::HelpHandedBack { id, seat, by } => EventBody::HelpHandedBack(HelpHandedBack {
            help_request: id.get(),
            seat: seat.get(),
            by: person(*by),
        }),
        Event::HelpResolved { id, seat, by } => EventBody::HelpResolved(HelpResolved {
            help_request: id.get(),
            seat: seat.get(),
            by: person(*by),
        }),
        Event::HelpWithdrawn { id, seat } => EventBody::HelpWithdrawn(HelpWithdrawn {
            help_request: id.get(),
            seat: seat.get(),
        }),
        Event::PaceAsked { id, at: step, .. } => EventBody::PaceAsked(PaceAsked {
            pace: Pace {
                id: id.get(),
                codelab: Id(step.codelab),
                step: Id(step.step),
                asked_at_ms: at.as_ms(),
                open: true,
            },
        }),
        Event::PaceAnswered { id, seat, answer } => EventBody::PaceAnswered(PaceAnswered {
            pace: id.get(),
            seat: seat.get(),
            answer: (*answer).into(),
        }),
        Event::PaceClosed { id, .. } => EventBody::PaceClosed(PaceClosed { pace: id.get() }),
        Event::TimerStarted { seconds, label, .. } => EventBody::TimerStarted(TimerStarted {
            timer: Timer::from(&workshop::Timer {
                started_at: at,
                seconds: *seconds,
                label: label.clone(),
            }),
        }),
        Event::TimerStopped { by } => EventBody::TimerStopped(TimerStopped { by: person(*by) }),
        Event::LeadTaken { by, at } => EventBody::LeadTaken(LeadTaken {
            lead: lead(person(*by), *at),
        }),
        Event::LeadMoved { by, at } => EventBody::LeadMoved(LeadMoved {
            lead: lead(person(*by), Some(*at)),
        }),
        Event::LeadReleased { by } => EventBody::LeadReleased(LeadReleased { by: person(*by) }),
        Event::FollowingChanged { seat, following } => {
            EventBody::FollowingChanged(FollowingChanged {
                seat: seat.get(),
                following: *following,
            })
        }
        Event::StepsLimited { codelab, last, .. } => EventBody::StepsLimited(StepsLimited {
            codelab: Id(*codelab),
            last: last.map(Id),
        }),
        Event::PollOpened { id, form, .. } => EventBody::PollOpened(PollOpened {
            poll: Poll {
                id: id.get(),
                form: PollForm::from(&**form),
                opened_at_ms: at.as_ms(),
                open: true,
                revealed: false,
            },
        }),
        Event::PollAnswered { id, answer, .. } => EventBody::PollAnswered(PollAnswered {
            poll: id.get(),
            answer: answer.into(),
        }),
        Event::PollClosed { id, .. } => EventBody::PollClosed(PollClosed { poll: id.get() }),
        Event::PollRevealed { id, revealed, .. } => EventBody::PollRevealed(PollRevealed {
            poll: id.get(),
            revealed: *revealed,
        }),
        Event::PollReset { id, .. } => EventBody::PollReset(PollReset { poll: id.get() }),
        Event::QuizAnswered {
            seat,
            at,
            quiz,
            choices,
            right,
            explanation,
        } => EventBody::QuizAnswered(QuizAnswered {
            seat: seat.get(),
            codelab: Id(at.codelab),
            step: Id(at.step),
            quiz: Id(*quiz),
            choices: numbers(choices),
            right: *right,
            explanation: explanation.clone(),
        }),
        Event::FeedbackGiven {
            seat,
            difficulty,
            satisfaction,
            comment,
        } => EventBody::FeedbackGiven(FeedbackGiven {
            feedback: Feedback::of(
                &workshop::Feedback {
                    seat: *seat,
                    difficulty: *difficulty,
                    satisfaction: *satisfaction,
                    comment: comment.clone(),
                    at,
                },
                seat.map(person),
            ),
        }),
        Event::WorkSubmitted { id, seat, work } => EventBody::WorkSubmitted(WorkSubmitted {
            submission: Submission::of(
                &workshop::Submission {
                    id: *id,
                    seat: *seat,
                    work: work.clone(),
                    at,
                },
                person(*seat),
            ),
        }),
        Event::WorkshopImported { on } => {
            EventBody::WorkshopImported(WorkshopImported { on_ms: on.as_ms() })
        }
        Event::JoinCodeRequirementChanged { required } => {
            EventBody::JoinCodeRequirementChanged(JoinCodeRequirementChanged {
                required: *required,
            })
        }
        Event::EndScheduled { at, .. } => EventBody::EndScheduled(EndScheduled {
            ends_at_ms: at.map(Timestamp::as_ms),
        }),
        Event::WorkshopEnded { .. } => EventBody::WorkshopEnded(WorkshopEnded {}),
    }
}

/// A message as it was just said.
fn said(
    id: MessageId,
    kind: workshop::MessageKind,
    seat: SeatId,
    body: &workshop::MessageBody,
    at: Timestamp,
    people: &impl Directory,
) -> Message {
    let message = workshop::Message {
        id,
        kind,
        seat,
        text: body.as_str().into(),
        picture: body.picture(),
        reply_to: body.reply_to,
        mentions: body.mentions.clone(),
        at,
        deleted_by: None,
        pinned: false,
        reactions: BTreeMap::new(),
    };
    Message::of(&message, &Known(people)).unwrap_or_else(|| unreachable!("everybody is known"))
}

fn lead(by: Person, at: Option<workshop::StepRef>) -> Lead {
    Lead {
        by,
        codelab: at.map(|at| Id(at.codelab)),
        step: at.map(|at| Id(at.step)),
    }
}

/// A directory in which a stranger has an empty name.
struct Known<'d, D>(&'d D);

impl<D: Directory> Directory for Known<'_, D> {
    fn person(&self, seat: SeatId) -> Option<Person> {
        Some(self.0.person(seat).unwrap_or_else(|| nobody(seat)))
    }
}

fn nobody(seat: SeatId) -> Person {
    Person {
        seat: seat.get(),
        role: crate::Role::Attendee,
        name: "".into(),
        ordinal: 1,
    }
}
