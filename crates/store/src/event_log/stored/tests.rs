use domain::workshop::{AgendaCodelab, AgendaStep};
use insta::assert_snapshot;
use proptest::{option, prelude::*};

use super::*;

fn random_bits() -> impl Strategy<Value = u64> {
    0..=u64::MAX >> 1
}

fn step_ref() -> impl Strategy<Value = StepRef> {
    (random_bits(), random_bits()).prop_map(|(codelab, step)| StepRef {
        codelab: CodelabId::from_bits(codelab),
        step: StepId::from_bits(step),
    })
}

fn seat() -> impl Strategy<Value = SeatId> {
    any::<u32>().prop_map(SeatId::new)
}

fn help_request() -> impl Strategy<Value = HelpRequestId> {
    any::<u32>().prop_map(HelpRequestId::new)
}

/// Whatever people type that passes the door.
fn typed<T: std::fmt::Debug>(
    max_chars: usize,
    parse: impl Fn(&str) -> Option<T>,
) -> impl Strategy<Value = T> {
    let chars = prop::collection::vec(any::<char>(), 1..=max_chars.min(60));
    chars.prop_filter_map("nothing is left of it", move |chars| {
        parse(&chars.into_iter().collect::<String>())
    })
}

fn agenda_codelab() -> impl Strategy<Value = AgendaCodelab> {
    let step = (
        random_bits(),
        ".{0,20}",
        any::<Option<u32>>(),
        any::<[u8; 32]>(),
    )
        .prop_map(|(step, title, minutes, content)| AgendaStep {
            step: StepId::from_bits(step),
            title: title.into(),
            minutes,
            content: ContentHash::from_bytes(content),
        });
    let steps = prop::collection::vec(step, 0..4);
    (random_bits(), any::<u32>(), ".{0,20}", steps).prop_map(|(id, revision, title, steps)| {
        AgendaCodelab {
            codelab: CodelabId::from_bits(id),
            revision,
            title: title.into(),
            steps: steps.into(),
        }
    })
}

fn workshop_started() -> impl Strategy<Value = Event> {
    let agenda = prop::collection::vec(agenda_codelab(), 0..3);
    let title = typed(WorkshopTitle::MAX_CHARS, |t| WorkshopTitle::parse(t).ok());
    (title, any::<[u32; 6]>(), any::<bool>(), agenda).prop_map(
        |(title, code, code_required, agenda)| Event::WorkshopStarted {
            title,
            join_code: JoinCode::from_random(code),
            code_required,
            agenda: agenda.into(),
        },
    )
}

fn seat_taken() -> impl Strategy<Value = Event> {
    let name = typed(Name::MAX_CHARS, |t| Name::parse(t).ok());
    (seat(), option::of(random_bits()), name, any::<u32>()).prop_map(
        |(seat, facilitator, name, ordinal)| Event::SeatTaken {
            seat,
            role: facilitator.map_or(Role::Attendee, |bits| {
                Role::Facilitator(FacilitatorId::from_bits(bits))
            }),
            name,
            ordinal,
        },
    )
}

fn progress() -> impl Strategy<Value = Event> {
    prop_oneof![
        (seat(), step_ref()).prop_map(|(seat, at)| Event::StepEntered { seat, at }),
        (seat(), step_ref()).prop_map(|(seat, at)| Event::StepCompleted { seat, at }),
        (seat(), step_ref()).prop_map(|(seat, at)| Event::StepReopened { seat, at }),
    ]
}

fn conversation() -> impl Strategy<Value = Event> {
    let message = typed(MessageText::MAX_CHARS, |t| MessageText::parse(t).ok());
    let announcement = typed(AnnouncementText::MAX_CHARS, |t| {
        AnnouncementText::parse(t).ok()
    });
    let id = || any::<u32>().prop_map(MessageId::new);
    prop_oneof![
        (id(), seat(), message).prop_map(|(id, seat, text)| Event::MessagePosted {
            id,
            seat,
            text
        }),
        (id(), seat(), announcement).prop_map(|(id, seat, text)| Event::AnnouncementMade {
            id,
            seat,
            text
        }),
    ]
}

fn help() -> impl Strategy<Value = Event> {
    let text = typed(HelpText::MAX_CHARS, |t| HelpText::parse(t).ok());
    let raised = (
        help_request(),
        seat(),
        option::of(step_ref()),
        option::of(text),
    );
    prop_oneof![
        raised.prop_map(|(id, seat, at, message)| Event::HelpRaised {
            id,
            seat,
            at,
            message
        }),
        (help_request(), seat(), seat()).prop_map(|(id, seat, by)| Event::HelpClaimed {
            id,
            seat,
            by
        }),
        (help_request(), seat(), seat()).prop_map(|(id, seat, by)| Event::HelpResolved {
            id,
            seat,
            by
        }),
        (help_request(), seat()).prop_map(|(id, seat)| Event::HelpWithdrawn { id, seat }),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        workshop_started(),
        seat_taken(),
        progress(),
        conversation(),
        help(),
        any::<bool>().prop_map(|required| Event::JoinCodeRequirementChanged { required }),
        seat().prop_map(|by| Event::WorkshopEnded { by }),
    ]
}

proptest! {
    #[test]
    fn an_event_survives_its_stored_form(event in event()) {
        let payload = encode(&event).unwrap();
        prop_assert_eq!(decode(&payload), Ok(event));
    }

    #[test]
    fn no_document_makes_the_reader_panic(kind in "[a-z_]{0,24}", text in ".{0,40}") {
        let document = serde_json::json!({ "kind": kind, "seat": 1, "id": 2, "text": text });
        drop(decode(&document.to_string()));
        prop_assert_eq!(decode(&text), Err(NotAnEvent));
    }
}

/// What lies in the databases out there. A line that changes means events that
/// can no longer be read: add a field with `serde(default)` instead.
#[test]
fn the_stored_form_stays_readable() {
    let lines = [
        r#"{"kind":"workshop_started","title":"Git from zero","join_code":"K7M3PQ","code_required":true,"agenda":[{"codelab":11,"revision":2,"title":"Git","steps":[{"step":21,"title":"Install","minutes":5,"content":"abababababababababababababababababababababababababababababababab"},{"step":22,"title":"Commit","content":"abababababababababababababababababababababababababababababababab"}]}]}"#,
        r#"{"kind":"seat_taken","seat":1,"facilitator":9223372036854775807,"name":"Grace","ordinal":1}"#,
        r#"{"kind":"seat_taken","seat":2,"name":"Ada","ordinal":2}"#,
        r#"{"kind":"step_entered","seat":2,"at":{"codelab":11,"step":21}}"#,
        r#"{"kind":"step_completed","seat":2,"at":{"codelab":11,"step":21}}"#,
        r#"{"kind":"step_reopened","seat":2,"at":{"codelab":11,"step":21}}"#,
        r#"{"kind":"message_posted","id":1,"seat":2,"text":"안녕\n\"hi\""}"#,
        r#"{"kind":"announcement_made","id":2,"seat":1,"text":"Break"}"#,
        r#"{"kind":"help_raised","id":1,"seat":2,"at":{"codelab":11,"step":22},"message":"stuck"}"#,
        r#"{"kind":"help_raised","id":2,"seat":2}"#,
        r#"{"kind":"help_claimed","id":1,"seat":2,"by":1}"#,
        r#"{"kind":"help_resolved","id":1,"seat":2,"by":1}"#,
        r#"{"kind":"help_withdrawn","id":2,"seat":2}"#,
        r#"{"kind":"join_code_requirement_changed","required":false}"#,
        r#"{"kind":"workshop_ended","by":1}"#,
    ];
    for line in lines {
        let event = decode(line).unwrap();
        assert_eq!(encode(&event).unwrap(), line);
    }
}

/// The same from the other side: these events are written as these lines.
#[test]
fn events_are_written_as_ever() {
    let at = StepRef {
        codelab: CodelabId::from_bits(11),
        step: StepId::from_bits(21),
    };
    let (ada, grace) = (SeatId::new(2), SeatId::new(1));
    let written = |event: Event| encode(&event).unwrap();
    assert_snapshot!(
        written(Event::WorkshopStarted {
            title: WorkshopTitle::parse("Git").unwrap(),
            join_code: JoinCode::parse("K7M3PQ").unwrap(),
            code_required: false,
            agenda: Arc::from([AgendaCodelab {
                codelab: at.codelab,
                revision: 1,
                title: "Git".into(),
                steps: Arc::from([AgendaStep {
                    step: at.step,
                    title: "Install".into(),
                    minutes: None,
                    content: ContentHash::from_bytes([0xab; 32]),
                }]),
            }]),
        }),
        @r#"{"kind":"workshop_started","title":"Git","join_code":"K7M3PQ","code_required":false,"agenda":[{"codelab":11,"revision":1,"title":"Git","steps":[{"step":21,"title":"Install","content":"abababababababababababababababababababababababababababababababab"}]}]}"#
    );
    assert_snapshot!(
        written(Event::SeatTaken {
            seat: grace,
            role: Role::Facilitator(FacilitatorId::from_bits(7)),
            name: Name::parse("Grace").unwrap(),
            ordinal: 1,
        }),
        @r#"{"kind":"seat_taken","seat":1,"facilitator":7,"name":"Grace","ordinal":1}"#
    );
    assert_snapshot!(
        written(Event::StepEntered { seat: ada, at }),
        @r#"{"kind":"step_entered","seat":2,"at":{"codelab":11,"step":21}}"#
    );
    assert_snapshot!(
        written(Event::StepCompleted { seat: ada, at }),
        @r#"{"kind":"step_completed","seat":2,"at":{"codelab":11,"step":21}}"#
    );
    assert_snapshot!(
        written(Event::StepReopened { seat: ada, at }),
        @r#"{"kind":"step_reopened","seat":2,"at":{"codelab":11,"step":21}}"#
    );
    assert_snapshot!(
        written(Event::MessagePosted {
            id: MessageId::new(1),
            seat: ada,
            text: MessageText::parse("hi").unwrap(),
        }),
        @r#"{"kind":"message_posted","id":1,"seat":2,"text":"hi"}"#
    );
    assert_snapshot!(
        written(Event::AnnouncementMade {
            id: MessageId::new(2),
            seat: grace,
            text: AnnouncementText::parse("Break").unwrap(),
        }),
        @r#"{"kind":"announcement_made","id":2,"seat":1,"text":"Break"}"#
    );
    let id = HelpRequestId::new(1);
    assert_snapshot!(
        written(Event::HelpRaised {
            id,
            seat: ada,
            at: Some(at),
            message: Some(HelpText::parse("stuck").unwrap()),
        }),
        @r#"{"kind":"help_raised","id":1,"seat":2,"at":{"codelab":11,"step":21},"message":"stuck"}"#
    );
    assert_snapshot!(
        written(Event::HelpClaimed { id, seat: ada, by: grace }),
        @r#"{"kind":"help_claimed","id":1,"seat":2,"by":1}"#
    );
    assert_snapshot!(
        written(Event::HelpResolved { id, seat: ada, by: grace }),
        @r#"{"kind":"help_resolved","id":1,"seat":2,"by":1}"#
    );
    assert_snapshot!(
        written(Event::HelpWithdrawn { id, seat: ada }),
        @r#"{"kind":"help_withdrawn","id":1,"seat":2}"#
    );
    assert_snapshot!(
        written(Event::JoinCodeRequirementChanged { required: true }),
        @r#"{"kind":"join_code_requirement_changed","required":true}"#
    );
    assert_snapshot!(
        written(Event::WorkshopEnded { by: grace }),
        @r#"{"kind":"workshop_ended","by":1}"#
    );
}
