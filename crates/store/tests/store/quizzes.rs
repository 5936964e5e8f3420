//! Quizzes of the library, which enter the agenda with what is right.

use domain::{CodelabId, QuizKey, StepId, workshop::Quiz};
use store::{NewCodelab, NewStep};

use crate::support::{TestStore, at};

fn quiz(key: u64, right: &[u8], explanation: Option<&str>) -> Quiz {
    Quiz {
        key: QuizKey::from_bits(key),
        question: "Which?\n\"one\"".into(),
        options: ["a", "민수", "c"].map(Into::into).into(),
        right: right.iter().copied().collect(),
        explanation: explanation.map(Into::into),
    }
}

fn codelab(quizzes: Vec<Vec<Quiz>>) -> NewCodelab {
    let steps = (1..).zip(quizzes).map(|(number, quizzes)| NewStep {
        id: StepId::from_bits(number),
        title: format!("Step {number}"),
        minutes: None,
        markdown: "text".to_owned(),
        html: "<p>text</p>".to_owned(),
        polls: Vec::new(),
        quizzes,
    });
    NewCodelab {
        id: CodelabId::from_bits(1),
        authored_id: None,
        title: "Codelab".to_owned(),
        summary: None,
        authors: None,
        language: None,
        feedback_link: None,
        categories: Vec::new(),
        tags: Vec::new(),
        required: Vec::new(),
        guide: None,
        source: "# source".to_owned(),
        steps: steps.collect(),
        files: Vec::new(),
        cover: None,
        now: at(1),
    }
}

#[tokio::test]
async fn quizzes_belong_to_a_revision_and_keep_their_order() {
    let store = TestStore::new().await;
    let (one, two) = (quiz(2, &[1], None), quiz(1, &[0, 2], Some("So.")));
    let first = codelab(vec![vec![], vec![one.clone(), two.clone()]]);
    store.add_codelab(first).await.unwrap();
    let id = CodelabId::from_bits(1);
    let agenda = store.agenda(&[id]).await.unwrap();
    assert!(agenda[0].steps[0].quizzes.is_empty());
    assert_eq!(*agenda[0].steps[1].quizzes, [one.clone(), two.clone()]);

    let second = codelab(vec![vec![two.clone()]]);
    store.add_revision(second).await.unwrap();
    let agenda = store.agenda(&[id]).await.unwrap();
    assert_eq!(&*agenda[0].steps[0].quizzes, std::slice::from_ref(&two));
    let detail = store.codelab(id).await.unwrap().unwrap();
    assert_eq!(detail.steps[0].quizzes, std::slice::from_ref(&two));
    let before = store.revision_steps(id, 1).await.unwrap();
    assert_eq!(before[1].quizzes, [one, two]);
}
