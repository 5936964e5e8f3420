//! Quizzes.

use domain::{
    CodelabId, QuizKey, StepId,
    workshop::{Command, StepRef},
};

use super::{IntoCommand, command};
use crate::{Id, Problem};

command! {
    /// Answer a quiz of a step, until the answer is right. What came of it follows as
    /// an event.
    AnswerQuiz {
        /// The codelab.
        #[schema(value_type = String)]
        codelab: Id<CodelabId>,
        /// Its step.
        #[schema(value_type = String)]
        step: Id<StepId>,
        /// The quiz: `data-quiz` in the step's HTML.
        #[schema(value_type = String)]
        quiz: Id<QuizKey>,
        /// The chosen options, counted from 0: one, or where `data-choose` is `several`
        /// at least one.
        #[schema(value_type = Vec<u32>)]
        choices: Vec<u8>,
    }
}

impl IntoCommand for AnswerQuiz {
    fn command(self) -> Result<Command, Problem> {
        Ok(Command::AnswerQuiz {
            at: StepRef {
                codelab: self.codelab.0,
                step: self.step.0,
            },
            quiz: self.quiz.0,
            choices: self.choices.into_iter().collect(),
        })
    }
}
