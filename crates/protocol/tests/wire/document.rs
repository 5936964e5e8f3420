//! docs/PROTOCOL.md says everything the types say.

use std::collections::BTreeSet;

use domain::{
    Timestamp,
    workshop::{Audience, Event, Rejection, audience, decide},
};
use protocol::{
    ClientMessage, CloseCode, EventMessage, ProblemCode, Request, ServerMessage, examples,
    protocol_document,
};
use serde_json::Value;

use crate::schemas::Schemas;

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

#[test]
fn every_field_of_every_message_is_there_with_its_meaning() {
    let page = protocol_document();
    for schemas in [
        Schemas::of::<ClientMessage>(),
        Schemas::of::<ServerMessage>(),
    ] {
        for (of, schema) in schemas.all() {
            let parts = list(&schema["allOf"]).chain([schema]);
            let fields = parts
                .filter_map(|part| part["properties"].as_object())
                .flatten();
            for (name, field) in fields {
                let says = field["description"].as_str().unwrap_or_default();
                assert!(!says.is_empty(), "{of}.{name} says nothing");
                let says = says.replace('\n', " ");
                let row = page.lines().any(|line| {
                    line.starts_with(&format!("| `{name}` |"))
                        && line.ends_with(&format!("| {says} |"))
                });
                assert!(row, "{of}.{name}: {says}");
            }
            let says = schema["description"].as_str().unwrap_or_default();
            assert!(!says.is_empty(), "{of} says nothing");
        }
    }
    assert!(!page.contains("| JSON |"), "a type without a word");
}

#[test]
fn every_message_has_its_example() {
    let page = protocol_document();
    let shown = |message: &dyn erased::Message| page.contains(&message.pretty());
    assert!(examples::browser_messages().iter().all(|m| shown(m)));
    assert!(examples::server_messages().iter().all(|m| shown(m)));
    assert!(examples::events().iter().all(|m| shown(m)));
}

/// Messages of different types in one place.
mod erased {
    pub trait Message {
        fn pretty(&self) -> String;
    }

    impl<T: serde::Serialize> Message for T {
        fn pretty(&self) -> String {
            serde_json::to_string_pretty(self).unwrap()
        }
    }
}

#[test]
fn every_code_is_there() {
    let page = protocol_document();
    for code in ProblemCode::ALL {
        let row = format!(
            "| `{}` | {} | {} |",
            code.as_str(),
            code.status(),
            code.title()
        );
        assert!(page.contains(&row), "{row}");
    }
    for code in CloseCode::ALL {
        let row = format!(
            "| {} | {} | {} |",
            code.number(),
            code.reason(),
            code.advice()
        );
        assert!(page.contains(&row), "{row}");
    }
}

#[test]
fn every_link_leads_to_a_heading_and_no_two_headings_share_one() {
    let page = protocol_document();
    let mut anchors = BTreeSet::new();
    for heading in page.lines().filter(|line| line.starts_with('#')) {
        let title = heading.trim_start_matches('#').trim();
        let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-');
        let anchor: String = title.chars().filter(kept).collect();
        let anchor = anchor.to_lowercase().replace(' ', "-");
        assert!(anchors.insert(anchor), "{heading} is there twice");
    }
    for link in page.split("](#").skip(1) {
        let anchor = link.split(')').next().unwrap();
        assert!(anchors.contains(anchor), "#{anchor} leads nowhere");
    }
}

#[test]
fn the_document_is_the_same_every_time() {
    let page = protocol_document();
    assert_eq!(page, protocol_document());
    assert!(page.ends_with('\n') && !page.ends_with("\n\n"));
    assert!(page.lines().all(|line| line == line.trim_end()));
}

/// What the doc of each variant says before the colon.
fn whom(schemas: &Schemas, name: &str) -> Vec<Option<String>> {
    let who = |variant: &Value| {
        let says = variant["description"].as_str().unwrap();
        says.split_once(": ").map(|(who, _)| who.to_owned())
    };
    list(&schemas.get(name)["oneOf"]).map(who).collect()
}

/// Messages have two audiences: all, or an attendee and the facilitators. Their
/// events' docs say so in one word for both.
#[test]
fn the_docs_of_events_say_who_sees_them() {
    let said = whom(&Schemas::of::<EventMessage>(), "EventBody");
    let rules = examples::recorded().into_iter().map(|recorded| {
        let who = match (&recorded.event, audience(&recorded.event)) {
            (Event::SeatTaken { .. }, _) => {
                "Facilitators and the person, everybody if a facilitator came"
            }
            (Event::DirectMessagePosted { .. }, _) => "Facilitators and the attendee",
            (Event::MessageDeleted { .. }, _) => "Whoever could see the message",
            (Event::Reacted { .. }, _) => "Whoever can see the message",
            (_, Audience::Everyone) => "Everybody",
            (_, Audience::Facilitators) => "Facilitators",
            (_, Audience::SeatAndFacilitators(_)) => "Facilitators and the person",
            (_, Audience::Seat(_)) => "The person alone",
        };
        Some(who.to_owned())
    });
    assert_eq!(said, rules.collect::<Vec<_>>());
}

#[test]
fn the_docs_of_commands_say_what_is_for_facilitators() {
    let said = whom(&Schemas::of::<ClientMessage>(), "ClientMessage");
    let state = examples::state();
    let ada = state.seat(examples::ADA).unwrap();
    let rules = examples::browser_messages().into_iter().map(|message| {
        let Request::Command(_, Ok(command)) = message.into_request() else {
            return None;
        };
        let refused =
            decide(&state, ada, command, Timestamp::from_ms(0)) == Err(Rejection::NotAFacilitator);
        refused.then(|| "Facilitators".to_owned())
    });
    assert_eq!(said, rules.collect::<Vec<_>>());
}
