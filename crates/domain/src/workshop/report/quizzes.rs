//! What came of the quizzes.

use crate::{
    QuizKey,
    workshop::{Quiz, QuizTries, Role, StepRef, WorkshopState},
};

/// A quiz of the agenda, after the fact. It names nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuizReport {
    /// The step.
    pub at: StepRef,
    /// Where the step stands among those of all codelabs, counted from 0.
    pub place: u32,
    /// The quiz.
    pub quiz: Quiz,
    /// Attendees who answered.
    pub answered: u32,
    /// Of these, right the first time.
    pub first_right: u32,
    /// Of these, right in the end.
    pub right: u32,
    /// All their answers.
    pub tries: u32,
    /// Per option: how many chose it the first time.
    pub first_choices: Vec<u32>,
}

impl QuizReport {
    /// The quizzes that the agenda has, the hardest first: the one that the fewest of
    /// those who answered knew at once. What nobody answered comes last.
    pub(super) fn all(state: &WorkshopState) -> Vec<Self> {
        let steps = state.agenda().iter().flat_map(|codelab| {
            codelab.steps.iter().map(|step| {
                let at = StepRef {
                    codelab: codelab.codelab,
                    step: step.step,
                };
                (at, &step.quizzes)
            })
        });
        let mut reports: Vec<Self> = (0..)
            .zip(steps)
            .flat_map(|(place, (at, quizzes))| {
                let report = move |quiz| Self::of(state, at, place, quiz);
                quizzes.iter().map(report)
            })
            .collect();
        reports.sort_by_key(|report| (report.answered == 0, report.first_right_per_mille()));
        reports
    }

    fn of(state: &WorkshopState, at: StepRef, place: u32, quiz: &Quiz) -> Self {
        let mut report = Self {
            at,
            place,
            quiz: quiz.clone(),
            answered: 0,
            first_right: 0,
            right: 0,
            tries: 0,
            first_choices: vec![0; quiz.options.len()],
        };
        for tries in answers(state, (at, quiz.key)) {
            report.answered += 1;
            report.first_right += u32::from(tries.first_right);
            report.right += u32::from(tries.right);
            report.tries = report.tries.saturating_add(tries.tries);
            for choice in &tries.first {
                if let Some(count) = report.first_choices.get_mut(usize::from(*choice)) {
                    *count += 1;
                }
            }
        }
        report
    }

    /// How many of a thousand who answered were right the first time.
    fn first_right_per_mille(&self) -> u64 {
        u64::from(self.first_right) * 1000 / u64::from(self.answered.max(1))
    }
}

/// What attendees answered to a quiz.
fn answers(state: &WorkshopState, quiz: (StepRef, QuizKey)) -> impl Iterator<Item = &QuizTries> {
    let attendees = state.seats().iter();
    attendees
        .filter(|seat| seat.role == Role::Attendee)
        .filter_map(move |seat| seat.quizzes.get(&quiz))
}
