//! Polls: what is asked, how it may be answered, and what came of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{PollId, PollLabel, PollQuestion, PollText, PollWord, SeatId, Timestamp};

/// Polls of a workshop.
pub const POLLS: u32 = 200;

/// Words one person may give to a word cloud.
pub const WORDS: usize = 3;

/// How a poll is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PollKind {
    /// One of the options.
    Single(Arc<[PollLabel]>),
    /// Any of the options.
    Multiple(Arc<[PollLabel]>),
    /// A number from 1.
    Scale {
        /// The largest number.
        max: u8,
        /// What 1 means, if it was said.
        low: Option<PollLabel>,
        /// What the largest means.
        high: Option<PollLabel>,
    },
    /// In one's own words.
    Text,
    /// Up to three words that are counted.
    Words,
}

/// What a poll asks, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PollForm {
    /// The question.
    pub question: PollQuestion,
    /// How it is answered.
    pub kind: PollKind,
}

impl PollForm {
    /// Options a choice may have.
    pub const OPTIONS: std::ops::RangeInclusive<usize> = 2..=12;

    /// How far a scale may go.
    pub const SCALE: std::ops::RangeInclusive<u8> = 2..=10;

    /// Whether it can be asked: enough options, all of them different.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        match &self.kind {
            PollKind::Single(options) | PollKind::Multiple(options) => {
                let different: BTreeSet<&str> = options.iter().map(PollLabel::as_str).collect();
                Self::OPTIONS.contains(&options.len()) && different.len() == options.len()
            }
            PollKind::Scale { max, .. } => Self::SCALE.contains(max),
            PollKind::Text | PollKind::Words => true,
        }
    }

    /// Whether an answer fits the question.
    #[must_use]
    pub fn takes(&self, answer: &PollAnswer) -> bool {
        match (&self.kind, answer) {
            (PollKind::Single(options), PollAnswer::Options(chosen)) => {
                chosen.len() == 1 && in_range(chosen, options.len())
            }
            (PollKind::Multiple(options), PollAnswer::Options(chosen)) => {
                !chosen.is_empty() && in_range(chosen, options.len())
            }
            (PollKind::Scale { max, .. }, PollAnswer::Scale(value)) => (1..=*max).contains(value),
            (PollKind::Text, PollAnswer::Text(_)) => true,
            (PollKind::Words, PollAnswer::Words(words)) => (1..=WORDS).contains(&words.len()),
            (
                PollKind::Single(_)
                | PollKind::Multiple(_)
                | PollKind::Scale { .. }
                | PollKind::Text
                | PollKind::Words,
                _,
            ) => false,
        }
    }
}

fn in_range(chosen: &BTreeSet<u8>, options: usize) -> bool {
    chosen.iter().all(|option| usize::from(*option) < options)
}

/// What somebody answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PollAnswer {
    /// The chosen options, counted from 0.
    Options(BTreeSet<u8>),
    /// A number of the scale.
    Scale(u8),
    /// A text.
    Text(PollText),
    /// Words.
    Words(Vec<PollWord>),
}

/// A poll that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    /// Which.
    pub id: PollId,
    /// What it asks.
    pub form: Arc<PollForm>,
    /// Since when.
    pub opened_at: Timestamp,
    /// Whether answers are taken.
    pub open: bool,
    /// Whether the room sees the result.
    pub revealed: bool,
    /// What people answered, each the last time.
    pub answers: BTreeMap<SeatId, PollAnswer>,
}

/// What came of a poll. It names nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PollResult {
    /// People who answered.
    pub people: u32,
    /// Per option, or per number of the scale: how many chose it.
    pub counts: Vec<u32>,
    /// Free answers, in the order of the alphabet: another would tell whose they are.
    pub texts: Vec<PollText>,
    /// Words and how often they were given, the most frequent first. What
    /// differs in case only is one word, spelled as it was first given.
    pub words: Vec<(PollWord, u32)>,
}

impl Poll {
    /// Counts the answers.
    #[must_use]
    pub fn result(&self) -> PollResult {
        let mut result = PollResult {
            people: u32::try_from(self.answers.len()).unwrap_or(u32::MAX),
            counts: vec![0; self.form.kind.choices()],
            ..PollResult::default()
        };
        let mut words: BTreeMap<String, (PollWord, u32)> = BTreeMap::new();
        for answer in self.answers.values() {
            match answer {
                PollAnswer::Options(chosen) => {
                    for option in chosen {
                        count(&mut result.counts, usize::from(*option));
                    }
                }
                PollAnswer::Scale(value) => {
                    if let Some(place) = usize::from(*value).checked_sub(1) {
                        count(&mut result.counts, place);
                    }
                }
                PollAnswer::Text(text) => result.texts.push(text.clone()),
                PollAnswer::Words(given) => {
                    for word in given {
                        let entry = words.entry(word.as_str().to_lowercase());
                        entry.or_insert_with(|| (word.clone(), 0)).1 += 1;
                    }
                }
            }
        }
        result.texts.sort();
        result.words = words.into_values().collect();
        result
            .words
            .sort_by_key(|(_, times)| std::cmp::Reverse(*times));
        result
    }
}

impl PollKind {
    /// Things that are counted one by one.
    fn choices(&self) -> usize {
        match self {
            Self::Single(options) | Self::Multiple(options) => options.len(),
            Self::Scale { max, .. } => usize::from(*max),
            Self::Text | Self::Words => 0,
        }
    }
}

fn count(counts: &mut [u32], at: usize) {
    if let Some(slot) = counts.get_mut(at) {
        *slot += 1;
    }
}
