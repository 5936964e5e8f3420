//! Polls.

use std::sync::Arc;

use domain::{
    CodelabId, PollLabel, PollQuestion, PollText, PollWord, SeatId, StepId, TextError, workshop,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Id, Problem, ProblemCode};

/// How a poll is answered: with a `single` or `multiple` options, a number of a
/// `scale`, a `text`, or `words` for a word cloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PollKind {
    /// One of the options.
    Single,
    /// Any of the options.
    Multiple,
    /// A number from 1.
    Scale,
    /// In one's own words.
    Text,
    /// Up to three words that are counted.
    Words,
}

/// The numbers of a scale, from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PollScale {
    /// The largest number, 2 to 10.
    pub max: u8,
    /// What 1 means; at most 120 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub low: Option<String>,
    /// What the largest means; at most 120 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub high: Option<String>,
}

/// What a poll asks, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PollForm {
    /// The question; 1 to 300 characters.
    pub question: String,
    /// How it is answered.
    pub kind: PollKind,
    /// Of `single` and `multiple`: 2 to 12 different options of at most 120 characters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// Of `scale`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub scale: Option<PollScale>,
}

/// An answer; the field that fits the poll's kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PollAnswer {
    /// The chosen options, counted from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, value_type = Option<Vec<u32>>)]
    pub options: Option<Vec<u8>>,
    /// The number on the scale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub scale: Option<u8>,
    /// In one's own words; 1 to 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub text: Option<String>,
    /// One to three words of at most 40 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub words: Option<Vec<String>>,
}

/// A poll that was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Poll {
    /// Its number in the workshop.
    pub id: u32,
    /// What it asks.
    pub form: PollForm,
    /// Since when; milliseconds since the Unix epoch.
    pub opened_at_ms: i64,
    /// Whether answers are taken.
    pub open: bool,
    /// Whether everybody sees the result.
    pub revealed: bool,
}

/// One's own answer to a poll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OwnPollAnswer {
    /// The poll.
    pub poll: u32,
    /// What.
    pub answer: PollAnswer,
}

/// A word of a word cloud.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct WordCount {
    /// The word.
    pub word: String,
    /// How often it was given.
    pub times: u32,
}

/// A poll that the author of a codelab prepared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PreparedPoll {
    /// The codelab.
    #[schema(value_type = String)]
    pub codelab: Id<CodelabId>,
    /// The step it belongs to; absent when it stands in the preparation guide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, nullable = false)]
    pub step: Option<Id<StepId>>,
    /// What it asks, and how.
    pub form: PollForm,
}

/// The prepared polls of a workshop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PreparedPolls {
    /// In the order of the agenda and the steps.
    pub items: Vec<PreparedPoll>,
}

/// What came of a poll; names nobody. Facilitators are told while people
/// answer, everybody once the result is revealed; at most once a second.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PollResult {
    /// The poll.
    pub poll: u32,
    /// People who answered.
    pub people: u32,
    /// Per option, or per number of the scale from 1: how many chose it.
    pub counts: Vec<u32>,
    /// Free answers, in the order of the alphabet; at most 500.
    pub texts: Vec<String>,
    /// The words and how often each was given, the most frequent first; at most 100.
    pub words: Vec<WordCount>,
}

/// Free answers of one message; more do not fit on a screen.
const TEXTS: usize = 500;

/// Words of one message; more make no cloud.
const CLOUD: usize = 100;

impl PollForm {
    /// The form with its texts checked.
    ///
    /// # Errors
    /// The [`Problem`] that names the field.
    pub fn parse(self) -> Result<workshop::PollForm, Problem> {
        let question = PollQuestion::parse(&self.question)
            .map_err(|e| Problem::invalid_text("form.question", e))?;
        let kind = match (self.kind, self.scale) {
            (PollKind::Single, None) => workshop::PollKind::Single(labels(&self.options)?),
            (PollKind::Multiple, None) => workshop::PollKind::Multiple(labels(&self.options)?),
            (PollKind::Scale, Some(scale)) => workshop::PollKind::Scale {
                max: scale.max,
                low: end(scale.low.as_deref(), "form.scale.low")?,
                high: end(scale.high.as_deref(), "form.scale.high")?,
            },
            (PollKind::Text, None) => workshop::PollKind::Text,
            (PollKind::Words, None) => workshop::PollKind::Words,
            (
                PollKind::Single
                | PollKind::Multiple
                | PollKind::Scale
                | PollKind::Text
                | PollKind::Words,
                _,
            ) => {
                let detail = "form.scale: a scale has one, nothing else does";
                return Err(Problem::new(ProblemCode::InvalidPoll, detail));
            }
        };
        Ok(workshop::PollForm { question, kind })
    }
}

fn labels(options: &[String]) -> Result<Arc<[PollLabel]>, Problem> {
    let option = |text: &String| PollLabel::parse(text);
    let parsed: Result<_, TextError> = options.iter().map(option).collect();
    parsed.map_err(|e| Problem::invalid_text("form.options", e))
}

fn end(text: Option<&str>, field: &str) -> Result<Option<PollLabel>, Problem> {
    match text.map(PollLabel::parse).transpose() {
        Err(TextError::Empty) => Ok(None),
        parsed => parsed.map_err(|e| Problem::invalid_text(field, e)),
    }
}

impl PollAnswer {
    /// The answer with its texts checked.
    ///
    /// # Errors
    /// The [`Problem`] that names the field.
    pub fn parse(self) -> Result<workshop::PollAnswer, Problem> {
        match (self.options, self.scale, self.text, self.words) {
            (Some(options), None, None, None) => {
                Ok(workshop::PollAnswer::Options(options.into_iter().collect()))
            }
            (None, Some(value), None, None) => Ok(workshop::PollAnswer::Scale(value)),
            (None, None, Some(text), None) => PollText::parse(&text)
                .map(workshop::PollAnswer::Text)
                .map_err(|e| Problem::invalid_text("answer.text", e)),
            (None, None, None, Some(words)) => {
                let parsed: Result<Vec<_>, _> =
                    words.iter().map(|word| PollWord::parse(word)).collect();
                parsed
                    .map(workshop::PollAnswer::Words)
                    .map_err(|e| Problem::invalid_text("answer.words", e))
            }
            _ => Err(Problem::new(
                ProblemCode::InvalidPollAnswer,
                "answer: give one of options, scale, text and words",
            )),
        }
    }
}

impl From<&workshop::PollForm> for PollForm {
    fn from(form: &workshop::PollForm) -> Self {
        let text = |label: &PollLabel| label.as_str().to_owned();
        let (kind, options, scale) = match &form.kind {
            workshop::PollKind::Single(options) => {
                (PollKind::Single, options.iter().map(text).collect(), None)
            }
            workshop::PollKind::Multiple(options) => {
                (PollKind::Multiple, options.iter().map(text).collect(), None)
            }
            workshop::PollKind::Scale { max, low, high } => {
                let scale = PollScale {
                    max: *max,
                    low: low.as_ref().map(text),
                    high: high.as_ref().map(text),
                };
                (PollKind::Scale, Vec::new(), Some(scale))
            }
            workshop::PollKind::Text => (PollKind::Text, Vec::new(), None),
            workshop::PollKind::Words => (PollKind::Words, Vec::new(), None),
        };
        Self {
            question: form.question.as_str().to_owned(),
            kind,
            options,
            scale,
        }
    }
}

impl From<&workshop::PollAnswer> for PollAnswer {
    fn from(answer: &workshop::PollAnswer) -> Self {
        let mut it = Self::default();
        match answer {
            workshop::PollAnswer::Options(options) => {
                it.options = Some(options.iter().copied().collect());
            }
            workshop::PollAnswer::Scale(value) => it.scale = Some(*value),
            workshop::PollAnswer::Text(text) => it.text = Some(text.as_str().to_owned()),
            workshop::PollAnswer::Words(words) => {
                it.words = Some(words.iter().map(|w| w.as_str().to_owned()).collect());
            }
        }
        it
    }
}

impl From<&workshop::Poll> for Poll {
    fn from(poll: &workshop::Poll) -> Self {
        Self {
            id: poll.id.get(),
            form: PollForm::from(&*poll.form),
            opened_at_ms: poll.opened_at.as_ms(),
            open: poll.open,
            revealed: poll.revealed,
        }
    }
}

impl OwnPollAnswer {
    /// What a seat answered, if it did.
    #[must_use]
    pub fn of(poll: &workshop::Poll, seat: SeatId) -> Option<Self> {
        Some(Self {
            poll: poll.id.get(),
            answer: poll.answers.get(&seat)?.into(),
        })
    }
}

impl From<&workshop::Poll> for PollResult {
    fn from(poll: &workshop::Poll) -> Self {
        let result = poll.result();
        let text = |text: &PollText| text.as_str().to_owned();
        let word = |(word, times): &(PollWord, u32)| WordCount {
            word: word.as_str().to_owned(),
            times: *times,
        };
        Self {
            poll: poll.id.get(),
            people: result.people,
            counts: result.counts,
            texts: result.texts.iter().take(TEXTS).map(text).collect(),
            words: result.words.iter().take(CLOUD).map(word).collect(),
        }
    }
}
