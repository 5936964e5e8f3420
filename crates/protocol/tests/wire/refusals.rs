//! What is no message of this protocol, and what is one that says nothing valid.

use domain::{
    AnnouncementText, HelpText, MessageText, PollLabel, PollQuestion, PollText, PollWord,
    TimerLabel,
    workshop::{Command, MENTIONS, StepRef},
};
use proptest::{collection::vec, prelude::*, sample::select};
use protocol::{
    ClientMessage, EnterAsFacilitator, Join, MAX_FRAME_BYTES, Problem, ProblemCode,
    RenameFacilitator, Request, Resume, ServerMessage, StartWorkshop, examples,
};
use serde_json::{Map, Value, json};

const ID: &str = "8f14e45f-ceea-467f-a8d3-000000000001";

fn decode(json: &Value) -> Result<ClientMessage, String> {
    serde_json::from_str(&json.to_string()).map_err(|error| error.to_string())
}

/// The command that a browser's message stands for, or why it is none.
fn command(json: &Value) -> Result<Command, Problem> {
    match decode(json).unwrap().into_request() {
        Request::Command(id, command) => {
            assert_eq!(id.to_bits(), uuid::Uuid::parse_str(ID).unwrap().as_u128());
            command
        }
        Request::Hello(_) => panic!("a hello is no command"),
    }
}

#[test]
fn an_unknown_field_is_refused_by_name() {
    for message in examples::browser_messages() {
        let mut json = serde_json::to_value(&message).unwrap();
        json["surprise"] = json!(1);
        let error = decode(&json).unwrap_err();
        assert!(
            error.contains("unknown field `surprise`"),
            "{json}: {error}"
        );
    }
}

#[test]
fn an_unknown_field_of_a_body_is_refused_by_name() {
    fn refuses<T: serde::de::DeserializeOwned>(body: &str) {
        let error = serde_json::from_str::<T>(body)
            .err()
            .map(|error| error.to_string());
        let error = error.unwrap_or_default();
        assert!(
            error.contains("unknown field `surprise`"),
            "{body}: {error}"
        );
    }
    refuses::<Join>(&format!(r#"{{"id":"{ID}","name":"Ada","surprise":1}}"#));
    refuses::<Resume>(r#"{"resumeCode":"x","surprise":1}"#);
    refuses::<EnterAsFacilitator>(r#"{"secret":"x","surprise":1}"#);
    refuses::<RenameFacilitator>(r#"{"name":"Grace","surprise":1}"#);
    refuses::<StartWorkshop>(r#"{"codelabs":[],"surprise":1}"#);
}

#[test]
fn an_unknown_field_of_the_server_is_ignored() {
    for message in examples::server_messages() {
        let mut json = serde_json::to_value(&message).unwrap();
        json["surprise"] = json!({ "from": "a newer server" });
        let decoded: ServerMessage = serde_json::from_str(&json.to_string()).unwrap();
        assert_eq!(decoded, message);
    }
}

#[test]
fn an_unknown_type_is_refused_by_name() {
    let error = decode(&json!({ "type": "teleport", "id": ID })).unwrap_err();
    assert!(error.contains("unknown variant `teleport`"), "{error}");
    let error = decode(&json!({ "id": ID })).unwrap_err();
    assert!(error.contains("missing field `type`"), "{error}");
    let twice = r#"{"type":"hello","type":"hello","protocol":1}"#;
    let error = serde_json::from_str::<ClientMessage>(twice)
        .unwrap_err()
        .to_string();
    assert!(error.contains("duplicate field `type`"), "{error}");
}

#[test]
fn every_required_field_is_required_and_every_optional_one_is_not() {
    for message in examples::browser_messages() {
        let whole = serde_json::to_value(&message).unwrap();
        for field in whole.as_object().unwrap().keys() {
            let mut less = whole.clone();
            less.as_object_mut().unwrap().remove(field);
            let optional = match (&message, field.as_str()) {
                (ClientMessage::Hello(_), "after")
                | (ClientMessage::PostMessage(_), "mentions")
                | (ClientMessage::StartTimer(_), "label")
                | (ClientMessage::LimitSteps(_), "last")
                | (ClientMessage::ScheduleEnd(_), "minutes") => true,
                (ClientMessage::RaiseHelp(_), name) => {
                    ["codelab", "step", "message"].contains(&name)
                }
                (_, _) => false,
            };
            assert_eq!(decode(&less).is_ok(), optional, "{field} of {whole}");
        }
    }
}

/// A message with a text in one of its fields.
type With<'w> = &'w dyn Fn(String) -> Value;

#[test]
fn a_text_over_its_limit_is_an_invalid_text_of_its_field() {
    let said = |kind: &'static str, field: &'static str| move |text: String| json!({ "type": kind, "id": ID, field: text });
    let timer =
        |text: String| json!({ "type": "start_timer", "id": ID, "seconds": 1, "label": text });
    let poll = |form: Value| json!({ "type": "open_poll", "id": ID, "form": form });
    let question = |text: String| poll(json!({ "question": text, "kind": "text" }));
    let option =
        |text: String| poll(json!({ "question": "?", "kind": "single", "options": ["a", text] }));
    let scale = |text: String| {
        poll(json!({ "question": "?", "kind": "scale", "scale": { "max": 5, "low": text } }))
    };
    let answer =
        |answer: Value| json!({ "type": "answer_poll", "id": ID, "poll": 1, "answer": answer });
    let text = |text: String| answer(json!({ "text": text }));
    let words = |text: String| answer(json!({ "words": ["a", text] }));
    let direct = said("post_direct_message", "text");
    let cases: [(With, &str, usize); 10] = [
        (
            &said("post_message", "text"),
            "text",
            MessageText::MAX_CHARS,
        ),
        (&direct, "text", MessageText::MAX_CHARS),
        (
            &said("announce", "text"),
            "text",
            AnnouncementText::MAX_CHARS,
        ),
        (
            &said("raise_help", "message"),
            "message",
            HelpText::MAX_CHARS,
        ),
        (&timer, "label", TimerLabel::MAX_CHARS),
        (&question, "form.question", PollQuestion::MAX_CHARS),
        (&option, "form.options", PollLabel::MAX_CHARS),
        (&scale, "form.scale.low", PollLabel::MAX_CHARS),
        (&text, "answer.text", PollText::MAX_CHARS),
        (&words, "answer.words", PollWord::MAX_CHARS),
    ];
    for (with, field, limit) in cases {
        assert!(command(&with("é".repeat(limit))).is_ok(), "{field}");
        let problem = command(&with("é".repeat(limit + 1))).unwrap_err();
        assert_eq!(
            (problem.code, problem.status),
            (ProblemCode::InvalidText, 422),
            "{field}"
        );
        assert_eq!(problem.field.as_deref(), Some(field));
        assert!(
            problem.detail.contains(&limit.to_string()),
            "{}",
            problem.detail
        );
    }
}

#[test]
fn an_answer_to_a_poll_is_of_one_kind() {
    let answer = |answer: Value| {
        command(&json!({ "type": "answer_poll", "id": ID, "poll": 1, "answer": answer }))
    };
    for wrong in [json!({}), json!({ "scale": 1, "text": "so" })] {
        let problem = answer(wrong).unwrap_err();
        assert_eq!(problem.code, ProblemCode::InvalidPollAnswer);
    }
    assert!(answer(json!({ "scale": 1 })).is_ok());
    let poll = |form: Value| command(&json!({ "type": "open_poll", "id": ID, "form": form }));
    for wrong in [
        json!({ "question": "?", "kind": "scale" }),
        json!({ "question": "?", "kind": "words", "scale": { "max": 5 } }),
    ] {
        assert_eq!(poll(wrong).unwrap_err().code, ProblemCode::InvalidPoll);
    }
}

#[test]
fn a_picture_needs_no_words_and_words_no_picture() {
    let picture = "ab".repeat(32);
    for kind in ["post_message", "post_direct_message"] {
        let alone = json!({ "type": kind, "id": ID, "text": " ", "picture": picture });
        assert!(command(&alone).is_ok(), "{kind}");
        let problem = command(&json!({ "type": kind, "id": ID, "text": " " })).unwrap_err();
        assert_eq!(problem.code, ProblemCode::InvalidText, "{kind}");
    }
    let called = |mentions: usize| {
        command(&json!({
            "type": "post_message", "id": ID, "text": "hey", "mentions": vec![1; mentions],
        }))
    };
    assert!(called(MENTIONS).is_ok());
    let problem = called(MENTIONS + 1).unwrap_err();
    assert_eq!(problem.code, ProblemCode::InvalidRequest);
    assert_eq!(problem.field.as_deref(), Some("mentions"));
}

#[test]
fn nothing_cannot_be_said_but_help_needs_no_words() {
    for nothing in ["", "  \n", "\u{200B}", "\u{202E}\u{7}"] {
        for kind in ["post_message", "announce"] {
            let problem = command(&json!({ "type": kind, "id": ID, "text": nothing })).unwrap_err();
            assert_eq!(problem.code, ProblemCode::InvalidText, "{kind} {nothing:?}");
            assert_eq!(problem.field.as_deref(), Some("text"));
        }
        let raised = command(&json!({ "type": "raise_help", "id": ID, "message": nothing }));
        assert_eq!(
            raised,
            Ok(Command::RaiseHelp {
                at: None,
                message: None
            }),
            "{nothing:?}"
        );
    }
}

#[test]
fn half_a_place_is_no_place() {
    let place = "4w1k0m8s3t2qz";
    let raise = |fields: Value| {
        let mut json = json!({ "type": "raise_help", "id": ID });
        json.as_object_mut()
            .unwrap()
            .extend(fields.as_object().unwrap().clone());
        command(&json)
    };
    let whole = StepRef {
        codelab: place.parse().unwrap(),
        step: place.parse().unwrap(),
    };
    assert_eq!(
        raise(json!({ "codelab": place, "step": place })),
        Ok(Command::RaiseHelp {
            at: Some(whole),
            message: None
        })
    );
    for (given, missing) in [("codelab", "step"), ("step", "codelab")] {
        let problem = raise(json!({ given: place })).unwrap_err();
        assert_eq!(problem.code, ProblemCode::InvalidRequest, "{given}");
        assert_eq!(problem.field.as_deref(), Some(missing));
    }
}

#[test]
fn the_longest_message_fits_its_frame_in_its_longest_spelling() {
    let text = r"\ud83d\ude00".repeat(MessageText::MAX_CHARS);
    let frame = format!(r#"{{"type":"post_message","id":"{ID}","text":"{text}"}}"#);
    assert!(frame.len() <= MAX_FRAME_BYTES, "{} bytes", frame.len());
    let message: ClientMessage = serde_json::from_str(&frame).unwrap();
    assert!(matches!(message.into_request(), Request::Command(_, Ok(_))));
}

#[test]
fn a_frame_of_brackets_is_refused_and_does_not_exhaust_the_stack() {
    for bracket in ["[", "{\"a\":", r#"{"type":"hello","after":["#] {
        let frame = bracket.repeat(MAX_FRAME_BYTES / bracket.len());
        assert!(serde_json::from_str::<ClientMessage>(&frame).is_err());
        assert!(serde_json::from_str::<ServerMessage>(&frame).is_err());
    }
}

/// JSON of any shape, with the protocol's own words in it.
fn any_json() -> impl Strategy<Value = Value> {
    let word = || {
        let words = [
            "type", "id", "step", "codelab", "after", "protocol", "events", "person", "seq",
        ];
        prop_oneof![
            select(words.to_vec()).prop_map(ToOwned::to_owned),
            any::<String>()
        ]
    };
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            vec((word(), inner), 0..6).prop_map(|fields| Value::Object(Map::from_iter(fields))),
        ]
    })
}

/// Reads a frame in every way the two sides do; it must not panic.
fn read(frame: &[u8]) {
    if let Ok(message) = serde_json::from_slice::<ClientMessage>(frame) {
        let _request = message.into_request();
    }
    let _server = serde_json::from_slice::<ServerMessage>(frame).is_ok();
    let _event = serde_json::from_slice::<protocol::EventMessage>(frame).is_ok();
    let _problem = serde_json::from_slice::<Problem>(frame).is_ok();
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(frame in vec(any::<u8>(), 0..200)) {
        read(&frame);
    }

    #[test]
    fn arbitrary_json_never_panics(frame in any_json()) {
        read(frame.to_string().as_bytes());
    }

    #[test]
    fn messages_with_a_foreign_part_never_panic(
        which in 0..examples::browser_messages().len() + examples::server_messages().len(),
        field in any::<prop::sample::Index>(),
        part in any_json(),
    ) {
        let mut messages: Vec<Value> = Vec::new();
        messages.extend(examples::browser_messages().iter().map(|m| json!(m)));
        messages.extend(examples::server_messages().iter().map(|m| json!(m)));
        let mut message = messages.swap_remove(which);
        let fields = message.as_object_mut().unwrap();
        let name = fields.keys().nth(field.index(fields.len())).unwrap().clone();
        fields.insert(name, part);
        read(message.to_string().as_bytes());
    }
}
