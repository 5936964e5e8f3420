use proptest::prelude::*;

use super::*;

fn steps<'a>(texts: &[(&'a str, &'a str)]) -> Vec<StepText<'a>> {
    texts
        .iter()
        .map(|(title, body)| StepText { title, body })
        .collect()
}

fn matched(before: &[(&str, &str)], new: &[(&str, &str)]) -> Vec<Option<usize>> {
    continued(&steps(before), &[], &steps(new))
}

#[test]
fn a_step_is_known_by_what_is_left_of_it() {
    let before = [("A", "one\ntwo"), ("B", "three\nfour"), ("C", "five\nsix")];
    let moved = [before[2], before[0], before[1]];
    assert_eq!(matched(&before, &moved), [Some(2), Some(0), Some(1)]);
    let renamed = [before[0], ("B, better", "three\nfour"), before[2]];
    assert_eq!(matched(&before, &renamed), [Some(0), Some(1), Some(2)]);
    let rewritten = [before[0], ("B", "all\nis new"), before[2]];
    assert_eq!(matched(&before, &rewritten), [Some(0), Some(1), Some(2)]);
    // Another title, and half of the lines: known wherever it stands.
    let reworked = [("New", "three\nseven"), before[2], before[0]];
    assert_eq!(matched(&before, &reworked), [Some(1), Some(2), Some(0)]);
}

#[test]
fn a_step_of_which_nothing_is_left_is_known_by_its_place() {
    let before = [("A", "one"), ("B", "two"), ("C", "three")];
    let middle = [before[0], ("X", "ten"), before[2]];
    assert_eq!(matched(&before, &middle), [Some(0), Some(1), Some(2)]);
    let first = [("X", "ten"), before[1], before[2]];
    assert_eq!(matched(&before, &first), [Some(0), Some(1), Some(2)]);
    let last = [before[0], before[1], ("X", "ten")];
    assert_eq!(matched(&before, &last), [Some(0), Some(1), Some(2)]);
    // Two where one was: nobody knows which.
    let two = [before[0], ("X", "ten"), ("Y", "eleven"), before[2]];
    assert_eq!(matched(&before, &two), [Some(0), None, None, Some(2)]);
    // Its neighbours are no longer side by side.
    let apart = [before[2], ("X", "ten"), before[0]];
    assert_eq!(matched(&before, &apart), [Some(2), None, Some(0)]);
}

#[test]
fn an_inserted_step_takes_nobodys_place() {
    let before = [("Intro", "one"), ("End", "two")];
    let new = [("Intro", "another"), before[0], before[1]];
    assert_eq!(matched(&before, &new), [None, Some(0), Some(1)]);
    let empty = [("Intro", ""), ("Next", "")];
    let new = [empty[0], ("Between", ""), empty[1]];
    assert_eq!(matched(&empty, &new), [Some(0), None, Some(1)]);
}

#[test]
fn a_split_step_goes_on_in_its_larger_part() {
    let before = [("A", "1\n2\n3\n4\n5")];
    let new = [("A1", "1\n2"), ("A2", "3\n4\n5")];
    assert_eq!(matched(&before, &new), [Some(0), None]);
    let new = [("A1", "1"), ("A2", "2\n3\n4\n5")];
    assert_eq!(matched(&before, &new), [None, Some(0)]);
}

#[test]
fn what_was_gone_comes_back_as_itself() {
    let before = steps(&[("A", "one"), ("C", "three")]);
    let gone = steps(&[("B", "two"), ("D", "four")]);
    let new = steps(&[("A", "one"), ("B", "two"), ("C", "three"), ("D", "new")]);
    let found = continued(&before, &gone, &new);
    assert_eq!(found, [Some(0), Some(2), Some(1), Some(3)]);
    // What is there now has the first word.
    let new = steps(&[("A", "two"), ("C", "three")]);
    assert_eq!(continued(&before, &gone, &new), [Some(0), Some(1)]);
}

#[test]
fn a_text_of_countless_steps_is_not_compared_forever() {
    let titles: Vec<String> = (0..4000).map(|number| number.to_string()).collect();
    let before: Vec<StepText<'_>> = titles[..2000]
        .iter()
        .map(|title| StepText { title, body: title })
        .collect();
    let new: Vec<StepText<'_>> = titles[2000..]
        .iter()
        .map(|title| StepText { title, body: title })
        .collect();
    assert!(continued(&before, &[], &new).iter().all(Option::is_none));
}

/// Steps whose titles and bodies tell them apart.
fn distinct() -> impl Strategy<Value = Vec<(String, String)>> {
    let bodies = prop::collection::vec(prop::collection::vec("[a-c]{0,2}", 0..4), 1..9);
    bodies.prop_map(|bodies| {
        (0..)
            .zip(bodies)
            .map(|(number, lines): (u32, Vec<String>)| {
                let body = format!("{}\nonly in {number}", lines.join("\n"));
                (format!("Step {number}"), body)
            })
            .collect()
    })
}

fn texts(steps: &[(String, String)]) -> Vec<StepText<'_>> {
    steps
        .iter()
        .map(|(title, body)| StepText { title, body })
        .collect()
}

proptest! {
    #[test]
    fn another_order_keeps_every_step(
        (before, order) in distinct().prop_flat_map(|before| {
            let order: Vec<usize> = (0..before.len()).collect();
            (Just(before), Just(order).prop_shuffle())
        }),
    ) {
        let new: Vec<_> = order.iter().map(|index| before[*index].clone()).collect();
        let expected: Vec<_> = order.into_iter().map(Some).collect();
        prop_assert_eq!(continued(&texts(&before), &[], &texts(&new)), expected);
    }

    #[test]
    fn a_step_in_between_moves_nobody(
        before in distinct(), at in 0..9_usize, body in "[a-c\n]{0,12}",
    ) {
        let at = at.min(before.len());
        let mut new = before.clone();
        new.insert(at, ("Inserted".to_owned(), body));
        let mut expected: Vec<_> = (0..before.len()).map(Some).collect();
        expected.insert(at, None);
        prop_assert_eq!(continued(&texts(&before), &[], &texts(&new)), expected);
    }

    #[test]
    fn writing_in_a_step_keeps_it(before in distinct(), at in 0..9_usize, body in "[a-c\n]{0,12}") {
        let at = at.min(before.len() - 1);
        let mut new = before.clone();
        new[at].1 = body;
        let expected: Vec<_> = (0..before.len()).map(Some).collect();
        prop_assert_eq!(continued(&texts(&before), &[], &texts(&new)), expected);
    }

    #[test]
    fn nothing_is_continued_twice(
        before in prop::collection::vec(("[AB]", "[a-c\n]{0,6}"), 0..7),
        gone in prop::collection::vec(("[AB]", "[a-c\n]{0,6}"), 0..4),
        new in prop::collection::vec(("[AB]", "[a-c\n]{0,6}"), 0..9),
    ) {
        let (before, gone, new) = (texts(&before), texts(&gone), texts(&new));
        let found = continued(&before, &gone, &new);
        prop_assert_eq!(found.len(), new.len());
        prop_assert_eq!(&continued(&before, &gone, &new), &found);
        let mut known: Vec<usize> = found.into_iter().flatten().collect();
        prop_assert!(known.iter().all(|index| *index < before.len() + gone.len()));
        let count = known.len();
        known.sort_unstable();
        known.dedup();
        prop_assert_eq!(known.len(), count);
    }
}
