//! Codelabs whose rendered steps are written ahead of them, in short transactions.

use domain::StepId;
use store::{NewCodelab, NewFileRef, NewStep};

use crate::{
    library::codelab,
    support::{TestStore, number},
};

/// Steps for some transactions.
const STEPS: u64 = 250;

/// A codelab whose steps say what `words` say, each in a page of its own.
fn large(bits: u64, words: &str) -> NewCodelab {
    let steps = (1..=STEPS).map(|step| NewStep {
        id: StepId::from_bits(bits * 1000 + step),
        title: format!("Step {step}"),
        minutes: (step % 2 == 0).then_some(1),
        markdown: format!("{words} “{step}”"),
        html: format!("<p>{words} {step}</p>"),
        polls: Vec::new(),
        quizzes: Vec::new(),
    });
    NewCodelab {
        steps: steps.collect(),
        ..codelab(bits, "Large", 10)
    }
}

/// The same with a file that was never added, so that it cannot be kept.
fn broken(bits: u64, words: &str) -> NewCodelab {
    let file = NewFileRef {
        reference: "a.png".to_owned(),
        sha256: [9; 32],
    };
    NewCodelab {
        files: vec![file],
        ..large(bits, words)
    }
}

async fn rows(store: &TestStore, table: &str) -> i64 {
    let mut raw = store.raw().await;
    number(&mut raw, &format!("SELECT COUNT(*) FROM {table}")).await
}

const UNSAVED: &str = "settings WHERE key LIKE 'unsaved_contents/%'";

#[tokio::test]
async fn a_large_codelab_is_kept_whole() {
    let store = TestStore::new().await;
    let new = large(1, "one");
    store.add_codelab(new.clone()).await.unwrap();
    let kept = store.codelab(new.id).await.unwrap().unwrap();
    assert_eq!(kept.steps.len(), new.steps.len());
    for (kept, new) in kept.steps.iter().zip(&new.steps) {
        assert_eq!(
            (kept.id, &kept.title, kept.minutes),
            (new.id, &new.title, new.minutes)
        );
    }
    let texts = store.step_texts(new.id, 1).await.unwrap();
    assert_eq!(texts[6].markdown, new.steps[6].markdown);
    assert_eq!(rows(&store, "contents").await, 250);
    assert_eq!(rows(&store, UNSAVED).await, 0);
}

#[tokio::test]
async fn contents_that_went_ahead_of_nothing_are_gone_at_the_next_start() {
    let store = TestStore::new().await;
    assert!(store.add_codelab(broken(1, "one")).await.is_err());
    assert_eq!(rows(&store, "codelabs").await, 0);
    // Each portion was committed for itself: no transaction held the writer for all of them.
    assert_eq!(
        (rows(&store, "contents").await, rows(&store, UNSAVED).await),
        (250, 1)
    );
    // Another codelab has some of the same.
    let mut small = large(2, "one");
    small.steps.truncate(3);
    store.add_codelab(small.clone()).await.unwrap();
    let store = store.reopened().await;
    assert_eq!(
        (rows(&store, "contents").await, rows(&store, UNSAVED).await),
        (3, 0)
    );
    let kept = store.codelab(small.id).await.unwrap().unwrap();
    assert_eq!(kept.steps.len(), 3);
}

#[tokio::test]
async fn a_revision_that_fails_leaves_what_was_there() {
    let store = TestStore::new().await;
    let first = large(1, "one");
    store.add_codelab(first.clone()).await.unwrap();
    assert!(store.add_revision(broken(1, "two")).await.is_err());
    assert!(store.add_revision(broken(1, "one")).await.is_err());
    let store = store.reopened().await;
    assert_eq!(
        rows(&store, "contents").await,
        250,
        "those of revision 1 are kept"
    );
    assert_eq!(store.add_revision(large(1, "two")).await.unwrap(), Some(2));
    assert_eq!(rows(&store, "contents").await, 500);
}
