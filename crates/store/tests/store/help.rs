//! The table of help requests, within one transaction and across several.

use domain::{HelpRequestId, HelpText, workshop::Command};
use store::Entry;

use crate::support::{PROJECTIONS, Room, TestStore, dump, step};

const GRACE: u32 = 1;
const LINUS: u32 = 2;
const ADA: u32 = 3;
const BOB: u32 = 4;
const FIRST: HelpRequestId = HelpRequestId::new(1);

/// Id, status, and who claimed and closed it.
type HelpRow = (i64, String, Option<i64>, Option<i64>);

fn row(id: i64, status: &str, claimed_by: Option<u32>, closed_by: Option<u32>) -> HelpRow {
    let number = |by: Option<u32>| by.map(i64::from);
    (id, status.to_owned(), number(claimed_by), number(closed_by))
}

fn raise(text: &str) -> Command {
    Command::RaiseHelp {
        at: Some(step(2, 3)),
        message: Some(HelpText::parse(text).unwrap()),
    }
}

/// A room with two facilitators and two attendees, who both wait.
fn waiting(room: &mut Room) -> Vec<Entry> {
    vec![
        room.join_as_facilitator(9),
        room.join_as_facilitator(10),
        room.join("Ada"),
        room.join("Bob"),
        room.act(ADA, raise("stuck")),
        room.act(BOB, raise("me too")),
    ]
}

/// The rows, which are the same when they are projected again.
async fn found(store: &TestStore) -> Vec<HelpRow> {
    let mut raw = store.raw().await;
    let sql = "SELECT id, status, claimed_by, closed_by FROM help_requests ORDER BY id";
    let rows = sqlx::query_as(sql).fetch_all(&mut raw).await.unwrap();
    let before = dump(&mut raw, &PROJECTIONS).await;
    store.rebuild_projections().await.unwrap();
    assert_eq!(dump(&mut raw, &PROJECTIONS).await, before);
    rows
}

#[tokio::test]
async fn help_within_one_transaction_ends_as_it_ended() {
    let store = TestStore::new().await;
    let mut room = store.started(1).await;
    let mut entries = waiting(&mut room);
    entries.push(room.act(GRACE, Command::ClaimHelp(FIRST)));
    entries.push(room.act(GRACE, Command::ResolveHelp(FIRST)));
    entries.push(room.act(ADA, raise("again")));
    store.append(room.id, &entries).await.unwrap();
    let withdraw = room.act(ADA, Command::WithdrawHelp(HelpRequestId::new(3)));
    store.append(room.id, &[withdraw]).await.unwrap();
    let expected = [
        row(1, "resolved", Some(GRACE), Some(GRACE)),
        row(2, "open", None, None),
        row(3, "withdrawn", None, Some(ADA)),
    ];
    assert_eq!(found(&store).await, expected);
}

#[tokio::test]
async fn what_is_handed_back_has_no_claim_whenever_it_was_claimed() {
    let claim = || Command::ClaimHelp(FIRST);
    let hand_back = || Command::HandBackHelp(FIRST);
    // Who does what; a claim and its return in one transaction, or in two.
    let stories: [(&[(u32, Command)], HelpRow); 4] = [
        (
            &[(GRACE, claim()), (LINUS, hand_back())],
            row(1, "open", None, None),
        ),
        (
            &[(GRACE, claim()), (GRACE, hand_back()), (LINUS, claim())],
            row(1, "claimed", Some(LINUS), None),
        ),
        (
            &[
                (GRACE, claim()),
                (GRACE, hand_back()),
                (LINUS, Command::ResolveHelp(FIRST)),
            ],
            row(1, "resolved", None, Some(LINUS)),
        ),
        (
            &[
                (GRACE, claim()),
                (LINUS, hand_back()),
                (ADA, Command::WithdrawHelp(FIRST)),
            ],
            row(1, "withdrawn", None, Some(ADA)),
        ),
    ];
    for (story, expected) in stories {
        // Each way to cut the story into two transactions, and into single ones.
        for cut in 0..=story.len() + 1 {
            let store = TestStore::new().await;
            let mut room = store.started(1).await;
            let mut entries = waiting(&mut room);
            let before = entries.len();
            entries.extend(story.iter().map(|(who, what)| room.act(*who, what.clone())));
            if cut > story.len() {
                for entry in entries {
                    store.append(room.id, &[entry]).await.unwrap();
                }
            } else {
                let (first, second) = entries.split_at(before + cut);
                store.append(room.id, first).await.unwrap();
                store.append(room.id, second).await.unwrap();
            }
            let rows = found(&store).await;
            assert_eq!(rows[0], expected, "cut after {cut}");
            assert_eq!(rows[1], row(2, "open", None, None));
            let loaded = store.load_workshop(room.id).await.unwrap().unwrap();
            assert_eq!(loaded.state, room.state);
        }
    }
}
