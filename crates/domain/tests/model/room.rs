//! A room, its log and its clock.

use domain::{
    CodelabId, ContentHash, FacilitatorId, JoinCode, Name, QuizKey, SeatId, StepId, Timestamp,
    WorkshopTitle,
    workshop::{
        Admission, AgendaCodelab, AgendaStep, Command, Event, Quiz, Recorded, Rejection, Start,
        StepRef, WorkshopState, admit, apply, decide, revise, start,
    },
};

use crate::actions::Action;

pub const CODE: &str = "K7M3PQ";

/// Two who facilitate.
pub const GRACE: SeatId = SeatId::new(1);
pub const LINUS: SeatId = SeatId::new(2);

/// Three who attend.
pub const ADA: SeatId = SeatId::new(3);
pub const BOB: SeatId = SeatId::new(4);
pub const EVE: SeatId = SeatId::new(5);

pub fn step(codelab: u64, number: u64) -> StepRef {
    StepRef {
        codelab: CodelabId::from_bits(codelab),
        step: StepId::from_bits(codelab * 10 + number),
    }
}

pub fn agenda_step(codelab: u64, number: u64) -> AgendaStep {
    AgendaStep {
        step: step(codelab, number).step,
        title: "Step".into(),
        minutes: None,
        content: ContentHash::from_bytes([0; 32]),
        quizzes: [quiz(SINGLE, &[1]), quiz(SEVERAL, &[0, 2])].into(),
    }
}

/// The quizzes of every step.
pub const SINGLE: QuizKey = QuizKey::from_bits(51);
pub const SEVERAL: QuizKey = QuizKey::from_bits(52);

pub fn quiz(key: QuizKey, right: &[u8]) -> Quiz {
    Quiz {
        key,
        question: "Which?".into(),
        options: ["a", "b", "c"].map(Into::into).into(),
        right: right.iter().copied().collect(),
        explanation: Some("Because.".into()),
    }
}

/// Two codelabs of three steps.
pub fn beginning() -> Start {
    let codelab = |id| AgendaCodelab {
        codelab: CodelabId::from_bits(id),
        revision: 1,
        title: "Codelab".into(),
        guide: None,
        required: [].into(),
        steps: (1..=3).map(|number| agenda_step(id, number)).collect(),
    };
    Start {
        title: WorkshopTitle::parse("Workshop").unwrap(),
        join_code: JoinCode::parse(CODE).unwrap(),
        code_required: true,
        agenda: vec![codelab(1), codelab(2)],
    }
}

pub fn attendee(name: &str) -> Admission {
    Admission::Attendee {
        name: Name::parse(name).unwrap(),
        code: JoinCode::parse(CODE).ok(),
    }
}

pub fn facilitator(id: u64, name: &str) -> Admission {
    Admission::Facilitator {
        id: FacilitatorId::from_bits(id),
        name: Name::parse(name).unwrap(),
    }
}

pub struct Room {
    pub state: WorkshopState,
    pub log: Vec<Recorded>,
    pub now: Timestamp,
}

impl Room {
    /// A workshop that nobody has come to.
    pub fn started() -> Self {
        let mut room = Self {
            state: WorkshopState::default(),
            log: Vec::new(),
            now: Timestamp::from_ms(1_000_000),
        };
        room.record(start(beginning()).unwrap());
        room
    }

    /// The same with its five people.
    pub fn with_people() -> Self {
        let mut room = Self::started();
        for admission in [
            facilitator(1, "Grace"),
            facilitator(2, "Linus"),
            attendee("Ada"),
            attendee("Bob"),
            attendee("Eve"),
        ] {
            let events = admit(&room.state, admission).unwrap();
            room.record(events);
        }
        room
    }

    pub fn record(&mut self, events: Vec<Event>) {
        for event in events {
            let recorded = Recorded {
                seq: self.state.seq().next(),
                at: self.now,
                event,
            };
            apply(&mut self.state, &recorded);
            self.log.push(recorded);
        }
    }

    pub fn wait(&mut self, ms: i64) {
        self.now = Timestamp::from_ms(self.now.as_ms() + ms);
    }

    pub fn decided(&self, action: &Action) -> Result<Vec<Event>, Rejection> {
        match action {
            Action::Admit(admission) => admit(&self.state, admission.clone()),
            Action::Act(seat, command) => self.decide(*seat, command.clone()),
            Action::Revise(codelab) => revise(&self.state, codelab.clone()),
            Action::Wait(_) => Ok(Vec::new()),
        }
    }

    pub fn decide(&self, seat: SeatId, command: Command) -> Result<Vec<Event>, Rejection> {
        let seat = self.state.seat(seat).ok_or(Rejection::UnknownSeat(seat))?;
        decide(&self.state, seat, command, self.now)
    }

    /// Does something that must be possible, and says what happened.
    pub fn act(&mut self, seat: SeatId, command: Command) -> Vec<Event> {
        let what = format!("{command:?} of seat {seat}");
        let events = self.decide(seat, command);
        let events = events.unwrap_or_else(|why| panic!("{what}: {why}"));
        self.record(events.clone());
        events
    }

    /// Tries something that must not be possible.
    pub fn refused(&self, seat: SeatId, command: Command) -> Rejection {
        self.decide(seat, command).expect_err("was done")
    }
}
