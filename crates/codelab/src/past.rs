//! A workshop that took place elsewhere, as an importer finds it: who was there and what they did,
//! in the order of time. Becomes the log of an ended workshop.

use std::collections::BTreeSet;

use domain::{
    FeedbackText, FileName, LinkAddress, MessageText, Name, QuizKey, Timestamp, WorkshopTitle,
    workshop::Grade,
};

/// A workshop that took place elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// What it is called here; says where it comes from.
    pub title: WorkshopTitle,
    /// The people who were there. They are told apart by their place in this list.
    pub attendees: Vec<Name>,
    /// Who ran it; at least one.
    pub facilitators: Vec<Name>,
    /// What they did, in the order of time. A person's first deed is that they joined.
    pub deeds: Vec<Deed>,
    /// How many bytes of files it says that were handed in.
    pub submitted_bytes: u64,
}

/// Something that somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: Who,
    /// What.
    pub what: What,
}

/// Somebody in a past workshop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    /// One of the attendees.
    Attendee(usize),
    /// One of the facilitators.
    Facilitator(usize),
    /// Somebody who did not say who they are.
    Nobody,
}

/// What can be known of what somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// An attendee came.
    Joined,
    /// They had finished a step by then: its place in the codelab, counted from 0.
    Passed(usize),
    /// They were at a step by then.
    Reached(usize),
    /// They said something to everybody.
    Said(MessageText),
    /// They said something in the conversation of an attendee with the facilitators.
    SaidDirectly {
        /// The attendee.
        with: usize,
        /// What.
        text: MessageText,
    },
    /// They commented on a passage of the text.
    Commented {
        /// Tells the threads apart; what comes first begins it.
        thread: usize,
        /// What, with the passage quoted.
        text: MessageText,
    },
    /// They asked for help, at a step if it is known.
    AskedForHelp(Option<usize>),
    /// Somebody had helped them with what they asked for last.
    WasHelped,
    /// They said what they think.
    GaveFeedback {
        /// How hard it was.
        difficulty: Option<Grade>,
        /// How content they are.
        satisfaction: Option<Grade>,
        /// In their own words.
        comment: Option<FeedbackText>,
    },
    /// They answered a quiz of the codelab.
    AnsweredQuiz {
        /// Which.
        quiz: QuizKey,
        /// The chosen options, counted from 0.
        choices: BTreeSet<u8>,
        /// Whether they were held to be right.
        right: bool,
    },
    /// They handed work in.
    Submitted(Submitted),
}

/// Work that was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Submitted {
    /// An address.
    Link(LinkAddress),
    /// A file of what is imported.
    File {
        /// Where it lies there.
        reference: String,
        /// What it is called.
        name: FileName,
    },
}

/// How much there is of a past workshop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// People who were there.
    pub attendees: usize,
    /// Messages to everybody, direct ones and comments.
    pub messages: usize,
    /// Help requests.
    pub help_requests: usize,
    /// Answers to quizzes.
    pub quiz_answers: usize,
    /// Times that feedback was given.
    pub feedback: usize,
    /// Files and links that were handed in.
    pub submissions: usize,
}

impl Past {
    /// When it began and ended.
    #[must_use]
    pub fn span(&self) -> Option<(Timestamp, Timestamp)> {
        Some((self.deeds.first()?.at, self.deeds.last()?.at))
    }

    /// How much there is of it.
    #[must_use]
    pub fn figures(&self) -> Figures {
        let mut figures = Figures {
            attendees: self.attendees.len(),
            ..Figures::default()
        };
        for deed in &self.deeds {
            match deed.what {
                What::Said(_) | What::SaidDirectly { .. } | What::Commented { .. } => {
                    figures.messages += 1;
                }
                What::AskedForHelp(_) => figures.help_requests += 1,
                What::GaveFeedback { .. } => figures.feedback += 1,
                What::AnsweredQuiz { .. } => figures.quiz_answers += 1,
                What::Submitted(_) => figures.submissions += 1,
                What::Joined | What::Passed(_) | What::Reached(_) | What::WasHelped => {}
            }
        }
        figures
    }

    /// The same for a codelab before whose steps so many others stand.
    pub(crate) fn shifted(mut self, by: usize) -> Self {
        for deed in &mut self.deeds {
            match &mut deed.what {
                What::Passed(step) | What::Reached(step) | What::AskedForHelp(Some(step)) => {
                    *step += by;
                }
                What::Joined
                | What::AskedForHelp(None)
                | What::Said(_)
                | What::SaidDirectly { .. }
                | What::Commented { .. }
                | What::WasHelped
                | What::GaveFeedback { .. }
                | What::AnsweredQuiz { .. }
                | What::Submitted(_) => {}
            }
        }
        self
    }
}
