//! A data folder that is moved away or deleted while the app runs.

use std::fs;

use protocol::{DiskCondition, DiskState, ProblemCode};
use serde_json::json;
use tempfile::TempDir;
use tests::{Attendee, Browser, Facilitator, ServerProcess, Verdict};
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_acknowledged_in_a_database_that_is_no_longer_there() {
    let dir = TempDir::new().expect("a temporary folder");
    let (data, away) = (dir.path().join("data"), dir.path().join("away"));
    let port = ServerProcess::free_port();
    let server = ServerProcess::start(&data, port).await;
    let facilitator = Facilitator::enter(Browser::new(&server.url), &server.facilitator_link).await;
    let codelab = facilitator.codelab("Git from zero").await;
    let workshop = facilitator.start_workshop(&[codelab]).await;
    let code = facilitator.lobby(&workshop).await.join_code;
    let ada = Attendee::join(Browser::new(&server.url), &workshop, "Ada", Some(&code)).await;
    let mut live = ada.live().await;
    let said = Uuid::new_v4();
    let before = json!({ "type": "post_message", "id": said, "text": "before" });
    live.send_json(&before).await;
    assert_eq!(live.verdict(said).await, Some(Verdict::Acknowledged));

    for replacement in [Replacement::Nothing, Replacement::Copy] {
        fs::rename(&data, &away).expect("moved away");
        if replacement == Replacement::Copy {
            fs::create_dir(&data).expect("a folder");
            for name in ["open-codelabs.db", "open-codelabs.db-wal"] {
                fs::copy(away.join(name), data.join(name)).expect("a copy");
            }
        }
        let id = Uuid::new_v4();
        let text = format!("{replacement:?}");
        let next = json!({ "type": "post_message", "id": id, "text": text });
        // An earlier command sent again is no news, but is not there either.
        for (id, frame) in [(id, &next), (said, &before)] {
            live.send_json(frame).await;
            let verdict = live.verdict(id).await.expect("the connection stays");
            assert!(
                matches!(&verdict, Verdict::Deferred(problem)
                    if problem.code == ProblemCode::Unavailable
                        && problem.detail.contains("put it back")),
                "{verdict:?}"
            );
        }
        let told = async {
            loop {
                let state: DiskState = facilitator.browser.get("/api/v1/disk").await;
                if state.condition == DiskCondition::Replaced {
                    return;
                }
            }
        };
        let told = tokio::time::timeout(tests::PATIENCE, told).await;
        told.expect("facilitators are told");

        if replacement == Replacement::Copy {
            fs::remove_dir_all(&data).expect("the copy goes");
        }
        fs::rename(&away, &data).expect("moved back");
        live.send_json(&next).await;
        assert_eq!(live.verdict(id).await, Some(Verdict::Acknowledged));
    }
    server.kill().await;
    let server = ServerProcess::start(&data, port).await;
    let found = crate::full::texts(&facilitator, &ada.workshop).await;
    assert_eq!(found, ["before", "Nothing", "Copy"]);
    server.kill().await;
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Replacement {
    Nothing,
    Copy,
}
