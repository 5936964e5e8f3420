//! Frames, made from parts that were encoded once.

use domain::{SeatId, Seq, workshop::Role};
use protocol::{ClientMessage, Problem, ProblemCode, ServerMessage};
use serde::{Deserialize, Serialize};
use serde_json::{Value, value::RawValue};
use uuid::Uuid;

use crate::room::Sent;

/// [`protocol::Events`] over encoded events.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RawEvents<'e> {
    r#type: &'static str,
    after: i64,
    up_to: i64,
    events: Vec<&'e RawValue>,
}

/// The part of the log from after `after` to `up_to` that `seat` may see;
/// nothing if it may see none of it.
pub fn events(
    after: Seq,
    up_to: Seq,
    published: &[std::sync::Arc<Sent>],
    seat: SeatId,
    role: Role,
) -> Option<String> {
    let visible: Vec<&RawValue> = published
        .iter()
        .filter(|event| event.audience.admits(seat, role))
        .map(|event| &*event.json)
        .collect();
    if visible.is_empty() {
        return None;
    }
    let frame = RawEvents {
        r#type: "events",
        after: after.get(),
        up_to: up_to.get(),
        events: visible,
    };
    serde_json::to_string(&frame).ok()
}

/// A message of the server. Every message can be encoded: maps have text keys
/// and no number is infinite.
pub fn encode(message: &ServerMessage) -> String {
    serde_json::to_string(message).unwrap_or_default()
}

/// What a frame says, or the refusal to answer with.
pub fn decode(text: &str) -> Result<ClientMessage, (Option<Uuid>, Problem)> {
    serde_json::from_str(text).map_err(|error| {
        let envelope: Envelope = serde_json::from_str(text).unwrap_or_default();
        let id = envelope.id.as_str().and_then(|id| Uuid::parse_str(id).ok());
        let code = match envelope.r#type.as_str() {
            Some(name) if !is_known(name) => ProblemCode::UnknownMessage,
            Some(_) | None => ProblemCode::InvalidRequest,
        };
        (id, Problem::new(code, error.to_string()))
    })
}

/// What can be read of a frame that cannot be read; each part whatever the
/// other is.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Envelope {
    r#type: Value,
    id: Value,
}

/// A known type with nothing in it fails for its fields, not for its name.
fn is_known(name: &str) -> bool {
    let bare = serde_json::json!({ "type": name });
    match serde_json::from_value::<ClientMessage>(bare) {
        Ok(_) => true,
        Err(error) => !error.to_string().starts_with("unknown variant"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::{
        MessageId, MessageText, Timestamp,
        workshop::{Event, MessageBody, Recorded, WorkshopState},
    };

    use super::*;
    use crate::room::{HighlightedCode, Outbox, Read};

    #[test]
    fn a_frame_of_encoded_events_is_a_server_message() {
        let state = WorkshopState::default();
        let outbox = Outbox::continuing(&state, Arc::new(HighlightedCode::default()));
        let text = MessageText::parse("\"hello\" \u{2028}").unwrap();
        let posted = Recorded {
            seq: Seq::new(1),
            at: Timestamp::from_ms(5),
            event: Event::MessagePosted {
                id: MessageId::new(1),
                seat: SeatId::new(1),
                body: MessageBody::text(text),
            },
        };
        outbox.publish(std::slice::from_ref(&posted), &state);
        let Read::Events(sent) = outbox.read_after(Seq::new(0), 10) else {
            panic!("in memory")
        };
        let frame = events(
            Seq::new(0),
            Seq::new(1),
            &sent,
            SeatId::new(1),
            Role::Attendee,
        )
        .unwrap();
        let ServerMessage::Events(read) = serde_json::from_str(&frame).unwrap() else {
            panic!("events")
        };
        assert_eq!((read.after, read.up_to), (0, 1));
        assert_eq!(
            read.events,
            vec![protocol::EventMessage::of(&posted, &state)]
        );
    }

    #[test]
    fn a_frame_without_anything_visible_is_not_sent() {
        let none: [Arc<Sent>; 0] = [];
        let frame = events(
            Seq::new(0),
            Seq::new(9),
            &none,
            SeatId::new(1),
            Role::Attendee,
        );
        assert_eq!(frame, None);
    }

    #[test]
    fn refusals_name_the_type_and_the_command() {
        let id = Uuid::from_u128(7);
        let (named, problem) =
            decode(&format!(r#"{{"type":"teleport","id":"{id}"}}"#)).unwrap_err();
        assert_eq!(
            (named, problem.code),
            (Some(id), ProblemCode::UnknownMessage)
        );
        assert!(problem.detail.contains("teleport"));
        let (named, problem) = decode(r#"{"type":"enter_step"}"#).unwrap_err();
        assert_eq!((named, problem.code), (None, ProblemCode::InvalidRequest));
        assert_eq!(decode("[").unwrap_err().1.code, ProblemCode::InvalidRequest);
    }
}
