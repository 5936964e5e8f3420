//! What must not be known where. A workshop in which everything has happened,
//! every address and every message of it, asked for by each kind of person; and
//! a table of who may know which of its secrets. What somebody should be told
//! must be there too, so that a silent server does not pass.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a test waits for one thing and lets the others pass"
)]

mod document;
mod happenings;
mod people;
mod rights;
mod routes;
mod said;
mod secrets;

use std::collections::BTreeSet;

use protocol::CloseCode;
use tests::Live;

use crate::{
    document::Document,
    people::{Cast, Who},
    routes::{ROUTES, walk},
    said::Said,
    secrets::{When, secrets},
};

/// Messages that the story does not wait for: a sign of life comes after fifteen
/// seconds, a command is deferred when the disk is full, nobody can resume from before the first event, and what is handed in
/// comes with workshops that took place elsewhere, which have ended.
const NOT_TOLD: [&str; 6] = [
    "heartbeat",
    "deferred",
    "workshop_started",
    "feedback_given",
    "work_submitted",
    "workshop_imported",
];

/// Nothing of the walk through every address tells a secret, whoever asks and
/// whatever is asked for; and who may not, is refused as documented.
#[tokio::test]
async fn no_address_tells_what_is_not_for_who_asks() {
    let cast = Cast::gather().await;
    drop(Box::pin(happenings::everything(&cast)).await);
    let secrets = secrets(&cast);
    let document = Document::of(&cast).await;
    document.assert_every_operation_is_walked(ROUTES);

    let mut told: Vec<(Who, Said)> = Vec::new();
    for who in Who::ALL {
        told.push((who, walk(&cast, who, &document).await));
    }
    for who in Who::ALL {
        let mut said = Said::default();
        for (_, part) in told.iter().filter(|(whose, _)| *whose == who) {
            said.extend(part);
        }
        // What only a live connection tells, it tells as well.
        for after in [None, Some(1)] {
            said.extend(&listen(&cast, who, after).await);
        }
        secrets.assert_told_to(who, When::Afterwards, &said);
        said.assert_is_about_nobody_else(&cast, who);
    }
    cast.server.stop().await;
}

/// Nothing that a live connection says while all this happens tells a secret,
/// and each kind of message and of event was said.
#[tokio::test]
async fn no_message_tells_what_is_not_for_who_listens() {
    let cast = Cast::gather().await;
    let heard = Box::pin(happenings::everything(&cast)).await;
    let secrets = secrets(&cast);
    let document = Document::of(&cast).await;
    let mut kinds = BTreeSet::new();
    for (who, said) in &heard {
        secrets.assert_told_to(*who, When::Live, said);
        said.assert_is_about_nobody_else(&cast, *who);
        kinds.extend(said.kinds());
    }
    let mut expected = document.kinds_of(&["ServerMessage", "EventBody"]);
    expected.retain(|kind| !NOT_TOLD.contains(&kind.as_str()));
    let missing: Vec<_> = expected.difference(&kinds).collect();
    assert!(missing.is_empty(), "nobody was told any {missing:?}");
    cast.server.stop().await;
}

/// Who has no seat in a workshop is told nothing by its live connection.
#[tokio::test]
async fn a_live_connection_is_for_who_has_a_seat() {
    let cast = Cast::gather().await;
    for who in [Who::Nobody, Who::Olga, Who::Eddy] {
        let mut live = Live::open(&cast.of(who), &cast.here)
            .await
            .expect("the upgrade is answered");
        let hello = serde_json::json!({ "type": "hello", "protocol": protocol::PROTOCOL });
        live.try_send(&hello).await;
        let code = live.close_code().await;
        assert_eq!(code, CloseCode::NotAuthenticated.number(), "{who:?}");
        assert!(live.heard.is_empty() && live.snapshot.is_none());
    }
    cast.server.stop().await;
}

/// What a fresh connection to each workshop says to somebody until all is told.
async fn listen(cast: &Cast, who: Who, after: Option<i64>) -> Said {
    let mut said = Said::default();
    for workshop in who.workshops(cast) {
        let mut live = Live::recorded(&cast.of(who), workshop, after).await;
        if workshop == &cast.here {
            happenings::until_all_is_told(&mut live).await;
        } else {
            happenings::until_pulse(&mut live).await;
        }
        said.add_frames(&live);
    }
    said
}
