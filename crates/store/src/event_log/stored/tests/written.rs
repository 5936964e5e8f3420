//! From the event to its document.

use std::sync::Arc;

use domain::{
    AnnouncementText, CodelabId, ContentHash, FacilitatorId, HelpRequestId, HelpText, JoinCode,
    MessageId, MessageText, Name, SeatId, StepId, WorkshopTitle,
    workshop::{AgendaCodelab, AgendaStep, Event, MessageBody, Role, StepRef},
};
use insta::assert_snapshot;

use super::encode;

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
                guide: None,
                required: Arc::from([]),
                steps: Arc::from([AgendaStep {
                    step: at.step,
                    title: "Install".into(),
                    minutes: None,
                    content: ContentHash::from_bytes([0xab; 32]),
                    quizzes: Arc::from([]),
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
            body: MessageBody::text(MessageText::parse("hi").unwrap()),
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
    let at = Some(domain::Timestamp::from_ms(1_793_433_600_000));
    assert_snapshot!(
        written(Event::EndScheduled { by: grace, at }),
        @r#"{"kind":"end_scheduled","by":1,"at_ms":1793433600000}"#
    );
    assert_snapshot!(
        written(Event::WorkshopEnded { by: grace }),
        @r#"{"kind":"workshop_ended","by":1}"#
    );
}
