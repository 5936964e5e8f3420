use std::{collections::HashSet, mem};

use proptest::prelude::*;

use self::any::event;
use super::*;

mod any;
mod written;

/// Counts the kinds of events. One that is not listed does not compile: it needs
/// a strategy in `any` and a line below.
macro_rules! kinds {
    ($($kind:ident),+ $(,)?) => {
        const _: fn(&Event) = |event| match event { $(Event::$kind { .. })|+ => () };
        const KINDS: usize = [$(stringify!($kind)),+].len();
    };
}

kinds! {
    WorkshopStarted, CodelabRevised, SeatTaken, StepEntered, StepCompleted, StepReopened, MessagePosted,
    DirectMessagePosted, AnnouncementMade, MessageDeleted, MessagePinned, Reacted, SeatMuted,
    SlowModeChanged, HelpRaised, HelpClaimed, HelpHandedBack, HelpResolved, HelpWithdrawn,
    PaceAsked, PaceAnswered, PaceClosed, TimerStarted, TimerStopped, LeadTaken, LeadMoved,
    LeadReleased, FollowingChanged, StepsLimited, PollOpened, PollAnswered, PollClosed,
    PollRevealed, PollReset, FeedbackGiven, WorkSubmitted, WorkshopImported, JoinCodeRequirementChanged, WorkshopEnded, QuizAnswered,
    EndScheduled,
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
        r#"{"kind":"codelab_revised","codelab":{"codelab":11,"revision":3,"title":"Git","steps":[{"step":22,"title":"Commit","minutes":7,"content":"abababababababababababababababababababababababababababababababab"}]}}"#,
        r#"{"kind":"codelab_revised","codelab":{"codelab":11,"revision":4,"title":"Git","steps":[{"step":22,"title":"Commit","content":"abababababababababababababababababababababababababababababababab","quizzes":[{"key":31,"question":"Which?","options":["a","b"],"right":[1],"explanation":"So."},{"key":32,"question":"Any?","options":["a","b"],"right":[0,1]}]}]}}"#,
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
        r#"{"kind":"quiz_answered","seat":2,"at":{"codelab":11,"step":22},"quiz":31,"choices":[0],"right":false}"#,
        r#"{"kind":"quiz_answered","seat":2,"at":{"codelab":11,"step":22},"quiz":31,"choices":[1],"right":true,"explanation":"So."}"#,
        r#"{"kind":"help_resolved","id":1,"seat":2,"by":1}"#,
        r#"{"kind":"help_withdrawn","id":2,"seat":2}"#,
        r#"{"kind":"join_code_requirement_changed","required":false}"#,
        r#"{"kind":"workshop_ended","by":1}"#,
        r#"{"kind":"end_scheduled","by":1,"at_ms":1793433600000}"#,
        r#"{"kind":"end_scheduled","by":1}"#,
        r#"{"kind":"message_posted","id":3,"seat":2,"text":"","picture":{"file":"abababababababababababababababababababababababababababababababab","width":640,"height":480},"reply_to":1,"mentions":[1,2]}"#,
        r#"{"kind":"direct_message_posted","id":4,"seat":1,"with":2,"text":"Hello"}"#,
        r#"{"kind":"direct_message_posted","id":5,"seat":2,"with":2,"text":"Hi","picture":{"file":"abababababababababababababababababababababababababababababababab","width":1,"height":1},"reply_to":4}"#,
        r#"{"kind":"message_deleted","id":1,"by":2}"#,
        r#"{"kind":"message_deleted","id":4,"by":1,"thread":2}"#,
        r#"{"kind":"message_pinned","id":2,"by":1,"pinned":true}"#,
        r#"{"kind":"reacted","id":1,"seat":2,"reaction":"thumbs_up","on":true}"#,
        r#"{"kind":"reacted","id":1,"seat":2,"reaction":"heart","on":true}"#,
        r#"{"kind":"reacted","id":1,"seat":2,"reaction":"party","on":true}"#,
        r#"{"kind":"reacted","id":1,"seat":2,"reaction":"laugh","on":true}"#,
        r#"{"kind":"reacted","id":1,"seat":2,"reaction":"surprise","on":false}"#,
        r#"{"kind":"reacted","id":4,"seat":2,"reaction":"eyes","on":true,"thread":2}"#,
        r#"{"kind":"seat_muted","seat":2,"by":1,"muted":true}"#,
        r#"{"kind":"slow_mode_changed","by":1,"seconds":30}"#,
        r#"{"kind":"help_handed_back","id":1,"seat":2,"by":1}"#,
        r#"{"kind":"pace_asked","id":1,"by":1,"at":{"codelab":11,"step":21}}"#,
        r#"{"kind":"pace_answered","id":1,"seat":2,"answer":"done"}"#,
        r#"{"kind":"pace_answered","id":1,"seat":2,"answer":"stuck"}"#,
        r#"{"kind":"pace_closed","id":1,"by":1}"#,
        r#"{"kind":"timer_started","by":1,"seconds":600,"label":"Break"}"#,
        r#"{"kind":"timer_started","by":1,"seconds":600}"#,
        r#"{"kind":"timer_stopped","by":1}"#,
        r#"{"kind":"lead_taken","by":1,"at":{"codelab":11,"step":21}}"#,
        r#"{"kind":"lead_taken","by":1}"#,
        r#"{"kind":"lead_moved","by":1,"at":{"codelab":11,"step":22}}"#,
        r#"{"kind":"lead_released","by":1}"#,
        r#"{"kind":"following_changed","seat":2,"following":false}"#,
        r#"{"kind":"steps_limited","by":1,"codelab":11,"last":21}"#,
        r#"{"kind":"steps_limited","by":1,"codelab":11}"#,
        r#"{"kind":"poll_opened","id":1,"by":1,"form":{"question":"Git?","answer":{"single":["Yes","No"]}}}"#,
        r#"{"kind":"poll_opened","id":2,"by":1,"form":{"question":"Which?","answer":{"multiple":["A","B","C"]}}}"#,
        r#"{"kind":"poll_opened","id":3,"by":1,"form":{"question":"How hard?","answer":{"scale":{"max":5,"low":"easy","high":"hard"}}}}"#,
        r#"{"kind":"poll_opened","id":4,"by":1,"form":{"question":"How hard?","answer":{"scale":{"max":10}}}}"#,
        r#"{"kind":"poll_opened","id":5,"by":1,"form":{"question":"Why?","answer":"text"}}"#,
        r#"{"kind":"poll_opened","id":6,"by":1,"form":{"question":"In a word?","answer":"words"}}"#,
        r#"{"kind":"poll_answered","id":1,"seat":2,"answer":{"options":[0,2]}}"#,
        r#"{"kind":"poll_answered","id":3,"seat":2,"answer":{"scale":4}}"#,
        r#"{"kind":"poll_answered","id":5,"seat":2,"answer":{"text":"because"}}"#,
        r#"{"kind":"poll_answered","id":6,"seat":2,"answer":{"words":["git","version control"]}}"#,
        r#"{"kind":"poll_closed","id":1,"by":1}"#,
        r#"{"kind":"poll_revealed","id":1,"by":1,"revealed":true}"#,
        r#"{"kind":"poll_reset","id":1,"by":1}"#,
        r#"{"kind":"feedback_given","seat":2,"difficulty":2,"satisfaction":5,"comment":"More!"}"#,
        r#"{"kind":"feedback_given"}"#,
        r#"{"kind":"work_submitted","id":1,"seat":2,"work":{"link":"https://x.y/z"}}"#,
        r#"{"kind":"work_submitted","id":2,"seat":2,"work":{"file":{"file":"abababababababababababababababababababababababababababababababab","name":"a.zip","size_bytes":12}}}"#,
        r#"{"kind":"workshop_imported","on_ms":1793433600000}"#,
    ];
    let mut kinds = HashSet::new();
    for line in lines {
        let event = decode(line).unwrap();
        assert_eq!(encode(&event).unwrap(), line);
        kinds.insert(mem::discriminant(&event));
    }
    assert_eq!(kinds.len(), KINDS, "each kind of event has its line");
}
