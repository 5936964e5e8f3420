//! The log of a workshop that took place elsewhere: what is known of it as
//! events of their time, from its start to its end. It is folded while it is
//! written, so that what stands in it is what a room would make of it.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use codelab::past::{Deed, Past, Submitted, What, Who};
use domain::{
    ContentHash, FacilitatorId, HelpRequestId, JoinCode, MessageId, MessageText, Name, QuizKey,
    SeatId, SubmissionId, Timestamp,
    workshop::{
        AgendaCodelab, Event, MessageBody, Recorded, Role, StepRef, Work, WorkshopState, apply,
    },
};

/// The files that were handed in and are kept by now, by where they lay: their
/// hashes and lengths.
pub type KeptFiles = HashMap<String, (ContentHash, u64)>;

/// What an import makes up.
#[derive(Debug)]
pub struct MadeUp {
    /// A code; nobody can join with it.
    pub join_code: JoinCode,
    /// One for each of the facilitators; they are nobody of this machine.
    pub facilitators: Vec<FacilitatorId>,
    /// When it is imported. Nothing in the log is later.
    pub now: Timestamp,
}

/// Writes the log of a past workshop on a codelab. Nothing for a past in which
/// nothing happened.
#[must_use]
pub fn log(
    past: &Past,
    codelab: AgendaCodelab,
    files: &KeptFiles,
    made_up: MadeUp,
) -> Vec<Recorded> {
    let Some((began, ended)) = past.span() else {
        return Vec::new();
    };
    let mut writer = Writer {
        state: WorkshopState::default(),
        log: Vec::new(),
        now: made_up.now,
        attendees: vec![None; past.attendees.len()],
        threads: HashMap::new(),
        asked: HashMap::new(),
    };
    let start = Event::WorkshopStarted {
        title: past.title.clone(),
        join_code: made_up.join_code,
        code_required: true,
        agenda: [codelab].into(),
    };
    writer.record(began, start);
    let on = made_up.now;
    writer.record(began, Event::WorkshopImported { on });
    for (name, id) in past.facilitators.iter().zip(made_up.facilitators) {
        writer.seat(began, name, Role::Facilitator(id));
    }
    for deed in &past.deeds {
        writer.did(deed, past, files);
    }
    writer.record(ended, Event::WorkshopEnded { by: FIRST });
    writer.log
}

/// The seat of the first facilitator.
const FIRST: SeatId = SeatId::new(1);

struct Writer {
    state: WorkshopState,
    log: Vec<Recorded>,
    now: Timestamp,
    /// The seats of those who have come.
    attendees: Vec<Option<SeatId>>,
    /// What began each thread of comments.
    threads: HashMap<usize, MessageId>,
    /// What somebody waits with.
    asked: HashMap<SeatId, HelpRequestId>,
}

impl Writer {
    fn record(&mut self, at: Timestamp, event: Event) {
        let recorded = Recorded {
            seq: self.state.seq().next(),
            at: at.min(self.now),
            event,
        };
        apply(&mut self.state, &recorded);
        self.log.push(recorded);
    }

    fn seat(&mut self, at: Timestamp, name: &Name, role: Role) -> SeatId {
        let seat = SeatId::new(following(self.state.seats()));
        let ordinal = self.state.next_ordinal(name);
        let name = name.clone();
        self.record(
            at,
            Event::SeatTaken {
                seat,
                role,
                name,
                ordinal,
            },
        );
        seat
    }

    fn seat_of(&self, who: Who) -> Option<SeatId> {
        match who {
            Who::Attendee(index) => *self.attendees.get(index)?,
            Who::Facilitator(index) => {
                let seat = u32::try_from(index).ok()?.checked_add(1)?;
                self.state.seat(SeatId::new(seat)).map(|seat| seat.id)
            }
            Who::Nobody => None,
        }
    }

    fn did(&mut self, deed: &Deed, past: &Past, files: &KeptFiles) {
        let at = deed.at;
        if let (What::Joined, Who::Attendee(index)) = (&deed.what, deed.who) {
            if let Some(name) = past.attendees.get(index) {
                self.attendees[index] = Some(self.seat(at, name, Role::Attendee));
            }
            return;
        }
        let seat = self.seat_of(deed.who);
        if let What::GaveFeedback {
            difficulty,
            satisfaction,
            comment,
        } = &deed.what
        {
            let feedback = Event::FeedbackGiven {
                seat,
                difficulty: *difficulty,
                satisfaction: *satisfaction,
                comment: comment.clone(),
            };
            return self.record(at, feedback);
        }
        // Whoever has no seat did nothing else.
        let Some(seat) = seat else { return };
        match &deed.what {
            What::Joined | What::GaveFeedback { .. } => {}
            What::Passed(step) => {
                if let Some(step) = self.step(*step) {
                    self.record(at, Event::StepCompleted { seat, at: step });
                }
            }
            What::Reached(step) => {
                if let Some(step) = self.step(*step) {
                    self.record(at, Event::StepEntered { seat, at: step });
                }
            }
            What::Said(text) => self.say(at, seat, None, text),
            What::SaidDirectly { with, text } => {
                if let Some(with) = self.seat_of(Who::Attendee(*with)) {
                    let id = MessageId::new(following(self.state.messages()));
                    let body = MessageBody::text(text.clone());
                    self.record(
                        at,
                        Event::DirectMessagePosted {
                            id,
                            seat,
                            with,
                            body,
                        },
                    );
                }
            }
            What::Commented { thread, text } => self.say(at, seat, Some(*thread), text),
            What::AskedForHelp(step) => self.ask(at, seat, *step),
            What::WasHelped => {
                if let Some(id) = self.asked.remove(&seat) {
                    let by = FIRST;
                    self.record(at, Event::HelpResolved { id, seat, by });
                }
            }
            What::AnsweredQuiz {
                quiz,
                choices,
                right,
            } => self.answer(at, seat, *quiz, choices, *right),
            What::Submitted(submitted) => self.submit(at, seat, submitted, files),
        }
    }

    fn say(&mut self, at: Timestamp, seat: SeatId, thread: Option<usize>, text: &MessageText) {
        let id = MessageId::new(following(self.state.messages()));
        let mut body = MessageBody::text(text.clone());
        if let Some(thread) = thread {
            let first = *self.threads.entry(thread).or_insert(id);
            body.reply_to = (first != id).then_some(first);
        }
        self.record(at, Event::MessagePosted { id, seat, body });
    }

    fn ask(&mut self, at: Timestamp, seat: SeatId, step: Option<usize>) {
        // Here people wait with one request at a time.
        if let Some(id) = self.asked.remove(&seat) {
            self.record(at, Event::HelpWithdrawn { id, seat });
        }
        let id = HelpRequestId::new(following(self.state.help_requests()));
        let step = step.and_then(|step| self.step(step));
        self.asked.insert(seat, id);
        self.record(
            at,
            Event::HelpRaised {
                id,
                seat,
                at: step,
                message: None,
            },
        );
    }

    fn answer(
        &mut self,
        at: Timestamp,
        seat: SeatId,
        quiz: QuizKey,
        choices: &BTreeSet<u8>,
        right: bool,
    ) {
        let Some((step, asked)) = self.quiz(quiz) else {
            return;
        };
        // Here a right answer is the last one.
        let tries = self.state.seat(seat).map(|seat| &seat.quizzes);
        let is_right = tries.and_then(|tries| tries.get(&(step, quiz)));
        if is_right.is_some_and(|tries| tries.right) {
            return;
        }
        let explanation = asked.filter(|_| right);
        let choices = choices.clone();
        self.record(
            at,
            Event::QuizAnswered {
                seat,
                at: step,
                quiz,
                choices,
                right,
                explanation,
            },
        );
    }

    /// The step of a quiz, and why its answer is right.
    fn quiz(&self, key: QuizKey) -> Option<(StepRef, Option<Arc<str>>)> {
        let codelab = self.state.agenda().first()?;
        codelab.steps.iter().find_map(|step| {
            let quiz = step.quizzes.iter().find(|quiz| quiz.key == key)?;
            let at = StepRef {
                codelab: codelab.codelab,
                step: step.step,
            };
            Some((at, quiz.explanation.clone()))
        })
    }

    fn submit(&mut self, at: Timestamp, seat: SeatId, submitted: &Submitted, files: &KeptFiles) {
        let work = match submitted {
            Submitted::Link(address) => Work::Link(address.clone()),
            Submitted::File { reference, name } => {
                // What could not be kept is remarked on by who tried.
                let Some((file, size_bytes)) = files.get(reference) else {
                    return;
                };
                Work::File {
                    file: *file,
                    name: name.clone(),
                    size_bytes: *size_bytes,
                }
            }
        };
        let id = SubmissionId::new(following(self.state.submissions()));
        self.record(at, Event::WorkSubmitted { id, seat, work });
    }

    fn step(&self, place: usize) -> Option<StepRef> {
        let codelab = self.state.agenda().first()?;
        let step = codelab.steps.get(place)?;
        Some(StepRef {
            codelab: codelab.codelab,
            step: step.step,
        })
    }
}

/// The number of what comes next: they count from 1.
fn following<T>(so_far: &[T]) -> u32 {
    u32::try_from(so_far.len()).map_or(u32::MAX, |count| count.saturating_add(1))
}

#[cfg(test)]
mod tests;
