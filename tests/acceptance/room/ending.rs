//! A planned end: until then, what people did while they were offline counts.

use std::time::Duration;

use protocol::{EventBody, ProblemCode, WorkshopStatus};
use serde_json::json;
use tests::TestServer;

fn ends(event: &EventBody) -> Option<()> {
    matches!(event, EventBody::WorkshopEnded(_)).then_some(())
}

#[tokio::test]
async fn who_comes_back_before_a_planned_end_is_heard_and_who_comes_later_is_not() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let ada = server.join(&facilitator, &workshop, "Ada").await;
    let mut grace = facilitator.live(&workshop).await;
    let mut bob = server
        .join(&facilitator, &workshop, "Bob")
        .await
        .live()
        .await;
    grace
        .do_it(json!({ "type": "schedule_end", "minutes": 2 }))
        .await;
    let told = bob
        .event("the planned end", |event| match event {
            EventBody::EndScheduled(planned) => planned.ends_at_ms,
            _ => None,
        })
        .await;
    server.clock.pass(Duration::from_mins(1));

    // Ada was offline when that was said.
    let mut live = ada.live().await;
    assert_eq!(live.snapshot.as_ref().unwrap().ends_at_ms, Some(told));
    live.do_it(json!({ "type": "post_message", "text": "late, and heard" }))
        .await;

    server.clock.pass(Duration::from_mins(1));
    let late = json!({ "type": "post_message", "text": "too late" });
    assert_eq!(live.refused(late).await.code, ProblemCode::WorkshopEnded);
    bob.event("the end", ends).await;
    let snapshot = ada.live().await.snapshot.unwrap();
    assert_eq!(snapshot.status, WorkshopStatus::Ended);
    assert_eq!(snapshot.ends_at_ms, None);
    assert_eq!(snapshot.messages.len(), 1);
    server.stop().await;
}

#[tokio::test]
async fn a_planned_end_comes_though_nobody_says_anything() {
    let (server, facilitator, workshop) = TestServer::with_workshop().await;
    let mut grace = facilitator.live(&workshop).await;
    grace
        .do_it(json!({ "type": "schedule_end", "minutes": 1 }))
        .await;
    server.clock.pass(Duration::from_mins(1));
    grace.event("the end", ends).await;
    server.stop().await;
}

#[tokio::test]
async fn a_planned_end_outlives_a_restart_and_can_be_taken_back() {
    let (mut server, facilitator, workshop) = TestServer::with_workshop().await;
    let path = format!("/api/v1/workshops/{}/planned-end", workshop.id.0);
    let plan = json!({ "minutes": 10 });
    let put = |plan: &serde_json::Value| {
        let (browser, path, plan) = (facilitator.browser.clone(), path.clone(), plan.clone());
        async move {
            browser
                .request(reqwest::Method::PUT, &path, Some(&plan))
                .await
        }
    };
    assert!(put(&plan).await.status().is_success());
    server.clock.pass(Duration::from_mins(5));
    server.restart().await;
    assert!(facilitator.snapshot(&workshop).await.ends_at_ms.is_some());
    assert!(put(&json!({})).await.status().is_success());
    server.clock.pass(Duration::from_mins(10));
    let snapshot = facilitator.snapshot(&workshop).await;
    assert_eq!(snapshot.status, WorkshopStatus::Live);

    // An end that came while the app was closed.
    assert!(put(&plan).await.status().is_success());
    let clock = server.clock.clone();
    server
        .restart_after(async |_| clock.pass(Duration::from_mins(10)))
        .await;
    let snapshot = facilitator.snapshot(&workshop).await;
    assert_eq!(snapshot.status, WorkshopStatus::Ended);
    server.stop().await;
}
