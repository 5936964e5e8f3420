//! From the event to its document.

use std::sync::Arc;

use domain::{
    PollLabel, PollWord, SeatId, StepId, Timestamp,
    workshop::{
        AgendaCodelab, Event, Grade, MessageBody, PaceAnswer, PollAnswer, PollForm, PollKind, Quiz,
        Reaction, Role, StepRef, Work,
    },
};

use super::document::{
    Stored, StoredAnswer, StoredBody, StoredCodelab, StoredForm, StoredPaceAnswer, StoredPicture,
    StoredPollKind, StoredQuiz, StoredReaction, StoredStep, StoredStepRef, StoredWork,
};

impl From<&Event> for Stored {
    #[expect(
        clippy::too_many_lines,
        reason = "one arm for each kind of event, and nothing else"
    )]
    fn from(event: &Event) -> Self {
        match event {
            Event::WorkshopStarted {
                title,
                join_code,
                code_required,
                agenda,
            } => Self::WorkshopStarted {
                title: title.as_str().to_owned(),
                join_code: join_code.as_str().to_owned(),
                code_required: *code_required,
                agenda: agenda.iter().map(StoredCodelab::from).collect(),
            },
            Event::CodelabRevised { codelab } => Self::CodelabRevised {
                codelab: codelab.into(),
            },
            Event::SeatTaken {
                seat,
                role,
                name,
                ordinal,
            } => Self::SeatTaken {
                seat: seat.get(),
                facilitator: match role {
                    Role::Attendee => None,
                    Role::Facilitator(id) => Some(id.to_bits()),
                },
                name: name.as_str().to_owned(),
                ordinal: *ordinal,
            },
            Event::StepEntered { seat, at } => Self::StepEntered {
                seat: seat.get(),
                at: at.into(),
            },
            Event::StepCompleted { seat, at } => Self::StepCompleted {
                seat: seat.get(),
                at: at.into(),
            },
            Event::StepReopened { seat, at } => Self::StepReopened {
                seat: seat.get(),
                at: at.into(),
            },
            Event::MessagePosted { id, seat, body } => Self::MessagePosted {
                id: id.get(),
                seat: seat.get(),
                body: body.into(),
            },
            Event::AnnouncementMade { id, seat, text } => Self::AnnouncementMade {
                id: id.get(),
                seat: seat.get(),
                text: text.as_str().to_owned(),
            },
            Event::HelpRaised {
                id,
                seat,
                at,
                message,
            } => Self::HelpRaised {
                id: id.get(),
                seat: seat.get(),
                at: at.as_ref().map(StoredStepRef::from),
                message: message.as_ref().map(|text| text.as_str().to_owned()),
            },
            Event::HelpClaimed { id, seat, by } => Self::HelpClaimed {
                id: id.get(),
                seat: seat.get(),
                by: by.get(),
            },
            Event::HelpResolved { id, seat, by } => Self::HelpResolved {
                id: id.get(),
                seat: seat.get(),
                by: by.get(),
            },
            Event::HelpWithdrawn { id, seat } => Self::HelpWithdrawn {
                id: id.get(),
                seat: seat.get(),
            },
            Event::FeedbackGiven {
                seat,
                difficulty,
                satisfaction,
                comment,
            } => Self::FeedbackGiven {
                seat: seat.map(SeatId::get),
                difficulty: difficulty.map(Grade::get),
                satisfaction: satisfaction.map(Grade::get),
                comment: comment.as_ref().map(|text| text.as_str().to_owned()),
            },
            Event::WorkSubmitted { id, seat, work } => Self::WorkSubmitted {
                id: id.get(),
                seat: seat.get(),
                work: work.into(),
            },
            Event::WorkshopImported { on } => Self::WorkshopImported { on_ms: on.as_ms() },
            Event::JoinCodeRequirementChanged { required } => Self::JoinCodeRequirementChanged {
                required: *required,
            },
            Event::EndScheduled { by, at } => Self::EndScheduled {
                by: by.get(),
                at_ms: at.map(Timestamp::as_ms),
            },
            Event::WorkshopEnded { by } => Self::WorkshopEnded { by: by.get() },
            Event::DirectMessagePosted {
                id,
                seat,
                with,
                body,
            } => Self::DirectMessagePosted {
                id: id.get(),
                seat: seat.get(),
                with: with.get(),
                body: body.into(),
            },
            Event::MessageDeleted { id, by, thread } => Self::MessageDeleted {
                id: id.get(),
                by: by.get(),
                thread: thread.map(SeatId::get),
            },
            Event::MessagePinned { id, by, pinned } => Self::MessagePinned {
                id: id.get(),
                by: by.get(),
                pinned: *pinned,
            },
            Event::Reacted {
                id,
                seat,
                reaction,
                on,
                thread,
            } => Self::Reacted {
                id: id.get(),
                seat: seat.get(),
                reaction: (*reaction).into(),
                on: *on,
                thread: thread.map(SeatId::get),
            },
            Event::SeatMuted { seat, by, muted } => Self::SeatMuted {
                seat: seat.get(),
                by: by.get(),
                muted: *muted,
            },
            Event::SlowModeChanged { by, seconds } => Self::SlowModeChanged {
                by: by.get(),
                seconds: *seconds,
            },
            Event::HelpHandedBack { id, seat, by } => Self::HelpHandedBack {
                id: id.get(),
                seat: seat.get(),
                by: by.get(),
            },
            Event::PaceAsked { id, by, at } => Self::PaceAsked {
                id: id.get(),
                by: by.get(),
                at: at.into(),
            },
            Event::PaceAnswered { id, seat, answer } => Self::PaceAnswered {
                id: id.get(),
                seat: seat.get(),
                answer: match answer {
                    PaceAnswer::Done => StoredPaceAnswer::Done,
                    PaceAnswer::Stuck => StoredPaceAnswer::Stuck,
                },
            },
            Event::PaceClosed { id, by } => Self::PaceClosed {
                id: id.get(),
                by: by.get(),
            },
            Event::TimerStarted { by, seconds, label } => Self::TimerStarted {
                by: by.get(),
                seconds: *seconds,
                label: label.as_ref().map(|text| text.as_str().to_owned()),
            },
            Event::TimerStopped { by } => Self::TimerStopped { by: by.get() },
            Event::LeadTaken { by, at } => Self::LeadTaken {
                by: by.get(),
                at: at.as_ref().map(StoredStepRef::from),
            },
            Event::LeadMoved { by, at } => Self::LeadMoved {
                by: by.get(),
                at: at.into(),
            },
            Event::LeadReleased { by } => Self::LeadReleased { by: by.get() },
            Event::FollowingChanged { seat, following } => Self::FollowingChanged {
                seat: seat.get(),
                following: *following,
            },
            Event::StepsLimited { by, codelab, last } => Self::StepsLimited {
                by: by.get(),
                codelab: codelab.to_bits(),
                last: last.map(StepId::to_bits),
            },
            Event::PollOpened { id, by, form } => Self::PollOpened {
                id: id.get(),
                by: by.get(),
                form: (&**form).into(),
            },
            Event::PollAnswered { id, seat, answer } => Self::PollAnswered {
                id: id.get(),
                seat: seat.get(),
                answer: answer.into(),
            },
            Event::PollClosed { id, by } => Self::PollClosed {
                id: id.get(),
                by: by.get(),
            },
            Event::PollRevealed { id, by, revealed } => Self::PollRevealed {
                id: id.get(),
                by: by.get(),
                revealed: *revealed,
            },
            Event::PollReset { id, by } => Self::PollReset {
                id: id.get(),
                by: by.get(),
            },
            Event::QuizAnswered {
                seat,
                at,
                quiz,
                choices,
                right,
                explanation,
            } => Self::QuizAnswered {
                seat: seat.get(),
                at: at.into(),
                quiz: quiz.to_bits(),
                choices: choices.iter().copied().collect(),
                right: *right,
                explanation: explanation.clone(),
            },
        }
    }
}

impl From<&StepRef> for StoredStepRef {
    fn from(at: &StepRef) -> Self {
        Self {
            codelab: at.codelab.to_bits(),
            step: at.step.to_bits(),
        }
    }
}

impl From<&AgendaCodelab> for StoredCodelab {
    fn from(codelab: &AgendaCodelab) -> Self {
        let steps = codelab.steps.iter().map(|step| StoredStep {
            step: step.step.to_bits(),
            title: Arc::clone(&step.title),
            minutes: step.minutes,
            content: step.content.to_string(),
            quizzes: step.quizzes.iter().map(StoredQuiz::from).collect(),
        });
        let required = codelab.required.iter();
        Self {
            codelab: codelab.codelab.to_bits(),
            revision: codelab.revision,
            title: Arc::clone(&codelab.title),
            guide: codelab.guide.map(|guide| guide.to_string()),
            required: required.map(|one| one.name().to_owned()).collect(),
            steps: steps.collect(),
        }
    }
}

impl From<&Quiz> for StoredQuiz {
    fn from(quiz: &Quiz) -> Self {
        Self {
            key: quiz.key.to_bits(),
            question: Arc::clone(&quiz.question),
            options: quiz.options.to_vec(),
            right: quiz.right.iter().copied().collect(),
            explanation: quiz.explanation.clone(),
        }
    }
}

impl From<&MessageBody> for StoredBody {
    fn from(body: &MessageBody) -> Self {
        Self {
            text: body.as_str().to_owned(),
            picture: body.picture().map(|picture| StoredPicture {
                file: picture.file.to_string(),
                width: picture.width,
                height: picture.height,
            }),
            reply_to: body.reply_to.map(domain::MessageId::get),
            mentions: body.mentions.iter().map(|seat| seat.get()).collect(),
        }
    }
}

impl From<Reaction> for StoredReaction {
    fn from(reaction: Reaction) -> Self {
        match reaction {
            Reaction::ThumbsUp => Self::ThumbsUp,
            Reaction::Heart => Self::Heart,
            Reaction::Party => Self::Party,
            Reaction::Laugh => Self::Laugh,
            Reaction::Surprise => Self::Surprise,
            Reaction::Eyes => Self::Eyes,
        }
    }
}

impl From<&Work> for StoredWork {
    fn from(work: &Work) -> Self {
        match work {
            Work::Link(address) => Self::Link(address.as_str().to_owned()),
            Work::File {
                file,
                name,
                size_bytes,
            } => Self::File {
                file: file.to_string(),
                name: name.as_str().to_owned(),
                size_bytes: *size_bytes,
            },
        }
    }
}

impl From<&PollForm> for StoredForm {
    fn from(form: &PollForm) -> Self {
        let text = |label: &PollLabel| label.as_str().to_owned();
        let texts = |labels: &[PollLabel]| labels.iter().map(text).collect();
        Self {
            question: form.question.as_str().to_owned(),
            answer: match &form.kind {
                PollKind::Single(options) => StoredPollKind::Single(texts(options)),
                PollKind::Multiple(options) => StoredPollKind::Multiple(texts(options)),
                PollKind::Scale { max, low, high } => StoredPollKind::Scale {
                    max: *max,
                    low: low.as_ref().map(text),
                    high: high.as_ref().map(text),
                },
                PollKind::Text => StoredPollKind::Text,
                PollKind::Words => StoredPollKind::Words,
            },
        }
    }
}

impl From<&PollAnswer> for StoredAnswer {
    fn from(answer: &PollAnswer) -> Self {
        let word = |word: &PollWord| word.as_str().to_owned();
        match answer {
            PollAnswer::Options(options) => Self::Options(options.iter().copied().collect()),
            PollAnswer::Scale(value) => Self::Scale(*value),
            PollAnswer::Text(text) => Self::Text(text.as_str().to_owned()),
            PollAnswer::Words(words) => Self::Words(words.iter().map(word).collect()),
        }
    }
}
