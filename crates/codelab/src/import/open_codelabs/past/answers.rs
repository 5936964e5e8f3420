//! What people answered to quizzes.

use std::collections::HashMap;

use super::{Reader, rows::Row};
use crate::{
    DiagnosticCode,
    import::open_codelabs::{fields::Fields, quiz::Answerable},
    past::{What, Who},
};

impl Reader<'_, '_> {
    /// Answers to quizzes that can be answered here; of others it is said how many there are.
    pub(super) fn quiz_answers(&mut self, rows: &[Row<'_>]) {
        if rows.is_empty() {
            return;
        }
        let quizzes = self.worked.quizzes.iter();
        let quizzes = quizzes
            .filter_map(|row| Some((Fields(row).text("id")?, Answerable::read(row)?)))
            .collect::<HashMap<_, _>>();
        let mut not_taken = 0;
        for row in rows {
            let quiz = row.fields.text("quiz_id");
            let Some(asked) = quiz.and_then(|id| quizzes.get(&id)) else {
                not_taken += 1;
                continue;
            };
            let answer = row.fields.0.get("answer");
            let Some(choices) = answer.and_then(|answer| asked.choices(answer)) else {
                self.remarks.lost(&row.place("answer"));
                continue;
            };
            let Some(who) = self.people.owner(row, "attendee_name", &mut self.remarks) else {
                self.remarks.lost(&row.place("attendee_id"));
                continue;
            };
            // As it was judged then.
            let right = row.fields.flag("is_correct");
            let quiz = asked.quiz.key();
            let what = What::AnsweredQuiz {
                quiz,
                choices,
                right,
            };
            self.did(row, Who::Attendee(who), what);
        }
        self.remarks
            .not_taken(DiagnosticCode::QuizAnswersNotTaken, not_taken);
    }
}
