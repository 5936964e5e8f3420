//! What messages and bodies are made of.

use std::sync::Arc;

use domain::{CodelabId, ContentHash, StepId};
use proptest::{collection::vec, option, prelude::*, sample::select};
use protocol::{HelpStatus, Id, ImportReason, MessageKind, ProblemCode, Role, WorkshopStatus};
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
    select(vec![MessageKind::Chat, MessageKind::Announcement]).boxed()
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
    }
    help_request: HelpRequest {
        id: any::<u32>(),
        from: person(),
        codelab: maybe(codelab()),
        step: maybe(step()),
        message: maybe(text()),
        raised_at_ms: number(),
        status: help_status(),
        by: maybe(person()),
    }
    help_place: HelpPlace { help_request: any::<u32>(), place: any::<u32>(), waiting: any::<u32>() }
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
    }
    roster_entry: RosterEntry {
        person: person(),
        joined_at_ms: number(),
        progress: few(progress()),
        last_codelab: maybe(codelab()),
    }
    facilitation: Facilitation {
        join_code: text(),
        code_required: any::<bool>(),
        roster: few(roster_entry()),
        help_requests: few(help_request()),
    }
    agenda_step: AgendaStep {
        step: step(),
        title: shared_text(),
        minutes: maybe(any::<u32>().boxed()),
        content: content(),
    }
    agenda_codelab: AgendaCodelab {
        codelab: codelab(),
        title: shared_text(),
        steps: few(agenda_step()),
    }
    snapshot: Snapshot {
        seq: number(),
        workshop: any::<u64>().prop_map(|bits| Id(domain::WorkshopId::from_bits(bits))),
        title: text(),
        status: status(),
        started_at_ms: number(),
        ended_at_ms: maybe(number()),
        agenda: few(agenda_codelab()),
        you: you(),
        messages: few(message()),
        has_older_messages: any::<bool>(),
        facilitation: maybe(facilitation()),
    }
    import_refusal: ImportRefusal {
        reason: select(vec![ImportReason::TooLarge, ImportReason::Empty]),
        subject: text(),
    }
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
        retry_after_seconds: maybe(any::<u32>().boxed()),
    }
}
