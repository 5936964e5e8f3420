//! Bytes that break RFC 6455. Whoever goes on reading is told why the
//! connection ends, by a code of docs/PROTOCOL.md.

use protocol::CloseCode;
use rand::{Rng as _, RngCore as _};

use crate::{
    assert_goes_on,
    chance::chance,
    raw::{
        BINARY, CLOSE, CONTINUATION, End, FIN, Frame, PING, Raw, TEXT, frame, frame_claiming,
        unmasked,
    },
    room,
};

/// What is said, and with what it is answered.
type Case = (&'static str, Vec<Vec<u8>>, CloseCode);

fn cases() -> Vec<Case> {
    use CloseCode::{BadFrame, TooLarge};
    const MAX: usize = protocol::MAX_FRAME_BYTES;
    let text = |payload: &[u8]| frame(FIN | TEXT, payload);
    let spaces = |bytes: usize| text(&vec![b' '; bytes]);
    vec![
        ("no mask", vec![unmasked(FIN | TEXT, b"{}")], BadFrame),
        ("a reserved opcode", vec![frame(FIN | 3, b"{}")], BadFrame),
        (
            "a reserved control opcode",
            vec![frame(FIN | 0xb, b"")],
            BadFrame,
        ),
        (
            "reserved bits",
            vec![frame(FIN | 0x40 | TEXT, b"{}")],
            BadFrame,
        ),
        (
            "a ping too long",
            vec![frame(FIN | PING, &[0; 126])],
            BadFrame,
        ),
        ("a ping in parts", vec![frame(PING, b"a")], BadFrame),
        (
            "an end without a start",
            vec![frame(FIN | CONTINUATION, b"{}")],
            BadFrame,
        ),
        (
            "a start within a message",
            vec![frame(TEXT, b"{"), text(b"}")],
            BadFrame,
        ),
        ("bad UTF-8", vec![text(&[0xff, 0xfe])], BadFrame),
        (
            "bad UTF-8 over two parts",
            vec![
                frame(TEXT, &[b'"', 0xe2, 0x82]),
                frame(FIN | CONTINUATION, b"\""),
            ],
            BadFrame,
        ),
        ("binary", vec![frame(FIN | BINARY, &[1, 2, 3])], BadFrame),
        ("one byte too many", vec![spaces(MAX + 1)], TooLarge),
        ("far too many bytes", vec![spaces(5 * MAX)], TooLarge),
        (
            "far too many bytes by far",
            vec![spaces(16 * 1024 * 1024)],
            TooLarge,
        ),
        (
            "parts without end",
            std::iter::once(frame(TEXT, b"\""))
                .chain((0..600).map(|_| frame(CONTINUATION, &[b' '; 1000])))
                .collect(),
            TooLarge,
        ),
        (
            "a length of 2⁶²",
            vec![frame_claiming(FIN | TEXT, 1 << 62, b"{}")],
            TooLarge,
        ),
        (
            "a length of 2⁶⁴ - 1",
            vec![frame_claiming(FIN | TEXT, u64::MAX, b"{}")],
            TooLarge,
        ),
    ]
}

#[tokio::test]
async fn what_breaks_the_framing_closes_with_a_documented_code() {
    let (server, ada, mut witness) = room().await;
    for (what, parts, expected) in cases() {
        let mut raw = Raw::welcomed(&ada).await;
        for part in parts {
            if !raw.send(&part).await {
                break;
            }
        }
        assert_eq!(raw.end().await, End::Closed(expected.number()), "{what}");
    }
    assert_goes_on(&ada, &mut witness, "after all that").await;
    server.stop().await;
}

#[tokio::test]
async fn strange_and_allowed_framing_is_answered() {
    let (server, ada, mut witness) = room().await;
    let cases = [
        ("a message of single bytes, with pings in between", {
            let mut bytes = frame(TEXT, b"\"");
            for letter in "말과 글".bytes() {
                bytes.extend(frame(CONTINUATION, &[letter]));
                bytes.extend(frame(FIN | PING, b"still here"));
            }
            bytes.extend(frame(FIN | CONTINUATION, b"\""));
            bytes
        }),
        ("empty parts", {
            let mut bytes = frame(TEXT, b"");
            (0..100).for_each(|_| bytes.extend(frame(CONTINUATION, b"")));
            bytes.extend(frame(FIN | CONTINUATION, b""));
            bytes
        }),
        ("a length written too long", frame_written_long(b"{}")),
        (
            "the longest frame",
            frame(FIN | TEXT, &vec![b' '; protocol::MAX_FRAME_BYTES]),
        ),
        ("ten thousand pings", {
            let mut bytes = Vec::new();
            (0..10_000).for_each(|_| bytes.extend(frame(FIN | PING, &[7; 125])));
            bytes.extend(frame(FIN | TEXT, b"{}"));
            bytes
        }),
    ];
    for (what, bytes) in cases {
        let mut raw = Raw::welcomed(&ada).await;
        // Byte by byte where it is short, so that every frame comes in pieces.
        let piece = if bytes.len() < 1000 { 1 } else { 10_000 };
        for part in bytes.chunks(piece) {
            assert!(raw.send(part).await, "{what}");
        }
        loop {
            match raw.next().await {
                Frame::Text(text) if text.contains("\"rejected\"") => break,
                Frame::Text(_) | Frame::Other(_) => {}
                Frame::End(end) => panic!("{what}: {end:?}"),
            }
        }
    }
    assert_goes_on(&ada, &mut witness, "impressed a little").await;
    server.stop().await;
}

#[tokio::test]
async fn who_says_goodbye_oddly_or_falls_silent_is_let_go() {
    let (server, ada, mut witness) = room().await;
    let bad = End::Closed(CloseCode::BadFrame.number());
    let cases: [(&str, Vec<u8>, End); 6] = [
        ("no code", frame(FIN | CLOSE, b""), End::Gone),
        (
            "a code",
            frame(FIN | CLOSE, &1000_u16.to_be_bytes()),
            End::Closed(1000),
        ),
        ("half a code", frame(FIN | CLOSE, &[3]), bad),
        (
            "a reason that is no text",
            frame(FIN | CLOSE, &[3, 0xe8, 0xff, 0xff]),
            bad,
        ),
        (
            "half a frame",
            frame_claiming(FIN | TEXT, 100, b"{"),
            End::Gone,
        ),
        ("nothing at all", Vec::new(), End::Gone),
    ];
    for (what, bytes, expected) in cases {
        let mut raw = Raw::welcomed(&ada).await;
        raw.send(&bytes).await;
        raw.half_close().await;
        assert_eq!(raw.end().await, expected, "{what}");
    }
    assert_goes_on(&ada, &mut witness, "farewell").await;
    server.stop().await;
}

#[tokio::test]
async fn random_bytes_never_stop_the_room() {
    let (server, ada, mut witness) = room().await;
    let mut chance = chance();
    for round in 0..150 {
        let mut raw = if chance.random_ratio(1, 4) {
            Raw::upgraded(&ada).await
        } else {
            Raw::welcomed(&ada).await
        };
        for _ in 0..chance.random_range(1..8) {
            if !raw.send(&random_frame(&mut chance)).await {
                break;
            }
        }
        // What claims to be longer than it is ends here.
        raw.half_close().await;
        let end = raw.end().await;
        let is_known = end == End::Gone || end.is_documented() || is_echo(end);
        assert!(is_known, "round {round}: {end:?}");
        if round % 50 == 0 {
            assert_goes_on(&ada, &mut witness, &format!("round {round}")).await;
        }
    }
    assert_goes_on(&ada, &mut witness, "unimpressed").await;
    server.stop().await;
}

/// A goodbye that happened to be among the random bytes is answered in kind;
/// 1002 is RFC 6455's answer to one that makes no sense.
fn is_echo(end: End) -> bool {
    matches!(end, End::Closed(1000..=1014 | 3000..=4999))
}

fn random_frame(chance: &mut rand::rngs::StdRng) -> Vec<u8> {
    let mut payload = vec![0; chance.random_range(0..300)];
    chance.fill_bytes(&mut payload);
    match chance.random_range(0..5) {
        // Not even a frame.
        0 => payload,
        1 => frame(chance.random(), &payload),
        2 => frame_claiming(
            chance.random(),
            chance.random::<u64>() >> chance.random_range(0..64),
            &payload,
        ),
        3 => {
            let text: String = payload
                .iter()
                .map(|byte| char::from(byte % 0x60 + 0x20))
                .collect();
            frame(FIN | TEXT, text.as_bytes())
        }
        _ => frame(
            FIN | chance.random_range(0..16),
            &payload[..payload.len().min(125)],
        ),
    }
}

/// RFC 6455 wants the shortest form; a longer one does no harm.
fn frame_written_long(payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![FIN | TEXT, 0x80 | 0x7f];
    bytes.extend(u64::try_from(payload.len()).expect("short").to_be_bytes());
    bytes.extend([0; 4]);
    bytes.extend(payload);
    bytes
}
