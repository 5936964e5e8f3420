//! Everything random: ids, secrets and codes. All from the operating system's
//! generator by way of `rand`'s thread generator, which is fit for secrets.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    CodelabId, CommandId, FacilitatorId, InvitationId, JoinCode, MaterialId, StepId, WorkshopId,
};
use store::SecretHash;

/// A new id for a workshop.
#[must_use]
pub fn workshop_id() -> WorkshopId {
    WorkshopId::from_bits(rand::random())
}

/// A new id for a codelab.
#[must_use]
pub fn codelab_id() -> CodelabId {
    CodelabId::from_bits(rand::random())
}

/// A new id for a step.
#[must_use]
pub fn step_id() -> StepId {
    StepId::from_bits(rand::random())
}

/// A new id for a facilitator.
#[must_use]
pub fn facilitator_id() -> FacilitatorId {
    FacilitatorId::from_bits(rand::random())
}

/// A new id for an invitation.
#[must_use]
pub fn invitation_id() -> InvitationId {
    InvitationId::from_bits(rand::random())
}

/// A new id for a material.
#[must_use]
pub fn material_id() -> MaterialId {
    MaterialId::from_bits(rand::random())
}

/// A new id for an import.
#[must_use]
pub fn import_id() -> String {
    uuid::Uuid::from_u128(rand::random()).to_string()
}

/// An id for a command that came without one.
#[must_use]
pub fn command_id() -> CommandId {
    CommandId::from_bits(rand::random())
}

/// A new join code.
#[must_use]
pub fn join_code() -> JoinCode {
    JoinCode::from_random(rand::random())
}

/// A secret of 256 bits: a seat's or facilitator's token, a one-time link.
/// Never stored; only its hash is.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new secret.
    #[must_use]
    pub fn generate() -> Self {
        Self(URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()))
    }

    /// A secret that somebody presents; may be anything.
    #[must_use]
    pub fn presented(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The secret itself, to hand out once.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored of it.
    #[must_use]
    pub fn hash(&self) -> SecretHash {
        SecretHash::of(self.0.as_bytes())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Moves a seat to another device: ten characters of the join code's alphabet,
/// 48 bits, shown in two groups.
#[derive(Clone, PartialEq, Eq)]
pub struct ResumeCode(String);

const RESUME_CODE_CHARS: usize = 10;

impl ResumeCode {
    /// A new code.
    #[must_use]
    pub fn generate() -> Self {
        let pick = |random: u32| {
            let at = usize::try_from(random).unwrap_or(0) % JoinCode::ALPHABET.len();
            char::from(JoinCode::ALPHABET[at])
        };
        Self(
            rand::random::<[u32; RESUME_CODE_CHARS]>()
                .into_iter()
                .map(pick)
                .collect(),
        )
    }

    /// Reads a code as people type it; nothing if it cannot be one.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let code: String = typed
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .take(RESUME_CODE_CHARS + 1)
            .collect();
        let known = |c: char| JoinCode::ALPHABET.iter().any(|&a| char::from(a) == c);
        (code.len() == RESUME_CODE_CHARS && code.chars().all(known)).then_some(Self(code))
    }

    /// The code as it is shown: `K7M3P-Q8RTX`.
    #[must_use]
    pub fn reveal(&self) -> String {
        format!("{}-{}", &self.0[..5], &self.0[5..])
    }

    /// What is stored of it.
    #[must_use]
    pub fn hash(&self) -> SecretHash {
        SecretHash::of(self.0.as_bytes())
    }
}

impl fmt::Debug for ResumeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResumeCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resume_code_is_read_as_people_type_it() {
        let code = ResumeCode::generate();
        assert_eq!(ResumeCode::parse(&code.reveal()), Some(code.clone()));
        assert_eq!(
            ResumeCode::parse(&code.reveal().to_lowercase().replace('-', " ")),
            Some(code)
        );
        assert_eq!(ResumeCode::parse("K7M3P"), None);
        assert_eq!(ResumeCode::parse("日本語テキスト長い文字"), None);
    }
}
