use std::sync::Arc;

use codelab::past::{Deed, Past, Submitted, What, Who};
use domain::{
    CodelabId, ContentHash, FacilitatorId, FileName, JoinCode, LinkAddress, MessageId, MessageText,
    Name, StepId, Timestamp, WorkshopTitle,
    workshop::{
        AgendaCodelab, AgendaStep, Grade, HelpStatus, Status, WorkshopState, apply, report::report,
    },
};

use super::{KeptFiles, MadeUp, log};

fn codelab() -> AgendaCodelab {
    let step = |number| AgendaStep {
        step: StepId::from_bits(number),
        title: "Step".into(),
        minutes: None,
        content: ContentHash::from_bytes([9; 32]),
        quizzes: Arc::from([]),
    };
    AgendaCodelab {
        codelab: CodelabId::from_bits(1),
        revision: 1,
        title: "Git".into(),
        guide: None,
        required: Arc::from([]),
        steps: Arc::from([step(1), step(2)]),
    }
}

fn text(text: &str) -> MessageText {
    MessageText::parse(text).unwrap()
}

fn past(deeds: Vec<(i64, Who, What)>) -> Past {
    let name = |name| Name::parse(name).unwrap();
    let deed = |(at, who, what)| Deed {
        at: Timestamp::from_ms(at),
        who,
        what,
    };
    Past {
        title: WorkshopTitle::parse("Git (Open Codelabs backup)").unwrap(),
        attendees: vec![name("Ada"), name("ada")],
        facilitators: vec![name("Grace")],
        deeds: deeds.into_iter().map(deed).collect(),
        submitted_bytes: 0,
    }
}

fn eventful() -> Past {
    const ADA: Who = Who::Attendee(0);
    const OTHER: Who = Who::Attendee(1);
    let name = FileName::parse("a.zip").unwrap();
    let file = |reference: &str| {
        What::Submitted(Submitted::File {
            reference: reference.to_owned(),
            name: name.clone(),
        })
    };
    let link = LinkAddress::parse("https://x.y").unwrap();
    past(vec![
        (10, ADA, What::Joined),
        (11, OTHER, What::Joined),
        (12, Who::Facilitator(0), What::Said(text("Welcome"))),
        (
            13,
            ADA,
            What::SaidDirectly {
                with: 0,
                text: text("psst"),
            },
        ),
        (14, ADA, What::AskedForHelp(Some(1))),
        (15, ADA, What::AskedForHelp(None)),
        (15, ADA, What::WasHelped),
        (
            16,
            ADA,
            What::Commented {
                thread: 4,
                text: text("Why?"),
            },
        ),
        (
            17,
            Who::Facilitator(0),
            What::Commented {
                thread: 4,
                text: text("So."),
            },
        ),
        (18, ADA, What::Passed(0)),
        (18, ADA, What::Reached(1)),
        (18, ADA, What::Passed(99)),
        (19, ADA, file("kept")),
        (19, ADA, file("lost")),
        (19, ADA, What::Submitted(Submitted::Link(link))),
        (
            20,
            Who::Nobody,
            What::GaveFeedback {
                difficulty: Grade::new(2),
                satisfaction: None,
                comment: None,
            },
        ),
        (99_999, OTHER, What::Said(text("from the future"))),
    ])
}

#[test]
fn a_past_becomes_the_log_of_an_ended_workshop() {
    let past = eventful();
    let kept = KeptFiles::from([("kept".to_owned(), (ContentHash::from_bytes([7; 32]), 12))]);
    let made_up = MadeUp {
        join_code: JoinCode::parse("K7M3PQ").unwrap(),
        facilitators: vec![FacilitatorId::from_bits(1)],
        now: Timestamp::from_ms(1000),
    };
    let log = log(&past, codelab(), &kept, made_up);
    let mut state = WorkshopState::default();
    for recorded in &log {
        apply(&mut state, recorded);
    }
    assert_eq!(state.started_at(), Some(Timestamp::from_ms(10)));
    assert_eq!(
        state.status(),
        Status::Ended {
            at: Timestamp::from_ms(1000)
        }
    );
    let seats = state.seats().iter();
    let seats = seats.map(|seat| (seat.name.as_str(), seat.ordinal));
    assert_eq!(
        seats.collect::<Vec<_>>(),
        [("Grace", 1), ("Ada", 1), ("ada", 2)]
    );
    let said = state.messages().iter();
    let said = said.map(|message| (message.text.as_ref(), message.reply_to.map(MessageId::get)));
    assert_eq!(
        said.collect::<Vec<_>>(),
        [
            ("Welcome", None),
            ("psst", None),
            ("Why?", None),
            ("So.", Some(3)),
            ("from the future", None)
        ]
    );
    let statuses = state.help_requests().iter().map(|request| request.status);
    let statuses = statuses.collect::<Vec<_>>();
    assert!(matches!(
        statuses.as_slice(),
        [HelpStatus::Withdrawn { .. }, HelpStatus::Resolved { .. }]
    ));
    let report = report(&log).unwrap();
    assert_eq!(report.submissions.len(), 2);
    assert_eq!(report.feedback.len(), 1);
    assert_eq!((report.steps[0].finished, report.steps[1].entered), (1, 1));
    // When they were helped is not known, so no wait is told.
    assert_eq!(
        (report.help.resolved, report.help.median_wait_ms),
        (1, None)
    );
    assert_eq!(report.imported_on, Some(Timestamp::from_ms(1000)));
}

#[test]
fn nothing_happened() {
    let made_up = MadeUp {
        join_code: JoinCode::parse("K7M3PQ").unwrap(),
        facilitators: Vec::new(),
        now: Timestamp::from_ms(0),
    };
    let past = past(Vec::new());
    assert_eq!(log(&past, codelab(), &KeptFiles::new(), made_up), []);
}
