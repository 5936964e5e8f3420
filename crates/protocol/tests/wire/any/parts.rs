//! What messages and bodies are made of.

use std::sync::Arc;

use domain::{CodelabId, ContentHash, QuizKey, StepId};
use proptest::{collection::vec, option, prelude::*, sample::select};
use protocol::{
    HelpStatus, Id, ImportReason, MessageKind, PaceAnswer, PollKind, ProblemCode, Reaction,
    Requirement, Role, WorkshopStatus,
};
use uuid::Uuid;

use super::structs;

/// Any text, and those that break naive readers.
pub fn text() -> BoxedStrategy<String> {
    prop_oneof![
        4 => any::<String>(),
        1 => select(vec!["", "\u{0}", "\"\\\n\u{2028}", "김민수 👩‍💻", "\u{10FFFF}", "null", "</script>"])
            .prop_map(ToOwned::to_owned),
    ]
    .boxed()
}

pub fn shared_text() -> BoxedStrategy<Arc<str>> {
    text().prop_map(Arc::from).boxed()
}

/// Any number, and the furthest ones.
pub fn number() -> BoxedStrategy<i64> {
    prop_oneof![any::<i64>(), select(vec![i64::MIN, -1, 0, i64::MAX])].boxed()
}

pub fn uuid() -> BoxedStrategy<Uuid> {
    any::<u128>().prop_map(Uuid::from_u128).boxed()
}

pub fn codelab() -> BoxedStrategy<Id<CodelabId>> {
    any::<u64>()
        .prop_map(|bits| Id(CodelabId::from_bits(bits)))
        .boxed()
}

pub fn step() -> BoxedStrategy<Id<StepId>> {
    any::<u64>()
        .prop_map(|bits| Id(StepId::from_bits(bits)))
        .boxed()
}

pub fn quiz_key() -> BoxedStrategy<Id<QuizKey>> {
    any::<u64>()
        .prop_map(|bits| Id(QuizKey::from_bits(bits)))
        .boxed()
}

pub fn choices() -> BoxedStrategy<Vec<u8>> {
    few(any::<u8>().boxed())
}

pub fn content() -> BoxedStrategy<Id<ContentHash>> {
    any::<[u8; 32]>()
        .prop_map(|bytes| Id(ContentHash::from_bytes(bytes)))
        .boxed()
}

pub fn few<T: std::fmt::Debug + 'static>(of: BoxedStrategy<T>) -> BoxedStrategy<Vec<T>> {
    vec(of, 0..4).boxed()
}

pub fn maybe<T: std::fmt::Debug + 'static>(of: BoxedStrategy<T>) -> BoxedStrategy<Option<T>> {
    option::of(of).boxed()
}

pub fn requirement() -> BoxedStrategy<Requirement> {
    use Requirement::{Feedback, Quiz, Submission};
    select(vec![Quiz, Feedback, Submission]).boxed()
}

fn status() -> BoxedStrategy<WorkshopStatus> {
    select(vec![WorkshopStatus::Live, WorkshopStatus::Ended]).boxed()
}

pub fn workshop_status() -> BoxedStrategy<WorkshopStatus> {
    status()
}

fn role() -> BoxedStrategy<Role> {
    select(vec![Role::Attendee, Role::Facilitator]).boxed()
}

fn kind() -> BoxedStrategy<MessageKind> {
    select(vec![
        MessageKind::Chat,
        MessageKind::Announcement,
        MessageKind::Direct,
    ])
    .boxed()
}

pub fn count() -> BoxedStrategy<u32> {
    any::<u32>().boxed()
}

pub fn flag() -> BoxedStrategy<bool> {
    any::<bool>().boxed()
}

pub fn reaction() -> BoxedStrategy<Reaction> {
    select(vec![
        Reaction::ThumbsUp,
        Reaction::Heart,
        Reaction::Party,
        Reaction::Laugh,
        Reaction::Surprise,
        Reaction::Eyes,
    ])
    .boxed()
}

pub fn pace_answer() -> BoxedStrategy<PaceAnswer> {
    select(vec![PaceAnswer::Done, PaceAnswer::Stuck]).boxed()
}

fn poll_kind() -> BoxedStrategy<PollKind> {
    select(vec![
        PollKind::Single,
        PollKind::Multiple,
        PollKind::Scale,
        PollKind::Text,
        PollKind::Words,
    ])
    .boxed()
}

fn help_status() -> BoxedStrategy<HelpStatus> {
    select(vec![
        HelpStatus::Open,
        HelpStatus::Claimed,
        HelpStatus::Resolved,
        HelpStatus::Withdrawn,
    ])
    .boxed()
}

structs! {
    person: Person { seat: any::<u32>(), role: role(), name: shared_text(), ordinal: any::<u32>() }
    message: Message {
        id: any::<u32>(),
        kind: kind(),
        from: person(),
        text: shared_text(),
        at_ms: number(),
        with: maybe(person()),
        reply_to: maybe(count()),
        mentions: few(person()),
        picture: maybe(picture()),
        code: few(text()),
        reactions: few(reaction_seats()),
        pinned: flag(),
        deleted: flag(),
    }
    picture: Picture { file: content(), width: count(), height: count() }
    reaction_seats: ReactionSeats { reaction: reaction(), seats: few(count()) }
    pace: Pace {
        id: count(),
        codelab: codelab(),
        step: step(),
        asked_at_ms: number(),
        open: flag(),
    }
    pace_reply: PaceReply { seat: count(), answer: pace_answer() }
    timer: Timer { started_at_ms: number(), ends_at_ms: number(), label: maybe(text()) }
    lead: Lead { by: person(), codelab: maybe(codelab()), step: maybe(step()) }
    step_limit: StepLimit { codelab: codelab(), last: step() }
    poll_scale: PollScale { max: any::<u8>(), low: maybe(text()), high: maybe(text()) }
    poll_form: PollForm {
        question: text(),
        kind: poll_kind(),
        options: few(text()),
        scale: maybe(poll_scale()),
    }
    poll_answer: PollAnswer {
        options: maybe(few(any::<u8>().boxed())),
        scale: maybe(any::<u8>().boxed()),
        text: maybe(text()),
        words: maybe(few(text())),
    }
    poll: Poll {
        id: count(),
        form: poll_form(),
        opened_at_ms: number(),
        open: flag(),
        revealed: flag(),
    }
    quiz: Quiz {
        quiz: quiz_key(),
        question: shared_text(),
        options: few(shared_text()),
        right: choices(),
        explanation: maybe(shared_text()),
    }
    quiz_answer: QuizAnswer {
        codelab: codelab(),
        step: step(),
        quiz: quiz_key(),
        first: choices(),
        first_right: flag(),
        last: choices(),
        right: flag(),
        tries: count(),
        explanation: maybe(shared_text()),
    }
    feedback: Feedback {
        from: maybe(person()),
        difficulty: maybe(any::<u8>().boxed()),
        satisfaction: maybe(any::<u8>().boxed()),
        comment: maybe(text()),
        at_ms: number(),
    }
    submitted_file: SubmittedFile { name: text(), size_bytes: any::<u64>() }
    submission: Submission {
        id: count(),
        from: person(),
        link: maybe(text()),
        file: maybe(submitted_file()),
        at_ms: number(),
    }
    own_poll_answer: OwnPollAnswer { poll: count(), answer: poll_answer() }
    word_count: WordCount { word: text(), times: count() }
    poll_result: PollResult {
        poll: count(),
        people: count(),
        counts: few(count()),
        texts: few(text()),
        words: few(word_count()),
    }
    help_request: HelpRequest {
        id: any::<u32>(),
        from: person(),
        codelab: maybe(codelab()),
        step: maybe(step()),
        message: maybe(text()),
        raised_at_ms: number(),
        taken_at_ms: maybe(number()),
        closed_at_ms: maybe(number()),
        status: help_status(),
        by: maybe(person()),
    }
    help_place: HelpPlace {
        help_request: count(),
        place: count(),
        waiting: count(),
        expected_wait_ms: maybe(number()),
    }
    progress: Progress {
        codelab: codelab(),
        current: maybe(step()),
        entered_at_ms: maybe(number()),
        completed: few(step()),
    }
    you: You {
        person: person(),
        progress: few(progress()),
        last_codelab: maybe(codelab()),
        help_request: maybe(help_request()),
        help_place: maybe(help_place()),
        muted: flag(),
        following: flag(),
        pace_answer: maybe(pace_answer()),
        poll_answers: few(own_poll_answer()),
        quiz_answers: few(quiz_answer()),
    }
    roster_entry: RosterEntry {
        person: person(),
        joined_at_ms: number(),
        progress: few(progress()),
        last_codelab: maybe(codelab()),
        active_at_ms: number(),
        muted: flag(),
        following: flag(),
        quiz_answers: few(quiz_answer()),
    }
    facilitation: Facilitation {
        join_code: text(),
        code_required: any::<bool>(),
        roster: few(roster_entry()),
        help_requests: few(help_request()),
        pace_answers: few(pace_reply()),
    }
    agenda_step: AgendaStep {
        step: step(),
        title: shared_text(),
        minutes: maybe(any::<u32>().boxed()),
        content: content(),
        quizzes: few(quiz_key()),
    }
    agenda_codelab: AgendaCodelab {
        codelab: codelab(),
        title: shared_text(),
        guide: maybe(content()),
        required: few(requirement()),
        steps: few(agenda_step()),
    }
    snapshot: Snapshot {
        seq: number(),
        workshop: any::<u64>().prop_map(|bits| Id(domain::WorkshopId::from_bits(bits))),
        title: text(),
        status: status(),
        started_at_ms: number(),
        ended_at_ms: maybe(number()),
        ends_at_ms: maybe(number()),
        agenda: few(agenda_codelab()),
        you: you(),
        facilitators: few(person()),
        messages: few(message()),
        has_older_messages: any::<bool>(),
        pinned: few(message()),
        direct_messages: few(message()),
        slow_mode_seconds: count(),
        pace: maybe(pace()),
        timer: maybe(timer()),
        lead: maybe(lead()),
        step_limits: few(step_limit()),
        polls: few(poll()),
        facilitation: maybe(facilitation()),
    }
    import_refusal: ImportRefusal {
        reason: select(vec![ImportReason::TooLarge, ImportReason::Empty]),
        subject: text(),
    }
    revision_conflict: RevisionConflict { newest: any::<u32>(), saved_by: maybe(text()) }
    problem: Problem {
        kind: text(),
        title: text(),
        status: any::<u16>(),
        code: select(ProblemCode::ALL),
        detail: text(),
        field: maybe(text()),
        file: maybe(text()),
        line: maybe(any::<u32>().boxed()),
        import: maybe(import_refusal()),
        conflict: maybe(revision_conflict()),
        retry_after_seconds: maybe(any::<u32>().boxed()),
    }
}
