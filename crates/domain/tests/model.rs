//! The rules against themselves: random commands of several seats, and after
//! each what must hold whatever people do.

#![expect(
    clippy::unwrap_used,
    reason = "the helpers of a test fail as the test does"
)]

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    AnnouncementText, CodelabId, ContentHash, FacilitatorId, HelpRequestId, HelpText, JoinCode,
    MessageText, Name, SeatId, Seq, StepId, Timestamp, WorkshopTitle,
    workshop::{
        Admission, AgendaCodelab, AgendaStep, Audience, Command, Event, HelpStatus, MessageBody,
        Recorded, Rejection, Role, Start, Status, StepRef, WorkshopState, admit, apply, audience,
        decide, start,
    },
};
use proptest::{option, prelude::*};

const CODE: &str = "K7M3PQ";

fn step(codelab: u64, number: u64) -> StepRef {
    StepRef {
        codelab: CodelabId::from_bits(codelab),
        step: StepId::from_bits(codelab * 10 + number),
    }
}

/// Two codelabs of three steps.
fn beginning() -> Start {
    let agenda_step = |codelab, number| AgendaStep {
        step: step(codelab, number).step,
        title: "Step".into(),
        minutes: None,
        content: ContentHash::from_bytes([0; 32]),
    };
    let codelab = |id| AgendaCodelab {
        codelab: CodelabId::from_bits(id),
        revision: 1,
        title: "Codelab".into(),
        steps: (1..=3).map(|number| agenda_step(id, number)).collect(),
    };
    Start {
        title: WorkshopTitle::parse("Workshop").unwrap(),
        join_code: JoinCode::parse(CODE).unwrap(),
        code_required: true,
        agenda: vec![codelab(1), codelab(2)],
    }
}

#[derive(Clone, Debug)]
enum Action {
    Admit(Admission),
    Act(SeatId, Command),
}

fn admission() -> impl Strategy<Value = Admission> {
    // "STRASSE" and "Ada"/"ADA"/" ada" show what counts as the same name.
    let names = ["Ada", "ADA", " ada ", "민수", "Élise", "élise"];
    let name = prop::sample::select(names.to_vec()).prop_map(|n| Name::parse(n).unwrap());
    let code = prop::sample::select(vec![Some(CODE), Some(CODE), Some("ABCDEF"), None]);
    let code = code.prop_map(|code| code.map(|code| JoinCode::parse(code).unwrap()));
    prop_oneof![
        3 => (name.clone(), code).prop_map(|(name, code)| Admission::Attendee { name, code }),
        1 => (1..=2_u64, name).prop_map(|(id, name)| Admission::Facilitator {
            id: FacilitatorId::from_bits(id),
            name,
        }),
    ]
}

fn step_ref() -> impl Strategy<Value = StepRef> {
    // A few that are not on the agenda.
    (1..=3_u64, 1..=4_u64).prop_map(|(codelab, number)| step(codelab, number))
}

fn command() -> impl Strategy<Value = Command> {
    let id = || (1..=5_u32).prop_map(HelpRequestId::new);
    let message = option::of(Just(HelpText::parse("stuck").unwrap()));
    prop_oneof![
        4 => step_ref().prop_map(Command::EnterStep),
        3 => step_ref().prop_map(Command::CompleteStep),
        2 => step_ref().prop_map(Command::ReopenStep),
        2 => Just(Command::PostMessage(MessageBody::text(MessageText::parse("hi").unwrap()))),
        1 => any::<bool>().prop_map(|pinned| Command::Announce {
            text: AnnouncementText::parse("all").unwrap(),
            pinned,
        }),
        5 => (option::of(step_ref()), message)
            .prop_map(|(at, message)| Command::RaiseHelp { at, message }),
        3 => id().prop_map(Command::ClaimHelp),
        3 => id().prop_map(Command::ResolveHelp),
        3 => id().prop_map(Command::WithdrawHelp),
        1 => any::<bool>().prop_map(Command::RequireJoinCode),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    let act = |(seat, command)| Action::Act(SeatId::new(seat), command);
    prop_oneof![
        10 => admission().prop_map(Action::Admit),
        60 => (1..=6_u32, command()).prop_map(act),
        1 => (1..=6_u32, Just(Command::EndWorkshop)).prop_map(act),
    ]
}

/// A room and its log.
#[derive(Default)]
struct Room {
    state: WorkshopState,
    log: Vec<Recorded>,
}

impl Room {
    fn started() -> Self {
        let mut room = Self::default();
        room.record(start(beginning()).unwrap());
        room
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_ms(self.state.seq().get() * 10)
    }

    fn record(&mut self, events: Vec<Event>) {
        for event in events {
            let recorded = Recorded {
                seq: self.state.seq().next(),
                at: self.now(),
                event,
            };
            apply(&mut self.state, &recorded);
            self.log.push(recorded);
        }
    }

    fn decided(&self, action: &Action) -> Result<Vec<Event>, Rejection> {
        match action {
            Action::Admit(admission) => admit(&self.state, admission.clone()),
            Action::Act(seat, command) => {
                let seat = self
                    .state
                    .seat(*seat)
                    .ok_or(Rejection::UnknownSeat(*seat))?;
                decide(&self.state, seat, command.clone(), self.now())
            }
        }
    }
}

/// Who is at work, and as what.
fn role(state: &WorkshopState, action: &Action) -> Option<Role> {
    match action {
        Action::Admit(_) => None,
        Action::Act(seat, _) => state.seat(*seat).map(|seat| seat.role),
    }
}

/// What only a facilitator may cause.
fn is_of_a_facilitator(event: &Event) -> bool {
    match event {
        Event::AnnouncementMade { .. }
        | Event::MessagePinned { .. }
        | Event::SeatMuted { .. }
        | Event::SlowModeChanged { .. }
        | Event::HelpClaimed { .. }
        | Event::HelpHandedBack { .. }
        | Event::HelpResolved { .. }
        | Event::PaceAsked { .. }
        | Event::PaceClosed { .. }
        | Event::TimerStarted { .. }
        | Event::TimerStopped { .. }
        | Event::LeadTaken { .. }
        | Event::LeadMoved { .. }
        | Event::LeadReleased { .. }
        | Event::StepsLimited { .. }
        | Event::PollOpened { .. }
        | Event::PollClosed { .. }
        | Event::PollRevealed { .. }
        | Event::PollReset { .. }
        | Event::JoinCodeRequirementChanged { .. }
        | Event::WorkshopEnded { .. } => true,
        Event::WorkshopStarted { .. }
        | Event::SeatTaken { .. }
        | Event::StepEntered { .. }
        | Event::StepCompleted { .. }
        | Event::StepReopened { .. }
        | Event::MessagePosted { .. }
        | Event::DirectMessagePosted { .. }
        | Event::MessageDeleted { .. }
        | Event::Reacted { .. }
        | Event::HelpRaised { .. }
        | Event::HelpWithdrawn { .. }
        | Event::PaceAnswered { .. }
        | Event::FollowingChanged { .. }
        | Event::PollAnswered { .. } => false,
    }
}

fn assert_log_is_the_state(room: &Room) {
    let mut folded = WorkshopState::default();
    for (recorded, expected) in room.log.iter().zip(1..) {
        assert_eq!(recorded.seq, Seq::new(expected), "the log has a gap");
        apply(&mut folded, recorded);
    }
    assert_eq!(folded, room.state);
}

fn assert_help_queue_is_in_order(state: &WorkshopState) {
    let queue = state.help_queue();
    assert!(queue.is_sorted_by_key(|request| request.raised_at));
    assert!(queue.is_sorted_by(|a, b| a.id < b.id));
    let waiting: BTreeSet<SeatId> = queue.iter().map(|request| request.seat).collect();
    assert_eq!(waiting.len(), queue.len(), "a seat waits with two requests");
    let still = state
        .help_requests()
        .iter()
        .filter(|r| r.status.is_waiting());
    assert!(still.eq(queue.iter().copied()), "the queue is who waits");
    for seat in state.seats() {
        let waits = state.waiting_request(seat.id).is_some();
        assert_eq!(waits, waiting.contains(&seat.id));
    }
    for request in state.help_requests() {
        let by = match request.status {
            HelpStatus::Claimed { by, .. } | HelpStatus::Resolved { by, .. } => by,
            HelpStatus::Open | HelpStatus::Withdrawn { .. } => continue,
        };
        assert!(state.seat(by).unwrap().facilitator().is_ok());
    }
}

fn assert_people_are_told_apart(state: &WorkshopState) {
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

fn assert_progress_is_on_the_agenda(state: &WorkshopState) {
    for seat in state.seats() {
        for (codelab, progress) in &seat.progress {
            for step in progress.completed.iter().chain(&progress.current) {
                let at = StepRef {
                    codelab: *codelab,
                    step: *step,
                };
                assert!(state.step(at).is_ok());
            }
        }
    }
}

/// Who may see an event, beside the seat it is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Others {
    Everybody,
    Facilitators,
    Nobody,
}

/// The table of `audience.rs`, written down a second time, by hand: the seat
/// that an event is about, which may see it, and who else may.
fn may_see(event: &Event) -> (Option<SeatId>, Others) {
    use Others::{Everybody, Facilitators, Nobody};
    match event {
        Event::WorkshopStarted { .. } | Event::JoinCodeRequirementChanged { .. } => {
            (None, Facilitators)
        }
        Event::SeatTaken {
            role: Role::Facilitator(_),
            ..
        }
        | Event::MessagePosted { .. }
        | Event::AnnouncementMade { .. }
        | Event::MessageDeleted { thread: None, .. }
        | Event::Reacted { thread: None, .. }
        | Event::MessagePinned { .. }
        | Event::SlowModeChanged { .. }
        | Event::PaceAsked { .. }
        | Event::PaceClosed { .. }
        | Event::TimerStarted { .. }
        | Event::TimerStopped { .. }
        | Event::LeadTaken { .. }
        | Event::LeadMoved { .. }
        | Event::LeadReleased { .. }
        | Event::StepsLimited { .. }
        | Event::PollOpened { .. }
        | Event::PollClosed { .. }
        | Event::PollRevealed { .. }
        | Event::PollReset { .. }
        | Event::WorkshopEnded { .. } => (None, Everybody),
        Event::SeatTaken {
            seat,
            role: Role::Attendee,
            ..
        }
        | Event::StepEntered { seat, .. }
        | Event::StepCompleted { seat, .. }
        | Event::StepReopened { seat, .. }
        | Event::DirectMessagePosted { with: seat, .. }
        | Event::MessageDeleted {
            thread: Some(seat), ..
        }
        | Event::Reacted {
            thread: Some(seat), ..
        }
        | Event::SeatMuted { seat, .. }
        | Event::HelpRaised { seat, .. }
        | Event::HelpClaimed { seat, .. }
        | Event::HelpHandedBack { seat, .. }
        | Event::HelpResolved { seat, .. }
        | Event::HelpWithdrawn { seat, .. }
        | Event::PaceAnswered { seat, .. }
        | Event::FollowingChanged { seat, .. } => (Some(*seat), Facilitators),
        Event::PollAnswered { seat, .. } => (Some(*seat), Nobody),
    }
}

fn assert_only_the_audience_sees(room: &Room, event: &Event) {
    let (about, others) = may_see(event);
    for viewer in room.state.seats() {
        let by_role = match others {
            Others::Everybody => true,
            Others::Facilitators => viewer.facilitator().is_ok(),
            Others::Nobody => false,
        };
        assert_eq!(
            audience(event).includes(viewer),
            by_role || about == Some(viewer.id),
            "{event:?} and seat {}",
            viewer.id
        );
    }
    let secret = matches!(
        event,
        Event::WorkshopStarted { .. } | Event::JoinCodeRequirementChanged { .. }
    );
    assert_eq!(audience(event) == Audience::Facilitators, secret);
}

/// One action and all that must hold after it.
fn play(room: &mut Room, action: &Action) {
    let before = room.state.clone();
    let decided = room.decided(action);
    if let Status::Ended { .. } = before.status() {
        match (action, role(&before, action)) {
            (Action::Act(_, Command::EndWorkshop), Some(Role::Facilitator(_))) => {
                assert_eq!(decided, Ok(Vec::new()));
            }
            (Action::Act(_, Command::EndWorkshop), Some(Role::Attendee)) => {
                assert_eq!(decided, Err(Rejection::NotAFacilitator));
            }
            (Action::Act(..), Some(_)) => assert_eq!(decided, Err(Rejection::WorkshopEnded)),
            // A facilitator who has a seat is let in to read.
            (Action::Act(..), None) | (Action::Admit(_), _) => {
                assert!(decided.as_ref().map_or(true, Vec::is_empty));
            }
        }
    }
    let Ok(events) = decided else {
        assert_eq!(room.state, before);
        return;
    };
    if role(&before, action) == Some(Role::Attendee) {
        assert!(!events.iter().any(is_of_a_facilitator));
    }
    room.record(events.clone());
    for event in &events {
        assert_only_the_audience_sees(room, event);
    }
    assert_log_is_the_state(room);
    assert_help_queue_is_in_order(&room.state);
    assert_people_are_told_apart(&room.state);
    assert_progress_is_on_the_agenda(&room.state);
    if let Action::Act(..) = action {
        let again = room.decided(action);
        let says_more = matches!(
            action,
            Action::Act(_, Command::PostMessage(_) | Command::Announce { .. })
        );
        assert!(
            says_more || again.map_or(true, |events| events.is_empty()),
            "the same wish again changes nothing"
        );
    }
}

proptest! {
    // Each case folds its whole log after every action.
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn whatever_people_do_the_rules_hold(
        actions in prop::collection::vec(action(), 0..120),
    ) {
        let mut room = Room::started();
        for action in &actions {
            play(&mut room, action);
        }
    }

    #[test]
    fn nothing_happens_before_the_start(admission in admission()) {
        let refused = admit(&WorkshopState::default(), admission);
        prop_assert_eq!(refused, Err(Rejection::WorkshopNotStarted));
    }

    #[test]
    fn the_code_opens_the_door(admission in admission()) {
        let room = Room::started();
        let let_in = admit(&room.state, admission.clone()).is_ok();
        let expected = match admission {
            Admission::Facilitator { .. } => true,
            Admission::Attendee { code, .. } => code.is_some_and(|code| code.as_str() == CODE),
        };
        prop_assert_eq!(let_in, expected);
    }
}

#[test]
fn the_room_has_a_last_seat() {
    let mut room = Room::started();
    let ada = Action::Admit(Admission::Attendee {
        name: Name::parse("Ada").unwrap(),
        code: JoinCode::parse(CODE).ok(),
    });
    for _ in 0..WorkshopState::CAPACITY {
        let events = room.decided(&ada).unwrap();
        room.record(events);
    }
    let capacity = WorkshopState::CAPACITY;
    assert_eq!(room.decided(&ada), Err(Rejection::RoomFull { capacity }));
    assert_people_are_told_apart(&room.state);
}

#[test]
fn a_workshop_begins_with_an_agenda() {
    let mut empty = beginning();
    empty.agenda.clear();
    assert_eq!(start(empty), Err(Rejection::EmptyAgenda));

    let mut hollow = beginning();
    hollow.agenda[1].steps = [].into();
    assert_eq!(start(hollow), Err(Rejection::EmptyAgenda));

    let mut twice = beginning();
    let again = twice.agenda[0].clone();
    twice.agenda.push(again);
    let rejection = Rejection::CodelabTwiceOnAgenda(CodelabId::from_bits(1));
    assert_eq!(start(twice), Err(rejection));
}
