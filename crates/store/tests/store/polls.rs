//! Polls that authors prepared.

use std::sync::Arc;

use domain::{
    CodelabId, PollLabel, PollQuestion, StepId,
    workshop::{PollForm, PollKind},
};
use store::{NewCodelab, NewGuide, NewStep};

use crate::support::{TestStore, at};

fn form(question: &str, kind: PollKind) -> Arc<PollForm> {
    let question = PollQuestion::parse(question).unwrap();
    Arc::new(PollForm { question, kind })
}

fn label(text: &str) -> PollLabel {
    PollLabel::parse(text).unwrap()
}

fn codelab(bits: u64, polls: Vec<Vec<Arc<PollForm>>>) -> NewCodelab {
    let steps = (1..).zip(polls).map(|(number, polls)| NewStep {
        id: StepId::from_bits(bits * 10 + number),
        title: format!("Step {number}"),
        minutes: None,
        markdown: "text".to_owned(),
        html: "<p>text</p>".to_owned(),
        polls,
        quizzes: Vec::new(),
    });
    NewCodelab {
        id: CodelabId::from_bits(bits),
        authored_id: None,
        title: "Codelab".to_owned(),
        summary: None,
        authors: None,
        language: None,
        feedback_link: None,
        categories: Vec::new(),
        tags: Vec::new(),
        source: "# source".to_owned(),
        guide: None,
        required: Vec::new(),
        steps: steps.collect(),
        files: Vec::new(),
        cover: None,
        now: at(1),
    }
}

#[tokio::test]
async fn prepared_polls_belong_to_a_revision_and_come_in_the_agendas_order() {
    let store = TestStore::new().await;
    let scale = PollKind::Scale {
        max: 5,
        low: Some(label("lost")),
        high: None,
    };
    let choice = PollKind::Multiple([label("a"), label("b")].into());
    let first = form("First?", scale);
    let second = form("Second?", choice);
    let other = form("Other?", PollKind::Words);
    let newer = form("Newer?", PollKind::Text);
    let one = vec![vec![], vec![Arc::clone(&first), Arc::clone(&second)]];
    store.add_codelab(codelab(1, one)).await.unwrap();
    store
        .add_codelab(codelab(2, vec![vec![Arc::clone(&other)]]))
        .await
        .unwrap();
    store
        .add_revision(codelab(1, vec![vec![Arc::clone(&newer)]]))
        .await
        .unwrap();

    let (one, two) = (CodelabId::from_bits(1), CodelabId::from_bits(2));
    let found = store.prepared_polls(&[(two, 1), (one, 1)]).await.unwrap();
    let found: Vec<_> = found
        .into_iter()
        .map(|poll| {
            (
                poll.codelab,
                poll.step.map(StepId::to_bits),
                Arc::new(poll.form),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (two, Some(21), other),
            (one, Some(12), first),
            (one, Some(12), second)
        ]
    );

    let found = store.prepared_polls(&[(one, 2)]).await.unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].form, *newer);
    assert_eq!(store.prepared_polls(&[(two, 2)]).await.unwrap(), []);
}

#[tokio::test]
async fn polls_of_the_guide_come_before_those_of_the_steps() {
    let store = TestStore::new().await;
    let before = form("Ready?", PollKind::Words);
    let inside = form("How is it?", PollKind::Text);
    let mut new = codelab(1, vec![vec![Arc::clone(&inside)]]);
    new.guide = Some(NewGuide {
        markdown: "Bring it.".to_owned(),
        html: "<p>Bring it.</p>".to_owned(),
        polls: vec![Arc::clone(&before)],
    });
    store.add_codelab(new).await.unwrap();
    store.add_revision(codelab(1, vec![vec![]])).await.unwrap();

    let one = CodelabId::from_bits(1);
    let found = store.prepared_polls(&[(one, 1)]).await.unwrap();
    let found: Vec<_> = found
        .into_iter()
        .map(|poll| (poll.step.map(StepId::to_bits), Arc::new(poll.form)))
        .collect();
    assert_eq!(found, [(None, before), (Some(11), inside)]);
    assert_eq!(store.prepared_polls(&[(one, 2)]).await.unwrap(), []);
}
