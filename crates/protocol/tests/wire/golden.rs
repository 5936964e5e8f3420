//! The exact bytes of every message. A frame that changes here is a change of
//! the protocol: raise `PROTOCOL` if an older page could misunderstand it.

use std::fmt::Debug;

use protocol::examples;
use serde::{Serialize, de::DeserializeOwned};

const BROWSER: &[&str] = &[
    r#"{"type":"hello","protocol":3,"after":9}"#,
    r#"{"type":"enter_step","id":"8f14e45f-ceea-467f-a8d3-000000000001","codelab":"4w1k0m8s3t2qz","step":"0n6r2y8c5b1ev"}"#,
    r#"{"type":"complete_step","id":"8f14e45f-ceea-467f-a8d3-000000000002","codelab":"4w1k0m8s3t2qz","step":"0n6r2y8c5b1ev"}"#,
    r#"{"type":"reopen_step","id":"8f14e45f-ceea-467f-a8d3-000000000003","codelab":"4w1k0m8s3t2qz","step":"0n6r2y8c5b1ev"}"#,
    r#"{"type":"post_message","id":"8f14e45f-ceea-467f-a8d3-000000000004","text":"Good morning, Grace!","mentions":[1]}"#,
    r#"{"type":"post_direct_message","id":"8f14e45f-ceea-467f-a8d3-00000000000c","text":"May I use my own editor?"}"#,
    r#"{"type":"announce","id":"8f14e45f-ceea-467f-a8d3-000000000005","text":"Ten minutes' break."}"#,
    r#"{"type":"delete_message","id":"8f14e45f-ceea-467f-a8d3-00000000000d","message":1}"#,
    r#"{"type":"pin_message","id":"8f14e45f-ceea-467f-a8d3-00000000000e","message":1,"pinned":true}"#,
    r#"{"type":"react","id":"8f14e45f-ceea-467f-a8d3-00000000000f","message":1,"reaction":"thumbs_up","on":true}"#,
    r#"{"type":"mute_seat","id":"8f14e45f-ceea-467f-a8d3-000000000010","seat":2,"muted":true}"#,
    r#"{"type":"set_slow_mode","id":"8f14e45f-ceea-467f-a8d3-000000000011","seconds":10}"#,
    r#"{"type":"raise_help","id":"8f14e45f-ceea-467f-a8d3-000000000006","codelab":"4w1k0m8s3t2qz","step":"0n6r2y8c5b1ev","message":"git: command not found"}"#,
    r#"{"type":"claim_help","id":"8f14e45f-ceea-467f-a8d3-000000000007","helpRequest":1}"#,
    r#"{"type":"hand_back_help","id":"8f14e45f-ceea-467f-a8d3-000000000012","helpRequest":1}"#,
    r#"{"type":"resolve_help","id":"8f14e45f-ceea-467f-a8d3-000000000008","helpRequest":1}"#,
    r#"{"type":"withdraw_help","id":"8f14e45f-ceea-467f-a8d3-000000000009","helpRequest":2}"#,
    r#"{"type":"ask_pace","id":"8f14e45f-ceea-467f-a8d3-000000000013","codelab":"4w1k0m8s3t2qz","step":"0n6r2y8c5b1ev"}"#,
    r#"{"type":"answer_pace","id":"8f14e45f-ceea-467f-a8d3-000000000014","pace":1,"answer":"done"}"#,
    r#"{"type":"close_pace","id":"8f14e45f-ceea-467f-a8d3-000000000015","pace":1}"#,
    r#"{"type":"start_timer","id":"8f14e45f-ceea-467f-a8d3-000000000016","seconds":600,"label":"Break"}"#,
    r#"{"type":"stop_timer","id":"8f14e45f-ceea-467f-a8d3-000000000017"}"#,
    r#"{"type":"take_lead","id":"8f14e45f-ceea-467f-a8d3-000000000018"}"#,
    r#"{"type":"release_lead","id":"8f14e45f-ceea-467f-a8d3-000000000019"}"#,
    r#"{"type":"set_following","id":"8f14e45f-ceea-467f-a8d3-00000000001a","following":false}"#,
    r#"{"type":"limit_steps","id":"8f14e45f-ceea-467f-a8d3-00000000001b","codelab":"4w1k0m8s3t2qz","last":"0n6r2y8c5b1ev"}"#,
    r#"{"type":"open_poll","id":"8f14e45f-ceea-467f-a8d3-00000000001c","form":{"question":"Have you used Git before?","kind":"single","options":["Yes","Not yet"]}}"#,
    r#"{"type":"answer_poll","id":"8f14e45f-ceea-467f-a8d3-00000000001d","poll":1,"answer":{"options":[0]}}"#,
    r#"{"type":"close_poll","id":"8f14e45f-ceea-467f-a8d3-00000000001e","poll":1}"#,
    r#"{"type":"reveal_poll","id":"8f14e45f-ceea-467f-a8d3-00000000001f","poll":1,"revealed":true}"#,
    r#"{"type":"reset_poll","id":"8f14e45f-ceea-467f-a8d3-000000000020","poll":1}"#,
    r#"{"type":"answer_quiz","id":"8f14e45f-ceea-467f-a8d3-000000000021","codelab":"4w1k0m8s3t2qz","step":"0n6r2y8c5b1ev","quiz":"4h2n8c5w0m6rx","choices":[1]}"#,
    r#"{"type":"require_join_code","id":"8f14e45f-ceea-467f-a8d3-00000000000a","required":false}"#,
    r#"{"type":"schedule_end","id":"8f14e45f-ceea-467f-a8d3-000000000022","minutes":10}"#,
    r#"{"type":"end_workshop","id":"8f14e45f-ceea-467f-a8d3-00000000000b"}"#,
];

const SERVER: &[&str] = &[
    r#"{"type":"welcome","protocol":3,"release":"0.1.0","person":{"seat":2,"role":"attendee","name":"Ada","ordinal":1},"nowMs":1793433609500,"addresses":["http://192.168.1.20","http://codelabs.local"]}"#,
    r#"{"type":"snapshot","seq":9,"workshop":"2c9fvk4zt0s7m","title":"Saturday workshop","status":"live","startedAtMs":1793433601000,"agenda":[{"codelab":"4w1k0m8s3t2qz","title":"Git from zero","guide":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","steps":[{"step":"0n6r2y8c5b1ev","title":"Install Git","minutes":5,"content":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","quizzes":["4h2n8c5w0m6rx"]},{"step":"5t1hqk3x7p9dz","title":"Your first commit","content":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}]}],"you":{"person":{"seat":2,"role":"attendee","name":"Ada","ordinal":1},"progress":[{"codelab":"4w1k0m8s3t2qz","current":"0n6r2y8c5b1ev","enteredAtMs":1793433604000,"completed":[]}],"lastCodelab":"4w1k0m8s3t2qz","helpRequest":{"id":1,"from":{"seat":2,"role":"attendee","name":"Ada","ordinal":1},"codelab":"4w1k0m8s3t2qz","step":"0n6r2y8c5b1ev","message":"git: command not found","raisedAtMs":1793433609000,"status":"open"},"helpPlace":{"helpRequest":1,"place":1,"waiting":1},"following":true},"facilitators":[{"seat":1,"role":"facilitator","name":"Grace","ordinal":1}],"messages":[{"id":1,"kind":"chat","from":{"seat":2,"role":"attendee","name":"Ada","ordinal":1},"text":"Good morning, Grace!","atMs":1793433607000,"mentions":[{"seat":1,"role":"facilitator","name":"Grace","ordinal":1}]},{"id":2,"kind":"announcement","from":{"seat":1,"role":"facilitator","name":"Grace","ordinal":1},"text":"Ten minutes' break.","atMs":1793433608000}],"hasOlderMessages":false}"#,
    r#"{"type":"events","after":6,"upTo":8,"events":[{"seq":7,"atMs":1793433607000,"type":"message_posted","message":{"id":1,"kind":"chat","from":{"seat":2,"role":"attendee","name":"Ada","ordinal":1},"text":"Good morning, Grace!","atMs":1793433607000,"mentions":[{"seat":1,"role":"facilitator","name":"Grace","ordinal":1}]}},{"seq":8,"atMs":1793433608000,"type":"announcement_made","message":{"id":2,"kind":"announcement","from":{"seat":1,"role":"facilitator","name":"Grace","ordinal":1},"text":"Ten minutes' break.","atMs":1793433608000}}]}"#,
    r#"{"type":"ack","id":"8f14e45f-ceea-467f-a8d3-000000000004","seq":7}"#,
    r#"{"type":"rejected","id":"8f14e45f-ceea-467f-a8d3-000000000006","problem":{"type":"/problems/help_already_raised","title":"You are already waiting for help","status":409,"code":"help_already_raised","detail":"help request 1 of this seat is still waiting"}}"#,
    r#"{"type":"deferred","id":"8f14e45f-ceea-467f-a8d3-000000000006","problem":{"type":"/problems/storage_full","title":"The disk of the facilitator's machine is full","status":507,"code":"storage_full","detail":"the disk is full; free some space on the facilitator's machine"},"retryAfterMs":1000}"#,
    r#"{"type":"presence","complete":false,"online":[2],"offline":[3,5]}"#,
    r#"{"type":"pulse","attendees":3,"online":1,"codelabs":[{"codelab":"4w1k0m8s3t2qz","steps":[{"step":"0n6r2y8c5b1ev","here":1,"completed":2}]}]}"#,
    r#"{"type":"help_place","helpRequest":1,"place":1,"waiting":1,"expectedWaitMs":90000}"#,
    r#"{"type":"poll_result","poll":1,"people":3,"counts":[2,1],"texts":[],"words":[]}"#,
    r#"{"type":"heartbeat","nowMs":1793433615000}"#,
];

const EVENTS: &[&str] = &[
    r#"{"seq":1,"atMs":1793433601000,"type":"workshop_started","title":"Saturday workshop"}"#,
    r#"{"seq":38,"atMs":1793433638000,"type":"codelab_revised","codelab":"4w1k0m8s3t2qz","revision":2,"title":"Git from zero","guide":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","steps":[{"step":"0n6r2y8c5b1ev","title":"Install Git","minutes":5,"content":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","quizzes":["4h2n8c5w0m6rx"]},{"step":"5t1hqk3x7p9dz","title":"Your first commit","minutes":3,"content":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}]}"#,
    r#"{"seq":3,"atMs":1793433603000,"type":"seat_taken","person":{"seat":2,"role":"attendee","name":"Ada","ordinal":1}}"#,
    r#"{"seq":4,"atMs":1793433604000,"type":"step_entered","seat":2,"codelab":"4w1k0m8s3t2qz","step":"0n6r2y8c5b1ev"}"#,
    r#"{"seq":5,"atMs":1793433605000,"type":"step_completed","seat":2,"codelab":"4w1k0m8s3t2qz","step":"0n6r2y8c5b1ev"}"#,
    r#"{"seq":6,"atMs":1793433606000,"type":"step_reopened","seat":2,"codelab":"4w1k0m8s3t2qz","step":"0n6r2y8c5b1ev"}"#,
    r#"{"seq":7,"atMs":1793433607000,"type":"message_posted","message":{"id":1,"kind":"chat","from":{"seat":2,"role":"attendee","name":"Ada","ordinal":1},"text":"Good morning, Grace!","atMs":1793433607000,"mentions":[{"seat":1,"role":"facilitator","name":"Grace","ordinal":1}]}}"#,
    r#"{"seq":16,"atMs":1793433616000,"type":"direct_message_posted","message":{"id":3,"kind":"direct","from":{"seat":2,"role":"attendee","name":"Ada","ordinal":1},"text":"May I use my own editor?","atMs":1793433616000,"with":{"seat":2,"role":"attendee","name":"Ada","ordinal":1}}}"#,
    r#"{"seq":8,"atMs":1793433608000,"type":"announcement_made","message":{"id":2,"kind":"announcement","from":{"seat":1,"role":"facilitator","name":"Grace","ordinal":1},"text":"Ten minutes' break.","atMs":1793433608000}}"#,
    r#"{"seq":19,"atMs":1793433619000,"type":"message_deleted","message":1,"by":{"seat":2,"role":"attendee","name":"Ada","ordinal":1}}"#,
    r#"{"seq":17,"atMs":1793433617000,"type":"message_pinned","message":2,"pinned":true}"#,
    r#"{"seq":18,"atMs":1793433618000,"type":"reacted","message":1,"seat":1,"reaction":"thumbs_up","on":true}"#,
    r#"{"seq":20,"atMs":1793433620000,"type":"seat_muted","seat":2,"muted":true}"#,
    r#"{"seq":21,"atMs":1793433621000,"type":"slow_mode_changed","seconds":10}"#,
    r#"{"seq":9,"atMs":1793433609000,"type":"help_raised","request":{"id":1,"from":{"seat":2,"role":"attendee","name":"Ada","ordinal":1},"codelab":"4w1k0m8s3t2qz","step":"0n6r2y8c5b1ev","message":"git: command not found","raisedAtMs":1793433609000,"status":"open"}}"#,
    r#"{"seq":10,"atMs":1793433610000,"type":"help_claimed","helpRequest":1,"seat":2,"by":{"seat":1,"role":"facilitator","name":"Grace","ordinal":1}}"#,
    r#"{"seq":22,"atMs":1793433622000,"type":"help_handed_back","helpRequest":1,"seat":2,"by":{"seat":1,"role":"facilitator","name":"Grace","ordinal":1}}"#,
    r#"{"seq":11,"atMs":1793433611000,"type":"help_resolved","helpRequest":1,"seat":2,"by":{"seat":1,"role":"facilitator","name":"Grace","ordinal":1}}"#,
    r#"{"seq":13,"atMs":1793433613000,"type":"help_withdrawn","helpRequest":2,"seat":2}"#,
    r#"{"seq":23,"atMs":1793433623000,"type":"pace_asked","pace":{"id":1,"codelab":"4w1k0m8s3t2qz","step":"0n6r2y8c5b1ev","askedAtMs":1793433623000,"open":true}}"#,
    r#"{"seq":24,"atMs":1793433624000,"type":"pace_answered","pace":1,"seat":2,"answer":"done"}"#,
    r#"{"seq":25,"atMs":1793433625000,"type":"pace_closed","pace":1}"#,
    r#"{"seq":26,"atMs":1793433626000,"type":"timer_started","timer":{"startedAtMs":1793433626000,"endsAtMs":1793434226000,"label":"Break"}}"#,
    r#"{"seq":27,"atMs":1793433627000,"type":"timer_stopped","by":{"seat":1,"role":"facilitator","name":"Grace","ordinal":1}}"#,
    r#"{"seq":28,"atMs":1793433628000,"type":"lead_taken","lead":{"by":{"seat":1,"role":"facilitator","name":"Grace","ordinal":1},"codelab":"4w1k0m8s3t2qz","step":"0n6r2y8c5b1ev"}}"#,
    r#"{"seq":29,"atMs":1793433629000,"type":"lead_moved","lead":{"by":{"seat":1,"role":"facilitator","name":"Grace","ordinal":1},"codelab":"4w1k0m8s3t2qz","step":"0n6r2y8c5b1ev"}}"#,
    r#"{"seq":30,"atMs":1793433630000,"type":"lead_released","by":{"seat":1,"role":"facilitator","name":"Grace","ordinal":1}}"#,
    r#"{"seq":31,"atMs":1793433631000,"type":"following_changed","seat":2,"following":false}"#,
    r#"{"seq":32,"atMs":1793433632000,"type":"steps_limited","codelab":"4w1k0m8s3t2qz","last":"0n6r2y8c5b1ev"}"#,
    r#"{"seq":33,"atMs":1793433633000,"type":"poll_opened","poll":{"id":1,"form":{"question":"Have you used Git before?","kind":"single","options":["Yes","Not yet"]},"openedAtMs":1793433633000,"open":true,"revealed":false}}"#,
    r#"{"seq":34,"atMs":1793433634000,"type":"poll_answered","poll":1,"answer":{"options":[0]}}"#,
    r#"{"seq":35,"atMs":1793433635000,"type":"poll_closed","poll":1}"#,
    r#"{"seq":36,"atMs":1793433636000,"type":"poll_revealed","poll":1,"revealed":true}"#,
    r#"{"seq":37,"atMs":1793433637000,"type":"poll_reset","poll":1}"#,
    r#"{"seq":42,"atMs":1793433642000,"type":"quiz_answered","seat":2,"codelab":"4w1k0m8s3t2qz","step":"0n6r2y8c5b1ev","quiz":"4h2n8c5w0m6rx","choices":[1],"right":true,"explanation":"It puts the change into the index."}"#,
    r#"{"seq":39,"atMs":1793433639000,"type":"feedback_given","feedback":{"from":{"seat":2,"role":"attendee","name":"Ada","ordinal":1},"difficulty":2,"satisfaction":5,"comment":"More of this!","atMs":1793433639000}}"#,
    r#"{"seq":40,"atMs":1793433640000,"type":"work_submitted","submission":{"id":1,"from":{"seat":2,"role":"attendee","name":"Ada","ordinal":1},"link":"https://git.example/ada","atMs":1793433640000}}"#,
    r#"{"seq":41,"atMs":1793433641000,"type":"workshop_imported","onMs":1793520000000}"#,
    r#"{"seq":14,"atMs":1793433614000,"type":"join_code_requirement_changed","required":false}"#,
    r#"{"seq":15,"atMs":1793433615000,"type":"workshop_ended"}"#,
    r#"{"seq":43,"atMs":1793433643000,"type":"end_scheduled","endsAtMs":1793434200000}"#,
];

const PROBLEMS: &[&str] = &[
    r#"{"type":"/problems/help_already_raised","title":"You are already waiting for help","status":409,"code":"help_already_raised","detail":"help request 1 of this seat is still waiting"}"#,
    r#"{"type":"/problems/import_failed","title":"The file is no codelab","status":422,"code":"import_failed","detail":"a codelab needs a title","field":"file","file":"git/index.md","line":3,"import":{"reason":"too_large","subject":"2"},"conflict":{"newest":3,"savedBy":"Linus"},"retryAfterSeconds":1}"#,
];

const SNAPSHOT: &[&str] = &[
    r#"{"seq":9,"workshop":"2c9fvk4zt0s7m","title":"Saturday workshop","status":"live","startedAtMs":1793433601000,"agenda":[{"codelab":"4w1k0m8s3t2qz","title":"Git from zero","guide":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","steps":[{"step":"0n6r2y8c5b1ev","title":"Install Git","minutes":5,"content":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","quizzes":["4h2n8c5w0m6rx"]},{"step":"5t1hqk3x7p9dz","title":"Your first commit","content":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}]}],"you":{"person":{"seat":1,"role":"facilitator","name":"Grace","ordinal":1},"progress":[],"following":true},"facilitators":[{"seat":1,"role":"facilitator","name":"Grace","ordinal":1}],"messages":[{"id":1,"kind":"chat","from":{"seat":2,"role":"attendee","name":"Ada","ordinal":1},"text":"Good morning, Grace!","atMs":1793433607000,"mentions":[{"seat":1,"role":"facilitator","name":"Grace","ordinal":1}]},{"id":2,"kind":"announcement","from":{"seat":1,"role":"facilitator","name":"Grace","ordinal":1},"text":"Ten minutes' break.","atMs":1793433608000}],"hasOlderMessages":false,"facilitation":{"joinCode":"K7M3PQ","codeRequired":true,"roster":[{"person":{"seat":1,"role":"facilitator","name":"Grace","ordinal":1},"joinedAtMs":1793433602000,"progress":[],"activeAtMs":1793433608000,"following":true},{"person":{"seat":2,"role":"attendee","name":"Ada","ordinal":1},"joinedAtMs":1793433603000,"progress":[{"codelab":"4w1k0m8s3t2qz","current":"0n6r2y8c5b1ev","enteredAtMs":1793433604000,"completed":[]}],"lastCodelab":"4w1k0m8s3t2qz","activeAtMs":1793433609000,"following":true}],"helpRequests":[{"id":1,"from":{"seat":2,"role":"attendee","name":"Ada","ordinal":1},"codelab":"4w1k0m8s3t2qz","step":"0n6r2y8c5b1ev","message":"git: command not found","raisedAtMs":1793433609000,"status":"open"}]}}"#,
];

fn assert_frames<T>(messages: &[T], frames: &[&str])
where
    T: Serialize + DeserializeOwned + PartialEq + Debug,
{
    for (message, frame) in messages.iter().zip(frames) {
        assert_eq!(serde_json::to_string(message).unwrap(), *frame);
        assert_eq!(&serde_json::from_str::<T>(frame).unwrap(), message);
    }
    assert_eq!(messages.len(), frames.len(), "each message has its frame");
}

#[test]
fn messages_from_the_browser() {
    assert_frames(&examples::browser_messages(), BROWSER);
}

#[test]
fn messages_from_the_server() {
    assert_frames(&examples::server_messages(), SERVER);
}

/// From the domain to the wire: the examples are domain events.
#[test]
fn events_of_the_log() {
    assert_frames(&examples::events(), EVENTS);
}

#[test]
fn problems() {
    assert_frames(&[examples::problem(), examples::full_problem()], PROBLEMS);
}

#[test]
fn a_facilitators_snapshot() {
    assert_frames(&[examples::snapshot(examples::GRACE)], SNAPSHOT);
}
