//! Messages of the live connection. Each enum is covered: a variant without
//! a strategy does not compile.

use proptest::prelude::*;
use protocol::{ClientMessage, EventBody, EventMessage, ServerMessage, WorkshopEnded};

use super::{
    parts::{
        codelab, few, help_place, help_request, maybe, message, number, person, problem, snapshot,
        step, text, uuid,
    },
    structs,
};

/// A strategy for an enum from strategies for its variants' bodies.
macro_rules! variants {
    ($(#[$doc:meta])* $name:ident: $enum:ident { $($variant:ident($strategy:expr)),+ $(,)? }) => {
        $(#[$doc])*
        pub fn $name() -> BoxedStrategy<$enum> {
            const _: fn(&$enum) = |message| match message { $($enum::$variant(_))|+ => () };
            proptest::strategy::Union::new([$($strategy.prop_map($enum::$variant).boxed()),+]).boxed()
        }
    };
}

structs! {
    hello: Hello { protocol: any::<u16>(), after: maybe(number()) }
    enter_step: EnterStep { id: uuid(), codelab: codelab(), step: step() }
    complete_step: CompleteStep { id: uuid(), codelab: codelab(), step: step() }
    reopen_step: ReopenStep { id: uuid(), codelab: codelab(), step: step() }
    post_message: PostMessage { id: uuid(), text: text() }
    announce: Announce { id: uuid(), text: text() }
    raise_help: RaiseHelp {
        id: uuid(),
        codelab: maybe(codelab()),
        step: maybe(step()),
        message: maybe(text()),
    }
    claim_help: ClaimHelp { id: uuid(), help_request: any::<u32>() }
    resolve_help: ResolveHelp { id: uuid(), help_request: any::<u32>() }
    withdraw_help: WithdrawHelp { id: uuid(), help_request: any::<u32>() }
    require_join_code: RequireJoinCode { id: uuid(), required: any::<bool>() }
    end_workshop: EndWorkshop { id: uuid() }

    welcome: Welcome {
        protocol: any::<u16>(),
        release: text(),
        person: person(),
        now_ms: number(),
        addresses: few(text()),
    }
    events: Events { after: number(), up_to: number(), events: few(event()) }
    ack: Ack { id: uuid(), seq: number() }
    rejected: Rejected { id: maybe(uuid()), problem: problem() }
    presence: Presence {
        complete: any::<bool>(),
        online: few(any::<u32>().boxed()),
        offline: few(any::<u32>().boxed()),
    }
    step_pulse: StepPulse { step: step(), here: any::<u32>(), completed: any::<u32>() }
    codelab_pulse: CodelabPulse { codelab: codelab(), steps: few(step_pulse()) }
    pulse: Pulse {
        attendees: any::<u32>(),
        online: any::<u32>(),
        codelabs: few(codelab_pulse()),
    }
    heartbeat: Heartbeat { now_ms: number() }

    workshop_started: WorkshopStarted { title: text() }
    seat_taken: SeatTaken { person: person() }
    step_entered: StepEntered { seat: any::<u32>(), codelab: codelab(), step: step() }
    step_completed: StepCompleted { seat: any::<u32>(), codelab: codelab(), step: step() }
    step_reopened: StepReopened { seat: any::<u32>(), codelab: codelab(), step: step() }
    message_posted: MessagePosted { message: message() }
    announcement_made: AnnouncementMade { message: message() }
    help_raised: HelpRaised { request: help_request() }
    help_claimed: HelpClaimed { help_request: any::<u32>(), seat: any::<u32>(), by: person() }
    help_resolved: HelpResolved { help_request: any::<u32>(), seat: any::<u32>(), by: person() }
    help_withdrawn: HelpWithdrawn { help_request: any::<u32>(), seat: any::<u32>() }
    join_code_requirement_changed: JoinCodeRequirementChanged { required: any::<bool>() }
}

variants! {
    /// Any message of a browser.
    browser_message: ClientMessage {
        Hello(hello()),
        EnterStep(enter_step()),
        CompleteStep(complete_step()),
        ReopenStep(reopen_step()),
        PostMessage(post_message()),
        Announce(announce()),
        RaiseHelp(raise_help()),
        ClaimHelp(claim_help()),
        ResolveHelp(resolve_help()),
        WithdrawHelp(withdraw_help()),
        RequireJoinCode(require_join_code()),
        EndWorkshop(end_workshop()),
    }
}

variants! {
    /// Any message of the server.
    server_message: ServerMessage {
        Welcome(welcome()),
        Snapshot(snapshot().prop_map(Box::new)),
        Events(events()),
        Ack(ack()),
        Rejected(rejected()),
        Presence(presence()),
        Pulse(pulse()),
        HelpPlace(help_place()),
        Heartbeat(heartbeat()),
    }
}

variants! {
    /// Anything that happens.
    event_body: EventBody {
        WorkshopStarted(workshop_started()),
        SeatTaken(seat_taken()),
        StepEntered(step_entered()),
        StepCompleted(step_completed()),
        StepReopened(step_reopened()),
        MessagePosted(message_posted()),
        AnnouncementMade(announcement_made()),
        HelpRaised(help_raised()),
        HelpClaimed(help_claimed()),
        HelpResolved(help_resolved()),
        HelpWithdrawn(help_withdrawn()),
        JoinCodeRequirementChanged(join_code_requirement_changed()),
        WorkshopEnded(Just(WorkshopEnded {})),
    }
}

/// Any event of a log.
pub fn event() -> BoxedStrategy<EventMessage> {
    (number(), number(), event_body())
        .prop_map(|(seq, at_ms, body)| EventMessage { seq, at_ms, body })
        .boxed()
}
