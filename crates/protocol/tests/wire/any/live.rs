//! Messages of the live connection. Each enum is covered: a variant without
//! a strategy does not compile.

use proptest::prelude::*;
use protocol::{ClientMessage, EventBody, EventMessage, ServerMessage, WorkshopEnded};

use super::{
    parts::{
        agenda_step, choices, codelab, content, count, feedback, few, flag, help_place,
        help_request, lead, maybe, message, number, pace, pace_answer, person, poll, poll_answer,
        poll_form, poll_result, problem, quiz_key, reaction, requirement, shared_text, snapshot,
        step, submission, text, timer, uuid,
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
    post_message: PostMessage {
        id: uuid(),
        text: text(),
        reply_to: maybe(count()),
        mentions: few(count()),
        picture: maybe(content()),
    }
    post_direct_message: PostDirectMessage {
        id: uuid(),
        with: maybe(count()),
        text: text(),
        reply_to: maybe(count()),
        picture: maybe(content()),
    }
    announce: Announce { id: uuid(), text: text(), pinned: flag() }
    delete_message: DeleteMessage { id: uuid(), message: count() }
    pin_message: PinMessage { id: uuid(), message: count(), pinned: flag() }
    react: React { id: uuid(), message: count(), reaction: reaction(), on: flag() }
    mute_seat: MuteSeat { id: uuid(), seat: count(), muted: flag() }
    set_slow_mode: SetSlowMode { id: uuid(), seconds: count() }
    raise_help: RaiseHelp {
        id: uuid(),
        codelab: maybe(codelab()),
        step: maybe(step()),
        message: maybe(text()),
    }
    claim_help: ClaimHelp { id: uuid(), help_request: any::<u32>() }
    hand_back_help: HandBackHelp { id: uuid(), help_request: any::<u32>() }
    resolve_help: ResolveHelp { id: uuid(), help_request: any::<u32>() }
    withdraw_help: WithdrawHelp { id: uuid(), help_request: any::<u32>() }
    ask_pace: AskPace { id: uuid(), codelab: codelab(), step: step() }
    answer_pace: AnswerPace { id: uuid(), pace: count(), answer: pace_answer() }
    close_pace: ClosePace { id: uuid(), pace: count() }
    start_timer: StartTimer { id: uuid(), seconds: count(), label: maybe(text()) }
    stop_timer: StopTimer { id: uuid() }
    take_lead: TakeLead { id: uuid() }
    release_lead: ReleaseLead { id: uuid() }
    set_following: SetFollowing { id: uuid(), following: flag() }
    limit_steps: LimitSteps { id: uuid(), codelab: codelab(), last: maybe(step()) }
    open_poll: OpenPoll { id: uuid(), form: poll_form() }
    answer_poll: AnswerPoll { id: uuid(), poll: count(), answer: poll_answer() }
    close_poll: ClosePoll { id: uuid(), poll: count() }
    reveal_poll: RevealPoll { id: uuid(), poll: count(), revealed: flag() }
    reset_poll: ResetPoll { id: uuid(), poll: count() }
    answer_quiz: AnswerQuiz {
        id: uuid(),
        codelab: codelab(),
        step: step(),
        quiz: quiz_key(),
        choices: choices(),
    }
    require_join_code: RequireJoinCode { id: uuid(), required: any::<bool>() }
    schedule_end: ScheduleEnd { id: uuid(), minutes: maybe(count()) }
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
    deferred: Deferred { id: uuid(), problem: problem(), retry_after_ms: any::<u32>() }
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
    codelab_revised: CodelabRevised {
        codelab: codelab(),
        revision: count(),
        title: shared_text(),
        guide: maybe(content()),
        required: few(requirement()),
        steps: few(agenda_step()),
    }
    seat_taken: SeatTaken { person: person() }
    step_entered: StepEntered { seat: any::<u32>(), codelab: codelab(), step: step() }
    step_completed: StepCompleted { seat: any::<u32>(), codelab: codelab(), step: step() }
    step_reopened: StepReopened { seat: any::<u32>(), codelab: codelab(), step: step() }
    message_posted: MessagePosted { message: message() }
    direct_message_posted: DirectMessagePosted { message: message() }
    announcement_made: AnnouncementMade { message: message() }
    message_deleted: MessageDeleted { message: count(), by: person() }
    message_pinned: MessagePinned { message: count(), pinned: flag() }
    reacted: Reacted { message: count(), seat: count(), reaction: reaction(), on: flag() }
    seat_muted: SeatMuted { seat: count(), muted: flag() }
    slow_mode_changed: SlowModeChanged { seconds: count() }
    help_raised: HelpRaised { request: help_request() }
    help_claimed: HelpClaimed { help_request: any::<u32>(), seat: any::<u32>(), by: person() }
    help_handed_back: HelpHandedBack {
        help_request: any::<u32>(),
        seat: any::<u32>(),
        by: person(),
    }
    help_resolved: HelpResolved { help_request: any::<u32>(), seat: any::<u32>(), by: person() }
    help_withdrawn: HelpWithdrawn { help_request: any::<u32>(), seat: any::<u32>() }
    pace_asked: PaceAsked { pace: pace() }
    pace_answered: PaceAnswered { pace: count(), seat: count(), answer: pace_answer() }
    pace_closed: PaceClosed { pace: count() }
    timer_started: TimerStarted { timer: timer() }
    timer_stopped: TimerStopped { by: person() }
    lead_taken: LeadTaken { lead: lead() }
    lead_moved: LeadMoved { lead: lead() }
    lead_released: LeadReleased { by: person() }
    following_changed: FollowingChanged { seat: count(), following: flag() }
    steps_limited: StepsLimited { codelab: codelab(), last: maybe(step()) }
    poll_opened: PollOpened { poll: poll() }
    poll_answered: PollAnswered { poll: count(), answer: poll_answer() }
    poll_closed: PollClosed { poll: count() }
    poll_revealed: PollRevealed { poll: count(), revealed: flag() }
    poll_reset: PollReset { poll: count() }
    quiz_answered: QuizAnswered {
        seat: count(),
        codelab: codelab(),
        step: step(),
        quiz: quiz_key(),
        choices: choices(),
        right: flag(),
        explanation: maybe(shared_text()),
    }
    feedback_given: FeedbackGiven { feedback: feedback() }
    work_submitted: WorkSubmitted { submission: submission() }
    workshop_imported: WorkshopImported { on_ms: number() }
    end_scheduled: EndScheduled { ends_at_ms: maybe(number()) }
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
        PostDirectMessage(post_direct_message()),
        Announce(announce()),
        DeleteMessage(delete_message()),
        PinMessage(pin_message()),
        React(react()),
        MuteSeat(mute_seat()),
        SetSlowMode(set_slow_mode()),
        RaiseHelp(raise_help()),
        ClaimHelp(claim_help()),
        HandBackHelp(hand_back_help()),
        ResolveHelp(resolve_help()),
        WithdrawHelp(withdraw_help()),
        AskPace(ask_pace()),
        AnswerPace(answer_pace()),
        ClosePace(close_pace()),
        StartTimer(start_timer()),
        StopTimer(stop_timer()),
        TakeLead(take_lead()),
        ReleaseLead(release_lead()),
        SetFollowing(set_following()),
        LimitSteps(limit_steps()),
        OpenPoll(open_poll()),
        AnswerPoll(answer_poll()),
        ClosePoll(close_poll()),
        RevealPoll(reveal_poll()),
        ResetPoll(reset_poll()),
        AnswerQuiz(answer_quiz()),
        RequireJoinCode(require_join_code()),
        ScheduleEnd(schedule_end()),
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
        Deferred(deferred()),
        Presence(presence()),
        Pulse(pulse()),
        HelpPlace(help_place()),
        PollResult(poll_result()),
        Heartbeat(heartbeat()),
    }
}

variants! {
    /// Anything that happens.
    event_body: EventBody {
        WorkshopStarted(workshop_started()),
        CodelabRevised(codelab_revised()),
        SeatTaken(seat_taken()),
        StepEntered(step_entered()),
        StepCompleted(step_completed()),
        StepReopened(step_reopened()),
        MessagePosted(message_posted()),
        DirectMessagePosted(direct_message_posted()),
        AnnouncementMade(announcement_made()),
        MessageDeleted(message_deleted()),
        MessagePinned(message_pinned()),
        Reacted(reacted()),
        SeatMuted(seat_muted()),
        SlowModeChanged(slow_mode_changed()),
        HelpRaised(help_raised()),
        HelpClaimed(help_claimed()),
        HelpHandedBack(help_handed_back()),
        HelpResolved(help_resolved()),
        HelpWithdrawn(help_withdrawn()),
        PaceAsked(pace_asked()),
        PaceAnswered(pace_answered()),
        PaceClosed(pace_closed()),
        TimerStarted(timer_started()),
        TimerStopped(timer_stopped()),
        LeadTaken(lead_taken()),
        LeadMoved(lead_moved()),
        LeadReleased(lead_released()),
        FollowingChanged(following_changed()),
        StepsLimited(steps_limited()),
        PollOpened(poll_opened()),
        PollAnswered(poll_answered()),
        PollClosed(poll_closed()),
        PollRevealed(poll_revealed()),
        PollReset(poll_reset()),
        QuizAnswered(quiz_answered()),
        FeedbackGiven(feedback_given()),
        WorkSubmitted(work_submitted()),
        WorkshopImported(workshop_imported()),
        JoinCodeRequirementChanged(join_code_requirement_changed()),
        WorkshopEnded(Just(WorkshopEnded {})),
        EndScheduled(end_scheduled()),
    }
}

/// Any event of a log.
pub fn event() -> BoxedStrategy<EventMessage> {
    (number(), number(), event_body())
        .prop_map(|(seq, at_ms, body)| EventMessage { seq, at_ms, body })
        .boxed()
}
