//! Why the server closes a WebSocket.

/// The close codes of the live connection. 1001 and 1011 are RFC 6455's;
/// 4000–4999 are private use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub enum CloseCode {
    /// The server shuts down or restarts. Reconnect.
    GoingAway = 1001,
    /// Something broke on the server. Reconnect.
    Internal = 1011,
    /// A frame was no message of this protocol, or not the expected one. Do not repeat it.
    BadFrame = 4400,
    /// The seat is no longer valid. Ask the entrance.
    NotAuthenticated = 4401,
    /// No hello, or no answer to a ping, in time. Reconnect.
    TimedOut = 4408,
    /// The browser did not read for too long. Reconnect and resume.
    TooSlow = 4409,
    /// A frame was larger than allowed. Do not repeat it.
    TooLarge = 4413,
    /// Another protocol number. Reload the page.
    WrongProtocol = 4426,
    /// Newer connections of the same seat took its place; a seat may hold eight, a facilitator's
    /// thirty-two. Reconnect when somebody looks at the page.
    TooManyConnections = 4429,
}

impl CloseCode {
    /// All codes, in order.
    pub const ALL: [Self; 9] = [
        Self::GoingAway,
        Self::Internal,
        Self::BadFrame,
        Self::NotAuthenticated,
        Self::TimedOut,
        Self::TooSlow,
        Self::TooLarge,
        Self::WrongProtocol,
        Self::TooManyConnections,
    ];

    /// The number in the close frame.
    #[must_use]
    pub const fn number(self) -> u16 {
        self as u16
    }

    /// The reason in the close frame; at most 123 bytes.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::GoingAway => "the server is shutting down",
            Self::Internal => "something broke on the server",
            Self::BadFrame => "not a message of this protocol",
            Self::NotAuthenticated => "no seat in this workshop",
            Self::TimedOut => "no sign of life in time",
            Self::TooSlow => "not reading fast enough",
            Self::TooLarge => "a frame was too large",
            Self::WrongProtocol => "another protocol number",
            Self::TooManyConnections => "too many connections of this seat",
        }
    }

    /// What the browser should do.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::GoingAway | Self::Internal | Self::TimedOut | Self::TooSlow => {
                "reconnect with backoff and resume from the last seq"
            }
            Self::BadFrame | Self::TooLarge => {
                "drop the frame, reconnect and resume from the last seq"
            }
            Self::NotAuthenticated => "ask the entrance whether this browser has a seat",
            Self::WrongProtocol => "reload the page",
            Self::TooManyConnections => {
                "reconnect and resume from the last seq when somebody looks at the page"
            }
        }
    }
}
