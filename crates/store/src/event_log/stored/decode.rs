//! From the document to its event.

use std::sync::Arc;

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

use super::{
    NotAnEvent,
    document::{
        Stored, StoredAnswer, StoredBody, StoredCodelab, StoredForm, StoredPaceAnswer,
        StoredPicture, StoredPollKind, StoredQuiz, StoredReaction, StoredStep, StoredStepRef,
        StoredWork,
    },
};

impl TryFrom<Stored> for Event {
    type Error = NotAnEvent;

    #[expect(
        clippy::too_many_lines,
        reason = "one arm for each kind of event, and nothing else"
    )]
    fn try_from(stored: Stored) -> Result<Self, NotAnEvent> {
        Ok(match stored {
            Stored::WorkshopStarted {
                title,
                join_code,
                code_required,
                agenda,
            } => Self::WorkshopStarted {
                title: checked(WorkshopTitle::parse(&title))?,
                join_code: checked(JoinCode::parse(&join_code))?,
                code_required,
                agenda: agenda
                    .into_iter()
                    .map(AgendaCodelab::try_from)
                    .collect::<Result<_, _>>()?,
            },
            Stored::CodelabRevised { codelab } => Self::CodelabRevised {
                codelab: codelab.try_into()?,
            },
            Stored::SeatTaken {
                seat,
                facilitator,
                name,
                ordinal,
            } => Self::SeatTaken {
                seat: SeatId::new(seat),
                role: facilitator.map_or(Role::Attendee, |bits| {
                    Role::Facilitator(FacilitatorId::from_bits(bits))
                }),
                name: checked(Name::parse(&name))?,
                ordinal,
            },
            Stored::StepEntered { seat, at } => Self::StepEntered {
                seat: SeatId::new(seat),
                at: at.into(),
            },
            Stored::StepCompleted { seat, at } => Self::StepCompleted {
                seat: SeatId::new(seat),
                at: at.into(),
            },
            Stored::StepReopened { seat, at } => Self::StepReopened {
                seat: SeatId::new(seat),
                at: at.into(),
            },
            Stored::MessagePosted { id, seat, body } => Self::MessagePosted {
                id: MessageId::new(id),
                seat: SeatId::new(seat),
                body: body.try_into()?,
            },
            Stored::AnnouncementMade { id, seat, text } => Self::AnnouncementMade {
                id: MessageId::new(id),
                seat: SeatId::new(seat),
                text: checked(AnnouncementText::parse(&text))?,
            },
            Stored::HelpRaised {
                id,
                seat,
                at,
                message,
            } => Self::HelpRaised {
                id: HelpRequestId::new(id),
                seat: SeatId::new(seat),
                at: at.map(StepRef::from),
                message: message
                    .map(|text| checked(HelpText::parse(&text)))
                    .transpose()?,
            },
            Stored::HelpClaimed { id, seat, by } => Self::HelpClaimed {
                id: HelpRequestId::new(id),
                seat: SeatId::new(seat),
                by: SeatId::new(by),
            },
            Stored::HelpResolved { id, seat, by } => Self::HelpResolved {
                id: HelpRequestId::new(id),
                seat: SeatId::new(seat),
                by: SeatId::new(by),
            },
            Stored::HelpWithdrawn { id, seat } => Self::HelpWithdrawn {
                id: HelpRequestId::new(id),
                seat: SeatId::new(seat),
            },
            Stored::FeedbackGiven {
                seat,
                difficulty,
                satisfaction,
                comment,
            } => Self::FeedbackGiven {
                seat: seat.map(SeatId::new),
                difficulty: difficulty.map(grade).transpose()?,
                satisfaction: satisfaction.map(grade).transpose()?,
                comment: comment
                    .map(|text| checked(FeedbackText::parse(&text)))
                    .transpose()?,
            },
            Stored::WorkSubmitted { id, seat, work } => Self::WorkSubmitted {
                id: SubmissionId::new(id),
                seat: SeatId::new(seat),
                work: work.try_into()?,
            },
            Stored::WorkshopImported { on_ms } => Self::WorkshopImported {
                on: Timestamp::from_ms(on_ms),
            },
            Stored::JoinCodeRequirementChanged { required } => {
                Self::JoinCodeRequirementChanged { required }
            }
            Stored::EndScheduled { by, at_ms } => Self::EndScheduled {
                by: SeatId::new(by),
                at: at_ms.map(Timestamp::from_ms),
            },
            Stored::WorkshopEnded { by } => Self::WorkshopEnded {
                by: SeatId::new(by),
            },
            Stored::DirectMessagePosted {
                id,
                seat,
                with,
                body,
            } => Self::DirectMessagePosted {
                id: MessageId::new(id),
                seat: SeatId::new(seat),
                with: SeatId::new(with),
                body: body.try_into()?,
            },
            Stored::MessageDeleted { id, by, thread } => Self::MessageDeleted {
                id: MessageId::new(id),
                by: SeatId::new(by),
                thread: thread.map(SeatId::new),
            },
            Stored::MessagePinned { id, by, pinned } => Self::MessagePinned {
                id: MessageId::new(id),
                by: SeatId::new(by),
                pinned,
            },
            Stored::Reacted {
                id,
                seat,
                reaction,
                on,
                thread,
            } => Self::Reacted {
                id: MessageId::new(id),
                seat: SeatId::new(seat),
                reaction: reaction.into(),
                on,
                thread: thread.map(SeatId::new),
            },
            Stored::SeatMuted { seat, by, muted } => Self::SeatMuted {
                seat: SeatId::new(seat),
                by: SeatId::new(by),
                muted,
            },
            Stored::SlowModeChanged { by, seconds } => Self::SlowModeChanged {
                by: SeatId::new(by),
                seconds,
            },
            Stored::HelpHandedBack { id, seat, by } => Self::HelpHandedBack {
                id: HelpRequestId::new(id),
                seat: SeatId::new(seat),
                by: SeatId::new(by),
            },
            Stored::PaceAsked { id, by, at } => Self::PaceAsked {
                id: PaceId::new(id),
                by: SeatId::new(by),
                at: at.into(),
            },
            Stored::PaceAnswered { id, seat, answer } => Self::PaceAnswered {
                id: PaceId::new(id),
                seat: SeatId::new(seat),
                answer: match answer {
                    StoredPaceAnswer::Done => PaceAnswer::Done,
                    StoredPaceAnswer::Stuck => PaceAnswer::Stuck,
                },
            },
            Stored::PaceClosed { id, by } => Self::PaceClosed {
                id: PaceId::new(id),
                by: SeatId::new(by),
            },
            Stored::TimerStarted { by, seconds, label } => Self::TimerStarted {
                by: SeatId::new(by),
                seconds,
                label: label
                    .map(|text| checked(TimerLabel::parse(&text)))
                    .transpose()?,
            },
            Stored::TimerStopped { by } => Self::TimerStopped {
                by: SeatId::new(by),
            },
            Stored::LeadTaken { by, at } => Self::LeadTaken {
                by: SeatId::new(by),
                at: at.map(StepRef::from),
            },
            Stored::LeadMoved { by, at } => Self::LeadMoved {
                by: SeatId::new(by),
                at: at.into(),
            },
            Stored::LeadReleased { by } => Self::LeadReleased {
                by: SeatId::new(by),
            },
            Stored::FollowingChanged { seat, following } => Self::FollowingChanged {
                seat: SeatId::new(seat),
                following,
            },
            Stored::StepsLimited { by, codelab, last } => Self::StepsLimited {
                by: SeatId::new(by),
                codelab: CodelabId::from_bits(codelab),
                last: last.map(StepId::from_bits),
            },
            Stored::PollOpened { id, by, form } => Self::PollOpened {
                id: PollId::new(id),
                by: SeatId::new(by),
                form: Arc::new(form.try_into()?),
            },
            Stored::PollAnswered { id, seat, answer } => Self::PollAnswered {
                id: PollId::new(id),
                seat: SeatId::new(seat),
                answer: answer.try_into()?,
            },
            Stored::PollClosed { id, by } => Self::PollClosed {
                id: PollId::new(id),
                by: SeatId::new(by),
            },
            Stored::PollRevealed { id, by, revealed } => Self::PollRevealed {
                id: PollId::new(id),
                by: SeatId::new(by),
                revealed,
            },
            Stored::PollReset { id, by } => Self::PollReset {
                id: PollId::new(id),
                by: SeatId::new(by),
            },
            Stored::QuizAnswered {
                seat,
                at,
                quiz,
                choices,
                right,
                explanation,
            } => Self::QuizAnswered {
                seat: SeatId::new(seat),
                at: at.into(),
                quiz: QuizKey::from_bits(quiz),
                choices: choices.into_iter().collect(),
                right,
                explanation,
            },
        })
    }
}

fn checked<T, E>(parsed: Result<T, E>) -> Result<T, NotAnEvent> {
    parsed.map_err(|_| NotAnEvent)
}

impl From<StoredStepRef> for StepRef {
    fn from(at: StoredStepRef) -> Self {
        Self {
            codelab: CodelabId::from_bits(at.codelab),
            step: StepId::from_bits(at.step),
        }
    }
}

impl TryFrom<StoredCodelab> for AgendaCodelab {
    type Error = NotAnEvent;

    fn try_from(stored: StoredCodelab) -> Result<Self, NotAnEvent> {
        let step = |step: StoredStep| {
            Ok(AgendaStep {
                step: StepId::from_bits(step.step),
                title: step.title,
                minutes: step.minutes,
                content: step
                    .content
                    .parse::<ContentHash>()
                    .map_err(|_| NotAnEvent)?,
                quizzes: step.quizzes.into_iter().map(Quiz::from).collect(),
            })
        };
        let required = stored.required.iter();
        let guide = stored.guide.map(|guide| guide.parse::<ContentHash>());
        Ok(Self {
            codelab: CodelabId::from_bits(stored.codelab),
            revision: stored.revision,
            title: stored.title,
            guide: guide.transpose().map_err(|_| NotAnEvent)?,
            required: required
                .map(|name| Requirement::named(name).ok_or(NotAnEvent))
                .collect::<Result<_, _>>()?,
            steps: stored
                .steps
                .into_iter()
                .map(step)
                .collect::<Result<_, _>>()?,
        })
    }
}

impl From<StoredQuiz> for Quiz {
    fn from(stored: StoredQuiz) -> Self {
        Self {
            key: QuizKey::from_bits(stored.key),
            question: stored.question,
            options: stored.options.into(),
            right: stored.right.into_iter().collect(),
            explanation: stored.explanation,
        }
    }
}

impl TryFrom<StoredBody> for MessageBody {
    type Error = NotAnEvent;

    fn try_from(stored: StoredBody) -> Result<Self, NotAnEvent> {
        let text = match stored.text.as_str() {
            "" => None,
            text => Some(checked(MessageText::parse(text))?),
        };
        let picture = stored.picture.map(Picture::try_from).transpose()?;
        let mut body = Self::of(text, picture).ok_or(NotAnEvent)?;
        body.reply_to = stored.reply_to.map(MessageId::new);
        body.mentions = stored.mentions.into_iter().map(SeatId::new).collect();
        Ok(body)
    }
}

impl TryFrom<StoredPicture> for Picture {
    type Error = NotAnEvent;

    fn try_from(stored: StoredPicture) -> Result<Self, NotAnEvent> {
        Ok(Self {
            file: checked(stored.file.parse::<ContentHash>())?,
            width: stored.width,
            height: stored.height,
        })
    }
}

impl From<StoredReaction> for Reaction {
    fn from(stored: StoredReaction) -> Self {
        match stored {
            StoredReaction::ThumbsUp => Self::ThumbsUp,
            StoredReaction::Heart => Self::Heart,
            StoredReaction::Party => Self::Party,
            StoredReaction::Laugh => Self::Laugh,
            StoredReaction::Surprise => Self::Surprise,
            StoredReaction::Eyes => Self::Eyes,
        }
    }
}

fn grade(number: u8) -> Result<Grade, NotAnEvent> {
    Grade::new(number).ok_or(NotAnEvent)
}

impl TryFrom<StoredWork> for Work {
    type Error = NotAnEvent;

    fn try_from(stored: StoredWork) -> Result<Self, NotAnEvent> {
        Ok(match stored {
            StoredWork::Link(address) => Self::Link(checked(LinkAddress::parse(&address))?),
            StoredWork::File {
                file,
                name,
                size_bytes,
            } => Self::File {
                file: checked(file.parse::<ContentHash>())?,
                name: checked(FileName::parse(&name))?,
                size_bytes,
            },
        })
    }
}

impl TryFrom<StoredForm> for PollForm {
    type Error = NotAnEvent;

    fn try_from(stored: StoredForm) -> Result<Self, NotAnEvent> {
        let label = |text: &String| checked(PollLabel::parse(text));
        let labels = |texts: &[String]| texts.iter().map(label).collect::<Result<_, _>>();
        let kind = match &stored.answer {
            StoredPollKind::Single(options) => PollKind::Single(labels(options)?),
            StoredPollKind::Multiple(options) => PollKind::Multiple(labels(options)?),
            StoredPollKind::Scale { max, low, high } => PollKind::Scale {
                max: *max,
                low: low.as_ref().map(label).transpose()?,
                high: high.as_ref().map(label).transpose()?,
            },
            StoredPollKind::Text => PollKind::Text,
            StoredPollKind::Words => PollKind::Words,
        };
        Ok(Self {
            question: checked(PollQuestion::parse(&stored.question))?,
            kind,
        })
    }
}

impl TryFrom<StoredAnswer> for PollAnswer {
    type Error = NotAnEvent;

    fn try_from(stored: StoredAnswer) -> Result<Self, NotAnEvent> {
        let word = |text: String| checked(PollWord::parse(&text));
        Ok(match stored {
            StoredAnswer::Options(options) => Self::Options(options.into_iter().collect()),
            StoredAnswer::Scale(value) => Self::Scale(value),
            StoredAnswer::Text(text) => Self::Text(checked(PollText::parse(&text))?),
            StoredAnswer::Words(words) => {
                Self::Words(words.into_iter().map(word).collect::<Result<_, _>>()?)
            }
        })
    }
}
