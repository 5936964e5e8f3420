//! Identifiers. Who makes them: the server (with its own randomness), the
//! browser ([`CommandId`]) or a counter of the workshop ([`SeatId`],
//! [`HelpRequestId`], [`MessageId`], [`PollId`], [`PaceId`], [`Seq`]).

use std::{fmt, str::FromStr, sync::Arc};

/// Why a text is not an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier of this kind")]
pub struct IdError;

/// Crockford's base 32 in lower case: no i, l, o, u, so that it can be read aloud.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Characters of a random id in text form: 13 × 5 bits hold 63 bits.
const ID_CHARS: usize = 13;

macro_rules! random_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// 63 random bits, so that it fits a positive SQLite integer; in text,
        /// 13 characters of Crockford's base 32.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u64);

        impl $name {
            /// The id made of the lower 63 bits of `bits`.
            #[must_use]
            pub const fn from_bits(bits: u64) -> Self {
                Self(bits & (u64::MAX >> 1))
            }

            /// The id's 63 bits.
            #[must_use]
            pub const fn to_bits(self) -> u64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                for at in (0..ID_CHARS).rev() {
                    let digit = usize::try_from((self.0 >> (at * 5)) & 31).unwrap_or(0);
                    fmt::Write::write_char(f, char::from(ALPHABET[digit]))?;
                }
                Ok(())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                if text.len() != ID_CHARS {
                    return Err(IdError);
                }
                let mut bits: u64 = 0;
                for byte in text.bytes() {
                    let digit = ALPHABET.iter().position(|&a| a == byte).ok_or(IdError)?;
                    let digit = u64::try_from(digit).map_err(|_| IdError)?;
                    bits = bits.checked_mul(32).ok_or(IdError)? | digit;
                }
                if bits > u64::MAX >> 1 {
                    return Err(IdError);
                }
                Ok(Self(bits))
            }
        }
    };
}

random_id!(
    /// A workshop: one run in one room.
    WorkshopId
);
random_id!(
    /// A codelab of the library.
    CodelabId
);
random_id!(
    /// A step; stays the same through every revision of its codelab.
    StepId
);
random_id!(
    /// A person with facilitator rights on this machine.
    FacilitatorId
);
random_id!(
    /// An invitation to become a facilitator; it is not the secret of its link.
    InvitationId
);
random_id!(
    /// A quiz of a step: the hash of what it asks, so not random. An edit of the words
    /// around it leaves it the same.
    QuizKey
);
random_id!(
    /// A material of a codelab, from the beginning of its upload on.
    MaterialId
);

macro_rules! counted_id {
    ($(#[$doc:meta])* $name:ident($of:ty)) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($of);

        impl $name {
            /// The id with this number.
            #[must_use]
            pub const fn new(number: $of) -> Self {
                Self(number)
            }

            /// The number, counted from 1 within the workshop.
            #[must_use]
            pub const fn get(self) -> $of {
                self.0
            }

            /// The id that follows; the greatest is followed by itself.
            #[must_use]
            pub const fn next(self) -> Self {
                Self(self.0.saturating_add(1))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

counted_id!(
    /// A seat of a workshop.
    SeatId(u32)
);
counted_id!(
    /// A help request of a workshop.
    HelpRequestId(u32)
);
counted_id!(
    /// A message of a workshop: chat, announcement or direct.
    MessageId(u32)
);
counted_id!(
    /// A poll of a workshop.
    PollId(u32)
);
counted_id!(
    /// A pace question of a workshop: "is everybody here?".
    PaceId(u32)
);
counted_id!(
    /// Handed-in work of a workshop.
    SubmissionId(u32)
);
counted_id!(
    /// An event's position in its workshop's log; 0 is before the first.
    Seq(i64)
);

/// A command's id, made by whoever gives the command. Giving the same id
/// again does nothing and is answered like the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId(u128);

impl CommandId {
    /// The id with these 128 bits.
    #[must_use]
    pub const fn from_bits(bits: u128) -> Self {
        Self(bits)
    }

    /// The id's 128 bits.
    #[must_use]
    pub const fn to_bits(self) -> u128 {
        self.0
    }
}

/// SHA-256 of a rendered step; part of the address it is fetched from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash([u8; 32]);

impl ContentHash {
    /// The hash with these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The hash's bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({self})")
    }
}

impl FromStr for ContentHash {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        if text.len() != 64 || !text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return Err(IdError);
        }
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).map_err(|_| IdError)?;
        }
        Ok(Self(bytes))
    }
}

/// The short code an attendee types to join.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct JoinCode(Arc<str>);

impl JoinCode {
    /// Letters and digits that nobody mistakes for one another on a projector.
    pub const ALPHABET: &'static [u8; 28] = b"ABCDEFGHJKMNPQRTUVWXYZ346789";

    /// Characters of a join code: 28⁶ ≈ 480 million, too many to guess at the
    /// rate at which a room without a seat may try.
    pub const CHARS: usize = 6;

    /// Makes a code from random numbers; each picks one character.
    #[must_use]
    pub fn from_random(random: [u32; Self::CHARS]) -> Self {
        let pick = |r: u32| {
            let at = usize::try_from(r).unwrap_or(0) % Self::ALPHABET.len();
            char::from(Self::ALPHABET[at])
        };
        Self(random.into_iter().map(pick).collect::<String>().into())
    }

    /// Reads a code as people type it: any case, with spaces or hyphens.
    ///
    /// # Errors
    /// [`IdError`] when what remains is not six characters of [`Self::ALPHABET`].
    pub fn parse(typed: &str) -> Result<Self, IdError> {
        let code: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .take(Self::CHARS + 1)
            .collect();
        let known = |c: char| Self::ALPHABET.iter().any(|&a| char::from(a) == c);
        if code.chars().count() == Self::CHARS && code.chars().all(known) {
            Ok(Self(code.into()))
        } else {
            Err(IdError)
        }
    }

    /// The code as it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for JoinCode {
    /// Hides the code: logs never carry one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JoinCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ids_survive_their_text_form(bits: u64) {
            let id = WorkshopId::from_bits(bits);
            prop_assert_eq!(id.to_string().parse(), Ok(id));
        }

        #[test]
        fn no_text_makes_the_readers_panic(text in ".{0,80}") {
            if let Ok(id) = text.parse::<WorkshopId>() {
                prop_assert_eq!(id.to_string(), text.clone());
            }
            if let Ok(hash) = text.parse::<ContentHash>() {
                prop_assert_eq!(hash.to_string(), text.clone());
            }
            if let Ok(code) = JoinCode::parse(&text) {
                prop_assert_eq!(JoinCode::parse(code.as_str()), Ok(code));
            }
        }

        #[test]
        fn content_hashes_survive_their_text_form(bytes: [u8; 32]) {
            let hash = ContentHash::from_bytes(bytes);
            prop_assert_eq!(hash.to_string().parse(), Ok(hash));
        }
    }

    #[test]
    fn a_join_code_is_read_as_people_type_it() {
        let code = JoinCode::parse("k7m 3-pq").unwrap();
        assert_eq!(code.as_str(), "K7M3PQ");
        assert_eq!(JoinCode::parse("K7M3P"), Err(IdError));
        assert_eq!(JoinCode::parse("K7M3PQX"), Err(IdError));
        assert_eq!(
            JoinCode::parse("K7M3PO"),
            Err(IdError),
            "O is not in the alphabet"
        );
    }

    #[test]
    fn every_random_code_can_be_read_back() {
        let code = JoinCode::from_random([0, 1, 27, 28, u32::MAX, 12345]);
        assert_eq!(JoinCode::parse(code.as_str()), Ok(code));
    }
}
