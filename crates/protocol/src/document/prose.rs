//! What no type can say: how a connection goes.

use domain::{
    AnnouncementText, HelpText, MessageText,
    workshop::{Audience, WorkshopState},
};

use crate::{CloseCode, MAX_FRAME_BYTES, MAX_INTEGER, PROBLEM_MEDIA_TYPE, PROTOCOL, ProblemCode};

pub(super) fn purpose() -> String {
    format!(
        "# Protocol

How a browser and the server of Open Codelabs talk while a workshop is live. This page is made \
from the types in `crates/protocol` by `cargo xtask generate`; change it there. The addresses \
for joining, the library and the history are plain HTTP and are described in \
`docs/openapi.json`; what follows is the live connection, and the problems that both share.

## Transport

- **Address**: a WebSocket at `/api/v1/workshops/{{id}}/live`, on the address the page came from.
- **Who**: the browser's cookie for its seat in that workshop, given by joining. It is \
`HttpOnly`: pages cannot read it, the browser sends it with the upgrade. Without a valid one the \
connection opens and is closed with {not_authenticated}, because a browser's script cannot read \
the status of a refused upgrade. The `Origin` and `Host` headers must name the server itself.
- **Frames**: each is one message, a JSON object in a text frame, with its kind in `type`. Kinds \
are in `snake_case`, fields in `camelCase`. A field that is absent is left out; it is not `null`.
- **Protocol number**: **{PROTOCOL}**. It grows when a page that was loaded from an older server \
could misunderstand a newer one.
- **Size**: a frame from a browser has at most {MAX_FRAME_BYTES} bytes; a larger one ends the \
connection with {too_large}.
- **Numbers** are integers from −{MAX_INTEGER} to {MAX_INTEGER}, which a JavaScript number holds \
exactly. Times end in `Ms` and are milliseconds since the Unix epoch by the server's clock.
- **Ids** of workshops, codelabs and steps are text: 13 characters of Crockford's base 32 in lower \
case. Seats, messages and help requests are numbers counted from 1 within their workshop; there \
are at most {capacity} seats. A command's `id` is a UUID made by the browser.
- **Texts** are cleaned of control characters, marks that turn the reading direction, and white \
space around them before they are measured, in Unicode characters: at most {message} for a message, {announcement} for an \
announcement, {help} for a help request.
- **New fields** may appear in the server's messages at any time and are to be ignored. In a \
browser's message an unknown field is refused, and so is an unknown `type`, by name.",
        not_authenticated = CloseCode::NotAuthenticated.number(),
        too_large = CloseCode::TooLarge.number(),
        capacity = WorkshopState::CAPACITY,
        message = MessageText::MAX_CHARS,
        announcement = AnnouncementText::MAX_CHARS,
        help = HelpText::MAX_CHARS,
    )
}

pub(super) fn walk() -> String {
    format!(
        "## A connection, from hello to goodbye

1. **Hello.** The browser opens the WebSocket and sends [`hello`](#hello) within ten seconds, \
with the protocol number its page was made for. If it has been connected before, `after` is the \
last `seq` it knows.
2. **Welcome.** The server answers with [`welcome`](#welcome): who this connection is, the \
server's clock and other addresses of the same server. Another protocol number is answered by \
closing with {wrong_protocol}; no hello in time with {timed_out}; another message first with \
{bad_frame}.
3. **Catching up.** Without `after`, the server sends a [`snapshot`](#snapshot), which replaces \
whatever the browser had. With `after`, it sends the missed events in one or more \
[`events`](#events), none if nothing was missed. It sends a snapshot instead when so much was \
missed that a snapshot is smaller, or when the log is shorter than `after`, as after a restore: \
a browser must take a snapshot at any time.
4. **Live.** From then on the log arrives in [`events`](#events) as it grows. Each frame covers \
the log from `after` to `upTo` without a hole, less the events this seat may not see; the \
browser keeps `upTo`. Events are applied in order; one whose `seq` is not above what the browser \
has is skipped. If `after` is above what it has, something was lost: it reconnects \
with the `seq` it has. A frame in which this seat may see nothing is not sent, so the next one \
can cover more. Besides the log, and not part of it, the server sends the last value of what \
changes often: [`pulse`](#pulse), [`help_place`](#help_place) and, to facilitators, \
[`presence`](#presence).
5. **Commands.** A browser's message other than the hello is a command with an `id`. It is \
answered by [`ack`](#ack), [`rejected`](#rejected) or [`deferred`](#deferred) with the same `id`. An `ack` \
means that what the command caused is on the disk and survives a crash. The events it caused \
reach this browser in `events`, before or after the `ack`. Answers can come in another order than the commands. A browser keeps each command until it \
is answered and sends it again, with the same `id`, after a reconnect or a reload; the server \
does it once, however often it arrives. `deferred` is no answer yet: the browser \
keeps the command and sends it again after `retryAfterMs`. If the room does not answer at all, \
the connection closes, and the next one carries the command again. A frame that is no message is answered by `rejected` \
with `{invalid_request}` or `{unknown_message}`, with the command's `id` if it could be read.
6. **Signs of life.** The server sends WebSocket pings, which browsers answer by themselves, and \
a [`heartbeat`](#heartbeat), which a page can see. A side that hears nothing for too long \
takes the connection for dead.
7. **Resume.** When a connection ends for whatever reason, the browser waits a moment (longer \
each time, with some chance in it, so that a room does not return all at once), tries the \
server's addresses in turn, says `hello` with `after`, and sends what was not answered. The \
same seat may have several connections at once.
8. **Goodbye.** The server closes with one of the [close codes](#close-codes). A workshop that \
has ended can still be read: the connection stays, commands are rejected with \
`{workshop_ended}`. Before an end that is planned (`endsAtMs`) everything still counts.",
        wrong_protocol = CloseCode::WrongProtocol.number(),
        timed_out = CloseCode::TimedOut.number(),
        bad_frame = CloseCode::BadFrame.number(),
        invalid_request = ProblemCode::InvalidRequest.as_str(),
        unknown_message = ProblemCode::UnknownMessage.as_str(),
        workshop_ended = ProblemCode::WorkshopEnded.as_str(),
    )
}

pub(super) fn problems() -> String {
    format!(
        "## Problem codes

Why something was not done, as `code` of a [`Problem`](#problem): in `rejected`, and over HTTP as \
`{PROBLEM_MEDIA_TYPE}` (RFC 9457) with the status below."
    )
}

pub(super) const BROWSER: &str = "## Messages from the browser

All but `hello` are commands and carry an `id`. *Facilitators* marks what an attendee is refused \
with `not_a_facilitator`.";

pub(super) const SERVER: &str = "## Messages from the server";

pub(super) const EVENTS: &str = "## Events of the log

What `events` of the message [`events`](#events) holds. A connection gets those its seat may \
see; *the person* is whose seat, progress or help request it is about. Every event has these \
fields beside its own:";

pub(super) const SHARED: &str = "## Types used in several messages";

pub(super) const CLOSE: &str = "## Close codes

1001 and 1011 are those of RFC 6455; 4000 to 4999 are private use. A connection that ends without \
a close frame (1005, 1006) is to be treated like 1001.";

/// Who an event is for, in the words of its doc.
pub(super) const fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::Everyone => "Everybody",
        Audience::Facilitators => "Facilitators",
        Audience::SeatAndFacilitators(_) => "Facilitators and the person",
        Audience::Seat(_) => "The person alone",
    }
}
