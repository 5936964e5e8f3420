//! Reading the server's frames without decoding them: the clients must see
//! every event and may cost next to nothing. The form of a frame is held by
//! the protocol's golden tests; here a look at fixed places is enough.

/// What kind of frame, and what the bench wants of it.
pub enum Frame<'f> {
    Welcome,
    /// A snapshot, and the newest event in it.
    Snapshot(i64),
    /// A part of the log.
    Events {
        after: i64,
        up_to: i64,
        events: &'f str,
    },
    /// A command is done.
    Ack(&'f str),
    Rejected,
    /// A command is neither done nor refused.
    Deferred,
    /// Anything else.
    Other,
}

impl<'f> Frame<'f> {
    pub fn of(text: &'f str) -> Self {
        let Some(rest) = text.strip_prefix("{\"type\":\"") else {
            return Self::Other;
        };
        let (kind, rest) = rest.split_once('"').unwrap_or((rest, ""));
        match kind {
            "welcome" => Self::Welcome,
            "snapshot" => Self::Snapshot(number(rest, ",\"seq\":").unwrap_or(0)),
            "ack" => {
                let id = rest.strip_prefix(",\"id\":\"").unwrap_or_default();
                Self::Ack(id.get(..36).unwrap_or_default())
            }
            "rejected" => Self::Rejected,
            "deferred" => Self::Deferred,
            "events" => {
                let (head, events) = rest.split_once('[').unwrap_or((rest, ""));
                Self::Events {
                    after: number(head, "\"after\":").unwrap_or(-1),
                    up_to: number(head, "\"upTo\":").unwrap_or(-1),
                    events,
                }
            }
            _ => Self::Other,
        }
    }
}

/// The messages of the bench in a part of the log: their number and when they
/// were sent. Their text is `#NUMBER MICROS …`.
pub fn messages(events: &str) -> impl Iterator<Item = (u32, u64)> {
    events.split("\"text\":\"#").skip(1).filter_map(|text| {
        let (n, rest) = text.split_once(' ')?;
        let end = rest.find(|c: char| !c.is_ascii_digit())?;
        Some((n.parse().ok()?, rest[..end].parse().ok()?))
    })
}

/// The seats that entered a step, as the facilitator hears it.
pub fn steps(events: &str) -> impl Iterator<Item = u32> {
    events
        .split("\"type\":\"step_entered\",\"seat\":")
        .skip(1)
        .filter_map(|rest| digits(rest)?.parse().ok())
}

fn number(text: &str, name: &str) -> Option<i64> {
    let at = text.find(name)? + name.len();
    digits(&text[at..])?.parse().ok()
}

fn digits(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_ascii_digit()).next()
}

/// Bytes that a frame takes on the wire, above TCP.
pub fn wire_bytes(text: &str) -> u64 {
    let head = match text.len() {
        0..126 => 2,
        126..65_536 => 4,
        _ => 10,
    };
    u64::try_from(text.len())
        .unwrap_or(u64::MAX)
        .saturating_add(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_the_log_is_read_by_its_places() {
        let text = r##"{"type":"events","after":7,"upTo":10,"events":[{"seq":8,"atMs":1,"type":"message_posted","message":{"id":1,"text":"#12 3456 x"}},{"seq":9,"atMs":1,"type":"step_entered","seat":4,"codelab":"c"},{"seq":10,"text":"#13 99 y"}]}"##;
        let Frame::Events {
            after,
            up_to,
            events,
        } = Frame::of(text)
        else {
            panic!("events");
        };
        assert_eq!((after, up_to), (7, 10));
        assert_eq!(messages(events).collect::<Vec<_>>(), [(12, 3456), (13, 99)]);
        assert_eq!(steps(events).collect::<Vec<_>>(), [4]);
    }

    #[test]
    fn the_protocols_own_frames_are_read() {
        use protocol::{Ack, Events, ServerMessage};
        let id = uuid::Uuid::from_u128(7);
        let ack = serde_json::to_string(&ServerMessage::Ack(Ack { id, seq: 3 })).unwrap();
        assert!(matches!(Frame::of(&ack), Frame::Ack(found) if found == id.to_string()));
        let part = Events {
            after: 3,
            up_to: 4,
            events: Vec::new(),
        };
        let part = serde_json::to_string(&ServerMessage::Events(part)).unwrap();
        assert!(matches!(
            Frame::of(&part),
            Frame::Events {
                after: 3,
                up_to: 4,
                ..
            }
        ));
    }
}
