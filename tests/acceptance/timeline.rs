//! Looking at one person: what the log tells of them, and to whom.

use protocol::{PaceAnswer, ProblemCode, SeatTimeline};
use serde_json::json;
use tests::TestServer;

#[tokio::test]
async fn a_facilitator_sees_where_somebody_was_and_what_they_said() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let bob = server.join(&facilitator, &workshop, "Bob").await;
    let (codelab, first) = ada.step(0);
    let (_, second) = ada.step(1);
    let mut at_ada = ada.live().await;
    let mut at_bob = bob.live().await;
    let mut board = facilitator.live(&workshop).await;
    at_ada
        .do_it(json!({ "type": "enter_step", "codelab": codelab, "step": first }))
        .await;
    at_ada
        .do_it(json!({ "type": "complete_step", "codelab": codelab, "step": first }))
        .await;
    at_ada
        .do_it(json!({ "type": "enter_step", "codelab": codelab, "step": second }))
        .await;
    board
        .do_it(json!({ "type": "ask_pace", "codelab": codelab, "step": second }))
        .await;
    at_ada
        .do_it(json!({ "type": "answer_pace", "pace": 1, "answer": "stuck" }))
        .await;
    at_ada
        .do_it(json!({ "type": "post_message", "text": "to all" }))
        .await;
    at_bob
        .do_it(json!({ "type": "post_message", "text": "Bob's" }))
        .await;
    at_ada
        .do_it(json!({ "type": "post_direct_message", "text": "to you" }))
        .await;
    board
        .do_it(json!({ "type": "post_direct_message", "with": ada.seat(), "text": "to Ada" }))
        .await;

    let path = format!(
        "/api/v1/workshops/{}/seats/{}/timeline",
        workshop.id.0,
        ada.seat()
    );
    let seen: SeatTimeline = facilitator.browser.get(&path).await;
    let steps: Vec<_> = seen.steps.iter().map(|s| (json!(s.step), s.here)).collect();
    assert_eq!(steps, [(first, false), (second, true)]);
    assert!(seen.steps[0].completed_at_ms.is_some());
    assert_eq!(
        seen.steps[0].until_ms,
        seen.steps[1].entered_at_ms.unwrap(),
        "a visit ends where the next one begins"
    );
    assert_eq!(seen.paces[0].answer, Some(PaceAnswer::Stuck));
    let said: Vec<&str> = seen.messages.iter().map(|m| &*m.text).collect();
    assert_eq!(said, ["to all", "to you", "to Ada"]);
    assert!(!seen.has_older_messages);
    server.stop().await;
}

#[tokio::test]
async fn what_somebody_did_is_for_facilitators() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let at = |seat: u32| format!("/api/v1/workshops/{}/seats/{seat}/timeline", workshop.id.0);
    let own = ada.browser.get_refused(&at(ada.seat())).await;
    assert_eq!(own.code, ProblemCode::NotAFacilitator);
    let nobody = server.browser().get_refused(&at(ada.seat())).await;
    assert_eq!(nobody.code, ProblemCode::NotAuthenticated);
    let empty = facilitator.browser.get_refused(&at(99)).await;
    assert_eq!(empty.code, ProblemCode::UnknownSeat);
    server.stop().await;
}
